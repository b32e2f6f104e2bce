import type { Tx } from '../db/database.ts';
import { fixedShape, raw, sql, type Statement } from '../db/sql.ts';

export interface Claim {
  /** What is wanted of a row. */
  readonly columns: Statement;
  /** The table and its alias: `work_orders.work_order o`. */
  readonly from: Statement;
  /** The alias' scope, `o.scope_id`, and the id within it. */
  readonly scope: Statement;
  readonly id: Statement;
  /** A uuid, unless what several columns make together is told as text. */
  readonly idType?: 'uuid' | 'text';
  /** What makes a row due, without a scope. */
  readonly due: Statement;
  readonly order: Statement;
  readonly limit: number;
  /** `for no key update`, unless a joined table is left alone (`for no key update of t`), or what is claimed is deleted. */
  readonly lock?: Statement;
}

/** So many batches are looked past when others hold what stands first. */
const mostLooks = 4;

/**
 * Due rows of all scopes, locked, at most `limit`, the longest due first; what others hold is passed over. On one machine
 * that is one statement. Across machines nothing can be locked and skipped: there they are looked for first, without a lock,
 * on all of them, and then taken scope by scope, each on the one machine where it lies.
 */
export async function claimByScope<Row>(tx: Tx, claim: Claim): Promise<Row[]> {
  const {
    columns,
    from,
    scope,
    id,
    idType = 'uuid',
    due,
    order,
    limit,
    lock = sql`for no key update`,
  } = claim;
  if (tx.isSpread !== true)
    return tx.query<Row>(
      fixedShape(
        sql`select ${columns} from ${from} where ${due} order by ${order} limit ${limit} ${lock} skip locked`,
      ),
    );
  for (let look = 0; look < mostLooks; look++) {
    const seen = await tx.query<{ scope: string; id: string }>(
      fixedShape(
        sql`select ${scope} as scope, ${id} as id from ${from} where ${due} order by ${order} limit ${limit} offset ${look * limit}`,
      ),
    );
    const byScope = Map.groupBy(seen, (row) => row.scope);
    // Asked again, for it may have been done meanwhile.
    const taken = await Promise.all(
      [...byScope].map(([scopeId, rows]) =>
        tx.query<Row>(
          fixedShape(
            sql`select ${columns} from ${from} where ${scope} = ${scopeId} and ${id} = any (${rows.map((row) => row.id)}::${raw(idType)}[]) and ${due}
                order by ${order} ${lock} skip locked`,
          ),
        ),
      ),
    );
    const claimed = taken.flat();
    // Whoever holds them will do them; behind them may be more.
    if (claimed.length > 0 || seen.length < limit) return claimed;
  }
  return [];
}
