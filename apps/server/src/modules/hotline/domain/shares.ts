import type { Instant } from '@gongzhi/kernel';
import type { HandShares, Level } from './types.ts';

/**
 * When a hand has to be done with it. What is left of the case's time is shared by weight among this hand, those that
 * may still come below it, and the street's reply: a hand that was late shortens all that follow alike, and none is
 * left with nothing. A case that comes straight to the company skips the weights of those who never hold it.
 */
export function handDue(
  level: Level,
  at: Instant,
  dueAt: Instant,
  shares: HandShares,
  below: readonly Level[],
): Instant {
  // Whatever is late already is due at once.
  if (dueAt <= at) return dueAt;
  const own = shares[level];
  const rest = below.reduce((sum, next) => sum + shares[next], 0) + shares.reply;
  return at + Math.floor(((dueAt - at) * own) / (own + rest));
}

const order: Readonly<Record<Level, number>> = { city: 0, district: 1, street: 2, community: 3, company: 4 };

export function isLower(level: Level, than: Level): boolean {
  return order[level] > order[than];
}

/** Who may still come after this hand. */
export function levelsBelow(level: Level): Level[] {
  return (Object.keys(order) as Level[]).filter((next) => isLower(next, level));
}
