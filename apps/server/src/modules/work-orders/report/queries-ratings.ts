import type { Executor } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { withinReach } from '../reach.ts';

export interface RatingCounts {
  readonly satisfied: number;
  readonly basicallySatisfied: number;
  readonly unsatisfied: number;
}
export interface OwnRatings {
  readonly done: number;
  readonly overall: RatingCounts;
  readonly speed: RatingCounts;
  readonly manner: RatingCounts;
  readonly quality: RatingCounts;
}

/**
 * How what one worker did was rated since a moment. Of a confidential matter the worker learns no rating, so none is
 * counted; nobody is named and no order: who rated stays theirs.
 */
export async function ratingsOf(q: Executor, acting: Acting, from: Date): Promise<OwnRatings> {
  const rows = await q.query<Record<string, number>>(
    sql`select count(*)::int as done,
        count(*) filter (where o.rating = 'satisfied')::int as "overall.satisfied",
        count(*) filter (where o.rating = 'basically_satisfied')::int as "overall.basicallySatisfied",
        count(*) filter (where o.rating = 'unsatisfied')::int as "overall.unsatisfied",
        count(*) filter (where o.rating_speed = 'satisfied')::int as "speed.satisfied",
        count(*) filter (where o.rating_speed = 'basically_satisfied')::int as "speed.basicallySatisfied",
        count(*) filter (where o.rating_speed = 'unsatisfied')::int as "speed.unsatisfied",
        count(*) filter (where o.rating_manner = 'satisfied')::int as "manner.satisfied",
        count(*) filter (where o.rating_manner = 'basically_satisfied')::int as "manner.basicallySatisfied",
        count(*) filter (where o.rating_manner = 'unsatisfied')::int as "manner.unsatisfied",
        count(*) filter (where o.rating_quality = 'satisfied')::int as "quality.satisfied",
        count(*) filter (where o.rating_quality = 'basically_satisfied')::int as "quality.basicallySatisfied",
        count(*) filter (where o.rating_quality = 'unsatisfied')::int as "quality.unsatisfied"
      from work_orders.work_order o
      where ${withinReach(acting.actor)} and o.assignee_account_id = ${acting.accountId} and o.finished_at >= ${from}
        and o.status in ('finished', 'confirmed', 'closed') and not o.is_confidential`,
  );
  const row = rows[0] as Record<string, number>;
  const counts = (what: string): RatingCounts => ({
    satisfied: row[`${what}.satisfied`] ?? 0,
    basicallySatisfied: row[`${what}.basicallySatisfied`] ?? 0,
    unsatisfied: row[`${what}.unsatisfied`] ?? 0,
  });
  return {
    done: row['done'] ?? 0,
    overall: counts('overall'),
    speed: counts('speed'),
    manner: counts('manner'),
    quality: counts('quality'),
  };
}
