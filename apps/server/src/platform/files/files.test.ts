import { randomBytes, randomUUID } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nobodysWall, residentOf, staffOf, until } from '../events/fixtures.ts';
import { Problem } from '../http/problem.ts';
import { type HttpFloor, openHttpFloor, type SignedIn } from '../live/fixtures.ts';
import { attach } from './attach.ts';
import { imageType, maxImageBytes, normaliseImage } from './images.ts';
import { fileRoutes } from './routes.ts';

let floor: HttpFloor;
let photo: Buffer;
const hiddenObjects = new Set<string>();

beforeAll(async () => {
  floor = await openHttpFloor((app, house) =>
    fileRoutes(app, house, {
      reachOf: async (_q, { actor }, scopeId) => {
        if (!actor.scopeIds.includes(scopeId)) throw new Problem('not_found');
      },
      visibility: {
        thing: async (_q, _acting, objects) =>
          new Set(objects.map((o) => o.id).filter((id) => !hiddenObjects.has(id))),
      },
    }),
  );
  // A phone's picture: lying on its side, with the place where it was taken.
  photo = await sharp({ create: { width: 2_000, height: 1_000, channels: 3, background: '#a05020' } })
    .withExif({
      IFD0: { Make: 'Phone', Copyright: 'SECRET-OWNER' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 52/1 30/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
});
afterAll(() => floor.close());

function upload(
  who: SignedIn,
  scopeId: string,
  bytes: Buffer,
  key: string = randomUUID(),
  type = 'image/jpeg',
) {
  return floor.app.inject({
    method: 'POST',
    url: `/api/v1/files?scopeId=${scopeId}`,
    payload: bytes,
    headers: { ...who.headers, 'content-type': type, 'idempotency-key': key },
  });
}

function download(
  who: SignedIn,
  scopeId: string,
  id: string,
  query = '',
  headers: Record<string, string> = {},
) {
  return floor.app.inject({
    method: 'GET',
    url: `/api/v1/files/${id}?scopeId=${scopeId}${query}`,
    headers: { ...who.headers, ...headers },
  });
}

function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('a picture is turned upright, shrunk, and loses every word about its maker and place', async () => {
  expect((await sharp(photo).metadata()).exif?.includes('SECRET-OWNER')).toBe(true);
  const result = await normaliseImage(photo);
  if (!result.ok) throw new Error(result.error.code);
  const { full, thumb, width, height } = result.value;
  expect([width, height]).toEqual([800, 1_600]);
  const kept = await sharp(full).metadata();
  expect(kept).toMatchObject({ format: 'jpeg', space: 'srgb' });
  expect([kept.exif, kept.icc, kept.xmp, kept.orientation]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(full.includes('SECRET-OWNER')).toBe(false);
  expect(await sharp(thumb).metadata()).toMatchObject({ width: 160, height: 320 });
});

test('PNG and WebP become JPEG on white, small pictures stay small, of an animation the first frame', async () => {
  const clear = await sharp({
    create: { width: 10, height: 5, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer();
  const png = await normaliseImage(clear);
  if (!png.ok) throw new Error(png.error.code);
  expect([png.value.width, png.value.height]).toEqual([10, 5]);
  expect((await sharp(png.value.full).stats()).channels[0]!.min).toBeGreaterThan(250);
  const frames = await sharp(Buffer.concat([Buffer.alloc(300, 255), Buffer.alloc(300, 0)]), {
    raw: { width: 10, height: 20, channels: 3, pageHeight: 10 },
  })
    .webp({ loop: 0 })
    .toBuffer();
  const webp = await normaliseImage(frames);
  if (!webp.ok) throw new Error(webp.error.code);
  expect([webp.value.width, webp.value.height]).toEqual([10, 10]);
});

test('what is no picture of ours is refused by its first bytes', async () => {
  const gif = Buffer.from('R0lGODlhAQABAAAAACw=', 'base64');
  for (const bytes of [
    gif,
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    Buffer.from('....ftypheic'),
    Buffer.alloc(0),
    randomBytes(100),
  ]) {
    expect(imageType(bytes)).toBeNull();
    expect(await normaliseImage(bytes)).toMatchObject({ ok: false, error: { code: 'file.wrong_type' } });
  }
});

test('a decompression bomb is refused from its header, without the memory it asks for', async () => {
  const before = process.memoryUsage().rss;
  // The last has few pixels, but all in one line: seconds of work for a few kilobytes.
  for (const bomb of [pngOf(50_000, 50_000), pngOf(8_000, 5_001), pngOf(1, 39_000_000)]) {
    expect(await normaliseImage(bomb)).toMatchObject({ ok: false, error: { code: 'file.too_many_pixels' } });
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
});

test('a broken picture is refused', async () => {
  for (const bytes of [
    photo.subarray(0, 300),
    pngOf(200, 200),
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(500)]),
  ]) {
    expect(await normaliseImage(bytes)).toMatchObject({ ok: false, error: { code: 'file.broken' } });
  }
});

test('over HTTP: uploaded, read by its uploader only, in two sizes, from the cache the second time', async () => {
  const scopeId = randomUUID();
  const resident = floor.signIn(residentOf(scopeId));
  const sent = await upload(resident, scopeId, photo);
  expect(sent.statusCode).toBe(201);
  const { id, width, height } = sent.json<{ id: string; width: number; height: number }>();
  expect([width, height]).toEqual([800, 1_600]);
  const full = await download(resident, scopeId, id);
  expect(full.headers['content-type']).toBe('image/jpeg');
  expect(full.headers['cache-control']).toContain('private');
  expect((await sharp(full.rawPayload).metadata()).height).toBe(1_600);
  const thumb = await download(resident, scopeId, id, '&size=thumb');
  expect((await sharp(thumb.rawPayload).metadata()).height).toBe(320);
  const again = await download(resident, scopeId, id, '', { 'if-none-match': String(full.headers.etag) });
  expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
  for (const other of [residentOf(scopeId), staffOf(scopeId), staffOf(randomUUID())]) {
    expect((await download(floor.signIn(other), scopeId, id)).statusCode).toBe(404);
  }
});

async function storedCount(): Promise<number> {
  const ids = new Set<string>();
  for (let slice = 0; slice < 256; slice++)
    for (const file of await floor.house.files.list(slice)) ids.add(file.id);
  return ids.size;
}

test('the same key gives the same file, another picture under it is refused, and no bytes stay behind', async () => {
  const scopeId = randomUUID();
  const who = floor.signIn(residentOf(scopeId));
  const key = randomUUID();
  const before = await storedCount();
  const [first, twin] = await Promise.all([
    upload(who, scopeId, photo, key),
    upload(who, scopeId, photo, key),
  ]);
  const again = await upload(who, scopeId, photo, key);
  expect(first.statusCode).toBe(201);
  expect([twin.json(), again.json()]).toEqual([first.json(), first.json()]);
  const other = await sharp(photo).resize(100).jpeg().toBuffer();
  expect((await upload(who, scopeId, other, key)).json()).toMatchObject({
    status: 409,
    code: 'idempotency.key_reused',
  });
  const rows = await floor.admin.query('select 1 from platform.file where scope_id = $1', [scopeId]);
  expect(rows.rowCount).toBe(1);
  await until(async () => (await storedCount()) === before + 1);
});

test('bad uploads get their code', async () => {
  const scopeId = randomUUID();
  const who = floor.signIn(residentOf(scopeId));
  const codeOf = async (bytes: Buffer, type?: string) => {
    const response = await upload(who, scopeId, bytes, randomUUID(), type);
    return [response.statusCode, response.json<{ code: string }>().code];
  };
  expect(await codeOf(Buffer.alloc(maxImageBytes + 1))).toEqual([413, 'file.too_large']);
  expect(await codeOf(Buffer.from('{"a":1}'), 'application/json')).toEqual([415, 'file.wrong_type']);
  expect(await codeOf(Buffer.from('....ftypheic'), 'image/heic')).toEqual([415, 'file.wrong_type']);
  expect(await codeOf(pngOf(50_000, 50_000), 'image/png')).toEqual([422, 'file.too_many_pixels']);
  expect(await codeOf(photo.subarray(0, 300))).toEqual([422, 'file.broken']);
  expect((await upload(who, randomUUID(), photo)).statusCode).toBe(404);
  expect((await upload(floor.signIn(staffOf(), 'city'), scopeId, photo)).statusCode).toBe(403);
  const { 'x-csrf-token': _token, ...noToken } = who.headers;
  expect((await upload({ ...who, headers: noToken }, scopeId, photo)).statusCode).toBe(403);
});

test('a file is attached once, by its uploader, in its scope, and then seen by whoever sees the object', async () => {
  const scopeId = randomUUID();
  const home = randomUUID();
  const actor = residentOf(scopeId, home);
  const uploader = floor.signIn(actor);
  const small = await sharp(photo).resize(50).jpeg().toBuffer();
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) ids.push((await upload(uploader, scopeId, small)).json<{ id: string }>().id);
  const bind = (fileIds: string[], overrides: Partial<Parameters<typeof attach>[1]> = {}, as = actor) =>
    floor.db.act(as, (tx) =>
      attach(tx, {
        scopeId,
        fileIds,
        type: 'thing',
        objectId: randomUUID(),
        wall: { ...nobodysWall, householdId: home },
        uploadedBy: as.accountId!,
        at: floor.clock.now(),
        ...overrides,
      }),
    );
  const stranger = residentOf(scopeId, home);
  expect(await bind([ids[0]!], {}, stranger)).toEqual({
    ok: false,
    error: { code: 'file.not_attachable', params: { fileIds: [ids[0]] } },
  });
  expect((await bind([ids[0]!], { scopeId: randomUUID() })).ok).toBe(false);
  const objectId = randomUUID();
  const both = await Promise.all([
    bind([ids[0]!, ids[1]!], { objectId }),
    bind([ids[1]!, ids[0]!], { objectId }),
  ]);
  expect(both.filter((result) => result.ok)).toHaveLength(1);
  expect(await bind([ids[2]!, ids[0]!])).toEqual({
    ok: false,
    error: { code: 'file.not_attachable', params: { fileIds: [ids[0]] } },
  });
  const free = await floor.admin.query('select attached_id from platform.file where file_id = $1', [ids[2]]);
  expect(free.rows).toEqual([{ attached_id: null }]);

  const desk = floor.signIn(staffOf(scopeId));
  expect((await download(desk, scopeId, ids[0]!)).statusCode).toBe(200);
  expect((await download(floor.signIn(stranger), scopeId, ids[0]!)).statusCode).toBe(200);
  expect((await download(floor.signIn(residentOf(scopeId, randomUUID())), scopeId, ids[0]!)).statusCode).toBe(
    404,
  );
  expect((await download(floor.signIn(staffOf(randomUUID())), scopeId, ids[0]!)).statusCode).toBe(404);
  hiddenObjects.add(objectId);
  expect((await download(desk, scopeId, ids[0]!)).statusCode).toBe(404);
});

test('a picture on an internal note is kept from residents', async () => {
  const scopeId = randomUUID();
  const actor = staffOf(scopeId);
  const id = (await upload(floor.signIn(actor), scopeId, photo)).json<{ id: string }>().id;
  await floor.db.act(actor, (tx) =>
    attach(tx, {
      scopeId,
      fileIds: [id],
      type: 'thing',
      objectId: randomUUID(),
      wall: { ...nobodysWall, isPublic: true, isInternal: true },
      uploadedBy: actor.accountId!,
      at: floor.clock.now(),
    }),
  );
  expect((await download(floor.signIn(staffOf(scopeId)), scopeId, id)).statusCode).toBe(200);
  expect((await download(floor.signIn(residentOf(scopeId)), scopeId, id)).statusCode).toBe(404);
});
