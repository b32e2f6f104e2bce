import { MINUTE, SECOND } from '@gongzhi/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer, beginRound, follow, isRefused, type Mode, MODES, type Task, tick } from './offers.ts';
import type { Ranked } from './rank.ts';

const settings = { turnSeconds: 60, grabSeconds: 120, emergencySeconds: 300 };
const ranked = (...ids: string[]): Ranked[] =>
  ids.map((accountId, i) => ({
    accountId,
    rank: i + 1,
    cost: i,
    travelMinutes: 1,
    reasons: [],
    exclusions: [],
  }));
const leftOut: Ranked = { ...ranked('out')[0]!, rank: null };
const abc = [...ranked('a', 'b', 'c'), leftOut];
const begun = (mode: Mode, isEmergency = false) => beginRound(1, mode, isEmergency, 0);
const states = (task: Task) => task.offers.map(({ accountId, state }) => `${accountId} ${state}`);
const said = (task: Task, who: string, word: 'accept' | 'decline', now: number): Task => {
  const answered = answer(task, who, word, now);
  if ('fault' in answered) throw new Error(answered.fault);
  return answered.task;
};
const refused = (task: Task, who: string, now: number) => {
  const answered = answer(task, who, 'accept', now);
  return 'fault' in answered ? answered.fault : null;
};

describe('in turn', () => {
  test('the best is asked, and the next when the countdown has run out', () => {
    const first = tick(begun('in_turn'), abc, settings, 0);
    expect([states(first), first.nextDueAt]).toEqual([['a open'], 60 * SECOND + 1]);
    // Exactly at the end it can still be taken.
    expect(refused(first, 'a', 60 * SECOND)).toBeNull();
    expect(states(tick(first, abc, settings, 60 * SECOND))).toEqual(['a open']);
    const second = tick(first, abc, settings, 60 * SECOND + 1);
    expect(states(second)).toEqual(['a expired', 'b open']);
    expect(refused(second, 'a', 61 * SECOND)).toBe('dispatch.offer_gone');
  });
  test('a no lets the next be asked at once', () => {
    const first = tick(begun('in_turn'), abc, settings, 0);
    const declined = said(first, 'a', 'decline', 5);
    expect(declined.nextDueAt).toBe(5);
    expect(states(tick(declined, abc, settings, 5))).toEqual(['a declined', 'b open']);
  });
  test('when all were asked it is the desk’s', () => {
    let task = begun('in_turn');
    for (let i = 0; i < 4; i++) task = tick(task, abc, settings, i * 61 * SECOND);
    expect([task.state, task.nextDueAt, states(task)]).toEqual([
      'exhausted',
      null,
      ['a expired', 'b expired', 'c expired'],
    ]);
  });
  test('with nobody it is the desk’s at once', () => {
    expect(tick(begun('in_turn'), [leftOut], settings, 0).state).toBe('exhausted');
  });
});

describe('while nobody is on shift', () => {
  const offUntil = (accountId: string, minutes: number | null): Ranked => ({
    ...ranked(accountId)[0]!,
    rank: null,
    exclusions: [{ code: 'off_shift', nextFrom: minutes === null ? null : minutes * MINUTE }],
  });
  test.each(['in_turn', 'grab'] as const)('%s: it is the desk’s, and asked when they come', (mode) => {
    const night = tick(begun(mode), [offUntil('a', 25), offUntil('b', 29)], settings, 0);
    expect([night.state, night.nextDueAt]).toEqual(['exhausted', 25 * MINUTE]);
    expect(tick(night, ranked('a'), settings, 25 * MINUTE - 1)).toBe(night);
    expect(states(tick(night, ranked('a'), settings, 25 * MINUTE))).toEqual(['a open']);
  });
  test('a shift that is far off is looked for again meanwhile: rosters change', () => {
    const night = tick(begun('in_turn'), [offUntil('a', 360)], settings, 0);
    expect(night.nextDueAt).toBe(30 * MINUTE);
    const still = tick(night, [offUntil('a', 360)], settings, 30 * MINUTE);
    expect([still.state, still.nextDueAt]).toEqual(['exhausted', 60 * MINUTE]);
  });
  test('whoever has said no is not waited for, nor who never comes or may not go', () => {
    const first = said(tick(begun('in_turn'), ranked('a'), settings, 0), 'a', 'decline', 1);
    expect(tick(first, [offUntil('a', 25)], settings, 1)).toMatchObject({
      state: 'exhausted',
      nextDueAt: null,
    });
    const unable: Ranked = {
      ...offUntil('b', 25),
      exclusions: [...offUntil('b', 25).exclusions, { code: 'skill_missing', skill: 'lift' }],
    };
    expect(tick(begun('in_turn'), [offUntil('a', null), unable], settings, 0).nextDueAt).toBeNull();
  });
});

