import type { Module } from '../../platform/house.ts';
import { ledgerMessages, tellBroken, tellOwners } from './consumers.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { entryType, visibleEntries, visiblePapers } from './queries-accounts.ts';
import { routes } from './routes.ts';
import { forgetBooks } from './service.ts';
import { ledgerExports } from './view-exports.ts';

export {
  type Account,
  accountCode,
  type AccountKind,
  accounts,
  balanceOf,
  isOwned,
  kindOf,
  lastDayOf,
  monthOf,
  type NewPosting,
  parseAccount,
} from './domain.ts';
export { type At, type BookKey, bookIdOf, type LedgerWall, type PostingRow } from './tables.ts';
export { balances, postingsOf } from './view.ts';
export { postingsOfSource } from './queries.ts';
export { accountSums } from './queries-balances.ts';
export { sealBooks } from './service-sealing.ts';
export { post, type Posted, type Posting, type Reversal, reverse } from './service.ts';

export const ledger: Module = {
  name: 'ledger',
  errors,
  constraints,
  routes,
  messages: ledgerMessages,
  consumers: [tellOwners, tellBroken],
  due,
  exports: ledgerExports,
  // Of events (books, entries, what was published), and of the pictures of papers.
  visibility: { ledger: visiblePapers, [entryType]: visibleEntries },
  forget: forgetBooks,
};

// For the simulator: books in bulk.
export { bookBatches, type LoadedBook, type LoadedPosting } from './import-rows.ts';
