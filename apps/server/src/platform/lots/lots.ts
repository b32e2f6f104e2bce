/**
 * What machines send one by one and at once, taken in lots: what arrives while a lot is under way makes the next one. At
 * rest nothing waits for anything; under load a lot costs little more than one of it.
 */
export interface LotOptions<Item, Result> {
  /** Lots under way at once. What bears one key always goes the same lane, and so never waits for itself crosswise. */
  readonly lanes: number;
  /** In one lot at most. */
  readonly most: number;
  /** All of it or nothing: where it fails, each is taken by itself, and fails or not by itself. Results in their order. */
  readonly take: (items: readonly Item[]) => Promise<readonly Result[]>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane<Item, Result> {
  readonly waiting: Waiting<Item, Result>[];
  isBusy: boolean;
}

export class Lots<Item, Result> {
  readonly #options: LotOptions<Item, Result>;
  readonly #lanes: readonly Lane<Item, Result>[];

  constructor(options: LotOptions<Item, Result>) {
    this.#options = options;
    this.#lanes = Array.from({ length: options.lanes }, () => ({ waiting: [], isBusy: false }));
  }

  /** Takes it with what else has come; answers once its lot is done. Rejects with what went wrong with it alone. */
  add(key: string, item: Item): Promise<Result> {
    const lane = this.#lanes[hashOf(key) % this.#lanes.length] as Lane<Item, Result>;
    return new Promise((resolve, reject) => {
      lane.waiting.push({ item, resolve, reject });
      if (lane.isBusy) return;
      lane.isBusy = true;
      // What the same turn of the event loop still brings comes along.
      setImmediate(() => void this.#run(lane));
    });
  }

  async #run(lane: Lane<Item, Result>): Promise<void> {
    while (lane.waiting.length > 0) await this.#takeLot(lane.waiting.splice(0, this.#options.most));
    lane.isBusy = false;
  }

  async #takeLot(lot: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#options.take(lot.map(({ item }) => item));
      lot.forEach(({ resolve }, i) => resolve(results[i] as Result));
    } catch (error) {
      if (lot.length === 1) lot[0]!.reject(error);
      else await Promise.all(lot.map((one) => this.#takeLot([one])));
    }
  }
}

/** FNV-1a, 32 bits. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
