import { compact, date, one, text } from './search-words.ts';

/** What the addresses of the ledger and of a compound's common accounts say. */
export const ledgerViews = ['balance', 'periods', 'chain'] as const;
export interface LedgerSearch {
  view?: (typeof ledgerViews)[number] | undefined;
  /** The compound whose book is open. */
  scope?: string | undefined;
  /** As of which day; now where left out. */
  day?: string | undefined;
  /** The account that is open, its owner in it where it is somebody's. */
  account?: string | undefined;
  /** What moved together: `billing.line:<id>`. */
  source?: string | undefined;
}

export const accountsTabs = ['entries', 'publish', 'published'] as const;
export interface AccountsSearch {
  tab?: (typeof accountsTabs)[number] | undefined;
  scope?: string | undefined;
  /** The entry or the publication that is looked at. */
  item?: string | undefined;
}

/** An address is input from outside: what isn't understood is dropped. */
export const readLedgerSearch = (raw: Record<string, unknown>): LedgerSearch =>
  compact({
    view: one(raw['view'], ledgerViews),
    scope: text(raw['scope']),
    day: date(raw['day']),
    account: text(raw['account']),
    source: text(raw['source']),
  });

export const readAccountsSearch = (raw: Record<string, unknown>): AccountsSearch =>
  compact({
    tab: one(raw['tab'], accountsTabs),
    scope: text(raw['scope']),
    item: text(raw['item']),
  });
