import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { residentOf, staffOf } from '../events/fixtures.ts';
import { type HttpFloor, openHttpFloor } from '../live/fixtures.ts';
import { audioType, maxAudioBytes, rangeOf } from './audio.ts';
import { fileRoutes } from './routes.ts';

const webm = Buffer.concat([
  Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
  Buffer.from('....A_OPUS....OpusHead'),
  Buffer.alloc(500, 7),
]);
const mp4 = (brand: string, handler: string) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from(`ftyp${brand}....mdat`),
    Buffer.alloc(100),
    Buffer.from(`moovhdlr${handler}`),
  ]);

test.each([
  ['a recording of Chrome', webm, 'audio/webm'],
  ['a recording of Safari, its index last', mp4('M4A ', 'soun'), 'audio/mp4'],
  ['a recording of Firefox', Buffer.from('OggS\0\x02................OpusHead'), 'audio/ogg'],
  ['a film', Buffer.concat([webm, Buffer.from('V_VP9')]), null],
  ['a film of a phone', Buffer.concat([mp4('isom', 'soun'), Buffer.from('hdlrvide')]), null],
  ['a picture that begins like one', mp4('heic', 'pict'), null],
  ['Matroska without sound', Buffer.from('\x1a\x45\xdf\xa3....webm', 'latin1'), null],
  ['an Ogg film', Buffer.from('OggS....\x80theora....OpusHead', 'latin1'), null],
  ['a page', Buffer.from('<script>alert(1)</script>A_OPUS webm'), null],
  ['nothing', Buffer.alloc(0), null],
])('%s', (_name, bytes, type) => {
  expect(audioType(bytes)).toBe(type);
});

test.each([
  [undefined, null],
  ['bytes=0-', { from: 0, to: 99 }],
  ['bytes=0-1', { from: 0, to: 1 }],
  ['bytes=98-500', { from: 98, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-500', { from: 0, to: 99 }],
  ['bytes=99-99', { from: 99, to: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=5-2', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=-', null],
  ['bytes=0-1,5-6', null],
  ['lines=1-2', null],
])('the range %s of a hundred bytes', (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range);
});

let floor: HttpFloor;
beforeAll(async () => {
  floor = await openHttpFloor((app, house) => fileRoutes(app, house, { reachOf: async () => undefined }));
});
afterAll(() => floor.close());

test('a voice note is kept as it came, read whole or in pieces, by its sender only', async () => {
  const scopeId = randomUUID();
  const who = floor.signIn(residentOf(scopeId));
  const upload = (bytes: Buffer, type: string) =>
    floor.app.inject({
      method: 'POST',
      url: `/api/v1/files?scopeId=${scopeId}`,
      payload: bytes,
      headers: { ...who.headers, 'content-type': type, 'idempotency-key': randomUUID() },
    });
  const sent = await upload(webm, 'audio/webm;codecs=opus');
  expect([sent.statusCode, sent.json()]).toEqual([
    201,
    { id: expect.any(String), mediaType: 'audio/webm', width: null, height: null, bytes: webm.length },
  ]);
  const url = `/api/v1/files/${sent.json<{ id: string }>().id}?scopeId=${scopeId}`;
  const read = (headers = {}) =>
    floor.app.inject({ method: 'GET', url, headers: { ...who.headers, ...headers } });
  const whole = await read();
  expect([whole.statusCode, whole.headers['content-type'], whole.headers['x-content-type-options']]).toEqual([
    200,
    'audio/webm',
    'nosniff',
  ]);
  expect(whole.rawPayload.equals(webm)).toBe(true);
  const piece = await read({ range: 'bytes=4-9' });
  expect([piece.statusCode, piece.headers['content-range']]).toEqual([206, `bytes 4-9/${webm.length}`]);
  expect(piece.rawPayload.equals(webm.subarray(4, 10))).toBe(true);
  expect((await read({ range: 'bytes=99999-' })).statusCode).toBe(416);
  expect(
    (await floor.app.inject({ method: 'GET', url, headers: floor.signIn(staffOf(scopeId)).headers }))
      .statusCode,
  ).toBe(404);

  const long = Buffer.concat([webm, Buffer.alloc(maxAudioBytes)]);
  expect((await upload(long, 'audio/webm')).json()).toMatchObject({ status: 413, code: 'file.too_large' });
  expect((await upload(Buffer.from('OggS but not quite'), 'audio/ogg')).json()).toMatchObject({
    code: 'file.wrong_type',
  });
  // Sound that calls itself a picture is none, and the other way round.
  expect((await upload(webm, 'image/jpeg')).json()).toMatchObject({ code: 'file.wrong_type' });
  expect((await upload(Buffer.from('ffd8ffe0', 'hex'), 'audio/webm')).json()).toMatchObject({
    code: 'file.wrong_type',
  });
});
