import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import {
  type CheckedPosting,
  checkPosting,
  isSamePosting,
  mayFallBelowZero,
  type NewPosting,
  parseAccount,
  reversalOf,
} from './domain.ts';
import { addPostings, openBook, postingsById, postingsByKey, shareBook } from './queries.ts';
import { bookIdOf, type LedgerWall, type PostingRow } from './tables.ts';

/** Books this process has seen committed; let go when a server starts (forgetBooks). */
const known = new Set<string>();
const mostKnown = 20_000;

export function forgetBooks(): void {
  known.clear();
}

export interface Posting {
  /** The wall of whatever is paid or owed: its compound, and the company whose book it is. */
  readonly wall: LedgerWall;
  readonly postings: readonly NewPosting[];
  /** The account of who did it; null for what happens by itself. */
  readonly by: string | null;
  readonly now: Date;
}

export interface Posted {
  readonly id: string;
  readonly key: string;
  /** It was there already: nothing moved. */
  readonly isReplay: boolean;
}

/** So many in one statement. */
const batch = 5_000;

/**
 * Moves amounts, in the caller's transaction: whatever they are for commits with them or not at all. A key that was
 * posted before with the same content moves nothing and answers with the posting that is there.
 */
export async function post(tx: Tx, { wall, postings, by, now }: Posting): Promise<Posted[]> {
  if (postings.length === 0) return [];
  const checked = postings.map(orProblem);
  const keys = new Set(checked.map(({ key }) => key));
  if (keys.size !== checked.length) throw new Problem('ledger.invalid', { key: '', reason: 'key_twice' });
  shareBook(tx, wall);
  const book = `${wall.scopeId} ${bookIdOf(wall)}`;
  if (!known.has(book)) {
    openBook(tx, wall, now);
    tx.afterCommit(() => {
      if (known.size >= mostKnown) known.clear();
      known.add(book);
    });
  }
  const done: Posted[] = [];
  for (let from = 0; from < checked.length; from += batch) {
    const rows = checked
      .slice(from, from + batch)
      .map((posting) => ({ ...posting, id: uuidv7(now.getTime()) }));
    const { added, balances } = await addPostings(tx, wall, by, rows, now);
    for (const { account, balanceFen } of balances)
      if (balanceFen < 0 && !mayFallBelowZero(account))
        throw new Problem('ledger.overdrawn', { account, missingFen: -balanceFen });
    const isNew = new Set(added);
    const missing = rows.filter(({ id }) => !isNew.has(id));
    const before = missing.length === 0 ? new Map() : await earlier(tx, wall, missing);
    done.push(
      ...rows.map(({ id, key }) =>
        isNew.has(id)
          ? { id, key, isReplay: false }
          : { id: (before.get(key) as PostingRow).id, key, isReplay: true },
      ),
    );
  }
  return done;
}

/** What was not added is there already, saying the same; else it is refused. */
async function earlier(
  tx: Tx,
  wall: LedgerWall,
  missing: readonly CheckedPosting[],
): Promise<Map<string, PostingRow>> {
  const found = new Map(
    (
      await postingsByKey(
        tx,
        wall.scopeId,
        missing.map(({ key }) => key),
      )
    ).map((row) => [row.key, row]),
  );
  for (const posting of missing) {
    const row = found.get(posting.key);
    if (row === undefined) throw new Problem('ledger.period_closed', { bookedOn: posting.bookedOn });
    if (!isSamePosting(posting, asChecked(row))) throw new Problem('ledger.key_reused', { key: posting.key });
  }
  return found;
}

export interface Reversal {
  readonly postingId: string;
  readonly key: string;
  /** The day of the correction, in an open month. */
  readonly bookedOn: string;
  /** What the reversal comes from; the posting's own source where left out. */
  readonly source?: { readonly kind: string; readonly id: string };
}

/** The same amounts the other way. A posting is reversed once: a second time is refused, the same key is a replay. */
export async function reverse(
  tx: Tx,
  given: {
    readonly wall: LedgerWall;
    readonly reversals: readonly Reversal[];
    readonly by: string | null;
    readonly now: Date;
  },
): Promise<Posted[]> {
  const { wall, reversals, by, now } = given;
  const originals = new Map(
    (
      await postingsById(
        tx,
        wall.scopeId,
        reversals.map(({ postingId }) => postingId),
      )
    ).map((row) => [row.id, row]),
  );
  const postings = reversals.map(({ postingId, key, bookedOn, source }): NewPosting => {
    const original = originals.get(postingId);
    if (original === undefined) throw new Problem('not_found');
    return reversalOf({
      key,
      debit: original.debit,
      credit: original.credit,
      amountFen: original.amountFen,
      bookedOn,
      source: source ?? original.source,
      householdId: original.householdId,
      reverses: postingId,
    });
  });
  return post(tx, { wall, postings, by, now });
}

function orProblem(posting: NewPosting): CheckedPosting {
  const checked = checkPosting(posting);
  if (!checked.ok) throw new Problem('ledger.invalid', { key: posting.key, reason: checked.error });
  return checked.value;
}

function asChecked(row: PostingRow): CheckedPosting {
  const account = (code: string) => {
    const parsed = parseAccount(code);
    if (!parsed.ok) throw new Error(`a posting bears the unknown account ${code}`);
    return parsed.value;
  };
  return { ...row, debit: account(row.debit), credit: account(row.credit) };
}
