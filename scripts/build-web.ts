// Builds the web apps whose sources changed since their last build: node scripts/build-web.ts [--force]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { type Dirent, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { endWithUs } from './lib/at-exit.ts';
import { projectRoot } from './lib/environment.ts';
import { exitWith, StartError } from './postgres.ts';

const apps = ['mobile', 'console'];
const shared = ['packages', 'package-lock.json', 'tsconfig.base.json', 'tsconfig.web.json'];
const ignored = new Set(['node_modules', 'dist', '.cache']);
const stampName = '.built-from';

function* filesBelow(path: string): Generator<string> {
  const absolute = join(projectRoot, path);
  if (!existsSync(absolute)) return;
  let entries: Dirent[];
  try {
    entries = readdirSync(absolute, { withFileTypes: true });
  } catch {
    yield path;
    return;
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (ignored.has(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue;
    if (entry.isDirectory()) yield* filesBelow(join(path, entry.name));
    else if (entry.isFile()) yield join(path, entry.name);
  }
}

/** Content and not times: a checkout or a clone changes times only. */
function fingerprint(app: string): string {
  const hash = createHash('sha256');
  for (const root of [join('apps', app), ...shared]) {
    for (const file of filesBelow(root))
      hash.update(`${file}\0`).update(readFileSync(join(projectRoot, file)));
  }
  return hash.digest('hex');
}

function isFresh(app: string, print: string): boolean {
  const stamp = join(projectRoot, 'apps', app, 'dist', stampName);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === print;
}

async function build(app: string): Promise<void> {
  const vite = join(projectRoot, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--emptyOutDir'], {
    cwd: join(projectRoot, 'apps', app),
    // A test runner's own NODE_ENV would build React's development version.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithUs(child, 'SIGTERM');
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    if (/ENOSPC/.test(text))
      throw new StartError(
        'disk-full',
        'The disk is full, so the web apps could not be built: free some space.',
      );
    process.stderr.write(`${text}\n`);
    throw new StartError(
      'web-build',
      `The web app apps/${app} could not be built: the lines above say where.`,
    );
  }
}

const worthIt = /\.(?:js|css|svg|html|webmanifest)$/;
const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)];

/** Beside each file its compressed twins, which the server sends to whoever takes them: packed once and as well as can be. */
async function compress(dist: string): Promise<void> {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => worthIt.test(name));
  for (const name of files) {
    const path = join(dist, name);
    const bytes = readFileSync(path);
    const packed = await toBrotli(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
    // Below some hundred bytes the packing is larger than what is packed.
    if (packed.length >= bytes.length) continue;
    writeFileSync(`${path}.br`, packed);
    writeFileSync(`${path}.gz`, await toGzip(bytes, { level: 9 }));
  }
}

/** Builds what is stale and returns its names; an app that does not exist (yet) is passed over. */
export async function buildWeb(
  options: { force?: boolean; onBuild?: (app: string) => void } = {},
): Promise<string[]> {
  const built: string[] = [];
  for (const app of apps) {
    if (!existsSync(join(projectRoot, 'apps', app, 'index.html'))) continue;
    const print = fingerprint(app);
    if (!options.force && isFresh(app, print)) continue;
    options.onBuild?.(app);
    await build(app);
    const dist = join(projectRoot, 'apps', app, 'dist');
    mkdirSync(dist, { recursive: true });
    await compress(dist);
    writeFileSync(join(dist, stampName), print);
    built.push(app);
  }
  return built;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const built = await buildWeb({
      force: process.argv.includes('--force'),
      onBuild: (app) => process.stdout.write(`building apps/${app} …\n`),
    });
    if (built.length === 0) process.stdout.write('The web apps are up to date.\n');
  } catch (error) {
    exitWith(error);
  }
}
