import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { requestSweep } from './due.ts';
import { aNumber } from './fixtures.ts';

/** The ways in: a signed webhook and a hotline's file. */
let world: World;
let client: { client: string; secret: string };
beforeAll(async () => {
  world = await aWorld();
  client = expectStatus(
    await world.people.cityHall.client.post('/hotline/clients', {
      name: '市热线平台',
      unitId: world.near.street,
    }),
    201,
  );
});
afterAll(() => world.close());

const DAY = 86_400_000;
const iso = (offset: number) => new Date(world.clock.now().getTime() + offset).toISOString();
const one = (more: Record<string, unknown> = {}) => ({
  number: aNumber(),
  receivedAt: iso(-60_000),
  dueAt: iso(DAY),
  description: '楼道灯不亮',
  compound: '近小区',
  ...more,
});

interface Sending {
  readonly client?: string;
  readonly secret?: string;
  readonly timestamp?: string;
  readonly signature?: string;
}
/** As any other system would: with nothing of this house but the document. */
async function sends(body: string, sending: Sending = {}): Promise<Answer> {
  const timestamp = sending.timestamp ?? iso(0);
  const digest = createHmac('sha256', sending.secret ?? client.secret)
    .update(`${timestamp}.${body}`)
    .digest('hex');
  const response = await fetch(`${world.url}/api/v1/hotline/intake`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-gongzhi-client': sending.client ?? client.client,
      'x-gongzhi-timestamp': timestamp,
      'x-gongzhi-signature': sending.signature ?? `sha256=${digest}`,
    },
    body,
  });
  return { status: response.status, body: (await response.json()) as Json, headers: response.headers };
}
const cases = (...all: unknown[]) => JSON.stringify({ cases: all });
const findNumber = async (number: string, who: Somebody = world.people.street): Promise<Json[]> =>
  (await who.client.get(`/hotline/cases?number=${number}`)).body.items;

