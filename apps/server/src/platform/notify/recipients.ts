import type { Locale } from '@gongzhi/i18n';
import type { Executor } from '../db/database.ts';

export interface Recipient {
  /** null: it is there and cannot be opened. */
  readonly phone: string | null;
  readonly locale: Locale;
}

/** What the platform must know of a reader and does not keep itself: the modules give it (main.ts). */
export interface Recipients {
  /** Living accounts only. */
  of(q: Executor, accountIds: readonly string[]): Promise<ReadonlyMap<string, Recipient>>;
  /** Which clock hangs on the wall where the matter is. */
  timeZoneOf(q: Executor, scopeId: string): Promise<string>;
}
