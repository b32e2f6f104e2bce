import { addDays, instantOn, localDate, toLocal } from '@gongzhi/kernel';
import { type Channel, channels, type Urgency } from './messages.ts';

/** What somebody wishes; where nobody said anything, `defaultPreference`. Minutes of the day at the place. */
export interface Preference {
  readonly channels: readonly Channel[];
  readonly isNewsWanted: boolean;
  readonly quietFrom: number;
  readonly quietTo: number;
}

const clock = (hour: number, minute = 0): number => 60 * hour + minute;

/** Nobody is woken by a message about a lamp (product default; a person may choose other hours, or none). */
export const defaultPreference: Preference = {
  channels,
  isNewsWanted: true,
  quietFrom: clock(22),
  quietTo: clock(7),
};

export interface DeliveryPlan {
  /** In the order to try them; empty: the inbox is all. */
  readonly channels: readonly Channel[];
  /** By all of them together, not one after the other. */
  readonly isAtOnce: boolean;
  /** Epoch ms. */
  readonly notBefore: number;
  /** It waits for the end of the quiet hours. */
  readonly isHeld: boolean;
}

/**
 * By what and when somebody is told. Pure. `usable`: channels that have both a provider and a confirmed address.
 * An emergency takes every usable channel at once, the unwished ones too, and knows no quiet hour.
 */
export function planDelivery(
  urgency: Urgency,
  preference: Preference,
  usable: readonly Channel[],
  now: number,
  timeZone: string,
): DeliveryPlan {
  const wished = preference.channels.filter((channel) => usable.includes(channel));
  if (urgency === 'emergency') {
    const others = usable.filter((channel) => !wished.includes(channel));
    return { channels: [...wished, ...others], isAtOnce: true, notBefore: now, isHeld: false };
  }
  if (urgency === 'news' && !preference.isNewsWanted)
    return { channels: [], isAtOnce: false, notBefore: now, isHeld: false };
  const notBefore = endOfQuiet(preference, now, timeZone);
  return { channels: wished, isAtOnce: false, notBefore, isHeld: notBefore > now };
}

/** `now`, or when the quiet hours it lies in end. From is quiet, to is not any more. */
export function endOfQuiet(
  { quietFrom, quietTo }: Pick<Preference, 'quietFrom' | 'quietTo'>,
  now: number,
  timeZone: string,
): number {
  if (quietFrom === quietTo) return now;
  const date = localDate(now, timeZone);
  const { hour, minute: past } = toLocal(now, timeZone);
  const minute = clock(hour, past);
  const isOvernight = quietFrom > quietTo;
  const isQuiet = isOvernight
    ? minute >= quietFrom || minute < quietTo
    : minute >= quietFrom && minute < quietTo;
  if (!isQuiet) return now;
  return instantOn(isOvernight && minute >= quietFrom ? addDays(date, 1) : date, quietTo, timeZone);
}
