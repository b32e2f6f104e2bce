/**
 * What the desk's corrections teach: a word of the trade that a category was corrected to speaks for it, one that it
 * was corrected from speaks against it. Pure, and the same whatever order the corrections come in.
 */

export interface Correction {
  readonly words: readonly string[];
  readonly suggestedCode: string | null;
  readonly chosenCode: string;
  readonly finalCode: string;
}

export interface LearntWord {
  readonly word: string;
  readonly code: string;
  /** -20 to 20, to be added to what the catalogue's own words give. */
  readonly weight: number;
  readonly evidence: number;
}

/** One clerk's slip teaches nothing. */
export const LEAST_EVIDENCE = 3;
const MOST = 20;
const CAUTION = 2;

const LATIN = /[a-z]+/g;

/** The words of a closed list that a text holds; whatever else it says is forgotten. */
export function wordsIn(
  text: string,
  lexicon: { readonly zh: readonly string[]; readonly en: ReadonlySet<string> },
): string[] {
  const plain = text.toLowerCase().normalize('NFKC');
  const found = new Set(lexicon.zh.filter((word) => plain.includes(word)));
  for (const word of plain.match(LATIN) ?? []) if (lexicon.en.has(word)) found.add(word);
  return [...found].sort();
}

export function learn(corrections: readonly Correction[]): LearntWord[] {
  const counts = new Map<string, Map<string, { gain: number; loss: number }>>();
  const count = (word: string, code: string, side: 'gain' | 'loss') => {
    const byCode = counts.get(word) ?? new Map<string, { gain: number; loss: number }>();
    counts.set(word, byCode);
    const one = byCode.get(code) ?? { gain: 0, loss: 0 };
    byCode.set(code, one);
    one[side] += 1;
  };
  for (const { words, suggestedCode, chosenCode, finalCode } of corrections) {
    // Suggested and chosen alike is one mistake, not two.
    const wrong = new Set([suggestedCode, chosenCode].filter((code) => code !== null && code !== finalCode));
    for (const word of words) {
      count(word, finalCode, 'gain');
      for (const code of wrong) count(word, code as string, 'loss');
    }
  }
  const learnt: LearntWord[] = [];
  for (const [word, byCode] of counts)
    for (const [code, { gain, loss }] of byCode) {
      const evidence = gain + loss;
      const weight =
        evidence < LEAST_EVIDENCE ? 0 : Math.round((MOST * (gain - loss)) / (evidence + CAUTION));
      learnt.push({ word, code, weight, evidence });
    }
  return learnt;
}
