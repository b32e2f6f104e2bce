import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, type Held } from './fixtures.ts';

/** What no page of ours sends: each is refused with what is wrong and what would be right, and nothing is half-written. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const tables = [
  'work_orders.work_order',
  'work_orders.step',
  'work_orders.event',
  'platform.outbox',
  'platform.idempotency',
  'platform.file',
];

async function everything(): Promise<Json> {
  const counts = tables.map(
    (table) =>
      `(select md5(coalesce(string_agg(t::text, '' order by t::text), '')) from ${table} t) as "${table}"`,
  );
  const [row] = await world.ask(`select ${counts.join(', ')}`);
  return row;
}

/** Runs the tries and finds every table as it was, to the last byte. */
async function changesNothing(run: () => Promise<void>): Promise<void> {
  // Nobody is still being told of what came before.
  await world.told();
  const before = await everything();
  await run();
  expect(await everything()).toEqual(before);
}

/** `path code` of each field that is complained about. */
const complaints = (body: Json): string[] =>
  (body.fields ?? []).map((field: Json) => `${field.path} ${field.code}`);

const good = () => aWorkOrder().atHome(world.home).body(world.near.compound);

test('a report: every wrong field is named, with what would be right', async () => {
  const { wang } = world.people;
  const cases: [Record<string, unknown> | null, string[]][] = [
    [{ description: undefined }, ['/description required']],
    [
      { description: '', categoryCode: undefined },
      ['/categoryCode required', '/description minLength', '/description pattern'],
    ],
    [{ description: '   ' }, ['/description pattern']],
    [{ description: 'x'.repeat(2001) }, ['/description maxLength']],
    [{ description: 7 }, ['/description type']],
    [{ scopeId: 'near' }, ['/scopeId format']],
    [{ scopeId: world.near.compound.toUpperCase() }, ['/scopeId format']],
    [{ categoryCode: null }, ['/categoryCode type']],
    [{ surprise: true }, ['/surprise unknown_field']],
    [{ photoIds: [randomUUID(), 'x'] }, ['/photoIds/1 format']],
    [{ photoIds: Array.from({ length: 10 }, () => randomUUID()) }, ['/photoIds maxItems']],
    [
      { photoIds: ['01900000-0000-7000-8000-00000000dead', '01900000-0000-7000-8000-00000000dead'] },
      ['/photoIds uniqueItems'],
    ],
    [{ isPublic: 'yes' }, ['/isPublic type']],
    [{ neededBy: 'tomorrow' }, ['/neededBy format']],
    // A leap second is an instant to the standard, and to neither JavaScript nor PostgreSQL.
    [{ neededBy: '2026-12-31T23:59:60Z' }, ['/neededBy format']],
    [{ neededBy: '0000-01-01T00:00:00Z' }, ['/neededBy format']],
    [{ contact: { name: '王', phone: 'call me' } }, ['/contact/phone pattern']],
    [{ contact: { name: '王', phone: '13912345678', vip: 1 } }, ['/contact/vip unknown_field']],
    // Of a place only the kind that was meant has a say.
    [{ place: { type: 'home' } }, ['/place/householdId required']],
    [
      { place: { type: 'home', householdId: 'x', spot: 'y' } },
      ['/place/householdId format', '/place/spot unknown_field'],
    ],
    [{ place: { type: 'public', spot: 5 } }, ['/place/spot type']],
    [{ place: { type: 'moon' } }, ['/place/type enum']],
    [{ place: {} }, ['/place/type enum']],
    [{ place: 'home' }, ['/place type']],
    [null, [' type']],
  ];
  await changesNothing(async () => {
    for (const [change, expected] of cases) {
      const { status, body } = await wang.client.post(
        '/work-orders',
        change === null ? null : { ...good(), ...change },
      );
      expect([change, status, body.code, complaints(body).toSorted()]).toEqual([
        change,
        422,
        'validation.failed',
        expected.toSorted(),
      ]);
      expect(body).toMatchObject({
        type: 'urn:gongzhi:problem:validation.failed',
        instance: '/api/v1/work-orders',
        traceId: expect.any(String),
      });
    }
  });
  const { body } = await wang.client.post('/work-orders', { ...good(), place: { type: 'moon' } });
  expect(body.fields).toEqual([
    { path: '/place/type', code: 'enum', params: { allowedValues: ['home', 'public'] } },
  ]);
});

