import { MINUTE, SECOND } from '@gongzhi/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer, beginRound, type Task } from './offers.ts';
import { planBatch, type PlanContext, type Waiting } from './plan.ts';
import type { Exclusion, Ranked } from './rank.ts';

const context: PlanContext = {
  busy: new Set(),
  able: new Map(),
  minutesPerOpenOrder: 25,
  offers: { turnSeconds: 60, grabSeconds: 120, emergencySeconds: 300 },
  plan: {
    batchSeconds: 5,
    patienceMinutes: 20,
    marginMinutes: 3,
    latenessWeight: 2,
    hysteresisMinutes: 5,
    idleSeconds: 30,
    rounds: 3,
    againSeconds: 20,
    minutesPerTaken: 1,
    scarcityMinutes: 6,
  },
};

interface Way {
  readonly way: number;
  readonly open?: number;
  readonly out?: Exclusion['code'];
  /** When they come. */
  readonly from?: number;
}
/** Minutes of way of each, or more of them. */
const candidates = (ways: Readonly<Record<string, number | Way>>): Ranked[] =>
  Object.entries(ways).map(([accountId, given], i) => {
    const { way, open = 0, out, from = 1 } = typeof given === 'number' ? { way: given } : given;
    const exclusions = out === undefined ? [] : [{ code: out, nextFrom: from } as Exclusion];
    return {
      accountId,
      rank: out === undefined ? i + 1 : null,
      cost: way + 25 * open,
      travelMinutes: way,
      reasons: [{ code: 'load', count: open }],
      exclusions,
    };
  });
const fresh = () => beginRound(1, 'automatic', false, 0);
const waits = (id: string, ways: Parameters<typeof candidates>[0], more: Partial<Waiting> = {}): Waiting => ({
  id,
  skill: 'plumbing',
  task: fresh(),
  ranked: candidates(ways),
  since: 0,
  respondDueAt: null,
  arriveDueAt: null,
  ...more,
});

const states = (task: Task | undefined) => task?.offers.map((offer) => `${offer.accountId} ${offer.state}`);
function planned(waiting: readonly Waiting[], now = 0, more: Partial<PlanContext> = {}) {
  const tasks = planBatch(waiting, { ...context, ...more }, now);
  return waiting.map(({ id }) => states(tasks.get(id)));
}
const next = (waiting: readonly Waiting[], now: number): Waiting[] => {
  const tasks = planBatch(waiting, context, now);
  return waiting.map((one) => ({ ...one, task: tasks.get(one.id)! }));
};

describe('who is asked', () => {
  test('the nearest', () => {
    expect(planned([waits('1', { a: 9, b: 3 })])).toEqual([['b open']]);
  });
  test('what is best for all: the nearest of one goes to the other, who has nobody else near', () => {
    expect(planned([waits('1', { a: 2, b: 3 }), waits('2', { a: 1, b: 19 })])).toEqual([
      ['b open'],
      ['a open'],
    ]);
  });
  test('one thing at a time', () => {
    expect(planned([waits('1', { a: 2 }), waits('2', { a: 1 })])).toEqual([[], ['a open']]);
  });
  test('what would be late comes first', () => {
    expect(planned([waits('1', { a: 1 }), waits('2', { a: 10 }, { arriveDueAt: 5 * MINUTE })])).toEqual([
      [],
      ['a open'],
    ]);
  });
  test('who alone can do something else is kept for it, unless they are much nearer', () => {
    const able = new Map([
      ['plumbing', new Set(['a', 'b'])],
      ['lift', new Set(['a'])],
    ]);
    expect(planned([waits('1', { a: 2, b: 7 })], 0, { able })).toEqual([['b open']]);
    expect(planned([waits('1', { a: 2, b: 9 })], 0, { able })).toEqual([['a open']]);
    expect(planned([waits('1', { a: 2, b: 7 }, { skill: 'lift' })], 0, { able })).toEqual([['a open']]);
  });
  test('who waits longest goes first, of two as near', () => {
    const [old, young] = [waits('1', { a: 3 }), waits('2', { a: 2 }, { since: 8 * MINUTE })];
    expect(planned([old, young], 9 * MINUTE)).toEqual([['a open'], []]);
  });
  test('who is asked about an emergency is left alone', () => {
    expect(planned([waits('1', { a: 1, b: 8 })], 0, { busy: new Set(['a']) })).toEqual([['b open']]);
  });
});

