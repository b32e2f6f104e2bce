import type { Direction, Tally } from '@gongzhi/gate';

/** Codes accepted here are remembered longer than any can be shown again. */
export const REMEMBERED_MS = 10 * 60_000;

interface Let {
  readonly ref: string;
  readonly step: number | null;
  readonly direction: Direction;
  readonly at: number;
}
type IsWaiting = (one: Let) => boolean;

/** Whom this gate let through lately: no code counts twice, and no entry is given away twice. */
export class Accepted {
  #all: Let[] = [];

  add(one: Let, isWaiting: IsWaiting): void {
    this.#all = this.#all.filter((other) => other.at > one.at - REMEMBERED_MS || isWaiting(other));
    this.#all.push(one);
  }

  /** What a list made at that moment does not know: what was let in before it stands in it, unless it is still to be sent. */
  since(moment: number, isWaiting: IsWaiting): Tally {
    return {
      isUsed: (ref, step) => this.#all.some((one) => one.ref === ref && one.step === step),
      entries: (ref) =>
        this.#all.filter(
          (one) => one.ref === ref && one.direction === 'in' && (one.at > moment || isWaiting(one)),
        ).length,
    };
  }
}
