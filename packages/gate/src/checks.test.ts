import { describe, expect, it } from 'vitest';
import {
  checkAuthorisation,
  checkCapacity,
  checkHealthCode,
  checkIdentity,
  checkLists,
  checkMask,
  checkTemperature,
  checkTest,
  checkTravel,
  checkVaccination,
  checkVehicle,
  popupsOf,
} from './checks.ts';
import type { Hard, Policy, PolicyChecks } from './policy.ts';
import type { CredentialFault, HealthFacts, PassFacts, Seen } from './types.ts';

const at = Date.parse('2026-11-23T08:00:00+08:00');
const hour = 3_600_000;
const pass: PassFacts = {
  ref: '00000000000000a1',
  kind: 'resident',
  status: 'active',
  validFrom: at - hour,
  validTo: at + hour,
  gateIds: null,
  buildingIds: null,
  homeBuildingId: 'b1',
  hours: [],
  entriesAllowed: null,
  entriesUsed: 0,
  shifts: null,
  holdsSpace: false,
};
const seen: Seen = {
  at,
  timeZone: 'Asia/Shanghai',
  direction: 'in',
  gate: { id: 'g1', kind: 'both', direction: 'both', buildingId: null, hours: [] },
  credential: { way: 'code', pass, fault: null },
  urgent: null,
  lists: [],
  temperatureTenths: null,
  health: null,
  wearsMask: null,
  inside: [],
  freeSpaces: null,
};
const withPass = (more: Partial<PassFacts>): Seen => ({
  ...seen,
  credential: { way: 'code', pass: { ...pass, ...more }, fault: null },
});
const nothing: HealthFacts = { code: null, test: null, vaccination: null, travel: null };
const knows = (facts: Partial<HealthFacts>, more: Partial<Seen> = {}): Seen => ({
  ...seen,
  health: { facts: { ...nothing, ...facts }, asOf: at, source: 'answered' },
  ...more,
});
const asks = (checks: PolicyChecks, more: Partial<Policy> = {}): Policy => ({
  id: 'p',
  version: 1,
  buildingId: null,
  from: at - hour,
  to: at + hour,
  checks,
  onNoAnswer: { kind: 'refer' },
  answerWithinMilliseconds: 500,
  answerHoldsMinutes: 30,
  ...more,
});
const codeOf = (found: { code: string; outcome: string } | null) =>
  found === null ? 'ok' : `${found.code} ${found.outcome}`;

describe('identity', () => {
  it.each<[CredentialFault, string]>([
    ['malformed', 'code_malformed refuse'],
    ['forged', 'code_forged refuse'],
    ['expired', 'code_expired refuse'],
    ['not_yet', 'code_not_yet refuse'],
    ['replayed', 'code_replayed refuse'],
    ['foreign', 'code_foreign refuse'],
    ['unknown', 'pass_unknown refer'],
  ])('a code that is %s', (fault, said) => {
    const shown: Seen = { ...seen, credential: { way: 'code', pass: null, fault } };
    expect(codeOf(checkIdentity(shown))).toBe(said);
    // Without any, one leaves as well: it is written down, and keeps nobody inside.
    expect(codeOf(checkIdentity({ ...shown, direction: 'out' }))).toBe(`${said.split(' ')[0]} pass_report`);
  });

  it('of who has nothing with them is a person’s to find out, and nobody asks on the way out', () => {
    const bare: Seen = { ...seen, credential: { way: 'none', pass: null, fault: 'unknown' } };
    expect(codeOf(checkIdentity(bare))).toBe('no_pass refer');
    expect(checkIdentity({ ...bare, direction: 'out' })).toBeNull();
    const guest: Seen = { ...seen, credential: { way: 'visitor_code', pass: null, fault: 'expired' } };
    expect(codeOf(checkIdentity(guest))).toBe('code_expired refuse');
    expect(checkIdentity({ ...guest, direction: 'out' })).toBeNull();
  });
});

