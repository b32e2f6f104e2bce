import { addDays, instantOn, localDate } from '@gongzhi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockOf, duesOf, isLate, isMarkedLate, nextDueAt } from './clocks.ts';
import { allowedActions, decide, markDue } from './decide.ts';
import {
  aCaller,
  category,
  context,
  FRIDAY_10,
  lamp,
  leak,
  li,
  minutes,
  person,
  Story,
  tap,
  wang,
  WANG,
  aMove,
} from './fixtures.ts';
import { transitionsOf, TRANSITIONS, UNFINISHED } from './transitions.ts';
import {
  type Action,
  ACTIONS,
  type CategoryFacts,
  CLOCKS,
  type Command,
  type Decision,
  defaultSettings,
  type OrderEvent,
  type OrderState,
  type Relation,
  RELATIONS,
} from './types.ts';

/** The next day's morning, somewhere within the hours for visits. */
function tomorrow(now: number): { from: number; to: number } {
  const from = instantOn(addDays(localDate(now), 1), 9 * 60);
  return { from, to: from + minutes(180) };
}

/** A command of each action with everything it must bring, for this order. */
function wellFormed(action: Action, order: OrderState, seed: number, now: number): Command {
  const assignee = order.assigneeAccountId === WANG ? li : wang;
  switch (action) {
    case 'triage':
      return { action, priority: 'high' };
    case 'change_category':
      return { action, category: order.categoryCode === leak.code ? tap : leak };
    case 'assign':
      return { action, assignee: person(assignee.accountId) };
    case 'transfer':
      return { action, assignee, reason: '换人' };
    case 'refuse':
    case 'dispute':
    case 'force_close':
    case 'reopen':
    case 'unmerge':
    case 'cancel':
      return { action, reason: '原因' };
    case 'merge':
    case 'link':
    case 'unlink':
      return { action, target: another };
    case 'split':
      return {
        action,
        parts: [
          { category: order.place === 'home' ? leak : lamp, photoIds: [] },
          { category: order.place === 'home' ? tap : lamp, photoIds: [] },
        ],
      };
    case 'close_parts':
      return { action, openParts: 0 };
    case 'reply_rating':
      return { action, text: '谢谢' };
    case 'pause':
      return {
        action,
        reason: 'waiting_parts',
        until: seed % 2 === 0 ? null : now + minutes(seed % 500) + 1,
      };
    case 'finish':
      return { action, workDone: '修好了', photoIds: ['p'], beforePhotoIds: ['q'] };
    case 'start':
      return { action, photoIds: ['q'] };
    case 'rate':
      return {
        action,
        score: seed % 2 === 0 ? 'satisfied' : 'unsatisfied',
        words: null,
        aspects: seed % 3 === 0 ? { manner: 'satisfied' } : {},
      };
    case 'record_callback': {
      const result = (['satisfied_done', 'not_done', 'unreachable', 'unreachable'] as const)[seed % 4]!;
      return { action, result, score: result === 'satisfied_done' && seed % 3 === 0 ? 'unsatisfied' : null };
    }
    case 'confirm_for':
      return { action, how: 'signature', photoIds: ['s'], score: seed % 3 === 0 ? 'satisfied' : null };
    case 'refer':
      return { action, receiver: '自来水公司' };
    case 'move':
      return { action, ...aMove };
    case 'comment':
      return { action, text: '好' };
    case 'offer_windows':
      return { action, windows: [tomorrow(now)], reason: '改天' };
    case 'make_appointment':
      return { action, ...tomorrow(now), reason: '改天', isByPhone: seed % 2 === 0 };
    case 'nobody_home':
      return { action, photoIds: ['p'] };
    case 'agree_appointment':
    case 'accept':
    case 'depart':
    case 'arrive':
    case 'resume':
    case 'confirm':
    case 'close':
    case 'reopen_parts':
    case 'urge':
      return { action };
  }
}

const another = {
  id: 'another',
  number: '20261121-7K4QM-X',
  isSame: false,
  isSameScope: true,
  isEnded: false,
};

