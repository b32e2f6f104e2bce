import type { Instant } from '@gongzhi/kernel';
import type { CsvRow } from '../../../platform/imports/csv.ts';
import type { Group } from '../domain/types.ts';
import { type CompiledMapping, MappingError } from './mapping.ts';
import { readRow } from './rows.ts';

/** What a file speaks of, found by reading it once before anything is written. */
export interface Survey {
  readonly rows: number;
  readonly rejected: number;
  readonly places: ReadonlySet<string>;
  readonly categories: ReadonlyMap<string, SurveyedCategory>;
}

export interface SurveyedCategory {
  readonly group: Group;
  /** Median of the rows' own limits, in whole minutes; null when none has one. */
  readonly resolveMinutes: number | null;
}

/** A median needs no more; memory stays bounded however long the history is. */
const longestSample = 1_001;
const mostNames = 5_000;
const tryFirst = 1_000;

export async function surveyRows(
  mapping: CompiledMapping,
  rows: AsyncIterable<CsvRow>,
  now: Instant,
): Promise<Survey> {
  const places = new Set<string>();
  const categories = new Map<string, { group: Group; minutes: number[] }>();
  let count = 0;
  let rejected = 0;
  for await (const { line, record, error } of rows) {
    count++;
    const row = error === undefined ? readRow(mapping, record, line, now) : [error];
    if (Array.isArray(row)) {
      rejected++;
      if (rejected === tryFirst && count === tryFirst)
        return { rows: count, rejected, places, categories: new Map() };
      continue;
    }
    const known = row as Exclude<typeof row, readonly unknown[]>;
    if (known.place !== null) places.add(known.place);
    let category = categories.get(known.category);
    if (category === undefined) {
      category = { group: known.group, minutes: [] };
      categories.set(known.category, category);
    }
    if (known.dueAt !== null && known.dueAt > known.openedAt && category.minutes.length < longestSample) {
      category.minutes.push(Math.max(1, Math.round((known.dueAt - known.openedAt) / 60_000)));
    }
    if (places.size > mostNames) throw tooMany('/place/column', mapping.place?.column, 'neighbourhoods');
    if (categories.size > mostNames) throw tooMany('/category/column', mapping.category.column, 'categories');
  }
  return {
    rows: count,
    rejected,
    places,
    categories: new Map(
      [...categories].map(([name, { group, minutes }]) => [name, { group, resolveMinutes: median(minutes) }]),
    ),
  };
}

function tooMany(path: string, column: string | undefined, what: string): MappingError {
  return new MappingError([
    `${path} names the column "${column}", which has more than ${mostNames} different ${what}; it must be a column of a limited set of names`,
  ]);
}

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] as number;
}
