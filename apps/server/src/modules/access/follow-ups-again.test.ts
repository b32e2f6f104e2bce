import type { HealthFacts } from '@gongzhi/gate';
import { DAY, HOUR } from '@gongzhi/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aGate, aMeasure, aPass, cryptoOf, type TestGate, type TestPass } from './fixtures.ts';
import { sealedFields } from './tables.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const weeksLater = (days: number) => {
  world.clock.advance(days * DAY);
  return world.admin.query('update identity.session set last_seen_at = $1, expires_at = $2', [
    world.clock.now(),
    new Date(world.clock.now().getTime() + 60 * DAY),
  ]);
};
const today = () => new Date(world.clock.now().getTime() + 8 * HOUR).toISOString().slice(0, 10);
const travel = {
  travel: { levels: ['high'], withinDays: 14, otherwise: 'pass_report', when: 'in' },
} as const;

/** What the health service said a moment ago. */
async function wasIn(pass: TestPass, level: 'high' | 'low', leftOn = today()): Promise<void> {
  const crypto = await cryptoOf(world);
  const facts: HealthFacts = {
    code: null,
    test: null,
    vaccination: null,
    travel: {
      stays: [{ level, leftOn }],
      enteredCountryOn: null,
      hasTimeSpaceLink: false,
      isFromBorderCounty: false,
    },
  };
  const seal = crypto.seal(JSON.stringify(facts), sealedFields.health, pass.id);
  await world.admin.query(
    `insert into access.health_fact (scope_id, pass_id, city_id, street_id, company_id, facts_cipher, as_of)
     select p.scope_id, p.pass_id, p.city_id, p.street_id, p.company_id, $2, $3 from access.pass p where p.pass_id = $1
     on conflict (scope_id, pass_id) do update set facts_cipher = excluded.facts_cipher, as_of = excluded.as_of`,
    [pass.id, seal, world.clock.now()],
  );
}
const passes = async (gate: TestGate, pass: TestPass, direction: 'in' | 'out') => {
  world.clock.advance(31_000);
  return gate.sees({ direction, code: pass.code(world.clock.now()) });
};

it('notes a second return under the same measure anew, and one return once', async () => {
  const gate = await aGate(world);
  const { desk, street } = world.people;
  const measure = await aMeasure(world, travel, {
    documentNo: '近疾控〔2026〕15号',
    followUp: { days: 7, awayHours: 24 },
    endsAt: new Date(world.clock.now().getTime() + 60 * DAY).toISOString(),
  });
  const pass = await aPass(world);
  const rows = () =>
    world.ask(
      `select kind, due_on::text as due, done_at is not null as done from access.follow_up where pass_id = $1 order by kind`,
      [pass.id],
    );
  const day = (days: number) =>
    new Date(world.clock.now().getTime() + 8 * HOUR + days * DAY).toISOString().slice(0, 10);
  const settle = async (kind: string, expectedVersion: number) =>
    (
      await desk.client.post('/access/follow-ups/done', {
        scopeId: gate.scopeId,
        policyId: measure.id,
        passId: pass.id,
        kind,
        expectedVersion,
        note: '一切正常',
      })
    ).status;
  const declare = async (cameOn: string) =>
    (
      await desk.client.post('/access/follow-ups', {
        scopeId: gate.scopeId,
        policyId: measure.id,
        passId: pass.id,
        words: '外地',
        cameOn,
      })
    ).status;
  const left = today();
  await wasIn(pass, 'high', left);
  await passes(gate, pass, 'in');
  const due = day(7);
  expect(await settle('risk', 1)).toBe(200);
  expect([await declare(left), await settle('declared', 1)]).toEqual([201, 200]);
  // The same journey, days later: it is done.
  await weeksLater(3);
  await wasIn(pass, 'high', left);
  await passes(gate, pass, 'out');
  await passes(gate, pass, 'in');
  expect(await rows()).toEqual([
    { kind: 'declared', due, done: true },
    { kind: 'risk', due, done: true },
  ]);
  expect(await declare(left)).toBe(409);
  // Another one.
  await weeksLater(5);
  await wasIn(pass, 'high', day(-1));
  await passes(gate, pass, 'in');
  expect(await declare(day(-1))).toBe(201);
  expect(await rows()).toEqual([
    { kind: 'declared', due: day(6), done: false },
    { kind: 'risk', due: day(7), done: false },
  ]);
  expect([await settle('risk', 2), await settle('risk', 3)]).toEqual([409, 200]);
  await street.client.post(`/access/measures/${measure.id}/commands?scopeId=${gate.scopeId}`, {
    action: 'end',
    expectedVersion: 1,
    reason: '结束',
  });
});
