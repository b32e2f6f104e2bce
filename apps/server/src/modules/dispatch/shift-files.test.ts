import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aSheet } from '../../platform/imports/fixtures.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
  const eight = { from: 480, to: 1020 };
  for (const [name, days] of [
    ['白班', [eight, eight, null]],
    ['轮班', [eight, { from: 1200, to: 1920 }]],
  ] as const)
    expectStatus(
      await world.people.manager.client.post('/dispatch/patterns', { name, anchorOn: '2026-11-23', days }),
      201,
    );
});
afterAll(() => world.close());

const csv = (...rows: string[]): Buffer => Buffer.from(`${rows.join('\r\n')}\r\n`);
function send(who: Somebody, bytes: Buffer, query: Record<string, string> = {}): Promise<Answer> {
  const search = new URLSearchParams({ name: '12月排班.csv', ...query });
  return who.client.send('POST', `/dispatch/shift-files?${search.toString()}`, bytes, {
    'content-type': 'application/octet-stream',
  });
}
const people = async (who: Somebody, from: string): Promise<Map<string, Json>> => {
  const roster = expectStatus(await who.client.get(`/dispatch/roster?from=${from}&days=7`), 200);
  return new Map(roster.people.map((one: Json) => [one.accountId, one]));
};
const faults = (body: Json): string[] =>
  body.faults.map((one: Json) => `${one.line} ${one.field} ${one.code}`);

test('a roster’s file: tried first, taken in once, twice it changes nothing, taken back it is gone', async () => {
  const { manager, li, zhao } = world.people;
  const file = csv(
    '维修部排班表,,',
    '姓名,日期,班次',
    `${li.name},2026-11-24,白班`,
    `${li.name},2026-11-25,20:00-08:00`,
    `${li.name},2026-11-26,休`,
    `${zhao.name},2026/11/24,备勤 18:00-8:00`,
    `没有这个人,2026-11-24,白班`,
    `${zhao.name},2026-11-25,轮班`,
  );
  const tried = expectStatus(await send(manager, file, { trial: 'true' }), 200);
  expect(tried).toMatchObject({
    fileId: null,
    titles: ['姓名', '日期', '班次'],
    columns: { name: '姓名', date: '日期', shift: '班次' },
    missing: [],
    shifts: ['白班', '轮班'],
    rows: 6,
    taken: 3,
    known: 0,
    free: 1,
  });
  expect(faults(tried)).toEqual(['7 name person_unknown', '8 shift shift_varies']);
  expect((await people(manager, '2026-11-23')).get(li.accountId)?.spans).toEqual([]);

  const taken = expectStatus(await send(manager, file), 200);
  expect(taken).toMatchObject({ taken: 3, known: 0 });
  const roster = await people(manager, '2026-11-23');
  expect(roster.get(li.accountId)?.spans).toEqual([
    { from: '2026-11-24T00:00:00.000Z', to: '2026-11-24T09:00:00.000Z', kind: 'duty' },
    { from: '2026-11-25T12:00:00.000Z', to: '2026-11-26T00:00:00.000Z', kind: 'duty' },
  ]);
  expect(roster.get(zhao.accountId)?.spans).toMatchObject([{ kind: 'standby' }]);
  expect(expectStatus(await li.client.get('/dispatch/my-shifts'), 200).spans).toHaveLength(2);

  const again = expectStatus(await send(manager, file), 200);
  expect(again).toMatchObject({ taken: 0, known: 3, free: 1 });
  const rows = await world.ask('select count(*)::int as count from dispatch.shift_day');
  expect(rows).toEqual([{ count: 3 }]);

  // A day off laid over it, and the file once more: it stays off.
  const off = { kind: 'off', accountId: li.accountId, onDate: '2026-11-24', reason: '家里有事' };
  expectStatus(await manager.client.post('/dispatch/changes', off), 201);
  expect(expectStatus(await send(manager, file), 200)).toMatchObject({ taken: 0, known: 3 });
  expect((await people(manager, '2026-11-23')).get(li.accountId)?.spans).toHaveLength(1);

  const list = expectStatus(await manager.client.get('/dispatch/shift-files'), 200);
  expect(list.items.map((one: Json) => [one.taken, one.faults.length])).toEqual([
    [0, 2],
    [0, 2],
    [3, 2],
  ]);
  // Nothing of what stood in a wrong row is kept.
  expect(JSON.stringify(list)).not.toContain('没有这个人');
  const withdraw = `/dispatch/shift-files/${taken.fileId}/withdraw`;
  expectStatus(await manager.client.post(withdraw), 200);
  expect((await manager.client.post(withdraw)).status).toBe(404);
  expect((await people(manager, '2026-11-23')).get(li.accountId)?.spans).toEqual([]);
  // And can be taken in again.
  expect(expectStatus(await send(manager, file), 200)).toMatchObject({ taken: 2 });
});

