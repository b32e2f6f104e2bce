import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { teachNext } from './service-teaching.ts';
import { aWorkOrder, DAY, expectStatus } from './fixtures.ts';

/** The desk's decisions come back as suggestions, with the words that spoke for them and a confidence. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const teachNow = () => teachNext(world.server.house, world.worker, world.clock.now());
const asked = (text: string, more: object = {}, who = world.people.desk) =>
  who.client.post('/work-orders/triage', { scopeId: world.near.compound, text, ...more });

const matters: readonly [string, string[]][] = [
  ['water.pressure', ['水压太小', '水流细得像线', '热水器打不着水太小']],
  ['water.leak.home', ['水管一直滴', '软管漏了', '地上全是水']],
  ['power.light.stairs', ['声控灯不亮', '过道黑着', '灯泡坏了']],
];

const byDesk = ['work_order.assigned', 'desk'] as const;

/** Straight into the tables: what matters is what stands there when the night comes, and whose deed it was. */
async function past(
  code: string,
  text: string,
  more: Record<string, unknown> = {},
  [kind, role]: readonly [string, string] = byDesk,
): Promise<void> {
  const sample: Record<string, unknown> = {
    ...model,
    ...more,
    work_order_id: crypto.randomUUID(),
    number: crypto.randomUUID(),
  };
  await world.admin.query(
    `insert into work_orders.work_order select * from jsonb_populate_record(null::work_orders.work_order, $1)`,
    [JSON.stringify({ ...sample, category_code: code, description: text })],
  );
  await world.admin.query(
    `insert into work_orders.event (scope_id, work_order_id, event_id, city_id, is_public, kind, actor_role, is_internal, params, at)
     values ($1, $2, gen_random_uuid(), $3, false, $4, $5, false, '{}', $6)`,
    [sample['scope_id'], sample['work_order_id'], sample['city_id'], kind, role, sample['created_at']],
  );
}
let model: Record<string, unknown>;

test('nothing is learnt before the desk has decided enough; then once a day, a version more', async () => {
  const order = await world.people.wang.reports(aWorkOrder().atHome(world.home));
  await world.people.desk.does(order, 'triage');
  expect(await teachNow()).toBe(true);
  const before = expectStatus(await asked('厨房的水管滴水'), 200);
  expect(before).toMatchObject({ from: 'catalogue', unit: null, model: null });
  expect(before.categories[0]).toMatchObject({ categoryCode: 'water.leak.home', confidence: null });

  const [row] = await world.ask<{ row: Record<string, unknown> }>(
    'select to_jsonb(o) as row from work_orders.work_order o where work_order_id = $1',
    [order.id],
  );
  model = row!.row;
  const where = ['厨房', '卫生间', '三楼', '五楼', '南边', '北边', '昨天', '今天', '早上', '晚上'];
  for (const [code, texts] of matters)
    for (const place of where) for (const text of texts) await past(code, `${place}${text}，请来看看`);
  // What went to somebody else teaches whose it is.
  for (const place of where)
    for (const text of ['整栋楼停水', '自来水发黄', '街上主管爆了', '水表前面漏', '总阀外面冒水'])
      await past('water.pressure', `${place}${text}`, {
        status: 'closed',
        is_open: false,
        outcome: 'referred',
        referred_to: '市自来水公司',
        closed_at: model['created_at'],
      });
  for (const place of where)
    await past('power.light.stairs', `${place}王五被举报了`, { is_confidential: true });

  // What no desk has decided, and what a program wrote or sorted, teaches nothing.
  for (const place of where) {
    const text = `${place}水压太小`;
    await past('power.light.stairs', text, { source: 'phone' }, ['work_order.assigned', 'worker']);
    await past('power.light.stairs', text, { source: 'phone' }, ['work_order.assigned', 'system']);
    await past('power.light.stairs', text, { source: 'phone' }, ['work_order.submitted', 'resident']);
    await past('power.light.stairs', text, { source: 'staff' }, ['work_order.submitted', 'worker']);
    for (const source of ['sensor', 'patrol', 'open311', 'import'])
      await past('power.light.stairs', text, { source });
  }
  // Nor what would have been an order of the desk's and is none for another reason.
  const ended = { status: 'cancelled', is_open: false, closed_at: model['created_at'], outcome: 'cancelled' };
  await past('water.pressure', '水压太小', ended);

  // Tried today already: not before tomorrow.
  expect(await teachNow()).toBe(false);
  world.clock.advance(DAY);
  expect(await teachNow()).toBe(true);
  const stored = await world.ask('select answers, version, taught from work_orders.triage_model order by 1');
  expect(stored).toEqual([
    { answers: 'category', version: 1, taught: 140 + 1 },
    { answers: 'unit', version: 1, taught: 140 + 1 },
  ]);

  const leak = expectStatus(await asked('我家水压太小了，水流很细'), 200);
  expect(leak.from).toBe('learnt');
  expect(leak.categories[0].categoryCode).toBe('water.pressure');
  expect(leak.categories[0].confidence).toBeGreaterThanOrEqual(leak.least);
  expect(leak.categories[0].words.join()).toMatch(/水压|太小|水流/);
  expect(leak.unit).toMatchObject({ skill: 'plumbing', receiver: null });
  expect(leak.model).toMatchObject({ version: 1, taught: 141 });
  const main = expectStatus(await asked('整栋楼停水了，自来水还发黄'), 200);
  expect(main.unit).toMatchObject({ skill: null, receiver: '市自来水公司' });
  // What cannot be there is not suggested, and what is confidential has taught nothing.
  const public_ = expectStatus(await asked('软管漏了，地上全是水', { place: 'public' }), 200);
  expect(public_.categories.map((one: { categoryCode: string }) => one.categoryCode)).not.toContain(
    'water.leak.home',
  );
  expect(JSON.stringify(stored)).not.toContain('王五');

  // What a desk wrote down itself when somebody rang is its own word.
  await past('water.pressure', '三单元水压太小', { source: 'desk' }, ['work_order.submitted', 'desk']);
  world.clock.advance(DAY);
  expect(await teachNow()).toBe(true);
  expect(expectStatus(await asked('水压太小'), 200).model).toMatchObject({ version: 2, taught: 142 });
});

test('below the confidence that the place has set it is silent', async () => {
  await world.admin.query(
    `insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, 'work_order.triage_confidence', '2026-01-01', '1', 'test')`,
    [world.city],
  );
  world.clock.advance(15 * DAY);
  const silent = expectStatus(await asked('我家水压太小了，水流很细'), 200);
  expect(silent).toMatchObject({ from: 'catalogue', unit: null, least: 1 });
  expect(silent.categories.every((one: { confidence: null }) => one.confidence === null)).toBe(true);
});

test('is for whoever sorts reports, within their own places', async () => {
  const { wang, li, farDesk, street } = world.people;
  expect((await asked('漏水', {}, wang)).status).toBe(403);
  expect((await asked('漏水', {}, li)).status).toBe(403);
  expect((await asked('漏水', {}, farDesk)).status).toBe(404);
  expect((await asked('漏水', {}, street)).status).toBe(200);
  expect((await asked('')).status).toBe(422);
  expect((await asked('x'.repeat(2_001))).status).toBe(422);
});