describe('authorisation', () => {
  it.each<[string, Partial<PassFacts>, string]>([
    ['from its first moment', { validFrom: at }, 'ok'],
    ['a moment before', { validFrom: at + 1 }, 'pass_not_yet refuse'],
    ['until just before its end', { validTo: at + 1 }, 'ok'],
    ['at its end', { validTo: at }, 'pass_over refuse'],
    ['without an end', { validTo: null }, 'ok'],
    ['with an entry left', { entriesAllowed: 2, entriesUsed: 1 }, 'ok'],
    ['used up', { entriesAllowed: 2, entriesUsed: 2 }, 'pass_used_up refuse'],
    ['suspended', { status: 'suspended' }, 'pass_suspended refer'],
    ['revoked', { status: 'revoked' }, 'pass_revoked refuse'],
    ['for this gate', { gateIds: ['g1'] }, 'ok'],
    ['for another gate', { gateIds: ['g2'] }, 'wrong_gate refuse'],
    ['for a building, at a gate of none', { buildingIds: ['b9'] }, 'ok'],
    ['from 08:00', { hours: [{ days: [1], fromMinute: 480, toMinute: 540 }] }, 'ok'],
    ['until 08:00', { hours: [{ days: [1], fromMinute: 0, toMinute: 480 }] }, 'wrong_hour refuse'],
    ['on Tuesdays', { hours: [{ days: [2], fromMinute: 0, toMinute: 1440 }] }, 'wrong_hour refuse'],
  ])('a pass %s', (_name, more, said) => {
    expect(codeOf(checkAuthorisation(withPass(more)))).toBe(said);
    // Whoever is inside may leave.
    expect(checkAuthorisation({ ...withPass(more), direction: 'out' })).toBeNull();
  });

  it('at the door of a building asks for the building', () => {
    const gate = { ...seen.gate, buildingId: 'b1' };
    expect(checkAuthorisation({ ...withPass({ buildingIds: ['b1'] }), gate })).toBeNull();
    expect(codeOf(checkAuthorisation({ ...withPass({ buildingIds: ['b2'] }), gate }))).toBe(
      'wrong_building refuse',
    );
  });

  it('at a gate for vehicles wants a plate', () => {
    const gate = { ...seen.gate, kind: 'vehicle' as const };
    expect(codeOf(checkAuthorisation({ ...seen, gate }))).toBe('vehicle_gate_only refer');
    expect(checkAuthorisation({ ...seen, gate, credential: { way: 'plate', pass, fault: null } })).toBeNull();
  });

  it('at a gate that only lets out says so', () => {
    const gate = { ...seen.gate, direction: 'out' as const };
    expect(codeOf(checkAuthorisation({ ...seen, gate }))).toBe('wrong_way refuse');
  });

  it('at a closed gate is a person’s to open', () => {
    const gate = { ...seen.gate, hours: [{ days: [1], fromMinute: 540, toMinute: 1200 }] };
    expect(codeOf(checkAuthorisation({ ...seen, gate }))).toBe('gate_closed refer');
  });
});

describe('temperature', () => {
  const rule = { limitTenths: 373, otherwise: 'refer' as const, when: 'in' as const };
  it.each<[number | null, 'at_limit' | 'above_limit', string]>([
    [372, 'at_limit', 'ok'],
    [373, 'at_limit', 'temperature_high refer'],
    [373, 'above_limit', 'ok'],
    [374, 'above_limit', 'temperature_high refer'],
    [null, 'at_limit', 'temperature_missing refer'],
    [339, 'at_limit', 'temperature_implausible refer'],
    [340, 'at_limit', 'ok'],
    [430, 'at_limit', 'temperature_high refer'],
    [431, 'at_limit', 'temperature_implausible refer'],
    [Number.NaN, 'at_limit', 'temperature_implausible refer'],
  ])('%s tenths, counted %s', (temperatureTenths, counts, said) => {
    expect(codeOf(checkTemperature({ temperatureTenths }, { ...rule, counts }))).toBe(said);
  });
});

