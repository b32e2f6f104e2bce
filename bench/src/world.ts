import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { catalogue } from '../../apps/server/src/modules/work-orders/index.ts';
import type { Crypto } from '../../apps/server/src/platform/crypto/crypto.ts';
import { wordsOf } from '../../simulator/src/orders/reports.ts';
import { Random } from '../../simulator/src/random.ts';
import { sayOne } from '../../simulator/src/text.ts';
import { loadPeople, type Sought } from './world-people.ts';

/**
 * The world of the benchmarks: one street of 50 compounds with 100,000 orders and more, one resident who reports and
 * one desk that lists. Made by plain SQL in the loader's role; nothing here is measured.
 */
export interface World {
  readonly scopeId: string;
  readonly householdId: string;
  /** The newest order of the household. */
  readonly orderId: string;
  readonly resident: { readonly cookie: string; readonly csrf: string };
  readonly desk: { readonly cookie: string; readonly csrf: string };
  /** Whom the desk looks for; null where nobody but the resident lives. */
  readonly sought: Sought | null;
}

/** People, and how they are encrypted. */
export interface Population {
  readonly people: number;
  readonly crypto: Crypto;
}

const compounds = 50;

async function session(
  client: pg.Client,
  accountId: string,
  scopeId: string,
  membershipId: string,
): Promise<{ cookie: string; csrf: string }> {
  const secret = randomUUID() + randomUUID();
  const csrf = randomUUID();
  await client.query(
    `insert into identity.session (session_hash, account_id, scope_id, membership_id, csrf_token, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $5, now(), now(), now() + interval '30 days')`,
    [createHash('sha256').update(secret).digest(), accountId, scopeId, membershipId, csrf],
  );
  return { cookie: `gz_session=${secret}`, csrf };
}

/** People live in as many households as they need; without any, each compound has forty. */
export async function buildWorld(
  adminUrl: string,
  orders: number,
  population: Population | null = null,
): Promise<World> {
  const rooms = Math.max(40, Math.ceil((population?.people ?? 0) / compounds / 2.5));
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('set role gongzhi_loader');
    const [city, street, community, company, department, resident, desk, worker] = Array.from(
      { length: 8 },
      () => randomUUID(),
    );
    await client.query(
      `insert into places.scope (scope_id, kind, name, city_id, street_id, community_id, company_id, created_at)
       values ($1, 'city', 'City', $1, null, null, null, now()), ($2, 'street', 'Street', $1, $2, null, null, now()),
         ($3, 'community', 'Community', $1, $2, $3, null, now()), ($4, 'company', 'Company', $1, null, null, $4, now()),
         ($5, 'department', 'Department', $1, $2, null, $4, now())`,
      [city, street, community, company, department],
    );
    await client.query(
      `insert into places.scope (scope_id, kind, name, city_id, street_id, community_id, company_id, department_id, created_at)
       select gen_random_uuid(), 'compound', 'Compound ' || i, $1, $2, $3, $4, $5, now() from generate_series(1, ${compounds}) i`,
      [city, street, community, company, department],
    );
    const wall = 'scope_id, city_id, street_id, company_id';
    await client.query(`insert into places.building (building_id, ${wall}, name, position, floors)
      select gen_random_uuid(), ${wall}, 'Building 1', 1, 6 from places.scope where kind = 'compound'`);
    await client.query(`insert into places.unit (unit_id, building_id, ${wall}, name, position)
      select gen_random_uuid(), building_id, ${wall}, 'Unit 1', 1 from places.building`);
    await client.query(`insert into places.household (household_id, building_id, unit_id, ${wall}, room_no, floor, area_m2, label)
      select gen_random_uuid(), building_id, unit_id, ${wall}, n::text, n / 10 + 1, 60.25, 'Building 1 Unit 1 ' || n from places.unit, generate_series(101, ${100 + rooms}) n`);
    const sought = population === null ? null : await loadPeople(client, population);
    await client.query(
      `insert into identity.account (account_id, display_name, phone_cipher, phone_masked, locale, created_at)
       select id, name, '', '', 'zh-CN', now() from unnest($1::uuid[], $2::text[]) t (id, name)`,
      [
        [resident, desk, worker],
        ['Resident', 'Desk', 'Worker'],
      ],
    );
    const [home] = (
      await client.query<{ scope_id: string; household_id: string }>(
        'select scope_id, household_id from places.household order by household_id limit 1',
      )
    ).rows;
    if (home === undefined) throw new Error('the world has no household');
    const person = randomUUID();
    await client.query(
      `insert into places.person (person_id, ${wall}, account_id, name_cipher, name_masked, created_at)
       select $1, ${wall}, $2, '', 'R', now() from places.scope where scope_id = $3`,
      [person, resident, home.scope_id],
    );
    await client.query(
      `insert into places.occupancy (occupancy_id, person_id, household_id, account_id, ${wall}, relation, starts_on)
       select gen_random_uuid(), $1, $2, $3, ${wall}, 'owner', '2020-01-01' from places.scope where scope_id = $4`,
      [person, home.household_id, resident, home.scope_id],
    );
    const [asResident, asDesk] = [randomUUID(), randomUUID()];
    await client.query(
      `insert into identity.membership (scope_id, membership_id, account_id, role, starts_on)
       values ($1, $2, $3, 'resident', '2020-01-01'), ($4, $5, $6, 'desk', '2020-01-01')`,
      [home.scope_id, asResident, resident, department, asDesk, desk],
    );
    await loadOrders(client, orders, worker as string);
    const [newest] = (
      await client.query<{ work_order_id: string }>(
        'select work_order_id from work_orders.work_order where scope_id = $1 and household_id = $2 order by work_order_id desc limit 1',
        [home.scope_id, home.household_id],
      )
    ).rows;
    const world = {
      scopeId: home.scope_id,
      householdId: home.household_id,
      orderId: newest?.work_order_id ?? '',
      resident: await session(client, resident as string, home.scope_id, asResident),
      desk: await session(client, desk as string, department as string, asDesk),
      sought,
    };
    await client.query('reset role');
    await client.query('vacuum analyze');
    return world;
  } finally {
    await client.end();
  }
}

