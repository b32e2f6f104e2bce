/**
 * A linear model from words to an answer (a category, a unit): groups of one to three neighbouring characters, hashed, weighed
 * like a search engine does, then one-against-rest support vector machines by dual coordinate descent and a sigmoid each,
 * fitted on examples held back. No text is kept: what spoke for an answer is found again in the text that is asked about.
 * Pure, and the same whatever machine it runs on: the order of the examples is drawn from their number.
 */

export interface Example {
  readonly text: string;
  readonly label: string;
}

export interface Model {
  readonly labels: readonly string[];
  /** Of how many examples it was made. */
  readonly taught: number;
  readonly buckets: number;
  /** How rare a group of characters is, by bucket; 0: never seen. */
  readonly rarity: Float32Array;
  /** By bucket, then by label. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** Steepness and height of the sigmoid that makes a share of a margin. */
  readonly steepness: number;
  readonly height: number;
  /** Among examples held back: how many were asked, how many first answers were right. */
  readonly asked: number;
  readonly rightFirst: number;
}

export interface Answer {
  readonly label: string;
  /** 0 to 1: of answers given with this confidence so many were right, among examples held back. */
  readonly confidence: number;
  /** What in the text spoke most for it, longest pieces first found. */
  readonly words: readonly string[];
}

/** Long texts say what they are about at their beginning. */
const MOST_CHARACTERS = 1_500;
const LONGEST = 3;
const MOST_WORDS = 3;

/** Every how-many-th example is held back to fit the sigmoid. */
const HELD_BACK = 5;
export const BUCKETS = 2 ** 15;

interface Gram {
  readonly bucket: number;
  readonly text: string;
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193);
  }
  // Its low bits alone are poorly mixed.
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

const RUN = /\p{Script=Han}+|[a-z]+/gu;

/** Groups of characters within each run of Chinese, and whole words of Latin letters; figures say nothing but where. */
export function* gramsIn(text: string, buckets: number): Generator<Gram> {
  const plain = text.slice(0, MOST_CHARACTERS).normalize('NFKC').toLowerCase();
  for (const [run] of plain.matchAll(RUN)) {
    if (/^[a-z]/.test(run)) {
      if (run.length > 1) yield { bucket: hashOf(run) & (buckets - 1), text: run };
      continue;
    }
    const characters = [...run];
    for (let i = 0; i < characters.length; i++) {
      let gram = '';
      for (let n = 0; n < LONGEST && i + n < characters.length; n++) {
        gram += characters[i + n];
        yield { bucket: hashOf(gram) & (buckets - 1), text: gram };
      }
    }
  }
}

interface Vector {
  readonly buckets: Int32Array;
  readonly values: Float32Array;
}

function countsOf(text: string, buckets: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { bucket } of gramsIn(text, buckets)) counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  return counts;
}

/** Of length 1, so that a long text weighs no more than a short one. */
function vectorOf(counts: ReadonlyMap<number, number>, rarity: Float32Array): Vector {
  const known = [...counts].filter(([bucket]) => (rarity[bucket] ?? 0) > 0).sort(([a], [b]) => a - b);
  const values = new Float32Array(known.length);
  let square = 0;
  for (const [i, [bucket, count]] of known.entries()) {
    const value = (1 + Math.log(count)) * (rarity[bucket] ?? 0);
    values[i] = value;
    square += value * value;
  }
  const length = Math.sqrt(square);
  if (length > 0) for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) / length;
  return { buckets: Int32Array.from(known, ([bucket]) => bucket), values };
}

/** What only one example says is as likely a name as a word. */
const LEAST_SAID = 2;

function rarityOf(all: readonly ReadonlyMap<number, number>[], buckets: number): Float32Array {
  const said = new Int32Array(buckets);
  for (const counts of all) for (const bucket of counts.keys()) said[bucket] = (said[bucket] ?? 0) + 1;
  return Float32Array.from(said, (n) => (n < LEAST_SAID ? 0 : 1 + Math.log((1 + all.length) / (1 + n))));
}

