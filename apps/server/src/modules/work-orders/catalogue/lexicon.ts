import { wordsIn } from '../domain/learning.ts';
import lexiconJson from './lexicon.json' with { type: 'json' };

const lexicon = { zh: lexiconJson.zh, en: new Set(lexiconJson.en) };

/** The words of the trade in a report: parts, places, faults. Nothing else of it is ever learnt from. */
export function tradeWordsIn(text: string): string[] {
  return wordsIn(text, lexicon);
}
