import type pg from 'pg';
import { type Actor, statementOfActor } from '../../apps/server/src/platform/db/actor.ts';

/** Stands in every text of the other city's, and in nothing that is sent. */
export const canary = '金丝雀🐤canary';

const uuids = /\b[0-9a-f]{4}([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/g;

/** The same thing in the other city. */
export const twinOf = (text: string): string => text.replaceAll(uuids, 'dead$1');

export interface Twin {
  /** Ids that exist in the other city only. */
  readonly ids: ReadonlySet<string>;
  readonly tables: number;
  readonly rows: number;
}

/** Read by the machinery itself: a second city's events would be told, and its sessions are nobody's. */
const left = new Set([
  'platform.outbox',
  'platform.consumer',
  'platform.dead_letter',
  'platform.migration',
  'platform.idempotency',
  'identity.session',
  'identity.persona',
]);

const stranger = '00000000-0000-7000-8000-0000000000b';
const strangers: readonly Actor[] = (
  ['resident', 'scope', 'company', 'street', 'city', 'public'] as const
).map((kind) => ({
  kind,
  accountId: `${stranger}1`,
  membershipId: `${stranger}1`,
  scopeIds: [`${stranger}2`],
  regionId: `${stranger}3`,
  households: [{ id: `${stranger}4`, since: 0 }],
}));

interface Column {
  readonly name: string;
  readonly type: string;
}

/**
 * A second city in the same database: every row once more with other ids, and the canary in each of its texts that can
 * hold it. What everybody may read (names of places, the catalogue) is there without it: nobody would know it from a
 * leak. That nothing else is published is what guards/walls.test.ts proves, table by table.
 */
export async function plantTwin(admin: pg.Client, app: pg.Client): Promise<Twin> {
  const { rows: tables } = await admin.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema$|public$)' order by 1`,
  );
  const ids = new Set<string>();
  const known = new Set<string>();
  const twin = { ids, tables: 0, rows: 0 };
  await admin.query(`set session_replication_role = replica`);
  for (const { name } of tables) {
    if (left.has(name)) continue;
    const isOpen = await isPublished(app, name);
    const rows = await plantTable(admin, name, isOpen ? known : ids, !isOpen);
    if (rows > 0) twin.tables += 1;
    twin.rows += rows;
  }
  await admin.query(`set session_replication_role = origin`);
  for (const id of known) ids.delete(id);
  return twin;
}

async function isPublished(app: pg.Client, table: string): Promise<boolean> {
  for (const actor of strangers) {
    await app.query('begin');
    try {
      const act = statementOfActor(actor);
      await app.query(act.text, [...act.values]);
      if ((await app.query(`select from ${table} limit 1`)).rowCount !== 0) return true;
    } catch {
      // The app has no right to it at all.
    } finally {
      await app.query('rollback');
    }
  }
  return false;
}

async function plantTable(
  admin: pg.Client,
  table: string,
  ids: Set<string>,
  isMarked: boolean,
): Promise<number> {
  const { rows: columns } = await admin.query<Column>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  const { rows } = await admin.query<{ row: Record<string, unknown> }>(
    `select to_jsonb(t) as row from ${table} t`,
  );
  if (rows.length === 0) return 0;
  const names = columns.map((column) => column.name).join(', ');
  const insert = async (batch: readonly object[]): Promise<number> => {
    const text = `insert into ${table} (${names}) overriding system value select ${names} from jsonb_populate_recordset(null::${table}, $1) on conflict do nothing`;
    return (await admin.query(text, [JSON.stringify(batch)])).rowCount ?? 0;
  };
  const twins = rows.map(({ row }) => JSON.parse(twinOf(JSON.stringify(row))) as Record<string, unknown>);
  // Which columns can hold the canary is tried out on a few rows: a check may ask for one of five words.
  const can: string[] = [];
  for (const { name, type } of isMarked ? columns : []) {
    if (type !== 'text' && type !== 'text[]' && type !== 'jsonb') continue;
    const tried = twins.filter((row) => row[name] !== null).slice(0, 5);
    await admin.query('begin');
    try {
      await insert(tried.map((row) => marked(row, [name])));
      if (tried.length > 0) can.push(name);
    } catch {
      // Asks for something else.
    } finally {
      await admin.query('rollback');
    }
  }
  let planted = 0;
  for (let i = 0; i < twins.length; i += 500) {
    const batch = twins.slice(i, i + 500);
    try {
      planted += await insert(batch.map((row) => marked(row, can)));
    } catch {
      for (const row of batch)
        planted += await insert([marked(row, can)])
          .catch(() => insert([row]))
          .catch(() => 0);
    }
  }
  const shared = new Set(rows.flatMap(({ row }) => JSON.stringify(row).match(uuids) ?? []));
  for (const row of twins)
    for (const id of JSON.stringify(row).match(uuids) ?? []) if (!shared.has(id)) ids.add(id);
  return planted;
}

const isPlain = /^(?:[0-9a-f-]{36}|\d{4}-\d{2}-\d{2}.*|\\x[0-9a-f]*)$/;

function marked(row: Readonly<Record<string, unknown>>, columns: readonly string[]): Record<string, unknown> {
  const mark = (value: unknown): unknown => {
    if (typeof value === 'string') return isPlain.test(value) ? value : `${value}${canary}`;
    if (Array.isArray(value)) return value.map(mark);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mark(part)]));
  };
  return { ...row, ...Object.fromEntries(columns.map((name) => [name, mark(row[name])])) };
}
