import type { ListExport } from '../../platform/exports/lists.ts';

/** Passes as the desk sees them; of people without a phone it is the list the gate has in the morning. */
export const passExports: readonly ListExport[] = [
  {
    name: 'passes',
    path: '/access/passes',
    columns: [
      ['passDesk.column.home', 24],
      ['passDesk.column.holder', 14],
      ['passDesk.column.kind', 14],
      ['passDesk.column.plate', 12],
      ['passDesk.column.until', 20],
      ['passDesk.column.state', 12],
    ],
    rows: (item, { label, time }) => [
      [
        item.householdLabel,
        item.name,
        label(`pass.kind.${item.kind}`),
        item.plate,
        time(item.validTo),
        label(`pass.state.${item.state}`),
      ],
    ],
  },
];
