import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { publicReader, statementOfActor } from '../../platform/db/actor.ts';

import { aWorkOrder, DAY } from '../work-orders/fixtures.ts';

import { anOpenStreet, Hub } from './fixtures.ts';

/** What strangers read of an order, and what they never do. */
let world: World;
let hub: Hub;
let key: string;

beforeAll(async () => {
  world = await aWorld();
  ({ key } = await anOpenStreet(world));
  hub = new Hub(world);
});
afterAll(() => world.close());

const idOf = (order: Json): string => `${order.number}-${order.scopeId.slice(-4)}`;
const inPublic = () => ({ buildingId: world.near.buildings['3']! });
const publicationPath = (order: Json) => `/open311/publications/${order.id}?scopeId=${order.scopeId}`;
const lamp = (words = '路灯坏了') =>
  aWorkOrder().about('power.light.street').saying(words).inPublic(inPublic());
const now = () => world.clock.now().toISOString();
const ago = (days: number) => new Date(world.clock.now().getTime() - days * DAY).toISOString();
const updatesOf = async (id: string): Promise<Json[]> => {
  const { json } = await hub.get('servicerequestupdates', { start_date: ago(30), end_date: now() });
  return json.filter((one: Json) => one.service_request_id === id);
};

describe('an order that is everybody’s', () => {
  it('is told step by step, and never in the words of who reported it', async () => {
    const { wang, desk, li } = world.people;
    let order = await wang.reports(lamp('我是王建国,三号楼门口路灯坏了,电话 13800001234'));
    await world.told();
    const id = idOf(order);
    order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
    for (const action of ['accept', 'depart', 'arrive', 'start'] as const)
      order = await li.does(order, action);
    order = await desk.does(order, 'comment', { text: '内部:慢慢来', isInternal: true });
    order = await li.does(order, 'pause', { reason: 'waiting_parts' });
    order = await li.does(order, 'resume');
    order = await li.does(order, 'finish', { workDone: '换了灯泡' });
    order = await wang.does(order, 'dispute', { reason: '还是不亮' });
    order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
    order = await li.does(order, 'accept');
    order = await li.does(order, 'start');
    order = await li.does(order, 'finish', { workDone: '又换了' });
    await world.told();
    const [open] = (await hub.get(`requests/${id}`)).json;
    expect(open).toMatchObject({ status: 'open', status_notes: '已做完，正在确认', description: null });
    order = await wang.does(order, 'confirm');
    await world.told();
    const [closed] = (await hub.get(`requests/${id}`)).json;
    expect(closed).toMatchObject({ status: 'closed', status_notes: '已解决', expected_datetime: null });
    expect(Date.parse(closed.updated_datetime)).toBe(Date.parse(order.confirmedAt ?? order.closedAt));
    const updates = await updatesOf(id);
    expect(updates.map(({ status }) => status)).toEqual([
      'ACTION_SCHEDULED',
      'ACTION_SCHEDULED',
      'IN_PROGRESS',
      'IN_PROGRESS',
      'IN_PROGRESS',
      'IN_PROGRESS',
      'IN_PROGRESS',
      'INVESTIGATING',
      'ACTION_SCHEDULED',
      'ACTION_SCHEDULED',
      'IN_PROGRESS',
      'IN_PROGRESS',
      'FIXED',
    ]);
    expect(new Set(updates.map(({ update_id }) => update_id)).size).toBe(updates.length);
    expect(Object.keys(updates[0])).toEqual([
      'update_id',
      'service_request_id',
      'status',
      'updated_datetime',
      'description',
      'media_url',
    ]);
    // The same events again change nothing: the words are the order's, not the message's.
    await world.ask(
      `update platform.consumer set last_xid = '0', last_event_id = '00000000-0000-0000-0000-000000000000' where name = 'open311.publish'`,
    );
    await world.told();
    expect(await updatesOf(id)).toEqual(updates);
    expect((await hub.get(`requests/${id}`)).json).toEqual([closed]);
    const everything = JSON.stringify([await hub.get('requests'), updates]);
    for (const secret of ['王建国', '13800001234', '换了灯泡', '内部', '还是不亮', '李师傅'])
      expect(everything).not.toContain(secret);
  });

  it.each([
    ['force_close', 'manager', { reason: '重复投诉' }, 'NO_FURTHER_ACTION'],
    ['cancel', 'desk', { reason: '误报' }, 'CANCELLED'],
    ['cancel', 'wang', {}, 'CANCELLED'],
    ['refer', 'desk', { receiver: '路灯所' }, 'NOT_COUNCILS_RESPONSIBILITY'],
  ] as const)('%s by the %s is told', async (action, who, params, status) => {
    const order = await world.people.wang.reports(lamp());
    await world.people[who].does(order, action, params);
    await world.told();
    const [request] = (await hub.get(`requests/${idOf(order)}`)).json;
    expect(request.status).toBe('closed');
    expect((await updatesOf(idOf(order))).at(-1)).toMatchObject({
      status,
      updated_datetime: request.updated_datetime,
    });
  });

  it('updates are asked for by both dates or none, and lie within them', async () => {
    const { wang, desk } = world.people;
    const order = await wang.reports(lamp());
    await desk.does(order, 'triage', { priority: 'high' });
    await world.told();
    const [update] = await updatesOf(idOf(order));
    const exactly = update.updated_datetime as string;
    const within = (start_date: string, end_date: string) =>
      hub.get('servicerequestupdates', { start_date, end_date });
    expect((await within(exactly, exactly)).json).toEqual([update]);
    const later = new Date(Date.parse(exactly) + 1).toISOString();
    expect((await within(later, now())).json).not.toContainEqual(update);
    expect((await hub.get('servicerequestupdates')).json).toContainEqual(update);
    for (const query of [
      { start_date: exactly },
      { end_date: exactly },
      { start_date: now(), end_date: exactly },
    ])
      expect((await hub.get('servicerequestupdates', query)).status).toBe(400);
    expect((await hub.get('servicerequestupdates', { page: '1', page_size: '1' })).json).toHaveLength(1);
  });
});

