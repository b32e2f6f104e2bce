/**
 * What machines send one by one and at once, taken in lots: what arrives while a lot is under way makes the next one. At
 * rest nothing waits for anything; under load a lot costs little more than one of it.
 */
export interface LotOptions<Item, Result> {
  /** Lots under way at once. What bears one key always goes the same lane, and so never waits for itself crosswise. */
  readonly lanes: number;
  /** In one lot at most. */
  readonly most: number;
  /**
   * All of it or nothing: where it fails, each is taken by itself, and fails or not by itself. Results in their order. What is
   * taken alone keeps only its own key waiting, and may wait for long; the whole lane waits for a lot: it gives way soon.
   */
  readonly take: (items: readonly Item[], isAlone: boolean) => Promise<readonly Result[]>;
}

interface Waiting<Item, Result> {
  readonly key: string;
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane<Item, Result> {
  waiting: Waiting<Item, Result>[];
  /** Of these one is taken by itself, one after the other: what comes of them meanwhile comes after it. */
  readonly alone: Set<string>;
  isBusy: boolean;
}

export class Lots<Item, Result> {
  readonly #options: LotOptions<Item, Result>;
  readonly #lanes: readonly Lane<Item, Result>[];

  constructor(options: LotOptions<Item, Result>) {
    this.#options = options;
    this.#lanes = Array.from({ length: options.lanes }, () => ({
      waiting: [],
      alone: new Set(),
      isBusy: false,
    }));
  }

  /** Takes it with what else has come; answers once its lot is done. Rejects with what went wrong with it alone. */
  add(key: string, item: Item): Promise<Result> {
    const lane = this.#lanes[hashOf(key) % this.#lanes.length] as Lane<Item, Result>;
    return new Promise((resolve, reject) => {
      lane.waiting.push({ key, item, resolve, reject });
      this.#wake(lane);
    });
  }

  #wake(lane: Lane<Item, Result>): void {
    if (lane.isBusy) return;
    lane.isBusy = true;
    // What the same turn of the event loop still brings comes along.
    setImmediate(() => void this.#run(lane));
  }

  async #run(lane: Lane<Item, Result>): Promise<void> {
    for (let lot = this.#next(lane); lot.length > 0; lot = this.#next(lane)) await this.#takeLot(lane, lot);
    lane.isBusy = false;
  }

  #next(lane: Lane<Item, Result>): readonly Waiting<Item, Result>[] {
    const lot = lane.waiting.filter(({ key }) => !lane.alone.has(key)).slice(0, this.#options.most);
    const taken = new Set(lot);
    lane.waiting = lane.waiting.filter((one) => !taken.has(one));
    return lot;
  }

  async #takeLot(lane: Lane<Item, Result>, lot: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const items = lot.map(({ item }) => item);
      const results = await this.#options.take(items, false);
      lot.forEach(({ resolve }, i) => resolve(results[i] as Result));
    } catch {
      for (const [key, own] of Map.groupBy(lot, (one) => one.key)) {
        lane.alone.add(key);
        void this.#takeAlone(lane, key, own);
      }
    }
  }

  async #takeAlone(
    lane: Lane<Item, Result>,
    key: string,
    own: readonly Waiting<Item, Result>[],
  ): Promise<void> {
    for (const { item, resolve, reject } of own)
      await this.#options.take([item], true).then(([result]) => resolve(result as Result), reject);
    lane.alone.delete(key);
    this.#wake(lane);
  }
}

/** FNV-1a, 32 bits. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
