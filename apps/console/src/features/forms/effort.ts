/** How long a page is worked on: seconds between one touch or key and the next, as long as they are not far apart. */

/** Whoever has not touched anything for so long has gone. */
const IDLE_MILLISECONDS = 60_000;
/** Said at the latest after so many seconds. */
export const SAY_SECONDS = 90;

export interface Effort {
  /** Worked on and not said yet. */
  readonly milliseconds: number;
  readonly touchedAt: number | null;
}

export const noEffort: Effort = { milliseconds: 0, touchedAt: null };

/** A key, a touch: what lies between it and the one before was work, unless it was too long for that. */
export function touched({ milliseconds, touchedAt }: Effort, now: number): Effort {
  const since = touchedAt === null ? 0 : now - touchedAt;
  return {
    milliseconds: milliseconds + (since > 0 && since <= IDLE_MILLISECONDS ? since : 0),
    touchedAt: now,
  };
}

/** Whole seconds to say, and what is left of the rest; none while there is less than `least`. */
export function said(effort: Effort, least: number): { seconds: number; rest: Effort } {
  const seconds = Math.floor(effort.milliseconds / 1_000);
  if (seconds < Math.max(1, least)) return { seconds: 0, rest: effort };
  return { seconds, rest: { ...effort, milliseconds: effort.milliseconds - seconds * 1_000 } };
}