describe('the webhook', () => {
  it('takes a signed case into the hands its client stands for', async () => {
    const first = one({
      callerName: '何秀兰',
      callerPhone: '138-0000-1234',
      isConfidential: true,
      urgency: 'utility',
    });
    const answer = await sends(cases(first));
    expect([answer.status, answer.body.results]).toEqual([
      200,
      [{ number: first.number, result: 'taken', faults: [] }],
    ]);
    const [item] = await findNumber(first.number);
    expect(item).toMatchObject({
      holderLevel: 'street',
      holderName: '近街道',
      isConfidential: true,
      urgency: 'utility',
    });
    const detail = (await world.people.street.client.get(`/hotline/cases/${item.id}`)).body;
    expect([detail.placeScopeId, detail.caller, detail.source]).toEqual([
      world.near.compound,
      '何** 138****1234',
      'webhook',
    ]);
    expect(await findNumber(first.number, world.people.farStreet)).toEqual([]);
  });

  it('answers a request sent again as it did, and does nothing', async () => {
    const body = cases(one());
    const timestamp = iso(0);
    const answers = [await sends(body, { timestamp }), await sends(body, { timestamp })];
    expect(answers[1]!.body).toEqual(answers[0]!.body);
    expect(answers[1]!.body.results[0].result).toBe('taken');
    // The same cases in a new request are known, not taken twice.
    expect((await sends(body, { timestamp: iso(1_000) })).body.results[0].result).toBe('known');
    const both = await Promise.all([1, 2, 3].map(() => sends(cases(one({ number: 'SAME-0001' })))));
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await findNumber('SAME-0001')).toHaveLength(1);
  });

  it.each([
    ['a wrong secret', { secret: 'guessed' }],
    ['a wrong signature', { signature: 'sha256=00' }],
    ['no client', { client: `${randomUUID()}.${randomUUID()}` }],
    ['a client that is no client', { client: "x' or 1=1" }],
    ['a time that is none', { timestamp: 'yesterday' }],
  ] as const)('refuses %s, and says nothing more', async (_, sending) => {
    const answer = await sends(cases(one()), sending);
    expect([answer.status, answer.body.code, answer.body.params]).toEqual([401, 'hotline.unsigned', {}]);
  });

  it('takes a clock that is off by five minutes, and not a second more', async () => {
    for (const [seconds, status] of [
      [-300, 200],
      [300, 200],
      [-301, 401],
      [301, 401],
    ] as const) {
      const answer = await sends(cases(one()), { timestamp: iso(seconds * 1_000) });
      expect([seconds, answer.status]).toEqual([seconds, status]);
    }
  });

  it('says of each case what is wrong with it, and takes the others', async () => {
    const [good, twice, early] = [one(), one(), one()];
    const answer = await sends(
      cases(
        good,
        one({ number: '!' }),
        one({ receivedAt: 'soon' }),
        one({ dueAt: iso(-DAY) }),
        twice,
        { ...twice, dueAt: iso(2 * DAY) },
        one({ repeatOf: 'NONE-1' }),
        { ...early, dueAt: iso(3 * DAY) },
        early,
        { ...good },
      ),
    );
    expect(answer.body.results.map((result: Json) => [result.result, result.faults[0]?.code])).toEqual([
      ['taken', undefined],
      ['refused', 'number_invalid'],
      ['refused', 'date_invalid'],
      ['refused', 'due_before_received'],
      // Nobody can tell which of the two is right: neither is taken.
      ['refused', 'twice_other_due'],
      ['refused', 'twice_other_due'],
      ['refused', 'repeat_unknown'],
      ['refused', 'twice_other_due'],
      ['refused', 'twice_other_due'],
      ['known', undefined],
    ]);
    for (const number of [twice.number, early.number]) expect(await findNumber(number)).toEqual([]);
    const later = await sends(cases({ ...good, dueAt: iso(3 * DAY) }));
    expect(later.body.results[0].faults[0].code).toBe('known_other_due');
  });

  it.each([
    ['not JSON', '{"cases":', 400],
    ['not a list', '{"cases": 1}', 422],
    ['nothing', '{"cases": []}', 422],
    ['too many', JSON.stringify({ cases: Array.from({ length: 201 }, () => ({})) }), 422],
    ['a field nobody knows', cases({ number: 'A-0001', sql: 'drop' }), 422],
    ['an object for a text', cases({ number: {} }), 422],
    ['null', 'null', 422],
  ])('refuses whole what is %s', async (_, body, status) => {
    expect((await sends(body)).status).toBe(status);
  });

  it('opens to no client that was revoked, and shows a secret once', async () => {
    const { cityHall, street } = world.people;
    const other = expectStatus(
      await cityHall.client.post('/hotline/clients', { name: '旧平台', unitId: world.city }),
      201,
    );
    expect((await sends(cases(one()), other)).status).toBe(200);
    const list = (await cityHall.client.get('/hotline/clients')).body;
    expect(JSON.stringify(list)).not.toContain(other.secret);
    const id = other.client.split('.')[1];
    expect((await street.client.post(`/hotline/clients/${id}/revoke`, {})).status).toBe(403);
    expect((await cityHall.client.post(`/hotline/clients/${id}/revoke`, {})).status).toBe(204);
    expect((await sends(cases(one()), other)).status).toBe(401);
    expect((await cityHall.client.post(`/hotline/clients/${id}/revoke`, {})).status).toBe(404);
    const company = await cityHall.client.post('/hotline/clients', {
      name: 'x',
      unitId: world.near.compound,
    });
    expect(company.body.code).toBe('hotline.unit_unknown');
  });

  it('forgets answered requests when they can no longer be sent again', async () => {
    world.clock.advance(2 * DAY);
    const quiet = { info: () => {}, warn: () => {}, error: () => {} };
    await runDueOnce({
      worker: world.worker,
      sweeps: [requestSweep],
      house: world.server.house,
      clock: world.clock,
      log: quiet,
    });
    expect(await world.ask('select 1 from hotline.received_request')).toEqual([]);
  });
});

