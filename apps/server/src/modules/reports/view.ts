import { type Locale, tKey } from '@gongzhi/i18n';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { periodsFor } from './domain.ts';
import type { Kind } from './facts.ts';
import type { ReportRow, RunRow } from './tables.ts';

/** Rows as the wire has them. */

export const kindView = ({ name, report, columns }: Kind, locale: Locale) => ({
  kind: name,
  title: tKey(locale, `exports.list.${name}`),
  periods: [...periodsFor(report.period)],
  hasScope: report.hasScope,
  filters: report.filters.map((filter) => ({
    name: filter.name,
    label: tKey(locale, `reports.filter.${filter.name}`),
    isNeeded: filter.isNeeded === true,
    options: filter.values.map((value) => ({ value, label: tKey(locale, `${filter.labels}.${value}`) })),
  })),
  columns: columns.map(([key]) => ({ key, label: tKey(locale, key) })),
});

export const reportView = (row: ReportRow, acting: Acting) => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  aboutScopeId: row.aboutScopeId,
  filters: { ...row.filters },
  columns: [...row.columns],
  period: row.period,
  isShared: row.isShared,
  isOwn: row.ownerAccountId === acting.accountId,
  ownerName: row.ownerName,
  schedule: row.schedule,
  format: row.format,
  locale: row.locale,
  keepDays: row.keepDays,
  nextDueAt: row.nextDueAt?.toISOString() ?? null,
  stopped: row.stopped,
  version: row.version,
  updatedAt: row.updatedAt.toISOString(),
});

export const runView = (run: RunRow) => ({
  id: run.id,
  forDay: run.forDay,
  fromDay: run.fromDay,
  toDay: run.toDay,
  state: run.state,
  hasFile: run.fileId !== null,
  format: run.format,
  rowCount: run.rowCount,
  isCut: run.isCut,
  madeAt: run.madeAt.toISOString(),
  expiresAt: run.expiresAt.toISOString(),
});
