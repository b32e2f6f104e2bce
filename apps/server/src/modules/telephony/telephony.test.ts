import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../../scripts/lib/environment.ts';
import { codeOf } from '../../../../../test/family.ts';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { simulateCalls, stories } from '../../cli/simulate-calls.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { EVENT_FIELDS, EVENT_KINDS, FAULT_CODES } from './domain.ts';
import { forgetCalls, KEEP_DAYS, silentCalls } from './due.ts';
import {
  aCaller,
  aCallId,
  answered,
  aProvider,
  hungUp,
  missedCall,
  type Provider,
  ringing,
} from './fixtures.ts';
import { mostEvents } from './service-intake.ts';

let world: World;
let provider: Provider & { line: string; secret: string };
beforeAll(async () => {
  world = await aWorld();
  provider = await aProvider(world, world.people.manager);
});
afterAll(() => world.close());

const deskOf = async (who: Somebody): Promise<Json> =>
  expectStatus(await who.client.get('/telephony/desk'), 200);
const sitting = (who: Somebody, body: Json) =>
  who.client.send('PUT', '/telephony/seat', body, { 'idempotency-key': randomUUID() });
const sits = async (who: Somebody, extension: string | null): Promise<void> =>
  void expectStatus(await sitting(who, { extension }), 200);
const tasksOf = async (who: Somebody = world.people.desk): Promise<Json[]> =>
  expectStatus(await who.client.get('/telephony/tasks?limit=100'), 200).items;
const masked = (number: string) => `${number.slice(0, 3)}****${number.slice(-4)}`;
const taskOf = async (number: string): Promise<Json | undefined> =>
  (await tasksOf()).find((task) => task.numberMasked === masked(number));
const says = (who: Somebody, task: Json, outcome: string) =>
  who.client.post(`/telephony/tasks/${task.id}/outcome`, { outcome });
const claims = (who: Somebody, task: Json) => who.client.post(`/telephony/tasks/${task.id}/claim`, {});
const dueOf = (sweep: typeof silentCalls) => {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const { house } = world.server;
  return runDueOnce({ worker: world.worker, sweeps: [sweep], house, clock: world.clock, log });
};
const newest = async (number: string): Promise<Json> =>
  (await world.people.desk.client.get('/telephony/calls?limit=100')).body.items.find(
    (call: Json) => call.numberMasked === masked(number),
  );