describe('grab', () => {
  test('all are asked at once, and the first has it', () => {
    const asked = tick(begun('grab'), abc, settings, 0);
    expect(states(asked)).toEqual(['a open', 'b open', 'c open']);
    const taken = said(asked, 'b', 'accept', 5);
    expect([taken.state, states(taken)]).toEqual(['closed', ['a withdrawn', 'b accepted', 'c withdrawn']]);
    expect(refused(taken, 'a', 5)).toBe('dispatch.taken');
    expect(refused(taken, 'b', 5)).toBe('dispatch.taken');
  });
  test('nobody who came later is asked, and after the time it is the desk’s', () => {
    const asked = tick(begun('grab'), abc, settings, 0);
    const later = tick(asked, [...abc, ...ranked('d')], settings, 120 * SECOND + 1);
    expect([later.state, states(later)]).toEqual(['exhausted', ['a expired', 'b expired', 'c expired']]);
  });
});

describe('an emergency', () => {
  test.each([...MODES])('%s: all are asked at once', (mode) => {
    expect(states(tick(begun(mode, true), abc, settings, 0))).toEqual(['a open', 'b open', 'c open']);
  });
  test('who is on call at home is asked when nobody at work says yes in a minute, or all have said no', () => {
    const home: Ranked = {
      ...ranked('h')[0]!,
      rank: 3,
      reasons: [{ code: 'standby', until: null }],
    };
    const some = [...ranked('a', 'b'), home];
    const first = tick(begun('in_turn', true), some, settings, 0);
    expect(states(first)).toEqual(['a open', 'b open']);
    expect(states(tick(first, some, settings, 60 * SECOND - 1))).toEqual(['a open', 'b open']);
    expect(states(tick(first, some, settings, 60 * SECOND))).toEqual(['a open', 'b open', 'h open']);
    const refusedByAll = said(said(first, 'a', 'decline', 5), 'b', 'decline', 6);
    expect(refusedByAll.nextDueAt).toBe(6);
    expect(isRefused(tick(refusedByAll, some, settings, 6))).toBe(false);
    const last = said(tick(refusedByAll, some, settings, 6), 'h', 'decline', 7);
    expect(isRefused(tick(last, some, settings, 7))).toBe(true);
    expect(isRefused(tick(begun('in_turn', true), [], settings, 0))).toBe(false);
    expect(states(tick(refusedByAll, some, settings, 6))).toEqual(['a declined', 'b declined', 'h open']);
    expect(states(tick(begun('in_turn', true), [home], settings, 0))).toEqual(['h open']);
  });
  test('who has another emergency in hand is asked last, after who is on call at home', () => {
    const [free, home, taken] = ranked('a', 'h', 't') as [Ranked, Ranked, Ranked];
    const some: Ranked[] = [
      { ...taken, reasons: [{ code: 'emergency', count: 1 }] },
      free,
      { ...home, reasons: [{ code: 'standby', until: null }] },
    ];
    const first = tick(begun('in_turn', true), some, settings, 0);
    expect(states(first)).toEqual(['a open']);
    const second = tick(first, some, settings, 60 * SECOND);
    expect(states(second)).toEqual(['a open', 'h open']);
    expect(states(tick(second, some, settings, 120 * SECOND - 1))).toEqual(['a open', 'h open']);
    expect(states(tick(second, some, settings, 120 * SECOND))).toEqual(['a open', 'h open', 't open']);
    // With nobody else it is theirs at once.
    expect(states(tick(begun('in_turn', true), [some[0]!], settings, 0))).toEqual(['t open']);
  });
  test('who says nothing is rung up again every minute, five times in all; who has answered is not', () => {
    let task = said(tick(begun('in_turn', true), abc, settings, 0), 'b', 'decline', 1);
    const rung = () => task.offers.map(({ accountId, rungAt }) => `${accountId} ${rungAt / SECOND}`);
    for (const [second, expected] of [
      [59.999, ['a 0', 'b 0', 'c 0']],
      [60, ['a 60', 'b 0', 'c 60']],
      [119.999, ['a 60', 'b 0', 'c 60']],
      [180, ['a 180', 'b 0', 'c 180']],
      [240, ['a 240', 'b 0', 'c 240']],
      [300, ['a 240', 'b 0', 'c 240']],
    ] as const) {
      task = tick(task, abc, settings, second * SECOND);
      expect(rung()).toEqual(expected);
    }
    // A tap that drips rings once.
    const asked = tick(begun('in_turn'), abc, settings, 0);
    expect(tick(asked, abc, settings, 60 * SECOND).offers[0]?.rungAt).toBe(0);
  });
  test('who comes on shift is asked, and it never rests', () => {
    const none = tick(begun('in_turn', true), [], settings, 0);
    expect([none.state, none.nextDueAt]).toEqual(['waiting', 20 * SECOND]);
    const one = tick(none, ranked('a'), settings, 20 * SECOND);
    expect(states(one)).toEqual(['a open']);
    const two = tick(one, abc, settings, 40 * SECOND);
    expect(states(two)).toEqual(['a open', 'b open', 'c open']);
  });
});