describe('what is nobody’s business', () => {
  it('is in no list and under no id, whatever else happens to it', async () => {
    const { wang, desk, li } = world.people;
    const secret: Json[] = [];
    const open: Json[] = [];
    // water.roof is published, and happens in homes as well.
    const homes = aWorkOrder().about('water.roof').atHome(world.home);
    for (const report of [
      homes,
      homes.saying('屋顶漏到我家'),
      aWorkOrder().about('water.leak.home').atHome(world.home),
      lamp().hidden(),
      aWorkOrder().about('lift.fault').inPublic(inPublic()),
      aWorkOrder().about('service.attitude').inPublic(inPublic()),
      aWorkOrder().about('security.throwing').inPublic(inPublic()),
    ])
      secret.push(await wang.reports(report));
    for (const report of [lamp(), aWorkOrder().about('water.roof').inPublic(inPublic())])
      open.push(await wang.reports(report));
    secret[0] = await desk.does(secret[0], 'triage', { priority: 'high' });
    secret[3] = await desk.does(secret[3], 'assign', { assigneeAccountId: li.accountId });
    // Public once, and then found to be confidential, or something the street does not tell of.
    const turned = [await wang.reports(lamp()), await wang.reports(lamp())];
    await world.told();
    for (const order of turned) expect((await hub.get(`requests/${idOf(order)}`)).status).toBe(200);
    for (const [i, categoryCode] of ['security.throwing', 'lift.fault'].entries())
      secret.push(await desk.does(turned[i], 'change_category', { categoryCode }));
    await world.told();

    const lists = [
      await hub.get('requests'),
      await hub.get('requests', {
        status: 'open,closed',
        service_code: secret.map((o) => o.categoryCode).join(),
      }),
      await hub.get('requests', { service_request_id: secret.map(idOf).join() }),
      await hub.get('servicerequestupdates'),
    ].map(({ text }) => text);
    for (const order of secret) {
      for (const list of lists) expect(list).not.toContain(order.number);
      expect((await hub.get(`requests/${idOf(order)}`)).status).toBe(404);
      const said = { api_key: key, service_request_id: idOf(order), description: '看看' };
      expect((await hub.post('servicerequestupdates', said)).status).toBe(404);
    }
    for (const order of open) expect(lists[0]).toContain(order.number);
    expect(
      await world.ask(
        "select count(*)::int as count from open311.request r join work_orders.work_order o using (scope_id, work_order_id) where o.place = 'home' or o.is_confidential or not o.is_public",
      ),
    ).toEqual([{ count: 0 }]);
  });

  it('would not be read by a wrong query either: nobody-at-all sees these tables and what is published', async () => {
    const statement = statementOfActor(publicReader);
    const seen: string[] = [];
    const tables = await world.ask<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' order by 1`,
    );
    for (const { name } of tables) {
      const rows = await world.server.house.db
        .read(publicReader, (q) => q.query({ text: `select from ${name} limit 1`, values: [], name: '' }))
        .catch(() => []);
      if (rows.length > 0) seen.push(name);
    }
    expect(statement.values[0]).toBe('public');
    expect(seen.filter((name) => name.startsWith('open311.'))).toEqual([
      'open311.request',
      'open311.request_update',
      'open311.service',
    ]);
    // Names of places and who serves them, the catalogue and the words it is found by: published anyway.
    const published = [
      'places.organisation',
      'places.scope',
      'places.service_period',
      'work_orders.category',
      'work_orders.learnt_word',
    ];
    expect(seen.filter((name) => !name.startsWith('open311.') && !published.includes(name))).toEqual([]);
    expect(seen).toContain('places.scope');
    await expect(
      world.server.house.db.act(publicReader, (tx) =>
        tx.query({
          text: `update open311.request set public_text = 'x', approved_at = now() returning 1`,
          values: [],
          name: '',
        }),
      ),
    ).resolves.toEqual([]);
  });
});

