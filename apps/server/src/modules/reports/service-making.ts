import { type Locale, t, tKey } from '@gongzhi/i18n';
import { localDate } from '@gongzhi/kernel';
import { sayerOf } from '../../platform/exports/lists.ts';
import { rowsOf } from '../../platform/exports/read-list.ts';
import {
  bytesOf,
  type OutColumn,
  type OutTable,
  type OutValue,
} from '../../platform/exports/table-writer.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { printPaper } from '../../platform/pdf/paper.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { type Span, spanOf } from './domain.ts';
import { kindOf, questionOf } from './facts.ts';
import type { Definition, Format } from './tables.ts';

/** A report as a table, read with the eyes of whoever asks (platform/exports/asking.ts). */

/** A paper of more pages is read by nobody; a workbook of more rows is opened by nothing. */
export const MOST_PRINTED = 1_000;
export const MOST_KEPT = 50_000;

export interface Opened {
  readonly title: string;
  readonly placeName: string;
  readonly span: Span | null;
  readonly today: string;
  readonly columns: readonly OutColumn[];
  readonly rows: AsyncGenerator<readonly OutValue[]>;
}

/** Nothing is asked before the first row is. `day` is the one that it is seen from; today when left out. */
export async function openReport(
  house: House,
  acting: Acting,
  report: Definition,
  locale: Locale,
  day: string | null = null,
  isGone?: () => boolean,
): Promise<Opened> {
  const kind = kindOf(house, report.kind);
  // A list that is gone from the product.
  if (kind === null) throw new Problem('not_found');
  const place = await house.db.read(acting.actor, (q) =>
    accessScope(q, acting, report.aboutScopeId ?? acting.homeScopeId),
  );
  const today = localDate(house.clock.now().getTime(), place.timeZone);
  const span = spanOf(report.period, day ?? today);
  const all = kind.columns.map(([key, width]) => ({ key, title: tKey(locale, key), width }));
  const chosen = report.columns.flatMap((key) => {
    const at = all.findIndex((column) => column.key === key);
    return at < 0 ? [] : [at];
  });
  const shown = chosen.length === 0 ? all.map((_, i) => i) : chosen;
  const wanted = {
    scopeId: report.aboutScopeId ?? undefined,
    filters: questionOf(report, kind, span, place.timeZone),
    say: sayerOf(locale, place.timeZone),
    ...(isGone === undefined ? {} : { isGone }),
  };
  async function* rows() {
    const asked = house.asking.as(acting);
    try {
      for await (const row of rowsOf(asked.ask, kind!, wanted)) yield shown.map((i) => row[i] ?? null);
    } finally {
      asked.end();
    }
  }
  return {
    title: report.name,
    placeName: place.name,
    span,
    today,
    columns: shown.map((i) => ({ title: all[i]!.title, width: all[i]!.width })),
    rows: rows(),
  };
}

/** At most so many, and whether there would have been more. */
export async function firstRows(
  rows: AsyncGenerator<readonly OutValue[]>,
  most: number,
): Promise<{ rows: (readonly OutValue[])[]; isCut: boolean }> {
  const taken: (readonly OutValue[])[] = [];
  for await (const row of rows) {
    if (taken.length === most) return { rows: taken, isCut: true };
    taken.push(row);
  }
  return { rows: taken, isCut: false };
}

const daysWords = ({ span, today }: Opened): string =>
  span === null ? today : span.from === span.to ? span.from : `${span.from}~${span.to}`;
export const fileNameOf = (opened: Opened): string =>
  `${opened.title}-${opened.placeName}-${daysWords(opened)}`;

export const tableOf = (opened: Opened, format: OutTable['format']): OutTable => ({
  format,
  name: fileNameOf(opened),
  sheet: opened.title,
  columns: opened.columns,
  rows: opened.rows,
});

export async function printReport(
  opened: Opened,
  locale: Locale,
  by: string,
  madeAt: Date,
): Promise<{ bytes: Buffer; rows: number; isCut: boolean }> {
  const { rows, isCut } = await firstRows(opened.rows, MOST_PRINTED);
  const { bytes } = await printPaper({
    title: opened.title,
    language: locale,
    madeAt,
    isLandscape: opened.columns.length > 6,
    blocks: [
      { kind: 'title', text: opened.title },
      {
        kind: 'facts',
        facts: [
          [t(locale, 'reports.paper.place'), opened.placeName],
          [t(locale, 'reports.paper.days'), daysWords(opened)],
          [t(locale, 'reports.paper.by'), by],
          [t(locale, 'reports.paper.rows'), String(rows.length)],
        ],
      },
      {
        kind: 'table',
        isDense: opened.columns.length > 6,
        columns: opened.columns.map(({ title, width = 16 }) => ({ label: title, parts: width })),
        rows: rows.map((row) => row.map((value) => (value === null ? '' : String(value)))),
      },
      ...(isCut
        ? [{ kind: 'small', text: t(locale, 'reports.paper.cut', { most: MOST_PRINTED }) } as const]
        : []),
    ],
    footer: (page, pages) => t(locale, 'reports.paper.page', { page, pages }),
    lacking: (characters) => t(locale, 'reports.paper.lacking', { characters }),
  });
  return { bytes, rows: rows.length, isCut };
}

/** The whole file, for keeping. */
export async function makeFile(
  opened: Opened,
  format: Format,
  locale: Locale,
  by: string,
  madeAt: Date,
): Promise<{ bytes: Buffer; rows: number; isCut: boolean }> {
  if (format === 'pdf') return printReport(opened, locale, by, madeAt);
  let count = 0;
  let isCut = false;
  async function* counted() {
    for await (const row of opened.rows) {
      if (count === MOST_KEPT) {
        isCut = true;
        return;
      }
      count++;
      yield row;
    }
  }
  const parts: Buffer[] = [];
  for await (const part of bytesOf({ ...tableOf(opened, 'xlsx'), rows: counted() }))
    parts.push(Buffer.from(part));
  return { bytes: Buffer.concat(parts), rows: count, isCut };
}
