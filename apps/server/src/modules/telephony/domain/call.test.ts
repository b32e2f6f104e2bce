import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallEvent, type CallFacts, extensionsOf, heard, nothingKnown, stateOf } from './call.ts';
import { readEvent, readNumber } from './intake.ts';
import { attemptOf, outcomeAfter, settledBy } from './task.ts';
import { EVENT_KINDS, type EventKind } from './words.ts';

const event = (kind: EventKind, at: number, more: Partial<CallEvent> = {}): CallEvent => ({
  key: `${kind}-${at}`,
  kind,
  at,
  extension: kind === 'answered' ? '801' : null,
  extensions: kind === 'ringing' ? ['801', '802'] : [],
  queue: null,
  ...more,
});
const after = (...events: CallEvent[]): CallFacts => events.reduce(heard, nothingKnown(events[0]!.at));

describe('call', () => {
  it.each([
    ['queued', [event('queued', 1)], 'waiting', []],
    ['ringing', [event('queued', 1), event('ringing', 2)], 'ringing', ['801', '802']],
    ['answered', [event('ringing', 2), event('answered', 3)], 'talking', ['801']],
    [
      'answered, and the queue told afterwards',
      [event('answered', 3), event('queued', 1)],
      'talking',
      ['801'],
    ],
    ['put through', [event('answered', 3), event('answered', 5, { extension: '802' })], 'talking', ['802']],
    ['ended', [event('answered', 3), event('hung_up', 9)], 'ended', []],
    ['hung up before ringing was told', [event('hung_up', 4), event('ringing', 2)], 'missed', []],
    ['hung up by who waited', [event('queued', 1), event('hung_up', 2)], 'missed', []],
    ['missed', [event('ringing', 2), event('missed', 30)], 'missed', []],
    ['missed, they say, but answered', [event('missed', 30), event('answered', 3)], 'ended', []],
    [
      'ringing elsewhere later',
      [event('ringing', 2), event('ringing', 5, { extensions: ['803'] })],
      'ringing',
      ['803'],
    ],
  ] as const)('%s', (_, events, state, extensions) => {
    const facts = after(...events);
    expect([stateOf(facts), extensionsOf(facts)]).toEqual([state, extensions]);
  });

  it('two desks that answer at the same instant: everybody comes to the same one', () => {
    const one = event('answered', 3, { key: 'a', extension: '802' });
    const two = event('answered', 3, { key: 'b', extension: '801' });
    for (const facts of [after(one, two), after(two, one)]) expect(extensionsOf(facts)).toEqual(['802']);
  });

  it('comes to the same in whatever order, and however often, it is told (property)', () => {
    const anEvent = fc
      .record({
        kind: fc.constantFrom(...EVENT_KINDS),
        at: fc.integer({ min: 0, max: 20 }),
        key: fc.stringMatching(/^[a-f]{3}$/),
        extension: fc.constantFrom('801', '802', '803'),
        extensions: fc.subarray(['801', '802', '803'], { minLength: 1 }),
        queue: fc.constantFrom(null, 'repairs', 'other'),
      })
      .map(({ kind, ...rest }) => ({
        ...rest,
        kind,
        extension: kind === 'answered' ? rest.extension : null,
        extensions: kind === 'ringing' ? rest.extensions : [],
      }));
    fc.assert(
      fc.property(
        fc.uniqueArray(anEvent, { minLength: 1, maxLength: 8, selector: ({ key }) => key }).chain((events) =>
          fc.record({
            events: fc.constant(events),
            // Every one at least once, some twice, anyhow.
            told: fc
              .subarray(events)
              .chain((again) =>
                fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
              ),
          }),
        ),
        ({ events, told }) => {
          expect(after(...told)).toEqual(after(...events));
        },
      ),
    );
  });
});

