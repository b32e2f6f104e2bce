import { sql } from '../../../platform/db/sql.ts';
import type { LoaderTx } from '../../../platform/db/loader-database.ts';
import type { CompiledMapping } from './mapping.ts';

/**
 * Ties requests to the ones they repeat, both ways, once all rows are in: the other one may stand further down, lie
 * in another neighbourhood, or have come with an earlier file. Says the same however often it runs.
 */
export async function linkDuplicates(
  tx: LoaderTx,
  mapping: CompiledMapping,
  cityId: string,
  now: Date,
): Promise<void> {
  if (mapping.duplicate === undefined) return;
  const ends = [
    [
      'duplicate_of',
      sql`k.order_scope_id, k.work_order_id, o.order_scope_id, o.work_order_id, nullif(k.order_scope_id, k.scope_id)`,
    ],
    [
      'duplicated_by',
      sql`o.order_scope_id, o.work_order_id, k.order_scope_id, k.work_order_id, nullif(o.order_scope_id, o.scope_id)`,
    ],
  ] as const;
  for (const [kind, columns] of ends) {
    tx.write(
      sql`insert into work_orders.link (scope_id, work_order_id, other_scope_id, other_work_order_id, street_id, city_id, kind, created_at)
          select distinct ${columns}, k.scope_id, ${kind}, ${now}::timestamptz
          from work_orders.import_key k
          cross join unnest(k.duplicate_of) as d (other_id)
          join work_orders.import_key o on o.scope_id = k.scope_id and o.source = k.source and o.external_id = d.other_id
          where k.scope_id = ${cityId} and k.source = ${mapping.source} and k.duplicate_of is not null
          on conflict do nothing`,
    );
  }
}

export interface DuplicateCounts {
  /** Requests whose words speak of a duplicate. */
  readonly said: number;
  /** Of these, the ones that name no other request. */
  readonly unnamed: number;
  /** Other requests named, and among them those that are here and linked. */
  readonly named: number;
  readonly linked: number;
}

export async function countDuplicates(
  tx: LoaderTx,
  source: string,
  cityId: string,
): Promise<DuplicateCounts> {
  const [counts] = await tx.query<DuplicateCounts>(
    sql`select count(*)::integer as said,
          count(*) filter (where cardinality(k.duplicate_of) = 0)::integer as unnamed,
          coalesce(sum(cardinality(k.duplicate_of)), 0)::integer as named,
          (select count(*) from work_orders.import_key n cross join unnest(n.duplicate_of) as d (other_id)
            join work_orders.import_key o on o.scope_id = n.scope_id and o.source = n.source and o.external_id = d.other_id
            where n.scope_id = ${cityId} and n.source = ${source} and n.duplicate_of is not null)::integer as linked
        from work_orders.import_key k where k.scope_id = ${cityId} and k.source = ${source} and k.duplicate_of is not null`,
  );
  return counts as DuplicateCounts;
}
