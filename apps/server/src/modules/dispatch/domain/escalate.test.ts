import { MINUTE } from '@gongzhi/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { category, leak, li, Story, wang, WANG } from '../../work-orders/domain/fixtures.ts';
import {
  acknowledge,
  climb,
  type EscalationRole,
  type EscalationRules,
  stepDueAt,
  type Watch,
  watch,
  type WatchedOrder,
  whyNotThere,
} from './escalate.ts';

const rules: EscalationRules = {
  emergency: [
    { afterMinutes: 3, to: 'steward' },
    { afterMinutes: 6, to: 'manager' },
    { afterMinutes: 10, to: 'company' },
    { afterMinutes: 15, to: 'street' },
  ],
  normal: [
    { afterMinutes: 0, to: 'steward' },
    { afterMinutes: 15, to: 'manager' },
    { afterMinutes: 60, to: 'company' },
  ],
  acknowledgedMinutes: 10,
  notThere: ['manager', 'street'],
};
const burst: WatchedOrder = {
  status: 'submitted',
  isEmergency: true,
  respondDueAt: 5 * MINUTE,
  acceptedAt: null,
  respondMinutes: 5,
};
const everybody = () => true;
const begun = watch(null, burst, null, 0)!;
const hold = (state: Watch, minute: number): Watch => {
  const held = acknowledge(state, true, rules, minute * MINUTE);
  if ('fault' in held) throw new Error(held.fault);
  return held.watch;
};
const toldAt = (
  minute: number,
  from: Watch = begun,
  order = burst,
  reach: (to: EscalationRole) => boolean = everybody,
) => climb(from, order, rules, reach, minute * MINUTE);

describe('the chain', () => {
  test.each([
    [3 - 1e-5, []],
    [3, ['steward']],
    [6, ['steward', 'manager']],
    [15, ['steward', 'manager', 'company', 'street']],
  ])('after %d minutes', (minute, roles) => {
    expect(toldAt(minute).told.map(({ to }) => to)).toEqual(roles);
  });
  test('nobody stands on a step: the next is told at once', () => {
    const { told, watch: next } = toldAt(3, begun, burst, (to) => to !== 'steward');
    expect(told.map(({ to }) => to)).toEqual(['manager']);
    expect(stepDueAt(next, burst, rules)).toBe(10 * MINUTE);
  });
  test('nobody stands anywhere: it comes to an end', () => {
    expect(toldAt(3, begun, burst, () => false)).toMatchObject({ told: [], watch: { step: 4 } });
  });
  test('who sees to it makes it rest, and it climbs on', () => {
    const held = hold(toldAt(3).watch, 4);
    expect(stepDueAt(held, burst, rules)).toBe(14 * MINUTE);
    expect(toldAt(13.9, held).told).toEqual([]);
    expect(toldAt(14, held).told.map(({ to }) => to)).toEqual(['manager', 'company']);
  });
  test('it rests once a step, for who was told', () => {
    const { watch: told } = toldAt(3);
    const fault = (state: Watch, isTold = true) => {
      const held = acknowledge(state, isTold, rules, 4 * MINUTE);
      return 'fault' in held ? held.fault : null;
    };
    expect(fault(told, false)).toBe('dispatch.not_told');
    expect(fault(told)).toBeNull();
    const held = hold(told, 4);
    expect(fault(held)).toBe('dispatch.held_already');
    const later = toldAt(14, held).watch;
    expect([later.step, fault(later)]).toEqual([3, null]);
    expect(fault({ ...told, isEnded: true })).toBe('dispatch.not_watched');
  });
  test('everybody has said no: the first step hears at once, the next when its time has come', () => {
    const first = climb(begun, burst, rules, everybody, MINUTE, true);
    expect(first.told.map(({ to }) => to)).toEqual(['steward']);
    expect(climb(first.watch, burst, rules, everybody, MINUTE, true).told).toEqual([]);
    expect(stepDueAt(first.watch, burst, rules)).toBe(6 * MINUTE);
    const second = climb(begun, burst, rules, (to) => to !== 'steward', MINUTE, true);
    expect(second.told.map(({ to }) => to)).toEqual(['manager']);
  });
  test('what becomes an emergency is told from its first step, whoever had heard before; and back', () => {
    const leaking = { ...burst, isEmergency: false, respondDueAt: 15 * MINUTE };
    const overdue = climb(watch(null, leaking, null, 0)!, leaking, rules, everybody, 90 * MINUTE).watch;
    expect(overdue.step).toBe(3);
    const urgent = watch(overdue, burst, null, 100 * MINUTE)!;
    expect(urgent).toMatchObject({ round: 2, step: 0, since: 100 * MINUTE, heldUntil: null });
    expect(watch(urgent, burst, null, 101 * MINUTE)).toBe(urgent);
    const said = (minute: number) => toldAt(minute, urgent).told.map(({ to }) => to);
    expect([said(102), said(103), said(115)]).toEqual([
      [],
      ['steward'],
      ['steward', 'manager', 'company', 'street'],
    ]);
    const calm = watch(urgent, leaking, null, 110 * MINUTE)!;
    expect(calm).toMatchObject({ round: 3, step: 0 });
    expect(stepDueAt(calm, leaking, rules)).toBe(15 * MINUTE);
  });
  test('an ordinary order’s is counted from when it should have been taken', () => {
    const order = { ...burst, isEmergency: false, respondDueAt: 15 * MINUTE };
    expect(stepDueAt(begun, order, rules)).toBe(15 * MINUTE);
  });
  test('whose clock somebody had met has as long again', () => {
    const order = { ...burst, isEmergency: false, respondMinutes: 15, acceptedAt: 1 };
    const again = watch({ ...begun, isEnded: true }, order, null, 40 * MINUTE)!;
    expect([again.round, stepDueAt(again, order, rules)]).toEqual([2, 55 * MINUTE]);
  });
});

