import type { ListExport } from '../../platform/exports/lists.ts';

const yuan = (fen: number) => fen / 100;

/** What was billed, collected and is owed, as sums: no household is in it. */
export const billingExports: readonly ListExport[] = [
  {
    name: 'billing-totals',
    path: '/billing/totals',
    report: { permission: 'bill.totals', period: 'now', hasScope: true, filters: [] },
    items: (body) => body.items,
    columns: [
      ['imports.column.compound', 24],
      ['reports.column.month', 10],
      ['reports.column.households', 10],
      ['reports.column.billed', 14],
      ['reports.column.settled', 14],
      ['reports.column.open', 14],
    ],
    rows: (sum) => [
      [
        sum.scopeName,
        sum.period,
        sum.households,
        yuan(sum.billedFen),
        yuan(sum.settledFen),
        yuan(sum.openFen),
      ],
    ],
  },
];
