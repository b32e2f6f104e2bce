import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import {
  aForm,
  answers,
  asks,
  at,
  command,
  decides,
  detail,
  nextId,
  publishes,
  rows,
  submits,
  trySave,
} from './fixtures.ts';

/** Ids are drawn by who authors: two streets that do not see each other may draw the same one. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

test('two streets with one form id have two forms, of which neither touches the other', async () => {
  const { street, farStreet, cityHall, desk, farDesk } = world.people;
  const [near, far] = [world.near.compound, world.far.compound];
  const id = nextId();
  const body = (title: string, label: string) =>
    aForm({ title, subject: 'compound', columns: [asks(label)] });
  expectStatus(await trySave(street, body('近处的表', '有无围墙'), id), 200);
  expectStatus(await trySave(farStreet, body('远处的表', '有无护栏'), id), 200);
  const publish = { action: 'publish', expectedVersion: 1 };
  for (const who of [street, farStreet]) expectStatus(await command(who, id, publish), 200);
  expect([(await detail(desk, id, near)).title, (await detail(farDesk, id, far)).title]).toEqual([
    '近处的表',
    '远处的表',
  ]);
  // The city sees both and has neither: it cannot draft under that id.
  const drafted = await trySave(cityHall, body('全市的表', '有无岗亭'), id);
  expect([drafted.status, drafted.body.code]).toEqual([409, 'forms.id_taken']);

  const one = (subjectId: string, key: string) => [{ subjectId, key, value: 'yes' }];
  expectStatus(await answers(desk, id, near, one(near, '有无围墙')), 200);
  expect(await detail(farDesk, id, far)).toMatchObject({ missing: 1, reused: 0 });
  expectStatus(await submits(desk, id, near, 1), 200);
  const accept = { action: 'accept', expectedVersion: 2 };
  expect((await decides(farStreet, id, near, accept)).status).toBe(404);
  expectStatus(await decides(street, id, near, accept), 200);
  expectStatus(await answers(farDesk, id, far, one(far, '有无护栏')), 200);

  const file = async (who: typeof street) =>
    (await who.client.get(`/forms/${id}/file?format=csv&locale=zh-CN`)).body as unknown as string;
  expect([await file(street), await file(farStreet)]).toEqual([
    expect.stringContaining('有无围墙'),
    expect.stringContaining('有无护栏'),
  ]);
  expect((await file(street)).trim().split('\r\n')).toHaveLength(2);
  const report = expectStatus(await cityHall.client.get('/forms/report'), 200);
  const sums = report.items.filter((item: Json) => item.formId === id);
  expect(
    sums.map(({ title, streetName, accepted, typed }: Json) => [title, streetName, accepted, typed]),
  ).toEqual(
    expect.arrayContaining([
      ['近处的表', '近街道', 1, 1],
      ['远处的表', '远街道', 0, 1],
    ]),
  );
  expect(sums).toHaveLength(2);

  const withdraw = { action: 'withdraw', expectedVersion: 2, reason: '发错了' };
  expectStatus(await command(street, id, withdraw), 200);
  expect(await detail(farDesk, id, far)).toMatchObject({ state: 'open', missing: 0 });
  expect((await rows(farDesk, id, far))[0]!.cells[0]).toMatchObject({ state: 'own', value: 'yes' });
});

test('a city’s own form leaves as a file without what another office asks under its id', async () => {
  const { street, cityHall } = world.people;
  const id = await publishes(cityHall, { subject: 'compound', columns: [asks('有无门岗')] });
  // As it could be published before ids were compared.
  const other = await publishes(street, { subject: 'community', columns: [asks('有无食堂')] });
  await world.admin.query('update forms.sheet set form_id = $1 where form_id = $2', [id, other]);
  expect(expectStatus(await cityHall.client.get(`/forms/tasks?formId=${id}`), 200).items).toHaveLength(3);
  const file = await cityHall.client.get(`/forms/${id}/file?format=csv&locale=zh-CN`);
  const lines = (file.body as unknown as string).trim().split('\r\n').slice(1);
  expect(new Set(lines.map((line) => line.split(',')[0]))).toEqual(new Set(['近小区', '远小区']));
  expect((await street.client.get(at(id, world.near.compound))).status).toBe(200);
});
