import type { Question } from './api.ts';

/** A question as it is typed: the options as lines, and one choice for what kind of thing it is. */
export const kinds = [
  'string',
  'text',
  'number',
  'datetime',
  'singlevaluelist',
  'multivaluelist',
  'shown',
] as const;
export type Kind = (typeof kinds)[number];

export interface QuestionDraft {
  readonly code: string;
  readonly kind: Kind;
  readonly zh: string;
  readonly en: string;
  readonly hintZh: string;
  readonly hintEn: string;
  readonly isRequired: boolean;
  readonly options: string;
}

export const emptyQuestion: QuestionDraft = {
  code: '',
  kind: 'string',
  zh: '',
  en: '',
  hintZh: '',
  hintEn: '',
  isRequired: false,
  options: '',
};

export const isList = (kind: Kind): boolean => kind === 'singlevaluelist' || kind === 'multivaluelist';

export function draftOf(question: Question): QuestionDraft {
  const { code, zh, en, hintZh, hintEn, isRequired, values } = question;
  const kind = question.isInput ? question.datatype : 'shown';
  const options = values.map((value) => [value.key, value.zh, value.en].join('=')).join('\n');
  return { code, kind, zh, en, hintZh, hintEn, isRequired, options };
}

/** Null where a line is not of three parts: the code, Chinese, English. */
function optionsOf(lines: string): Question['values'] | null {
  const values: Question['values'] = [];
  for (const line of lines.split('\n')) {
    if (line.trim() === '') continue;
    const [key = '', zh = '', en = '', ...more] = line.split(/[=\uff1d]/).map((part) => part.trim());
    if (!/^[A-Za-z0-9_.-]{1,40}$/.test(key) || zh === '' || en === '' || more.length > 0) return null;
    values.push({ key, zh, en });
  }
  return values;
}

/** What is still missing of a question, or the question itself. */
export function questionOf(draft: QuestionDraft): Question | 'code' | 'words' | 'options' {
  const [code, zh, en] = [draft.code.trim(), draft.zh.trim(), draft.en.trim()];
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(code)) return 'code';
  if (zh === '' || en === '') return 'words';
  const values = isList(draft.kind) ? optionsOf(draft.options) : [];
  if (values === null || (isList(draft.kind) && values.length === 0)) return 'options';
  return {
    code,
    zh,
    en,
    values,
    isInput: draft.kind !== 'shown',
    datatype: draft.kind === 'shown' ? 'string' : draft.kind,
    isRequired: draft.isRequired && draft.kind !== 'shown',
    hintZh: draft.hintZh.trim(),
    hintEn: draft.hintEn.trim(),
  };
}
