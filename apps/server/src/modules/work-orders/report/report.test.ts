import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../../test/database.ts';
import { VirtualClock } from '../../../platform/clock/clock.ts';
import type { Actor } from '../../../platform/db/actor.ts';
import { type Database, openDatabase } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { House } from '../../../platform/house.ts';
import { type App, buildApp } from '../../../platform/http/app.ts';
import { ErrorRegistry, platformErrors } from '../../../platform/http/problem.ts';
import type { Role } from '../../../platform/permissions/permissions.ts';
import { type Acting, sessionCookie, Sessions } from '../../../platform/sessions/sessions.ts';
import { ask, runImport, sampleFile, type SampleRow, sampleRows } from '../import/fixtures.ts';
import { isLateSql, isOnTimeSql, verdictOf } from './on-time.ts';
import { reportRoutes } from './routes.ts';
import type { OnTimeFigures, OnTimeRow } from './schemas.ts';

const now = new Date('2026-11-21T12:00:00Z');
const rows = sampleRows();
let database: TestDatabase;
let db: Database;
let app: App;
let city = '';
const streets = new Map<string, string>();

/** Who asks, told by the cookie: nothing of identity is needed to test a report. */
let acting: Acting;

beforeAll(async () => {
  database = await createTestDatabase();
  await runImport(database, sampleFile, '--mapping', 'boston-311');
  for (const scope of await ask<{ scope_id: string; name: string; kind: string }>(
    database,
    'select scope_id, name, kind from places.scope',
  )) {
    if (scope.kind === 'city') city = scope.scope_id;
    else streets.set(scope.name, scope.scope_id);
  }
  db = openDatabase({
    url: database.appUrl,
    poolSize: 2,
    applicationName: 'report test',
    onIdleError: () => {},
  });
  const clock = new VirtualClock(now);
  const errors = new ErrorRegistry();
  errors.add(platformErrors);
  const sessions = new Sessions({ resolve: async () => acting });
  app = await buildApp({
    logger: Fastify({ logger: false }).log,
    clock,
    sessions,
    errors,
    isSecure: false,
    publicUrl: null,
  });
  await app.register(async (api) => reportRoutes(api as App, { db, clock } as unknown as House), {
    prefix: '/api/v1',
  });
});
afterAll(async () => {
  await app?.close();
  await db?.close();
  await database?.drop();
});

function actAs(kind: Actor['kind'], regionId: string, role: Role): void {
  const actor: Actor = {
    kind,
    accountId: city,
    membershipId: city,
    scopeIds: kind === 'scope' ? [regionId] : [],
    regionId,
    households: [],
  };
  acting = {
    sessionHash: Buffer.alloc(32),
    csrfToken: '',
    accountId: city,
    displayName: '',
    membershipId: city,
    role,
    homeScopeId: regionId,
    actor,
    onBehalf: null,
    expiresAt: new Date('2027-01-01'),
  };
}

let sequence = 0;
async function report(
  query: string,
): Promise<{ status: number; rows: OnTimeRow[]; totals: OnTimeFigures; code?: string }> {
  const answer = await app.inject({
    url: `/api/v1/work-orders/reports/on-time?${query}`,
    cookies: { [sessionCookie]: `s${sequence++}` },
  });
  const body = JSON.parse(answer.payload) as { rows: OnTimeRow[]; totals: OnTimeFigures };
  return { status: answer.statusCode, ...body };
}

/** The same figures from the file alone: its words and its local times, compared as texts. */
function figures(of: readonly SampleRow[]): OnTimeFigures {
  const isLate = (row: SampleRow) =>
    row.target_dt !== '' && (row.closed_dt || '2026-11-21 07:00:00') > row.target_dt;
  const isOnTime = (row: SampleRow) =>
    row.target_dt !== '' && row.closed_dt !== '' && row.closed_dt <= row.target_dt;
  const onTime = of.filter(isOnTime).length;
  const late = of.filter(isLate).length;
  const dueTotal = onTime + late;
  return {
    total: of.length,
    dueTotal,
    onTime,
    late,
    open: of.filter((row) => row.case_status === 'Open').length,
    rate: dueTotal === 0 ? null : onTime / dueTotal,
  };
}

const clean = (text: string) => text.replace(/\s+/g, ' ').trim();
const placeOf = (row: SampleRow) =>
  ['', 'Boston'].includes(row.neighborhood.trim()) ? 'Boston' : row.neighborhood.trim();