describe('the health code', () => {
  const rule = { yellow: 'refer', red: 'refuse', popup: 'pass_report', entryDays: 21, when: 'both' } as const;
  const policy = asks({ health_code: rule });
  const of = (one: Seen, p: Policy = policy) => codeOf(checkHealthCode(one, rule, p));
  const midnight = Date.parse('2026-11-23T00:00:00+08:00');

  it.each([
    ['green', 'ok'],
    ['yellow', 'health_yellow refer'],
    ['red', 'health_red refuse'],
    ['expired', 'health_expired refer'],
    ['none', 'health_none refer'],
  ] as const)('that is %s', (colour, said) => {
    expect(of(knows({ code: { colour, asOf: at } }))).toBe(said);
  });

  it('ends at 24:00', () => {
    expect(of(knows({ code: { colour: 'green', asOf: midnight } }))).toBe('ok');
    expect(of(knows({ code: { colour: 'green', asOf: midnight - 1 } }))).toBe('health_expired refer');
    // Red stays red until somebody says otherwise.
    expect(of(knows({ code: { colour: 'red', asOf: midnight - 1 } }))).toBe('health_red refuse');
  });

  it('when the service does not answer follows the policy, by the age of what is known', () => {
    const kept = (minutes: number): Seen => ({
      ...seen,
      health: {
        facts: { ...nothing, code: { colour: 'green', asOf: at - minutes * 60_000 } },
        asOf: at - minutes * 60_000,
        source: 'kept',
      },
    });
    const last = asks({ health_code: rule }, { onNoAnswer: { kind: 'last_known', maxAgeMinutes: 120 } });
    const let_in = asks({ health_code: rule }, { onNoAnswer: { kind: 'pass' } });
    expect(of(kept(30), policy)).toBe('ok');
    expect(of(kept(31), policy)).toBe('health_kept_too_old refer');
    expect(of(kept(120), last)).toBe('ok');
    expect(of(kept(121), last)).toBe('health_kept_too_old refer');
    expect(of(kept(121), let_in)).toBe('health_kept_too_old pass_report');
    expect(of(seen, policy)).toBe('health_unanswered refer');
    expect(of(seen, let_in)).toBe('health_unanswered pass_report');
  });

  it('that is another person’s, or nobody’s, is never taken for a service that is silent', () => {
    const silent = asks({}, { onNoAnswer: { kind: 'pass' } });
    const soft = { otherwise: 'refuse', when: 'both' } as const;
    for (const shownHealth of ['foreign', 'unreadable'] as const)
      for (const one of [seen, knows({}), { ...seen, direction: 'out' as const }]) {
        const shown: Seen = { ...one, shownHealth };
        expect(
          [
            checkHealthCode(shown, rule, silent),
            checkTest(shown, { ...soft, withinHours: 48, from: 'sampling' }, silent),
            checkVaccination(shown, { ...soft, doses: 2 }, silent),
            checkTravel(shown, { ...soft, levels: ['high'], withinDays: 7 }, silent),
          ].map(codeOf),
        ).toEqual(Array(4).fill(`health_${shownHealth} refer`));
      }
  });

  it('a popup is no red code', () => {
    const travel = { stays: [], enteredCountryOn: null, hasTimeSpaceLink: true, isFromBorderCounty: false };
    expect(of(knows({ code: { colour: 'green', asOf: at }, travel }))).toBe('health_popup pass_report');
  });
});

describe('popups', () => {
  const settings = { timeZone: 'Asia/Shanghai', entryDays: 21, testHours: 72, testFrom: 'sampling' as const };
  const clean = { stays: [], enteredCountryOn: null, hasTimeSpaceLink: false, isFromBorderCounty: false };
  const test = { result: 'negative' as const, sampledAt: at - hour, resultAt: at };

  it('after entry on the 1st are counted from the 2nd and clear early on the 23rd', () => {
    const travel = { ...clean, enteredCountryOn: '2022-08-01' };
    const on = (moment: string) => {
      const now = Date.parse(moment);
      return popupsOf({ travel, test: { ...test, sampledAt: now, resultAt: now } }, { ...settings, at: now });
    };
    expect(on('2022-08-01T12:00:00+08:00')).toEqual(['entry']);
    expect(on('2022-08-22T23:59:59+08:00')).toEqual(['entry']);
    expect(on('2022-08-23T00:00:00+08:00')).toEqual([]);
  });

  it('a test clears the one about tests and none of the others', () => {
    const travel = { ...clean, hasTimeSpaceLink: true, isFromBorderCounty: true };
    expect(popupsOf({ travel, test: null }, { ...settings, at })).toEqual(['link', 'border', 'test']);
    expect(popupsOf({ travel, test }, { ...settings, at })).toEqual(['link', 'border']);
  });
});

