import { fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { Config } from '../../../apps/server/src/config.ts';
import { isMorningBegun } from '../marker.ts';

export interface MorningOrder {
  readonly config: Config;
  readonly end: Date;
}

export type MorningMessage =
  | { readonly type: 'done'; readonly isPlayed: boolean }
  | { readonly type: 'failed'; readonly message: string };

/**
 * Plays the morning in a process of its own: two servers, a week of their work and what the compiler made of it would
 * otherwise stay in the memory of the server that goes on in this one. Answers false when it was played before, which
 * is asked here, so that a later start begins no process for it.
 */
export async function playMorningApart(config: Config, end: Date): Promise<boolean> {
  if (config.adminUrl === null || (await isBegun(config.adminUrl))) return false;
  const order: MorningOrder = { config, end };
  // Node keeps what it compiled in a folder of its version within the one it is told.
  const cache = getCompileCacheDir();
  const child = fork(join(import.meta.dirname, 'morning-process.ts'), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    ...(cache === undefined ? {} : { env: { ...process.env, NODE_COMPILE_CACHE: dirname(cache) } }),
    // Dates and sets arrive as what they are.
    serialization: 'advanced',
  });
  return new Promise((resolve, reject) => {
    let answer: MorningMessage = {
      type: 'failed',
      message: 'the process that plays the morning ended early',
    };
    child.on('error', reject);
    child.on('message', (message: MorningMessage) => {
      answer = message;
      child.disconnect();
    });
    child.on('exit', () => {
      if (answer.type === 'done') resolve(answer.isPlayed);
      else reject(new Error(answer.message));
    });
    child.send(order);
  });
}

async function isBegun(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'gongzhi demonstration' });
  await client.connect();
  try {
    return await isMorningBegun(client);
  } finally {
    await client.end();
  }
}
