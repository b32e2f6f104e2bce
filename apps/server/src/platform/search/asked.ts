import { wordsOf } from '@gongzhi/kernel';
import type { Asked } from './search.ts';

/** So many of each kind are shown. */
export const SHOWN = 5;

/**
 * One character stands in half of everything: nothing is looked for before a word has two, or a home two numbers
 * ("3-1", on the way to 3-1-502). Null: too little.
 */
export function readAsked(typed: string, now: Date): Asked | null {
  const text = typed.normalize('NFKC').replaceAll('\0', '').replace(/\s+/g, ' ').trim();
  const words = wordsOf(text);
  if (!words.some((word) => [...word].length > 1) && !/[0-9].*[0-9]/.test(text)) return null;
  return { text, words, limit: SHOWN + 1, now };
}
