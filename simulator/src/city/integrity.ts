import type pg from 'pg';

interface Reference {
  readonly name: string;
  readonly child: string;
  readonly parent: string;
  readonly child_columns: readonly string[];
  readonly parent_columns: readonly string[];
}

/**
 * Every foreign key of these tables, looked up for all rows at once: what the loader was spared row by row. A row with
 * a null in the key refers to nothing, as in PostgreSQL itself.
 */
export async function checkReferences(
  client: pg.Client,
  tables: ReadonlySet<string>,
  onTable: (name: string) => void = () => {},
): Promise<number> {
  const { rows } = await client.query<Reference>(
    `select k.conname as name, format('%I.%I', n.nspname, c.relname) as child, format('%I.%I', pn.nspname, p.relname) as parent,
       array(select quote_ident(a.attname) from unnest(k.conkey) with ordinality u (num, at)
         join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num order by u.at) as child_columns,
       array(select quote_ident(a.attname) from unnest(k.confkey) with ordinality u (num, at)
         join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num order by u.at) as parent_columns
     from pg_catalog.pg_constraint k
     join pg_catalog.pg_class c on c.oid = k.conrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     join pg_catalog.pg_class p on p.oid = k.confrelid join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
     where k.contype = 'f' and c.relkind = 'r' and format('%I.%I', n.nspname, c.relname) = any ($1)
     order by 2, 1`,
    [[...tables]],
  );
  for (const { name, child, parent, child_columns, parent_columns } of rows) {
    onTable(child);
    const isGiven = child_columns.map((column) => `c.${column} is not null`).join(' and ');
    const isSame = child_columns.map((column, i) => `p.${parent_columns[i]} = c.${column}`).join(' and ');
    const found = await client.query(
      `select 1 from ${child} c where ${isGiven} and not exists (select 1 from ${parent} p where ${isSame}) limit 1`,
    );
    if (found.rowCount !== 0)
      throw new Error(`${name} does not hold: a row of ${child} refers to nothing in ${parent}`);
  }
  return rows.length;
}