const ONWARD: readonly Action[] = [
  'assign',
  'accept',
  'start',
  'resume',
  'finish',
  'confirm',
  'dispute',
  'rate',
  'confirm_for',
  'record_callback',
  'close',
  'reopen',
];
const ENDING: readonly Action[] = ['cancel', 'force_close', 'refer', 'merge', 'split', 'comment', 'urge'];
interface Move {
  readonly gap: number;
  readonly pick: number;
  readonly who: Relation;
  readonly isAnything: boolean;
  /** Minutes before the move at which a due claim runs in the one history and not in the other. */
  readonly claims: readonly number[];
}

// Gaps on, and a hair beside, the limits of the categories, as well as anything else.
const gap = fc.oneof(
  fc.constantFrom(
    0,
    1,
    minutes(15),
    minutes(15) + 1,
    minutes(60),
    minutes(1440),
    minutes(1440) + 1,
    minutes(3 * 1440),
  ),
  fc.integer({ min: 0, max: minutes(4000) }),
);
const move: fc.Arbitrary<Move> = fc.record({
  gap,
  pick: fc.nat(10_000),
  who: fc.constantFrom(...RELATIONS),
  isAnything: fc.nat(4).map((n) => n === 0),
  claims: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
});
const moves = fc.array(move, { minLength: 1, maxLength: 40, size: 'max' });
const beginnings: readonly CategoryFacts[] = [
  leak,
  tap,
  category('special.medicine'),
  category('water.pump-room'),
];
const beginning = fc.constantFrom(...beginnings);

function begin(facts: CategoryFacts): Story {
  const needed = facts.kind === 'special_need' ? { neededBy: FRIDAY_10 + minutes(600) } : {};
  return new Story(facts, FRIDAY_10, needed);
}

/** The next command of a history: mostly something allowed, so that histories get far; sometimes anything at all. */
function next(
  order: OrderState,
  { pick, who, isAnything }: Move,
  now: number,
): { who: Relation; command: Command } {
  const seeds: { who: Relation; action: Action }[] = [];
  const ending: typeof seeds = [];
  for (const relation of isAnything ? [who] : RELATIONS) {
    for (const { action, isAllowed } of allowedActions(order, [relation], now, defaultSettings, aCaller)) {
      if (!isAnything && !isAllowed) continue;
      const seed = { who: relation, action };
      if (ENDING.includes(action) && !isAnything) ending.push(seed);
      else seeds.push(seed, ...(ONWARD.includes(action) ? [seed, seed, seed] : []));
    }
  }
  const from = pick % 17 === 0 && ending.length > 0 ? ending : seeds;
  const chosen = from[Math.floor(pick / 17) % from.length] ?? { who, action: 'comment' as const };
  return { who: chosen.who, command: wellFormed(chosen.action, order, pick, now) };
}

interface History {
  order: OrderState;
  facts: CategoryFacts;
  now: number;
  events: OrderEvent[];
  openSteps: number;
}

function take(history: History, decision: Decision): void {
  history.order = decision.order;
  history.events.push(...decision.events);
  for (const change of decision.stepChanges) {
    if (change.type === 'open') history.openSteps += 1;
    if (change.type === 'close') history.openSteps -= 1;
  }
}

function start(facts: CategoryFacts): History {
  const story = begin(facts);
  const history: History = { order: story.order, facts, now: FRIDAY_10, events: [], openSteps: 0 };
  take(history, story.last);
  return history;
}

function claim(history: History, now: number): void {
  take(history, markDue(history.order, { now, category: history.facts, settings: defaultSettings }));
}

/** Makes the move; answers what was decided, or null when it was refused. */
function make(history: History, who: Relation, command: Command): Decision | null {
  const result = decide(history.order, command, context([who], history.now, history.facts));
  if (!result.ok) return null;
  take(history, result.value);
  if ('category' in command && command.category) history.facts = command.category;
  return result.value;
}

