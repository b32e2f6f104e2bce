import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksForHealth, decide, rankOf } from './decide.ts';
import { faultOfPolicy, type Hard, type Policy, type PolicyChecks } from './policy.ts';
import { OUTCOMES, type Seen, URGENT_TRIPS } from './types.ts';

const at = Date.parse('2026-11-23T08:00:00+08:00');
const hour = 3_600_000;
const everything: PolicyChecks = {
  temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refuse', when: 'both' },
  health_code: { yellow: 'refer', red: 'refuse', popup: 'refer', entryDays: 21, when: 'both' },
  test: { withinHours: 48, from: 'sampling', otherwise: 'refuse', when: 'both' },
  vaccination: { doses: 2, otherwise: 'pass_report', when: 'both' },
  travel: { levels: ['high'], withinDays: 7, otherwise: 'refer', when: 'both' },
  list: { otherwise: 'refuse' },
  mask: { otherwise: 'refer', when: 'both' },
  capacity: { most: 10, otherwise: 'refer' },
  vehicle: { otherwise: 'refuse' },
};
const policy = (checks: PolicyChecks, more: Partial<Policy> = {}): Policy => ({
  id: 'p1',
  version: 3,
  buildingId: null,
  from: at - hour,
  to: at + hour,
  checks,
  onNoAnswer: { kind: 'refer' },
  answerWithinMilliseconds: 500,
  answerHoldsMinutes: 30,
  ...more,
});
const resident: Seen = {
  at,
  timeZone: 'Asia/Shanghai',
  direction: 'in',
  gate: { id: 'g1', kind: 'both', direction: 'both', buildingId: null, hours: [] },
  credential: {
    way: 'code',
    fault: null,
    pass: {
      ref: '00000000000000a1',
      kind: 'resident',
      status: 'active',
      validFrom: 0,
      validTo: null,
      gateIds: null,
      buildingIds: null,
      homeBuildingId: 'b1',
      hours: [],
      entriesAllowed: null,
      entriesUsed: 0,
      shifts: null,
      holdsSpace: false,
    },
  },
  urgent: null,
  lists: [],
  temperatureTenths: null,
  health: null,
  wearsMask: null,
  inside: [],
  freeSpaces: null,
};

describe('without a policy', () => {
  it('only who and whether count, whatever else is known', () => {
    const verdict = decide({ ...resident, temperatureTenths: 400, wearsMask: false }, []);
    expect(verdict).toMatchObject({ outcome: 'pass', say: 'welcome', policies: [], overriders: [] });
    expect(verdict.findings.map(({ check }) => check)).toEqual(['identity', 'authorisation']);
  });
});

describe('a policy', () => {
  it('counts from its first moment until just before its last', () => {
    const hot = { ...resident, temperatureTenths: 400 };
    const of = (from: number, to: number) => decide(hot, [policy(everything, { from, to })]).policies.length;
    expect([of(at, at + 1), of(at + 1, at + 2), of(at - 2, at), of(at - 1, at + 1)]).toEqual([1, 0, 0, 1]);
  });

  it('of one building counts at its door and for who lives there, and for nobody else', () => {
    const hot = { ...resident, temperatureTenths: 400 };
    const ofBuilding = (buildingId: string) => [
      policy({ temperature: everything.temperature! }, { buildingId }),
    ];
    expect(decide(hot, ofBuilding('b1')).outcome).toBe('refuse');
    expect(decide(hot, ofBuilding('b2')).outcome).toBe('pass');
    expect(decide({ ...hot, gate: { ...hot.gate, buildingId: 'b2' } }, ofBuilding('b2')).outcome).toBe(
      'refuse',
    );
  });

  it('says what was found, what to say, and who can override all of it', () => {
    const one = { ...resident, temperatureTenths: 380, wearsMask: false };
    const { temperature, mask } = everything;
    const verdict = decide(one, [policy({ temperature: temperature!, mask: mask! })]);
    expect(verdict).toMatchObject({
      outcome: 'refuse',
      say: 'temperature_high',
      params: { tenths: 380, limit: 373 },
      policies: [{ id: 'p1', version: 3 }],
      // The guard may speak for the mask, the committee for the temperature: only the manager for both.
      overriders: ['manager'],
    });
  });

  it('knows whether health is asked about at all', () => {
    expect(asksForHealth(resident, [policy({ mask: everything.mask! })])).toBeNull();
    expect(asksForHealth(resident, [policy(everything)])?.id).toBe('p1');
    expect(asksForHealth({ ...resident, urgent: 'birth' }, [policy(everything)])).toBeNull();
    const inOnly = policy({ test: { ...everything.test!, when: 'in' } });
    expect(asksForHealth({ ...resident, direction: 'out' }, [inOnly])).toBeNull();
    // An answer that is young enough for one and too old for the other is asked for again.
    const strict = policy(everything, { id: 'p2', answerHoldsMinutes: 5 });
    expect(asksForHealth(resident, [policy(everything), strict])?.id).toBe('p2');
    expect(asksForHealth(resident, [strict, policy(everything)])?.id).toBe('p2');
  });
});

