import type { ChildProcess } from 'node:child_process';

/**
 * Ends a program of ours when this process ends, however it ends (short of SIGKILL): an orphan would hold the
 * database folder or go on building. Returns how to let it live.
 */
export function endWithUs(child: ChildProcess, signal: NodeJS.Signals): () => void {
  const end = () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(child.pid, signal);
    } catch {
      // It went by itself at this very moment.
    }
  };
  process.once('exit', end);
  const release = () => process.removeListener('exit', end);
  child.once('exit', release);
  return release;
}