test('a workbook with other headings: which column is which is asked once and remembered', async () => {
  const { desk, li } = world.people;
  const book = await aSheet([
    ['谁', '何时', '干啥', '联系'],
    ['', new Date('2026-12-02T00:00:00Z'), '白班', li.phone],
    ['', '2026-12-03', '白班', li.phone],
  ]);
  const unknown = expectStatus(await send(desk, book, { trial: 'true' }), 200);
  expect(unknown).toMatchObject({
    titles: ['谁', '何时', '干啥', '联系'],
    missing: ['name', 'date', 'shift'],
    taken: 0,
  });
  expect((await send(desk, book)).body.code).toBe('dispatch.columns_missing');
  const columns = JSON.stringify({ phone: '联系', date: '何时', shift: '干啥' });
  expect(expectStatus(await send(desk, book, { columns, trial: 'true' }), 200)).toMatchObject({ taken: 2 });
  // What was only tried is not remembered.
  expect(expectStatus(await send(desk, book, { trial: 'true' }), 200).missing).toHaveLength(3);
  expect(expectStatus(await send(desk, book, { columns }), 200)).toMatchObject({ taken: 2, faults: [] });
  expect(expectStatus(await send(desk, book, { trial: 'true' }), 200)).toMatchObject({
    missing: [],
    known: 2,
    columns: { phone: '联系', date: '何时', shift: '干啥' },
  });
});

test('the same file by two at the same instant is taken in once', async () => {
  const { desk, manager, li } = world.people;
  const file = csv('姓名,日期,班次', `${li.name},2026-12-10,白班`, `${li.name},2026-12-11,白班`);
  const answers = await Promise.all([desk, manager, desk, manager].map((who) => send(who, file)));
  expect(answers.map(({ status, body }) => `${status} ${body.taken}`).toSorted()).toEqual([
    '200 0',
    '200 0',
    '200 0',
    '200 2',
  ]);
});

test('leave, another shift, a lost answer', async () => {
  const { manager, zhao } = world.people;
  const leave = {
    kind: 'leave',
    accountId: zhao.accountId,
    from: '2026-12-14T00:00:00Z',
    to: '2026-12-14T04:00:00Z',
    reason: '看病',
  };
  expectStatus(await manager.client.post('/dispatch/changes', leave), 201);
  const file = csv(
    '姓名,日期,班次',
    `${zhao.name},2026-12-14,白班`,
    `${zhao.name},2026-12-15,白班`,
    `${zhao.name},2026-12-15,12:00-20:00`,
    `${zhao.name},2026-11-22,白班`,
  );
  const key = { 'idempotency-key': 'shift-file-1' };
  const search = new URLSearchParams({ name: 'a.csv' }).toString();
  const once = await manager.client.send('POST', `/dispatch/shift-files?${search}`, file, {
    'content-type': 'application/octet-stream',
    ...key,
  });
  expect(faults(expectStatus(once, 200))).toEqual([
    '2 date on_leave',
    '4 shift overlaps_in_file',
    '5 date date_past',
  ]);
  const again = await manager.client.send('POST', `/dispatch/shift-files?${search}`, file, {
    'content-type': 'application/octet-stream',
    ...key,
  });
  expect(again.body).toEqual(once.body);
});

test('who may not, and files that are none', async () => {
  const { manager, li, steward, street, farDesk, company } = world.people;
  const file = csv('姓名,日期,班次', `${li.name},2026-12-20,白班`);
  for (const who of [li, steward, street]) expect((await send(who, file)).status).toBe(403);
  const scope = { scopeId: world.near.department };
  expect((await send(farDesk, file, scope)).status).toBe(404);
  expect((await farDesk.client.get(`/dispatch/shift-files?scopeId=${scope.scopeId}`)).status).toBe(404);
  // Somebody of another house is nobody here, whatever their number.
  const stranger = csv('手机号,日期,班次', `${world.people.farWorker.phone},2026-12-20,白班`);
  expect(faults(expectStatus(await send(manager, stranger, { trial: 'true' }), 200))).toEqual([
    '2 phone person_unknown',
  ]);
  expect(expectStatus(await send(company, file, { ...scope, trial: 'true' }), 200)).toMatchObject({
    taken: 1,
  });
  expect((await send(manager, Buffer.alloc(0))).status).toBe(422);
  expect((await send(manager, Buffer.from('%PDF-1.7'))).body).toMatchObject({
    code: 'dispatch.file_unreadable',
  });
  expect((await send(manager, file, { columns: '{' })).body.fields?.[0]?.path).toBe('/columns');
  expect((await send(manager, file, { columns: '{"salary":"班次"}' })).body.fields?.[0]?.path).toBe(
    '/columns',
  );
  const long = csv('姓名,日期,班次', ...Array.from({ length: 2_001 }, () => `${li.name},2026-12-20,白班`));
  expect((await send(manager, long)).body).toMatchObject({
    code: 'dispatch.too_many_rows',
    params: { limit: 2_000 },
  });
});
