import { type Locale, tKey } from '@gongzhi/i18n';
import type { OutColumn, OutValue } from '../../platform/exports/table-writer.ts';
import type { Column } from './domain.ts';
import type { Cell, FilledRow } from './service-rows.ts';

/** A form as a table that leaves the house: as the page shows it to the same reader. */

export function columnTitle(column: Column, locale: Locale): string {
  return column.kind === 'known' ? tKey(locale, `forms.field.${column.key}`) : column.label;
}

export function fileColumns(columns: readonly Column[], locale: Locale): OutColumn[] {
  return [
    { title: tKey(locale, 'forms.place'), width: 20 },
    ...columns.map((column) => ({ title: columnTitle(column, locale), width: 18 })),
  ];
}

function shown(column: Column, { state, value }: Cell, locale: Locale): OutValue {
  if (state === 'hidden') return tKey(locale, 'forms.hidden');
  if (value === null || typeof value === 'number') return value;
  if (column.kind === 'known')
    return column.key === 'resident.relation'
      ? value
          .split(' ')
          .map((word) => tKey(locale, `forms.relation.${word}`))
          .join(' ')
      : value;
  if (column.type === 'yes_no') return tKey(locale, `forms.answer.${value}`);
  return column.type === 'number' ? Number(value) : value;
}

export const fileRow = (
  place: string,
  columns: readonly Column[],
  row: FilledRow,
  locale: Locale,
): OutValue[] => [
  place,
  ...columns.map((column, i) => {
    const cell = row.cells[i];
    return cell === undefined ? null : shown(column, cell, locale);
  }),
];
