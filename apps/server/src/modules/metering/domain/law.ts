/**
 * Civil Code, article 944: a property company must not cut power, water, heat or gas, or limit them, to have its fees paid.
 * There is no reason of that kind here: a command that bears one is refused whoever sends it, and written down.
 */
export const COMMAND_KINDS = [
  'trip',
  'allow_close',
  'close',
  'alarm_on',
  'alarm_off',
  'protect_on',
  'protect_off',
  'top_up',
] as const;
export type CommandKind = (typeof COMMAND_KINDS)[number];

export const COMMAND_REASONS = [
  'prepaid_balance',
  'safety',
  'resident_wish',
  'meter_work',
  'paid',
  'protection',
  'routine',
] as const;
export type CommandReason = (typeof COMMAND_REASONS)[number];

/** The only reasons for which a supply is ever switched off. */
export const TRIP_REASONS = ['prepaid_balance', 'safety', 'resident_wish', 'meter_work'] as const;

export const LAW_944 = 'civil_code_944';
/** Any way of saying that something is owed, in either language. */
const owed = /fee|arrear|owe|debt|unpaid|overdue|bill|\u6b20|\u8d39|\u50ac/i;

export type Refused = { readonly law: string } | { readonly law: null; readonly why: 'unknown_reason' };

/** Null: it may be done. Raising the alarm at somebody's meter presses as cutting it does. */
export function refusalOf(kind: CommandKind, reason: string): Refused | null {
  const presses = kind === 'trip' || kind === 'alarm_on' || kind === 'protect_off';
  const isKnown = COMMAND_REASONS.some((one) => one === reason);
  if (!isKnown && owed.test(reason)) return { law: LAW_944 };
  if (!isKnown) return { law: null, why: 'unknown_reason' };
  if (kind === 'trip' && !TRIP_REASONS.some((one) => one === reason))
    return { law: null, why: 'unknown_reason' };
  // Only the rule of the balance says that a balance is used up; a person has reasons of their own.
  return presses && reason === 'paid' ? { law: LAW_944 } : null;
}
