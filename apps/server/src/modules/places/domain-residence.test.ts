import fc from 'fast-check';
import { addDays } from '@gongzhi/kernel';
import { describe, expect, it } from 'vitest';
import { arePeriodsOverlapping, isCurrent, RELATIONS } from './domain.ts';
import {
  decideResidence,
  type ResidenceCommand,
  residencyOf,
  stateOf,
  type Tie,
} from './domain-residence.ts';

const today = '2026-11-21';
const tie = (
  occupancyId: string,
  personId: string,
  relation: Tie['relation'],
  startsOn: string,
  endsOn: string | null = null,
): Tie => ({ occupancyId, personId, relation, startsOn, endsOn });

const wang = tie('wang', 'wang', 'owner', '2011-05-18');
const wife = tie('wife', 'wife', 'family', '2012-01-01');
const lodger = tie('lodger', 'lodger', 'tenant', '2025-06-01');
const gone = tie('gone', 'gone', 'tenant', '2020-01-01', '2022-01-01');
const all = [wang, wife, lodger, gone];

const moveIn = (more: Partial<Extract<ResidenceCommand, { action: 'move_in' }>> = {}) =>
  ({
    action: 'move_in',
    personId: 'new',
    relation: 'tenant',
    startsOn: today,
    endsOn: null,
    ...more,
  }) as const;
const moveOut = (occupancyId: string, endsOn: string) =>
  ({ action: 'move_out', occupancyId, endsOn }) as const;
const sell = (soldOn: string, buyerPersonId = 'buyer', doTenantsStay = true) =>
  ({ action: 'sell', soldOn, buyerPersonId, doTenantsStay }) as const;

describe('moving in', () => {
  it.each([
    ['today', moveIn(), null],
    ['on a day to come', moveIn({ startsOn: '2027-01-01' }), null],
    ['for one day', moveIn({ endsOn: '2026-11-22' }), null],
    ['and out on the same day', moveIn({ endsOn: today }), 'end_not_after_start'],
    ['and out before', moveIn({ endsOn: '2026-11-20' }), 'end_not_after_start'],
    ['as what one is already', moveIn({ personId: 'lodger' }), 'overlap'],
    ['as something else beside it', moveIn({ personId: 'lodger', relation: 'family' }), null],
    ['again, on the day the last time ended', moveIn({ personId: 'gone', startsOn: '2022-01-01' }), null],
    ['again, a day too early', moveIn({ personId: 'gone', startsOn: '2021-12-31' }), 'overlap'],
    [
      'before, until the day it began',
      moveIn({ personId: 'gone', startsOn: '2019-01-01', endsOn: '2020-01-01' }),
      null,
    ],
    ['in the year 26', moveIn({ startsOn: '0026-11-21' }), 'date_out_of_range'],
    ['in the year 2062', moveIn({ startsOn: '2062-11-21' }), 'date_out_of_range'],
  ])('%s: %o → %s', (_, command, fault) => {
    const decided = decideResidence(command, all, today);
    expect(decided.ok ? null : decided.error).toBe(fault);
  });
});

describe('moving out', () => {
  it.each([
    ['today', moveOut('lodger', today), null],
    ['on a day to come', moveOut('lodger', '2027-01-01'), null],
    ['a while ago', moveOut('lodger', '2025-06-02'), null],
    ['on the first day', moveOut('lodger', '2025-06-01'), 'end_not_after_start'],
    ['who has left already', moveOut('gone', '2023-01-01'), 'already_ended'],
    ['who never lived there', moveOut('nobody', today), 'relation_unknown'],
  ])('%s', (_, command, fault) => {
    const decided = decideResidence(command, all, today);
    expect(decided.ok ? null : decided.error).toBe(fault);
  });
  it('may be put off while it lies ahead, and not on the day itself', () => {
    const leaving = (endsOn: string) => [tie('lodger', 'lodger', 'tenant', '2025-06-01', endsOn)];
    expect(decideResidence(moveOut('lodger', '2027-03-01'), leaving('2026-11-22'), today).ok).toBe(true);
    expect(decideResidence(moveOut('lodger', '2027-03-01'), leaving(today), today)).toMatchObject({
      error: 'already_ended',
    });
  });
  it('is not put off into the next time', () => {
    const twice = [
      tie('a', 'lodger', 'tenant', '2025-06-01', '2027-01-01'),
      tie('b', 'lodger', 'tenant', '2027-02-01'),
    ];
    expect(decideResidence(moveOut('a', '2027-02-01'), twice, today).ok).toBe(true);
    expect(decideResidence(moveOut('a', '2027-02-02'), twice, today)).toMatchObject({ error: 'overlap' });
  });
});