describe('what begins it anew, and what does not', () => {
  const at = (status: string): WatchedOrder => ({ ...burst, status });
  test.each(['submitted', 'triaged', 'assigned', 'disputed'])('%s is watched', (status) => {
    expect(watch(begun, at(status), null, 9)).toBe(begun);
  });
  test.each([
    'accepted',
    'departed',
    'arrived',
    'in_progress',
    'paused',
    'finished',
    'closed',
    'cancelled',
    'split',
  ])('%s is not', (status) => {
    expect(watch(begun, at(status), null, 9)).toEqual({ ...begun, isEnded: true });
    expect(watch(null, at(status), null, 9)).toBeNull();
  });
  test('taken and passed on between two looks is seen all the same', () => {
    expect(watch(begun, at('assigned'), 4, 9)).toMatchObject({ round: 2, since: 9, step: 0 });
  });
});

test.each([
  ['submitted', 'unclaimed'],
  ['assigned', 'unclaimed'],
  ['accepted', 'not_departed'],
  ['departed', 'on_the_way'],
  ['paused', 'paused'],
  ['arrived', null],
  ['finished', null],
  ['cancelled', null],
])('nobody is there in time: %s says why', (status, reason) => {
  expect(whyNotThere({ status })).toBe(reason);
});

/**
 * The law: at every minute of every history, whoever is to be told by then has been told. The oracle knows nothing of
 * watches: it reads the history itself. The orders live by their own table.
 */
