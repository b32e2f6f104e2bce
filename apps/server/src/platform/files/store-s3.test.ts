import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import { groundFloorSweeps } from '../due/ground-floor.ts';
import { runDueOnce } from '../due/due.ts';
import { openGroundFloor, staffOf } from '../events/fixtures.ts';
import { Problem } from '../http/problem.ts';
import { openHttpFloor } from '../live/fixtures.ts';
import { fileRoutes } from './routes.ts';
import { copyFiles } from './copy.ts';
import { type FileStore, openFolderStore } from './store.ts';
import { openS3Store, type S3Options } from './store-s3.ts';

/** A real S3 server from npm, in a folder of its own. */
let server: InstanceType<typeof S3rver>;
let folder: string;
let options: S3Options;
let store: FileStore;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gongzhi-s3-'));
  server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'gongzhi', configs: [] }],
  });
  const { port } = await server.run();
  options = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'gongzhi',
    prefix: 'files/',
    region: 'us-east-1',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    // Within one process with it: a machine that does other things too is slow, not away.
    timeoutMilliseconds: 60_000,
  };
  store = await openS3Store(options);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function restart(): Promise<void> {
  server = new S3rver({
    port: Number(new URL(options.endpoint).port),
    address: '127.0.0.1',
    silent: true,
    directory: folder,
  });
  await server.run();
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const sliceOf = (id: string): number => Number.parseInt(id.slice(-4, -2), 16);

test('what is put is read, replaced and removed', async () => {
  const id = randomUUID();
  expect(await store.read(id, 'full')).toBeNull();
  await store.put(id, 'full', bytesOf('one'));
  await store.put(id, 'thumb', bytesOf('small'));
  await store.put(id, 'full', bytesOf('two'));
  expect((await store.read(id, 'full'))?.toString()).toBe('two');
  expect((await store.read(id, 'thumb'))?.toString()).toBe('small');
  await store.remove(id);
  await store.remove(id);
  expect(await store.read(id, 'full')).toBeNull();
  expect(await store.read(id, 'thumb')).toBeNull();
});

test('a slice lists its own, also where the store gives them in several pages, and nothing that is not ours', async () => {
  const tail = '7b';
  const ids = Array.from({ length: 520 }, () => `${randomUUID().slice(0, -4)}${tail}00`);
  // Not all at once: five hundred connections are more than a busy machine opens in the time that is given for one.
  for (const variant of ['full', 'thumb'] as const)
    for (let i = 0; i < ids.length; i += 20)
      await Promise.all(ids.slice(i, i + 20).map((id) => store.put(id, variant, bytesOf('x'))));
  const elsewhere = `${randomUUID().slice(0, -4)}7c00`;
  await store.put(elsewhere, 'full', bytesOf('z'));
  const found = await store.list(0x7b);
  expect(found).toHaveLength(2 * ids.length);
  expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids));
  expect(found.every(({ modifiedAt }) => modifiedAt > Date.parse('2020-01-01'))).toBe(true);
});

test('a bucket that is not there, or a wrong key, is told at the start', async () => {
  await expect(openS3Store({ ...options, bucket: 'nowhere' })).rejects.toThrow(
    /cannot be used \(status 404\)/,
  );
  await expect(openS3Store({ ...options, accessKeyId: 'nobody' })).rejects.toThrow(/status 403/);
});

test('a store that does not answer, or too late, is a reason to come again', async () => {
  const mute = createServer(() => undefined);
  await new Promise<void>((resolve) => {
    mute.listen(0, '127.0.0.1', resolve);
  });
  const { port } = mute.address() as AddressInfo;
  await expect(
    openS3Store({ ...options, endpoint: `http://127.0.0.1:${port}`, timeoutMilliseconds: 200 }),
  ).rejects.toThrow(/no answer/);
  mute.close();
  const gone = await openS3Store(options);
  await server.close();
  try {
    await expect(gone.read(randomUUID(), 'full')).rejects.toMatchObject({
      code: 'unavailable',
    } satisfies Partial<Problem>);
    await expect(gone.put(randomUUID(), 'full', bytesOf('x'))).rejects.toBeInstanceOf(Problem);
  } finally {
    await restart();
  }
});

test('a folder is copied into a bucket; broken off and run again, what is there is not sent again', async () => {
  const data = mkdtempSync(join(tmpdir(), 'gongzhi-folder-'));
  const source = await openFolderStore(data);
  const target = await openS3Store({ ...options, prefix: `copy-${randomUUID()}/` });
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of ids)
    for (const variant of ['full', 'thumb'] as const) await source.put(id, variant, bytesOf(id));
  let left = 2;
  const breaking: FileStore = {
    ...target,
    list: (slice) => target.list(slice),
    put: (...args) => (left-- > 0 ? target.put(...args) : Promise.reject(new Error('cut'))),
  };
  await expect(copyFiles(source, breaking)).rejects.toThrow('cut');
  expect(await copyFiles(source, target)).toEqual({ copied: 4, present: 2 });
  expect(await copyFiles(source, target)).toEqual({ copied: 0, present: 6 });
  for (const id of ids) expect((await target.read(id, 'thumb'))?.toString()).toBe(id);
  expect((await target.list(sliceOf(ids[0]!))).map(({ id }) => id)).toContain(ids[0]);
  rmSync(data, { recursive: true, force: true });
});

test('an upload while the store is away is told to come again, and leaves nothing behind', async () => {
  const away = await openS3Store(options);
  const floor = await openHttpFloor((app, house) =>
    fileRoutes(app, { ...house, files: away }, { reachOf: () => Promise.resolve() }),
  );
  const picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#a05020' } })
    .jpeg()
    .toBuffer();
  const scopeId = randomUUID();
  const who = floor.signIn(staffOf(scopeId));
  const key = randomUUID();
  const send = () =>
    floor.app.inject({
      method: 'POST',
      url: `/api/v1/files?scopeId=${scopeId}`,
      payload: picture,
      headers: { ...who.headers, 'content-type': 'image/jpeg', 'idempotency-key': key },
    });
  await server.close();
  try {
    const refused = await send();
    expect(refused.statusCode).toBe(503);
    expect(refused.json()).toMatchObject({ code: 'unavailable', params: { retryAfterSeconds: 5 } });
    const { rows } = await floor.admin.query('select 1 from platform.file');
    expect(rows).toEqual([]);
  } finally {
    await restart();
  }
  // The same request again, once the store is back.
  const taken = await send();
  expect(taken.statusCode).toBe(201);
  const { id } = taken.json<{ id: string }>();
  expect(await away.read(id, 'full')).not.toBeNull();
  await floor.close();
});

test('bytes without a row are swept from a bucket too', async () => {
  const floor = await openGroundFloor();
  const stray = `${randomUUID().slice(0, -4)}0011`;
  const fresh = `${randomUUID().slice(0, -4)}0022`;
  for (const id of [stray, fresh]) await store.put(id, 'full', bytesOf('x'));
  const old = new Date('2026-01-01T00:00:00Z');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (name.includes(stray)) utimesSync(join(folder, name), old, old);
  await runDueOnce({
    worker: floor.worker,
    sweeps: groundFloorSweeps({ consumers: [] }),
    house: { ...floor.house, files: store },
    clock: floor.clock,
    log: floor.log,
  });
  expect(await store.read(stray, 'full')).toBeNull();
  expect(await store.read(fresh, 'full')).not.toBeNull();
  await floor.close();
});
