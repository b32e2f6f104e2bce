import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aPhoto, aWorkOrder, expectStatus } from './fixtures.ts';

/** The pictures of an order: what is taken in, what is thrown away, whose they are. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const leak = () => aWorkOrder().atHome(world.home);

async function download(id: string, size: 'full' | 'thumb'): Promise<Buffer> {
  const { cookie, url } = world.people.wang.client;
  const response = await fetch(`${url}/api/v1/files/${id}?scopeId=${world.near.compound}&size=${size}`, {
    headers: { cookie },
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  expect(response.headers.get('cache-control')).toContain('private');
  return Buffer.from(await response.arrayBuffer());
}

/** A PNG of few bytes that says it is this large. */
function pngSaying(width: number, height: number): Buffer {
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
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('where a picture was taken, and by whose telephone, is thrown away', async () => {
  const { wang } = world.people;
  const taken = await sharp({ create: { width: 2_400, height: 1_200, channels: 3, background: '#604020' } })
    .withExif({
      IFD0: { Make: 'WangsPhone', Artist: 'Wang Jianguo' },
      IFD2: { DateTimeOriginal: '2026:11:23 08:00:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '39/1 52/1 30/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '116/1 27/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  // What is sent does hold it: else the test would prove nothing.
  const sent = (await sharp(taken).metadata()).exif!;
  expect(sent.includes('WangsPhone')).toBe(true);
  // Tag 0x8825 points to the place; its bytes stand in the file's own order.
  expect(sent.includes(Buffer.from([0x88, 0x25])) || sent.includes(Buffer.from([0x25, 0x88]))).toBe(true);
  const uploaded = expectStatus(await wang.tryUpload(taken), 201);
  expect([uploaded.width, uploaded.height]).toEqual([800, 1_600]);
  for (const size of ['full', 'thumb'] as const) {
    const kept = await download(uploaded.id, size);
    const { exif, xmp, iptc, icc, orientation } = await sharp(kept).metadata();
    expect([exif, xmp, iptc, icc, orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    for (const word of ['WangsPhone', 'Jianguo', 'Exif', 'GPS', '2026:11:23'])
      expect([word, kept.includes(word)]).toEqual([word, false]);
  }
});

test('too large, no picture, a bomb, half a picture: each its own answer, and no row', async () => {
  const { wang } = world.people;
  const photo = await aPhoto(400);
  const cases: [string, Buffer, string, number, string][] = [
    ['oversized', Buffer.concat([photo, randomBytes(12 * 1024 * 1024)]), 'image/jpeg', 413, 'file.too_large'],
    [
      'a text',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      'image/jpeg',
      415,
      'file.wrong_type',
    ],
    ['a GIF', Buffer.from('R0lGODlhAQABAAAAACw=', 'base64'), 'image/gif', 415, 'file.wrong_type'],
    ['JSON', Buffer.from('{}'), 'application/json', 415, 'file.wrong_type'],
    ['a bomb', pngSaying(60_000, 60_000), 'image/png', 422, 'file.too_many_pixels'],
    ['just too many', pngSaying(8_000, 5_001), 'image/png', 422, 'file.too_many_pixels'],
    ['half', photo.subarray(0, photo.length / 2), 'image/jpeg', 422, 'file.broken'],
    ['noise', Buffer.concat([photo.subarray(0, 3), randomBytes(2_000)]), 'image/jpeg', 422, 'file.broken'],
    ['nothing', Buffer.alloc(0), 'image/jpeg', 415, 'file.wrong_type'],
  ];
  const [before] = await world.ask('select count(*)::int as n from platform.file');
  for (const [name, bytes, type, status, code] of cases) {
    const answer = await wang.tryUpload(bytes, type);
    expect([name, answer.status, answer.body.code]).toEqual([name, status, code]);
  }
  expect(await world.ask('select count(*)::int as n from platform.file')).toEqual([before]);
  // What the type says does not matter, the bytes do.
  expect((await wang.tryUpload(photo, 'image/png')).status).toBe(201);
});

test("a picture of somebody else's, of another place, or of another order cannot be attached", async () => {
  const { wang, fang, chen, desk, farResident } = world.people;
  const refused = async (answer: Promise<{ status: number; body: { code: string } }>) => {
    const { status, body } = await answer;
    expect([status, body.code]).toEqual([422, 'file.not_attachable']);
  };
  const before = await world.ask('select work_order_id from work_orders.work_order');
  for (const other of [chen, fang, desk])
    await refused(wang.tryReport(leak().showing(await other.uploads())));
  await refused(wang.tryReport(leak().showing('01900000-0000-7000-8000-00000000dead')));
  await refused(wang.tryReport(leak().showing(await farResident.uploads())));
  // Uploaded for the department's own scope, then meant for the compound's.
  const elsewhere = expectStatus(
    await desk.tryUpload(await aPhoto(), 'image/jpeg', world.near.department),
    201,
  ).id;
  await refused(desk.tryReport(leak().showing(elsewhere)));
  expect(await world.ask('select work_order_id from work_orders.work_order')).toEqual(before);

  const photo = await wang.uploads();
  const order = await wang.reports(leak().showing(photo));
  await refused(wang.tryReport(leak().showing(photo)));
  await refused(wang.tries(order, 'comment', { text: '同一张', photoIds: [photo] }));
  expect((await wang.sees(order)).version).toBe(1);
  // One good and one bad: neither is bound.
  const free = await wang.uploads();
  await refused(wang.tryReport(leak().showing(free, await chen.uploads())));
  const fresh = await wang.reports(leak().showing(free));
  expect(fresh.photos).toEqual([{ id: free }]);
});

test('before it is attached nobody else sees it, afterwards those who see the order', async () => {
  const { wang, fang, desk, li } = world.people;
  const photo = await wang.uploads();
  expect([await wang.seesPhoto(photo), await fang.seesPhoto(photo), await desk.seesPhoto(photo)]).toEqual([
    true,
    false,
    false,
  ]);
  let order = await wang.reports(leak().showing(photo));
  expect([await fang.seesPhoto(photo), await desk.seesPhoto(photo), await li.seesPhoto(photo)]).toEqual([
    true,
    true,
    false,
  ]);
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  expect(await li.seesPhoto(photo)).toBe(true);
  // Nor may one upload into a place that is not one's own.
  expect((await wang.tryUpload(await aPhoto(), 'image/jpeg', world.far.compound)).status).toBe(404);
  expect(order.photos).toEqual([{ id: photo }]);
});

test('a street uploads into what lies in it, and nowhere else', async () => {
  const { street, farStreet } = world.people;
  const into = async (who: typeof street, scopeId: string) =>
    (await who.tryUpload(await aPhoto(), 'image/jpeg', scopeId)).status;
  const { compound } = world.near;
  expect(await into(street, compound)).toBe(201);
  expect(await into(street, world.near.street)).toBe(201);
  for (const elsewhere of [crypto.randomUUID(), world.far.compound, world.far.street, world.city])
    expect([elsewhere, await into(street, elsewhere)]).toEqual([elsewhere, 404]);
  expect(await into(farStreet, compound)).toBe(404);
  const rows = await world.ask('select from platform.file where scope_id <> all ($1) and street_id = $2', [
    [compound, world.near.street],
    world.near.street,
  ]);
  expect(rows).toEqual([]);
});

test('nine pictures at once, in the answer as they are found', async () => {
  const { wang } = world.people;
  const nine = await Promise.all(Array.from({ length: 9 }, () => wang.uploads()));
  const order = await wang.reports(leak().showing(...nine));
  expect(new Set(order.photos.map((photo: { id: string }) => photo.id))).toEqual(new Set(nine));
  expect(await wang.sees(order)).toEqual(order);
});