describe('a call', () => {
  it('waits in the queue, rings at whoever sits there, and is that one’s who answers', async () => {
    const { desk, steward, wang, farDesk, li, company, street } = world.people;
    await sits(desk, '801');
    await sits(steward, '802');
    const call = aCallId();
    await provider.tells(call, `+86${wang.phone}`, { type: 'queued', queue: '报修' });
    const waiting = await deskOf(desk);
    expect(waiting).toMatchObject({
      hasLine: true,
      extension: '801',
      waiting: [{ state: 'waiting', numberMasked: masked(wang.phone), queue: '报修' }],
      own: [],
    });
    expect(JSON.stringify(waiting)).not.toContain(wang.phone);

    await provider.tells(call, wang.phone, ringing('801', '802'));
    for (const who of [desk, steward])
      expect((await deskOf(who)).own).toMatchObject([{ state: 'ringing', number: wang.phone }]);
    // The number opens the panel that is there already.
    const [home] = expectStatus(
      await desk.client.post('/work-orders/callers', { phone: (await deskOf(desk)).own[0].number }),
      200,
    ).homes;
    expect(home.label).toBe('3号楼2单元601');

    await provider.tells(call, wang.phone, answered('802'));
    expect((await deskOf(desk)).own).toEqual([]);
    expect((await deskOf(steward)).own).toMatchObject([{ state: 'talking', number: wang.phone }]);
    expect(await deskOf(desk)).toMatchObject({ waiting: [], talking: 1 });
    await provider.tells(call, wang.phone, hungUp);
    expect(await deskOf(steward)).toMatchObject({ own: [], talking: 0 });
    expect(await taskOf(wang.phone)).toBeUndefined();
    expect(await newest(wang.phone)).toMatchObject({ state: 'ended', extension: '802', direction: 'in' });

    // Nobody else: another department, who works with their hands, who only oversees, who lives there.
    expect(await deskOf(farDesk)).toMatchObject({ hasLine: false, waiting: [], talking: 0 });
    expect((await farDesk.client.get('/telephony/calls')).body.items).toEqual([]);
    for (const who of [li, company, street, wang])
      for (const path of ['desk', 'calls', 'tasks'])
        expect([who.name, (await who.client.get(`/telephony/${path}`)).status]).toEqual([who.name, 403]);
  });

  it('is told to open pages of those who answer, without its number', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, ringing('801'), hungUp);
    const rows = await world.ask(
      `select kind, is_internal, payload::text as payload from platform.outbox where kind in ('phone_call.changed', 'phone_task.changed')`,
    );
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.every(({ is_internal }) => is_internal)).toBe(true);
    expect(JSON.stringify(rows)).not.toContain(caller);
  });

  it('lies sealed: no table holds a number', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, ringing('801'), missedCall);
    for (const table of ['call', 'task', 'event', 'line', 'seat'])
      for (const { row } of await world.ask(`select t::text as row from telephony.${table} t`))
        expect([table, row.includes(caller)]).toEqual([table, false]);
    const [{ hex }] = (await world.ask(
      `select encode(number_cipher, 'escape') as hex from telephony.task limit 1`,
    )) as [Json];
    expect(hex).not.toContain('131');
  });

  it('whose end was told before it rang shows nowhere, and is to be called back', async () => {
    const [call, caller] = [aCallId(), aCaller()];
    const start = world.clock.now().getTime();
    world.clock.advance(30_000);
    await provider.tells(call, caller, hungUp);
    await provider.tells(call, caller, { ...ringing('801'), at: new Date(start).toISOString() });
    expect((await deskOf(world.people.desk)).own).toEqual([]);
    expect(await newest(caller)).toMatchObject({ state: 'missed', beganAt: new Date(start).toISOString() });
    expect(await taskOf(caller)).toMatchObject({ missedCount: 1 });
    // Answered after all: the news of it was the last to come.
    await provider.tells(call, caller, { ...answered('801'), at: new Date(start + 5_000).toISOString() });
    expect(await taskOf(caller)).toBeUndefined();
    expect((await newest(caller)).state).toBe('ended');
  });

  it('that two desks answer is the last one’s; at the same instant everybody comes to the same', async () => {
    const { desk, steward } = world.people;
    const [call, caller] = [aCallId(), aCaller()];
    await provider.tells(call, caller, ringing('801', '802'));
    const at = world.clock.now().toISOString();
    const both = ['b-801', 'a-802'].map((eventId) => ({
      ...answered(eventId.slice(2)),
      eventId: `${eventId}-${call}`,
      at,
    }));
    await Promise.all(both.map((event) => provider.tells(call, caller, event)));
    expect((await deskOf(desk)).own).toEqual([]);
    expect((await deskOf(steward)).own).toHaveLength(1);
    await provider.tells(call, caller, answered('801'));
    expect((await deskOf(desk)).own).toHaveLength(1);
    expect((await deskOf(steward)).own).toEqual([]);
    await provider.tells(call, caller, hungUp);
  });

  it('without a number is shown, and nobody can be called back', async () => {
    const before = (await tasksOf()).length;
    const call = aCallId();
    await provider.tells(call, 'anonymous', ringing('801'));
    expect((await deskOf(world.people.desk)).own).toMatchObject([{ number: null, numberMasked: null }]);
    await provider.tells(call, '', missedCall);
    expect(await tasksOf()).toHaveLength(before);
  });

  it('of which nothing more is heard leaves the queue and is to be called back', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, { type: 'queued' });
    world.clock.advance(30 * 60_000);
    expect((await dueOf(silentCalls))[silentCalls.name]).toBe(0);
    world.clock.advance(1);
    expect((await dueOf(silentCalls))[silentCalls.name]).toBe(1);
    expect((await deskOf(world.people.desk)).waiting).toEqual([]);
    expect((await newest(caller)).state).toBe('lost');
    expect(await taskOf(caller)).toMatchObject({ missedCount: 1 });
  });
});

