import type { LocalDate } from '@gongzhi/kernel';
import type { MeterUse } from './basis.ts';

/**
 * What a meter counted for one month's bill: from where the last bill ended to the last reading that counts in the month.
 * Pure. Nothing is estimated: what nobody read is billed when somebody has.
 */

export interface Shown {
  readonly readingId: string;
  readonly milli: number;
  readonly on: LocalDate;
}

export interface MeterInMonth {
  readonly meterId: string;
  readonly serial: string;
  readonly retiredOn: LocalDate | null;
  /** Paid for ahead: what it counts goes off what was bought, and on no bill. */
  readonly isPrepaid: boolean;
  /** Where the last bill of this item ended. */
  readonly billedTo: Shown | null;
  /** What was read since, or in this month where nothing was billed before; null: nothing. */
  readonly read: {
    readonly first: Shown & { readonly usedMilli: number | null };
    /** The reading that counted before the first. */
    readonly previous: Shown | null;
    readonly last: Shown;
    /** Whether the reading the last bill ended with still counts. */
    readonly sinceCounts: boolean;
    /** Of all of them, each since the one before it: a counter that began anew, and what was corrected, is in it. */
    readonly usedMilli: number;
  } | null;
  /** The last one of the month that waits for somebody's word. */
  readonly held: (Shown & { readonly isLower: boolean }) | null;
}

export interface UseFault {
  readonly code: 'no_reading' | 'reading_lower' | 'reading_held' | 'billed_beyond';
  readonly params: Readonly<Record<string, string | number>>;
  readonly isLeftOut: boolean;
}

export interface HomeUse {
  readonly uses: readonly MeterUse[];
  readonly faults: readonly UseFault[];
}

const leftOut = (code: UseFault['code'], params: UseFault['params']): HomeUse => ({
  uses: [],
  faults: [{ code, params, isLeftOut: true }],
});
const nothing: HomeUse = { uses: [], faults: [] };

export function useIn(meter: MeterInMonth, firstDay: LocalDate, lastDay: LocalDate): HomeUse {
  const { meterId, serial, billedTo, read, held } = meter;
  const hangs = !meter.isPrepaid && (meter.retiredOn === null || meter.retiredOn >= firstDay);
  // A later month went out first: its bill begins where this one ought to have ended.
  if (billedTo !== null && billedTo.on > lastDay)
    return hangs ? leftOut('billed_beyond', { serial, on: billedTo.on }) : nothing;
  if (held !== null && hangs && (read === null || read.last.on < firstDay))
    return held.isLower
      ? leftOut('reading_lower', {
          serial,
          fromMilli: (read?.last ?? billedTo)?.milli ?? 0,
          toMilli: held.milli,
          on: held.on,
        })
      : leftOut('reading_held', { serial, toMilli: held.milli, on: held.on });
  if (read === null) return hangs ? leftOut('no_reading', { serial }) : nothing;
  // Read, but not in this month: it comes with the next reading, and is not passed off as this month's.
  if (hangs && read.last.on < firstDay) return leftOut('no_reading', { serial });
  const { first, previous, last } = read;
  // The reading a bill ended with may have been taken back since: what it said too much or too little comes now.
  const isMended = billedTo !== null && !read.sinceCounts && previous?.readingId !== billedTo.readingId;
  // Where it was paid for ahead in between, it is billed from where that ended.
  const from = (isMended ? billedTo : null) ?? previous ?? billedTo ?? first;
  const usedMilli = read.usedMilli + (isMended ? first.milli - billedTo.milli - (first.usedMilli ?? 0) : 0);
  if (usedMilli < 0)
    return leftOut('reading_lower', { serial, fromMilli: from.milli, toMilli: last.milli, on: last.on });
  const use: MeterUse = {
    meterId,
    serial,
    fromId: from.readingId,
    fromMilli: from.milli,
    fromOn: from.on,
    toId: last.readingId,
    toMilli: last.milli,
    toOn: last.on,
    usedMilli,
  };
  const isHeldAfter = held !== null && held.on >= last.on;
  return {
    uses: [use],
    faults: isHeldAfter
      ? [{ code: 'reading_held', params: { serial, toMilli: held.milli, on: held.on }, isLeftOut: false }]
      : [],
  };
}

/** All meters of one kind in one home: what hangs there, and what was taken down meanwhile. */
export function useOfHome(
  meters: readonly MeterInMonth[],
  firstDay: LocalDate,
  lastDay: LocalDate,
): HomeUse | undefined {
  if (meters.length === 0) return undefined;
  const all = meters.map((meter) => useIn(meter, firstDay, lastDay));
  return {
    uses: all.flatMap(({ uses }) => uses).toSorted((a, b) => (a.toOn < b.toOn ? -1 : 1)),
    faults: all.flatMap(({ faults }) => faults),
  };
}
