import type { WorkerDatabase } from '../db/database.ts';
import { sql } from '../db/sql.ts';

export interface ConsumerBacklog {
  readonly name: string;
  /** Events not yet taken, counted up to 10,000. */
  readonly behind: number;
  readonly failures: number;
  readonly deadLetters: number;
}

/** For /metrics: who lags, who fails, what was laid aside. */
export function readBacklog(worker: WorkerDatabase): Promise<ConsumerBacklog[]> {
  return worker.work((tx) =>
    tx.query<ConsumerBacklog>(
      sql`select c.name, c.failures,
            (select count(*) from (select from platform.outbox o
              where (o.xid, o.event_id) > (c.last_xid, c.last_event_id) limit 10000) waiting) as behind,
            (select count(*) from platform.dead_letter d where d.consumer = c.name) as "deadLetters"
          from platform.consumer c order by c.name`,
    ),
  );
}
