import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GroundFloor, openGroundFloor, staffOf } from '../events/fixtures.ts';
import { openSettings, SettingError } from './settings.ts';

let floor: GroundFloor;
beforeAll(async () => {
  floor = await openGroundFloor();
});
afterAll(() => floor.close());

const key = 'work_order.confirm_wait_days';

async function put(
  scopeId: string,
  from: string,
  to: string | null,
  value: unknown,
  of: string = key,
): Promise<void> {
  await floor.admin.query('insert into platform.setting values ($1, $2, $3, $4, $5, $6)', [
    scopeId,
    of,
    from,
    to,
    JSON.stringify(value),
    'a city rule',
  ]);
}

function ask(chain: string[], on: Date | string, settings = openSettings()) {
  return floor.db.read(staffOf(chain[0]!), (q) => settings.get(q, chain, key, on));
}

test('what nobody set has the default, with its source', async () => {
  const chain = [randomUUID()];
  expect(await ask(chain, '2026-11-21')).toBe(3);
  const found = await floor.worker.work((tx) => openSettings().find(tx, chain, key, '2026-11-21'));
  expect(found).toMatchObject({ value: 3, scopeId: null });
  expect(found.source).not.toBe('');
});

test('the nearest scope decides, whatever the order of the rows', async () => {
  const [compound, company, city] = [randomUUID(), randomUUID(), randomUUID()];
  await put(city, '2020-01-01', null, 10);
  expect(await ask([compound, company, city], '2026-11-21')).toBe(10);
  await put(company, '2020-01-01', null, 5);
  expect(await ask([compound, company, city], '2026-11-21')).toBe(5);
  await put(compound, '2027-01-01', null, 1);
  expect(await ask([compound, company, city], '2026-12-31')).toBe(5);
  expect(await ask([compound, company, city], '2027-01-01')).toBe(1);
});

test('all that holds one after the other is what holds on each day', async () => {
  const scope = randomUUID();
  await put(scope, '2026-03-01', '2026-04-01', 7);
  await put(scope, '2026-04-01', null, 9);
  await put(scope, '2026-06-01', '2026-07-01', 4);
  const every = await floor.db.read(staffOf(scope), (q) => openSettings().every(q, scope, key));
  expect(every.map(({ validFrom, value }) => [validFrom, value])).toEqual([
    [null, 3],
    ['2026-03-01', 7],
    ['2026-04-01', 9],
    ['2026-06-01', 4],
    ['2026-07-01', 9],
  ]);
  for (const { validFrom, value } of every.slice(1)) expect(await ask([scope], validFrom!)).toBe(value);
  const none = randomUUID();
  const builtIn = await floor.db.read(staffOf(none), (q) => openSettings().every(q, none, key));
  expect(builtIn).toMatchObject([{ validFrom: null, value: 3, scopeId: null }]);
});

test('a row holds from its first day to the day before its last', async () => {
  const scope = randomUUID();
  await put(scope, '2026-03-01', '2026-04-01', 7);
  await put(scope, '2026-04-01', null, 9);
  expect(await ask([scope], '2026-02-28')).toBe(3);
  expect(await ask([scope], '2026-03-01')).toBe(7);
  expect(await ask([scope], '2026-03-31')).toBe(7);
  expect(await ask([scope], '2026-04-01')).toBe(9);
});

test('an instant counts as the Chinese day it falls on', async () => {
  const scope = randomUUID();
  await put(scope, '2026-03-01', null, 7);
  expect(await ask([scope], new Date('2026-02-28T15:59:59Z'))).toBe(3);
  expect(await ask([scope], new Date('2026-02-28T16:00:00Z'))).toBe(7);
});

test('a value that the key does not allow is an error, not a default', async () => {
  const scope = randomUUID();
  await put(scope, '2026-01-01', null, 'three');
  await expect(ask([scope], '2026-11-21')).rejects.toThrow(SettingError);
});

test('what was read is kept for a while, and not for ever', async () => {
  const scope = randomUUID();
  const lasting = openSettings({ cacheMilliseconds: 3_600_000 });
  const passing = openSettings({ cacheMilliseconds: 1 });
  for (const settings of [lasting, passing]) expect(await ask([scope], '2026-11-21', settings)).toBe(3);
  await put(scope, '2026-01-01', null, 8);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await ask([scope], '2026-11-21', lasting)).toBe(3);
  expect(await ask([scope], '2026-11-21', passing)).toBe(8);
});
