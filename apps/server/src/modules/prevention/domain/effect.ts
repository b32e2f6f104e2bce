/**
 * Complaints avoided: how many came while a project's measures were watched, against the same weeks a year before where the
 * compound was kept then, else against as many weeks as the window has before the project was taken up. Pure.
 */

const DAY = 86_400_000;
/** Fifty-two weeks: the same days of the week. */
export const YEAR = 364 * DAY;

export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface Compared {
  readonly basis: 'last_year' | 'weeks_before';
  readonly before: Span;
  readonly after: Span;
}

/** What is compared with what; null before a whole week has been watched. */
export function spansOf(
  { acceptedAt, doneAt, watchUntil }: { acceptedAt: number; doneAt: number; watchUntil: number },
  now: number,
  windowDays: number,
  /** When the compound's own records begin. */
  keptSince: number,
): Compared | null {
  const until = Math.min(now, watchUntil);
  const weeks = Math.floor((until - doneAt) / (7 * DAY));
  if (weeks < 1) return null;
  const after = { from: doneAt, until: doneAt + weeks * 7 * DAY };
  const lastYear = { from: after.from - YEAR, until: after.until - YEAR };
  // A year before, and not in its very first days, when people had not begun to write.
  if (keptSince <= lastYear.from - 28 * DAY) return { basis: 'last_year', before: lastYear, after };
  // Weeks of which nothing was kept are no weeks without complaints.
  const from = Math.max(acceptedAt - windowDays * DAY, keptSince);
  if (acceptedAt - from < 7 * DAY) return null;
  return { basis: 'weeks_before', before: { from, until: acceptedAt }, after };
}

export interface Effect extends Compared {
  readonly beforeCount: number;
  readonly afterCount: number;
  /** What the same time would have brought. */
  readonly expected: number;
  readonly avoided: number;
  /** Nineteen times in twenty it lies between, were the reports chance. */
  readonly least: number;
  readonly most: number;
}

const to1 = (n: number) => Math.round(10 * n) / 10;

export function effectOf(compared: Compared, beforeCount: number, afterCount: number): Effect {
  const { before, after } = compared;
  const scale = (after.until - after.from) / (before.until - before.from);
  const expected = beforeCount * scale;
  const spread = 1.96 * Math.sqrt(beforeCount * scale * scale + afterCount);
  const avoided = expected - afterCount;
  return {
    ...compared,
    beforeCount,
    afterCount,
    expected: to1(expected),
    avoided: to1(avoided),
    least: to1(avoided - spread),
    most: to1(avoided + spread),
  };
}
