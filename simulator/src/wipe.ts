import type pg from 'pg';

/**
 * Removes what an earlier load left unfinished: every row of a demonstration scope, in whatever table it lies, then
 * the demonstration accounts. Children before parents, as the catalogue's foreign keys say.
 */
export async function wipeDemonstration(client: pg.Client): Promise<void> {
  const scopes = `select scope_id from places.scope where is_demonstration`;
  for (const table of await scopedTables(client))
    await client.query(`delete from ${table} where scope_id in (${scopes})`);
  const accounts = `select account_id from identity.account where is_demonstration`;
  await client.query('delete from identity.persona');
  for (const table of ['phone_registry', 'password', 'session', 'account']) {
    await client.query(`delete from identity.${table} where account_id in (${accounts})`);
  }
  await client.query('delete from places.scope where is_demonstration');
}

/** Tables keyed by scope, but for the scopes themselves, each before those it refers to. */
async function scopedTables(client: pg.Client): Promise<string[]> {
  const tables = await client.query<{ name: string; refers_to: string[] }>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       array(select format('%I.%I', rn.nspname, r.relname) from pg_catalog.pg_constraint k
         join pg_catalog.pg_class r on r.oid = k.confrelid join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
         where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as refers_to
     from pg_catalog.pg_class c
     join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'scope_id' and not a.attisdropped
     where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$)'
     order by name`,
  );
  const left = new Map(tables.rows.map((t) => [t.name, t.refers_to]));
  left.delete('places.scope');
  const sorted: string[] = [];
  while (left.size > 0) {
    const free = [...left.keys()].find(
      (name) => ![...left.values()].some((refersTo) => refersTo.includes(name)),
    );
    if (free === undefined)
      throw new Error(`the foreign keys among ${[...left.keys()].join(', ')} form a circle`);
    left.delete(free);
    sorted.push(free);
  }
  return sorted;
}