describe('a sale', () => {
  it('ends owner and family on its day and begins the buyer, tenants stay', () => {
    expect(decideResidence(sell('2026-12-01'), all, today)).toEqual({
      ok: true,
      value: {
        starts: [{ personId: 'buyer', relation: 'owner', startsOn: '2026-12-01', endsOn: null }],
        ends: [
          { occupancyId: 'wang', personId: 'wang', endsOn: '2026-12-01' },
          { occupancyId: 'wife', personId: 'wife', endsOn: '2026-12-01' },
        ],
        voids: [],
      },
    });
  });
  it('ends tenants too when their lease ends with it', () => {
    const decided = decideResidence(sell(today, 'buyer', false), all, today);
    expect(decided.ok && decided.value.ends.map((end) => end.occupancyId)).toEqual([
      'wang',
      'wife',
      'lodger',
    ]);
  });
  it('to the tenant makes an owner of him on that day', () => {
    const decided = decideResidence(sell(today, 'lodger'), all, today);
    expect(decided.ok && decided.value.ends.map((end) => end.occupancyId)).toEqual([
      'wang',
      'wife',
      'lodger',
    ]);
    expect(decided.ok && decided.value.starts).toEqual([
      { personId: 'lodger', relation: 'owner', startsOn: today, endsOn: null },
    ]);
  });
  it('to one of two owners leaves that one as before', () => {
    const two = [wang, tie('li', 'li', 'owner', '2011-05-18')];
    const decided = decideResidence(sell(today, 'li'), two, today);
    expect(decided).toEqual({
      ok: true,
      value: { starts: [], ends: [{ occupancyId: 'wang', personId: 'wang', endsOn: today }], voids: [] },
    });
    expect(decideResidence(sell(today, 'wang'), all, today)).toMatchObject({ error: 'buyer_owns' });
  });
  it('keeps whoever was still to come from coming, and does not touch who has left', () => {
    const daughter = tie('daughter', 'daughter', 'family', '2026-12-01');
    const decided = decideResidence(sell('2026-12-01'), [...all, daughter], today);
    expect(decided.ok && decided.value.voids).toEqual([{ occupancyId: 'daughter', personId: 'daughter' }]);
    expect(decided.ok && decided.value.ends.map((end) => end.occupancyId)).not.toContain('gone');
  });
  it('before a later one is refused', () => {
    const later = tie('later', 'later', 'owner', '2026-12-02');
    expect(decideResidence(sell('2026-12-01'), [wang, later], today)).toMatchObject({ error: 'owned_later' });
    expect(decideResidence(sell('2026-12-02'), [wang, later], today).ok).toBe(true);
  });
  it('of an empty home only begins', () => {
    expect(decideResidence(sell(today), [], today)).toMatchObject({
      ok: true,
      value: { ends: [], voids: [] },
    });
  });
});

it('whatever is decided, relations end after they begin and the same one never holds twice', () => {
  const day = fc.integer({ min: -60, max: 60 }).map((days) => addDays(today, days));
  const person = fc.constantFrom('a', 'b', 'c');
  const command: fc.Arbitrary<ResidenceCommand> = fc.oneof(
    fc.record({
      action: fc.constant('move_in' as const),
      personId: person,
      relation: fc.constantFrom(...RELATIONS),
      startsOn: day,
      endsOn: fc.option(day),
    }),
    fc.record({ action: fc.constant('move_out' as const), occupancyId: fc.nat(12).map(String), endsOn: day }),
    fc.record({
      action: fc.constant('sell' as const),
      soldOn: day,
      buyerPersonId: person,
      doTenantsStay: fc.boolean(),
    }),
    fc.record({ action: fc.constant('correct' as const), occupancyId: fc.nat(12).map(String) }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 14 }), (commands) => {
      let ties: Tie[] = [];
      let next = 0;
      for (const one of commands) {
        const decided = decideResidence(one, ties, today);
        if (!decided.ok) continue;
        const { starts, ends, voids } = decided.value;
        ties = ties
          .filter((t) => !voids.some((v) => v.occupancyId === t.occupancyId))
          .map((t) => ({
            ...t,
            endsOn: ends.find((e) => e.occupancyId === t.occupancyId)?.endsOn ?? t.endsOn,
          }))
          .concat(starts.map((start) => ({ ...start, occupancyId: String(next++) })));
        if (one.action === 'sell') {
          const owners = ties.filter((t) => t.relation === 'owner' && isCurrent(t, one.soldOn));
          expect(owners.map((t) => t.personId)).toEqual([one.buyerPersonId]);
        }
        for (const t of ties) if (t.endsOn !== null) expect(t.startsOn < t.endsOn).toBe(true);
        for (const [i, a] of ties.entries())
          for (const b of ties.slice(i + 1))
            expect(
              a.personId === b.personId && a.relation === b.relation && arePeriodsOverlapping(a, b),
            ).toBe(false);
      }
    }),
  );
});

it.each([
  [[], null],
  [[['2020-01-01', '2021-01-01']], ['2020-01-01', '2021-01-01']],
  [
    [
      ['2024-01-01', null],
      ['2020-01-01', '2021-01-01'],
    ],
    ['2020-01-01', null],
  ],
  [
    [
      ['2020-01-01', '2023-01-01'],
      ['2021-01-01', '2022-01-01'],
    ],
    ['2020-01-01', '2023-01-01'],
  ],
] as [[string, string | null][], [string, string | null] | null][])(
  '%j lets somebody act as a resident in %j',
  (periods, whole) => {
    expect(residencyOf(periods.map(([startsOn, endsOn]) => ({ startsOn, endsOn })))).toEqual(
      whole === null ? null : { startsOn: whole[0], endsOn: whole[1] },
    );
  },
);

it.each([
  ['2026-11-21', null, 'current'],
  ['2026-11-22', null, 'coming'],
  ['2026-11-20', '2026-11-21', 'past'],
  ['2026-11-20', '2026-11-22', 'current'],
] as const)('from %s until %s is %s', (startsOn, endsOn, state) => {
  expect(stateOf({ startsOn, endsOn }, today)).toBe(state);
});