test('a command: the answer speaks of that action only', async () => {
  const { li, desk } = world.people;
  const order: Held = await world.anOrder('accepted');
  const cases: [string, Record<string, unknown>, string[]][] = [
    ['fly', {}, ['/action enum']],
    ['pause', {}, ['/reason required']],
    ['pause', { reason: 'lunch' }, ['/reason enum']],
    ['pause', { reason: 'weather', until: 'later' }, ['/until format']],
    ['finish', { workDone: 'x', photoIds: 'none' }, ['/photoIds type']],
    ['accept', { assigneeAccountId: li.accountId }, ['/assigneeAccountId unknown_field']],
    ['comment', { text: 'x', isInternal: 1 }, ['/isInternal type']],
    ['rate', { score: 5 }, ['/score enum', '/score type']],
  ];
  await changesNothing(async () => {
    for (const [action, params, expected] of cases) {
      const { body } = await li.client.post(`/work-orders/${order.id}/commands?scopeId=${order.scopeId}`, {
        action,
        expectedVersion: order.version,
        ...params,
      });
      expect([action, body.status, body.code, complaints(body).toSorted()]).toEqual([
        action,
        422,
        'validation.failed',
        expected,
      ]);
    }
    for (const expectedVersion of [undefined, 0, -1, 1.5, '3', null, 2 ** 60]) {
      const { status, body } = await desk.client.post(
        `/work-orders/${order.id}/commands?scopeId=${order.scopeId}`,
        { action: 'triage', expectedVersion },
      );
      expect([
        expectedVersion,
        status < 500,
        complaints(body).every((path) => path.startsWith('/expectedVersion')),
      ]).toEqual([expectedVersion, true, true]);
    }
    const all = (
      await li.client.post(`/work-orders/${order.id}/commands?scopeId=${order.scopeId}`, { action: 'fly' })
    ).body;
    expect(all.fields[0].params.allowedValues).toContain('accept');
  });
});

test('addresses and questions: no id, no scope, a cursor nobody wrote', async () => {
  const { desk, wang } = world.people;
  const order = await world.anOrder('submitted');
  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const asked: [string, string[]][] = [
    [`/work-orders/${order.id}`, ['querystring/scopeId required']],
    [`/work-orders/${order.id}?scopeId=x`, ['querystring/scopeId format']],
    [`/work-orders/7?scopeId=${order.scopeId}`, ['params/id format']],
    ['/work-orders?limit=0', ['querystring/limit minimum']],
    ['/work-orders?limit=101', ['querystring/limit maximum']],
    ['/work-orders?status=open', ['querystring/status enum']],
    ['/work-orders?queue=none', ['querystring/queue enum']],
    ['/work-orders?from=yesterday', ['querystring/from format']],
    ['/work-orders?from=0000-01-01T00:00:00Z', ['querystring/from format']],
    ['/work-orders?order=asc', ['querystring/order unknown_field']],
    ...['x', cursor(['x']), cursor([7]), cursor([]), cursor([null]), cursor({}), cursor(['a', 'b']), 'ÿ'].map(
      (text): [string, string[]] => [
        `/work-orders?cursor=${encodeURIComponent(text)}`,
        ['querystring/cursor cursor'],
      ],
    ),
    ...[
      cursor([order.id]),
      cursor(['soon', order.id]),
      cursor([1e300, order.id]),
      cursor([-1, order.id]),
      cursor([1, 'x']),
    ].map((text): [string, string[]] => [
      `/work-orders?sort=due&cursor=${text}`,
      ['querystring/cursor cursor'],
    ]),
    [
      `/work-orders/${order.id}/timeline?scopeId=${order.scopeId}&cursor=${cursor(['x'])}`,
      ['querystring/cursor cursor'],
    ],
  ];
  for (const [path, expected] of asked) {
    const { status, body } = await desk.client.get(path);
    expect([path, status, complaints(body)]).toEqual([path, 422, expected]);
  }
  // A NUL in a question names nothing.
  expect((await desk.client.get('/work-orders?q=%00')).status).toBe(400);
  expect((await desk.client.get("/work-orders?q=' or 1=1 --")).body.items).toEqual([]);
  expect((await desk.client.get('/work-orders?q=20261123-%25')).body.items).toEqual([]);
  expect((await wang.client.get(`/work-orders/${randomUUID()}?scopeId=${order.scopeId}`)).body.code).toBe(
    'not_found',
  );
});

