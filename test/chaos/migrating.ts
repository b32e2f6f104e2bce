import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { migrate, readMigrations } from '../../apps/server/src/platform/db/migrate.ts';
import { thaw } from '../../scripts/lib/frozen.ts';
import { onDatabase } from '../postgres.ts';
import { lostOf, opened, releases, restore } from '../released.ts';

const root = resolve(import.meta.dirname, '..', '..');

/**
 * A street as an earlier release left it is brought up to date by a process that is killed after some of what is new, and
 * then by another: every migration once, every row there. Which release, and after how many, goes by `length`.
 */
export async function killedWhileMigrating(adminUrl: string, length: number): Promise<void> {
  const paths = [...releases.values()];
  const frozen = thaw(paths[length % paths.length]!);
  const name = `half_${Date.now().toString(36)}`;
  const own = onDatabase(adminUrl, name);
  const admin = await opened(adminUrl);
  try {
    await admin.query(`create database ${name}`);
    await restore(own, frozen);
    const client = await opened(own);
    try {
      const before = await applied(client);
      const wanted = (await readMigrations()).length;
      await killedAfter(own, async () => (await applied(client)) > before + (length % (wanted - before)));
      await migrate(own);
      const after = await applied(client);
      if (after !== wanted) throw new Error(`${after} of ${wanted} migrations`);
      if ((await migrate(own)).applied.length > 0) throw new Error('a migration was applied twice');
      for (const table of frozen.tables) {
        const lost = await lostOf(client, table);
        if (lost.length > 0) throw new Error(`${lost.length} rows of ${table.name} did not come along`);
      }
    } finally {
      await client.end();
    }
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}

async function applied(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>('select count(*)::int from platform.migration');
  return rows[0]!.count;
}

async function killedAfter(databaseUrl: string, isEnough: () => Promise<boolean>): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [resolve(root, 'scripts', 'gongzhi.mjs'), 'migrate'], {
    cwd: root,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      GONGZHI_MODE: 'production',
      DATABASE_URL: databaseUrl,
      DATABASE_ADMIN_URL: databaseUrl,
    },
  });
  const left = once(child, 'exit');
  while (child.exitCode === null && !(await isEnough())) await sleep(2);
  child.kill('SIGKILL');
  await left;
}
