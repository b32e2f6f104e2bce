/**
 * The gate goes by the server's time, whatever the phone's own clock says. `skew` is what the server's is ahead; a
 * clock that is turned back is noticed (the monotonic one goes on), one that jumps forward may have slept.
 */
export const CLOCK_TOLERANCE_MS = 60_000;
const JUMP_MS = 2000;

export interface KeptClock {
  readonly skewMs: number;
  /** The latest server time that was ever known here. */
  readonly seenAt: number;
}

export interface Ticks {
  readonly wall: () => number;
  /** Only ever forward; may stand while the phone sleeps. */
  readonly steady: () => number;
}

export class GateClock {
  readonly #ticks: Ticks;
  #skewMs = 0;
  #seenAt = 0;
  #anchor: { readonly at: number; readonly steady: number } | null = null;
  #isBack = false;

  constructor(ticks: Ticks, kept: KeptClock | undefined) {
    this.#ticks = ticks;
    if (kept !== undefined) {
      this.#skewMs = kept.skewMs;
      this.#seenAt = kept.seenAt;
    }
  }

  /** The server's time now, as well as it can be known. */
  now(): number {
    const byWall = this.#ticks.wall() + this.#skewMs;
    const least =
      this.#anchor === null
        ? this.#seenAt
        : this.#anchor.at + (this.#ticks.steady() - this.#anchor.steady) - JUMP_MS;
    this.#isBack = byWall < least;
    const now = this.#isBack ? (this.#anchor === null ? byWall : least + JUMP_MS) : byWall;
    this.#seenAt = Math.max(this.#seenAt, now);
    return now;
  }

  /** The server said `serverAt` to a question asked at `askedAt` of the wall clock and answered just now. */
  heard(serverAt: number, askedAt: number): void {
    const answeredAt = this.#ticks.wall();
    this.#skewMs = Math.round(serverAt - (askedAt + answeredAt) / 2);
    this.#anchor = { at: answeredAt + this.#skewMs, steady: this.#ticks.steady() };
    this.#seenAt = this.#anchor.at;
    this.#isBack = false;
  }

  get kept(): KeptClock {
    return { skewMs: this.#skewMs, seenAt: this.#seenAt };
  }

  /** Positive: the phone is behind. */
  get skewMs(): number {
    return this.#skewMs;
  }

  get isBack(): boolean {
    return this.#isBack;
  }
}