describe('a test', () => {
  const of = (one: Seen, withinHours: number, from: 'sampling' | 'result' = 'sampling') =>
    codeOf(checkTest(one, { withinHours, from, otherwise: 'refuse', when: 'in' }, asks({})));
  const taken = (
    hoursAgo: number,
    resultHoursAgo: number | null,
    result: 'negative' | 'positive' | 'pending',
  ) =>
    knows({
      test: {
        result,
        sampledAt: at - hoursAgo * hour,
        resultAt: resultHoursAgo === null ? null : at - resultHoursAgo * hour,
      },
    });

  it.each([48, 72])('is worth exactly %i hours', (withinHours) => {
    expect(of(taken(withinHours, 1, 'negative'), withinHours)).toBe('ok');
    expect(of(taken(withinHours + 1 / hour, 1, 'negative'), withinHours)).toBe('test_overdue refuse');
  });

  it('counts from sampling or from its result, as the policy says', () => {
    const one = taken(50, 40, 'negative');
    expect(of(one, 48)).toBe('test_overdue refuse');
    expect(of(one, 48, 'result')).toBe('ok');
  });

  it('that is missing, pending or positive', () => {
    expect(of(knows({}), 48)).toBe('test_missing refuse');
    expect(of(taken(1, null, 'pending'), 48)).toBe('test_pending refer');
    expect(of(seen, 48)).toBe('health_unanswered refer');
  });

  it.each<[Hard, Hard]>([
    ['refuse', 'refer'],
    ['refer', 'refer'],
    ['pass_report', 'pass_report'],
  ])(
    'that is positive is as hard as the measure says (%s), and nobody is turned away from home',
    (otherwise, home) => {
      const positive = taken(1, 0, 'positive');
      const said = (one: Seen) =>
        codeOf(checkTest(one, { withinHours: 48, from: 'sampling', otherwise, when: 'both' }, asks({})));
      const guest = withPass({ kind: 'visitor' }).credential;
      expect(said(positive)).toBe(`test_positive ${home}`);
      expect(said({ ...positive, credential: guest })).toBe(`test_positive ${otherwise}`);
      expect(said({ ...positive, direction: 'out' })).toBe(`test_positive ${otherwise}`);
    },
  );
});

describe('vaccination and travel', () => {
  it('counts doses', () => {
    const of = (doses: number) =>
      codeOf(
        checkVaccination(
          knows({ vaccination: { doses, lastOn: null } }),
          { doses: 2, otherwise: 'pass_report', when: 'in' },
          asks({}),
        ),
      );
    expect([of(1), of(2)]).toEqual(['vaccination_missing pass_report', 'ok']);
  });

  it('counts days after the one on which a place of risk was left', () => {
    const of = (leftOn: string, level: 'high' | 'low' = 'high') =>
      codeOf(
        checkTravel(
          knows({
            travel: {
              stays: [{ level, leftOn }],
              enteredCountryOn: null,
              hasTimeSpaceLink: false,
              isFromBorderCounty: false,
            },
          }),
          { levels: ['high', 'medium'], withinDays: 7, otherwise: 'refer', when: 'in' },
          asks({}),
        ),
      );
    expect(of('2026-11-16')).toBe('travel_high_risk refer');
    expect(of('2026-11-15')).toBe('ok');
    expect(of('2026-11-22', 'low')).toBe('ok');
  });

  it('does not know is not the same as has not been there', () => {
    const rule = { levels: ['high'], withinDays: 7, otherwise: 'refuse', when: 'in' } as const;
    expect(codeOf(checkTravel(knows({}), rule, asks({})))).toBe('travel_unknown refer');
  });
});

describe('lists', () => {
  const listed = (kind: 'deny' | 'watch' | 'isolation', direction: 'in' | 'out') => ({
    ...seen,
    direction,
    lists: [{ id: 'x', kind }],
    credential: withPass({ kind: 'visitor', homeBuildingId: null }).credential,
  });
  it.each<[string, Partial<PassFacts>, string]>([
    ['a resident', { kind: 'resident' }, 'ok'],
    ['a tenant', { kind: 'tenant' }, 'ok'],
    ['who has a card', { kind: 'card' }, 'ok'],
    ['the car of a home', { kind: 'vehicle', holdsSpace: true }, 'ok'],
    ['a car by the month', { kind: 'vehicle', holdsSpace: true, homeBuildingId: null }, 'denied refuse'],
    ['a car that visits', { kind: 'vehicle' }, 'denied refuse'],
    ['a guest', { kind: 'visitor' }, 'denied refuse'],
    ['a helper', { kind: 'helper' }, 'denied refuse'],
  ])('from before somebody moved in keep out nobody who lives here: %s', (_name, more, said) => {
    expect(
      codeOf(
        checkLists({ ...listed('deny', 'in'), ...withPass(more), lists: [{ id: 'x', kind: 'deny' }] }, null),
      ),
    ).toBe(said);
  });
  it('keep out, never in', () => {
    expect(codeOf(checkLists(listed('deny', 'in'), null))).toBe('denied refuse');
    expect(checkLists(listed('deny', 'out'), null)).toBeNull();
    expect(codeOf(checkLists(listed('watch', 'in'), null))).toBe('watched pass_report');
  });
  it('a notice of isolation counts under a policy only, and lets its holder come home', () => {
    expect(checkLists(listed('isolation', 'out'), null)).toBeNull();
    expect(codeOf(checkLists(listed('isolation', 'out'), { otherwise: 'refuse' }))).toBe('isolated refuse');
    expect(codeOf(checkLists(listed('isolation', 'in'), { otherwise: 'refuse' }))).toBe(
      'isolated pass_report',
    );
  });
});