describe('waiting for who is free sooner', () => {
  const atWork = { a: { way: 2, open: 1 }, b: { way: 3, open: 1 } };
  test.each([
    ['nobody can be there soon', {}, 0, []],
    ['it should be taken by now', { respondDueAt: 15 * MINUTE }, 12 * MINUTE, ['a open']],
    ['a moment before', { respondDueAt: 15 * MINUTE }, 12 * MINUTE - 1, []],
    ['somebody should be there', { arriveDueAt: 60 * MINUTE, since: 30 * MINUTE }, 40 * MINUTE, ['a open']],
    ['a moment before that', { arriveDueAt: 60 * MINUTE, since: 30 * MINUTE }, 40 * MINUTE - 1, []],
    ['it has waited long enough', {}, 20 * MINUTE, ['a open']],
    ['a moment before it has', {}, 20 * MINUTE - 1, []],
  ])('%s', (_, more, now, expected) => {
    expect(planned([waits('1', atWork, more)], now)).toEqual([expected]);
  });
  test('exactly as far as patience goes is near enough', () => {
    expect(planned([waits('1', { a: 20, c: 30 }), waits('2', { b: 20.1, c: 30 })])).toEqual([['a open'], []]);
  });
  test('of one there is no sooner', () => {
    expect(planned([waits('1', { a: { way: 2, open: 1 } })])).toEqual([['a open']]);
  });
  test('it is looked again soon, or when somebody comes on shift; with nobody it is the desk’s', () => {
    const of = (ways: Parameters<typeof candidates>[0]) => {
      const task = planBatch([waits('1', ways)], context, 0).get('1')!;
      return [task.state, task.nextDueAt];
    };
    expect(of(atWork)).toEqual(['waiting', 5 * SECOND]);
    expect(of({ a: { way: 2, out: 'off_shift', from: 12 * SECOND } })).toEqual(['waiting', 12 * SECOND]);
    expect(of({ a: { way: 2, out: 'off_shift', from: 600 * SECOND } })).toEqual(['waiting', 30 * SECOND]);
    expect(of({ a: { way: 2, out: 'standby_only' } })).toEqual(['waiting', 30 * SECOND]);
    expect(of({ a: { way: 2, out: 'skill_missing' } })).toEqual(['exhausted', null]);
    expect(of({ a: { way: 2, out: 'declined' } })).toEqual(['exhausted', null]);
    expect(of({})).toEqual(['exhausted', null]);
  });
});

describe('planning anew', () => {
  const asked = next([waits('1', { a: 8, b: 30 })], 0);
  const nearer = (way: number): Waiting[] => [{ ...asked[0]!, ranked: candidates({ a: 8, b: way }) }];
  test('a little nearer is not worth it, much nearer is', () => {
    expect(planned(nearer(3.5), 5 * SECOND)).toEqual([['a open']]);
    expect(planned(nearer(2.5), 5 * SECOND)).toEqual([['a withdrawn', 'b open']]);
  });
  test('who was asked and let it pass is not asked again', () => {
    const later = next(asked, 60 * SECOND + 1);
    expect(states(later[0]!.task)).toEqual(['a expired']);
    expect(planned([{ ...later[0]!, ranked: candidates({ a: 1, b: 9 }) }], 61 * SECOND)).toEqual([
      ['a expired', 'b open'],
    ]);
  });
  test('when all let it pass they are asked again after a pause, but who said no; in the end it is the desk’s', () => {
    let [one] = next([waits('1', { a: 1, b: 2 })], 0);
    const said = answer(one!.task, 'a', 'decline', 1);
    if ('task' in said) one = { ...one!, task: said.task };
    const noA: Partial<Waiting> = { ranked: candidates({ a: { way: 1, out: 'declined' }, b: 2 }) };
    const seen: unknown[] = [];
    for (let i = 0; i < 6; i++) {
      const at = one!.task.nextDueAt ?? Number.POSITIVE_INFINITY;
      if (!Number.isFinite(at)) break;
      const open = one!.task.offers.find(({ state }) => state === 'open');
      one = next([{ ...one!, ...noA }], open === undefined ? at : open.expiresAt + 1)[0];
      seen.push([one!.task.round, states(one!.task)!.join(), one!.task.state]);
    }
    expect(seen).toEqual([
      [1, 'a declined,b open', 'offered'],
      [1, 'a declined,b expired', 'waiting'],
      [2, 'b open', 'offered'],
      [2, 'b expired', 'waiting'],
      [3, 'b open', 'offered'],
      [3, 'b expired', 'exhausted'],
    ]);
  });
  test('exactly at the end of the countdown it is still theirs', () => {
    expect(planned(asked, 60 * SECOND)).toEqual([['a open']]);
  });
  test('what comes in anew may take who was asked, where it matters more', () => {
    const urgent = waits('2', { a: 2 }, { arriveDueAt: -10 * MINUTE });
    const other = { ...asked[0]!, ranked: candidates({ a: 8, b: 12 }) };
    expect(planned([other, urgent], 5 * SECOND)).toEqual([['a withdrawn', 'b open'], ['a open']]);
  });
});

