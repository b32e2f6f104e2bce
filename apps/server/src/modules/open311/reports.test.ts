import { movedBy } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { MINUTE } from '../work-orders/fixtures.ts';
import { aClient, anOpenStreet, atBuilding13, atBuilding3, fields, gate, Hub, readXml } from './fixtures.ts';

/** GeoReport v2, line by line, against the real server (docs/open311.md). */
let world: World;
let hub: Hub;
let testHub: Hub;
let key: string;

beforeAll(async () => {
  world = await aWorld();
  ({ key } = await anOpenStreet(world));
  hub = new Hub(world);
  testHub = new Hub(world, '/open311/test/v2');
});
afterAll(() => world.close());

const road = (more: Record<string, string | string[] | undefined> = {}) => ({
  api_key: key,
  service_code: 'building.road',
  ...fields(atBuilding3),
  description: '路面塌了一块',
  ...more,
});
/** Distinct words, so that nothing is taken for the same report sent again. */
let counted = 0;
const fresh = () => `路面塌了第 ${++counted} 块`;

const orderOf = async (requestId: string): Promise<Json> =>
  (
    await world.ask(
      `select o.*, s.media_urls, s.contact_cipher as sealed, s.device_id, s.account_id from work_orders.work_order o
       join open311.submission s on s.scope_id = o.scope_id and s.work_order_id = o.work_order_id where o.number = $1`,
      [requestId.slice(0, -5)],
    )
  )[0];
const codesOf = (answer: { json: Json }) => answer.json.map((one: Json) => one.code);

