import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { join, sql } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type COMPARED, stretchesOf } from './domain.ts';
import { workerOf } from './queries-folding-times.ts';
import { accusedOf, measured, type SumsInput, sumsOf, unfolded } from './queries-sums.ts';
import { withinReach, visibleTo } from './reach.ts';

/** The kept sums of a company's workers: who has an order counts for it, as the orders themselves say. */

type ComparedMeasure = (typeof COMPARED)[number];
/** `worker` is the company itself where nobody has it. */
export type WorkerRow<Of extends ComparedMeasure> = { readonly worker: string } & Readonly<
  Record<Of, number>
>;

export interface WorkersInput {
  readonly acting: Acting;
  readonly companyId: string;
  readonly input: SumsInput;
  readonly today: LocalDate;
  /** Of these alone. */
  readonly only?: readonly string[];
}

export function sumsByWorker<Of extends ComparedMeasure>(
  q: Executor,
  { acting, companyId, input, today, only }: WorkersInput,
  measures: readonly Of[],
): Promise<WorkerRow<Of>[]> {
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
  return q.query<WorkerRow<Of>>(
    sql`select p.worker_id as worker, ${sumsOf(measures)} from (${join([...folded, ...beside], ' union all ')}) p
      ${only === undefined ? sql`` : sql`where p.worker_id = any (${[...only]}::uuid[])`} group by 1`,
  );
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
