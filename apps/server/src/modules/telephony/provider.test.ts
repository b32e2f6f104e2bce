import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../../scripts/lib/environment.ts';
import { codeOf } from '../../../../../test/family.ts';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { simulateCalls, stories } from '../../cli/simulate-calls.ts';
import { DAY, expectStatus } from '../work-orders/fixtures.ts';
import { EVENT_FIELDS, EVENT_KINDS, FAULT_CODES } from './domain.ts';
import { forgetCalls, KEEP_DAYS } from './due.ts';
import {
  aCaller,
  aCallId,
  aProvider,
  masked,
  missedCall,
  type Provider,
  ringing,
  telephoneOf,
} from './fixtures.ts';
import { mostEvents } from './service-intake.ts';

/** The other end: what a provider may say, and what it is told. */

let world: World;
let provider: Provider;
let phone: ReturnType<typeof telephoneOf>;
beforeAll(async () => {
  world = await aWorld();
  provider = await aProvider(world, world.people.manager);
  phone = telephoneOf(world);
});
afterAll(() => world.close());

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
    const before = (await phone.tasksOf()).length;
    const timestamp = world.clock.now().toISOString();
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await provider.sends(missed, { timestamp }));
    expect(answers.map((answer) => answer.body.results[0].result)).toEqual(['taken', 'known', 'known']);
    const same = body(one({ type: 'missed' }));
    const together = await Promise.all([1, 2, 3].map(() => provider.sends(same)));
    expect(Map.groupBy(together, (answer) => answer.body.results[0].result).get('taken')).toHaveLength(1);
    expect(await phone.tasksOf()).toHaveLength(before + 2);
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
      sleep: async (milliseconds) => {
        world.clock.advance(milliseconds);
      },
      say: (line) => void said.push(line),
    });
    expect(played.map(({ results }) => results.join(' '))).toEqual([
      'taken taken taken taken',
      'taken taken taken',
      'taken taken',
      'taken taken',
      'taken known taken known taken known',
    ]);
    expect(await Promise.all(numbers.map(async (number) => (await phone.newest(number)).state))).toEqual([
      'ended',
      'missed',
      'missed',
      'missed',
      'ended',
    ]);
    expect(
      await Promise.all(numbers.map(async (number) => (await phone.taskOf(number)) !== undefined)),
    ).toEqual([false, true, true, true, false]);
    expect(said.join()).not.toContain(numbers[0]);
    const [refused] = await simulateCalls({
      url: world.url,
      line: provider.line,
      secret: 'guessed',
      extension: '801',
      numbers,
      calls: 1,
      pace: 0,
      now: () => world.clock.now().getTime(),
      sleep: async () => {},
      say: () => {},
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
    expectStatus(await phone.says(world.people.desk, await phone.taskOf(caller), 'not_needed'), 200);
    const open = aCaller();
    await provider.tells(aCallId(), open, missedCall);
    const count = async (table: string) =>
      (await world.ask(`select 1 from telephony.${table} where number_masked = $1`, [masked(caller)])).length;
    world.clock.advance(KEEP_DAYS * DAY - 60_000);
    await phone.dueOf(forgetCalls);
    expect([await count('call'), await count('task')]).toEqual([1, 1]);
    world.clock.advance(120_000);
    await phone.dueOf(forgetCalls);
    expect([await count('call'), await count('task')]).toEqual([0, 0]);
    expect(await world.ask('select 1 from telephony.event')).toEqual([]);
    // What waits still waits: somebody has to say that it needs no call. No session lasts as long.
    expect(
      await world.ask(`select outcome from telephony.task where number_masked = $1`, [masked(open)]),
    ).toEqual([{ outcome: null }]);
  });
});
