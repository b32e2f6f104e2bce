import { type Locale, tKey } from '@gongzhi/i18n';
import { toLocal } from '@gongzhi/kernel';
import type { Permission } from '../permissions/permissions.ts';
import type { OutValue } from './table-writer.ts';

/** What a list's row is written with: the reader's language and the place's time. */
export interface Say {
  readonly locale: Locale;
  label(key: string, fallback?: string): string;
  /** '2026-11-23 10:00' where the people live; null stays. */
  time(at: string | null): string | null;
}

// A row is any JSON of the list's own answer; what a column takes of it is tested with the list.
// biome-ignore lint/suspicious/noExplicitAny: as said
export type AnyItem = any; // oxlint-disable-line typescript/no-explicit-any

/** What a list needs to be told before it can be asked again every week. */
export interface Reported {
  /** The list's own: a report is offered to whoever could open its page. */
  readonly permission: Permission;
  /** How its query says of which time: instants `from`–`to` (the end not in it), whole days `from`–`to`, a month, or not. */
  readonly period: 'instants' | 'days' | 'month' | 'now';
  /** Whether it may be narrowed to one place. */
  readonly hasScope: boolean;
  /** What else may be chosen: the query's word, its values, and where their labels stand (`<labels>.<value>`). */
  readonly filters: readonly {
    readonly name: string;
    readonly values: readonly string[];
    readonly labels: string;
    readonly isNeeded?: true;
  }[];
}

/**
 * A list that may leave as a file. Its rows are asked for page by page at the list's own address, as the person who
 * exports, with the filters of the page: nobody takes home what the list does not show.
 */
export interface ListExport {
  readonly name: string;
  /** The list's address; `:scopeId` is filled in, otherwise the scope goes into the query as the list wants it. */
  readonly path: string;
  /** Keys of packages/i18n, and how wide. */
  readonly columns: readonly (readonly [title: string, width: number])[];
  /** Where a list does not come in pages. */
  readonly items?: (body: AnyItem) => readonly AnyItem[];
  /** It may be kept as a report, and comes by itself then. */
  readonly report?: Reported;
  /** One item may be several rows. */
  rows(item: AnyItem, say: Say): readonly (readonly OutValue[])[];
}

export function sayerOf(locale: Locale, zone: string): Say {
  const two = (n: number) => String(n).padStart(2, '0');
  return {
    locale,
    label: (key, fallback = '') => {
      const said = tKey(locale, key);
      return said === key ? fallback : said;
    },
    time: (at) => {
      if (at === null) return null;
      const local = toLocal(Date.parse(at), zone);
      return `${local.year}-${two(local.month)}-${two(local.day)} ${two(local.hour)}:${two(local.minute)}`;
    },
  };
}
