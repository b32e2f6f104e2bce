import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/database.ts';
import { loadDemonstration } from '../../../../simulator/src/load.ts';
import type { Actor } from '../platform/db/actor.ts';
import { statementOfActor } from '../platform/db/actor.ts';
import { wanted } from './fixtures.ts';

/**
 * The last wall, tried from the other side of it: as the application's own database role, on a database full of
 * somebody else's rows, every kind of actor from elsewhere sees nothing and changes nothing, table by table.
 */
const schemas = [
  'platform',
  'places',
  'identity',
  'work_orders',
  'dispatch',
  'heating',
  'hotline',
  'open311',
  'sensing',
  'prevention',
  'forms',
  'reports',
  'telephony',
  'patrol',
  'wechat',
  'access',
  'ledger',
  'billing',
  'metering',
  'payments',
];

/** Public on purpose: names of places and who serves them, the catalogue, the rules in force. */
const published = new Set([
  'places.scope',
  'places.organisation',
  'places.service_period',
  'work_orders.category',
  'work_orders.learnt_word',
  'work_orders.triage_model',
  'work_orders.callback_script',
  'work_orders.category_version',
  'work_orders.calendar_version',
  'work_orders.duty_version',
  'work_orders.callback_rule_version',
  'work_orders.receiver_version',
  'work_orders.answer_template',
  // Which matters a street takes from outside is told to whoever asks.
  'open311.service',
  // Displayed to everybody, as the law on marked prices asks.
  'work_orders.price',
  'platform.setting',
  'sensing.rule_version',
  // The weather is everybody's.
  'metering.warning',
  'dispatch.rule_version',
  'identity.persona',
]);
/** Of the installation; the app has no right to it at all, or only while somebody signs in. */
const untouchable = new Set(['platform.migration']);

const own = {
  scope: '00000000-0000-7000-8000-0000000000a1',
  household: '00000000-0000-7000-8000-0000000000a2',
  account: '00000000-0000-7000-8000-0000000000a3',
};
const elsewhere = {
  accountId: own.account,
  membershipId: own.account,
  scopeIds: [own.scope],
  households: [{ id: own.household, since: 0 }],
};
const actors: Record<string, Actor> = {
  resident: { kind: 'resident', ...elsewhere, regionId: null },
  'staff of another department': { kind: 'scope', ...elsewhere, households: [], regionId: null },
  'another company': { kind: 'company', ...elsewhere, scopeIds: [], households: [], regionId: own.scope },
  'another street': { kind: 'street', ...elsewhere, scopeIds: [], households: [], regionId: own.scope },
  'another city': { kind: 'city', ...elsewhere, scopeIds: [], households: [], regionId: own.scope },
  'an unknown kind': { kind: 'bogus' as Actor['kind'], ...elsewhere, regionId: own.scope },
  // Empty everything: as a connection that forgot to say who acts.
  nobody: {
    kind: '' as Actor['kind'],
    accountId: null,
    membershipId: null,
    scopeIds: [],
    regionId: null,
    households: [],
  },
};

