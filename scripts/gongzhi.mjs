#!/usr/bin/env node
// `npx gongzhi`: finds the right Node and hands over to apps/server/src/cli. Runs on any Node >= 20.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from './ensure.mjs';
import { serverFlags } from './server-flags.mjs';

ensure();
const root = fileURLToPath(new URL('..', import.meta.url));
const script = fileURLToPath(import.meta.url);
const isServing = process.argv[2] === 'serve';
// Whoever has set it knows better.
const isFlagged = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].some((said) =>
  said.includes('semi-space-size'),
);
if (Number(process.versions.node.split('.')[0]) >= 24) {
  // The same process, begun anew: flags of the heap count from the beginning. Not where there is no such thing (Windows).
  if (isServing && !isFlagged && process.platform !== 'win32')
    process.execve(
      process.execPath,
      [process.execPath, ...process.execArgv, ...serverFlags, script, ...process.argv.slice(2)],
      process.env,
    );
  // What was compiled is kept: the next start takes half the time, and less memory.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(join(root, 'node_modules', '.cache', 'compiled'));
  // The variable keeps an old Node from compiling the import away: only a new one reads TypeScript.
  const entry = '../apps/server/src/cli/main.ts';
  const { main } = await import(entry);
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const flags = isServing ? serverFlags : [];
  const child = spawn(node, [...flags, script, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal already signals the child; a signal sent to us alone must be passed on.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`The Node that Gongzhi runs on could not be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('close', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
