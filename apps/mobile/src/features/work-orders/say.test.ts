import { describe, expect, it } from 'vitest';
import type { OrderStatus } from '../../api-types.ts';
import { wordsIn } from '../../app/words.ts';
import { anOrder } from './fixtures.ts';
import { deadlineOf, dueSentence, headline, toneOf } from './say.ts';

const en = wordsIn('en');
const at = (time: string): number => Date.parse(`2026-11-20T${time}:00.000Z`);

describe('an order in words', () => {
  it('says who, or that somebody is looked for', () => {
    expect(headline(en, anOrder())).toBe('Wang is on the way');
    expect(headline(en, anOrder({ status: 'submitted', assigneeName: null }))).toBe(
      'Received; finding the right person',
    );
    // A neighbour is not told the name.
    expect(headline(en, anOrder({ assigneeName: null }))).toBe('the worker is on the way');
  });

  it('says minutes within the hour, the clock beyond, and how late', () => {
    expect(dueSentence(en, anOrder(), at('10:48'))).toEqual({
      text: 'Should be there within 12 min',
      isLate: false,
    });
    expect(dueSentence(en, anOrder({ status: 'in_progress' }), at('10:48'))).toEqual({
      text: 'Should be done by: tomorrow 18:00',
      isLate: false,
    });
    expect(dueSentence(en, anOrder(), at('11:05'))).toEqual({ text: 'Arrival is 5 min late', isLate: true });
    // The last seconds are still a minute to whoever waits.
    expect(dueSentence(en, anOrder(), at('11:00') - 5_000)?.text).toBe('Should be there within 1 min');
  });

  it('takes the deadline of where it stands, and none where no clock runs', () => {
    const which = (status: OrderStatus) => deadlineOf(anOrder({ status }))?.which ?? null;
    expect(
      (['submitted', 'assigned', 'accepted', 'departed', 'arrived', 'in_progress'] as const).map(which),
    ).toEqual(['respond', 'respond', 'arrive', 'arrive', 'resolve', 'resolve']);
    expect((['paused', 'finished', 'confirmed', 'closed', 'cancelled'] as const).map(which)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(deadlineOf(anOrder({ status: 'accepted', arriveDueAt: null }))?.which).toBe('resolve');
  });

  it('is never late while it rests or when it is done', () => {
    expect(toneOf(anOrder({ isLate: true }))).toBe('late');
    expect(toneOf(anOrder({ isLate: true, status: 'paused' }))).toBe('waiting');
    expect(toneOf(anOrder({ isLate: true, status: 'closed' }))).toBe('done');
  });
});