/** What is said of what, as the demonstration says it: words that are found and words that are everywhere. */
function reports(): { codes: string[]; texts: string[] } {
  const random = new Random('bench reports');
  const repairs = catalogue.filter(({ kind, code }) => kind === 'repair' && wordsOf[code] !== undefined);
  const drawn = repairs.flatMap(({ code }) =>
    Array.from({ length: 40 }, () => ({ code, text: sayOne(wordsOf[code]!.said, random) })),
  );
  return { codes: drawn.map(({ code }) => code), texts: drawn.map(({ text }) => text) };
}

/** A tenth is still open; ids are time-ordered like real ones, spread over half a year. */
async function loadOrders(client: pg.Client, orders: number, worker: string): Promise<void> {
  const { codes, texts } = reports();
  await client.query(
    `insert into work_orders.work_order (scope_id, work_order_id, city_id, street_id, company_id, household_id, is_public, number, kind,
       category_code, status, priority, is_emergency, description, place, place_label, contact_masked, assignee_account_id, assignee_name,
       source, outcome, created_at, clock_start_at, accepted_at, closed_at, respond_due_at, arrive_due_at, resolve_due_at, next_due_at,
       is_open, version, updated_at, building_id, arrived_at, finished_at, rating)
     select h.scope_id,
       (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || substr(md5(n::text), 1, 15))::uuid,
       h.city_id, h.street_id, h.company_id, h.household_id, false, 'B' || n, 'repair', ($3::text[])[said.k],
       s.status, 'normal', false, ($4::text[])[said.k], 'home', h.label, 'Z**',
       case when s.status <> 'submitted' then ($2::uuid[])[1 + n % 20] end, case when s.status <> 'submitted' then 'Worker ' || (n % 20) end,
       'phone', case when s.status = 'closed' then case when n % 3 = 0 then 'confirmed' else 'unconfirmed' end end, at, at,
       case when s.status <> 'submitted' then at + make_interval(mins => n % 90) end, case when s.status = 'closed' then at + interval '1 day' end,
       at + interval '1 hour', at + interval '2 hours', at + interval '1 day', null, s.status <> 'closed', 1, at, h.building_id,
       case when s.status = 'closed' then at + make_interval(mins => 30 + n % 200) end,
       case when s.status = 'closed' then at + make_interval(mins => 60 + n % 2000) end,
       case when s.status = 'closed' and n % 3 = 0 then (array['satisfied', 'satisfied', 'basically_satisfied', 'unsatisfied'])[1 + (n / 3) % 4] end
     from (select row_number() over (order by household_id) as k, * from places.household) h
       join generate_series(1, $1::int) n on n % (select count(*) from places.household) + 1 = h.k
       cross join lateral (select now() - make_interval(mins => ($1 - n) * 2) as at) t
       cross join lateral (select case when n % 10 = 0 then (array['submitted', 'assigned', 'in_progress'])[1 + (n / 10) % 3] else 'closed' end as status) s
       cross join lateral (select 1 + (n::bigint * 7919 % cardinality($3::text[]))::integer as k) said`,
    [orders, Array.from({ length: 20 }, (_, i) => (i === 0 ? worker : randomUUID())), codes, texts],
  );
  await client.query(
    `insert into work_orders.unindexed (scope_id, work_order_id, city_id, street_id, company_id)
     select scope_id, work_order_id, city_id, street_id, company_id from work_orders.work_order`,
  );
}
