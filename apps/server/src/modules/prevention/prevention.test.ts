import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { takesIn, takesStep } from '../hotline/fixtures.ts';
import { aWorkOrder, DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { daysBegin, looks, past } from './fixtures.ts';

/** A lift that stops again and again becomes a project, is seen to by people, and what it brought is counted. */
let world: World;
let sample: Json;
let scopeId: string;
let facilityId: string;
beforeAll(async () => {
  world = await aWorld();
  scopeId = world.near.compound;
  const order = await world.people.wang.reports(aWorkOrder().atHome(world.home));
  [{ row: sample }] = (await world.ask(
    'select to_jsonb(o) as row from work_orders.work_order o where work_order_id = $1',
    [order.id],
  )) as [{ row: Json }];
  const [facility] = await world.ask<{ id: string }>(
    'select facility_id as id from places.facility where scope_id = $1 order by label limit 1',
    [scopeId],
  );
  facilityId = facility!.id;
  // What stands out stands out from others of its kind.
  await world.admin.query(
    `insert into places.facility (scope_id, facility_id, city_id, street_id, company_id, building_id, kind, label)
     select f.scope_id, gen_random_uuid(), f.city_id, f.street_id, f.company_id, null, f.kind, 'Z' || n || '号电梯'
     from places.facility f, generate_series(1, 5) n where f.scope_id = $1 and f.facility_id = $2`,
    [scopeId, facilityId],
  );
});
afterAll(() => world.close());

/** Months pass here: whoever is signed in stays so. */
async function passes(days: number): Promise<void> {
  world.clock.advance(days * DAY);
  await world.admin.query('update identity.session set expires_at = $1, last_seen_at = $2', [
    ago(-30),
    world.clock.now(),
  ]);
}
const ago = (days: number) => new Date(world.clock.now().getTime() - days * DAY);
const list = async (query = '', who: Somebody = world.people.manager) =>
  expectStatus(await who.client.get(`/prevention/projects?limit=50&all=true${query}`), 200);
const look = (id: string, who: Somebody = world.people.manager) =>
  who.client.get(`/prevention/projects/${id}?scopeId=${scopeId}`);
const tryDo = (project: Json, action: string, params: Json = {}, who: Somebody = world.people.manager) =>
  who.client.post(`/prevention/projects/${project.id}/commands?scopeId=${project.scopeId}`, {
    action,
    expectedVersion: project.version,
    ...params,
  });
const does = async (project: Json, action: string, params: Json = {}, who?: Somebody): Promise<Json> =>
  expectStatus(await tryDo(project, action, params, who), 200);

let project: Json;
const toldOfSteps = () =>
  world.ask<{ account_id: string; template: string; params: Json; link: string | null }>(
    `select account_id, template, params, link from platform.notification where template like 'prevention.step%' order by created_at`,
  );

describe('a project', () => {
  test('is proposed once, by the night, with its reasons and its orders', async () => {
    const stops = [50, 40, 30, 12, 5].map((days) => ({
      at: ago(days),
      text: '电梯又停了',
      category: 'lift.fault',
      facilityId,
    }));
    // What is confidential is no statistic, and what was cancelled was nothing.
    const secret = { ...stops[0]!, more: { is_confidential: true } };
    const ended = { status: 'cancelled', is_open: false, closed_at: stops[0]!.at, outcome: 'cancelled' };
    const withdrawn = { ...stops[0]!, more: ended };
    const ids = await past(world, sample, ...stops);
    await past(world, sample, secret, withdrawn);
    expect((await list()).items).toEqual([]);
    expect(await looks(world)).toBeGreaterThan(0);
    const { items, counts } = await list();
    expect(items).toHaveLength(1);
    expect(counts).toMatchObject({ proposed: 1, accepted: 0 });
    expect(items[0]).toMatchObject({
      state: 'proposed',
      subjectKind: 'facility',
      orderCount: 5,
      categoryNameZh: null,
      effect: null,
    });
    expect(items[0].facilityLabel).toBeTruthy();
    expect(items[0]).toMatchObject({ isStrong: true });
    expect(items[0].reasons[0]).toEqual({ code: 'same_facility', params: { count: 5, days: 56 } });
    project = expectStatus(await look(items[0].id), 200);
    expect(project.orders.map((order: Json) => order.id).sort()).toEqual(ids.sort());
    expect(project.actions).toEqual(['accept', 'decline']);
    // Never who.
    expect(JSON.stringify(project)).not.toMatch(/王|householdId|reporter/);
    // The same night again, and the next, propose nothing twice.
    expect(await looks(world)).toBe(0);
    await passes(1);
    await looks(world);
    expect((await list()).items).toHaveLength(1);
  });

  test('is taken up, has steps with owners and days, and is not done before they are', async () => {
    const { manager, li } = world.people;
    project = expectStatus(await look(project.id), 200);
    const accepted = await does(project, 'accept', { cause: '曳引机老化' });
    expect(accepted).toMatchObject({ state: 'accepted', cause: '曳引机老化', decidedByName: manager.name });
    // Whoever looked before is told that it moved on.
    expect((await tryDo(project, 'decline', { reason: 'x' })).body.code).toBe('prevention.stale');
    project = accepted;
    expect((await tryDo(project, 'finish', { workDone: '换了' })).body.code).toBe('prevention.nothing_done');
    const step = { what: '请厂家检查曳引机', ownerAccountId: li.accountId, dueOn: '2026-12-01' };
    project = await does(project, 'add_step', step);
    expect(project.steps[0]).toMatchObject({
      no: 1,
      what: step.what,
      ownerName: li.name,
      state: 'open',
      isLate: false,
    });
    for (const [wrong, code] of [
      [{ dueOn: '2026-11-01' }, 'prevention.due_wrong'],
      [{ dueOn: '2026-02-31' }, 'prevention.due_wrong'],
      [{ dueOn: '2030-01-01' }, 'prevention.due_wrong'],
      [{ ownerAccountId: world.people.farWorker.accountId }, 'prevention.owner_unknown'],
      [{ ownerAccountId: world.people.wang.accountId }, 'prevention.owner_unknown'],
      [{ what: ' ' }, 'validation.failed'],
    ] as const)
      expect([wrong, (await tryDo(project, 'add_step', { ...step, ...wrong })).body.code]).toEqual([
        wrong,
        code,
      ]);
    expect((await tryDo(project, 'finish', { workDone: '换了' })).body.code).toBe('prevention.step_open');
    expect((await tryDo(project, 'finish_step', { stepNo: 2 })).body.code).toBe('prevention.no_step');
    await world.told();
    const notice = {
      account_id: li.accountId,
      params: { scopeName: project.scopeName, date: '2026-12-01' },
      // A worker reads no projects: where and until when is all that they are told here.
      link: null,
    };
    expect(await toldOfSteps()).toEqual([{ ...notice, template: 'prevention.step_given' }]);
    expect(await daysBegin(world)).toBe(0);
    await passes(10);
    expect(expectStatus(await look(project.id), 200)).toMatchObject({ isStepLate: true });
    expect(await daysBegin(world)).toBe(1);
    expect(await daysBegin(world)).toBe(0);
    expect((await toldOfSteps()).slice(1)).toEqual([{ ...notice, template: 'prevention.step_due' }]);
    project = await does(project, 'finish_step', { stepNo: 1, note: '已换钢丝绳' });
    expect(project.steps[0]).toMatchObject({ state: 'done', note: '已换钢丝绳' });
    project = await does(project, 'finish', { workDone: '更换曳引机钢丝绳' });
    expect(project).toMatchObject({ state: 'watched', actions: ['take_up_again'] });
    expect(project.story.map((line: Json) => line.kind)).toEqual([
      'finish',
      'finish_step',
      'add_step',
      'accept',
      'proposed',
    ]);
  });

  test('is watched: what comes after is attached and counted against the time before, then it closes', async () => {
    await passes(8);
    await past(world, sample, { at: ago(3), text: '电梯停了', category: 'lift.fault', facilityId });
    await looks(world);
    const watched = expectStatus(await look(project.id), 200);
    expect(watched.orderCount).toBe(6);
    // One week watched; of the 56 days before it was taken up the 51 count of which anything was kept: five.
    expect(watched.effect).toMatchObject({ basis: 'weeks_before', beforeCount: 5, expected: 0.7 });
    expect(watched.effect.afterCount).toBe(1);
    expect(watched.effect.avoided).toBe(-0.3);
    expect((await list()).measured).toBe(1);
    await passes(60);
    await looks(world);
    const closed = expectStatus(await look(project.id), 200);
    expect(closed).toMatchObject({ state: 'closed', actions: ['take_up_again'] });
    expect(closed.effect).toMatchObject({ beforeCount: 5, afterCount: 1, expected: 5.5, avoided: 4.5 });
    // What it has become is not forgotten when it is taken up again.
    const again = await does(closed, 'take_up_again', { reason: '又停了' });
    expect(again).toMatchObject({ state: 'accepted', effect: null, doneAt: null });
    expect(again.steps).toHaveLength(1);
  });

  test('two who decide at the same moment: one of them', async () => {
    const now = expectStatus(await look(project.id), 200);
    const both = await Promise.all([
      tryDo(now, 'decline', { reason: '一' }),
      tryDo(now, 'decline', { reason: '二' }, world.people.company),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const { state, declineReason } = expectStatus(await look(project.id), 200);
    expect(state).toBe('declined');
    expect(['一', '二']).toContain(declineReason);
  });

  test('what was declined rests, and is proposed anew after that', async () => {
    const recent = [1, 2, 3, 4].map((days) => ({
      at: ago(days),
      text: '电梯停了',
      category: 'lift.fault',
      facilityId,
    }));
    await past(world, sample, ...recent);
    await passes(1);
    await looks(world);
    expect((await list('&state=proposed')).items).toEqual([]);
    await passes(91);
    await past(world, sample, ...recent.map((one, i) => ({ ...one, at: ago(i + 1) })));
    await looks(world);
    expect((await list('&state=proposed')).items).toHaveLength(1);
  });

  test('is seen within reach, and decided by whoever answers for the compound', async () => {
    const { desk, wang, li, company, street, committee, farDesk, farCompany } = world.people;
    for (const who of [desk, company, street, committee])
      expect((await list('', who)).items.length).toBeGreaterThan(0);
    for (const who of [farDesk, farCompany]) {
      expect((await list('', who)).items).toEqual([]);
      expect((await look(project.id, who)).status).toBe(404);
      expect((await who.client.get(`/prevention/risks?scopeId=${scopeId}`)).status).toBe(404);
    }
    for (const who of [wang, li]) expect((await look(project.id, who)).status).toBe(403);
    const now = expectStatus(await look(project.id), 200);
    expect(expectStatus(await look(project.id, desk), 200).actions).toEqual([]);
    expect((await tryDo(now, 'accept', {}, desk)).status).toBe(403);
    expect((await tryDo(now, 'accept', {}, farCompany)).status).toBe(404);
    expect((await tryDo({ ...now, id: crypto.randomUUID() }, 'accept')).status).toBe(404);
    expect((await tryDo(now, 'add_step', { what: 'x' })).status).toBe(422);
  });
});

describe('risks', () => {
  test('name places and matters with reasons, and nothing that one home alone has told', async () => {
    const { households } = world.near;
    const homes = Object.values(households);
    const [a, b] = homes;
    const told = (householdId: string | undefined, category: string, days: readonly number[]) =>
      days.map((day) => ({ at: ago(day), text: '厨房漏水', category, householdId: householdId! }));
    await past(world, sample, ...told(a, 'water.toilet', [3, 9, 15, 22]));
    await past(world, sample, ...told(a, 'water.pressure', [3, 9]), ...told(b, 'water.pressure', [5, 12]));
    const { grids } = expectStatus(
      await world.people.steward.client.get(`/prevention/risks?scopeId=${scopeId}`),
      200,
    );
    const lines = grids.flatMap((grid: Json) => grid.risks);
    const names = lines.map((line: Json) => line.categoryNameZh);
    const [pressure] = await world.ask<{ name: string }>(
      `select name_zh as name from work_orders.category where code = 'water.pressure'`,
    );
    const [toilet] = await world.ask<{ name: string }>(
      `select name_zh as name from work_orders.category where code = 'water.toilet'`,
    );
    expect(names).toContain(pressure!.name);
    expect(names).not.toContain(toilet!.name);
    const line = lines.find((one: Json) => one.categoryNameZh === pressure!.name);
    expect(line.buildingName).toBeTruthy();
    expect(line.chance).toBeGreaterThanOrEqual(0.5);
    expect(line.reasons[0]).toEqual({ code: 'repeated', params: { count: 4, weeks: 8 } });
    // Of a home no door is named.
    // An id is drawn, and may hold any three digits.
    const said = JSON.stringify(grids, (key, value: unknown) => (key === 'gridId' ? undefined : value));
    expect(said).not.toMatch(/601|单元|householdId/);
  });
});

describe('calls to 12345', () => {
  test('about one order count each, confidential ones never, and the order is attached once', async () => {
    const { street, desk } = world.people;
    const first = await takesIn(world, street);
    const passed = await takesStep(world, street, first, 'pass', { toScopeId: scopeId });
    const signed = await takesStep(world, desk, passed, 'sign');
    const { orders } = await takesStep(world, desk, signed, 'open_order', {
      categoryCode: 'power.light.stairs',
    });
    for (const more of [{}, {}, {}, { isConfidential: true }])
      await takesIn(world, street, { repeatOf: first.number, ...more });
    await passes(1);
    await looks(world);
    const { items } = await list('&state=proposed');
    const found = items.find(({ reasons }: Json) => reasons.some(({ code }: Json) => code === 'hotline'));
    expect(found).toMatchObject({ subjectKind: 'compound', orderCount: 1 });
    // The order that the first call opened, and three more calls: four in two weeks where none was usual.
    expect(found.reasons).toContainEqual({ code: 'hotline', params: { count: 4 } });
    expect(found.reasons[0]).toMatchObject({ code: 'rising', params: { recent: 4 } });
    const { orders: attached } = expectStatus(await look(found.id), 200);
    expect(attached.map(({ id }: Json) => id)).toEqual([orders[0].id]);
  });
});

describe('what merely repeats', () => {
  test('is reached when asked for, and waits behind what stands out', async () => {
    const places = await world.ask<{ id: string; kind: string }>(
      `select f.facility_id as id, f.kind from places.facility f join places.scope s on s.scope_id = f.scope_id
       where s.street_id = $1 and f.scope_id = $2`,
      [world.near.street, scopeId],
    );
    expect(places.length).toBeGreaterThan(1);
    // Everything breaks as often as everything else.
    for (const { id } of places)
      await past(
        world,
        sample,
        ...[6, 20, 34].map((days) => ({
          at: ago(days),
          text: `坏了${days}`,
          category: 'lift.noise',
          facilityId: id,
        })),
      );
    await passes(1);
    await looks(world);
    const path = `/prevention/projects?limit=50&state=proposed&scopeId=${scopeId}`;
    const { manager } = world.people;
    const shown = expectStatus(await manager.client.get(path), 200);
    const all = expectStatus(await manager.client.get(`${path}&all=true`), 200);
    expect(all.weak).toBeGreaterThan(0);
    expect(all.items).toHaveLength(shown.items.length + all.weak);
    expect(shown.items.every(({ isStrong }: Json) => isStrong)).toBe(true);
    expect(all.items.map(({ isStrong }: Json) => isStrong)).toEqual([
      ...shown.items.map(() => true),
      ...Array.from({ length: all.weak }, () => false),
    ]);
    expect(all).toMatchObject({ most: 6, falseAlarms: 1, counts: { proposed: shown.items.length } });
    // Page by page it is the same list.
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const one = expectStatus(
        await manager.client.get(`${path.replace('limit=50', 'limit=1')}&all=true${from}`),
        200,
      );
      pages.push(...one.items.map(({ id }: Json) => id));
      cursor = one.nextCursor;
    }
    expect(pages).toEqual(all.items.map(({ id }: Json) => id));
    expect((await manager.client.get(`${path}&cursor=bm9uc2Vuc2U`)).status).toBe(422);
  });
});

test('open projects go on under the compound’s next company; what is over stays with whom it concerned', async () => {
  const now = world.clock.now();
  const states = async () =>
    world.ask<{ state: string; company_id: string }>(
      `select distinct state, company_id from prevention.project where scope_id = $1 order by 1`,
      [scopeId],
    );
  expect((await states()).map(({ state }) => state)).toEqual(['declined', 'proposed']);
  await world.worker.work(async (tx) =>
    recordEvent(tx, {
      eventId: uuidv7(now.getTime()),
      scopeId,
      wall: {
        cityId: world.city,
        streetId: world.near.street,
        companyId: world.far.company,
        householdId: null,
        reporterAccountId: null,
        isPublic: false,
        isInternal: true,
      },
      kind: 'takeover.applied',
      version: 1,
      objectId: scopeId,
      payload: { isFirst: true, toCompanyId: world.far.company },
      occurredAt: now,
    }),
  );
  await world.told();
  expect(await states()).toEqual([
    { state: 'declined', company_id: world.near.company },
    { state: 'proposed', company_id: world.far.company },
  ]);
  const orders = await world.ask<{ company_id: string }>(
    `select distinct o.company_id from prevention.project_order o join prevention.project p on p.scope_id = o.scope_id
       and p.project_id = o.project_id where p.scope_id = $1 and p.state = 'proposed'`,
    [scopeId],
  );
  expect(orders).toEqual([{ company_id: world.far.company }]);
});

test('one compound that cannot be looked through keeps no other from its turn, and comes again in an hour', async () => {
  await passes(2);
  const now = world.clock.now();
  const looked = async (at: Date) =>
    (
      await world.ask<{ id: string }>('select scope_id as id from prevention.look where looked_at = $1', [at])
    ).map(({ id }) => id);
  await world.admin.query(
    `insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, 'prevention.rules', $2, '"nonsense"', 'test')`,
    [scopeId, now.toISOString().slice(0, 10)],
  );
  await expect(looks(world)).rejects.toThrow('prevention.rules');
  await looks(world);
  expect(await looked(now)).toEqual([world.far.compound]);
  await world.admin.query(`delete from platform.setting where source = 'test' and key = 'prevention.rules'`);
  expect(await looks(world)).toBe(0);
  world.clock.advance(3_600_000);
  expect(await looks(world)).toBe(1);
  expect(await looked(world.clock.now())).toEqual([scopeId]);
});
