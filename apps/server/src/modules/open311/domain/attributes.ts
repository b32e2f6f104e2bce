import { err, ok, parseIso, type Result } from '@gongzhi/kernel';
import { type Fault, fault } from './fault.ts';

/** What a service asks beside the words. */
export const DATATYPES = [
  'string',
  'number',
  'datetime',
  'text',
  'singlevaluelist',
  'multivaluelist',
] as const;
export type Datatype = (typeof DATATYPES)[number];

export interface Attribute {
  readonly code: string;
  /** False: a text to show, nothing is answered. */
  readonly isInput: boolean;
  readonly datatype: Datatype;
  readonly isRequired: boolean;
  readonly zh: string;
  readonly en: string;
  readonly hintZh: string;
  readonly hintEn: string;
  /** Of lists only. */
  readonly values: readonly { readonly key: string; readonly zh: string; readonly en: string }[];
}

/** Where exactly it is goes beside the place and not among the words. */
export const SPOT = 'spot';
export const longestSpot = 100;
const longestAnswer = 1_000;

export const isList = ({ datatype }: Pick<Attribute, 'datatype'>): boolean => datatype.endsWith('list');

/** What is wrong with a definition before it is offered to anybody; null when it holds together. */
export type DefinitionFault =
  | 'code_twice'
  | 'values_missing'
  | 'values_unused'
  | 'value_twice'
  | 'text_required';
export function definitionFault(
  attributes: readonly Attribute[],
): { readonly at: number; readonly fault: DefinitionFault } | null {
  const codes = new Set<string>();
  for (const [at, one] of attributes.entries()) {
    if (codes.has(one.code)) return { at, fault: 'code_twice' };
    codes.add(one.code);
    if (isList(one) && one.isInput && one.values.length === 0) return { at, fault: 'values_missing' };
    if (!isList(one) && one.values.length > 0) return { at, fault: 'values_unused' };
    if (new Set(one.values.map(({ key }) => key)).size < one.values.length)
      return { at, fault: 'value_twice' };
    if (!one.isInput && one.isRequired) return { at, fault: 'text_required' };
  }
  return null;
}

export interface Answer {
  readonly code: string;
  readonly question: string;
  readonly answer: string;
}

/** The answers in the order of asking, as the desk reads them. Codes nobody asked for are no error. */
export function answersOf(
  attributes: readonly Attribute[],
  given: ReadonlyMap<string, readonly string[]>,
): Result<readonly Answer[], readonly Fault[]> {
  const answers: Answer[] = [];
  const faults: Fault[] = [];
  for (const one of attributes) {
    if (!one.isInput) continue;
    const values = given.get(one.code) ?? [];
    if (values.length === 0) {
      if (one.isRequired) faults.push(fault('attribute_required', { code: one.code, question: one.zh }));
      continue;
    }
    const names = values.map((value) => nameOf(one, value));
    const isTooMany = one.datatype !== 'multivaluelist' && new Set(values).size > 1;
    if (isTooMany || names.includes(null))
      faults.push(fault('attribute_wrong', { code: one.code, question: one.zh, datatype: one.datatype }));
    else answers.push({ code: one.code, question: one.zh, answer: [...new Set(names)].join(', ') });
  }
  return faults.length > 0 ? err(faults) : ok(answers);
}

/** How the desk reads it; null when it is no answer to this. */
function nameOf(one: Attribute, value: string): string | null {
  switch (one.datatype) {
    case 'number':
      return /^[+-]?\d{1,15}(?:\.\d{1,10})?$/.test(value) ? value : null;
    case 'datetime':
      return parseIso(value) === null ? null : value;
    case 'singlevaluelist':
    case 'multivaluelist':
      return one.values.find(({ key }) => key === value)?.zh ?? null;
    default:
      return value.length <= (one.code === SPOT ? longestSpot : longestAnswer) ? value : null;
  }
}
