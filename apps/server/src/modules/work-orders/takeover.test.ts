import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import type { Json } from '../../../../../test/server.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { loaders as placesRows, takeoverSweep } from '../places/index.ts';
import { aWorkOrder, DAY, HOUR, type Somebody } from './fixtures.ts';
import { passOverSweep } from './service-passing.ts';
import { working } from './working/fixtures.ts';

/* A compound passes from 近物业 to 远物业; each test plays its own compound through a world of its own. */

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const plan = (world: World, more: Record<string, unknown> = {}) => ({
  toDepartmentId: world.far.department,
  kind: 'contract',
  effectiveOn: '2026-11-25',
  documentNumber: '近街发〔2026〕12号',
  decidedBy: '近街道办事处',
  ...more,
});
const plans = (world: World, who: Somebody, more: Record<string, unknown> = {}) =>
  who.client.post(`/places/scopes/${world.near.compound}/takeovers`, plan(world, more));
const commands = (world: World, who: Somebody, id: string, body: Record<string, unknown>) =>
  who.client.post(`/places/takeovers/${id}/commands?scopeId=${world.near.compound}`, body);
const sweeps = (world: World, which = [takeoverSweep, passOverSweep]) =>
  runDueOnce({
    worker: world.worker,
    sweeps: which,
    house: world.server.house,
    clock: world.clock,
    log: quiet,
  });
const stateOf = async (world: World) =>
  (
    await world.ask<{ state: string; orders_passed: number }>(
      'select state, orders_passed from places.takeover where scope_id = $1 order by planned_at desc limit 1',
      [world.near.compound],
    )
  )[0];
/** To the first moment of a day in Beijing, or so many milliseconds beyond. */
const reaches = (world: World, day: string, more = 0) =>
  world.clock.set(new Date(Date.parse(`${day}T00:00:00+08:00`) + more));

async function served(world: World): Promise<void> {
  await world.insert(placesRows.servicePeriod, {
    scopeId: world.near.compound,
    servicePeriodId: randomUUID(),
    companyId: world.near.company,
    departmentId: world.near.department,
    startsOn: '2020-01-01',
    endsOn: null,
  });
}

describe('planning', () => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld();
    await served(world);
  });
  afterAll(() => world.close());

  test.each([
    ['yesterday', { effectiveOn: '2026-11-22' }, 'takeover.not_before_today'],
    ['in three years', { effectiveOn: '2029-11-25' }, 'takeover.too_far'],
    ['to the same department', 'same', 'takeover.same_department'],
    ['to no department', { toDepartmentId: randomUUID() }, 'takeover.department_unknown'],
    ['without a document', { documentNumber: '  ' }, 'validation.failed'],
    ['on no day', { effectiveOn: '2026-02-30' }, 'validation.failed'],
    ['an emergency without an end', { kind: 'emergency' }, 'takeover.emergency_too_long'],
    [
      'an emergency of six months and a day',
      { kind: 'emergency', lastDay: '2027-05-25' },
      'takeover.emergency_too_long',
    ],
  ])('%s is refused', async (_name, more, code) => {
    const body =
      more === 'same' ? { toDepartmentId: world.near.department } : (more as Record<string, unknown>);
    const answer = await plans(world, world.people.street, body);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });

  test('a compound has one at a time; it can be changed and cancelled until its day', async () => {
    const { street, company, manager, farStreet, farCompany } = world.people;
    expect((await plans(world, manager)).status).toBe(403);
    expect((await plans(world, farStreet)).status).toBe(404);
    expect((await plans(world, farCompany)).status).toBe(404);
    const emergency = await plans(world, company, { kind: 'emergency', lastDay: '2027-05-24' });
    expect(emergency.body.code).toBe('takeover.emergency_not_yours');
    const made = await plans(world, street, { kind: 'emergency', lastDay: '2027-05-24' });
    expect(made.status).toBe(201);
    expect((await plans(world, street)).body.code).toBe('takeover.planned_already');

    const change = (who: Somebody, expectedVersion: number, more = {}) =>
      commands(world, who, made.body.id, { action: 'change', expectedVersion, ...plan(world, more) });
    // What the street decided its company does not undo.
    expect((await change(company, 1)).body.code).toBe('permission.denied');
    expect((await change(street, 1, { effectiveOn: '2026-12-01' })).body).toMatchObject({ version: 2 });
    expect((await change(street, 1)).body.code).toBe('place.stale');
    const cancelled = await commands(world, street, made.body.id, {
      action: 'cancel',
      expectedVersion: 2,
      reason: '业主大会续聘',
    });
    expect(cancelled.body.state).toBe('cancelled');
    expect((await change(street, 3)).body.code).toBe('takeover.over');
    reaches(world, '2026-12-01', HOUR);
    expect(await sweeps(world)).toEqual({ 'places.takeovers': 0, 'work_orders.pass_over': 0 });
  });

  test('both sides, the street and the community are told, and read it; a stranger does not', async () => {
    const { desk, manager, company, farDesk, farCompany, street, committee, li, farStreet } = world.people;
    for (const who of [desk, manager, company, farDesk, farCompany, committee])
      expect([who.name, await who.inbox()]).toEqual([
        who.name,
        ['takeover.cancelled', 'takeover.changed', 'takeover.planned'],
      ]);
    expect(await street.inbox()).toEqual([]);
    expect(await li.inbox()).toEqual([]);
    const read = async (who: Somebody) => (await who.client.get('/places/takeovers')).body.items.length;
    for (const who of [desk, company, farDesk, farCompany, street, committee])
      expect([who.name, await read(who)]).toEqual([who.name, 1]);
    expect(await read(farStreet)).toBe(0);
    const [item] = (await farDesk.client.get('/places/takeovers')).body.items;
    expect(item).toMatchObject({
      scopeName: '近小区',
      fromCompany: { name: '近物业' },
      toCompany: { name: '远物业' },
      state: 'cancelled',
      mayChange: false,
    });
  });
});

