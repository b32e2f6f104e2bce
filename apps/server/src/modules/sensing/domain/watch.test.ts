import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterQuiet,
  decide,
  type Rule,
  type Watch,
  type WatchAct,
  type WatchInput,
  unwatched,
} from '../domain.ts';

const zone = 'Asia/Shanghai';
const at = (time: string) => Date.parse(`2026-11-23T${time}+08:00`);
const base: Rule = {
  code: 'pump.low',
  kind: 'pump',
  condition: { is: 'below', raiseAt: 0.15, clearAt: 0.2 },
  forSeconds: 120,
  clearForSeconds: 600,
  restSeconds: 1_800,
  quiet: null,
  categoryCode: 'water.pump-room',
  isActive: true,
};
const silence: Rule = {
  ...base,
  code: 'pump.silent',
  condition: { is: 'silent', afterSeconds: 600, goneAfterSeconds: 60 },
  forSeconds: 0,
  clearForSeconds: 300,
};

/** Plays a history: [time, value] readings, [time, word] everything else. Gives what happened, at which line. */
function play(rule: Rule, lines: readonly (readonly [string, number | WatchInput['type']])[]) {
  let watch: Watch = unwatched;
  let lastAt: number | null = null;
  const said: [string, WatchAct][] = [];
  let dueAt: number | null = null;
  for (const [time, what] of lines) {
    const now = at(time);
    const input: WatchInput =
      typeof what === 'number'
        ? { type: 'reading', at: now, value: what }
        : ({ type: what, at: now } as WatchInput);
    const done = decide(watch, input, rule, lastAt, zone);
    ({ watch, dueAt } = done);
    if (typeof what === 'number') lastAt = Math.max(lastAt ?? now, now);
    said.push(...done.acts.map((act): [string, WatchAct] => [time, act]));
  }
  return { said, watch, dueAt };
}

describe('a rule over a window', () => {
  it.each<[string, number, readonly (readonly [string, WatchAct])[]]>([
    ['a millisecond before its end', 119_999, []],
    ['exactly at its end', 120_000, [['later', 'raise']]],
  ])('raises %s or not', (_name, after, said) => {
    const first = decide(unwatched, { type: 'reading', at: at('10:00:00'), value: 0.15 }, base, null, zone);
    expect(first.acts).toEqual([]);
    expect(first.dueAt).toBe(at('10:02:00'));
    const then = decide(
      first.watch,
      { type: 'time', at: at('10:00:00') + after },
      base,
      at('10:00:00'),
      zone,
    );
    expect(then.acts.map((act) => ['later', act])).toEqual(said);
  });

  it('takes the threshold itself as bad, a hair above it not', () => {
    expect(play(base, [['10:00:00', 0.15]]).watch.badSince).toBe(at('10:00:00'));
    expect(play(base, [['10:00:00', 0.1501]]).watch.badSince).toBeNull();
    const above: Rule = { ...base, condition: { is: 'above', raiseAt: 1.2, clearAt: 1.1 }, forSeconds: 0 };
    expect(play(above, [['10:00:00', 1.2]]).said).toEqual([['10:00:00', 'raise']]);
    expect(play(above, [['10:00:00', 1.1999]]).said).toEqual([]);
  });

  it('stays what it was between the two thresholds', () => {
    const low = play(base, [
      ['10:00:00', 0.1],
      ['10:01:00', 0.19],
      ['10:02:00', 'time'],
    ]);
    expect(low.said).toEqual([['10:02:00', 'raise']]);
    const fine = play(base, [
      ['10:00:00', 0.3],
      ['10:01:00', 0.16],
      ['10:30:00', 'time'],
    ]);
    expect(fine.said).toEqual([]);
    // Exactly at the upper one it is well again.
    const clears = play(base, [
      ['10:00:00', 0.1],
      ['10:02:00', 'time'],
      ['10:03:00', 0.2],
      ['10:13:00', 'time'],
    ]);
    expect(clears.said).toEqual([
      ['10:02:00', 'raise'],
      ['10:13:00', 'clear'],
    ]);
    expect(
      play(base, [
        ['10:00:00', 0.1],
        ['10:02:00', 'time'],
        ['10:03:00', 0.1999],
        ['10:13:00', 'time'],
      ]).said,
    ).toEqual([['10:02:00', 'raise']]);
  });

  it('begins its window anew after a break', () => {
    const broken = play(base, [
      ['10:00:00', 0.1],
      ['10:01:59', 0.3],
      ['10:02:00', 0.1],
      ['10:03:59', 'time'],
    ]);
    expect(broken.said).toEqual([]);
    expect(broken.dueAt).toBe(at('10:04:00'));
  });

  it('says the same whether anybody looked in between or not', () => {
    const seldom = play(base, [
      ['10:00:00', 0.1],
      ['10:30:00', 0.3],
      ['11:00:00', 0.1],
    ]);
    expect(seldom.said).toEqual([
      ['10:30:00', 'raise'],
      ['11:00:00', 'clear'],
      ['11:00:00', 'return'],
    ]);
  });

  it('opens one at a time, says clear once, and says when the trouble is back', () => {
    const long = play(base, [
      ['10:00:00', 0.1],
      ['10:02:00', 'time'],
      ['10:05:00', 0.05],
      ['10:20:00', 0.1],
      ['10:21:00', 0.3],
      ['10:31:00', 'time'],
      ['10:40:00', 'time'],
      ['10:41:00', 0.1],
      ['10:42:00', 0.3],
      ['10:52:00', 'time'],
    ]);
    expect(long.said).toEqual([
      ['10:02:00', 'raise'],
      ['10:31:00', 'clear'],
      ['10:41:00', 'return'],
      ['10:52:00', 'clear'],
    ]);
  });

  it('after people ended the order over a trouble that holds, rests and then opens the next', () => {
    const again = play(base, [
      ['10:00:00', 0.1],
      ['10:02:00', 'time'],
      ['10:10:00', 'order_ended'],
      ['10:39:59', 0.1],
      ['10:40:00', 'time'],
    ]);
    expect(again.said).toEqual([
      ['10:02:00', 'raise'],
      ['10:40:00', 'raise'],
    ]);
    const done = play(base, [
      ['10:00:00', 0.1],
      ['10:02:00', 'time'],
      ['10:05:00', 0.3],
      ['10:15:00', 'time'],
      ['10:15:00', 'order_ended'],
      ['10:16:00', 0.1],
      ['10:18:00', 'time'],
    ]);
    expect(done.said).toEqual([
      ['10:02:00', 'raise'],
      ['10:15:00', 'clear'],
      ['10:18:00', 'raise'],
    ]);
  });

  it('does not judge what was measured before what it has judged', () => {
    expect(
      play(base, [
        ['10:00:00', 0.3],
        ['09:50:00', 0.1],
        ['10:30:00', 'time'],
      ]).said,
    ).toEqual([]);
  });

  it('switched off raises nothing, and clears what it had opened', () => {
    const off = { ...base, isActive: false };
    expect(
      play(off, [
        ['10:00:00', 0.1],
        ['11:00:00', 'time'],
      ]),
    ).toMatchObject({ said: [], dueAt: null });
    const open = play(base, [
      ['10:00:00', 0.1],
      ['10:02:00', 'time'],
    ]).watch;
    expect(decide(open, { type: 'time', at: at('10:03:00') }, off, at('10:00:00'), zone).acts).toEqual([
      'clear',
    ]);
  });
});

