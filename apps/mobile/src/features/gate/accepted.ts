import type { Direction, Tally } from '@gongzhi/gate';

/** Longer than any code can be shown again, and than a count of who is inside holds. */
const REMEMBERED_MS = 35 * 60_000;

interface Let {
  /** Null: let through without a pass. */
  readonly ref: string | null;
  readonly step: number | null;
  readonly direction: Direction;
  readonly isCar: boolean;
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
      balance: (since) => {
        const moved = this.#all.filter(({ at }) => at > since);
        const net = (all: readonly Let[]): number =>
          all.reduce((sum, { direction }) => sum + (direction === 'in' ? 1 : -1), 0);
        return { people: net(moved), vehicles: net(moved.filter(({ isCar }) => isCar)) };
      },
    };
  }
}