test('whatever is planned: nobody is asked for two, nor twice in a round; the same moment twice changes nothing', () => {
  const way = fc.option(fc.integer({ min: 0, max: 60 }), { freq: 5, nil: null });
  const people = ['a', 'b', 'c', 'd'];
  const order = fc.record({
    ways: fc.array(way, { minLength: 4, maxLength: 4 }),
    due: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
  });
  const moment = fc.record({
    after: fc.integer({ min: 0, max: 70 }),
    orders: fc.array(order, { minLength: 3, maxLength: 3 }),
    says: fc.constantFrom('accept' as const, 'decline' as const, null),
    who: fc.constantFrom(...people),
  });
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 12 }), (moments) => {
      let now = 0;
      const tasks = new Map(['1', '2', '3'].map((id) => [id, fresh()]));
      for (const { after, orders, says, who } of moments) {
        now += after * SECOND;
        const waiting = [...tasks].flatMap(([id, task], i): Waiting[] => {
          const { ways, due } = orders[i]!;
          if (task.nextDueAt === null) return [];
          const able = people.flatMap((one, at) => (ways[at] == null ? [] : [[one, ways[at]] as const]));
          const dueAt = due === null ? null : due * MINUTE;
          return [
            {
              id,
              skill: 'plumbing',
              task,
              ranked: candidates(Object.fromEntries(able)),
              since: 0,
              respondDueAt: dueAt,
              arriveDueAt: dueAt,
            },
          ];
        });
        const once = planBatch(waiting, context, now);
        for (const [id, task] of once) tasks.set(id, task);
        const again = planBatch(
          waiting
            .map((one) => ({ ...one, task: tasks.get(one.id)! }))
            .filter(({ task }) => task.nextDueAt !== null),
          context,
          now,
        );
        for (const [id, task] of again) expect(states(task)).toEqual(states(once.get(id)));
        const open = [...tasks.values()].flatMap(({ offers }) =>
          offers.filter(({ state }) => state === 'open'),
        );
        const asked = open.map(({ accountId }) => accountId);
        expect(new Set(asked).size).toBe(asked.length);
        for (const task of tasks.values()) {
          const own = task.offers.map(({ accountId }) => accountId);
          expect(new Set(own).size).toBe(own.length);
          const isOpen = task.offers.some(({ state }) => state === 'open');
          expect(task.state === 'offered' ? isOpen : !isOpen || task.state === 'closed').toBe(true);
        }
        if (says === null) continue;
        for (const [id, task] of tasks) {
          const answered = answer(task, who, says, now);
          if ('task' in answered)
            tasks.set(id, {
              ...answered.task,
              state: answered.task.state === 'closed' ? 'closed' : 'waiting',
            });
        }
      }
    }),
    { numRuns: 300 },
  );
});