/** A small generator of our own: the same examples give the same model. */
function drawing(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

interface Options {
  /** How much a mistake costs beside a large weight. */
  readonly cost?: number;
  readonly rounds?: number;
  readonly buckets?: number;
}

/** One-against-rest, L2-regularised squared hinge loss, by dual coordinate descent (Hsieh and others, 2008). */
function* separate(
  vectors: readonly Vector[],
  labels: readonly number[],
  count: number,
  { cost = 1, rounds = 12, buckets = BUCKETS }: Options,
): Generator<void, { weights: Float32Array; bias: Float32Array }> {
  const weights = new Float32Array(buckets * count);
  const bias = new Float32Array(count);
  const random = drawing(vectors.length);
  const order = vectors.map((_, i) => i);
  const diagonal = 0.5 / cost;
  for (let label = 0; label < count; label++) {
    const w = new Float64Array(buckets);
    let b = 0;
    const alpha = new Float64Array(vectors.length);
    for (let round = 0; round < rounds; round++) {
      for (let i = order.length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      let most = 0;
      for (const i of order) {
        const { buckets: at, values } = vectors[i]!;
        const y = labels[i] === label ? 1 : -1;
        let margin = b;
        for (let k = 0; k < at.length; k++) margin += w[at[k]!]! * values[k]!;
        const before = alpha[i]!;
        const gradient = y * margin - 1 + diagonal * before;
        if (before === 0 && gradient >= 0) continue;
        // The vector is of length 1, and the constant adds 1.
        const after = Math.max(before - gradient / (2 + diagonal), 0);
        alpha[i] = after;
        const step = (after - before) * y;
        most = Math.max(most, Math.abs(step));
        if (step === 0) continue;
        for (let k = 0; k < at.length; k++) w[at[k]!]! += step * values[k]!;
        b += step;
      }
      // Others are let in after each round: some milliseconds.
      yield;
      if (most < 0.01) break;
    }
    for (let bucket = 0; bucket < buckets; bucket++) weights[bucket * count + label] = w[bucket]!;
    bias[label] = b;
  }
  return { weights, bias };
}

function marginsOf({ buckets: at, values }: Vector, weights: Float32Array, bias: Float32Array): Float64Array {
  const margins = Float64Array.from(bias);
  const count = bias.length;
  for (let k = 0; k < at.length; k++) {
    const start = at[k]! * count;
    const value = values[k]!;
    for (let label = 0; label < count; label++) margins[label]! += weights[start + label]! * value;
  }
  return margins;
}

/** Best first. */
function ranked(margins: Float64Array): number[] {
  return [...margins.keys()].sort((a, b) => margins[b]! - margins[a]! || a - b);
}

/** How far the best is ahead, and how far it is from nothing: what its confidence is judged by. */
function clearness(margins: Float64Array): number {
  const [first, second] = ranked(margins);
  if (first === undefined) return 0;
  return margins[first]! - (second === undefined ? -1 : margins[second]!) + 0.5 * margins[first]!;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Counted beside what was seen: what is not clear at all was wrong so many times. */
const UNCLEAR = 5;

/** Platt's sigmoid by Newton's method, with his softened targets, so that few examples promise little. */
export function fitSigmoid(
  clear: readonly number[],
  isRight: readonly boolean[],
): { steepness: number; height: number } {
  const right = isRight.filter(Boolean).length;
  const wrong = isRight.length - right + UNCLEAR;
  const [yes, no] = [(right + 1) / (right + 2), 1 / (wrong + 2)];
  const seen = clear.map((x, i): [number, number] => [x, isRight[i] ? yes : no]);
  for (let i = 0; i < UNCLEAR; i++) seen.push([0, no]);
  let [steepness, height] = [1, Math.log((right + 1) / (wrong + 1))];
  for (let round = 0; round < 100; round++) {
    let [g1, g2, h11, h12, h22] = [0, 0, 1e-3, 0, 1e-3];
    for (const [x, target] of seen) {
      const p = sigmoid(steepness * x + height);
      const off = p - target;
      const spread = Math.max(p * (1 - p), 1e-6);
      g1 += off * x;
      g2 += off;
      h11 += spread * x * x;
      h12 += spread * x;
      h22 += spread;
    }
    const determinant = h11 * h22 - h12 * h12;
    const [d1, d2] = [(h22 * g1 - h12 * g2) / determinant, (h11 * g2 - h12 * g1) / determinant];
    // Small steps only: far out the curve is flat and a whole step leaps.
    steepness -= Math.max(-1, Math.min(1, d1));
    height -= Math.max(-1, Math.min(1, d2));
    if (Math.abs(d1) + Math.abs(d2) < 1e-6) break;
  }
  return { steepness: Math.max(0, steepness), height };
}

/** Learns in small steps, so that whoever drives it can let others go between them. */
export function* teach(examples: readonly Example[], options: Options = {}): Generator<void, Model> {
  const buckets = options.buckets ?? BUCKETS;
  const names = [...new Set(examples.map(({ label }) => label))].sort();
  const number = new Map(names.map((name, i) => [name, i]));
  const labels = examples.map(({ label }) => number.get(label)!);
  const counts: Map<number, number>[] = [];
  for (const [i, { text }] of examples.entries()) {
    counts.push(countsOf(text, buckets));
    if (i % 200 === 199) yield;
  }
  const rarity = rarityOf(counts, buckets);
  const vectors = counts.map((one) => vectorOf(one, rarity));
  const isHeld = (_: unknown, i: number) => i % HELD_BACK === HELD_BACK - 1;
  const isKept = (_: unknown, i: number) => !isHeld(_, i);
  const trial = yield* separate(vectors.filter(isKept), labels.filter(isKept), names.length, {
    ...options,
    buckets,
  });
  const asked = labels.filter(isHeld);
  const margins = vectors.filter(isHeld).map((vector) => marginsOf(vector, trial.weights, trial.bias));
  const isRight = margins.map((one, i) => ranked(one)[0] === asked[i]);
  const curve = fitSigmoid(margins.map(clearness), isRight);
  const { weights, bias } = yield* separate(vectors, labels, names.length, { ...options, buckets });
  const rightFirst = isRight.filter(Boolean).length;
  return {
    labels: names,
    taught: examples.length,
    buckets,
    rarity,
    weights,
    bias,
    ...curve,
    asked: asked.length,
    rightFirst,
  };
}

/** The pieces of the text that spoke most for a label; one within a better one is not said again. */
function wordsFor(model: Model, text: string, label: number): string[] {
  const gain = new Map<string, number>();
  for (const { bucket, text: gram } of gramsIn(text, model.buckets)) {
    const weight = model.weights[bucket * model.labels.length + label]! * (model.rarity[bucket] ?? 0);
    // A lone character says little to whoever reads it.
    if (weight > 0 && [...gram].length > 1) gain.set(gram, (gain.get(gram) ?? 0) + weight);
  }
  const words: string[] = [];
  for (const [gram] of [...gain].sort(([a, x], [b, y]) => y - x || b.length - a.length || (a < b ? -1 : 1))) {
    if (words.some((word) => word.includes(gram) || gram.includes(word))) continue;
    words.push(gram);
    if (words.length === MOST_WORDS) break;
  }
  return words;
}

/** The best answers, best first; the first one's confidence is what was measured, the others' share what is left. */
export function ask(model: Model, text: string, limit = 3): Answer[] {
  const vector = vectorOf(countsOf(text, model.buckets), model.rarity);
  if (vector.buckets.length === 0 || model.labels.length === 0) return [];
  const margins = marginsOf(vector, model.weights, model.bias);
  const order = ranked(margins);
  const first = sigmoid(model.steepness * clearness(margins) + model.height);
  const rest = order.slice(1).map((label) => Math.exp(model.steepness * margins[label]!));
  const sum = rest.reduce((total, one) => total + one, 0);
  let least = first;
  return order.slice(0, limit).map((label, i) => {
    if (i > 0) least = Math.min(least, sum === 0 ? 0 : ((1 - first) * rest[i - 1]!) / sum);
    return { label: model.labels[label]!, confidence: least, words: wordsFor(model, text, label) };
  });
}
