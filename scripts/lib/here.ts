import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { projectRoot } from './environment.ts';

/** For the heads of reports: what was run, and on what. */

export function commitHere(): string {
  const git = (...args: string[]) =>
    spawnSync('git', args, { cwd: projectRoot, encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('rev-parse', '--short=10', 'HEAD');
  if (commit === '') return 'unknown';
  return git('status', '--porcelain', '--untracked-files=no', '--', ':!docs') === ''
    ? commit
    : `${commit} and changes`;
}

export function machineHere(): string {
  const model = cpus()[0]?.model ?? 'unknown';
  return `${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}`;
}
