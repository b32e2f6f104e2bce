import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** Not a posting at all; params: key, reason. A caller's mistake, found before anything is written. */
  'ledger.invalid': 422,
  /** The key stands for another posting; params: key. */
  'ledger.key_reused': 409,
  /** Booked in a month that is closed; params: closedTo. */
  'ledger.period_closed': 409,
  'ledger.reversed_already': 409,
  /** More than is there; params: account, missingFen. */
  'ledger.overdrawn': 409,
  /** A month that may not be closed (yet); params: reason. */
  'ledger.cannot_close': 409,
  /** An entry or a publication that cannot be; params: reason. */
  'ledger.entry_invalid': 422,
  /** More lines than one publication holds; params: most. */
  'ledger.too_many_lines': 422,
  'ledger.withdrawn_already': 409,
  /** What is to be published is not what was looked at. */
  'ledger.stale': 409,
} as const satisfies ErrorTable;

export const constraints: ConstraintTable = {
  posting_reverses: 'ledger.reversed_already',
  period_pk: 'ledger.cannot_close',
  publication_version: 'ledger.stale',
};
