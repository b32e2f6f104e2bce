/**
 * Seeded randomness: the same seed gives the same street on every machine. A stream is forked by a label, so that
 * drawing one more number in one part of the generator does not move everything after it.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
    const hash = hasher(seed);
    this.#a = hash();
    this.#b = hash();
    this.#c = hash();
    this.#d = hash();
    // sfc32 wants a few rounds before the words of similar seeds have parted.
    for (let i = 0; i < 12; i++) this.word();
  }

  /** An independent stream: the same seed and label always give the same one, whatever was drawn before. */
  fork(label: string | number): Random {
    return new Random(`${this.#seed}/${label}`);
  }

  /** 32 random bits (sfc32). */
  word(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return t >>> 0;
  }

  /** [0, 1) */
  next(): number {
    return this.word() / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError('nothing to pick from');
    return from[Math.floor(this.next() * from.length)]!;
  }

  /** Picks by weight; weights need not sum to one. */
  weighted<T>(from: readonly (readonly [value: T, weight: number])[]): T {
    // By index: taking pairs apart costs more than all the rest of it.
    let sum = 0;
    for (let i = 0; i < from.length; i++) sum += from[i]![1];
    let at = this.next() * sum;
    for (let i = 0; i < from.length; i++) {
      at -= from[i]![1];
      if (at < 0) return from[i]![0];
    }
    return from[from.length - 1]![0];
  }

  /** Standard normal (Box-Muller, one of the pair). */
  normal(): number {
    const u = 1 - this.next();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.next());
  }

  /** How long human things take: many short ones and a long tail. `spread` 0.5 is lively, 1 is wild. */
  lognormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal());
  }

  shuffled<T>(from: readonly T[]): T[] {
    const all = [...from];
    for (let i = all.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [all[i], all[j]] = [all[j]!, all[i]!];
    }
    return all;
  }

  /** For the kernel's id source: the ids of two runs are the same. */
  fill(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i += 4) {
      const word = this.word();
      bytes[i] = word;
      bytes[i + 1] = word >>> 8;
      bytes[i + 2] = word >>> 16;
      bytes[i + 3] = word >>> 24;
    }
  }
}

/** xmur3: spreads a text over as many 32-bit words as are asked for. */
function hasher(text: string): () => number {
  let h = 1_779_033_703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3_432_918_353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2_246_822_507);
    h = Math.imul(h ^ (h >>> 13), 3_266_489_909);
    h ^= h >>> 16;
    return h >>> 0;
  };
}