describe('silence', () => {
  it('is an alarm exactly when its time is up, and over when the device speaks', () => {
    const quiet = play(silence, [
      ['10:00:00', 0.3],
      ['10:09:59', 'time'],
      ['10:10:00', 'time'],
      ['10:11:00', 0.3],
      ['10:15:59', 0.3],
      ['10:16:00', 'time'],
    ]);
    expect(quiet.said).toEqual([
      ['10:10:00', 'raise'],
      ['10:16:00', 'clear'],
    ]);
  });
  it('of a device that was never heard is none: it may not be installed yet', () => {
    expect(
      play(silence, [
        ['10:00:00', 'time'],
        ['23:00:00', 'time'],
      ]).said,
    ).toEqual([]);
  });
  it('after a last will needs less time, and none when it is back at once', () => {
    expect(
      play(silence, [
        ['10:00:00', 0.3],
        ['10:01:00', 'gone'],
        ['10:01:59', 'time'],
        ['10:02:00', 'time'],
      ]).said,
    ).toEqual([['10:02:00', 'raise']]);
    expect(
      play(silence, [
        ['10:00:00', 0.3],
        ['10:01:00', 'gone'],
        ['10:01:30', 'back'],
        ['10:09:00', 'time'],
      ]).said,
    ).toEqual([]);
    expect(
      play(silence, [
        ['10:00:00', 0.3],
        ['10:01:00', 'gone'],
        ['10:01:30', 0.3],
        ['10:09:00', 'time'],
      ]).said,
    ).toEqual([]);
  });
});

