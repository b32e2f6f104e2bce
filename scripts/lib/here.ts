import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { projectRoot } from './environment.ts';

/** For the heads of reports: what was run, and on what. */

const product = ['--', 'apps', 'packages', ':!*.test.ts'];

/** The last commit that changed the product itself: what was added since is tests and papers. */
export function commitHere(): string {
  const git = (...args: string[]) =>
    spawnSync('git', args, { cwd: projectRoot, encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('log', '-1', '--abbrev=10', '--format=%h', ...product);
  if (commit === '') return 'unknown';
  return git('status', '--porcelain', ...product) === '' ? commit : `${commit} and changes`;
}

export function machineHere(): string {
  const model = cpus()[0]?.model ?? 'unknown';
  return `${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}`;
}
