import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverFlags } from '../../scripts/server-flags.mjs';

/** Every part that is measured, or measures, is a process of its own; it answers with one line `result {…}`. */
function start(
  file: string,
  task: unknown,
  flags: readonly string[] = [],
): { child: ChildProcess; line: Promise<string> } {
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, file), JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (part: Buffer) => {
      text += part.toString();
      const answer = /^result (.*)\n/m.exec(text);
      if (answer?.[1] !== undefined) resolve(answer[1]);
    });
    child.on('exit', (code) => reject(new Error(`${file} ended with ${code} before it answered`)));
  });
  return { child, line };
}

/** Runs to its end and gives what it printed. */
export async function measure<T>(file: string, task: unknown): Promise<T> {
  const { child, line } = start(file, task);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const text = await line;
  await ended;
  return JSON.parse(text) as T;
}

export interface Service {
  readonly url: string;
  readonly mqttUrl: string | null;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function serve(file: string, task: unknown): Promise<Service> {
  // As the product is started.
  const { child, line } = start(file, task, serverFlags);
  const { url, mqttUrl = null } = JSON.parse(await line) as { url: string; mqttUrl?: string | null };
  return {
    url,
    mqttUrl,
    pid: child.pid as number,
    stop: () =>
      new Promise((resolve) => {
        child.on('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** Resident memory of a process in MB; null where the system keeps no /proc. */
export function residentMb(pid: number): number | null {
  try {
    const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match?.[1] === undefined ? null : Math.round(Number(match[1]) / 1024);
  } catch {
    return null;
  }
}

/**
 * Processor time so far, in seconds, of a process and of what it has started: what a request costs says more than how
 * many were answered where the machine does other work, too. Null where the system keeps no /proc.
 */
export function cpuSeconds(pid: number): number | null {
  try {
    return (
      ticksOf(pid) +
      readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .reduce((sum, name) => sum + (parentOf(name) === pid ? ticksOf(Number(name)) : 0), 0)
    );
  } catch {
    return null;
  }
}

/** Of /proc/<pid>/stat behind the name, which may hold anything: state, parent, …, and in hundredths user and system time. */
const statOf = (pid: number | string): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};
const ticksOf = (pid: number): number => {
  const stat = statOf(pid);
  return (Number(stat[11]) + Number(stat[12])) / 100;
};
function parentOf(name: string): number | null {
  try {
    return Number(statOf(name)[1]);
  } catch {
    return null; // Ended meanwhile.
  }
}
