import type { LocalDate } from '@gongzhi/kernel';
import { safetyLists } from '../catalogue/safety.ts';

/** What must be checked before dangerous work begins: which lists a category asks for, and what the answers mean. */

export const SAFETY_STATES = ['none', 'needed', 'passed', 'stopped'] as const;
export type SafetyState = (typeof SAFETY_STATES)[number];

export const SAFETY_ANSWERS = ['yes', 'no', 'not_applicable'] as const;
export type SafetyWord = (typeof SAFETY_ANSWERS)[number];

export interface SafetyItem {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly needsPhoto: boolean;
  /** May it be that this one doesn't arise here? */
  readonly mayNotApply: boolean;
}

export interface SafetyList {
  readonly code: string;
  /** From which day this wording counts. */
  readonly validFrom: LocalDate;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly source: string;
  /** Written down from memory of the source, not copied from it. */
  readonly isFromMemory: boolean;
  readonly categories: readonly string[];
  readonly items: readonly SafetyItem[];
}

export interface SafetyAnswer {
  readonly list: string;
  readonly item: string;
  readonly answer: SafetyWord;
  readonly words: string | null;
  readonly photoId: string | null;
}

/** Of each list the wording in force that day. */
export function safetyListsFor(
  categoryCode: string,
  today: LocalDate,
  lists: readonly SafetyList[] = safetyLists,
): SafetyList[] {
  const inForce = new Map<string, SafetyList>();
  for (const list of lists) {
    const known = inForce.get(list.code);
    if (list.validFrom <= today && (known === undefined || known.validFrom < list.validFrom))
      inForce.set(list.code, list);
  }
  return [...inForce.values()].filter((list) => list.categories.includes(categoryCode));
}

const listed = new Set(safetyLists.flatMap((list) => list.categories));

/** What a fresh order, or a fresh pair of hands, has to show before it may begin. */
export function safetyOf(categoryCode: string): SafetyState {
  return listed.has(categoryCode) ? 'needed' : 'none';
}

/** The state the answers lead to, or what is wrong with them. Every item is answered, once; a single no stops. */
export function judgeSafety(
  lists: readonly SafetyList[],
  answers: readonly SafetyAnswer[],
):
  | { readonly state: 'passed' | 'stopped' }
  | { readonly fault: 'safety_incomplete' | 'safety_photo_missing' } {
  const key = (list: string, item: string): string => `${list}/${item}`;
  const given = new Map(answers.map((answer) => [key(answer.list, answer.item), answer]));
  const asked = lists.flatMap((list) => list.items.map((item) => ({ list, item })));
  if (given.size !== answers.length || given.size !== asked.length) return { fault: 'safety_incomplete' };
  for (const { list, item } of asked) {
    const answer = given.get(key(list.code, item.code));
    if (answer === undefined || (answer.answer === 'not_applicable' && !item.mayNotApply))
      return { fault: 'safety_incomplete' };
    if (item.needsPhoto && answer.answer === 'yes' && answer.photoId === null)
      return { fault: 'safety_photo_missing' };
  }
  return { state: answers.some(({ answer }) => answer === 'no') ? 'stopped' : 'passed' };
}
