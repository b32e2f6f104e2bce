import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cluster, runningPostgres, startPostgres } from './cluster.ts';
import { explainPathError, StartError } from './start-error.ts';

// One folder, through everything that can have happened to it before a start. The order of the tests is its life.
let dataDir: string;
const data = () => join(dataDir, 'postgres', 'data');
const start = (folder = dataDir) => startPostgres({ dataDir: folder, durable: false });

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gongzhi, a 数据 folder-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function ask(cluster: Pick<Cluster, 'url'>, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: cluster.url('admin') });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

async function refusal(promise: Promise<unknown>): Promise<StartError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartError);
  const { message } = error as StartError;
  // One sentence: it ends once, and it fits a terminal without a stack.
  expect(message).not.toContain('\n');
  expect(message).toMatch(/[.)]$/);
  return error as StartError;
}

test('a folder left half made by a start that died is made anew', async () => {
  mkdirSync(data(), { recursive: true });
  writeFileSync(join(data(), 'PG_VERSION'), '18\n');
  const cluster = await start();
  await ask(cluster, 'create table kept (n int)');
  await ask(cluster, 'insert into kept values (7)');
  await cluster.stop();
  expect(existsSync(join(data(), 'postmaster.pid'))).toBe(false);
});

test('the passwords are for the owner alone, and lie outside the database folder', () => {
  expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
});

test('the text rules know Chinese, and only this machine can connect', async () => {
  const cluster = await start();
  try {
    expect(
      await ask(
        cluster,
        "select datlocprovider::text || datlocale from pg_database where datname = 'gongzhi'",
      ),
    ).toEqual(['bC.UTF-8']);
    expect(await ask(cluster, 'show listen_addresses')).toEqual(['127.0.0.1']);
    expect(
      await ask(cluster, "select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256'"),
    ).toEqual([0]);
    expect(runningPostgres(dataDir)?.url('app')).toContain('gongzhi_app');
  } finally {
    await cluster.stop();
  }
  expect(runningPostgres(dataDir)).toBeUndefined();
});

test.each([
  ['of a process that is gone', 2 ** 22 - 3],
  ['whose number another program has now', process.pid],
])('a postmaster.pid %s does not stop a start, and the data is kept', async (_, pid) => {
  writeFileSync(join(data(), 'postmaster.pid'), `${pid}\n${data()}\n1\n5432\n\n127.0.0.1\n\nready\n`);
  const cluster = await start();
  expect(await ask(cluster, 'select n from kept')).toEqual([7]);
  await cluster.stop();
});

test('a server that a crashed start left running is taken over', async () => {
  const left = await start();
  const again = await start();
  expect([left.adopted, again.adopted]).toEqual([false, true]);
  expect(await ask(again, 'select n from kept')).toEqual([7]);
  await again.stop();
});

test('when another program has taken the remembered port, a free one is found and remembered', async () => {
  const before = (JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { port: number }).port;
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(before, '127.0.0.1', resolve));
  try {
    const cluster = await start();
    expect(cluster.secrets.port).not.toBe(before);
    const after = (JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { port: number }).port;
    expect(after).toBe(cluster.secrets.port);
    await cluster.stop();
  } finally {
    squatter.close();
  }
});

test('lost or damaged passwords are said, never replaced', async () => {
  const file = join(dataDir, 'postgres.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.slice(0, 9));
  expect((await refusal(start())).code).toBe('secrets-damaged');
  rmSync(file);
  expect((await refusal(start())).code).toBe('secrets-lost');
  writeFileSync(file, text, { mode: 0o600 });
});

test('a file in place of the folder is said', async () => {
  const file = join(dataDir, 'a-file');
  writeFileSync(file, '');
  expect((await refusal(start(file))).code).toBe('not-a-folder');
});

test('a folder that cannot be written to is said', () => {
  const closed = join(dataDir, 'closed');
  mkdirSync(closed);
  chmodSync(closed, 0o555);
  // Root may write anywhere, so the attempt is made as somebody else.
  const identity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  chmodSync(dataDir, 0o711);
  const program = `
    import { startPostgres } from '${join(import.meta.dirname, 'cluster.ts')}';
    import { exitWith } from '${join(import.meta.dirname, 'start-error.ts')}';
    await startPostgres({ dataDir: '${closed}', durable: false }).catch(exitWith);`;
  const result = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    ...identity,
    encoding: 'utf8',
    cwd: '/',
  });
  expect(result.stderr.trim()).toBe(
    `The data folder ${closed} cannot be written to: give its owner write permission or set GONGZHI_DATA to another folder.`,
  );
  expect(result.status).toBe(1);
});

test('a full disk is said', () => {
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
  const said = explainPathError(full, '/data');
  expect(said).toBeInstanceOf(StartError);
  expect((said as StartError).code).toBe('disk-full');
});