describe('words for strangers', () => {
  it('are what staff approved, told apart by version, and can be taken back', async () => {
    const { wang, desk, steward, street, li, farDesk } = world.people;
    const order = await wang.reports(lamp('王建国家门口'));
    await world.told();
    const path = publicationPath(order);
    const before = await desk.client.get(path);
    expect(before.body).toMatchObject({
      isPublic: true,
      hiddenBecause: null,
      requestId: idOf(order),
      publicText: null,
      version: 0,
      submission: null,
      updates: [],
    });
    expect((await li.client.get(path)).status).toBe(403);
    expect((await wang.client.get(path)).status).toBe(403);
    expect((await farDesk.client.get(path)).status).toBe(404);
    const say = (who: typeof desk, publicText: string | null, expectedVersion: number) =>
      who.client.post(path, { publicText, expectedVersion });
    expect((await say(farDesk, '乱写', 0)).status).toBe(404);
    expect((await say(desk, '   ', 0)).status).toBe(422);
    const both = await Promise.all([say(desk, '三号楼门口的路灯不亮', 0), say(steward, '路灯', 0)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await say(street, '3 号楼门口的路灯不亮 <修>', 1)).body).toMatchObject({
      publicText: '3 号楼门口的路灯不亮 <修>',
      approvedByName: '郑科长',
      version: 2,
    });
    const [request] = (await hub.get(`requests/${idOf(order)}`)).json;
    expect(request.description).toBe('3 号楼门口的路灯不亮 <修>');
    // What happens to the order leaves the words alone.
    await desk.does(order, 'triage', { priority: 'high' });
    await world.told();
    expect((await hub.get(`requests/${idOf(order)}`)).json[0].description).toBe(request.description);
    expect((await say(desk, null, 2)).body.publicText).toBeNull();
    expect((await hub.get(`requests/${idOf(order)}`)).json[0].description).toBeNull();
    expect(
      await world.ask(
        `select action from platform.audit where object_id = $1 and action like 'open311.%' order by at`,
        [order.id],
      ),
    ).toEqual([
      { action: 'open311.text_approved' },
      { action: 'open311.text_approved' },
      { action: 'open311.text_withdrawn' },
    ]);
  });

  it('are not for what is not public, and the panel says why', async () => {
    const { wang, desk } = world.people;
    const cases = [
      [aWorkOrder().about('water.roof').atHome(world.home), 'not_shared'],
      [lamp().hidden(), 'not_shared'],
      [aWorkOrder().about('lift.noise').inPublic(inPublic()), 'not_offered'],
    ] as const;
    for (const [report, hiddenBecause] of cases) {
      const order = await wang.reports(report);
      await world.told();
      const path = publicationPath(order);
      expect((await desk.client.get(path)).body).toMatchObject({
        isPublic: false,
        hiddenBecause,
        requestId: null,
      });
      const refused = await desk.client.post(path, { publicText: '说明', expectedVersion: 0 });
      expect([refused.status, refused.body.code]).toEqual([409, 'open311.not_published']);
    }
  });
});