test('every order that nobody has taken in time has somebody alerted, whatever happened to it', () => {
  const acts = [
    'assign',
    'accept',
    'refuse',
    'transfer',
    'pause',
    'resume',
    'finish',
    'dispute',
    'reopen',
    'arrive',
    'start',
    'wait',
    'hold',
    'change_category',
  ] as const;
  const step = fc.record({
    act: fc.constantFrom(...acts),
    minutes: fc.integer({ min: 0, max: 25 }),
    isSeen: fc.boolean(),
  });
  const isOut = (status: string) => ['submitted', 'triaged', 'assigned', 'disputed'].includes(status);
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { maxLength: 25 }), (isBurst, steps) => {
      const facts = category(isBurst ? 'water.burst' : 'water.leak.home');
      const story = new Story(facts, Date.parse('2026-11-20T02:00:00Z'));
      let state: Watch | null = null;
      let takenAt: number | null = null;
      let since: number | null = story.now;
      let holds: number[] = [];
      let told: { to: string; at: number }[] = [];
      const seen = (): WatchedOrder => ({
        status: story.order.status,
        isEmergency: story.order.isEmergency,
        respondDueAt: story.order.respondDueAt,
        acceptedAt: story.order.acceptedAt,
        respondMinutes: story.facts.respondMinutes,
      });
      const look = (): void => {
        const before: Watch | null = state;
        state = watch(state, seen(), takenAt, story.now);
        if (state !== null && state.round !== before?.round) {
          told = [];
          holds = [];
        }
      };
      const minute = (): void => {
        look();
        if (state === null || state.isEnded) return;
        const climbed = climb(state, seen(), rules, everybody, story.now);
        state = climbed.watch;
        told.push(...climbed.told.map(({ to }) => ({ to, at: story.now })));
        // What must be true now, read off the history.
        expect(since).not.toBeNull();
        const order = story.order;
        const met = order.acceptedAt !== null || order.respondDueAt === null;
        const base = order.isEmergency
          ? since!
          : met
            ? since! + story.facts.respondMinutes * MINUTE
            : order.respondDueAt!;
        const isHeld = holds.some((at) => story.now < at + rules.acknowledgedMinutes * MINUTE);
        for (const one of order.isEmergency ? rules.emergency : rules.normal)
          if (!isHeld && story.now >= base + one.afterMinutes * MINUTE)
            expect(told.map(({ to }) => to)).toContain(one.to);
        for (const role of new Set(told.map(({ to }) => to)))
          expect(told.filter(({ to }) => to === role)).toHaveLength(1);
      };
      minute();
      for (const { act, minutes, isSeen } of steps) {
        for (let i = 0; i < minutes; i++) {
          story.after(1);
          minute();
        }
        const wasOut = isOut(story.order.status);
        const wasEmergency = story.order.isEmergency;
        const tries: Record<string, () => unknown> = {
          assign: () => story.does('desk', { action: 'assign', assignee: li }),
          accept: () => story.does('assignee', { action: 'accept' }),
          refuse: () => story.does('assignee', { action: 'refuse', reason: 'x' }),
          transfer: () =>
            story.does('desk', {
              action: 'transfer',
              assignee: story.order.assigneeAccountId === WANG ? li : wang,
              reason: 'x',
            }),
          pause: () => story.does('assignee', { action: 'pause', reason: 'waiting_parts' }),
          resume: () => story.does('assignee', { action: 'resume' }),
          arrive: () => story.does('assignee', { action: 'arrive' }),
          start: () => story.does('assignee', { action: 'start' }),
          finish: () => story.does('assignee', { action: 'finish', workDone: 'x' }),
          dispute: () => story.does('reporter', { action: 'dispute', reason: 'x' }),
          reopen: () => story.does('reporter', { action: 'reopen', reason: 'x' }),
          change_category: () => {
            const to = story.facts.code === leak.code ? category('water.burst') : leak;
            story.does('desk', { action: 'change_category', category: to });
            story.facts = to;
          },
          hold: () => {
            if (state !== null && !state.isEnded) {
              const held = acknowledge(state, told.length > 0, rules, story.now);
              if ('fault' in held) return;
              state = held.watch;
              holds.push(story.now);
            }
          },
          wait: () => undefined,
        };
        try {
          tries[act]!();
        } catch {
          // The order's own table refuses it: then nothing happened.
          continue;
        }
        const isNow = isOut(story.order.status);
        if (act === 'accept') takenAt = story.now;
        if (!wasOut && isNow) since = story.now;
        if (!isNow) since = null;
        const isOther = isNow && story.order.isEmergency !== wasEmergency;
        // An emergency’s minutes begin with it.
        if (isOther && story.order.isEmergency) since = story.now;
        // The consumer may come later than the next change: then it sees only where things stand.
        if (isSeen || isNow !== wasOut || isOther) look();
      }
    }),
    { numRuns: 150 },
  );
});
