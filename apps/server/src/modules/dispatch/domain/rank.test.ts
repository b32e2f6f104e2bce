import { movedBy, type Point } from '@gongzhi/kernel';
import { describe, expect, test } from 'vitest';
import {
  defaultRanking,
  type Person,
  rankCandidates,
  type Spot,
  travelMinutes,
  type Wanted,
} from './rank.ts';

const today = '2026-11-23';
const gate: Point = { latitude: 39.9, longitude: 116.4 };
const at = (buildingId: string | null, metres: number | null = null, scopeId = 'c'): Spot => ({
  scopeId,
  buildingId,
  point: metres === null ? null : movedBy(gate, metres, 0),
});
const wanted: Wanted = {
  scopeId: 'c',
  gridId: null,
  skill: 'plumbing',
  isEmergency: false,
  spot: at('b1', 0),
  accusedAccountId: null,
  declinedBy: [],
};
const on = { state: 'on', until: 1, nextFrom: null, compoundIds: [], gridId: null } as const;
const person = (accountId: string, more: Partial<Person> = {}): Person => ({
  accountId,
  role: 'worker',
  skills: [{ skill: 'plumbing', validUntil: null }],
  duty: on,
  openOrders: 0,
  openEmergencies: 0,
  takenToday: 0,
  spot: null,
  spotFrom: null,
  ...more,
});
const order = (people: Person[], asked: Partial<Wanted> = {}) =>
  rankCandidates({ ...wanted, ...asked }, people, defaultRanking, today)
    .filter(({ rank }) => rank !== null)
    .map(({ accountId }) => accountId);
const excluded = (one: Partial<Person>, asked: Partial<Wanted> = {}) =>
  rankCandidates({ ...wanted, ...asked }, [person('x', one)], defaultRanking, today)[0]!.exclusions.map(
    ({ code }) => code,
  );

describe('how far', () => {
  test.each([
    ['the same building', at('b1'), 1],
    // 700 m × 1.3 at 70 m a minute, and a minute for the stairs.
    ['700 metres away', at('b2', 700), 14],
    ['within the compound, no points', at('b2'), 4],
    ['in another compound, no points', at('b9', null, 'd'), 15],
    ['nobody knows', null, 8],
  ])('%s', (_, from, minutes) => {
    expect(travelMinutes(from, wanted.spot, defaultRanking)).toBeCloseTo(minutes, 1);
  });
});

describe('the order of candidates', () => {
  test('nearer goes first, unless they have more in hand', () => {
    const near = person('near', { spot: at('b1') });
    const far = person('far', { spot: at('b2', 700) });
    expect(order([far, near])).toEqual(['near', 'far']);
    expect(order([{ ...near, openOrders: 1 }, far])).toEqual(['far', 'near']);
  });
  test('an emergency weighs distance more than what is in hand, and fairness not at all', () => {
    const near = person('near', { spot: at('b1'), openOrders: 1, takenToday: 9 });
    const far = person('far', { spot: at('b2', 700) });
    expect(order([far, near], { isEmergency: true })).toEqual(['near', 'far']);
  });
  test('another emergency in hand is not left: it counts whole, and it is said', () => {
    const near = person('near', { spot: at('b1'), openOrders: 1, openEmergencies: 1 });
    const far = person('far', { spot: at('b2', 700) });
    expect(order([near, far], { isEmergency: true })).toEqual(['far', 'near']);
    const said = (isEmergency: boolean) =>
      rankCandidates({ ...wanted, isEmergency }, [near], defaultRanking, today)[0]!.reasons.flatMap(
        (reason) => (reason.code === 'emergency' ? [reason.count] : []),
      );
    expect([said(true), said(false)]).toEqual([[1], []]);
  });
  test('who has taken less today goes first among equals', () => {
    expect(order([person('much', { takenToday: 4 }), person('little', { takenToday: 1 })])).toEqual([
      'little',
      'much',
    ]);
  });
  test('the own grid goes first', () => {
    const inGrid = (gridId: string) => ({ duty: { ...on, gridId } });
    expect(order([person('a', inGrid('g2')), person('b', inGrid('g1'))], { gridId: 'g1' })).toEqual([
      'b',
      'a',
    ]);
  });
  test('equal in all is equal every time, whoever is listed first', () => {
    const [a, b] = [person('a'), person('b')];
    expect(order([a, b])).toEqual(order([b, a]));
  });
  test('nobody at all is no error', () => {
    expect(rankCandidates(wanted, [], defaultRanking, today)).toEqual([]);
  });
});

describe('who is left out, and why', () => {
  const off = { state: 'off', until: null, nextFrom: 5, compoundIds: [], gridId: null } as const;
  test.each<[string, Partial<Person>, Partial<Wanted>, string[]]>([
    ['on shift with the skill', {}, {}, []],
    ['no roster is kept', { duty: { ...off, state: 'unplanned' } }, {}, []],
    ['off shift', { duty: off }, {}, ['off_shift']],
    ['on leave', { duty: { ...off, state: 'away' } }, {}, ['away']],
    ['on call at home', { duty: { ...off, state: 'standby' } }, {}, ['standby_only']],
    ['on call at home, an emergency', { duty: { ...off, state: 'standby' } }, { isEmergency: true }, []],
    ['another trade', { skills: [{ skill: 'lift', validUntil: null }] }, {}, ['skill_missing']],
    ['another trade, a question', { skills: [] }, { skill: 'office' }, []],
    ['the certificate’s last day', { skills: [{ skill: 'plumbing', validUntil: today }] }, {}, []],
    [
      'the day after',
      { skills: [{ skill: 'plumbing', validUntil: '2026-11-22' }] },
      {},
      ['certificate_lapsed'],
    ],
    ['put elsewhere', { duty: { ...on, compoundIds: ['d'] } }, {}, ['other_area']],
    ['put here too', { duty: { ...on, compoundIds: ['d', 'c'] } }, {}, []],
    ['declined before', {}, { declinedBy: ['x'] }, ['declined']],
    ['accused', {}, { accusedAccountId: 'x' }, ['accused']],
    ['a colleague of the accused', {}, { accusedAccountId: 'y' }, ['manager_only']],
    ['the manager of the accused', { role: 'manager' }, { accusedAccountId: 'y' }, []],
    ['off shift and untrained', { duty: off, skills: [] }, {}, ['skill_missing', 'off_shift']],
  ])('%s', (_, one, asked, codes) => {
    expect(excluded(one, asked)).toEqual(codes);
  });

  test('stands after who can go: first who may be sent all the same, then who may not', () => {
    const ranked = rankCandidates(
      wanted,
      [person('untrained', { skills: [] }), person('off', { duty: off }), person('ready')],
      defaultRanking,
      today,
    );
    expect(ranked.map(({ accountId, rank }) => [accountId, rank])).toEqual([
      ['ready', 1],
      ['off', null],
      ['untrained', null],
    ]);
  });

  test('each rank comes with its reasons', () => {
    const [best] = rankCandidates(
      wanted,
      [person('a', { spot: at('b1'), spotFrom: 'phone', openOrders: 2, takenToday: 3 })],
      defaultRanking,
      today,
    );
    expect(best!.reasons).toEqual([
      { code: 'on_shift', until: 1 },
      { code: 'skill', skill: 'plumbing', validUntil: null },
      { code: 'travel', minutes: 1, from: 'phone' },
      { code: 'load', count: 2 },
      { code: 'taken', count: 3, mean: 3 },
    ]);
    expect(best!.cost).toBe(1 + 50);
  });
});