describe('following the order', () => {
  const waiting = { isWaiting: true, isEmergency: false, mode: 'in_turn' } as const;
  test('by hand nobody is asked', () => {
    const task = follow(null, { ...waiting, mode: 'by_hand' }, 0)!;
    expect([task.state, tick(task, abc, settings, 9).offers]).toEqual(['by_hand', []]);
  });
  test('what somebody has is no longer offered; what they send back begins a new round', () => {
    const asked = tick(begun('in_turn'), abc, settings, 0);
    const has = follow(asked, { ...waiting, isWaiting: false }, 1)!;
    expect([has.state, states(has)]).toEqual(['closed', ['a withdrawn']]);
    expect(follow(has, waiting, 2)).toMatchObject({ round: 2, state: 'waiting', offers: [] });
  });
  test('the same news twice changes nothing', () => {
    const asked = tick(begun('in_turn'), abc, settings, 0);
    expect(follow(asked, waiting, 1)).toBe(asked);
  });
  test('what becomes an emergency is everybody’s, who had declined as well', () => {
    const declined = said(tick(begun('in_turn'), abc, settings, 0), 'a', 'decline', 1);
    const urgent = follow(declined, { ...waiting, isEmergency: true }, 2)!;
    expect(states(tick(urgent, abc, settings, 2))).toEqual(['a open', 'b open', 'c open']);
  });
  test('what never waited is none of dispatch’s', () => {
    expect(follow(null, { ...waiting, isWaiting: false }, 0)).toBeNull();
  });
});

test('whatever happens, nobody is asked twice in a round and at most one has it', () => {
  const people = ['a', 'b', 'c', 'd'];
  const step = fc.oneof(
    fc.record({ do: fc.constant('tick' as const), after: fc.integer({ min: 0, max: 400 }) }),
    fc.record({
      do: fc.constantFrom('accept' as const, 'decline' as const),
      who: fc.constantFrom(...people),
      after: fc.integer({ min: 0, max: 90 }),
    }),
    fc.record({ do: fc.constantFrom('has' as const, 'waits' as const), after: fc.constant(1) }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...MODES.slice(0, 3)),
      fc.boolean(),
      fc.array(step, { maxLength: 30 }),
      (mode, isEmergency, steps) => {
        let now = 0;
        let task = beginRound(1, mode, isEmergency, now);
        for (const one of steps) {
          now += one.after * SECOND;
          if (one.do === 'tick') task = tick(task, ranked(...people), settings, now);
          else if (!('who' in one))
            task = follow(task, { isWaiting: one.do === 'waits', isEmergency, mode }, now)!;
          else {
            const answered = answer(task, one.who, one.do, now);
            if ('task' in answered) task = answered.task;
          }
          const asked = task.offers.map(({ accountId }) => accountId);
          expect(new Set(asked).size).toBe(asked.length);
          expect(task.offers.filter(({ state }) => state === 'accepted').length).toBeLessThanOrEqual(1);
          const isOpen = task.offers.some(({ state }) => state === 'open');
          if (isOpen) expect(task.nextDueAt).not.toBeNull();
          if (task.state === 'closed' || task.state === 'exhausted') expect(isOpen).toBe(false);
          expect(tick(task, ranked(...people), settings, now)).toEqual(
            tick(tick(task, ranked(...people), settings, now), ranked(...people), settings, now),
          );
        }
      },
    ),
    { numRuns: 300 },
  );
});
