/** The share of the time that is left below which it is soon: the bar turns to "due soon". */
const SOON_SHARE = 0.25;

export type DueState = 'moving' | 'due' | 'late' | 'waiting';

/** Where a deadline stands. `pausedSeconds`: the clock stands and so much is left. */
export function dueState(from: number, due: number, now: number, pausedSeconds: number | null): DueState {
  if (pausedSeconds !== null) return 'waiting';
  if (now > due) return 'late';
  return (due - now) / Math.max(1, due - from) < SOON_SHARE ? 'due' : 'moving';
}
