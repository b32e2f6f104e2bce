import { randomUUID } from 'node:crypto';
import { gramsOf } from '@gongzhi/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { signingIn } from '../../platform/db/actor.ts';
import { sql } from '../../platform/db/sql.ts';
import { loaders as placesRows } from '../places/index.ts';
import { expectStatus, type Somebody } from './fixtures.ts';

/** One desk for many compounds: pages of many scopes are those of one list. */

let world: World;
let desk: Somebody;
let committee: Somebody;
const compounds: string[] = [];

beforeAll(async () => {
  world = await aWorld();
  const { near, city, insert } = world;
  compounds.push(near.compound);
  // More than are asked at once.
  for (let i = 0; i < 59; i++) {
    const scopeId = randomUUID();
    compounds.push(scopeId);
    await insert(placesRows.scope, {
      scopeId,
      kind: 'compound',
      name: `小区${i}`,
      code: null,
      parentId: null,
      cityId: city,
      districtId: null,
      streetId: near.street,
      communityId: near.community,
      companyId: near.company,
      departmentId: near.department,
      address: null,
      builtYear: 1998,
      timeZone: 'Asia/Shanghai',
      isDemonstration: true,
      createdAt: new Date('2026-01-01T00:00:00Z'),
    });
  }
  desk = await world.aPerson('多处前台', 'desk', near.department);
  committee = await world.aPerson('多处主任', 'committee', near.community);
  // Ties of the due time in one compound and across compounds, orders without one, and compounds of very different size.
  await world.ask(
    `insert into work_orders.work_order (scope_id, work_order_id, city_id, street_id, company_id, is_public, number, kind,
       category_code, status, priority, is_emergency, description, place, place_label, source, created_at, clock_start_at,
       next_due_at, is_open, closed_at, is_late, callback_wanted_at, assignee_account_id, outcome, version, updated_at)
     select ($1::uuid[])[1 + (n * n) % 60 % (1 + n % 60)],
       (lpad(to_hex((extract(epoch from $5::timestamptz) * 1000)::bigint + n * 60000), 12, '0') || '70008000' || substr(md5(n::text), 1, 12))::uuid,
       $2, $3, $4, true, 'M' || n, 'repair',
       (array['water.tap', 'power.light.street', 'water.roof'])[1 + n % 3], s.status, 'normal', false,
       case when n % 5 = 0 then '厨房漏水' else 'x' end, 'public', 'y', 'desk',
       $5::timestamptz + make_interval(mins => n), $5::timestamptz + make_interval(mins => n),
       case when n % 4 > 0 then $5::timestamptz + make_interval(hours => n % 7) end, s.status not in ('closed', 'cancelled'),
       case when s.status in ('closed', 'cancelled') then $5::timestamptz + interval '5 hours' end, n % 8 = 1,
       case when s.status = 'closed' and n % 2 = 0 then $5::timestamptz end,
       case when s.status = 'in_progress' then $6::uuid end, case when s.status = 'cancelled' then s.status end, 1, $5::timestamptz
     from generate_series(1, 240) n cross join lateral (select case when n % 12 = 0 then 'cancelled' when n % 3 = 0 then 'closed'
       when n % 7 = 0 then 'in_progress' when n % 11 = 0 then 'disputed' else 'submitted' end as status) s`,
    [compounds, city, near.street, near.company, '2026-11-01T00:00:00Z', randomUUID()],
  );
  const [leak] = gramsOf('漏水');
  // So many hold these two characters that they count as common.
  await world.ask(
    `insert into work_orders.gram (scope_id, gram, work_order_id, city_id, street_id, company_id)
     select o.scope_id, $1::integer, o.work_order_id, o.city_id, o.street_id, o.company_id from work_orders.work_order o where o.description = '厨房漏水'
     union all select $2::uuid, $1::integer, gen_random_uuid(), $3::uuid, $4::uuid, $5::uuid from generate_series(1, 1000)`,
    [leak, near.compound, city, near.street, near.company],
  );
});
afterAll(() => world?.close());