describe('a missed call', () => {
  it('is one task a number, however often they ring; done when they ring again and are answered', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, ringing('801'), missedCall);
    await provider.tells(aCallId(), `+86 ${caller}`, ringing('801'), hungUp);
    // Two at the same instant, from two telephones of one household sharing a number.
    await Promise.all([1, 2].map(() => provider.tells(aCallId(), caller, ringing('801'), missedCall)));
    expect((await tasksOf()).filter((task) => task.numberMasked === masked(caller))).toMatchObject([
      { missedCount: 4, attempts: 0, claim: null },
    ]);
    await provider.tells(aCallId(), caller, ringing('801'), answered('801'), hungUp);
    expect(await taskOf(caller)).toBeUndefined();
    expect(
      await world.ask(`select outcome from telephony.task where number_masked = $1`, [masked(caller)]),
    ).toEqual([{ outcome: 'called_again' }]);
  });

  it('is nobody’s task when the news comes after they were spoken with', async () => {
    const caller = aCaller();
    const early = world.clock.now().toISOString();
    world.clock.advance(60_000);
    await provider.tells(aCallId(), caller, ringing('801'), answered('801'), hungUp);
    await provider.tells(aCallId(), caller, { ...missedCall, at: early });
    expect(await taskOf(caller)).toBeUndefined();
  });

  it('is called back by one alone, who learns the number; recorded', async () => {
    const { desk, steward, farDesk } = world.people;
    const caller = aCaller();
    await provider.tells(aCallId(), caller, ringing('801'), missedCall);
    const task = (await taskOf(caller))!;
    const both = await Promise.all([desk, steward].map((who) => claims(who, task)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const first = both[0]!.status === 200 ? desk : steward;
    const second = first === desk ? steward : desk;
    expect(both.find(({ status }) => status === 200)!.body.number).toBe(caller);
    const refused = both.find(({ status }) => status === 409)!.body;
    expect([refused.code, refused.params.name]).toEqual(['telephony.claimed', first.name]);
    expect(JSON.stringify(refused)).not.toContain(caller);
    expect(
      await world.ask(`select account_id, detail from platform.audit where object_id = $1`, [task.id]),
    ).toEqual([{ account_id: first.accountId, detail: { purpose: 'call_back' } }]);
    for (const outcome of ['reached', 'not_needed'])
      expect(codeOf(await says(second, task, outcome))).toEqual([409, 'telephony.claimed']);
    expect((await claims(farDesk, task)).status).toBe(404);
    expect((await says(farDesk, task, 'not_needed')).status).toBe(404);

    // Not reached twice it stays, and anybody may try; the third time it is done.
    expect(expectStatus(await says(first, task, 'unreachable'), 200).outcome).toBeNull();
    expect(codeOf(await says(second, task, 'reached'))).toEqual([409, 'telephony.not_claimed']);
    expectStatus(await claims(second, task), 200);
    expectStatus(await says(second, task, 'unreachable'), 200);
    expect(await taskOf(caller)).toMatchObject({ attempts: 2, claim: null });
    expectStatus(await claims(second, task), 200);
    expect(expectStatus(await says(second, task, 'unreachable'), 200).outcome).toBe('unreachable');
    expect(await taskOf(caller)).toBeUndefined();
    expect(codeOf(await claims(first, task))).toEqual([409, 'telephony.done']);

    // The next missed call is a task anew.
    await provider.tells(aCallId(), caller, ringing('801'), missedCall);
    expect(await taskOf(caller)).toMatchObject({ missedCount: 1, attempts: 0 });
    expect(expectStatus(await says(desk, (await taskOf(caller))!, 'not_needed'), 200).outcome).toBe(
      'not_needed',
    );
  });

  it('is somebody else’s again when the lease has ended', async () => {
    const { desk, steward } = world.people;
    const caller = aCaller();
    await provider.tells(aCallId(), caller, missedCall);
    const task = (await taskOf(caller))!;
    expectStatus(await claims(desk, task), 200);
    world.clock.advance(15 * 60_000 - 1);
    expect((await claims(steward, task)).status).toBe(409);
    world.clock.advance(1);
    expectStatus(await claims(steward, task), 200);
    expect(codeOf(await says(desk, task, 'reached'))).toEqual([409, 'telephony.claimed']);
    expectStatus(await says(steward, task, 'reached'), 200);
  });

  it('is done by calling back from the telephone, once somebody answers', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, missedCall);
    const outgoing = (...events: Json[]) =>
      provider.tells(
        aCallId(),
        '801',
        ...events.map((event) => ({ ...event, direction: 'out', to: caller })),
      );
    await outgoing({ type: 'ringing', extensions: ['801'] }, hungUp);
    expect(await taskOf(caller)).toMatchObject({ attempts: 1 });
    await outgoing({ type: 'ringing', extensions: ['801'] }, answered('801'), hungUp);
    expect(await taskOf(caller)).toBeUndefined();
    expect(await newest(caller)).toMatchObject({ direction: 'out', state: 'ended' });
  });
});

