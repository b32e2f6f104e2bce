import type { Charged } from './prices.ts';
import type { TripBlock } from './trips.ts';

/**
 * A meter that is paid for ahead: a pure state machine. Money is whole fen.
 *
 * - `ok`          more than the first alarm
 * - `low`         at the first alarm or below: said, nothing else
 * - `warned_off`  at the second alarm or below: switched off once; whoever lives there may switch it on again
 * - `overdraft`   switched on again by them: what is used now is owed
 * - `off`         the overdraft is used up: off until it is paid
 */
export const PHASES = ['ok', 'low', 'warned_off', 'overdraft', 'off'] as const;
export type Phase = (typeof PHASES)[number];

export interface Limits {
  readonly alarm1: number;
  readonly alarm2: number;
  /** How far below nothing it may go. */
  readonly overdraft: number;
  /** The most that may lie on it; 0: as much as one likes. */
  readonly hoarding: number;
  /** It is switched on again at this much, or above it where `isCloseStrict`. */
  readonly closePermit: number;
  readonly isCloseStrict: boolean;
}

export interface Facts {
  readonly balance: number;
  readonly limits: Limits;
  /** Who counts: where the meter does, it switches by itself, and is only told when it must not. */
  readonly keeps: 'meter' | 'us';
  readonly isProtected: boolean;
  /** What the meter was last told about its protection. */
  readonly isShielded: boolean;
  readonly block: TripBlock | null;
  /** Whoever lives there asked to have it on again. */
  readonly isRestoreAsked: boolean;
  /** Whether it is switched on again by the command or by their own hand at the meter. */
  readonly closeBy: 'close' | 'allow_close';
}

export type Told = 'low' | 'held' | 'warned_off' | 'off' | 'restored' | 'on_again';

export interface Decision {
  readonly phase: Phase;
  readonly commands: readonly {
    readonly kind: 'trip' | 'close' | 'allow_close' | 'protect_on' | 'protect_off';
    readonly reason: 'prepaid_balance' | 'paid' | 'resident_wish' | 'protection';
  }[];
  readonly tells: readonly Told[];
  /** It would be switched off, and why it is not; looked at again every hour. */
  readonly held: TripBlock | null;
}

/** Where a balance stands, whatever came before. A threshold includes the figure itself. */
export function levelOf(
  balance: number,
  { alarm1, alarm2, overdraft }: Limits,
): 'ok' | 'low' | 'second' | 'end' {
  if (balance <= -overdraft) return 'end';
  if (balance <= alarm2) return 'second';
  return balance <= alarm1 ? 'low' : 'ok';
}

export const mayClose = (balance: number, { closePermit, isCloseStrict }: Limits): boolean =>
  isCloseStrict ? balance > closePermit : balance >= closePermit;

/** How much may be bought; null: as much as one likes. */
export function roomFor(balance: number, { hoarding }: Limits): number | null {
  return hoarding === 0 ? null : Math.max(0, hoarding - balance);
}

export function decide(before: Phase, facts: Facts): Decision {
  const next = keepMoving(before, facts);
  return { ...next, commands: [...shield(next, facts), ...next.commands] };
}

function keepMoving(before: Phase, facts: Facts): Decision {
  const { balance, limits } = facts;
  const level = levelOf(balance, limits);
  const isOff = before === 'off' || before === 'warned_off';
  if (isOff) return whileOff(before, level, facts);
  if (level === 'ok') return { phase: 'ok', commands: [], tells: [], held: null };
  if (level === 'low')
    return { phase: 'low', commands: [], tells: before === 'ok' ? ['low'] : [], held: null };
  // Switched on again by themselves: it stays on until the overdraft is used up.
  if (before === 'overdraft' && level === 'second')
    return { phase: 'overdraft', commands: [], tells: [], held: null };
  const block = facts.isProtected ? 'protected' : facts.block;
  if (block !== null) {
    const phase = before === 'overdraft' ? 'overdraft' : 'low';
    return { phase, commands: [], tells: before === 'ok' ? ['low', 'held'] : [], held: block };
  }
  const phase = level === 'end' ? 'off' : 'warned_off';
  return { phase, commands: byUs(facts, 'trip', 'prepaid_balance'), tells: [phase], held: null };
}

function whileOff(before: 'off' | 'warned_off', level: ReturnType<typeof levelOf>, facts: Facts): Decision {
  const on = (
    phase: Phase,
    tells: readonly Told[],
    reason: 'paid' | 'resident_wish' | 'protection',
  ): Decision => ({
    phase,
    commands: byUs(facts, reason === 'resident_wish' ? 'close' : facts.closeBy, reason),
    tells,
    held: null,
  });
  // Somebody's health stands above what is owed: from the moment it is known.
  if (facts.isProtected) return { ...on('overdraft', ['on_again'], 'protection'), held: 'protected' };
  const isPaid = (level === 'ok' || level === 'low') && mayClose(facts.balance, facts.limits);
  if (isPaid) return on(level, ['on_again'], 'paid');
  if (before === 'warned_off' && level !== 'end' && facts.isRestoreAsked)
    return on('overdraft', ['restored'], 'resident_wish');
  // What is off goes further down only where it was read late: there is no overdraft to be used any more.
  if (before === 'warned_off' && level === 'end')
    return { phase: 'off', commands: [], tells: ['off'], held: null };
  return { phase: before, commands: [], tells: [], held: null };
}

const byUs = (
  { keeps }: Facts,
  kind: 'trip' | 'close' | 'allow_close',
  reason: Decision['commands'][number]['reason'],
): Decision['commands'] => (keeps === 'us' ? [{ kind, reason }] : []);

/**
 * A meter that switches by itself knows no holidays: while it must not, it is told that it is protected. Who is protected
 * for their health is protected at the meter too, whoever counts.
 */
function shield({ phase }: Decision, facts: Facts): Decision['commands'] {
  const mayTripByItself = facts.keeps === 'meter' && phase !== 'ok' && facts.block !== null;
  const wanted = facts.isProtected || mayTripByItself;
  if (wanted === facts.isShielded) return [];
  return [{ kind: wanted ? 'protect_on' : 'protect_off', reason: 'protection' }];
}

/**
 * What was used, in money: thousandths of a unit times ten-thousandths of a yuan are hundred-thousandths of a fen. What is
 * less than a fen is carried on, so that a year of days costs what the year costs.
 */
export function chargeOf(
  parts: readonly Charged[],
  rest: number,
): { readonly fen: number; readonly rest: number } {
  const total = parts.reduce((sum, { milli, price }) => sum + BigInt(milli) * BigInt(price), BigInt(rest));
  // Given back (a reading that was wrong) is a negative use: the rest stays between nothing and a fen.
  const below = ((total % 100_000n) + 100_000n) % 100_000n;
  return { fen: Number((total - below) / 100_000n), rest: Number(below) };
}

/** A meter and our books may differ by what was used since it was read and by roundings; beyond that somebody looks. */
export const isDifferent = (ours: number, meter: number, tolerance: number): boolean =>
  Math.abs(ours - meter) > tolerance;
