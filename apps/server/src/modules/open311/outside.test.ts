import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';

import { runDueOnce } from '../../platform/due/due.ts';
import { aWorkOrder, DAY, MINUTE } from '../work-orders/fixtures.ts';
import { forgetSenders } from './due.ts';
import { aClient, anOpenStreet, atBuilding3, fields, gate, Hub, publishes, usual } from './fixtures.ts';

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

describe('a street', () => {
  it('ends and begins to tell of a category, with what happened in the last 90 days', async () => {
    const { wang, desk, street } = world.people;
    const scopeId = world.near.street;
    const pile = () => aWorkOrder().about('cleaning.piles').inPublic(inPublic());
    const old = await wang.reports(pile());
    await world.ask(
      `update work_orders.work_order set created_at = created_at - interval '91 days' where work_order_id = $1`,
      [old.id],
    );
    const recent = await wang.reports(pile());
    await desk.does(recent, 'triage', { priority: 'high' });
    await world.told();
    expect((await hub.get('requests', { service_code: 'cleaning.piles' })).json).toEqual([]);
    await publishes(street, scopeId, 'cleaning.piles');
    await world.told();
    expect(await hub.ids({ service_code: 'cleaning.piles' })).toEqual([idOf(recent)]);
    expect((await hub.get(`requests/${idOf(old)}`)).status).toBe(404);
    expect(await updatesOf(idOf(recent))).toHaveLength(1);
    // At once, before anybody has handled an event; and what is hidden is kept true meanwhile.
    await publishes(street, scopeId, 'cleaning.piles', { isPublished: false });
    expect((await hub.get(`requests/${idOf(recent)}`)).status).toBe(404);
    expect(await updatesOf(idOf(recent))).toEqual([]);
    await desk.does(await desk.sees(recent), 'change_category', { categoryCode: 'security.throwing' });
    await world.told();
    await publishes(street, scopeId, 'cleaning.piles');
    await world.told();
    expect(await hub.ids({ service_code: 'cleaning.piles' })).toEqual([]);
  });

  it('offers nothing that may not be public, and no question that makes no sense', async () => {
    const { street } = world.people;
    const path = (code: string) => `/open311/services/${code}?scopeId=${world.near.street}`;
    const body = (more: object) => ({ ...usual, expectedVersion: 0, ...more });
    const codes = (await street.client.get(`/open311/services?scopeId=${world.near.street}`)).body.items.map(
      (one: Json) => one.code,
    );
    for (const code of ['water.leak.home', 'security.throwing', 'patrol.equipment', 'special.meals']) {
      expect(codes).not.toContain(code);
      expect((await street.client.post(path(code), body({}))).body.code).toBe(
        'open311.category_not_publishable',
      );
    }
    expect((await street.client.post(path('nothing'), body({}))).status).toBe(404);
    const choice = {
      code: 'a',
      isInput: true,
      datatype: 'singlevaluelist',
      isRequired: false,
      zh: '问',
      en: 'q',
      hintZh: '',
      hintEn: '',
      values: [],
    };
    const refused = await street.client.post(path('lift.fault'), body({ attributes: [choice] }));
    expect(refused.body).toMatchObject({
      code: 'open311.attribute_invalid',
      fields: [{ path: '/attributes/0', code: 'values_missing' }],
    });
    for (const bad of [
      { attributes: [{ ...choice, code: 'No Code' }] },
      { expectedVersion: -1 },
      { isPublished: 'yes' },
    ])
      expect((await street.client.post(path('lift.fault'), body(bad))).status).toBe(422);
  });

  it('is told when somebody else changed it meanwhile, also at the same instant', async () => {
    const { street } = world.people;
    const path = `/open311/services/parking.disorder?scopeId=${world.near.street}`;
    const send = (descriptionZh: string) =>
      street.client.post(path, { ...usual, descriptionZh, expectedVersion: 0 });
    const answers = await Promise.all([send('甲'), send('乙'), send('丙')]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('open311.stale');
  });

  it('shows a key once, and manages its own clients only', async () => {
    const { street, farStreet, cityHall, desk } = world.people;
    const made = await aClient(street, world.near.street, '只看一次');
    const path = `/open311/clients?scopeId=${world.near.street}`;
    const listed = await street.client.get(path);
    expect(JSON.stringify(listed.body)).not.toContain(made.key);
    expect(listed.body.items.find((one: Json) => one.id === made.clientId)).toMatchObject({
      name: '只看一次',
      createdByName: '郑科长',
      reports: 0,
      revokedAt: null,
    });
    expect(
      await world.ask('select count(*)::int as count from open311.client where key_hash = $1', [
        Buffer.from(made.key),
      ]),
    ).toEqual([{ count: 0 }]);
    expect((await cityHall.client.get(path)).status).toBe(200);
    expect((await farStreet.client.get(path)).status).toBe(404);
    expect((await desk.client.get(path)).status).toBe(403);
    const revoke = `/open311/clients/${made.clientId}/revoke?scopeId=${world.far.street}`;
    expect((await farStreet.client.post(revoke)).status).toBe(404);
    // A compound is no street.
    expect((await street.client.get(`/open311/services?scopeId=${world.near.compound}`)).status).toBe(404);
  });
});

describe('from outside', () => {
  const reports = (more: Record<string, string> = {}) =>
    hub.reports({
      api_key: key,
      service_code: 'power.light.street',
      ...fields(atBuilding3),
      description: `灯 ${now()}`,
      ...more,
    });
  const orderOf = async (id: string): Promise<Json> => {
    const [row] = await world.ask(
      `select work_order_id as id, scope_id as "scopeId" from open311.request where request_id = $1`,
      [id],
    );
    return { ...row, ...(await world.people.desk.sees(row)) };
  };

  it('who reported is masked at the desk, shown for a purpose, and forgotten in time', async () => {
    const { desk, li } = world.people;
    const id = await reports({
      email: 'ann@example.org',
      first_name: 'Ann',
      last_name: 'Lee',
      media_url: 'https://pictures.example/a.jpg',
    });
    const order = await orderOf(id);
    const seen = (await desk.client.get(publicationPath(order))).body;
    expect(seen.submission).toMatchObject({
      clientName: '随手拍',
      mediaUrls: ['https://pictures.example/a.jpg'],
      latitude: atBuilding3.latitude,
      sender: expect.stringContaining('a***@example.org'),
    });
    expect(JSON.stringify(seen)).not.toContain('ann@');
    const path = `/open311/publications/${order.id}/sender?scopeId=${order.scopeId}`;
    expect((await desk.client.post(path, { purpose: 'curiosity' })).status).toBe(422);
    expect((await li.client.post(path, { purpose: 'callback' })).status).toBe(403);
    expect((await desk.client.post(path, { purpose: 'callback' })).body).toEqual({
      name: 'Ann Lee',
      email: 'ann@example.org',
      phone: null,
    });
    const [look] = await world.ask(
      `select detail from platform.audit where object_id = $1 and action = 'open311.sender_revealed'`,
      [order.id],
    );
    expect(look.detail).toEqual({ purpose: 'callback', role: 'desk' });

    const { house } = world.server;
    const sweep = () =>
      runDueOnce({
        worker: world.worker,
        sweeps: [forgetSenders],
        house,
        clock: world.clock,
        log: house.log,
      });
    const aged = (days: number) =>
      world.ask(
        `update open311.submission set received_at = received_at - make_interval(days => $1) where work_order_id = $2`,
        [days, order.id],
      );
    await aged(179);
    await sweep();
    expect((await desk.client.get(publicationPath(order))).body.submission.sender).not.toBeNull();
    await aged(2);
    await sweep();
    expect((await desk.client.get(publicationPath(order))).body.submission.sender).toBeNull();
    expect((await desk.client.post(path, { purpose: 'callback' })).body.code).toBe('open311.sender_unknown');
  });

  it('an update is a word for the staff, once, and changes no status', async () => {
    const { desk, wang } = world.people;
    const ours = await wang.reports(lamp());
    await world.told();
    for (const id of [await reports(), idOf(ours)]) {
      const before = await orderOf(id);
      const update = {
        api_key: key,
        service_request_id: id,
        update_id: 'their-17',
        updated_datetime: now(),
        status: 'CLOSED',
        description: '已经亮了',
        title: '路灯',
        media_url: 'https://p.example/1.jpg',
        email: 'ann@example.org',
      };
      const answers = await Promise.all(
        Array.from({ length: 4 }, () =>
          hub.post('servicerequestupdates', { ...update, update_id: `u ${id}` }),
        ),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(new Set(answers.map(({ json }) => json[0].update_id)).size).toBe(1);
      const xml = await hub.post(
        'servicerequestupdates',
        { ...update, update_id: `u ${id}` },
        { format: 'xml' },
      );
      expect(xml.text).toContain(
        `<request_update><update_id>${answers[0]!.json[0].update_id}</update_id></request_update>`,
      );
      const after = await orderOf(id);
      expect([after.status, after.version]).toEqual([before.status, before.version + 1]);
      const timeline = await desk.timelineOf(after);
      const said = timeline.filter(({ kind }) => kind === 'work_order.commented');
      expect(said).toHaveLength(1);
      expect(said[0]).toMatchObject({ actorName: '随手拍', isInternal: true });
      expect(said[0].params.text).toBe('路灯\n已经亮了\n对方的状态：CLOSED\nhttps://p.example/1.jpg');
      const seen = (await desk.client.get(publicationPath(after))).body.updates;
      expect(seen).toMatchObject([{ clientName: '随手拍', status: 'CLOSED', sender: 'a***@example.org' }]);
      await world.told();
      expect((await updatesOf(id)).map(({ status }) => status)).not.toContain('CLOSED');
    }
    // The resident, whose order it is, reads nothing of it.
    expect((await wang.timelineOf(ours)).map(({ kind }: Json) => kind)).toEqual(['work_order.submitted']);
  });

  it.each([
    ['no request', { service_request_id: '' }, 400],
    ['an unknown request', { service_request_id: 'nothing' }, 404],
    ['an unknown status', { status: 'MAYBE' }, 400],
    ['a broken date', { updated_datetime: 'today' }, 400],
    ['nothing said', { description: '' }, 400],
    ['HTML', { description: '<script>' }, 400],
    ['no key', { api_key: '' }, 403],
  ])('an update with %s', async (_name, more, status) => {
    const id = await reports();
    const answer = await hub.post('servicerequestupdates', {
      api_key: key,
      service_request_id: id,
      description: '还在',
      ...more,
    });
    expect([answer.status, answer.json[0].code]).toEqual([status, status]);
  });

  it('an update on the test endpoint says nothing to anybody', async () => {
    const id = await reports();
    const before = await orderOf(id);
    const testHub = new Hub(world, '/open311/test/v2');
    const answer = await testHub.post('servicerequestupdates', {
      api_key: key,
      service_request_id: id,
      update_id: 'x',
      description: '还在',
    });
    expect([answer.status, answer.json[0].update_id]).toEqual([200, null]);
    expect((await orderOf(id)).version).toBe(before.version);
    expect(
      (
        await hub.post('servicerequestupdates', {
          api_key: key,
          service_request_id: id,
          update_id: 'x',
          description: '还在',
        })
      ).json[0].update_id,
    ).not.toBeNull();
  });

  it('a sender that hangs up and sends again has one order', async () => {
    const description = `断线 ${now()}`;
    const form = { api_key: key, service_code: 'building.road', ...fields(gate), description };
    for (const wait of [0, 5, 20]) {
      const stop = new AbortController();
      const sent = fetch(`${world.url}/open311/v2/requests.json`, {
        method: 'POST',
        body: new URLSearchParams(form),
        signal: stop.signal,
      });
      setTimeout(() => stop.abort(), wait);
      await sent.catch(() => {});
    }
    await hub.reports(form);
    expect(
      await world.ask('select count(*)::int as count from work_orders.work_order where description = $1', [
        description,
      ]),
    ).toEqual([{ count: 1 }]);
  });

  it('goes with its order to the company that serves the place now', async () => {
    const { desk } = world.people;
    const id = await reports();
    const order = await orderOf(id);
    await desk.does(order, 'triage', { priority: 'high' });
    await world.told();
    await world.ask('update work_orders.work_order set company_id = $1 where work_order_id = $2', [
      world.far.company,
      order.id,
    ]);
    await world.people.street.does(await world.people.street.sees(order), 'comment', { text: '请接手' });
    await world.told();
    const companies = await world.ask(
      `select company_id from open311.request where work_order_id = $1 union all select company_id from open311.request_update where work_order_id = $1
       union all select company_id from open311.submission where work_order_id = $1`,
      [order.id],
    );
    expect(companies).toEqual(Array.from({ length: 3 }, () => ({ company_id: world.far.company })));
  });

  it('finds the compound closed for a while when too many come from one address', async () => {
    world.clock.advance(MINUTE);
    const statuses: number[] = [];
    for (let i = 0; i < 301; i++)
      statuses.push((await fetch(`${world.url}/open311/v2/discovery.json`)).status);
    expect([statuses.indexOf(429), statuses.filter((status) => status === 200).length]).toEqual([300, 300]);
    world.clock.advance(MINUTE);
    expect((await hub.get('discovery')).status).toBe(200);
  });
});
