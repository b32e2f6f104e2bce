import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process holds while nobody asks anything of it. */
export interface Held {
  readonly megabytes: number;
  /** Files, sockets and pipes. */
  readonly open: number;
}

/** Null where that cannot be asked: of who is not there, or on another system. */
export function held(pid: number | undefined): Held | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
    return { megabytes, open: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return null;
  }
}

/** What this process cannot let go of, in megabytes: its heap after all that can be collected was. */
export function heapKept(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return Math.round((process.memoryUsage().heapUsed / 1024 / 1024) * 10) / 10;
}
