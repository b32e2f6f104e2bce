export {
  type Account,
  accountCode,
  type AccountKind,
  accounts,
  isOwned,
  kindOf,
  mayFallBelowZero,
  ownedAccounts,
  parseAccount,
  sideOf,
} from './domain/chart.ts';
export {
  addUp,
  balanceOf,
  type CheckedPosting,
  checkPosting,
  imbalance,
  isDay,
  isSamePosting,
  type NewPosting,
  type PostingFault,
  reversalOf,
  type Turnover,
} from './domain/posting.ts';
export { type CloseFault, lastDayOf, mayClose, monthOf, nextMonth } from './domain/periods.ts';
export {
  accountsOf,
  type Figures,
  figuresOf,
  type Line,
  type Section,
  SECTIONS,
} from './domain/publication.ts';
