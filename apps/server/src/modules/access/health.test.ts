import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { aGate, aMeasure, aPass, type TestGate } from './fixtures.ts';

/* The own health code: on the phone while a measure asks for it, and at the gate. */
let world: World;
let gate: TestGate;
let measure: Json;
let pass: Json;
/** Somebody else's service, in the shape of docs/gate.md: knows whoever has declared, and makes codes for them. */
let service: Server;
let isAbsent = false;
let breaks: string | null = null;
const heard: { path: string; body: Json; authorization: string | undefined }[] = [];
const declared = new Map<string, Json>();
const codes = new Map<string, string>();

const facts = (reference: string): Json => ({
  code: {
    colour: declared.get(reference)?.['hasSymptoms'] ? 'yellow' : 'green',
    asOf: world.clock.now().getTime(),
  },
  test: null,
  vaccination: null,
  travel: null,
});
function said(path: string, { reference, code, ...rest }: Json): Json {
  switch (path) {
    case '/declare':
      declared.set(reference, rest);
      return {};
    case '/make-code': {
      if (!declared.has(reference)) return null;
      const made = `HC-${codes.size}`;
      codes.set(made, reference);
      return { code: made, expiresAt: new Date(world.clock.now().getTime() + 60_000).toISOString() };
    }
    case '/check-code': {
      const subject = codes.get(code);
      return subject === undefined ? null : { subject, facts: facts(subject) };
    }
    default:
      return declared.has(reference) ? facts(reference) : null;
  }
}

beforeAll(async () => {
  service = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const path = request.url ?? '';
      const body = JSON.parse(text) as Json;
      heard.push({ path, body, authorization: request.headers.authorization });
      if (isAbsent) return void response.destroy();
      if (breaks !== null) return void response.end(breaks);
      const answer = said(path, body);
      // To a declaration it says nothing that would be JSON.
      if (path === '/declare') return void response.end('taken');
      response.statusCode = answer === null ? 404 : 200;
      response.end(JSON.stringify(answer ?? {}));
    });
  });
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
  const { port } = service.address() as AddressInfo;
  world = await aWorld({
    env: { GONGZHI_HEALTH_CODES: `http://127.0.0.1:${port}`, GONGZHI_HEALTH_CODES_KEY: 'key' },
  });
  gate = await aGate(world);
  pass = expectStatus(
    await world.people.wang.client.post('/access/own/passes', {
      scopeId: world.near.compound,
      householdId: world.home,
    }),
    200,
  );
});
afterAll(async () => {
  await world.close();
  service.closeAllConnections();
  service.close();
});

const scopeId = () => world.near.compound;
const asked = async (who = world.people.wang): Promise<Json> =>
  expectStatus(await who.client.get(`/access/own/health?scopeId=${scopeId()}`), 200);
const declare = (more: Json = {}, who = world.people.wang) =>
  who.client.post('/access/own/health/declarations', {
    scopeId: scopeId(),
    passId: pass.id,
    temperature: 36.5,
    hasSymptoms: false,
    wasInRiskArea: false,
    ...more,
  });
const show = (passId = pass.id, who = world.people.wang) =>
  who.client.post('/access/own/health/codes', { scopeId: scopeId(), passId });
const green = { yellow: 'refer', red: 'refuse', popup: 'pass_report', entryDays: 21, when: 'in' } as const;
const restored = (): void => {
  isAbsent = false;
  breaks = null;
};

describe('without a measure that asks for it', () => {
  it('there is nothing on the phone, nothing to declare, and what is shown at the gate is not looked at', async () => {
    const warm = await aMeasure(world, {
      temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'pass_report', when: 'in' },
    });
    expect(await asked()).toMatchObject({ items: [] });
    for (const answer of [await declare(), await show()])
      expect([answer.status, answer.body.code]).toEqual([409, 'access.health_not_asked']);
    const other = await aPass(world);
    expect(
      await gate.sees({ code: other.code(world.clock.now()), healthCode: 'HC-0', temperature: 36.4 }),
    ).toMatchObject({ outcome: 'pass' });
    expect(heard).toEqual([]);
    await world.admin.query(
      `update access.policy set ends_at = starts_at + interval '1 ms' where policy_id = $1`,
      [warm.id],
    );
  });
});

