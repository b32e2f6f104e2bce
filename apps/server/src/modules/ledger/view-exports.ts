import type { ListExport } from '../../platform/exports/lists.ts';

const yuan = (fen: number) => fen / 100;

/** What an auditor takes home: the accounts of a book, and what moved one of them. */
export const ledgerExports: readonly ListExport[] = [
  {
    name: 'trial-balance',
    path: '/ledger/trial-balance',
    columns: [
      ['ledger.column.account', 28],
      ['ledger.column.code', 28],
      ['ledger.column.kind', 12],
      ['ledger.column.debit', 16],
      ['ledger.column.credit', 16],
      ['ledger.column.balance', 16],
      ['ledger.column.postings', 10],
    ],
    items: (body) => body.items,
    rows: (item, say) => [
      [
        say.label(`ledger.account.${item.account}`, item.account),
        item.account,
        say.label(`ledger.kind.${item.kind}`),
        yuan(item.debitFen),
        yuan(item.creditFen),
        yuan(item.balanceFen),
        item.postings,
      ],
    ],
  },
  {
    name: 'ledger-postings',
    path: '/ledger/postings',
    columns: [
      ['ledger.column.day', 12],
      ['ledger.column.debit', 30],
      ['ledger.column.credit', 30],
      ['ledger.column.home', 24],
      ['ledger.column.amount', 16],
      ['ledger.column.source', 20],
      ['ledger.column.number', 40],
      ['ledger.column.recorded', 18],
    ],
    rows: (item, say) => [
      [
        item.bookedOn,
        say.label(`ledger.account.${item.debit.name}`, item.debit.name),
        say.label(`ledger.account.${item.credit.name}`, item.credit.name),
        item.debit.label ?? item.credit.label ?? '',
        yuan(item.amountFen),
        say.label(`ledger.source.${item.source.kind}`, item.source.kind),
        item.key,
        say.time(item.recordedAt),
      ],
    ],
  },
];
