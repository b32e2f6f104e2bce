import { describe, expect, it } from 'vitest';
import { clocksOf, daysFrom, isSame, stillGood } from './slots.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);

describe('the hours one can offer', () => {
  it('are what is left of today, and the next three days', () => {
    const days = daysFrom(at('2026-11-23T10:00:00'));
    expect(days.map(({ ahead, slots }) => [ahead, slots.map(({ part }) => part).join()])).toEqual([
      [0, 'morning,afternoon,evening'],
      [1, 'morning,afternoon,evening'],
      [2, 'morning,afternoon,evening'],
      [3, 'morning,afternoon,evening'],
    ]);
    expect(days[0]!.slots[0]).toMatchObject({
      from: '2026-11-23T01:00:00.000Z',
      to: '2026-11-23T04:00:00.000Z',
    });
    expect(clocksOf(days[0]!.slots[2]!)).toBe('18:00–21:00');
  });

  it('leave out what nobody could come in any more, exactly as the server does', () => {
    const partsAt = (text: string) =>
      daysFrom(at(text))[0]!
        .slots.map(({ part }) => part)
        .join();
    expect(partsAt('2026-11-23T11:30:00')).toBe('morning,afternoon,evening');
    expect(partsAt('2026-11-23T11:30:01')).toBe('afternoon,evening');
    expect(daysFrom(at('2026-11-23T20:30:01'))[0]!.ahead).toBe(1);
  });

  it('are by the clock of the place, whatever the phone says', () => {
    // Half past midnight in Beijing is still yesterday in London.
    expect(daysFrom(at('2026-11-23T00:30:00'))[0]!.date).toBe('2026-11-23');
    const london = daysFrom(at('2026-11-23T00:30:00'), 'Europe/London')[0]!;
    expect([london.date, london.slots[0]!.part, london.slots[0]!.from]).toEqual([
      '2026-11-22',
      // Exactly half an hour of it is left.
      'afternoon',
      '2026-11-22T14:00:00.000Z',
    ]);
  });

  it('lapse in a draft that was left lying', () => {
    const [day] = daysFrom(at('2026-11-23T08:00:00'));
    const windows = day!.slots.map(({ from, to }) => ({ from, to }));
    expect(stillGood(windows, at('2026-11-23T13:00:00'))).toHaveLength(2);
    expect(isSame(windows[0]!, { ...windows[0]!, from: '2026-11-23T09:00:00+08:00' })).toBe(true);
  });
});
