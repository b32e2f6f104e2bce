import type { Locale } from '../../api-types.ts';
import type { Kind, Report, ReportBody } from './api.ts';

/** What is typed into the form, and what it says of a report. */

export interface Draft {
  readonly name: string;
  readonly kind: string;
  readonly about: string;
  readonly period: string;
  readonly filters: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly isShared: boolean;
  readonly every: 'none' | 'week' | 'month' | 'workday';
  readonly day: string;
  readonly hour: string;
  readonly isWorkdaysOnly: boolean;
  readonly format: 'xlsx' | 'pdf';
  readonly keepDays: string;
}

export const emptyDraft: Draft = {
  name: '',
  kind: '',
  about: '',
  period: '',
  filters: {},
  columns: [],
  isShared: false,
  every: 'none',
  day: '1',
  hour: '8',
  isWorkdaysOnly: true,
  format: 'xlsx',
  keepDays: '90',
};

export function draftOf(report: Report): Draft {
  const { schedule } = report;
  return {
    name: report.name,
    kind: report.kind,
    about: report.aboutScopeId ?? '',
    period: report.period,
    filters: report.filters,
    columns: report.columns,
    isShared: report.isShared,
    every: schedule?.every ?? 'none',
    day: String(schedule?.day ?? 1),
    hour: String(schedule?.hour ?? 8),
    isWorkdaysOnly: schedule?.isWorkdaysOnly ?? true,
    format: report.format,
    keepDays: String(report.keepDays),
  };
}

/** Another list: what does not fit it is let go. */
export function ofKind(kind: Kind): Partial<Draft> {
  const [period = ''] =
    kind.periods.length > 1 ? kind.periods.filter((one) => one === 'last_month') : kind.periods;
  return {
    kind: kind.kind,
    period,
    filters: Object.fromEntries(
      kind.filters.flatMap(({ name, isNeeded, options: [first] }) =>
        isNeeded && first !== undefined ? [[name, first.value]] : [],
      ),
    ),
    columns: [],
    about: '',
  };
}

const keepDaysOf = (text: string): number | null => {
  const days = Number(text.trim());
  return /^\d{1,3}$/.test(text.trim()) && days >= 1 && days <= 400 ? days : null;
};
export const isKeepDays = (text: string): boolean => keepDaysOf(text) !== null;

/** Null while something is missing. */
export function bodyOf(draft: Draft, version: number, locale: Locale): ReportBody | null {
  const name = draft.name.trim();
  const keepDays = keepDaysOf(draft.keepDays);
  if (name === '' || draft.kind === '' || draft.period === '' || keepDays === null) return null;
  return {
    expectedVersion: version,
    name,
    kind: draft.kind,
    aboutScopeId: draft.about === '' ? null : draft.about,
    filters: Object.fromEntries(Object.entries(draft.filters).filter(([, value]) => value !== '')),
    columns: [...draft.columns],
    period: draft.period as ReportBody['period'],
    isShared: draft.isShared,
    schedule:
      draft.every === 'none'
        ? null
        : {
            every: draft.every,
            day: draft.every === 'workday' ? null : Number(draft.day),
            hour: Number(draft.hour),
            isWorkdaysOnly: draft.every !== 'workday' && draft.isWorkdaysOnly,
          },
    format: draft.format,
    locale,
    keepDays,
  };
}
