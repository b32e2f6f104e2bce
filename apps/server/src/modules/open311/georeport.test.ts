import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { DAY } from '../work-orders/fixtures.ts';
import { anOpenStreet, atBuilding3, encode, fields, Hub, publishes, readXml } from './fixtures.ts';

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

describe('everywhere', () => {
  it.each([
    ['another ending', '/open311/v2/services.csv'],
    ['no ending', '/open311/v2/services'],
    ['another path', '/open311/v2/weather.xml'],
    ['another version', '/open311/v1/services.xml'],
    ['the folder itself', '/open311'],
    ['a request without an ending', '/open311/v2/requests/20261123-7K4QM-X'],
  ])('%s is 404', async (_name, path) => {
    const answer = await hub.raw(path);
    expect([answer.status, answer.type]).toEqual([404, 'text/xml; charset=utf-8']);
    const errors = readXml(answer.text);
    expect([errors.name, errors.children[0]!.name]).toEqual(['errors', 'error']);
    expect(errors.children[0]!.children.map(({ name }) => name)).toEqual(['code', 'description']);
    expect(errors.children[0]!.children[0]!.text).toBe('404');
  });

  it('says errors as JSON where JSON was asked for, and in the language of who asks', async () => {
    const path = '/open311/v2/services/nothing.json';
    const said = async (language: string) =>
      (await hub.raw(path, { headers: { 'accept-language': language } })).json;
    expect(await said('zh-CN')).toEqual([{ code: 404, description: '没有这个服务，或者没有公开' }]);
    expect(await said('en-GB,en;q=0.9')).toEqual([
      { code: 404, description: 'There is no such service, or it is not public' },
    ]);
  });

  it('writes dates with their zone', async () => {
    const id = await hub.reports(road({ description: fresh() }));
    const [request] = (await hub.get(`requests/${id}`)).json;
    for (const name of ['requested_datetime', 'updated_datetime', 'expected_datetime'])
      expect(request[name]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/);
  });

  it('escapes what is text in XML', async () => {
    const { street } = world.people;
    const service = await publishes(street, world.near.street, 'building.road', {
      descriptionZh: '<路> & "坑" ]]> \u0007',
    });
    const found = (await hub.get('services')).json.find((one: Json) => one.service_code === service.code);
    // XML has no way to write a bell, and JSON says what XML says.
    expect(found.description).toBe('<路> & "坑" ]]> \ufffd');
  });

  it('an empty parameter counts as not given', async () => {
    expect((await hub.post('requests', road({ service_code: '' }))).status).toBe(400);
    expect((await hub.get('requests', { status: '', start_date: '', service_code: '' })).status).toBe(200);
  });

  it('takes UTF-8 forms only', async () => {
    const send = (body: string | Uint8Array, type: string) =>
      hub.raw('/open311/v2/requests.json', {
        method: 'POST',
        headers: { 'content-type': type },
        body: body as never,
      });
    const form = 'application/x-www-form-urlencoded';
    const good = encode(road({ description: fresh() }));
    expect((await send(good, `${form}; charset=UTF-8`)).status).toBe(200);
    const bad: [string | Uint8Array, string][] = [
      [good, `${form}; charset=gb2312`],
      ['api_key=%FF%FE', form],
      ['api_key=%zz', form],
      ['description=a%00b', form],
      [Uint8Array.of(0x61, 0x3d, 0xff), form],
      [JSON.stringify(road()), 'application/json'],
      ['x', 'multipart/form-data; boundary=x'],
      [`description=${'x'.repeat(300_000)}`, form],
      [Array.from({ length: 501 }, (_, i) => `a${i}=1`).join('&'), form],
    ];
    for (const [body, type] of bad) {
      const answer = await send(body, type);
      expect([type, answer.status, codesOf(answer)]).toEqual([type, 400, [400]]);
    }
  });

  it('needs a jurisdiction only where several publish', async () => {
    const far = world.people.farStreet;
    const named = { jurisdiction_id: '990102008' };
    expect((await hub.get('services')).json).toHaveLength(4);
    expect((await hub.get('services', named)).json).toHaveLength(4);
    expect((await hub.get('services', { jurisdiction_id: 'nowhere' })).status).toBe(404);
    // Known, and nothing is published there.
    expect((await hub.get('services', { jurisdiction_id: '990102009' })).json).toEqual([]);
    await publishes(far, world.far.street, 'building.road');
    for (const path of ['services', 'requests', 'servicerequestupdates', 'services/building.road'])
      expect([path, (await hub.get(path)).status]).toEqual([path, 400]);
    expect((await hub.post('requests', road())).status).toBe(400);
    expect((await hub.get('services', named)).json).toHaveLength(4);
    expect((await hub.get('services', { jurisdiction_id: '990102009' })).json).toHaveLength(1);
    // In the body as FixMyStreet sends it, or in the address as npm open311 does.
    const words = fresh();
    expect((await hub.post('requests', road({ ...named, description: words }))).status).toBe(200);
    expect((await hub.post('requests', road({ description: fresh() }), { query: named })).status).toBe(200);
    expect((await hub.post('requests', road({ jurisdiction_id: 'x', description: words }))).status).toBe(404);
    // A key opens its own street.
    expect(
      (await hub.post('requests', road({ jurisdiction_id: '990102009', description: words }))).status,
    ).toBe(403);
    await publishes(far, world.far.street, 'building.road', { isPublished: false });
  });

  it('asks for the key on POST and never on GET', async () => {
    for (const api_key of [undefined, '', 'wrong', key.slice(1)]) {
      const answer = await hub.post('requests', road({ api_key }));
      expect([api_key, answer.status, codesOf(answer)]).toEqual([api_key, 403, [403]]);
    }
    for (const path of ['services', 'requests', 'servicerequestupdates', 'discovery'])
      for (const api_key of ['', 'wrong', key]) expect((await hub.get(path, { api_key })).status).toBe(200);
  });

  it('looks at no cookie', async () => {
    const { cookie } = world.people.desk.client;
    const plain = await hub.get('requests');
    const origin = { origin: 'https://hub.example', 'sec-fetch-site': 'cross-site' };
    const seen = await hub.get('requests', {}, { cookie, ...origin });
    expect([seen.text, seen.headers.get('set-cookie')]).toEqual([plain.text, null]);
    // Pages of other sites may read what is public anyway; a browser sends them no cookie for it.
    for (const path of ['services.xml', 'requests/unknown.json', 'nowhere']) {
      const { headers } = await hub.raw(`/open311/v2/${path}`, { headers: origin });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
    const sent = (headers: Record<string, string>) =>
      hub.post('requests', road({ api_key: undefined, description: fresh() }), { headers });
    expect((await sent({ cookie, ...origin })).status).toBe(403);
    const keyed = await hub.post('requests', road({ description: fresh() }), {
      headers: { cookie, ...origin },
    });
    expect(keyed.status).toBe(200);
    const order = await orderOf(keyed.json[0].service_request_id);
    expect([order.reporter_account_id, order.source]).toEqual([null, 'open311']);
  });
});

describe('discovery', () => {
  it('lists production and test in both formats', async () => {
    const { json } = await hub.get('discovery');
    expect(Object.keys(json)).toEqual(['changeset', 'contact', 'key_service', 'endpoints']);
    expect(json.endpoints).toEqual(
      [
        ['/open311/v2', 'production'],
        ['/open311/test/v2', 'test'],
      ].map(([path, type]) => ({
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url: `${world.url}${path}`,
        changeset: json.changeset,
        type,
        formats: ['text/xml', 'application/json'],
      })),
    );
    expect(json.changeset).toMatch(/T.*\+08:00$/);
    expect((await testHub.get('discovery')).json).toEqual(json);
  });
});

describe('services', () => {
  it('are what the street publishes', async () => {
    const { json } = await hub.get('services');
    expect(json.map((one: Json) => one.service_code)).toEqual([
      'building.manhole',
      'building.road',
      'power.light.street',
      'water.roof',
    ]);
    expect(json[2]).toEqual({
      service_code: 'power.light.street',
      service_name: '路灯不亮',
      description: '路灯不亮',
      metadata: true,
      type: 'realtime',
      keywords: expect.stringContaining(','),
      group: '电和照明',
    });
    expect((await testHub.get('services')).json[2].type).toBe('blackbox');
    const english = (await hub.get('services', {}, { 'accept-language': 'en' })).json[2];
    expect(english.service_name).toMatch(/lamp/i);
  });

  it('without questions have no definition to fetch, and say so', async () => {
    const { street } = world.people;
    await publishes(street, world.near.street, 'water.roof', { attributes: [] });
    const found = (await hub.get('services')).json.find((one: Json) => one.service_code === 'water.roof');
    expect(found.metadata).toBe(false);
  });

  it('are defined with every datatype', async () => {
    const { json } = await hub.get('services/building.manhole');
    expect(json.service_code).toBe('building.manhole');
    expect(json.attributes.map((one: Json) => [one.code, one.datatype, one.order])).toEqual([
      ['note', 'string', 1],
      ['size', 'singlevaluelist', 2],
      ['near', 'multivaluelist', 3],
      ['count', 'number', 4],
      ['since', 'datetime', 5],
      ['more', 'text', 6],
      ['spot', 'string', 7],
    ]);
    expect(json.attributes[0]).toMatchObject({ variable: false, description: '请先离开' });
    expect(json.attributes[0].values).toBeUndefined();
    expect(json.attributes[1]).toEqual({
      variable: true,
      code: 'size',
      datatype: 'singlevaluelist',
      required: true,
      datatype_description: null,
      order: 2,
      description: '问size',
      values: [
        { key: 'big', name: '大' },
        { key: 'small', name: '小' },
      ],
    });
    for (const code of ['nothing', 'lift.fault', 'complaint.staff', 'water.leak.home'])
      expect([code, (await hub.get(`services/${code}`)).status]).toEqual([code, 404]);
  });
});

describe('GET tokens', () => {
  it('knows none: every request gets its id at once', async () => {
    expect((await hub.get('tokens/anything')).status).toBe(404);
  });
});

describe('GET requests', () => {
  let ids: string[];
  beforeAll(async () => {
    world.clock.advance(200 * DAY);
    ids = [];
    for (const service_code of ['building.road', 'power.light.street', 'building.road']) {
      ids.push(await hub.reports(road({ service_code, description: fresh() })));
      world.clock.advance(DAY);
    }
    await world.told();
  });
  const at = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString();

  it('tells what the specification names, and no words of the reporter', async () => {
    const [request] = (await hub.get(`requests/${ids[0]}`)).json;
    expect(request).toEqual({
      service_request_id: ids[0],
      status: 'open',
      status_notes: '已收到，等待分派',
      service_name: '路面破损',
      service_code: 'building.road',
      description: null,
      agency_responsible: '近项目部',
      service_notice: null,
      requested_datetime: expect.stringMatching(/\+08:00$/),
      updated_datetime: request.requested_datetime,
      expected_datetime: expect.stringMatching(/\+08:00$/),
      address: '甲市近路12号 近小区 3号楼',
      address_id: world.near.buildings['3'],
      zipcode: null,
      lat: atBuilding3.latitude,
      long: atBuilding3.longitude,
      media_url: null,
    });
  });

  it('gives the last 90 days, newest first', async () => {
    expect(await hub.ids()).toEqual([...ids].reverse());
  });

  it('an id that is unknown, or of another street, is 404', async () => {
    expect((await hub.get('requests/20261123-00000-0-0000')).status).toBe(404);
    expect((await hub.get(`requests/${ids[0]}`, { jurisdiction_id: '990102009' })).status).toBe(404);
  });

  it.each([
    [
      'by id, which overrides all else',
      () => ({ service_request_id: ids[1], status: 'broken', start_date: 'x' }),
      [1],
    ],
    ['by several ids', () => ({ service_request_id: `${ids[0]}, ${ids[2]},nothing` }), [2, 0]],
    ['by an id that nobody has', () => ({ service_request_id: 'nothing' }), []],
    ['by service', () => ({ service_code: 'power.light.street,lift.fault' }), [1]],
    ['by a service nobody has', () => ({ service_code: 'nothing' }), []],
    ['open ones', () => ({ status: 'open' }), [2, 1, 0]],
    ['closed ones', () => ({ status: 'closed' }), []],
    ['either', () => ({ status: 'open,closed' }), [2, 1, 0]],
    ['a page', () => ({ page: '2', page_size: '2' }), [0]],
    ['a page behind the end', () => ({ page: '3', page_size: '2' }), []],
    ['from a day on', () => ({ start_date: at(-2.5) }), [2, 1]],
    ['up to a day', () => ({ end_date: at(-1.5) }), [1, 0]],
    ['between', () => ({ start_date: at(-2.5), end_date: at(-1.5) }), [1]],
    ['90 days and no more', () => ({ start_date: at(-90), end_date: at(0) }), [2, 1, 0]],
  ] as const)('%s', async (_name, query, expected) => {
    expect(await hub.ids(query())).toEqual(expected.map((i) => ids[i]));
  });

  it('includes both ends to the millisecond', async () => {
    const [{ requested_datetime: exactly }] = (await hub.get(`requests/${ids[1]}`)).json;
    const moved = (by: number) => new Date(Date.parse(exactly) + by).toISOString();
    expect(await hub.ids({ start_date: exactly, end_date: exactly })).toEqual([ids[1]]);
    expect(await hub.ids({ start_date: moved(1), end_date: moved(2) })).toEqual([]);
    expect(await hub.ids({ start_date: moved(-2), end_date: moved(-1) })).toEqual([]);
    // A plus sign that nobody escaped.
    const bare = await hub.raw(
      `/open311/v2/requests.json?start_date=${exactly.replace(/\.\d+/, '')}&end_date=${moved(1_000)}`,
    );
    expect(bare.json.map((one: Json) => one.service_request_id)).toContain(ids[1]);
  });

  it.each([
    ['a broken date', { start_date: 'yesterday' }],
    ['a date without a zone', { start_date: '2027-01-01T00:00:00' }],
    ['a day that does not exist', { end_date: '2027-02-30T00:00:00Z' }],
    ['an end before the start', { start_date: '2027-02-02T00:00:00Z', end_date: '2027-02-01T00:00:00Z' }],
    ['91 days', { start_date: '2027-01-01T00:00:00Z', end_date: '2027-04-02T00:00:00Z' }],
    ['an unknown status', { status: 'fixed' }],
    ['page 0', { page: '0' }],
    ['pages of 1001', { page_size: '1001' }],
    ['a page that is no number', { page: 'two' }],
  ])('%s is 400', async (_name, query) => {
    expect((await hub.get('requests', query)).status).toBe(400);
  });

  it('nothing found is 200 and an empty root', async () => {
    const query = { start_date: '2020-01-01T00:00:00Z', end_date: '2020-02-01T00:00:00Z' };
    expect((await hub.get('requests', query)).json).toEqual([]);
    const xml = await hub.raw(`/open311/v2/requests.xml?${encode(query)}`);
    expect(readXml(xml.text)).toEqual({ name: 'service_requests', children: [], text: '' });
  });
});
