import type { ListExport } from '../../platform/exports/lists.ts';

/** What billing takes off, and what a street asks for. */
export const heatingExports: readonly ListExport[] = [
  {
    name: 'cold-rooms',
    path: '/heating/cold-rooms',
    columns: [
      ['heating.column.scope', 20],
      ['heating.column.home', 24],
      ['heating.column.from', 12],
      ['heating.column.until', 12],
      ['heating.column.days', 8],
      ['heating.column.coldest', 10],
    ],
    rows: (item) => [
      [
        item.scopeName,
        item.householdLabel,
        item.from,
        item.isOpen ? '' : item.until,
        item.days,
        item.coldest,
      ],
    ],
  },
];