describe('on the day', () => {
  let world: World;
  let open: Json;
  let inHand: Json;
  let paused: Json;
  let finished: Json;
  let closed: Json;
  let unrated: Json;
  let toCall: Json;
  const calls = async (who: Somebody) =>
    ((await who.client.get('/work-orders/callbacks?limit=100')).body.items as Json[]).map(({ id }) => id);
  beforeAll(async () => {
    world = await aWorld();
    await served(world);
    const { wang, desk, li, steward } = world.people;
    open = await wang.reports(aWorkOrder().atHome(world.home));
    inHand = await world.anOrder('in_progress');
    inHand = await desk.does(inHand, 'comment', { text: '这户脾气急,多解释', isInternal: true });
    inHand = await wang.does(inHand, 'comment', { text: '下午在家' });
    paused = await world.anOrder('in_progress');
    paused = await li.does(paused, 'pause', { reason: 'waiting_parts', note: '等我们库里的阀门' });
    finished = await world.anOrder('finished');
    unrated = await world.anOrder('confirmed');
    toCall = await world.anOrder('confirmed');
    toCall = await wang.does(toCall, 'rate', { score: 'unsatisfied' });
    await world.claims();
    expect(await calls(desk)).toContain(toCall.id);
    closed = await world.anOrder('confirmed');
    closed = await wang.does(closed, 'rate', { score: 'satisfied' });
    await world.ask(
      `update places.grid set steward_account_id = $2, steward_name = '周管家' where scope_id = $1`,
      [world.near.compound, steward.accountId],
    );
    await world.ask(
      `insert into places.grid_keeper (scope_id, grid_keeper_id, city_id, street_id, company_id, grid_id, half, account_id, name, starts_on)
       select g.scope_id, gen_random_uuid(), g.city_id, g.street_id, g.company_id, g.grid_id, h.half, $2, h.half, '2026-01-01'
       from places.grid g, unnest(array['steward', 'social_worker']) h(half) where g.scope_id = $1`,
      [world.near.compound, steward.accountId],
    );
    expect((await plans(world, world.people.street)).status).toBe(201);
  });
  afterAll(() => world.close());

  test('one second before it everything is as it was, and both have been reminded the day before', async () => {
    reaches(world, '2026-11-24', -1_000);
    await sweeps(world);
    expect((await world.people.farDesk.inbox())[0]).toBe('takeover.planned');
    reaches(world, '2026-11-24');
    await sweeps(world);
    expect((await world.people.farDesk.inbox())[0]).toBe('takeover.reminded');
    reaches(world, '2026-11-25', -1_000);
    expect(await sweeps(world)).toEqual({ 'places.takeovers': 0, 'work_orders.pass_over': 0 });
    expect(
      (await world.people.farDesk.client.get(`/places/scopes/${world.near.compound}/buildings`)).status,
    ).toBe(404);
    expect((await world.people.desk.sees(open)).status).toBe('submitted');
  });

  test('the compound, its people and its open orders are the successor’s; no day is served twice or by nobody', async () => {
    reaches(world, '2026-11-25');
    expect(await sweeps(world)).toMatchObject({ 'places.takeovers': 1 });
    expect(await stateOf(world)).toEqual({ state: 'applied', orders_passed: 4 });
    // A session may be remembered for two seconds.
    world.clock.advance(3_000);
    const { farDesk, farCompany, desk, company } = world.people;
    for (const who of [farDesk, farCompany])
      expect((await who.client.get(`/places/scopes/${world.near.compound}/buildings`)).status).toBe(200);
    for (const who of [desk, company])
      expect((await who.client.get(`/places/scopes/${world.near.compound}/buildings`)).status).toBe(404);
    const periods = await world.ask(
      `select company_id, starts_on::text, ends_on::text from places.service_period where scope_id = $1 order by starts_on`,
      [world.near.compound],
    );
    expect(periods).toEqual([
      { company_id: world.near.company, starts_on: '2020-01-01', ends_on: '2026-11-25' },
      { company_id: world.far.company, starts_on: '2026-11-25', ends_on: null },
    ]);
    const grids = (await farDesk.client.get(`/places/scopes/${world.near.compound}/grids`)).body.items;
    expect(grids[0]).toMatchObject({ stewardName: null, socialWorkerName: '孙社工' });
    // The steward's time ends with the service and stays on the predecessor's record; the social worker goes on.
    expect(grids[0].keepers).toEqual([
      { half: 'social_worker', name: 'social_worker', startsOn: '2026-01-01', lastDay: null },
    ]);
    const ended = await world.ask(
      `select ends_on::text, company_id from places.grid_keeper where scope_id = $1 and half = 'steward'`,
      [world.near.compound],
    );
    expect(ended).toEqual([{ ends_on: '2026-11-25', company_id: world.near.company }]);
    expect(await farDesk.inbox()).toContain('takeover.applied');
    expect(await desk.inbox()).toContain('takeover.applied');
    expect(await world.people.li.inbox()).toContain('work_order.passed_over');
  });

  test('workers of the predecessor have lost them, the deadlines go on', async () => {
    const { farDesk, li, desk, wang } = world.people;
    const now = await farDesk.sees(inHand);
    expect(now).toMatchObject({ status: 'triaged', assigneeName: null, resolveDueAt: inHand.resolveDueAt });
    expect((await farDesk.sees(open)).status).toBe('submitted');
    const unpaused = await farDesk.sees(paused);
    expect([unpaused.status, unpaused.pausedNote, unpaused.resolveDueAt !== null]).toEqual([
      'triaged',
      null,
      true,
    ]);
    const waiting = await farDesk.sees(finished);
    expect([waiting.status, waiting.assigneeName]).toEqual(['finished', '李师傅']);
    for (const who of [li, desk])
      for (const order of [open, inHand, paused, finished])
        expect((await who.looksAt(order)).status).toBe(404);
    expect((await li.lists('&assignee=me&status=assigned,accepted,in_progress,paused')).length).toBe(0);
    // The resident reads one story.
    const story = (await wang.timelineOf(inHand)).map((entry) => entry.kind);
    expect(story).toContain('work_order.started');
    expect(story.at(-1)).toBe('work_order.passed_over');
  });

  test('the successor reads the story without the predecessor’s notes, and goes on with the work', async () => {
    const { farDesk, farCompany, farWorker, wang, desk } = world.people;
    for (const who of [farDesk, farCompany]) {
      const entries = await who.timelineOf(inHand);
      expect(entries.map((entry) => entry.params.text).filter(Boolean)).toEqual(['下午在家']);
      expect(JSON.stringify(entries)).not.toContain('脾气急');
    }
    // And behind the pages, as the database sees the two.
    const seen = (who: Somebody) =>
      who.client
        .get(`/work-orders/${inHand.id}?scopeId=${inHand.scopeId}`)
        .then((answer) => answer.body.steps);
    expect((await seen(farDesk)).map((step: Json) => step.endReason)).toEqual([null]);
    let order = await farDesk.sees(inHand);
    order = await farDesk.does(order, 'assign', { assigneeAccountId: farWorker.accountId });
    order = await farWorker.does(order, 'accept');
    order = await farWorker.does(order, 'start');
    order = await farWorker.does(order, 'finish', { workDone: '接好了' });
    expect((await wang.does(order, 'confirm')).status).toBe('confirmed');
    // The predecessor reads what it noted for itself, and where the matter went.
    const left = (await desk.client.get('/work-orders/left')).body.items;
    expect(left).toHaveLength(4);
    const own = left.find((item: Json) => item.id === inHand.id);
    expect(own).toMatchObject({
      number: inHand.number,
      to: '远物业',
      notes: [{ text: '这户脾气急,多解释' }],
    });
    expect((await farDesk.client.get('/work-orders/left')).body.items).toEqual([]);
  });

  test('what the predecessor closed stays with it: read, and nothing more', async () => {
    const { desk, company, farDesk, farCompany } = world.people;
    const works = working(world);
    for (const who of [farDesk, farCompany]) {
      expect((await who.looksAt(closed)).status).toBe(404);
      expect((await who.lists('&status=closed')).map((row) => row.id)).not.toContain(closed.id);
    }
    for (const who of [desk, company]) {
      const seen = await who.sees(closed);
      expect(seen.outcome).toBe('confirmed');
      expect(seen.actions.filter((one: Json) => one.isAllowed)).toEqual([]);
      for (const [action, params] of [
        ['reopen', { reason: '再看看' }],
        ['comment', { text: '记一笔' }],
      ] as const) {
        const answer = await who.tries(seen, action, params);
        expect([answer.status, answer.body.params.reason]).toEqual([409, 'not_yours']);
      }
      expect((await who.lists('&status=closed')).map((row) => row.id)).toContain(closed.id);
      const sheet = await works.sees(who, closed);
      expect(sheet.actions.filter((one: Json) => one.isAllowed)).toEqual([]);
      const invited = { contractor: '顺通防水', task: '补瓦', days: 20 };
      const refused = await works.tries(who, closed, 'invite_contractor', invited);
      expect([refused.status, refused.body.params.reason]).toEqual([409, 'not_yours']);
    }
    // What waits for a rating has not ended: whom to call is still told to nobody who only reads its past.
    const contact = `/work-orders/${unrated.id}/contact?scopeId=${unrated.scopeId}`;
    const slips = `/work-orders/${unrated.id}/slips?scopeId=${unrated.scopeId}`;
    expect(await desk.sees(unrated)).toMatchObject({ status: 'confirmed', contactMasked: '王**' });
    expect((await desk.client.post(contact, { purpose: 'callback' })).status).toBe(403);
    expect((await desk.client.post(slips, {})).status).toBe(403);
    expect(
      await world.ask(
        `select count(*)::integer as count from platform.audit where object_id = $1 and action like '%contact%'`,
        [unrated.id],
      ),
    ).toEqual([{ count: 0 }]);
    const report = await desk.tryReport(aWorkOrder().atHome(world.home).forCaller('王建国', '13800138000'));
    expect(report.status).toBe(404);
  });

  test('nobody is sent to call about what the predecessor closed', async () => {
    const { desk, farDesk } = world.people;
    for (const who of [desk, farDesk]) {
      expect(await calls(who)).not.toContain(toCall.id);
      expect((await who.client.get('/work-orders/queues')).body.callback).toBe((await calls(who)).length);
    }
    expect((await desk.client.post('/work-orders/callbacks/next', {})).body).toEqual({ claim: null });
    const claim = `/work-orders/${toCall.id}/callback/claim?scopeId=${toCall.scopeId}`;
    expect((await desk.client.post(claim, {})).status).toBeGreaterThanOrEqual(400);
  });

  test('a resident reopens it: it is the successor’s, with its story', async () => {
    const { wang, farDesk, desk } = world.people;
    const again = await wang.does(await wang.sees(closed), 'reopen', { reason: '又漏了' });
    expect(again.status).toBe('triaged');
    await world.told();
    expect((await farDesk.sees(closed)).status).toBe('triaged');
    expect((await farDesk.timelineOf(closed)).map((entry) => entry.kind)).toContain('work_order.submitted');
    expect((await desk.looksAt(closed)).status).toBe(404);
    expect(await farDesk.inbox()).toContain('work_order.reopened');
  });

  test('what another process still wrote under the old company follows; then it is done, once', async () => {
    const late = await world.people.wang.reports(aWorkOrder().atHome(world.home).saying('晚到的一件'));
    await world.ask('update work_orders.work_order set company_id = $2 where work_order_id = $1', [
      late.id,
      world.near.company,
    ]);
    world.clock.advance(60_000);
    await sweeps(world);
    expect((await world.people.farDesk.sees(late)).status).toBe('submitted');
    world.clock.advance(5 * 60_000);
    await sweeps(world);
    expect(await stateOf(world)).toEqual({ state: 'done', orders_passed: 5 });
    world.clock.advance(DAY);
    expect(await sweeps(world)).toEqual({ 'places.takeovers': 0, 'work_orders.pass_over': 0 });
  });
});

