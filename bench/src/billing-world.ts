import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';

/** A street's compounds of one company, their homes and what these pay. */
export interface BooksWorld {
  readonly cityId: string;
  readonly streetId: string;
  readonly companyId: string;
  readonly compounds: readonly { readonly scopeId: string; readonly households: readonly string[] }[];
  /** Two of the company's people: who asks for a month, and who approves it. */
  readonly clerks: readonly { readonly cookie: string; readonly csrf: string }[];
}

/** What every home pays: four lines a month. */
export const items = ['property_fee', 'cleaning', 'lift', 'waste'];

/** The street of the articles: 14 communities, 17,000 homes. */
const compoundCount = 14;

export async function buildBooks(adminUrl: string, homes: number): Promise<BooksWorld> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('set role gongzhi_loader');
  const [cityId, streetId, companyId] = [randomUUID(), randomUUID(), randomUUID()];
  const scope = (row: Record<string, string>) =>
    client.query(
      `insert into places.scope (${Object.keys(row).join(', ')}, time_zone, is_demonstration, created_at)
       values (${Object.keys(row)
         .map((_, i) => `$${i + 1}`)
         .join(', ')}, 'Asia/Shanghai', false, now())`,
      Object.values(row),
    );
  const communityId = randomUUID();
  await scope({ scope_id: cityId, kind: 'city', name: 'city', city_id: cityId });
  await scope({
    scope_id: streetId,
    kind: 'street',
    name: 'street',
    city_id: cityId,
    parent_id: cityId,
    street_id: streetId,
  });
  await scope({
    scope_id: communityId,
    kind: 'community',
    name: 'community',
    city_id: cityId,
    parent_id: streetId,
    street_id: streetId,
    community_id: communityId,
  });
  await scope({
    scope_id: companyId,
    kind: 'company',
    name: 'company',
    city_id: cityId,
    company_id: companyId,
  });
  const compounds = [];
  for (let i = 0; i < compoundCount; i++) {
    const scopeId = randomUUID();
    await scope({
      scope_id: scopeId,
      kind: 'compound',
      name: `compound ${i}`,
      city_id: cityId,
      parent_id: communityId,
      street_id: streetId,
      community_id: communityId,
      company_id: companyId,
    });
    const mine = Math.floor(((i + 1) * homes) / compoundCount) - Math.floor((i * homes) / compoundCount);
    const households = Array.from({ length: mine }, () => randomUUID());
    compounds.push({ scopeId, households });
    await build(client, [scopeId, cityId, streetId, companyId], households);
  }
  const clerks = [await clerk(client, companyId), await clerk(client, companyId)];
  await client.query('reset role');
  await client.query('vacuum analyze places.household');
  await client.end();
  return { cityId, streetId, companyId, compounds, clerks };
}

/** One house with all the homes, and the prices they are billed at. */
async function build(
  client: pg.Client,
  wall: readonly string[],
  households: readonly string[],
): Promise<void> {
  const columns = 'scope_id, city_id, street_id, company_id';
  const [building, unit] = [randomUUID(), randomUUID()];
  await client.query(
    `insert into places.building (${columns}, building_id, name, position, floors) values ($1, $2, $3, $4, $5, '1', 1, 6)`,
    [...wall, building],
  );
  await client.query(
    `insert into places.unit (${columns}, building_id, unit_id, name, position) values ($1, $2, $3, $4, $5, $6, '1', 1)`,
    [...wall, building, unit],
  );
  await client.query(
    `insert into places.household (${columns}, household_id, building_id, unit_id, room_no, floor, area_m2, label)
     select $1, $2, $3, $4, h, $5, $6, n::text, 1, 60, n::text from unnest($7::uuid[]) with ordinality as t (h, n)`,
    [...wall, building, unit, households],
  );
  for (const [at, item] of items.entries())
    await client.query(
      `insert into billing.tariff (${columns}, tariff_id, item, name, rule, terms, valid_from, source, created_at, created_by, created_by_name)
       values ($1, $2, $3, $4, $5, $6, $6, $7, '{"dueDays":15}', '2020-01-01', 'contract', now(), $5, 'clerk')`,
      [
        ...wall,
        randomUUID(),
        item,
        JSON.stringify(at === 0 ? { kind: 'area', rateE4: 23_000 } : { kind: 'fixed', amountFen: 700 * at }),
      ],
    );
}

