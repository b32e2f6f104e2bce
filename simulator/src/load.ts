import { fork } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { personas } from './data/staff.ts';
import { isLoaded } from './marker.ts';
import { phoneNumber } from './people/names.ts';

export interface LoadOptions {
  /** Who may become gongzhi_loader. */
  readonly adminUrl: string;
  /** Where the server keeps its keys and files. */
  readonly dataDir: string;
  onProgress(done: number, total: number, label: string): void;
  /** How much of the street: 1 is all of it, 0.02 two small departments for a test. */
  readonly scale?: number;
  /** Where the six weeks of history end; now, unless a test says otherwise. */
  readonly now?: Date;
}

export interface Login {
  readonly role: string;
  readonly name: string;
  readonly phone: string;
  readonly where: '/m/' | '/desk/';
}

/** Who a visitor can sign in as; the sign-in page of a demonstration shows the code. */
export function demonstrationLogins(): Login[] {
  return personas.map(({ role, name, where }, i) => ({ role, name, phone: phoneNumber(i + 1), where }));
}

export interface FillOrder {
  readonly adminUrl: string;
  readonly dataDir: string;
  readonly scale: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

export type FillMessage =
  | { readonly type: 'progress'; readonly done: number; readonly total: number; readonly label: string }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly message: string };

/**
 * Loads the demonstration street, once. One transaction: either all of it is there or none; a second call finds the
 * marker and does nothing, and of two at the same time one waits for the other. What an interrupted load left
 * without the marker is wiped first.
 *
 * The work is done by a process of its own: building a street takes some 200 MB, which the server that goes on in
 * this process would keep for as long as it runs.
 */
export async function loadDemonstration(options: LoadOptions): Promise<void> {
  if (await isThere(options.adminUrl)) return;
  const { adminUrl, dataDir, scale = 1, now = new Date() } = options;
  const order: FillOrder = { adminUrl, dataDir, scale, now: now.getTime() };
  const child = fork(join(import.meta.dirname, 'fill-process.ts'), [], {
    // Objects here live for a moment or to the end: a small nursery saves 50 MB and costs nothing.
    execArgv: ['--max-semi-space-size=4'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let progress: [done: number, total: number, label: string] = [0, 1, 'starting'];
  await new Promise<void>((resolve, reject) => {
    let failure: unknown = new Error('the process that loads the demonstration street ended early');
    const report = (): void => {
      try {
        options.onProgress(...progress);
      } catch (error) {
        failure = error;
        child.kill();
      }
    };
    // A bar that stands still while the database checks its foreign keys looks like a product that hangs.
    const pulse = setInterval(report, 200);
    report();
    child.on('error', (error) => {
      clearInterval(pulse);
      reject(error);
    });
    child.on('message', (message: FillMessage) => {
      if (message.type === 'progress') {
        progress = [message.done, message.total, message.label];
        report();
        return;
      }
      failure = message.type === 'failed' ? new Error(message.message) : null;
      child.disconnect();
    });
    child.on('exit', () => {
      clearInterval(pulse);
      if (failure === null) resolve();
      else reject(failure as Error);
    });
    child.send(order);
  });
}

async function isThere(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'gongzhi demonstration' });
  await client.connect();
  try {
    return await isLoaded(client);
  } finally {
    await client.end();
  }
}