describe('killed in the middle', () => {
  test('before the commit nothing has happened; between two batches the rest follows, none twice', async () => {
    const world = await aWorld();
    try {
      await served(world);
      const { wang, street, farDesk } = world.people;
      for (let n = 0; n < 53; n++) await wang.reports(aWorkOrder().atHome(world.home).saying(`第${n}件`));
      await plans(world, street);
      reaches(world, '2026-11-25');
      const now = world.clock.now();
      const { house } = world.server;
      const killed = new Error('killed');
      await expect(
        world.worker.work(async (tx) => {
          await takeoverSweep.claim(tx, now, 10, house);
          throw killed;
        }),
      ).rejects.toBe(killed);
      expect(await stateOf(world)).toEqual({ state: 'planned', orders_passed: 0 });
      await sweeps(world, [takeoverSweep]);
      // The first batch is on disk, the second is lost.
      await world.worker.work((tx) => passOverSweep.claim(tx, now, 10, house));
      expect(await stateOf(world)).toEqual({ state: 'applied', orders_passed: 50 });
      await expect(
        world.worker.work(async (tx) => {
          await passOverSweep.claim(tx, now, 10, house);
          throw killed;
        }),
      ).rejects.toBe(killed);
      // Two workers at once.
      await Promise.all([sweeps(world, [passOverSweep]), sweeps(world, [passOverSweep])]);
      expect(await stateOf(world)).toEqual({ state: 'applied', orders_passed: 53 });
      const events = await world.ask<{ n: number; most: number }>(
        `select count(*)::integer as n, max(c)::integer as most from (select count(*) as c from work_orders.event
          where kind = 'work_order.passed_over' group by work_order_id) per_order`,
      );
      expect(events).toEqual([{ n: 53, most: 1 }]);
      expect((await farDesk.lists('&queue=open')).length).toBe(53);
    } finally {
      await world.close();
    }
  });

  test('an emergency service: its end is told a month ahead', async () => {
    const world = await aWorld();
    try {
      await served(world);
      await plans(world, world.people.street, {
        kind: 'emergency',
        effectiveOn: '2026-11-23',
        lastDay: '2027-02-28',
      });
      await sweeps(world);
      world.clock.advance(5 * 60_000);
      await sweeps(world);
      expect((await stateOf(world))?.state).toBe('done');
      reaches(world, '2027-01-30', -1);
      await sweeps(world);
      const told = async () => {
        await world.told();
        return world.ask(
          `select 1 from platform.notification where template = 'takeover.ending' and account_id = $1`,
          [world.people.street.accountId],
        );
      };
      expect(await told()).toHaveLength(0);
      reaches(world, '2027-01-30');
      await sweeps(world);
      expect(await told()).toHaveLength(1);
    } finally {
      await world.close();
    }
  });
});
