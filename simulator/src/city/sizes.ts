import type pg from 'pg';

export interface TableSize {
  readonly name: string;
  readonly rows: number;
  readonly heapBytes: number;
  readonly indexBytes: number;
}

/** What the city takes on disk, the largest first; rows as the last ANALYZE counted them. */
export async function tableSizes(client: pg.Client): Promise<{ tables: TableSize[]; databaseBytes: number }> {
  const { rows } = await client.query<Record<'name' | 'rows' | 'heap' | 'indexes', string>>(
    `select n.nspname || '.' || c.relname as name, greatest(c.reltuples, 0)::bigint as rows,
       pg_table_size(c.oid) as heap, pg_indexes_size(c.oid) as indexes
     from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.reltuples > 0 and n.nspname !~ '^(pg_|information_schema$)'
     order by pg_total_relation_size(c.oid) desc`,
  );
  const { rows: whole } = await client.query<{ bytes: string }>(
    'select pg_database_size(current_database()) as bytes',
  );
  return {
    tables: rows.map(({ name, rows: count, heap, indexes }) => ({
      name,
      rows: Number(count),
      heapBytes: Number(heap),
      indexBytes: Number(indexes),
    })),
    databaseBytes: Number(whole[0]!.bytes),
  };
}

export interface DayCount {
  readonly date: string;
  readonly orders: number;
  readonly heating: number;
}

/** Orders a day, and those about heating among them. */
export async function ordersByDay(client: pg.Client, cityId: string): Promise<DayCount[]> {
  const { rows } = await client.query<{ date: string; orders: number; heating: number }>(
    `select to_char(created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as date, count(*)::int as orders,
       count(*) filter (where category_code like 'heating.%')::int as heating
     from work_orders.work_order where city_id = $1 group by 1 order by 1`,
    [cityId],
  );
  return rows;
}