test('pages follow each other by creation and by due time, and miss nothing', async () => {
  const { desk } = world.people;
  for (let i = 0; i < 7; i++) await world.anOrder(i % 2 === 0 ? 'submitted' : 'finished');
  for (const sort of ['created', 'due']) {
    const whole = (await desk.lists(`&sort=${sort}`)).map((row) => row.id);
    const pages: string[] = [];
    for (let cursor = ''; ; ) {
      const { items, nextCursor } = (await desk.client.get(`/work-orders?limit=3&sort=${sort}${cursor}`))
        .body;
      pages.push(...items.map((row: Json) => row.id));
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect([sort, pages]).toEqual([sort, whole]);
    expect(new Set(pages).size).toBe(pages.length);
  }
});

async function sendRaw(
  body: string | Uint8Array,
  type = 'application/json',
  headers: Record<string, string> = {},
) {
  const { cookie, csrf, url } = world.people.wang.client;
  const response = await fetch(`${url}/api/v1/work-orders`, {
    method: 'POST',
    headers: {
      cookie,
      'x-csrf-token': csrf,
      'idempotency-key': randomUUID(),
      'content-type': type,
      ...headers,
    },
    body: body as string,
  });
  return { status: response.status, body: (await response.json()) as Json };
}

test('what is no JSON, no text, too much, or something else', async () => {
  const json = JSON.stringify(good());
  await changesNothing(async () => {
    for (const [body, status, code] of [
      ['{', 400, 'request.malformed'],
      ['', 400, 'request.malformed'],
      [json.slice(0, -1), 400, 'request.malformed'],
      [`{"__proto__":{"isPublic":true},${json.slice(1)}`, 400, 'request.malformed'],
      [`{"constructor":{"prototype":{"x":1}},${json.slice(1)}`, 400, 'request.malformed'],
      [JSON.stringify({ ...good(), description: 'x'.repeat(300_000) }), 413, 'request.too_large'],
      ['[1]', 422, 'validation.failed'],
      ['"home"', 422, 'validation.failed'],
    ] as [string, number, string][]) {
      const answer = await sendRaw(body);
      expect([body.slice(0, 40), answer.status, answer.body.code]).toEqual([body.slice(0, 40), status, code]);
    }
    for (const type of [
      'text/plain',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
    ]) {
      expect([type, (await sendRaw(json, type)).status]).toEqual([type, 415]);
    }
    // A NUL cannot be stored; the field that holds it is named.
    const nul = await sendRaw(json.replace('厨房', '厨\\u0000房'));
    expect([nul.status, complaints(nul.body)]).toEqual([422, ['/description characters']]);
  });
  // Raw bytes that are no UTF-8, and half an emoji as a page leaves it behind when it cuts a text.
  const half = await sendRaw(JSON.stringify({ ...good(), description: `漏水 ${'😀'.slice(0, 1)}` }));
  expect([half.status, half.body.description]).toEqual([201, '漏水 \ufffd']);
  const order = half.body;
  const said = await world.people.wang.does(order, 'comment', { text: `快来 ${'😀'.slice(1)}` });
  expect((await world.people.wang.timelineOf(said)).at(-1)!.params.text).toBe('快来 \ufffd');
  const bytes = Buffer.from(json);
  const broken = Buffer.concat([
    bytes.subarray(0, bytes.indexOf('厨')),
    Buffer.from([0xff, 0xfe]),
    bytes.subarray(bytes.indexOf('厨')),
  ]);
  expect((await sendRaw(broken)).status).toBe(201);
});

test('a body that is announced and never comes leaves nothing behind', async () => {
  const { port, hostname } = new URL(world.url);
  const { cookie, csrf } = world.people.wang.client;
  await changesNothing(async () => {
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    const body = JSON.stringify(good());
    socket.write(
      `POST /api/v1/work-orders HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncookie: ${cookie}\r\nx-csrf-token: ${csrf}\r\n` +
        `idempotency-key: ${randomUUID()}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, 40)}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    expect((await world.people.wang.client.get('/me')).status).toBe(200);
  });
});

test('texts are kept as they were typed, whatever they look like', async () => {
  const { wang, desk } = world.people;
  for (const text of [
    `'; drop table work_orders.work_order; --`,
    '<script>alert(1)</script>',
    '{{7*7}} ${x} %s \\',
    '👨‍👩‍👧‍👦 مرحبا \u202e',
    '$1 $2',
  ]) {
    const order = await wang.reports(aWorkOrder().atHome(world.home).saying(`  ${text}  `));
    expect((await desk.sees(order)).description).toBe(text);
    const said = await wang.does(order, 'comment', { text });
    expect((await desk.timelineOf(said)).at(-1)!.params.text).toBe(text);
  }
});