describe('what a provider sends', () => {
  const now = Date.parse('2026-11-23T02:00:00Z');
  const clock = { now, skewSeconds: 300, oldestHours: 24 };
  const good = {
    eventId: 'e1',
    callId: 'c1',
    type: 'ringing',
    at: '2026-11-23T10:00:00+08:00',
    from: '+8613800001234',
    extensions: ['801'],
  };
  const codes = (more: Record<string, unknown>) => {
    const read = readEvent({ ...good, ...more }, clock);
    return 'faults' in read ? read.faults.map(({ field, code }) => `${field} ${code}`) : [];
  };

  it('is read', () => {
    expect(readEvent(good, clock)).toEqual({
      value: {
        key: 'e1',
        providerId: 'c1',
        kind: 'ringing',
        at: now,
        direction: 'in',
        number: '13800001234',
        queue: null,
        extension: null,
        extensions: ['801'],
      },
    });
    const out = {
      ...good,
      type: 'answered',
      direction: 'out',
      from: '801',
      to: '138-0000-1234',
      extension: '801',
    };
    expect(readEvent(out, clock)).toMatchObject({ value: { direction: 'out', number: '13800001234' } });
  });

  const at = (offset: number) => ({ at: new Date(now + offset).toISOString() });
  it.each([
    [at(300_000), []],
    [at(300_001), ['at in_future']],
    [at(-24 * 3_600_000), []],
    [at(-24 * 3_600_000 - 1), ['at too_old']],
    [{ at: '2026-11-23T10:00:00' }, ['at date_invalid']],
    [{ at: 5 }, ['at type', 'at required']],
    [{ eventId: undefined }, ['eventId required']],
    [{ eventId: 'x'.repeat(81) }, ['eventId too_long']],
    [{ callId: 'a b' }, ['callId type']],
    [{ type: 'exploded' }, ['type unknown']],
    [{ direction: 'sideways' }, ['direction unknown']],
    [{ from: 'call me' }, ['from phone_invalid']],
    [{ extensions: [] }, ['extensions required']],
    [{ extensions: ['80A'] }, ['extensions type']],
    [{ extensions: Array.from({ length: 51 }, (_, i) => `${i}`) }, ['extensions too_long']],
    [{ type: 'answered' }, ['extension required']],
    [{ queue: 'q'.repeat(41) }, ['queue too_long']],
    [{ secret: 'x' }, ['secret unknown']],
  ] as const)('%j: %j', (more, expected) => {
    expect(codes(more)).toEqual(expected);
  });

  it.each([
    ['+86 138 0000 1234', '13800001234'],
    ['008613800001234', '13800001234'],
    ['(010) 6512-3456', '01065123456'],
    ['110', '110'],
    ['anonymous', null],
    ['', null],
    ['12', undefined],
    ['1'.repeat(21), undefined],
    ["1' or 1=1", undefined],
  ])('the number %j is %j', (text, digits) => {
    expect(readNumber(text)).toBe(digits);
  });
});

describe('a missed call', () => {
  const task = { lastMissedAt: 100, lastCallId: 'c1', attempts: 0 };
  it.each([
    ['called back', { callId: 'c2', direction: 'out', answeredAt: 100 }, 'reached'],
    ['rang again and was answered', { callId: 'c2', direction: 'in', answeredAt: 101 }, 'called_again'],
    ['spoken with before', { callId: 'c2', direction: 'in', answeredAt: 99 }, null],
    ['answered after all', { callId: 'c1', direction: 'in', answeredAt: 90 }, 'answered'],
  ] as const)('%s', (_, call, outcome) => {
    expect(settledBy(task, call)).toBe(outcome);
  });

  it.each([
    ['reached', 1, 'reached'],
    ['unreachable', 2, null],
    ['unreachable', 3, 'unreachable'],
    ['not_needed', 1, 'not_needed'],
  ] as const)('%s at the %i. attempt of three', (said, attempts, outcome) => {
    expect(outcomeAfter(said, attempts, 3, false)).toBe(outcome);
  });
  it('is not over with the last attempt for who rang meanwhile', () => {
    expect(outcomeAfter('unreachable', 3, 3, true)).toBeNull();
    expect(outcomeAfter('reached', 3, 3, true)).toBe('reached');
  });

  const minutes = (count: number | null) => (count === null ? null : count * 60_000);
  it.each([
    // claimed until, said at, ended at, now
    [null, null, 10, 10, 'counts'],
    [null, null, null, 10, null],
    [11, null, 10, 10, 'kept'],
    [11, null, null, 10, 'kept'],
    [10, null, 10, 10, 'counts'],
    [null, 10, 15, 15, 'known'],
    [null, 10, 15.01, 16, 'counts'],
    [null, 30, 10, 31, 'known'],
    [null, 30, 9.99, 31, 'counts'],
    [40, 30, 29, 31, 'known'],
    [40, 30, null, 31, 'kept'],
  ] as const)(
    'taken on until %s, said at %s, over at %s, told at %s: %s',
    (until, said, ended, now, expected) => {
      const task = { claimedUntil: minutes(until), saidAt: minutes(said) };
      expect(attemptOf(task, minutes(ended), minutes(now)!)).toBe(expected);
    },
  );
});
