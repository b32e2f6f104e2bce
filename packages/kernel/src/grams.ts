/**
 * Words an order is found by. A text becomes the pairs of neighbouring characters of its words; what is looked for
 * becomes the same, and an order that holds all pairs is looked at whole. Pairs are kept as 32-bit numbers: two that
 * collide cost a second look, never a wrong answer.
 */

/** Long texts say what they are about at their beginning. */
const MOST_CHARACTERS = 300;

/** Lower case, full-width forms as plain ones, and only what is a letter or a figure, in words. */
export function wordsOf(text: string): string[] {
  return text
    .slice(0, MOST_CHARACTERS)
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** FNV-1a over the code points, as a signed 32-bit number. */
function hashOf(pair: string): number {
  let hash = 0x811c9dc5;
  for (const character of pair) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193);
  }
  return hash | 0;
}

/** The pairs of one word; a single character stands for itself. */
function pairsOf(word: string): string[] {
  const characters = [...word];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

/** Each once. */
export function gramsOf(text: string): number[] {
  return [...new Set(wordsOf(text).flatMap(pairsOf).map(hashOf))];
}

export interface Sought {
  /** At most eight, from the longest words: enough to narrow down, and a bounded question. */
  readonly grams: readonly number[];
  readonly words: readonly string[];
}

/** What is looked for; null when no word has two characters, for one alone stands in half of all texts. */
export function soughtIn(text: string): Sought | null {
  const words = wordsOf(text);
  const long = words.filter((word) => [...word].length > 1).sort((a, b) => b.length - a.length);
  const grams = [...new Set(long.flatMap(pairsOf).map(hashOf))].slice(0, 8);
  return grams.length === 0 ? null : { grams, words };
}
