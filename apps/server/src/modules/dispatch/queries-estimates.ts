import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { LearntLegs } from './domain.ts';

/** What was learned of each place, and of whom. */

export interface WorkerRecord {
  readonly accountId: string;
  readonly done: number;
  readonly rated: number;
  readonly satisfied: number;
}

export interface LearntRow {
  readonly scopeId: string;
  readonly legs: LearntLegs;
  readonly workers: readonly WorkerRecord[];
  readonly learntAt: Date;
}

export function learntOf(q: Executor, scopeIds: readonly string[]): Promise<LearntRow[]> {
  return q.query<LearntRow>(
    sql`select l.scope_id as "scopeId", l.legs, l.workers, l.learnt_at as "learntAt" from dispatch.learnt l
        where l.scope_id = any (${scopeIds}::uuid[])`,
  );
}

/** Compounds of which nothing was learned since; over all scopes (worker role). */
export function unlearntCompounds(q: Executor, since: Date, limit: number): Promise<{ scopeId: string }[]> {
  return q.query(
    sql`select s.scope_id as "scopeId" from places.scope s
        where s.kind = 'compound' and s.department_id is not null
          and not exists (select from dispatch.learnt l where l.scope_id = s.scope_id and l.learnt_at > ${since})
        order by s.scope_id limit ${limit}`,
  );
}

export function storeLearnt(
  tx: Tx,
  wall: {
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
  },
  { scopeId, legs, workers, learntAt }: LearntRow,
): void {
  tx.write(
    sql`insert into dispatch.learnt (scope_id, city_id, street_id, company_id, legs, workers, learnt_at)
        values (${scopeId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${JSON.stringify(legs)}, ${JSON.stringify(workers)}, ${learntAt})
        on conflict (scope_id) do update set city_id = excluded.city_id, street_id = excluded.street_id, company_id = excluded.company_id,
          legs = excluded.legs, workers = excluded.workers, learnt_at = excluded.learnt_at`,
  );
}