describe('a file', () => {
  const takes = (text: string, query = '', who = world.people.street) =>
    who.client.post(`/hotline/batches?name=${encodeURIComponent('热线.csv')}${query}`, Buffer.from(text), {
      'content-type': 'application/octet-stream',
    });

  it('is tried, taken in, and the same one again is known', async () => {
    const [a, b] = [aNumber(), aNumber()];
    const csv = [
      '朝阳区12345诉求,,,,',
      '工单编号,受理时间,办理时限,主要内容,小区名称,是否保密',
      `${a},2026/11/20 9:05,2026-11-27 09:05,水管爆了,近小区,否`,
      `${b},2026-11-20 10:00:30,,电梯不动,没有这个小区,是`,
    ].join('\n');
    const trial = expectStatus(await takes(csv, '&trial=true'), 200);
    expect(trial).toMatchObject({ batchId: null, rows: 2, taken: 2, known: 0, faults: [], missing: [] });
    expect(await findNumber(a)).toEqual([]);
    expect(expectStatus(await takes(csv), 200)).toMatchObject({ taken: 2, known: 0 });
    const [first] = await findNumber(a);
    expect([first.receivedAt, first.dueAt]).toEqual(['2026-11-20T01:05:00.000Z', '2026-11-27T01:05:00.000Z']);
    expect((await findNumber(b))[0]).toMatchObject({
      isConfidential: true,
      dueAt: '2026-11-27T02:00:30.000Z',
    });
    // The newest comes first; two of one millisecond have no order.
    world.clock.advance(1_000);
    expect(expectStatus(await takes(csv), 200)).toMatchObject({ taken: 0, known: 2, faults: [] });
    const history = (await world.people.street.client.get('/hotline/batches')).body.items;
    expect(history[0]).toMatchObject({ name: '热线.csv', rows: 2, taken: 0, known: 2 });
    expect((await world.people.farStreet.client.get('/hotline/batches')).body.items).toEqual([]);
  });

  it('refuses a number that stands twice with different deadlines, on both lines, and takes the rest', async () => {
    const [twice, same, fine] = [aNumber(), aNumber(), aNumber()];
    const csv = [
      'number,received at,due,description,phone',
      `${twice},2026-11-20 09:00,2026-11-21 09:00,x,`,
      `${fine},2026-11-20 09:00,2026-11-21 09:00,x,13800001234`,
      `${twice},2026-11-20 09:00,2026-11-22 09:00,x,`,
      `${same},2026-11-20 09:00,2026-11-21 09:00,x,`,
      `${same},2026-11-20 09:00,2026-11-21 09:00,x,`,
      `${aNumber()},2026-11-31 09:00,,x,`,
      `${aNumber()},2026-11-20 09:00,,,`,
      `${aNumber()},2026-11-20 09:00,2026-11-19 09:00,x,abc`,
    ].join('\n');
    const result = expectStatus(await takes(csv), 200);
    expect(result.taken).toBe(2);
    expect(result.faults.map((fault: Json) => [fault.line, fault.field, fault.code])).toEqual([
      [2, 'dueAt', 'twice_other_due'],
      [4, 'dueAt', 'twice_other_due'],
      [6, 'number', 'twice_same'],
      [7, 'receivedAt', 'date_invalid'],
      [8, 'description', 'required'],
      [9, 'dueAt', 'due_before_received'],
      [9, 'callerPhone', 'phone_invalid'],
    ]);
    expect(result.faults[0].params).toMatchObject({ number: twice, other: 4 });
    expect(await findNumber(twice)).toEqual([]);
    const again = csv.replace(
      `${fine},2026-11-20 09:00,2026-11-21 09:00`,
      `${fine},2026-11-20 09:00,2026-11-25 09:00`,
    );
    const later = expectStatus(await takes(again), 200);
    expect(later.faults.find((fault: Json) => fault.line === 3)).toMatchObject({ code: 'known_other_due' });
  });

  it('is read by a saved mapping where its columns have names of their own', async () => {
    const number = aNumber();
    const csv = `流水,何时,说了什么\n${number},2026-11-20 09:00,路灯不亮`;
    const { street } = world.people;
    const blind = expectStatus(await takes(csv, '&trial=true'), 200);
    expect(blind.missing).toEqual(['number', 'receivedAt', 'description']);
    expect((await takes(csv)).body.code).toBe('hotline.mapping_incomplete');
    const saved = await street.client.send('PUT', `/hotline/mappings/${encodeURIComponent('区平台')}`, {
      number: '流水',
      receivedAt: '何时',
      description: '说了什么',
    });
    expect(saved.status).toBe(204);
    expect((await street.client.get('/hotline/mappings')).body.items).toMatchObject([{ name: '区平台' }]);
    expect(expectStatus(await takes(csv, `&mapping=${encodeURIComponent('区平台')}`), 200).taken).toBe(1);
    expect(await findNumber(number)).toHaveLength(1);
  });

  it('that is none is refused', async () => {
    for (const text of ['\u0000\u0001', '%PDF-1.4']) expect((await takes(text)).status).toBe(422);
    const { desk, committee } = world.people;
    for (const who of [desk, committee]) expect((await takes('a', '', who)).status).toBe(403);
  });
});
