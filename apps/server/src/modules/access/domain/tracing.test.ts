import { DAY, MINUTE } from '@gongzhi/kernel';
import { describe, expect, it, test } from 'vitest';
import {
  contactsOf,
  decisionFault,
  type HeldPass,
  holdersOf,
  type TracedMeasure,
  wishFault,
} from './tracing.ts';
import { forgetBefore, keptDaysOf } from './retention.ts';

const now = Date.parse('2026-11-23T02:00:00Z');
const limits = { windowMinutes: 30, spanDays: 14, keepDays: 30 };
const measure: TracedMeasure = { from: now - 20 * DAY, to: now + DAY, allowsTracing: true };
const wish = { from: now - 2 * DAY, to: now, windowMinutes: 30, destroyAt: now + 30 * DAY };

test.each<[string, Partial<typeof wish>, TracedMeasure, string | null]>([
  ['as wide as may be', { from: now - 14 * DAY }, measure, null],
  ['a millisecond wider', { from: now - 14 * DAY - 1 }, measure, 'span'],
  ['nothing at all', { to: now - 2 * DAY }, measure, 'span'],
  ['a minute more than the window', { windowMinutes: 31 }, measure, 'window'],
  ['into the future', { to: now + MINUTE + 1 }, measure, 'future'],
  ['kept a millisecond too long', { destroyAt: now + 30 * DAY + 1 }, measure, 'keep'],
  ['destroyed before it is made', { destroyAt: now }, measure, 'keep'],
  ['before the measure began', { from: now - 20 * DAY - 1, to: now - 19 * DAY }, measure, 'outside'],
  ['under none', {}, null, 'no_measure'],
  ['under one that does not allow it', {}, { ...measure!, allowsTracing: false }, 'not_allowed'],
  ['at the moment a measure ends', {}, { ...measure!, to: now }, 'measure_over'],
  ['at the moment a measure begins', { from: now, to: now + MINUTE }, { ...measure!, from: now }, null],
  ['before it begins', {}, { ...measure!, from: now + 1 }, 'measure_over'],
])('a wish %s', (_name, part, under, expected) => {
  expect(wishFault({ ...wish, ...part }, under, limits, now)).toBe(expected);
});

test.each([
  ['another of another office', { accountId: 'b', role: 'street' }, 'asked', null],
  ['who asked', { accountId: 'a', role: 'street' }, 'asked', 'own'],
  ['a colleague', { accountId: 'b', role: 'committee' }, 'asked', 'same_office'],
  ['somebody after it was decided', { accountId: 'b', role: 'street' }, 'authorised', 'closed'],
])('decided by %s', (_name, by, state, expected) => {
  const tracing = { state, askedBy: 'a', askedRole: 'committee', destroyAt: now + 1 };
  expect(decisionFault(tracing, by, now)).toBe(expected);
  if (expected === null) expect(decisionFault({ ...tracing, destroyAt: now }, by, now)).toBe('over');
});

describe('contacts', () => {
  it('went through the same gate within the window, each once with the closest', () => {
    const subject = [
      { gateId: 'east', at: now },
      { gateId: 'west', at: now + 60 * MINUTE },
    ];
    const met = (passId: string, gateId: string, minutes: number) => ({
      passId,
      gateId,
      at: now + minutes * MINUTE,
    });
    const others = [
      met('far', 'east', 16),
      met('edge', 'east', 15),
      met('before', 'east', -15),
      met('often', 'east', 9),
      met('often', 'east', 2),
      met('often', 'west', 61),
      met('elsewhere', 'south', 0),
      met('wrong-gate', 'west', 0),
    ];
    expect(contactsOf(subject, others, 15)).toEqual([
      { passId: 'often', times: 3, gateId: 'west', at: now + 61 * MINUTE, apart: MINUTE },
      { passId: 'before', times: 1, gateId: 'east', at: now - 15 * MINUTE, apart: 15 * MINUTE },
      { passId: 'edge', times: 1, gateId: 'east', at: now + 15 * MINUTE, apart: 15 * MINUTE },
    ]);
    expect(contactsOf([], others, 15)).toEqual([]);
    // Two passes of one holder are one line, with the closest of either.
    const together = new Map([
      ['edge', 'somebody'],
      ['often', 'somebody'],
    ]);
    expect(contactsOf(subject, others, 15, together)).toEqual([
      { passId: 'often', times: 4, gateId: 'west', at: now + 61 * MINUTE, apart: MINUTE },
      { passId: 'before', times: 1, gateId: 'east', at: now - 15 * MINUTE, apart: 15 * MINUTE },
    ]);
  });

  it('goes by the holder: the person, the account, a car of a home, a child of a guardian', () => {
    const pass = (id: string, more: Partial<HeldPass> = {}): HeldPass => ({
      id,
      kind: 'resident',
      personId: null,
      accountId: null,
      householdId: null,
      plate: null,
      name: null,
      ...more,
    });
    const holders = holdersOf([
      pass('phone', { accountId: 'a' }),
      pass('card', { kind: 'card', personId: 'p' }),
      // What joins the two, which nobody showed.
      pass('former', { personId: 'p', accountId: 'a' }),
      pass('car', { kind: 'vehicle', householdId: 'h', plate: '01' }),
      pass('car again', { kind: 'vehicle', householdId: 'h', plate: '01', accountId: 'a' }),
      pass('sold', { kind: 'vehicle', householdId: 'other', plate: '01' }),
      pass('child', { kind: 'minor', personId: 'p', name: '小明' }),
      pass('child again', { kind: 'minor', personId: 'p', name: '小明' }),
      pass('sister', { kind: 'minor', personId: 'p', name: '小红' }),
      pass('guest', { kind: 'visitor', accountId: 'a' }),
      pass('guest again', { kind: 'visitor', accountId: 'a' }),
      pass('nobody'),
    ]);
    const groups = Object.values(Object.groupBy([...holders.keys()], (id) => holders.get(id)!));
    expect(groups).toEqual([
      ['phone', 'card', 'former', 'car', 'car again'],
      ['sold'],
      ['child', 'child again'],
      ['sister'],
      ['guest'],
      ['guest again'],
      ['nobody'],
    ]);
  });
});

describe('how long a place keeps', () => {
  it('is what the nearest says', () => {
    const written = new Map([
      ['street', 20],
      ['compound', 7],
    ]);
    expect(keptDaysOf(['compound', null, 'street'], written, 30)).toBe(7);
    expect(keptDaysOf(['other', 'company', 'street'], written, 30)).toBe(20);
    expect(keptDaysOf(['other', null, null], written, 30)).toBe(30);
  });
  it('ends at midnight of the place', () => {
    expect(new Date(forgetBefore(now, 7, 'Asia/Shanghai')).toISOString()).toBe('2026-11-15T16:00:00.000Z');
  });
});