describe('under one', () => {
  beforeAll(async () => {
    measure = await aMeasure(
      world,
      { health_code: green },
      {
        name: '查看健康码',
        onNoAnswer: { kind: 'refer' },
        answerWithinMilliseconds: 2_000,
        answerHoldsMinutes: 30,
      },
    );
  });

  it('the phone says who asks, for whom, and until when', async () => {
    expect(await asked()).toEqual({
      service: '127.0.0.1',
      items: [
        {
          passId: pass.id,
          kind: pass.kind,
          name: pass.name,
          measure: {
            name: '查看健康码',
            authority: measure.authority,
            documentNo: measure.documentNo,
            endsAt: measure.endsAt,
            retentionDays: measure.retentionDays,
          },
        },
      ],
    });
    // Who has no pass of their own is asked nothing; another home's pass is nobody else's to speak for.
    expect((await asked(world.people.chen)).items).toEqual([]);
    expect((await declare({}, world.people.chen)).body.code).toBe('access.health_not_asked');
    expect((await show(pass.id, world.people.fang)).body.code).toBe('access.health_not_asked');
    expect((await world.people.desk.client.get(`/access/own/health?scopeId=${scopeId()}`)).status).toBe(403);
  });

  it('a code is made after somebody has said how they are, of which nothing stays here', async () => {
    expect((await show()).body.code).toBe('access.health_unknown');
    heard.length = 0;
    const made = expectStatus(await declare({ temperature: 36.6, wasInRiskArea: true }), 200);
    expect(made).toEqual({
      code: expect.stringMatching(/^HC-/),
      madeAt: world.clock.now().toISOString(),
      expiresAt: expect.any(String),
    });
    expect(heard).toEqual([
      {
        path: '/declare',
        body: { reference: pass.id, temperatureTenths: 366, hasSymptoms: false, wasInRiskArea: true },
        authorization: 'Bearer key',
      },
      { path: '/make-code', body: { reference: pass.id }, authorization: 'Bearer key' },
    ]);
    expect(await world.ask(`select 1 from access.health_fact where pass_id = $1`, [pass.id])).toEqual([]);
    const kept = await world.ask(`select detail::text as text from platform.audit
      union all select payload::text from platform.outbox`);
    expect(JSON.stringify(kept)).not.toMatch(/HC-|Symptoms|RiskArea/i);
    expect((await show()).body.code).toMatch(/^HC-/);
  });

  it.each([
    ['no temperature of a person', { temperature: 33.9 }, 422],
    ['nor of one', { temperature: 43.1 }, 422],
    ['not measured', { temperature: null }, 200],
    ['an answer missing', { hasSymptoms: undefined }, 422],
    ['a field nobody knows', { name: '王建国' }, 422],
  ])('a declaration: %s', async (_, more, status) => {
    world.clock.advance(60_000);
    expect((await declare(more)).status).toBe(status);
  });

  it('a service that is away or says something else: said so, and nothing is made up', async () => {
    world.clock.advance(600_000);
    isAbsent = true;
    expect([(await show()).status, (await declare()).status]).toEqual([503, 503]);
    restored();
    for (const wrong of ['{}', '{"code": "", "expiresAt": "2026-11-23T02:00:00Z"}', 'no json']) {
      breaks = wrong;
      expect([wrong, (await show()).body.code]).toEqual([wrong, 'access.health_unavailable']);
    }
    restored();
  });

  it('nobody makes codes by the hundred', async () => {
    world.clock.advance(600_000);
    const tries = await Promise.all(Array.from({ length: 12 }, () => show()));
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(tries.filter(({ body }) => body.code === 'access.too_many_health_codes')).toHaveLength(2);
    world.clock.advance(600_000);
  });

  it('the gate believes the code of whoever shows it, nobody else’s, and keeps it like an answer', async () => {
    const who = await aPass(world);
    const other = await aPass(world);
    const at = () => who.code(world.clock.now());
    const codeFor = (reference: string, hasSymptoms: boolean): string => {
      declared.set(reference, { hasSymptoms });
      return said('/make-code', { reference })!['code'] as string;
    };
    // The service does not know them: a person looks.
    expect(await gate.sees({ code: at() })).toMatchObject({ outcome: 'refer', say: 'health_none' });
    const foreign = codeFor(other.id, false);
    expect(await gate.sees({ code: at(), healthCode: foreign })).toMatchObject({
      outcome: 'refer',
      say: 'health_foreign',
    });
    expect(await gate.sees({ code: at(), healthCode: 'HC-none' })).toMatchObject({
      outcome: 'refer',
      say: 'health_unreadable',
    });
    const stored = () =>
      world.ask(`select as_of from access.health_fact where pass_id = any ($1)`, [[who.id, other.id]]);
    // "Knows nothing of them" was an answer; another's facts were not.
    expect(await stored()).toHaveLength(1);
    heard.length = 0;
    expect(await gate.sees({ code: at(), healthCode: codeFor(who.id, false) })).toMatchObject({
      outcome: 'pass',
      say: 'welcome',
    });
    expect(heard.map(({ path }) => path)).toEqual(['/check-code']);
    world.clock.advance(60_000);
    // Believed for as long as an answer is; a code shown anew is looked at anew.
    expect(await gate.sees({ code: at() })).toMatchObject({ outcome: 'pass' });
    expect(heard).toHaveLength(1);
    world.clock.advance(60_000);
    expect(await gate.sees({ code: at(), healthCode: codeFor(who.id, true) })).toMatchObject({
      outcome: 'refer',
      say: 'health_yellow',
    });
    world.clock.advance(60_000);
    isAbsent = true;
    expect(await gate.sees({ code: at(), healthCode: 'HC-1' })).toMatchObject({ say: 'health_yellow' });
    // What nothing stops is asked nothing.
    heard.length = 0;
    expect(await gate.sees({ urgent: 'dialysis', healthCode: 'HC-1' })).toMatchObject({ say: 'urgent' });
    expect(heard).toEqual([]);
    restored();
    const passages = await world.ask(`select why_cipher from access.passage where pass_id = $1`, [who.id]);
    expect(JSON.stringify(passages)).not.toContain('HC-');
  });

  it('what no answer can be is none at the gate either, and holds nobody up', async () => {
    const travel = { stays: [], hasTimeSpaceLink: false, isFromBorderCounty: false };
    for (const [what, wrong] of [
      ['no day of a calendar', { travel: { ...travel, enteredCountryOn: '2026-02-30' } }],
      ['no moment', { code: { colour: 'green', asOf: 1e300 } }],
      ['too much', {}],
    ] as const) {
      const answer = { code: null, test: null, vaccination: null, travel: null, ...wrong };
      breaks = JSON.stringify(answer).padEnd(what === 'too much' ? 16_385 : 0);
      const who = await aPass(world);
      const said = await gate.sees({ code: who.code(world.clock.now()) });
      expect([what, said]).toMatchObject([what, { outcome: 'refer', say: 'health_unanswered' }]);
    }
    restored();
  });

  it('ends with the measure, on the phone at once', async () => {
    expectStatus(
      await world.people.street.client.post(`/access/measures/${measure.id}/commands?scopeId=${scopeId()}`, {
        action: 'end',
        expectedVersion: measure.version,
        reason: '结束',
      }),
      200,
    );
    world.clock.advance(1_000);
    expect((await asked()).items).toEqual([]);
    expect((await show()).body.code).toBe('access.health_not_asked');
    // A building's measure asks whoever lives there; a street's asks everybody in every compound of it.
    for (const [building, isAsked] of [
      ['13', false],
      ['3', true],
    ] as const) {
      const { id } = await aMeasure(
        world,
        { health_code: green },
        { buildingId: world.near.buildings[building] },
      );
      expect([building, (await asked()).items.length === 1]).toEqual([building, isAsked]);
      await world.admin.query(
        `update access.policy set ends_at = starts_at + interval '1 ms' where policy_id = $1`,
        [id],
      );
      world.clock.advance(1_000);
      expect((await asked()).items).toEqual([]);
    }
    await aMeasure(world, { health_code: green }, { scopeId: world.near.street });
    expect((await asked()).items).toMatchObject([{ passId: pass.id }]);
  });
});
