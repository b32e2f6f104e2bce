/** "Type to choose": the categories nearest to what someone is writing. Pure, and used by server and phone alike. */

export interface Suggestible {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly keywordsZh?: readonly string[];
  readonly keywordsEn?: readonly string[];
  readonly place: 'home' | 'public' | 'both';
  readonly isEmergency: boolean;
}

/** What corrections have taught about a word: added to what a category's own words give. */
export interface LearntWord {
  readonly word: string;
  readonly code: string;
  readonly weight: number;
}

/** However many words speak for it, what was learnt outweighs a keyword or two and no more. */
const MOST_LEARNT = 60;

const WORD = /[a-z0-9]+(?:-[a-z0-9]+)*/g;
const HAN_RUN = /\p{Script=Han}+/gu;
// English words that say nothing about what is wrong.
const FILLER = new Set([
  'a',
  'an',
  'and',
  'at',
  'from',
  'has',
  'in',
  'is',
  'it',
  'my',
  'no',
  'of',
  'on',
  'or',
  'our',
  'out',
  'the',
  'there',
  'to',
  'with',
]);

function pairsOf(run: string): string[] {
  const characters = [...run];
  const pairs: string[] = [];
  for (let i = 0; i + 1 < characters.length; i++) pairs.push(characters[i]! + characters[i + 1]!);
  return pairs;
}

/** Chinese: a whole keyword in the text counts most (longer counts more), then shared pairs, then shared characters. */
function scoreHan(text: string, category: Suggestible): number {
  const terms = [category.nameZh, ...(category.keywordsZh ?? [])];
  let score = 0;
  for (const term of terms) if (term.length > 1 && text.includes(term)) score += 10 + 6 * term.length;
  const runs = text.match(HAN_RUN) ?? [];
  const joined = terms.join('|');
  for (const run of runs) {
    // Still typing: the text may be the beginning of a keyword.
    if (terms.some((term) => term.startsWith(run))) score += 8;
    for (const pair of new Set(pairsOf(run))) if (joined.includes(pair)) score += 4;
    // A lone character is all there is to go by; within more it says little.
    const weight = run.length === 1 ? 2 : 0.5;
    for (const character of new Set(run)) if (joined.includes(character)) score += weight;
  }
  return score;
}

/** English: whole words, then words begun. */
function scoreWords(words: readonly string[], category: Suggestible): number {
  const terms = [
    ...(category.nameEn.toLowerCase().match(WORD) ?? []),
    ...(category.keywordsEn ?? []).flatMap((keyword) => keyword.toLowerCase().match(WORD) ?? []),
  ].filter((term) => !FILLER.has(term));
  let score = 0;
  for (const word of words) {
    if (terms.includes(word)) score += 12;
    else if (
      word.length >= 3 &&
      terms.some((term) => term.startsWith(word) || (term.length >= 4 && word.startsWith(term)))
    ) {
      score += 7;
    }
  }
  return score;
}

function learntScores(
  text: string,
  words: readonly string[],
  learnt: readonly LearntWord[],
): Map<string, number> {
  const scores = new Map<string, number>();
  const known = new Set(words);
  for (const { word, code, weight } of learnt)
    if (/^[a-z]/.test(word) ? known.has(word) : text.includes(word))
      scores.set(code, (scores.get(code) ?? 0) + weight);
  for (const [code, score] of scores) scores.set(code, Math.max(-MOST_LEARNT, Math.min(MOST_LEARNT, score)));
  return scores;
}

/**
 * Ranks categories by what is written, best first; what does not match at all is left out. `place` leaves out what
 * cannot be there. Equal scores: an emergency first, then the catalogue's own order.
 */
export function suggestCategories<C extends Suggestible>(
  text: string,
  categories: readonly C[],
  place: 'home' | 'public' | null = null,
  limit = 6,
  learnt: readonly LearntWord[] = [],
): C[] {
  const plain = text.toLowerCase().normalize('NFKC');
  const words = [...new Set(plain.match(WORD) ?? [])].filter((word) => !FILLER.has(word));
  const taught = learntScores(plain, words, learnt);
  return categories
    .filter((category) => place === null || category.place === 'both' || category.place === place)
    .map((category, index) => ({
      category,
      index,
      score: scoreHan(plain, category) + scoreWords(words, category) + (taught.get(category.code) ?? 0),
    }))
    .filter((scored) => scored.score >= 1)
    .sort(
      (a, b) =>
        b.score - a.score ||
        Number(b.category.isEmergency) - Number(a.category.isEmergency) ||
        a.index - b.index,
    )
    .slice(0, limit)
    .map((scored) => scored.category);
}
