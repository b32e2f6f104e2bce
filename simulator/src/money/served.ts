import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asked, Said } from './serving.ts';

/** The server as a process of its own. */
export interface Served {
  /** Rejects where it failed, or died of it. */
  due(which: RegExp): Promise<void>;
  /** SIGKILL: it answers nobody and closes nothing. */
  kill(): Promise<void>;
  /** In MB, at this moment; null where the system keeps no /proc. */
  memory(): number | null;
}

const root = join(import.meta.dirname, '..', '..', '..');
const compiled = join(root, 'node_modules', '.cache', 'compiled');

export async function serve(options: {
  readonly env: Readonly<Record<string, string>>;
  readonly clockFile: string;
  readonly dataDir: string;
}): Promise<Served> {
  const child = fork(join(import.meta.dirname, 'serving.ts'), [options.clockFile, options.dataDir], {
    // What was compiled is kept beside the dependencies, as where the product is started: half the time.
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compiled, ...options.env },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const asked = new Map<number, (fault: string | null) => void>();
  let next = 0;
  const ready = Promise.withResolvers<void>();
  child.on('message', (said: Said) => {
    if ('isReady' in said) return ready.resolve();
    asked.get(said.id)?.(said.fault);
    asked.delete(said.id);
  });
  child.once('exit', (code, signal) => {
    ready.reject(new Error(`the server left with ${code ?? signal}`));
    for (const answer of asked.values()) answer('the server is gone');
    asked.clear();
  });
  await ready.promise;
  return {
    due: (which) =>
      new Promise<void>((resolve, reject) => {
        if (!child.connected) return reject(new Error('the server is gone'));
        const id = next++;
        asked.set(id, (fault) => (fault === null ? resolve() : reject(new Error(fault))));
        const question: Asked = { id, due: which.source };
        // What cannot be sent is answered by its end.
        child.send(question, () => {});
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    memory() {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
      } catch {
        return null;
      }
    },
  };
}