describe('laws of an order (property)', () => {
  it('allowedActions and decide always agree', () => {
    fc.assert(
      fc.property(beginning, moves, fc.subarray([...RELATIONS], { minLength: 1 }), (facts, list, who) => {
        const history = start(facts);
        for (const m of list) {
          history.now += m.gap;
          for (const { action, isAllowed, reasonCode } of allowedActions(
            history.order,
            who,
            history.now,
            defaultSettings,
            aCaller,
          )) {
            const ctx = context(who, history.now, history.facts);
            const command = wellFormed(action, history.order, m.pick, history.now);
            const fits = action !== 'change_category' || history.order.place === 'home';
            const result = decide(history.order, command, ctx);
            const answer = { action, reason: result.ok ? null : result.error.reason };
            if (!isAllowed || fits) expect(answer).toEqual({ action, reason: reasonCode });
          }
          const { who: actor, command } = next(history.order, m, history.now);
          make(history, actor, command);
        }
      }),
      { numRuns: 90 },
    );
  });

  it('no sequence of commands leaves the table', () => {
    const reached = new Set<string>();
    const law = fc.property(beginning, moves, (facts, list) => {
      const history = start(facts);
      for (const m of list) {
        history.now += m.gap;
        claim(history, history.now);
        const before = history.order;
        const { who, command } = next(before, m, history.now);
        if (make(history, who, command) === null) {
          expect(history.order).toBe(before);
          continue;
        }
        reached.add(command.action);
        const targets = transitionsOf(command.action)
          .filter((t) => t.from.includes(before.status) && t.who.includes(who))
          .flatMap((t) => t.to)
          .map((to) => (to === 'same' ? before.status : to === 'before_pause' ? before.pausedFrom : to));
        expect(targets).toContain(history.order.status);
        const kinds = transitionsOf(command.action).map((t) => t.event);
        expect(history.events.some((event) => kinds.includes(event.kind))).toBe(true);
      }
    });
    fc.assert(law, { numRuns: 800 });
    // Some actions are rare among random moves: further histories, always the same ones, until each was taken.
    for (let seed = 1; reached.size < ACTIONS.length && seed <= 40; seed += 1)
      fc.assert(law, { seed, numRuns: 100 });
    // The histories got everywhere, or this test proves little.
    expect([...reached].sort()).toEqual([...ACTIONS].sort());
  });

  it('late facts are the same whenever due claims run', () => {
    fc.assert(
      fc.property(beginning, moves, (facts, list) => {
        const often = start(facts);
        const never = start(facts);
        for (const m of list) {
          for (const share of [...m.claims].sort((a, b) => a - b))
            claim(often, often.now + Math.floor(m.gap * share));
          often.now += m.gap;
          never.now += m.gap;
          const { who, command } = next(never.order, m, never.now);
          const a = make(often, who, command);
          const b = make(never, who, command);
          expect(a === null).toBe(b === null);
        }
        const end = never.now + minutes(60 * 1440);
        for (const history of [often, never]) {
          // Until nothing is due: closing may follow calling.
          for (let round = 0; round < 3; round++) claim(history, end);
        }
        expect(often.order).toEqual(never.order);
        const overdue = (history: History): string[] =>
          history.events
            .filter((event) => event.kind.endsWith('_overdue') || event.kind === 'work_order.callback_wanted')
            .map((event) => event.kind + JSON.stringify(event.params))
            .sort();
        expect(overdue(often)).toEqual(overdue(never));
      }),
      { numRuns: 400 },
    );
  });

  it('each clock is marked at most once a round, and the facts are what happened', () => {
    fc.assert(
      fc.property(beginning, moves, (facts, list) => {
        const history = start(facts);
        for (const m of list) {
          history.now += m.gap;
          claim(history, history.now);
          const { who, command } = next(history.order, m, history.now);
          make(history, who, command);
          const order = history.order;
          for (const clock of CLOCKS) {
            const { dueAt, metAt, lateAt } = clockOf(order, clock);
            if (dueAt === null) continue;
            if (metAt !== null) expect(lateAt === dueAt).toBe(metAt > dueAt);
            else if (UNFINISHED.includes(order.status)) expect(lateAt === dueAt).toBe(history.now > dueAt);
          }
          expect(isMarkedLate(order)).toBe(isLate(order, history.now));
        }
        const marks = history.events.filter((event) => event.kind.endsWith('_overdue'));
        const corrected = history.events.filter(
          (event) => event.kind === 'work_order.category_changed',
        ).length;
        const rounds = 1 + history.order.reopenCount;
        // A dispute gives the resolve clock a new due time; a correction judges again.
        const disputes = history.events.filter((event) => event.kind === 'work_order.disputed').length;
        for (const clock of CLOCKS) {
          const count = marks.filter((event) => event.kind === `work_order.${clock}_overdue`).length;
          expect(count).toBeLessThanOrEqual(rounds + corrected + (clock === 'resolve' ? disputes : 0));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the stored resolve clock is the one its history gives', () => {
    fc.assert(
      fc.property(beginning, moves, (facts, list) => {
        const history = start(facts);
        for (const m of list) {
          history.now += m.gap;
          const { who, command } = next(history.order, m, history.now);
          make(history, who, command);
          const order = history.order;
          if (!UNFINISHED.includes(order.status)) continue;
          const { respondDueAt, arriveDueAt, resolveDueAt, resolveRemainingMs } = order;
          const given = duesOf(order, history.facts);
          // Only what was agreed with the resident moves the arrive clock.
          const isMoved = history.events.some(({ kind }) => kind === 'work_order.appointment_made');
          expect({ respondDueAt, arriveDueAt, resolveDueAt, resolveRemainingMs }).toEqual(
            isMoved ? { ...given, arriveDueAt } : given,
          );
          expect(resolveDueAt === null).toBe(resolveRemainingMs !== null);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('one step is open while work is to be done, none after; and states hold together', () => {
    fc.assert(
      fc.property(beginning, moves, (facts, list) => {
        const history = start(facts);
        for (const m of list) {
          history.now += m.gap;
          const { who, command } = next(history.order, m, history.now);
          make(history, who, command);
          claim(history, history.now);
          const o = history.order;
          expect(history.openSteps).toBe(UNFINISHED.includes(o.status) ? 1 : 0);
          expect(o.outcome !== null).toBe(o.status === 'closed' || o.status === 'cancelled');
          expect(o.closedAt !== null).toBe(o.outcome !== null);
          // Unconfirmed is never counted satisfied.
          if (o.rating !== null) expect(o.outcome).toBe('confirmed');
          expect(o.pausedReason !== null).toBe(o.status === 'paused');
          if (o.status === 'submitted' || o.status === 'triaged' || o.status === 'disputed') {
            expect(o.assigneeAccountId).toBeNull();
          }
          if (o.status === 'finished') expect(o.finishedAt).not.toBeNull();
          expect(o.nextDueAt).toBe(nextDueAt(o));
          // What is over is called about only by a rule; nothing else is due on it.
          if (o.status === 'closed' || o.status === 'cancelled') expect(o.nextDueAt).toBe(o.callbackDueAt);
          if (o.callbackDueAt !== null || o.callbackWantedAt !== null) {
            expect(o.callbackReason).not.toBeNull();
            expect(['finished', 'confirmed', 'closed']).toContain(o.status);
            if (o.status === 'closed') expect(o.outcome).toBe('confirmed');
          }
          expect(o.outcome === 'duplicate').toBe(o.duplicateOfId !== null);
          expect(o.status === 'split' || o.outcome === 'split').toBe(o.partCount > 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('what residents may see is never internal by their own hand', () => {
    for (const action of ACTIONS) {
      const mine = TRANSITIONS.filter((t) => t.action === action && t.who.includes('reporter'));
      for (const transition of mine) expect(transition.event).not.toBe('work_order.callback_wanted');
    }
  });
});
