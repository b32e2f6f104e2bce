import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { join, sql } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { stretchesOf } from './domain.ts';
import { workerOf } from './queries-folding-times.ts';
import { accusedOf, measured, type SumsInput, unfolded } from './queries-sums.ts';
import { visibleTo, withinReach } from './reach.ts';

/** The kept sums of a company's workers: who has an order counts for it, as the orders themselves say. */

export interface WorkersInput {
  readonly acting: Acting;
  readonly companyId: string;
  readonly input: SumsInput;
  readonly today: LocalDate;
}

/** Who has the most orders, first; the company itself where nobody has them. */
export async function busiestWorkers(
  q: Executor,
  { acting, companyId, input, today }: WorkersInput,
  most: number,
): Promise<string[]> {
  const measures = ['total'] as const;
  const folded = stretchesOf(input.from, input.to, today).map(
    ({
      of,
      sign,
      from,
      to,
    }) => sql`select f.worker_id, ${measured(measures, sign)} from work_orders.figure_worker f
      where f.scope_id = ${companyId} and f.stretch = ${of} and f.day >= ${from}::date and f.day <= ${to}::date and ${accusedOf(acting)}`,
  );
  const beside = unfolded({
    acting,
    input,
    measures,
    key: (letter) => sql`${workerOf(letter)} as worker_id`,
  });
  const rows = await q.query<{ worker: string }>(
    sql`select p.worker_id as worker from (${join([...folded, ...beside], ' union all ')}) p
      group by 1 having sum(p.total::integer) > 0 order by sum(p.total::integer) desc, 1 limit ${most}`,
  );
  return rows.map(({ worker }) => worker);
}

/** What they were called when they were last given an order that the reader sees. */
export async function workerNames(
  q: Executor,
  acting: Acting,
  workers: readonly string[],
): Promise<Map<string, string>> {
  const rows = await q.query<{ worker: string; name: string }>(
    sql`select w.id as worker, n.name from unnest(${[...workers]}::uuid[]) w (id) cross join lateral (
        select o.assignee_name as name from work_orders.work_order o
        where o.assignee_account_id = w.id and o.assignee_name is not null and ${withinReach(acting.actor)} and ${visibleTo(acting)}
        order by o.work_order_id desc limit 1) n`,
  );
  return new Map(rows.map(({ worker, name }) => [worker, name]));
}
