import type { Column, Form, FormInput, Question, Subject } from './api.ts';

/** What is typed into a form's definition, and what it says of it. */

interface KnownDraft {
  readonly kind: 'known';
  readonly key: string;
}
export interface QuestionDraft {
  readonly kind: 'question';
  /** Of the page alone: which card it is, however it is moved. */
  readonly id: string;
  readonly label: string;
  readonly type: Question['type'];
  /** One a line. */
  readonly options: string;
  readonly isRequired: boolean;
  readonly validMonths: string;
}
export type ColumnDraft = KnownDraft | QuestionDraft;

export interface Draft {
  readonly title: string;
  readonly authority: string;
  readonly documentNo: string;
  readonly subject: Subject;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly dueOn: string;
  readonly columns: readonly ColumnDraft[];
}

export const emptyDraft: Draft = {
  title: '',
  authority: '',
  documentNo: '',
  subject: 'home',
  periodFrom: '',
  periodTo: '',
  dueOn: '',
  columns: [],
};

/** One more than any before, and none of the time or the dice: drafts are compared. */
function nextId(columns: readonly ColumnDraft[]): string {
  const used = columns.map((column) => (column.kind === 'question' ? Number(column.id) : 0));
  return String(Math.max(0, ...used) + 1);
}

export const newQuestion = (
  columns: readonly ColumnDraft[],
  from?: Partial<QuestionDraft>,
): QuestionDraft => ({
  kind: 'question',
  label: '',
  type: 'yes_no',
  options: '',
  isRequired: true,
  validMonths: '12',
  ...from,
  id: nextId(columns),
});

const columnDraft = (column: Column, i: number): ColumnDraft =>
  column.kind === 'known'
    ? { kind: 'known', key: column.key }
    : {
        kind: 'question',
        id: String(i + 1),
        label: column.label,
        type: column.type,
        options: column.options.join('\n'),
        isRequired: column.isRequired,
        validMonths: String(column.validMonths),
      };

export const draftOf = (form: Form): Draft => ({
  title: form.title,
  authority: form.authority,
  documentNo: form.documentNo,
  subject: form.subject,
  periodFrom: form.periodFrom,
  periodTo: form.periodTo,
  dueOn: form.dueOn,
  columns: form.columns.map(columnDraft),
});

export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const to = at + by;
  const next = [...list];
  const [one] = next.splice(at, 1);
  if (one === undefined || to < 0 || to > next.length) return [...list];
  next.splice(to, 0, one);
  return next;
}

/** Another subject: known fields that say nothing of it are let go. */
export const ofSubject = (
  columns: readonly ColumnDraft[],
  subject: Subject,
  within: (key: string) => readonly Subject[],
): ColumnDraft[] =>
  columns.filter((column) => column.kind === 'question' || within(column.key).includes(subject));

const optionsOf = (question: QuestionDraft): string[] =>
  question.type !== 'choice'
    ? []
    : question.options
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');

const monthsOf = (text: string): number | null =>
  /^\d{1,2}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 60 ? Number(text) : null;

/** Where something is missing, by the path the server would name it with; the code of its sentence. */
export function lacking(draft: Draft): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of ['title', 'authority', 'documentNo', 'periodFrom', 'periodTo', 'dueOn'] as const)
    if (draft[name].trim() === '') found.set(`/${name}`, 'required');
  if (draft.columns.length === 0) found.set('/columns', 'required');
  draft.columns.forEach((column, i) => {
    if (column.kind === 'known') return;
    if (column.label.trim() === '') found.set(`/columns/${i}/label`, 'required');
    if (monthsOf(column.validMonths) === null) found.set(`/columns/${i}/validMonths`, 'invalid');
  });
  return found;
}

/** Of a draft that lacks nothing. */
export const bodyOf = (draft: Draft, expectedVersion: number, revisesId: string | null): FormInput => ({
  expectedVersion,
  revisesId,
  title: draft.title.trim(),
  authority: draft.authority.trim(),
  documentNo: draft.documentNo.trim(),
  subject: draft.subject,
  periodFrom: draft.periodFrom,
  periodTo: draft.periodTo,
  dueOn: draft.dueOn,
  columns: draft.columns.map((column) =>
    column.kind === 'known'
      ? { kind: 'known', key: column.key }
      : {
          kind: 'question',
          label: column.label.trim(),
          type: column.type,
          options: optionsOf(column),
          isRequired: column.isRequired,
          validMonths: monthsOf(column.validMonths) ?? 12,
        },
  ),
});
