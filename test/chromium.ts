import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

export type Chromium = {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
  origin: 'given' | 'system' | 'npm';
};

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Quiet, headless and equal everywhere; no sandbox only for root, where Chromium refuses to start with one. */
const commonArgs = [
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--font-render-hinting=none',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

function systemChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...macPaths];
  // Some systems ship a stub that only says where to get the browser: ask it for its version.
  return paths.find(
    (path) => existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0,
  );
}

/**
 * A browser for tests and pictures: CHROMIUM_PATH, else the machine's own, else the one that npm brings
 * (@sparticuz/chromium, unpacked at first use), so that a fresh machine needs nothing.
 */
export async function findChromium(): Promise<Chromium> {
  const given = process.env['CHROMIUM_PATH'];
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which does not exist.`);
    return { executablePath: given, args: commonArgs, env: {}, origin: 'given' };
  }
  const system = process.env['GONGZHI_NPM_CHROMIUM'] ? undefined : systemChromium();
  if (system) return { executablePath: system, args: commonArgs, env: {}, origin: 'system' };

  return { ...(await packagedChromium()), origin: 'npm' };
}

export async function chromiumPath(): Promise<string> {
  return (await findChromium()).executablePath;
}

/**
 * The browser of @sparticuz/chromium is made for AWS Lambda: its own arguments switch web security off, so only
 * the files are taken. Unpacked aside and renamed: a half-unpacked browser is never found by the next run.
 */
async function packagedChromium(): Promise<Omit<Chromium, 'origin'>> {
  const home = join(import.meta.dirname, '..', 'node_modules', '.cache', 'gongzhi-chromium');
  const binary = join(home, 'chromium');
  if (!existsSync(binary)) await unpackChromium(home);
  const args = [...new Set([...commonArgs, '--no-sandbox', '--no-zygote', '--disable-webgl'])];
  const fonts: Record<string, string> = existsSync('/etc/fonts/fonts.conf')
    ? {}
    : { FONTCONFIG_PATH: join(home, 'fonts') };
  if (startsUp(binary, fonts)) return { executablePath: binary, args, env: fonts };
  // A bare machine lacks NSS and its like; the package brings those libraries too.
  const env = { ...fonts, LD_LIBRARY_PATH: join(home, 'al2023', 'lib') };
  if (startsUp(binary, env)) return { executablePath: binary, args, env };
  throw new Error(
    'The browser that npm brings does not start here: install Chromium, or set CHROMIUM_PATH to one.',
  );
}

function startsUp(binary: string, env: Record<string, string>): boolean {
  return spawnSync(binary, ['--version'], { stdio: 'ignore', env: { ...process.env, ...env } }).status === 0;
}

async function unpackChromium(home: string): Promise<void> {
  const { default: packaged, inflate } = await import('@sparticuz/chromium');
  const aside = `${home}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  // The package unpacks to the temporary folder and offers no other way to choose.
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = aside;
  try {
    const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin');
    await Promise.all([packaged.executablePath(bin), inflate(join(bin, 'al2023.tar.br'))]);
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  // The packaged font configuration names folders of AWS Lambda.
  const fonts = ['/usr/share/fonts', join(home, 'fonts')].map((folder) => `<dir>${folder}</dir>`).join('');
  writeFileSync(
    join(aside, 'fonts', 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig>${fonts}</fontconfig>\n`,
  );
  try {
    renameSync(aside, home);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
}
