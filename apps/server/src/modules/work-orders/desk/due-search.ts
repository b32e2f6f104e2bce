import { firstIdOf } from '../../../platform/db/actor.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../../platform/db/sql.ts';
import { claimByScope } from '../../../platform/due/claim.ts';
import type { DueSweep } from '../../../platform/due/due.ts';
import type { House } from '../../../platform/house.ts';
import { gramsOf } from '@gongzhi/kernel';

interface Unindexed {
  readonly scope_id: string;
  readonly work_order_id: string;
  readonly city_id: string | null;
  readonly street_id: string | null;
  readonly company_id: string | null;
  /** Null when there is no such order (any more). */
  readonly text: string | null;
}

/** So many still let a command in between. */
const AT_ONCE = 1_000;
/** What was reported since is found before a history that was brought in. */
const JUST_MILLISECONDS = 600_000;

const claim = (tx: Tx, limit: number, due: Statement, order: Statement): Promise<Unindexed[]> =>
  claimByScope<Unindexed>(tx, {
    // Whose it is says the row that is locked: a company that takes over waits for it, or was here before.
    columns: sql`u.scope_id, u.work_order_id, u.city_id, u.street_id, u.company_id, o.description || ' ' || o.place_label as text`,
    from: sql`work_orders.unindexed u left join work_orders.work_order o on o.scope_id = u.scope_id and o.work_order_id = u.work_order_id`,
    scope: sql`u.scope_id`,
    id: sql`u.work_order_id`,
    due,
    order,
    limit,
    // Deleted as soon as it is done.
    lock: sql`for update of u`,
  });

/** How far a history has been gone through: what is done behind stays in the index while a backup, say, still sees it. */
const reached = new WeakMap<House, Pick<Unindexed, 'scope_id' | 'work_order_id'>>();

async function claimHistory(tx: Tx, most: number, since: string, house: House): Promise<Unindexed[]> {
  const order = sql`u.scope_id, u.work_order_id`;
  const from = reached.get(house);
  if (from !== undefined) {
    const ahead = sql`u.work_order_id < ${since} and (u.scope_id, u.work_order_id) > (${from.scope_id}, ${from.work_order_id})`;
    const rows = await claim(tx, most, ahead, order);
    const last = rows.at(-1);
    if (last !== undefined) {
      reached.set(house, last);
      return rows;
    }
    reached.delete(house);
  }
  const rows = await claim(tx, most, sql`u.work_order_id < ${since}`, order);
  // A little is looked for from the beginning the next time too.
  const last = rows.length < most ? undefined : rows.at(-1);
  if (last !== undefined) reached.set(house, last);
  return rows;
}

/**
 * The words of orders that are not yet found by them, whoever wrote the row: a resident, an import, the
 * demonstration. Away from the command itself, which then costs nothing; a new order is found a second later.
 * A history is taken scope by scope: its postings lie side by side, and a page of them is written once, not once a word.
 */
export const searchIndex: DueSweep = {
  name: 'work_orders.search_index',
  lane: 'work',
  async claim(tx: Tx, now: Date, limit: number, house: House): Promise<number> {
    const most = Math.max(limit, AT_ONCE);
    const since = firstIdOf(now.getTime() - JUST_MILLISECONDS);
    const just = await claim(tx, most, sql`u.work_order_id >= ${since}`, sql`u.work_order_id desc`);
    const rows = just.length > 0 ? just : await claimHistory(tx, most, since, house);
    if (rows.length === 0) return 0;
    const column = (name: Exclude<keyof Unindexed, 'text'>) => rows.map((row) => row[name]);
    // An order travels once, with its pairs as a list: the bytes of twenty times five ids took longer than the insert.
    const grams = rows.map(({ text }) => `{${text === null ? '' : gramsOf(text).join(',')}}`);
    // All words of an order are written at once: its first tells whether they are there. To say "on conflict do nothing"
    // would write every posting twice over; across machines a list is only taken from a statement that returns something.
    tx.write(
      sql`insert into work_orders.gram (scope_id, gram, work_order_id, city_id, street_id, company_id)
        select o.scope_id, g.gram, o.work_order_id, o.city_id, o.street_id, o.company_id
        from (
          select * from unnest(${column('scope_id')}::uuid[], ${column('work_order_id')}::uuid[], ${column('city_id')}::uuid[], ${column('street_id')}::uuid[],
              ${column('company_id')}::uuid[], ${grams}::text[]) u (scope_id, work_order_id, city_id, street_id, company_id, grams)
          where not exists (select from work_orders.gram w
            where w.scope_id = u.scope_id and w.gram = (u.grams::integer[])[1] and w.work_order_id = u.work_order_id)
          offset 0) o
          cross join lateral unnest(o.grams::integer[]) g (gram)
        order by 1, 2 ${tx.isSpread === true ? sql`returning scope_id` : empty}`,
    );
    tx.write(
      sql`delete from work_orders.unindexed u
        using unnest(${column('scope_id')}::uuid[], ${column('work_order_id')}::uuid[]) d (scope_id, work_order_id)
        where u.scope_id = d.scope_id and u.work_order_id = d.work_order_id`,
    );
    return rows.length;
  },
};
