import type { Tx } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import { claimByScope } from '../../../platform/due/claim.ts';
import type { DueSweep } from '../../../platform/due/due.ts';
import { gramsOf } from '@gongzhi/kernel';

interface Unindexed {
  readonly scope_id: string;
  readonly work_order_id: string;
  readonly city_id: string | null;
  readonly street_id: string | null;
  readonly company_id: string | null;
  readonly text: string;
}

/** An order costs a quarter of a millisecond; a thousand still let a command in between. */
const AT_ONCE = 1_000;

/**
 * The words of orders that are not yet found by them, whoever wrote the row: a resident, an import, the
 * demonstration. Away from the command itself, which then costs nothing; a new order is found a second later.
 */
export const searchIndex: DueSweep = {
  name: 'work_orders.search_index',
  lane: 'work',
  async claim(tx: Tx, _now: Date, limit: number): Promise<number> {
    const rows = await claimByScope<Unindexed>(tx, {
      columns: sql`o.scope_id, o.work_order_id, o.city_id, o.street_id, o.company_id, o.description || ' ' || o.place_label as text`,
      from: sql`work_orders.work_order o`,
      scope: sql`o.scope_id`,
      id: sql`o.work_order_id`,
      due: sql`not o.is_indexed`,
      order: sql`o.work_order_id desc`,
      limit: Math.max(limit, AT_ONCE),
    });
    if (rows.length === 0) return 0;
    const column = (name: Exclude<keyof Unindexed, 'text'>) => rows.map((row) => row[name]);
    // An order travels once, with its pairs as a list: the bytes of thirty times five ids took longer than the insert.
    const grams = rows.map((row) => `{${gramsOf(row.text).join(',')}}`);
    tx.write(
      sql`insert into work_orders.gram (scope_id, gram, work_order_id, city_id, street_id, company_id)
        select o.scope_id, g.gram, o.work_order_id, o.city_id, o.street_id, o.company_id
        from unnest(${column('scope_id')}::uuid[], ${column('work_order_id')}::uuid[], ${column('city_id')}::uuid[], ${column('street_id')}::uuid[],
            ${column('company_id')}::uuid[], ${grams}::text[]) o (scope_id, work_order_id, city_id, street_id, company_id, grams)
          cross join lateral unnest(o.grams::integer[]) g (gram)
        order by 1, 2 on conflict do nothing`,
    );
    tx.write(
      sql`update work_orders.work_order set is_indexed = true where scope_id = any (${[...new Set(rows.map((row) => row.scope_id))]}::uuid[])
        and work_order_id = any (${rows.map((row) => row.work_order_id)}::uuid[])`,
    );
    return rows.length;
  },
};