describe('a seat', () => {
  it('is one person’s: whoever sits down later has it, and gets up elsewhere', async () => {
    const { desk, steward, manager } = world.people;
    await sits(desk, '810');
    await sits(steward, '810');
    expect((await deskOf(desk)).extension).toBeNull();
    expect((await deskOf(steward)).seats).toMatchObject([
      { extension: '810', name: steward.name, isMine: true },
    ]);
    await sits(steward, '811');
    await sits(desk, '810');
    expect((await deskOf(manager)).seats.map(({ extension, name }: Json) => [extension, name])).toEqual([
      ['810', desk.name],
      ['811', steward.name],
    ]);
    await sits(steward, null);
    expect((await deskOf(manager)).seats).toHaveLength(1);
    for (const extension of ['80a', '', '12345678901'])
      expect((await sitting(desk, { extension })).status).toBe(422);
    const both = await Promise.all([desk, steward].map((who) => sitting(who, { extension: '820' })));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await deskOf(manager)).seats.filter(({ extension }: Json) => extension === '820')).toHaveLength(
      1,
    );
    await sits(desk, '801');
    await sits(steward, '802');
  });
});

describe('the provider', () => {
  const body = (...events: unknown[]) => JSON.stringify({ events });
  const one = (more: Record<string, unknown> = {}) => ({
    eventId: randomUUID(),
    callId: aCallId(),
    type: 'queued',
    from: aCaller(),
    at: world.clock.now().toISOString(),
    ...more,
  });

  it('that sends again what it sent changes nothing', async () => {
    const missed = body(one({ type: 'missed' }));
    const before = (await tasksOf()).length;
    const timestamp = world.clock.now().toISOString();
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await provider.sends(missed, { timestamp }));
    expect(answers.map((answer) => answer.body.results[0].result)).toEqual(['taken', 'known', 'known']);
    const same = body(one({ type: 'missed' }));
    const together = await Promise.all([1, 2, 3].map(() => provider.sends(same)));
    expect(together.map((answer) => answer.body.results[0].result).sort()).toEqual([
      'known',
      'known',
      'taken',
    ]);
    expect(await tasksOf()).toHaveLength(before + 2);
  });

  it.each([
    ['a wrong secret', { secret: 'guessed' }],
    ['a wrong signature', { signature: 'sha256=00' }],
    ['no line', { line: `${randomUUID()}.${randomUUID()}` }],
    ['a line that is none', { line: "x' or 1=1" }],
    ['a time that is none', { timestamp: 'yesterday' }],
  ] as const)('with %s is refused, and told nothing more', async (_, sending) => {
    const answer = await provider.sends(body(one()), sending);
    expect([answer.status, answer.body.code, answer.body.params]).toEqual([401, 'telephony.unsigned', {}]);
  });

  it('may have a clock that is off by five minutes, and not a second more', async () => {
    for (const [seconds, status] of [
      [-300, 200],
      [300, 200],
      [-301, 401],
      [301, 401],
    ] as const) {
      const timestamp = new Date(world.clock.now().getTime() + seconds * 1_000).toISOString();
      expect([seconds, (await provider.sends(body(one()), { timestamp })).status]).toEqual([seconds, status]);
    }
  });

  it('is told of each event what is wrong with it, and the others are taken', async () => {
    const [callId, from] = [aCallId(), aCaller()];
    const answer = await provider.sends(
      body(
        one({ callId, from }),
        one({ type: 'exploded' }),
        one({ callId, from: aCaller() }),
        one({ callId, direction: 'out', to: from }),
        one({ callId, from: 'anonymous' }),
        one({ callId, from: `+86${from}`, ...ringing('801') }),
        one({ eventId: 7 }),
      ),
    );
    expect(
      answer.body.results.map(({ result, faults }: Json) => [result, faults.map(({ code }: Json) => code)]),
    ).toEqual([
      ['taken', []],
      ['refused', ['unknown']],
      ['refused', ['other_number']],
      ['refused', ['other_direction']],
      ['refused', ['other_number']],
      ['taken', []],
      ['refused', ['type', 'required']],
    ]);
    for (const [text, status] of [
      ['{', 400],
      [body(), 422],
      [body(...Array.from({ length: 101 }, () => one())), 422],
      [body('x'), 422],
      ['null', 422],
      [' '.repeat(300_000), 413],
    ] as const)
      expect([text.slice(0, 20), (await provider.sends(text)).status]).toEqual([text.slice(0, 20), status]);
  });

  it('has a line that the manager or the company makes and revokes; elsewhere nobody', async () => {
    const { manager, company, farCompany, desk } = world.people;
    const department = world.near.department;
    const byCompany = await company.client.post('/telephony/lines', { name: '夜间', scopeId: department });
    const { line, secret } = expectStatus(byCompany, 201);
    expect(byCompany.headers.get('cache-control')).toBe('no-store');
    expect((await provider.sends(body(one()), { line, secret })).status).toBe(200);
    const { items } = expectStatus(await manager.client.get('/telephony/lines'), 200);
    expect(items.map(({ name }: Json) => name).sort()).toEqual(['前台总机', '夜间']);
    expect(JSON.stringify(items)).not.toContain(secret);
    expect(codeOf(await company.client.post('/telephony/lines', { name: 'x' }))).toEqual([
      422,
      'telephony.no_desk',
    ]);
    expect((await farCompany.client.get(`/telephony/lines?scopeId=${department}`)).status).toBe(404);
    expect(
      (await farCompany.client.post('/telephony/lines', { name: 'x', scopeId: department })).status,
    ).toBe(404);
    expect((await desk.client.get('/telephony/lines')).status).toBe(403);
    const id = line.split('.')[1];
    expect((await farCompany.client.post(`/telephony/lines/${id}/revoke?scopeId=${department}`)).status).toBe(
      404,
    );
    expect((await manager.client.post(`/telephony/lines/${id}/revoke`)).status).toBe(204);
    expect((await manager.client.post(`/telephony/lines/${id}/revoke`)).status).toBe(404);
    expect((await provider.sends(body(one()), { line, secret })).status).toBe(401);
  });

  it('may be the simulator: it speaks the same protocol, over the wire', async () => {
    const numbers = Array.from({ length: stories.length }, aCaller);
    const said: string[] = [];
    const played = await simulateCalls({
      url: world.url,
      line: provider.line,
      secret: provider.secret,
      extension: '801',
      numbers,
      calls: numbers.length,
      pace: 1,
      now: () => world.clock.now().getTime(),
      sleep: async (milliseconds) => void world.clock.advance(milliseconds),
      say: (line) => void said.push(line),
    });
    expect(played.map(({ results }) => results.join(' '))).toEqual([
      'taken taken taken taken',
      'taken taken taken',
      'taken taken',
      'taken taken',
      'taken known taken known taken known',
    ]);
    expect(await Promise.all(numbers.map(async (number) => (await newest(number)).state))).toEqual([
      'ended',
      'missed',
      'missed',
      'missed',
      'ended',
    ]);
    expect(await Promise.all(numbers.map(async (number) => (await taskOf(number)) !== undefined))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(said.join()).not.toContain(numbers[0]);
    const wrong = { now: () => world.clock.now().getTime(), sleep: async () => {}, say: () => {} };
    const [refused] = await simulateCalls({
      ...{
        url: world.url,
        line: provider.line,
        secret: 'guessed',
        extension: '801',
        numbers,
        calls: 1,
        pace: 0,
      },
      ...wrong,
    });
    expect(new Set(refused!.results)).toEqual(new Set(['401 telephony.unsigned']));
  });

  it('is told the truth by docs/telephony.md: its examples are taken as they stand there', async () => {
    const guide = readFileSync(join(projectRoot, 'docs', 'telephony.md'), 'utf8');
    const examples = [...guide.matchAll(/```json event\n([^]*?)```/g)].map(([, text]) => JSON.parse(text!));
    expect(examples.map(({ type }) => type)).toEqual([...EVENT_KINDS]);
    const now = world.clock.now().toISOString();
    for (const example of examples) {
      const answer = await provider.sends(
        body({ ...example, at: now, callId: `${example.callId}-${example.type}` }),
      );
      expect([example.type, answer.body.results[0]]).toEqual([
        example.type,
        { eventId: example.eventId, result: 'taken', faults: [] },
      ]);
    }
    for (const field of EVENT_FIELDS)
      expect([field, guide.includes(`| \`${field}\``)]).toEqual([field, true]);
    for (const code of FAULT_CODES) expect([code, guide.includes(`\`${code}\``)]).toEqual([code, true]);
    expect(guide).toContain(`${KEEP_DAYS} days`);
    expect(guide).toContain(`${mostEvents} events`);
  });

  it('is forgotten with its numbers: calls and what is done, after so many days', async () => {
    const caller = aCaller();
    await provider.tells(aCallId(), caller, missedCall);
    expectStatus(await says(world.people.desk, (await taskOf(caller))!, 'not_needed'), 200);
    const open = aCaller();
    await provider.tells(aCallId(), open, missedCall);
    const count = async (table: string) =>
      (await world.ask(`select 1 from telephony.${table} where number_masked = $1`, [masked(caller)])).length;
    world.clock.advance(KEEP_DAYS * DAY - 60_000);
    await dueOf(forgetCalls);
    expect([await count('call'), await count('task')]).toEqual([1, 1]);
    world.clock.advance(120_000);
    await dueOf(forgetCalls);
    expect([await count('call'), await count('task')]).toEqual([0, 0]);
    expect(await world.ask('select 1 from telephony.event')).toEqual([]);
    // What waits still waits: somebody has to say that it needs no call. No session lasts as long.
    expect(
      await world.ask(`select outcome from telephony.task where number_masked = $1`, [masked(open)]),
    ).toEqual([{ outcome: null }]);
  });
});