async function walk(who: Somebody, query: string): Promise<string[]> {
  const numbers: string[] = [];
  let cursor: string | null = null;
  do {
    const answer: Json = expectStatus(
      await who.client.get(
        `/work-orders?limit=7${query}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      ),
      200,
    );
    numbers.push(...answer.items.map((item: Json) => item.number));
    cursor = answer.nextCursor;
  } while (cursor !== null);
  return numbers;
}

const newest = 'work_order_id desc';
const pressing = 'next_due_at nulls last, work_order_id desc';

test.each([
  ['&queue=all', 'true', newest],
  ['&queue=open', 'is_open', newest],
  ['&queue=open&sort=due', 'is_open', pressing],
  ['&queue=all&sort=due', 'true', pressing],
  ['&status=closed', `status = 'closed'`, newest],
  ['&status=cancelled', `status = 'cancelled'`, newest],
  ['&status=cancelled&sort=due', `status = 'cancelled'`, pressing],
  ['&status=cancelled,closed', 'not is_open', newest],
  // What has ended has a deadline only where somebody is still to be called: parts by deadline and parts by id.
  ['&status=closed&sort=due', `status = 'closed'`, pressing],
  ['&status=cancelled,closed&sort=due', 'not is_open', pressing],
  ['&status=closed,submitted&sort=due', `status in ('closed', 'submitted')`, pressing],
  ['&status=cancelled,disputed', `status in ('cancelled', 'disputed')`, newest],
  ['&status=cancelled,disputed&sort=due', `status in ('cancelled', 'disputed')`, pressing],
  [
    '&queue=all&status=cancelled,in_progress&late=false&sort=due',
    `not is_late and status in ('cancelled', 'in_progress')`,
    pressing,
  ],
  ['&status=in_progress', `status = 'in_progress'`, newest],
  ['&status=in_progress,submitted&sort=due', `status in ('in_progress', 'submitted')`, pressing],
  ['&status=in_progress,cancelled', `status in ('in_progress', 'cancelled')`, newest],
  ['&status=paused', 'false', newest],
  // Of what is open nobody has been given what has no assignee: it is found by that.
  ['&queue=unassigned', `status = 'submitted'`, newest],
  ['&queue=unassigned&sort=due', `status = 'submitted'`, pressing],
  ['&status=submitted,disputed&sort=due', `status in ('submitted', 'disputed')`, pressing],
  ['&queue=disputed&sort=due', `status = 'disputed'`, pressing],
  ['&queue=callback', `status = 'closed' and callback_wanted_at is not null`, newest],
  ['&queue=callback&sort=due', `status = 'closed' and callback_wanted_at is not null`, pressing],
  ['&queue=open&late=true&sort=due', 'is_late and is_open', pressing],
  ['&status=submitted&late=false&sort=due', `not is_late and status = 'submitted'`, pressing],
  ['&queue=late&sort=due', `is_late and status in ('submitted', 'in_progress', 'disputed')`, pressing],
  ['&queue=all&category=water.tap', `category_code = 'water.tap'`, newest],
  [
    '&queue=all&from=2026-11-01T01:00:00Z&to=2026-11-01T03:00:00Z',
    `created_at >= '2026-11-01T01:00:00Z' and created_at < '2026-11-01T03:00:00Z'`,
    newest,
  ],
  [
    '&queue=all&from=2026-11-01T01:00:00Z&to=2026-11-01T01:00:00.001Z',
    `created_at = '2026-11-01T01:00:00Z'`,
    newest,
  ],
  [
    '&queue=all&from=1900-01-01T00:00:00Z&to=2026-11-01T00:10:00Z',
    `created_at < '2026-11-01T00:10:00Z'`,
    newest,
  ],
  [
    '&sort=due&from=2026-11-01T01:00:00Z&to=2026-11-01T03:00:00Z',
    `created_at >= '2026-11-01T01:00:00Z' and created_at < '2026-11-01T03:00:00Z'`,
    pressing,
  ],
  ['&sort=due&category=water.roof', `category_code = 'water.roof'`, pressing],
  ['&queue=all&to=1960-01-01T00:00:00Z', 'false', newest],
  ['&queue=all&q=M1', `number like 'M1%'`, newest],
  ['&queue=all&words=漏水', `description = '厨房漏水'`, newest],
  ['&queue=open&words=漏水', `description = '厨房漏水' and is_open`, newest],
  ['&queue=all&words=漏水&q=M1', `description = '厨房漏水' and number like 'M1%'`, newest],
  ['&queue=all&category=water.meter', 'false', newest],
])('%s goes through all compounds in one order, page by page', async (query, where, order) => {
  const expected = (
    await world.ask<{ number: string }>(
      `select number from work_orders.work_order where ${where} order by ${order}`,
    )
  ).map(({ number }) => number);
  expect(await walk(desk, query)).toEqual(expected);
  // A community is looked at as the scopes it holds.
  expect(await walk(committee, `${query}&scopeId=${world.near.community}`)).toEqual(expected);
  // A company has an index of its own.
  expect(await walk(world.people.company, query)).toEqual(expected);
  expect(await walk(world.people.farDesk, query)).toEqual([]);
});

test.each([
  ['cancelled,disputed', `status in ('cancelled', 'disputed')`],
  ['cancelled,closed,submitted', `status in ('cancelled', 'closed', 'submitted')`],
  ['cancelled', `status = 'cancelled'`],
])('a saved queue of what is %s counts each of its orders once', async (status, where) => {
  const id = randomUUID();
  const queue = { name: '多处的队列', isShared: false, position: 0, expectedVersion: 0, query: { status } };
  expectStatus(await desk.client.send('PUT', `/work-orders/filters/${id}`, queue), 200);
  const { items } = expectStatus(await desk.client.get('/work-orders/filters'), 200);
  const [held] = await world.ask<{ count: number }>(
    `select count(*)::integer as count from work_orders.work_order where ${where}`,
  );
  expect(held!.count).toBeGreaterThan(0);
  expect(items.find((one: Json) => one.id === id)?.count).toBe(held!.count);
});

test('a page is read by one process, however many orders there are', async () => {
  const { house } = world.server;
  const asked = await house.db.read(signingIn, (q) =>
    q.query<{ workers: string }>(sql`select current_setting('max_parallel_workers_per_gather') as workers`),
  );
  expect(asked).toEqual([{ workers: '0' }]);
});

test('no index tells what every step moves, or each step would write all of them', async () => {
  // Of the key and of the condition: whatever of them changes makes a new entry in every index of the row.
  const told = await world.ask<{ column: string }>(
    `select distinct a.attname as "column" from pg_depend d
       join pg_index i on i.indexrelid = d.objid and i.indrelid = d.refobjid
       join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
     where d.classid = 'pg_class'::regclass and d.refobjid = 'work_orders.work_order'::regclass and d.refobjsubid > 0`,
  );
  const columns = told.map(({ column }) => column);
  expect(columns).toContain('is_open');
  const moved = ['status', 'version', 'updated_at', 'departed_at', 'started_at', 'visit', 'pauses'];
  expect(columns.filter((column) => moved.includes(column))).toEqual([]);
});

test.each(['submitted', 'triaged', 'disputed'])(
  'an order that is %s and given to somebody is refused: lists of what nobody has would miss it',
  async (status) => {
    const given = `status = '${status}', is_open = true, closed_at = null, outcome = null, assignee_account_id = gen_random_uuid()`;
    await expect(
      world.ask(`update work_orders.work_order set ${given} where number = 'M1'`),
    ).rejects.toMatchObject({ constraint: 'work_order_unheld' });
  },
);

test.each([
  ['with nobody', 'assignee_account_id = null, finished_at = null'],
  ['finished', 'assignee_account_id = gen_random_uuid(), finished_at = now()'],
])(
  'an order that is in progress and %s is refused: lists of what is in hand would miss it',
  async (_, change) => {
    const begun = `status = 'in_progress', is_open = true, closed_at = null, outcome = null, ${change}`;
    await expect(
      world.ask(`update work_orders.work_order set ${begun} where number = 'M1'`),
    ).rejects.toMatchObject({ constraint: 'work_order_with_worker' });
  },
);

test.each([
  [
    'cancelled without the outcome',
    `status = 'cancelled', is_open = false, closed_at = now(), outcome = null`,
  ],
  ['the outcome without the status', `outcome = 'cancelled'`],
])('an order that is %s is refused: lists of what was cancelled would miss it', async (_, change) => {
  await expect(
    world.ask(`update work_orders.work_order set ${change} where number = 'M1'`),
  ).rejects.toMatchObject({ constraint: 'work_order_is_cancelled' });
});