describe('an urgent trip', () => {
  it.each(URGENT_TRIPS)('%s passes at once under every measure, list and lack of a pass', (urgent) => {
    const worst: Seen = {
      ...resident,
      urgent,
      direction: 'out',
      credential: { way: 'none', pass: null, fault: 'unknown' },
      lists: [
        { id: 'x', kind: 'deny' },
        { id: 'y', kind: 'isolation' },
      ],
      temperatureTenths: 410,
    };
    expect(decide(worst, [policy(everything)])).toMatchObject({
      outcome: 'pass_report',
      say: 'urgent',
      urgent,
      findings: [],
    });
  });
});

describe('a measure', () => {
  const draft = {
    authority: '某区疾病预防控制机构',
    documentNo: '〔2026〕12号',
    from: at,
    to: at + hour,
    checks: everything,
    seals: [],
  };
  it.each([
    [{}, null],
    [{ authority: ' ' }, 'authority_missing'],
    [{ documentNo: '' }, 'document_missing'],
    [{ to: null }, 'end_missing'],
    [{ to: at }, 'end_before_start'],
    [{ to: at + 366 * 24 * hour }, null],
    [{ to: at + 366 * 24 * hour + 1 }, 'too_long'],
    [{ checks: {} }, 'no_checks'],
    [{ seals: ['fire_exit'] as const }, 'seals'],
    [{ seals: ['unit_door'] as const }, 'seals'],
    [{ seals: ['gate'] as const }, 'seals'],
  ])('%j', (change, fault) => {
    expect(faultOfPolicy({ ...draft, ...change })).toBe(fault);
  });
});

describe('laws', () => {
  const hard = fc.constantFrom<Hard>('pass_report', 'refer', 'refuse');
  const when = fc.constantFrom<'in' | 'out' | 'both'>('in', 'out', 'both');
  const checks: fc.Arbitrary<PolicyChecks> = fc.record(
    {
      temperature: fc.record({
        limitTenths: fc.integer({ min: 360, max: 380 }),
        counts: fc.constantFrom<'at_limit' | 'above_limit'>('at_limit', 'above_limit'),
        otherwise: hard,
        when,
      }),
      mask: fc.record({ otherwise: hard, when }),
      list: fc.record({ otherwise: hard }),
      test: fc.record({
        withinHours: fc.constantFrom(24, 48, 72),
        from: fc.constant<'sampling'>('sampling'),
        otherwise: hard,
        when,
      }),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<PolicyChecks>;
  const anySeen = fc
    .record({
      direction: fc.constantFrom<'in' | 'out'>('in', 'out'),
      temperatureTenths: fc.option(fc.integer({ min: 300, max: 450 })),
      wearsMask: fc.option(fc.boolean()),
      lists: fc.array(
        fc.record({
          id: fc.constant('x'),
          kind: fc.constantFrom<'deny' | 'watch' | 'isolation'>('deny', 'watch', 'isolation'),
        }),
        { maxLength: 2 },
      ),
    })
    .map((more): Seen => ({ ...resident, ...more }));

  it('a policy never makes an outcome milder', () => {
    fc.assert(
      fc.property(anySeen, checks, (seen, asked) => {
        const [bare, under] = [decide(seen, []), decide(seen, [policy(asked)])];
        expect(rankOf(under.outcome)).toBeGreaterThanOrEqual(rankOf(bare.outcome));
      }),
    );
  });

  it('the outcome is the worst of the findings, and what stops somebody has a reason', () => {
    fc.assert(
      fc.property(anySeen, checks, (seen, asked) => {
        const verdict = decide(seen, [policy(asked)]);
        const worst = Math.max(...verdict.findings.map(({ outcome }) => rankOf(outcome)));
        expect(verdict.outcome).toBe(OUTCOMES[worst]);
        if (rankOf(verdict.outcome) >= rankOf('refer'))
          expect(verdict.findings.some(({ code }) => code === verdict.say)).toBe(true);
      }),
    );
  });

  it('two policies come to the same in either order', () => {
    fc.assert(
      fc.property(anySeen, checks, checks, (seen, a, b) => {
        const [one, two] = [policy(a), policy(b, { id: 'p2' })];
        expect(decide(seen, [one, two]).outcome).toBe(decide(seen, [two, one]).outcome);
      }),
    );
  });
});