describe('what is plugged in', () => {
  it('asks for a mask', () => {
    const rule = { otherwise: 'refer', when: 'in' } as const;
    expect(codeOf(checkMask({ wearsMask: false }, rule))).toBe('mask_missing refer');
    expect(codeOf(checkMask({ wearsMask: null }, rule))).toBe('mask_unknown refer');
    expect(checkMask({ wearsMask: true }, rule)).toBeNull();
  });
  it('counts who is inside of what the rule is about, and keeps nobody from home', () => {
    const visitor = withPass({ kind: 'visitor' });
    const rule = { most: 100, otherwise: 'refer' } as const;
    const holds = (count: number, buildingId: string | null = null) => ({
      ...visitor,
      inside: [{ buildingId, count }],
    });
    expect(checkCapacity(holds(99), rule, null)).toBeNull();
    expect(codeOf(checkCapacity(holds(100), rule, null))).toBe('inside_full refer');
    expect(checkCapacity({ ...holds(100), direction: 'out' }, rule, null)).toBeNull();
    expect(codeOf(checkCapacity(holds(100, 'b1'), rule, 'b1'))).toBe('inside_full refer');
    // Not counted, or the count of another place: let in, and said so.
    expect(codeOf(checkCapacity(holds(100, 'b1'), rule, null))).toBe('inside_unknown pass_report');
    expect(checkCapacity({ ...seen, inside: [{ buildingId: null, count: 1_000 }] }, rule, null)).toBeNull();
    expect(checkCapacity({ ...seen, inside: [] }, rule, null)).toBeNull();
    const full = [{ buildingId: null, count: 1_000 }];
    for (const own of [{ kind: 'card' }, { kind: 'vehicle', holdsSpace: true }] as const)
      expect(checkCapacity({ ...withPass(own), inside: full }, rule, null)).toBeNull();
    expect(codeOf(checkCapacity({ ...withPass({ kind: 'vehicle' }), inside: full }, rule, null))).toBe(
      'inside_full refer',
    );
  });
  it('counts spaces for vehicles', () => {
    const van: Seen = { ...seen, credential: { way: 'plate', pass, fault: null } };
    const rule = { otherwise: 'refuse' } as const;
    expect(codeOf(checkVehicle({ ...van, freeSpaces: 0 }, rule))).toBe('spaces_full refuse');
    expect(checkVehicle({ ...van, freeSpaces: 1 }, rule)).toBeNull();
    expect(codeOf(checkVehicle({ ...van, freeSpaces: null }, rule))).toBe('spaces_unknown pass_report');
    expect(checkVehicle({ ...van, freeSpaces: 0, direction: 'out' }, rule)).toBeNull();
    expect(checkVehicle({ ...seen, freeSpaces: 0 }, rule)).toBeNull();
    const own: Seen = {
      ...van,
      credential: { way: 'plate', pass: { ...pass, holdsSpace: true }, fault: null },
    };
    expect(checkVehicle({ ...own, freeSpaces: 0 }, rule)).toBeNull();
  });
});

describe('who comes to work', () => {
  it.each([
    ['at the first moment of the shift', [{ from: at, to: at + hour }], 'ok'],
    ['in the last moment of it', [{ from: at - hour, to: at + 1 }], 'ok'],
    ['at its end', [{ from: at - hour, to: at }], 'off_shift refer'],
    ['before it', [{ from: at + 1, to: at + hour }], 'off_shift refer'],
    [
      'in the second of two',
      [
        { from: at - hour, to: at - 1 },
        { from: at, to: at + 1 },
      ],
      'ok',
    ],
    ['on a free day', [], 'off_shift refer'],
  ])('%s', (_, shifts, said) => {
    const staff = withPass({ kind: 'staff', shifts });
    expect(codeOf(checkAuthorisation(staff))).toBe(said);
    // Nobody is kept at work.
    expect(checkAuthorisation({ ...staff, direction: 'out' })).toBeNull();
  });
});