async function clerk(client: pg.Client, companyId: string): Promise<{ cookie: string; csrf: string }> {
  const [account, membership, csrf] = [randomUUID(), randomUUID(), randomUUID()];
  const secret = randomUUID() + randomUUID();
  await client.query(
    `insert into identity.account (account_id, display_name, phone_cipher, phone_masked, locale, created_at)
     values ($1, 'clerk', '', '', 'zh-CN', now())`,
    [account],
  );
  await client.query(
    `insert into identity.membership (scope_id, membership_id, account_id, role, starts_on) values ($1, $2, $3, 'company', '2020-01-01')`,
    [companyId, membership, account],
  );
  await client.query(
    `insert into identity.session (session_hash, account_id, scope_id, membership_id, csrf_token, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $5, now(), now(), now() + interval '30 days')`,
    [createHash('sha256').update(secret).digest(), account, companyId, membership, csrf],
  );
  return { cookie: `gz_session=${secret}`, csrf };
}

/** Five years of a home: three lines a month and what was paid for them. */
const months = 60;
const perMonth = 4;

/**
 * History as it would have been posted, so many postings in all, by COPY's sibling: the database makes the rows itself. They
 * are then sealed and added up by the product (see billing.ts).
 */
export async function loadHistory(adminUrl: string, world: BooksWorld, postings: number): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl, statement_timeout: 0 });
  await client.connect();
  await client.query('set role gongzhi_loader');
  await client.query(`set synchronous_commit = off`);
  const homes = world.compounds.reduce((sum, { households }) => sum + households.length, 0);
  const deep = Math.min(months, Math.ceil(postings / (homes * perMonth)));
  let count = 0;
  for (const { scopeId, households } of world.compounds) {
    const wall = [scopeId, world.companyId, world.cityId, world.streetId];
    await client.query(
      `insert into ledger.book (scope_id, book_id, city_id, street_id, company_id, opened_at) values ($1, $2, $3, $4, $2, now())`,
      wall,
    );
    const { rowCount } = await client.query(
      `insert into ledger.posting (scope_id, posting_id, book_id, city_id, street_id, company_id, household_id, key, debit, debit_of, credit, credit_of,
         amount_fen, booked_on, recorded_at, source_kind, source_id)
       select $1, x.id, $2, $3, $4, $2, h.id, 'history:' || x.id,
         case k when 4 then 'provider:wechat' else 'household:receivable' end, case k when 4 then null else h.id end,
         case k when 1 then 'income:property_fee' when 2 then 'income:water' when 3 then 'income:parking' else 'household:receivable' end,
         case k when 4 then h.id end,
         case k when 1 then 18000 when 2 then 4250 when 3 then 15000 else 37250 end, m.day, m.at, 'bench.history', x.id
       from unnest($5::uuid[]) with ordinality as h (id, n)
         cross join generate_series(1, $6::integer) as month
         cross join lateral (select date '2026-11-01' - (month || ' months')::interval + ((h.n % 25) || ' days')::interval as at) t
         cross join lateral (select t.at::date as day, t.at at time zone 'UTC' as at) m
         cross join generate_series(1, 4) as k
         cross join lateral (select (lpad(to_hex((extract(epoch from m.at) * 1000)::bigint), 12, '0') || '7' || substr(md5(h.id::text || month || k), 1, 3)
           || '8' || substr(md5(h.id::text || month || k), 4, 15))::uuid as id) x`,
      [...wall, households, deep],
    );
    count += rowCount ?? 0;
    await client.query(
      `insert into ledger.balance (scope_id, book_id, owner_id, account, city_id, street_id, company_id, household_id, balance_fen, moved_at)
       select $1, $2, h, 'household:receivable', $3, $4, $2, h, 0, now() from unnest($5::uuid[]) as h`,
      [...wall, households],
    );
  }
  await client.query('reset role');
  await client.query('vacuum analyze ledger.posting');
  await client.end();
  return count;
}
