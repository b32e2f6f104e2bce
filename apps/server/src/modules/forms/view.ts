import { addDays } from '@gongzhi/kernel';
import { fieldOf, fields, isWithin, SUBJECTS } from './catalogue/index.ts';
import { type Column, questionsOf } from './domain.ts';
import type { AnswerSums, EffortSums, ReuseSums, TaskSums } from './queries-report.ts';
import type { FormRow, TaskRow, Wording } from './tables.ts';

/** Rows as the wire has them. */

const iso = (at: Date | null) => at?.toISOString() ?? null;

export const catalogueView = () =>
  fields.map((field) => ({
    key: field.key,
    subject: field.subject,
    within: SUBJECTS.filter((subject) => isWithin(subject, field)),
    type: field.type,
    unit: field.unit ?? null,
    source: field.source,
    isPersonal: field.isPersonal === true,
    isOfPeriod: field.isOfPeriod === true,
  }));

export const columnView = (column: Column) =>
  column.kind === 'known'
    ? { kind: column.kind, key: column.key, source: fieldOf(column.key)?.source ?? 'places' }
    : { ...column, options: [...column.options] };

const wordingView = (row: Wording) => ({
  title: row.title,
  authority: row.authority,
  documentNo: row.documentNo,
  revision: row.revision,
  subject: row.subject,
  periodFrom: row.periodFrom,
  periodTo: row.periodTo,
  dueOn: row.dueOn,
});

export const formView = (row: FormRow) => ({
  ...wordingView(row),
  id: row.id,
  state: row.state,
  revisesId: row.revisesId,
  columns: row.columns.map(columnView),
  authorName: row.authorName,
  publishedAt: iso(row.publishedAt),
  withdrawnAt: iso(row.withdrawnAt),
  withdrawReason: row.withdrawReason,
  version: row.version,
});

export const taskView = (row: TaskRow, today: string) => ({
  ...wordingView(row),
  scopeId: row.scopeId,
  scopeName: row.scopeName,
  formId: row.formId,
  state: row.state,
  columnCount: row.columns.length,
  knownCount: row.columns.length - questionsOf(row.columns).length,
  isLate: (row.state === 'open' || row.state === 'returned') && row.dueOn < today,
  publishedAt: row.publishedAt.toISOString(),
  submittedAt: iso(row.submittedAt),
  submittedByName: row.submittedByName,
  decidedAt: iso(row.decidedAt),
  decidedByName: row.decidedByName,
  returnReason: row.returnReason,
  version: row.version,
});

interface Sums {
  readonly tasks: readonly TaskSums[];
  readonly answers: readonly AnswerSums[];
  readonly reuse: readonly ReuseSums[];
  readonly effort: readonly EffortSums[];
}

interface Cell {
  readonly formId: string;
  readonly streetId: string | null;
}
const cellOf = ({ formId, streetId }: Cell, week = ''): string => `${formId} ${streetId} ${week}`;
const byCell = <Row extends Cell>(rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [cellOf(row), row]));

/** A city has many streets: each sum is looked at once. Of `tasks` no more than `most` are shown. */
export function reportView(sums: Sums, firstWeek: string, weekCount: number, most: number) {
  const answers = byCell(sums.answers);
  const reuse = byCell(sums.reuse);
  const effort = new Map(sums.effort.map((row) => [cellOf(row, row.week), row.seconds]));
  const weeks = Array.from({ length: weekCount }, (_, i) => addDays(firstWeek, 7 * i));
  const items = sums.tasks.slice(0, most).map((row) => {
    const given = answers.get(cellOf(row));
    const questions = questionsOf(row.columns).length;
    return {
      formId: row.formId,
      streetId: row.streetId,
      streetName: row.streetName,
      title: row.title,
      revision: row.revision,
      dueOn: row.dueOn,
      tasks: row.tasks,
      accepted: row.states.accepted,
      asked: row.columns.length,
      known: row.columns.length - questions,
      questions,
      typed: given?.typed ?? 0,
      reused: reuse.get(cellOf(row))?.reused ?? 0,
      corrected: given?.corrected ?? 0,
      reasked: given?.reasked ?? 0,
      minutes: weeks.map((week) => Math.round((effort.get(cellOf(row, week)) ?? 0) / 6) / 10),
    };
  });
  return { weeks, items, isCut: sums.tasks.length > most };
}
