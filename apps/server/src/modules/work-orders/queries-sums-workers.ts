import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { join, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type COMPARED, stretchesOf } from './domain.ts';
import { workerOf } from './queries-folding-times.ts';
import { accusedOf, measured, type SumsInput, sumsOf, unfolded } from './queries-sums.ts';
import { visibleTo, withinReach } from './reach.ts';

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
}

function pieces(
  { acting, companyId, input, today }: WorkersInput,
  measures: readonly ComparedMeasure[],
): Statement {
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
  return join([...folded, ...beside], ' union all ');
}

/** Who has the most orders, first. */
export async function busiestWorkers(q: Executor, asked: WorkersInput, most: number): Promise<string[]> {
  const rows = await q.query<{ worker: string }>(
    sql`select p.worker_id as worker from (${pieces(asked, ['total'])}) p
      group by 1 having sum(p.total::integer) > 0 order by sum(p.total::integer) desc, 1 limit ${most}`,
  );
  return rows.map(({ worker }) => worker);
}

/** Of these workers. */
export const sumsByWorker = <Of extends ComparedMeasure>(
  q: Executor,
  asked: WorkersInput,
  workers: readonly string[],
  measures: readonly Of[],
): Promise<WorkerRow<Of>[]> =>
  q.query<WorkerRow<Of>>(
    sql`select p.worker_id as worker, ${sumsOf(measures)} from (${pieces(asked, measures)}) p
      where p.worker_id = any (${[...workers]}::uuid[]) group by 1`,
  );

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