describe('POST requests', () => {
  it.each([
    ['no service_code', { service_code: undefined }, 400],
    ['an unknown service_code', { service_code: 'nothing' }, 404],
    ['one that is not published', { service_code: 'lift.fault' }, 404],
    ['no location', { lat: undefined, long: undefined }, 400],
    ['lat without long', { long: undefined }, 400],
    ['a point that is none', { lat: 'north', long: '121.1' }, 400],
    ['a point off the globe', { lat: '91', long: '121.1' }, 400],
    ['a point in hexadecimal', { lat: '0x10', long: '121.1' }, 400],
    ['a required attribute missing', { service_code: 'building.manhole' }, 400],
    [
      'an option that is not on the list',
      { service_code: 'building.manhole', 'attribute[size]': 'huge' },
      400,
    ],
    [
      'two answers to one question',
      { service_code: 'building.manhole', 'attribute[size]': ['big', 'small'] },
      400,
    ],
    [
      'a number that is none',
      { service_code: 'building.manhole', 'attribute[size]': 'big', 'attribute[count]': 'ten' },
      400,
    ],
    [
      'a date that is none',
      { service_code: 'building.manhole', 'attribute[size]': 'big', 'attribute[since]': 'yesterday' },
      400,
    ],
    ['HTML in the words', { description: '<b>快来</b>' }, 400],
    ['words that are too long', { description: '长'.repeat(4_001) }, 400],
    ['a picture that is no address', { media_url: 'javascript:alert(1)' }, 400],
    ['a name that is too long', { first_name: 'x'.repeat(201) }, 400],
    ['an address nobody knows', { lat: '', long: '', address_string: '某处' }, 400],
    ['an address id nobody knows', { lat: '', long: '', address_id: '#NOTPINPOINTED' }, 400],
  ])('%s', async (_name, more, status) => {
    const before = await world.ask('select count(*)::int as count from work_orders.work_order');
    for (const format of ['xml', 'json']) {
      const answer = await hub.post('requests', road({ description: fresh(), ...more }), { format });
      expect(answer.status).toBe(status);
      const codes =
        format === 'json'
          ? codesOf(answer)
          : readXml(answer.text).children.map((error) => Number(error.children[0]!.text));
      expect(codes.length).toBeGreaterThan(0);
      expect(new Set(codes)).toEqual(new Set([status]));
    }
    expect(await world.ask('select count(*)::int as count from work_orders.work_order')).toEqual(before);
  });

  it('tells every fault at once', async () => {
    const answer = await hub.post(
      'requests',
      road({ service_code: 'building.manhole', description: '<i>', lat: '', long: '', media_url: 'x' }),
    );
    expect([answer.status, answer.json.length]).toEqual([400, 3]);
  });

  it('answers the id at once, and no token', async () => {
    const { json } = await hub.post('requests', road({ description: fresh(), account_id: 'a-17' }));
    expect(Object.keys(json[0])).toEqual(['service_request_id', 'service_notice', 'account_id']);
    expect(json[0].account_id).toBe('a-17');
    const xml = await hub.post('requests', road({ description: fresh() }), { format: 'xml' });
    const root = readXml(xml.text);
    expect([root.name, root.children[0]!.name, root.children[0]!.children[0]!.name]).toEqual([
      'service_requests',
      'request',
      'service_request_id',
    ]);
  });

  it('makes an order that the desk works on like any other', async () => {
    const id = await hub.reports(
      road({
        description: '第一行\r\n第二行 < 3',
        email: 'wang@example.org',
        first_name: '小明',
        last_name: '王',
        phone: '(138) 0000-1234',
        device_id: 'device',
        account_id: 'account',
        media_url: ['https://pictures.example/1.jpg', 'http://pictures.example/2.jpg'],
        'attribute[spot]': '东门往里 20 米',
        'attribute[uprn]': '12345',
        extra: 'unknown',
      }),
    );
    const order = await orderOf(id);
    expect(order).toMatchObject({
      source: 'open311',
      is_public: true,
      place: 'public',
      household_id: null,
      reporter_account_id: null,
      description: '第一行\n第二行 < 3',
      place_label: '3号楼 东门往里 20 米',
      media_urls: ['https://pictures.example/1.jpg', 'http://pictures.example/2.jpg'],
      device_id: 'device',
      account_id: 'account',
    });
    expect(order.sealed.toString('latin1')).not.toContain('example.org');
    const seen = await world.people.desk.sees({ id: order.work_order_id, scopeId: order.scope_id });
    expect(seen.contactMasked).toBe('王** 138****1234');
    const timeline = await world.people.desk.timelineOf({ id: order.work_order_id, scopeId: order.scope_id });
    expect(timeline[0]).toMatchObject({ actorName: '随手拍', actorRole: 'open311' });
    await world.people.desk.does(seen, 'triage', { priority: 'high' });
  });

  it('reads lists both ways, and what staff asked is answered among the words', async () => {
    const id = await hub.reports(
      road({
        service_code: 'building.manhole',
        description: fresh(),
        'attribute[size]': 'big',
        'attribute[near][]': ['big', 'small'],
        'attribute[count]': '-2.5',
        'attribute[since]': '2026-11-21T20:00:00+08:00',
      }),
    );
    expect((await orderOf(id)).description).toMatch(
      /\n问size: 大\n问near: 大, 小\n问count: -2.5\n问since: 2026-11-21T20:00:00\+08:00$/,
    );
    const repeated = await hub.reports(
      road({
        service_code: 'building.manhole',
        description: fresh(),
        'attribute[size]': 'small',
        'attribute[near]': ['small', 'big'],
      }),
    );
    expect((await orderOf(repeated)).description).toMatch(/问near: 小, 大$/);
  });

  it('without words takes the name of the service for them', async () => {
    const id = await hub.reports(road({ description: undefined }));
    expect((await orderOf(id)).description).toBe('路面破损');
  });

  it.each([
    ['at a building', fields(atBuilding3), '3'],
    ['149 m from it', fields(movedBy(atBuilding13, 149, 0)), '13'],
    ['151 m from it, the gate is meant', fields(movedBy(atBuilding13, 151, 0)), null],
    ['499 m from the gate', fields(movedBy(gate, -499, 0)), null],
    ['by the id of a building', 'building', '13'],
    ['by the code of a compound', { address_id: '990102008001' }, null],
    ['by words', { address_string: '甲市 近小区 13 号楼 东侧' }, '13'],
    ['by words in full width', { address_string: '近小区,3号楼' }, '3'],
    ['by the address of the compound', { address_string: '甲市近路 12 号,3号楼' }, '3'],
    ['by words without a building', { address_string: '近小区东门' }, null],
    [
      'a point before all else',
      { ...fields(atBuilding3), address_id: '#NOTPINPOINTED', address_string: '近小区13号楼' },
      '3',
    ],
  ] as const)('finds the place: %s', async (_name, place, building) => {
    const given = place === 'building' ? { address_id: world.near.buildings['13']! } : place;
    const id = await hub.reports(
      road({ lat: undefined, long: undefined, description: fresh(), ...(given as Record<string, string>) }),
    );
    const order = await orderOf(id);
    expect(order.scope_id).toBe(world.near.compound);
    expect(order.building_id).toBe(building === null ? null : world.near.buildings[building]);
  });

  it('is told when nothing of the street is near, and how near it must be', async () => {
    const answer = await hub.post('requests', road(fields(movedBy(gate, -501, 0))));
    expect(answer.status).toBe(400);
    expect(answer.json[0].description).toContain('500');
  });

  it('sent again within ten minutes is the same request, also at the same instant', async () => {
    const form = road({ description: fresh() });
    const first = await Promise.all(Array.from({ length: 5 }, () => hub.post('requests', form)));
    const ids = new Set(first.map(({ json }) => json[0].service_request_id));
    expect(ids.size).toBe(1);
    world.clock.advance(9 * MINUTE);
    expect(await hub.reports(form)).toBe([...ids][0]);
    const other = await aClient(world.people.street, world.near.street, '另一个应用');
    expect(await hub.reports({ ...form, api_key: other.key })).not.toBe([...ids][0]);
    world.clock.advance(2 * MINUTE);
    expect(await hub.reports(form)).not.toBe([...ids][0]);
  });

  it('keeps nothing on the test endpoint, which does everything else', async () => {
    const counts = () =>
      world.ask(`select (select count(*) from work_orders.work_order)::int as orders, (select count(*) from open311.submission)::int as sent,
        (select count(*) from platform.outbox)::int as events`);
    await world.told();
    const before = await counts();
    const answer = await testHub.post('requests', road({ description: fresh() }));
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json[0])).toEqual(['service_notice', 'account_id']);
    expect(answer.json[0].service_notice).toContain('测试');
    expect((await testHub.post('requests', road({ service_code: 'nothing' }))).status).toBe(404);
    expect((await testHub.post('requests', road({ api_key: 'wrong' }))).status).toBe(403);
    expect((await testHub.post('requests', road({ lat: '0', long: '0' }))).status).toBe(400);
    await world.told();
    expect(await counts()).toEqual(before);
    expect((await testHub.get('requests')).json).toEqual((await hub.get('requests')).json);
  });

  it('takes so many a minute from one client, and says when to come again', async () => {
    const slow = await aClient(world.people.street, world.near.street, '慢的', { perMinute: 2 });
    const send = () => hub.post('requests', { ...road({ description: fresh() }), api_key: slow.key });
    expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
    const full = await send();
    expect([full.status, codesOf(full)]).toEqual([429, [429]]);
    const wait = Number(full.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(50);
    world.clock.advance(wait * 1_000);
    expect((await send()).status).toBe(200);
    // Others go on.
    expect((await hub.post('requests', road({ description: fresh() }))).status).toBe(200);
  });

  it('keeps to what a key may', async () => {
    const { street } = world.people;
    const reader = await aClient(street, world.near.street, '只报', { mayUpdate: false });
    const writer = await aClient(street, world.near.street, '只说', { mayReport: false });
    const id = await hub.reports({ ...road({ description: fresh() }), api_key: reader.key });
    const update = { service_request_id: id, description: '还在' };
    expect((await hub.post('servicerequestupdates', { ...update, api_key: reader.key })).status).toBe(403);
    expect((await hub.post('requests', { ...road(), api_key: writer.key })).status).toBe(403);
    expect((await hub.post('servicerequestupdates', { ...update, api_key: writer.key })).status).toBe(200);
    await street.client.post(`/open311/clients/${writer.clientId}/revoke?scopeId=${world.near.street}`);
    expect((await hub.post('servicerequestupdates', { ...update, api_key: writer.key })).status).toBe(403);
  });
});