test.each<[string, (row: SampleRow) => string, keyof OnTimeRow]>([
  ['category', (row) => clean(row.type), 'labelEn'],
  ['month', (row) => row.open_dt.slice(0, 7), 'key'],
  ['place', placeOf, 'label'],
])('by %s the figures are those of the file', async (by, keyOf, name) => {
  actAs('city', city, 'city');
  const answer = await report(`by=${by}`);
  expect(answer.status).toBe(200);
  const expected = Map.groupBy(rows, keyOf);
  expect(answer.rows).toHaveLength(expected.size);
  for (const { key: _key, label: _label, labelEn: _labelEn, ...got } of answer.rows) {
    const row = answer.rows.find((each) => each.key === _key)!;
    expect(got, String(row[name])).toEqual(figures(expected.get(String(row[name]))!));
  }
  expect(answer.totals).toEqual(figures(rows));
});

test('a range of days counts whole days where the people live, both ends included', async () => {
  actAs('city', city, 'city');
  const answer = await report('by=month&from=2011-08-30&to=2011-09-02');
  const within = rows.filter((row) => row.open_dt >= '2011-08-30' && row.open_dt < '2011-09-03');
  expect(within.length).toBeGreaterThan(30);
  expect(answer.rows.map((row) => [row.key, row.total])).toEqual([
    ['2011-08', within.filter((row) => row.open_dt < '2011-09').length],
    ['2011-09', within.filter((row) => row.open_dt >= '2011-09').length],
  ]);
  expect(answer.totals).toEqual(figures(within));
});

test('a street sees its own, whatever it asks for; a city can narrow to a street', async () => {
  const dorchester = figures(rows.filter((row) => placeOf(row) === 'Dorchester'));
  const id = streets.get('Dorchester')!;
  actAs('street', id, 'street');
  expect((await report('by=month')).totals).toEqual(dorchester);
  expect((await report('by=place')).rows).toMatchObject([{ key: id, label: 'Dorchester' }]);
  expect(await report(`by=month&scopeId=${streets.get('Roxbury')}`)).toMatchObject({
    status: 404,
    code: 'not_found',
  });
  actAs('city', city, 'city');
  expect((await report(`by=category&scopeId=${id}`)).totals).toEqual(dorchester);
});

test('another city, and staff of nothing here, see nothing', async () => {
  const other = '00000000-0000-8000-8000-000000000001';
  await ask(
    database,
    `insert into places.scope (scope_id, kind, name, city_id, created_at) values ($1, 'city', 'Elsewhere', $1, now()) on conflict do nothing`,
    [other],
  );
  const nothing = { total: 0, dueTotal: 0, onTime: 0, late: 0, open: 0, rate: null };
  for (const kind of ['city', 'company', 'scope'] as const) {
    actAs(kind, other, kind === 'city' ? 'city' : 'manager');
    expect(await report('by=category')).toEqual({ status: 200, rows: [], totals: nothing });
    expect((await report(`by=place&scopeId=${city}`)).status).toBe(404);
  }
});

test.each(['worker', 'resident', 'guard'] as const)('a %s has no report', async (role) => {
  actAs('scope', city, role);
  expect(await report('by=place')).toMatchObject({ status: 403, code: 'permission.denied' });
});

test.each([
  ['by=weather', '/by'],
  ['by=month&from=2011-02-30', 'querystring/from'],
  ['by=month&to=soon', '/to'],
  ['', '/by'],
])('"%s" is refused by field', async (query, path) => {
  actAs('city', city, 'city');
  const answer = (await report(query)) as unknown as { status: number; fields: { path: string }[] };
  expect(answer.status).toBe(422);
  expect(answer.fields[0]!.path).toContain(path);
});

test('the SQL and the function judge every combination alike', async () => {
  actAs('city', city, 'city');
  const times = [null, now.getTime() - 60_000, now.getTime() - 30_000, now.getTime() + 60_000];
  const cases = times.flatMap((resolveDueAt) =>
    times.flatMap((finishedAt) =>
      [null, times[1]!].flatMap((resolveLateAt) =>
        [true, false].map((isOpen) => ({ resolveDueAt, finishedAt, resolveLateAt, isOpen })),
      ),
    ),
  );
  const date = (at: number | null) => (at === null ? null : new Date(at));
  for (const facts of cases) {
    const [judged] = await db.read(acting.actor, (q) =>
      q.query<{ on_time: boolean | null; late: boolean | null }>(
        sql`select ${isOnTimeSql} as on_time, ${isLateSql(now)} as late from (select ${date(facts.resolveDueAt)}::timestamptz as resolve_due_at,
        ${date(facts.finishedAt)}::timestamptz as finished_at, ${date(facts.resolveLateAt)}::timestamptz as resolve_late_at, ${facts.isOpen}::boolean as is_open) o`,
      ),
    );
    const said = judged!.on_time === true ? 'on_time' : judged!.late === true ? 'late' : 'undecided';
    expect(said, JSON.stringify(facts)).toBe(verdictOf(facts, now.getTime()));
    expect(judged!.on_time === true && judged!.late === true).toBe(false);
  }
});
