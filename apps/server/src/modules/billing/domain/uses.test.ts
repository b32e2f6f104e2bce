import { describe, expect, it } from 'vitest';
import { type MeterInMonth, useIn, useOfHome } from './uses.ts';

const [FIRST, LAST] = ['2026-12-01', '2026-12-31'];
const at = (readingId: string, milli: number, on: string) => ({ readingId, milli, on });
const meter = (more: Partial<MeterInMonth> = {}): MeterInMonth => ({
  meterId: 'm',
  serial: 'B1',
  retiredOn: null,
  isPrepaid: false,
  billedTo: at('a', 100_000, '2026-11-30'),
  read: null,
  held: null,
  ...more,
});
/** Read since `previous`, in steps. */
const read = (
  previous: MeterInMonth['billedTo'],
  ...steps: [id: string, milli: number, on: string, usedMilli: number | null][]
): MeterInMonth['read'] => {
  const [first, last] = [steps[0]!, steps.at(-1)!];
  return {
    first: { ...at(first[0], first[1], first[2]), usedMilli: first[3] },
    previous,
    last: at(last[0], last[1], last[2]),
    sinceCounts: previous?.readingId === 'a',
    usedMilli: steps.reduce((sum, [, , , used]) => sum + (used ?? 0), 0),
  };
};
const a = at('a', 100_000, '2026-11-30');
const of = (more: Partial<MeterInMonth>) => useIn(meter(more), FIRST, LAST);
const used = (more: Partial<MeterInMonth>) => of(more).uses.map(({ usedMilli }) => usedMilli);
const code = (more: Partial<MeterInMonth>) => of(more).faults.map((fault) => [fault.code, fault.isLeftOut]);

describe('what a meter counted in a month', () => {
  it('begins where the last bill ended and ends with the last reading of the month', () => {
    const many = read(a, ['b', 130_000, '2026-12-10', 30_000], ['c', 142_500, LAST, 12_500]);
    expect(of({ read: many })).toEqual({
      uses: [
        {
          meterId: 'm',
          serial: 'B1',
          fromId: 'a',
          fromMilli: 100_000,
          fromOn: '2026-11-30',
          toId: 'c',
          toMilli: 142_500,
          toOn: LAST,
          usedMilli: 42_500,
        },
      ],
      faults: [],
    });
    // A counter that began anew: metering says what was used, the difference does not.
    expect(used({ read: read(a, ['b', 500, '2026-12-10', 999_900]) })).toEqual([999_900]);
  });

  it('of a meter nobody billed before begins with the reading before, or with its first', () => {
    const billedTo = null;
    expect(used({ billedTo, read: read(a, ['b', 130_000, FIRST, 30_000]) })).toEqual([30_000]);
    expect(used({ billedTo, read: read(null, ['b', 130_000, FIRST, null]) })).toEqual([0]);
    expect(
      used({ billedTo, read: read(null, ['b', 130_000, FIRST, null], ['c', 131_000, LAST, 1_000]) }),
    ).toEqual([1_000]);
  });

  it('is left out, and no nothing, where nobody read it in the month', () => {
    expect(code({})).toEqual([['no_reading', true]]);
    // The day before the month's first is not in it; its first is.
    expect(code({ read: read(a, ['b', 101_000, '2026-11-30', 1_000]) })).toEqual([['no_reading', true]]);
    expect(code({ read: read(a, ['b', 101_000, FIRST, 1_000]) })).toEqual([]);
    // Taken down on the month's first day it hung there; on the day before it did not.
    expect(code({ retiredOn: FIRST })).toEqual([['no_reading', true]]);
    expect(code({ retiredOn: '2026-11-30' })).toEqual([]);
    // The last figure of one that was taken down is billed, however late.
    expect(used({ retiredOn: '2026-11-30', read: read(a, ['b', 101_000, '2026-11-30', 1_000]) })).toEqual([
      1_000,
    ]);
  });

  it('waits where somebody has to look, and says what waits behind it', () => {
    const held = { ...at('h', 90_000, '2026-12-20'), isLower: true };
    expect(of({ held })).toEqual({
      uses: [],
      faults: [
        {
          code: 'reading_lower',
          params: { serial: 'B1', fromMilli: 100_000, toMilli: 90_000, on: '2026-12-20' },
          isLeftOut: true,
        },
      ],
    });
    expect(code({ held: { ...held, isLower: false } })).toEqual([['reading_held', true]]);
    expect(code({ held, read: read(a, ['b', 101_000, '2026-12-20', 1_000]) })).toEqual([
      ['reading_held', false],
    ]);
    expect(code({ held, read: read(a, ['b', 101_000, '2026-12-21', 1_000]) })).toEqual([]);
  });

  it('takes back what the last bill said too much, and what it said too little comes now', () => {
    // Billed to 100; that reading was taken back, and the one after it stands on the one before: 80.
    const before = at('z', 80_000, '2026-10-31');
    expect(code({ read: read(before, ['b', 95_000, '2026-12-05', 15_000]) })).toEqual([
      ['reading_lower', true],
    ]);
    expect(used({ read: read(before, ['b', 100_000, '2026-12-05', 20_000]) })).toEqual([0]);
    expect(
      used({ read: read(before, ['b', 95_000, '2026-12-05', 15_000], ['c', 112_000, LAST, 17_000]) }),
    ).toEqual([12_000]);
  });

  it('is on no bill where it is paid for ahead, nor where a later month went out first', () => {
    expect(of({ isPrepaid: true })).toEqual({ uses: [], faults: [] });
    // Paid for ahead in between: what was used then is in no bill, and what was used since is.
    const since = {
      ...read(at('e', 150_000, '2026-12-20'), ['f', 153_000, LAST, 3_000])!,
      sinceCounts: true,
    };
    expect(of({ read: since }).uses).toMatchObject([
      { fromMilli: 150_000, toMilli: 153_000, usedMilli: 3_000 },
    ]);
    // What was used before it was paid for ahead is billed.
    expect(used({ isPrepaid: true, read: read(a, ['b', 101_000, '2026-12-05', 1_000]) })).toEqual([1_000]);
    expect(code({ billedTo: at('j', 130_000, '2027-01-01') })).toEqual([['billed_beyond', true]]);
    expect(code({ billedTo: at('j', 130_000, LAST) })).toEqual([['no_reading', true]]);
  });

  it('counts the final figures of what was taken down and the first ones of what hangs there now', () => {
    const old = meter({
      retiredOn: '2026-12-10',
      read: read(a, ['b', 120_000, '2026-12-10', 20_000]),
    });
    const fresh = meter({
      meterId: 'n',
      serial: 'B2',
      billedTo: null,
      read: read(null, ['d', 5_000, '2026-12-10', null], ['e', 25_000, LAST, 20_000]),
    });
    const both = useOfHome([fresh, old], FIRST, LAST);
    expect(both?.uses.map(({ serial, usedMilli }) => [serial, usedMilli])).toEqual([
      ['B1', 20_000],
      ['B2', 20_000],
    ]);
    expect(useOfHome([], FIRST, LAST)).toBeUndefined();
  });
});