let database: TestDatabase;
let dataDir: string;
let admin: pg.Client;
let app: pg.Client;
let tables: string[];
let changeable: Map<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-walls-'));
  await loadDemonstration({ adminUrl: database.adminUrl, dataDir, onProgress: () => {}, scale: 0.02 });
  admin = new pg.Client({ connectionString: database.adminUrl });
  app = new pg.Client({ connectionString: database.appUrl });
  await Promise.all([admin.connect(), app.connect()]);
  tables = (
    await admin.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = any ($1) and c.relkind in ('r', 'p') order by 1`,
      [schemas],
    )
  ).rows.map((row) => row.name);
  // The samples are of a day of their own.
  await admin.query(`select access.open_day('2026-01-01')`);
  for (const table of tables) await fillIfEmpty(table);
  changeable = await changeableColumns();
});
afterAll(async () => {
  await Promise.all([admin.end(), app.end()]);
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const samples: Record<string, string> = {
  uuid: "'01900000-0000-7000-8000-00000000beef'",
  text: "'x'",
  bytea: "'\\x00'",
  integer: '1',
  smallint: '1',
  bigint: '1',
  boolean: 'false',
  jsonb: "'{}'",
  date: "'2026-01-01'",
  'timestamp with time zone': "'2026-01-01T00:00:00Z'",
  numeric: '1',
  'double precision': '1',
  ARRAY: "'{}'",
  xid8: "'1'",
};

/** A wall around an empty table proves nothing: what the demonstration leaves empty gets a row, past all foreign keys. */
async function fillIfEmpty(table: string): Promise<void> {
  if ((await admin.query(`select from ${table} limit 1`)).rows.length > 0 || untouchable.has(table)) return;
  const [schema, name] = table.split('.');
  const columns = (
    await admin.query<{ column_name: string; data_type: string }>(
      `select column_name, data_type from information_schema.columns where table_schema = $1 and table_name = $2
         and (is_nullable = 'NO' or column_name in ('attached_id', 'attached_type', 'on_date', 'invalid_reason', 'body_cipher', 'resident_signed', 'subject_id', 'subject_account_id')
           or (table_schema = 'payments' and column_name = 'household_id'))`,
      [schema, name],
    )
  ).rows;
  const value = (column: { column_name: string; data_type: string }) => {
    const special = wanted[`${name}.${column.column_name}`];
    return special !== undefined ? `'${special}'` : (samples[column.data_type] ?? 'null');
  };
  await admin.query(`set session_replication_role = replica`);
  await admin.query(
    `insert into ${table} (${columns.map((c) => c.column_name).join(', ')}) values (${columns.map(value).join(', ')})`,
  );
  await admin.query(`set session_replication_role = origin`);
}

/** Of each table a column the app may change, else its first. Asked once: the views of the standard take a while. */
async function changeableColumns(): Promise<Map<string, string>> {
  const { rows } = await admin.query<{ table: string; column: string }>(
    `select t.name as table, coalesce(p.column_name, a.attname) as column
     from unnest($1::text[]) as t (name)
       join pg_attribute a on a.attrelid = t.name::regclass and a.attnum = 1
       left join (select table_schema || '.' || table_name as name, min(column_name::text) as column_name from information_schema.column_privileges
         where grantee = 'gongzhi_app' and privilege_type = 'UPDATE' group by 1) p on p.name = t.name`,
    [tables],
  );
  return new Map(rows.map(({ table, column }) => [table, column]));
}

/** Runs as the actor in a transaction that is rolled back; gives rows touched, or the refusal's SQLSTATE. */
async function attempt(actor: Actor, text: string, values: unknown[] = []): Promise<number | string> {
  await app.query('begin');
  try {
    const act = statementOfActor(actor);
    await app.query(act.text, [...act.values]);
    return (await app.query(text, values)).rowCount ?? 0;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await app.query('rollback');
  }
}

const refused = '42501';

describe.each(Object.entries(actors))('%s from elsewhere', (_name, actor) => {
  it('sees no row of any table', async () => {
    const seen: [string, number | string][] = [];
    for (const table of tables) {
      if (published.has(table)) continue;
      const rows = await attempt(actor, `select from ${table} limit 5`);
      if (rows !== 0 && rows !== refused) seen.push([table, rows]);
    }
    expect(seen).toEqual([]);
  });

  it('changes and deletes no row of any table', async () => {
    const changed: [string, number | string][] = [];
    for (const table of tables) {
      const column = changeable.get(table);
      for (const text of [`update ${table} set ${column} = ${column}`, `delete from ${table}`]) {
        const rows = await attempt(actor, text);
        if (rows !== 0 && rows !== refused) changed.push([text, rows]);
      }
    }
    expect(changed).toEqual([]);
  });

  it('adds no row that belongs there to any table', async () => {
    const added: [string, number | string][] = [];
    for (const table of tables) {
      if (untouchable.has(table)) continue;
      const row = (await admin.query<{ row: unknown }>(`select to_jsonb(t) as row from ${table} t limit 1`))
        .rows[0]?.row;
      const outcome = await attempt(
        actor,
        `insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`,
        [JSON.stringify(row)],
      );
      if (outcome !== refused) added.push([table, outcome]);
    }
    expect(added).toEqual([]);
  });
});

describe('a neighbour of a public order', () => {
  type Row = Record<string, string>;
  let order: Row;
  let neighbour: Actor;
  let reporter: Actor;
  const fileId = '01900000-0000-7000-8000-00000000f11e';
  const fresh = '01900000-0000-7000-8000-00000000f0f0';

  beforeAll(async () => {
    order = (
      await admin.query<Row>(
        `select scope_id, work_order_id, reporter_account_id from work_orders.work_order
         where is_public and reporter_account_id is not null and is_open limit 1`,
      )
    ).rows[0]!;
    neighbour = { ...actors['resident']!, scopeIds: [order['scope_id']!] };
    reporter = { ...neighbour, accountId: order['reporter_account_id']! };
    await admin.query(
      `insert into platform.file (scope_id, file_id, is_public, uploaded_by, media_type, bytes, width, height, sha256, created_at, attached_type, attached_id)
       values ($1, $2, true, $3, 'image/jpeg', 1, 1, 1, '', now(), 'work_order.report', $4)`,
      [order['scope_id'], fileId, order['reporter_account_id'], order['work_order_id']],
    );
  });

  const at = () => [order['scope_id'], order['work_order_id']];
  const ofOrder = 'scope_id = $1 and work_order_id = $2';
  const copy = (table: string, change: string) =>
    `insert into ${table} select (jsonb_populate_record(t, '${change}')).* from ${table} t where ${ofOrder} limit 1`;

  it('reads it', async () => {
    for (const table of ['work_order', 'step', 'event'])
      expect(await attempt(neighbour, `select from work_orders.${table} where ${ofOrder}`, at())).not.toBe(0);
    expect(await attempt(neighbour, 'select from platform.file where file_id = $1', [fileId])).toBe(1);
  });

  it('changes nothing of it', async () => {
    const nothing = [
      `update work_orders.work_order set status = 'closed', is_open = false, closed_at = now() where ${ofOrder}`,
      `update work_orders.work_order set reporter_account_id = '${own.account}' where ${ofOrder}`,
      `update work_orders.step set state = 'done' where ${ofOrder}`,
      `update work_orders.event set is_public = false where ${ofOrder}`,
      `update platform.file set is_public = false where scope_id = $1 and attached_id = $2`,
      `select from work_orders.work_order where ${ofOrder} for update`,
    ];
    for (const text of nothing) expect([text, await attempt(neighbour, text, at())]).toEqual([text, 0]);
    const refusals = [
      copy('work_orders.event', `{"event_id": "${fresh}", "is_internal": false}`),
      copy('work_orders.step', `{"step_id": "${fresh}", "position": 99}`),
      copy('work_orders.work_order', `{"work_order_id": "${fresh}", "number": "forged"}`),
    ];
    for (const text of refusals)
      expect([text, await attempt(neighbour, text, at())]).toEqual([text, refused]);
    for (const actor of [neighbour, reporter])
      expect(
        await attempt(actor, `update platform.file set uploaded_by = $1 where file_id = $2`, [
          own.account,
          fileId,
        ]),
      ).toBe(refused);
  });

  it('is told apart from who reported it', async () => {
    expect(
      await attempt(reporter, `update work_orders.work_order set version = version where ${ofOrder}`, at()),
    ).toBe(1);
    expect(await attempt(reporter, copy('work_orders.event', `{"event_id": "${fresh}"}`), at())).toBe(1);
    expect(
      await attempt(reporter, 'update platform.file set is_public = is_public where file_id = $1', [fileId]),
    ).toBe(1);
  });
});

describe('an upload', () => {
  it('bears the name of who uploads', async () => {
    const text = `insert into platform.file (scope_id, file_id, uploaded_by, media_type, bytes, width, height, sha256, created_at)
      values ($1, $2, $3, 'image/jpeg', 1, 1, 1, '', now())`;
    const resident = actors['resident']!;
    expect(await attempt(resident, text, [own.scope, own.household, own.account])).toBe(1);
    expect(await attempt(resident, text, [own.scope, own.household, own.household])).toBe(refused);
  });
});

describe('whoever is on the way in', () => {
  const signin: Actor = {
    kind: 'signin',
    accountId: null,
    membershipId: null,
    scopeIds: [],
    regionId: null,
    households: [],
  };
  const statements = [
    `update identity.account set locale = 'en'`,
    `update identity.password set hash = 'x'`,
    `update identity.session set account_id = '${own.account}'`,
  ];

  it("changes nobody's account, password or session", async () => {
    for (const text of statements)
      for (const actor of [signin, { ...signin, accountId: own.account }])
        expect([text, await attempt(actor, text)]).toEqual([text, 0]);
  });

  it('changes the own account once it is known', async () => {
    const accountId = (await admin.query(`select account_id from identity.account limit 1`)).rows[0]
      .account_id as string;
    expect(await attempt({ ...signin, accountId }, statements[0]!)).toBe(1);
  });
});

describe('a list of ids that was never stated', () => {
  it('is no error and reaches nothing', async () => {
    await app.query('begin');
    try {
      for (const text of ['kind', 'scopes', 'region', 'account'])
        await app.query(`set local app.${text} = ''`);
      for (const kind of ['scope', 'company', 'resident']) {
        await app.query(`set local app.kind = '${kind}'`);
        for (const table of ['platform.import_row_error', 'identity.membership'])
          expect((await app.query(`select from ${table}`)).rowCount).toBe(0);
      }
    } finally {
      await app.query('rollback');
    }
  });
});

describe('this test', () => {
  it('would notice an open door: the same rows are seen from inside', async () => {
    const order = (
      await admin.query(
        `select scope_id, household_id from work_orders.work_order where household_id is not null limit 1`,
      )
    ).rows[0] as { scope_id: string; household_id: string };
    const inside: Actor = {
      kind: 'resident',
      ...elsewhere,
      scopeIds: [order.scope_id],
      households: [{ id: order.household_id, since: 0 }],
      regionId: null,
    };
    expect(await attempt(inside, 'select from work_orders.work_order limit 1')).toBe(1);
    expect(await attempt(inside, 'update work_orders.work_order set version = version')).toBeGreaterThan(0);
    for (const table of tables)
      expect([table, (await admin.query(`select from ${table} limit 1`)).rows.length]).toEqual([table, 1]);
  });

  it('may not become the worker or the owner by inheritance', async () => {
    expect(await attempt(actors['nobody'] as Actor, 'select from platform.outbox limit 1')).toBe(refused);
    expect(await attempt(actors['nobody'] as Actor, 'set local role gongzhi_owner')).toBe(refused);
    expect(await attempt(actors['nobody'] as Actor, 'set local role gongzhi_loader')).toBe(refused);
  });
});
