import type pg from 'pg';

/** Stands in the texts of homes that no resident who asks lives in, in the same compound. */
export const neighboursCanary = '喜鹊🐦neighbour';

export interface Neighbours {
  /** Which hold it now, and which would not take it: nothing drops out unseen. */
  readonly columns: ReadonlySet<string>;
  readonly refused: ReadonlySet<string>;
  readonly rows: number;
  /** Whose answers may hold none of it: residents, by their part. */
  readonly residents: ReadonlySet<string>;
}

/**
 * What is a home's alone: every row that bears another home's id, is not published, and was not written by one of the
 * residents who ask. Between homes row-level security draws the wall, and finer rules within it: this looks from outside.
 */
export async function markNeighbours(admin: pg.Client): Promise<Neighbours> {
  const { rows: asking } = await admin.query<{ persona: string; account: string }>(
    `select p.persona_id as persona, p.account_id as account from identity.persona p
       join identity.membership m on m.scope_id = p.scope_id and m.membership_id = p.membership_id where m.role = 'resident'`,
  );
  const accounts = asking.map(({ account }) => account);
  // Their own homes, and those that somebody gave them consent to act for.
  const { rows: own } = await admin.query<{ id: string }>(
    `select household_id as id from places.occupancy where account_id = any ($1)
     union select household_id from identity.consent where delegate_account_id = any ($1)`,
    [accounts],
  );
  const { rows: columns } = await admin.query<{
    table: string;
    column: string;
    isPublic: boolean;
    isReported: boolean;
  }>(
    `select n.nspname || '.' || c.relname as table, quote_ident(a.attname) as column,
       exists (select from pg_attribute p where p.attrelid = c.oid and p.attname = 'is_public' and not p.attisdropped) as "isPublic",
       exists (select from pg_attribute p where p.attrelid = c.oid and p.attname = 'reporter_account_id' and not p.attisdropped) as "isReported"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute h on h.attrelid = c.oid and h.attname = 'household_id' and not h.attisdropped
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid = 'text'::regtype
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema$|public$)'
     order by 1, 2`,
  );
  const marked = new Set<string>();
  const refused = new Set<string>();
  let rows = 0;
  await admin.query('set session_replication_role = replica');
  for (const { table, column, isPublic, isReported } of columns) {
    const text = `update ${table} set ${column} = ${column} || $1
      where household_id is not null and ${column} ~ '[^\\x01-\\x7f]' and not household_id = any ($2)
        ${isPublic ? 'and not is_public' : ''} ${isReported ? 'and not coalesce(reporter_account_id = any ($3), false)' : 'and $3::uuid[] is not null'}`;
    // Words only: what is written in letters of a code is nobody's text, and a check may ask for one of five.
    const done = await admin
      .query(text, [neighboursCanary, own.map(({ id }) => id), accounts])
      .catch(() => null);
    if (done === null) refused.add(`${table}.${column}`);
    if (done === null || (done.rowCount ?? 0) === 0) continue;
    marked.add(`${table}.${column}`);
    rows += done.rowCount ?? 0;
  }
  await admin.query('set session_replication_role = origin');
  return { columns: marked, refused, rows, residents: new Set(asking.map(({ persona }) => persona)) };
}
