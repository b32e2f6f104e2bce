import { DAY, type Instant } from '@gongzhi/kernel';

/** Parcels that wait at the gate, and slips for goods that leave a home. */

export const PARCEL_STATES = ['waiting', 'collected', 'returned'] as const;
export type ParcelState = (typeof PARCEL_STATES)[number];

export const PARCEL_ACTIONS = ['collect', 'return'] as const;
export type ParcelAction = (typeof PARCEL_ACTIONS)[number];

export type ParcelFault = 'over' | 'code' | 'not_household';

/**
 * Somebody at the shelf hands it out against its code; the household itself may say that it has it, without a code,
 * but not send it back.
 */
export function parcelFault(
  parcel: { readonly state: ParcelState; readonly code: string },
  act: { readonly action: ParcelAction; readonly by: 'household' | 'staff'; readonly code: string | null },
): ParcelFault | null {
  if (parcel.state !== 'waiting') return 'over';
  if (act.action === 'return') return act.by === 'household' ? 'not_household' : null;
  return act.by === 'household' || act.code === parcel.code ? null : 'code';
}

/** Whole days it has waited: the first day is day 0. */
export const waitedDays = (arrivedAt: Instant, now: Instant): number => Math.floor((now - arrivedAt) / DAY);

export const SLIP_STATES = ['open', 'passed', 'held', 'cancelled', 'over'] as const;
export type SlipState = (typeof SLIP_STATES)[number];
/** As it is kept: that its time has run out is seen and not written. */
export type KeptSlipState = Exclude<SlipState, 'over'>;

export const slipState = (kept: KeptSlipState, until: Instant, now: Instant): SlipState =>
  kept === 'open' && now >= until ? 'over' : kept;

export type SlipFault = 'time_past' | 'time_backwards' | 'hours_most' | 'nothing';

/** A slip is for a time of one move, not for good. */
export function slipFault(
  wish: {
    readonly from: Instant;
    readonly until: Instant;
    readonly items: readonly { readonly what: string }[];
  },
  now: Instant,
  longestHours: number,
): SlipFault | null {
  if (!wish.items.some(({ what }) => what.trim() !== '')) return 'nothing';
  if (wish.until <= now) return 'time_past';
  if (wish.until <= wish.from) return 'time_backwards';
  return wish.until - wish.from > longestHours * 3_600_000 ? 'hours_most' : null;
}

/** Six digits of a random number below 2^32: as even as makes no difference. */
export const sixDigits = (random: number): string => String(random % 1_000_000).padStart(6, '0');

/** Building, unit and room, so that nobody reads through a house: 3-2-601. */
export function isWholeHome(text: string): boolean {
  return (text.normalize('NFKC').match(/\d+/g) ?? []).length >= 2;
}