describe('quiet hours', () => {
  it.each([
    ['21:59:59', '21:59:59', 0],
    ['22:00:00', '07:00:00', 1],
    ['23:30:00', '07:00:00', 1],
    ['00:00:00', '07:00:00', 0],
    ['06:59:59', '07:00:00', 0],
    ['07:00:00', '07:00:00', 0],
    ['12:00:00', '12:00:00', 0],
  ])('over midnight: %s becomes %s', (now, then, days) => {
    expect(afterQuiet(at(now), { from: 1_320, to: 420 }, zone)).toBe(at(then) + days * 86_400_000);
  });
  it('within a day', () => {
    const noon = { from: 720, to: 840 };
    expect(afterQuiet(at('11:59:59'), noon, zone)).toBe(at('11:59:59'));
    expect(afterQuiet(at('12:00:00'), noon, zone)).toBe(at('14:00:00'));
    expect(afterQuiet(at('14:00:00'), noon, zone)).toBe(at('14:00:00'));
  });
  it('hold an order back, and let it go at their end if it still holds', () => {
    const rule = { ...base, quiet: { from: 720, to: 840 } };
    expect(
      play(rule, [
        ['11:59:00', 0.1],
        ['13:59:59', 'time'],
        ['14:00:00', 'time'],
      ]).said,
    ).toEqual([['14:00:00', 'raise']]);
    expect(
      play(rule, [
        ['11:59:00', 0.1],
        ['13:00:00', 0.3],
        ['14:00:00', 'time'],
      ]).said,
    ).toEqual([]);
    // Due before they began, it is not held back because somebody looked late.
    expect(
      play(rule, [
        ['11:57:00', 0.1],
        ['12:30:00', 'time'],
      ]).said,
    ).toEqual([['12:30:00', 'raise']]);
  });
});

describe('laws of a watch (property)', () => {
  const step = fc.record({
    gap: fc.integer({ min: 0, max: 900_000 }),
    what: fc.oneof(
      fc.double({ min: 0, max: 0.4, noNaN: true }).map((value) => ({ type: 'reading' as const, value })),
      fc
        .constantFrom('time' as const, 'gone' as const, 'back' as const, 'order_ended' as const)
        .map((type) => ({ type })),
    ),
  });
  const some = fc.constantFrom(
    base,
    silence,
    { ...base, forSeconds: 0, clearForSeconds: 0 },
    { ...base, quiet: { from: 1_320, to: 420 } },
    { ...silence, quiet: { from: 600, to: 620 } },
  );
  const simulate = (
    rule: Rule,
    steps: readonly { gap: number; what: { type: string; value?: number } }[],
  ) => {
    let watch = unwatched;
    let now = at('09:00:00');
    let lastAt: number | null = null;
    const log: { act: WatchAct; now: number; before: Watch; after: Watch }[] = [];
    for (const { gap, what } of steps) {
      now += gap;
      const before = watch;
      const done = decide(watch, { ...what, at: now } as WatchInput, rule, lastAt, zone);
      for (const act of done.acts) log.push({ act, now, before, after: done.watch });
      if (what.type === 'order_ended' && before.isOpen)
        log.push({ act: 'ended' as WatchAct, now, before, after: done.watch });
      watch = done.watch;
      if (what.type === 'reading') lastAt = now;
      // What it says is due is never in the past: a sweep always comes to an end.
      expect(done.dueAt === null || done.dueAt > now).toBe(true);
    }
    return log;
  };

  it('never opens a second while one is open; clears only what is open; each of both by turns', () => {
    let raised = 0;
    fc.assert(
      fc.property(some, fc.array(step, { maxLength: 60 }), (rule, steps) => {
        let isOpen = false;
        let isCleared = false;
        for (const { act } of simulate(rule, steps)) {
          if (act === 'raise') {
            expect(isOpen).toBe(false);
            [isOpen, isCleared] = [true, false];
            raised++;
          } else if (act === 'clear') {
            expect([isOpen, isCleared]).toEqual([true, false]);
            isCleared = true;
          } else if (act === 'return') {
            expect([isOpen, isCleared]).toEqual([true, true]);
            isCleared = false;
          } else [isOpen, isCleared] = [false, false];
        }
      }),
      { numRuns: 600 },
    );
    expect(raised).toBeGreaterThan(300);
  });

  it('clears only after every reading of the whole time was well', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const rule = base;
        const bad: number[] = [];
        let now = at('09:00:00');
        for (const { gap, what } of steps) {
          now += gap;
          if (what.type === 'reading' && what.value <= 0.15) bad.push(now);
        }
        for (const { act, now: clearedAt } of simulate(rule, steps).filter((line) => line.act === 'clear')) {
          const before = bad.filter((time) => time <= clearedAt);
          // The clear may be noticed later than it came about; from some instant on 600 s were free of bad readings.
          const isFree = before.some((time, i) => (before[i + 1] ?? clearedAt) - time >= 600_000);
          expect([act, isFree]).toEqual(['clear', true]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('does not depend on how often the clock is looked at', () => {
    fc.assert(
      fc.property(some, fc.array(step, { maxLength: 30 }), (rule, steps) => {
        const readings = steps.filter(({ what }) => what.type === 'reading');
        const rare = simulate(rule, readings).map(({ act }) => act);
        const often = simulate(
          rule,
          readings.flatMap(({ gap, what }) => {
            const part = Math.floor(gap / 3);
            const look = { gap: part, what: { type: 'time' as const } };
            return [look, look, { gap: gap - 2 * part, what }];
          }),
        ).map(({ act }) => act);
        expect(often).toEqual(rare);
      }),
      { numRuns: 300 },
    );
  });
});
