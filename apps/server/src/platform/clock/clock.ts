/** The only place that reads the time; everything else is given an instant (rule 2). */
export interface Clock {
  now(): Date;
}

/**
 * Whether a moment that was put at most so far ahead is still to come. A clock that was set back since makes nobody wait for
 * longer than was meant: what then lies further off counts as past.
 */
export const isAhead = (until: number, now: number, most: number): boolean =>
  until > now && until - now <= most;

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until told to move: a day passes in a test, or in a simulation, in seconds. */
export class VirtualClock implements Clock {
  #now: number;
  constructor(start: Date) {
    this.#now = start.getTime();
  }
  now(): Date {
    return new Date(this.#now);
  }
  advance(milliseconds: number): void {
    if (milliseconds < 0) throw new RangeError('a clock does not run backwards');
    this.#now += milliseconds;
  }
  /** Time does not; clocks that somebody sets do. */
  setBack(milliseconds: number): void {
    this.#now -= milliseconds;
  }
  set(instant: Date): void {
    this.advance(instant.getTime() - this.#now);
  }
}
