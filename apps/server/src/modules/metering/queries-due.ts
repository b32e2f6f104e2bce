import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { prepaidColumns } from './queries-prepaid.ts';
import type { PrepaidRow } from './tables.ts';

/** The worker claims what is due, over all scopes. */
export function duePrepaid(tx: Tx, now: Date, limit: number): Promise<PrepaidRow[]> {
  return tx.query(
    sql`select ${prepaidColumns} from metering.prepaid p
        where p.check_at <= ${now} and p.ended_at is null
        order by p.check_at limit ${limit} for update skip locked`,
  );
}

/** The worker claims what is due, over all scopes. */
export function dueComparisons(tx: Tx, today: string, limit: number): Promise<PrepaidRow[]> {
  return tx.query(
    sql`select ${prepaidColumns} from metering.prepaid p where (p.compared_on is null or p.compared_on < ${today}::date) and p.ended_at is null
        order by p.compared_on nulls first limit ${limit} for update skip locked`,
  );
}
