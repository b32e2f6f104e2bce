/**
 * How alike two reports are by their words: pairs of neighbouring characters, each weighing the more the fewer reports hold it,
 * as the cosine of the two. Pure.
 */

const RUN = /\p{Script=Han}+|[a-z0-9]+/gu;
/** What something is about is said first; what is told after it is each teller's own (bench -- repeats). */
const MOST_CHARACTERS = 40;

export function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  const plain = text.slice(0, MOST_CHARACTERS).normalize('NFKC').toLowerCase();
  for (const [run] of plain.matchAll(RUN)) {
    if (/^[a-z0-9]/.test(run)) {
      if (run.length > 1) pairs.add(run);
      continue;
    }
    const characters = [...run];
    for (let i = 0; i + 1 < characters.length; i++) pairs.add(characters[i]! + characters[i + 1]!);
  }
  return pairs;
}

export interface Said {
  /** The weight of each pair; the whole of length 1. */
  readonly weights: ReadonlyMap<string, number>;
}

/** Weighs the pairs of texts against each other: what all of them say says nothing. */
export function weigh(texts: readonly string[]): Said[] {
  const all = texts.map(pairsOf);
  const held = new Map<string, number>();
  for (const pairs of all) for (const pair of pairs) held.set(pair, (held.get(pair) ?? 0) + 1);
  return all.map((pairs) => {
    const weights = new Map<string, number>();
    let square = 0;
    for (const pair of pairs) {
      const weight = Math.log((1 + all.length) / held.get(pair)!) + 0.1;
      weights.set(pair, weight);
      square += weight * weight;
    }
    const length = Math.sqrt(square);
    if (length > 0) for (const [pair, weight] of weights) weights.set(pair, weight / length);
    return { weights };
  });
}

/** 0 to 1. */
export function likeness(a: Said, b: Said): number {
  const [few, many] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [pair, weight] of few.weights) sum += weight * (many.weights.get(pair) ?? 0);
  return Math.min(1, sum);
}

/** More than these are not compared with each other: of a larger group its newest speak for all. */
export const MOST_COMPARED = 1_000;

/**
 * Of a group of reports, the share that has another one among them which is as like it as this. Only what shares a pair is
 * compared, by an index over the pairs; who is called may have written thousands that share none.
 */
export function shareAlike(said: readonly Said[], least: number): number {
  if (said.length < 2) return 0;
  if (least <= 0) return 1;
  const holders = new Map<string, [number[], number[]]>();
  said.forEach(({ weights }, i) => {
    for (const [pair, weight] of weights) {
      const [who, how] = holders.get(pair) ?? [[], []];
      if (who.length === 0) holders.set(pair, [who, how]);
      who.push(i);
      how.push(weight);
    }
  });
  const isAlike = new Uint8Array(said.length);
  const sums = new Float64Array(said.length);
  said.forEach(({ weights }, i) => {
    if (isAlike[i] === 1) return;
    sums.fill(0);
    for (const [pair, weight] of weights) {
      const [who, how] = holders.get(pair)!;
      for (let k = 0; k < who.length; k++) sums[who[k]!]! += weight * how[k]!;
    }
    for (let j = 0; j < sums.length; j++)
      if (j !== i && sums[j]! >= least) {
        isAlike[i] = 1;
        isAlike[j] = 1;
      }
  });
  return isAlike.reduce((count, one) => count + one, 0) / said.length;
}
