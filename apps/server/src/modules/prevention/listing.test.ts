import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { STATES } from './domain.ts';

/** Lists of projects: in one order page by page and whoever asks, and sums that tell what the lists hold. */

interface Kept {
  readonly id: string;
  readonly scope_id: string;
  readonly company_id: string;
  readonly state: string;
  readonly strength: number;
  readonly avoided: number | null;
}

let world: World;
let kept: Kept[];
beforeAll(async () => {
  world = await aWorld();
  // Of both quarters; proposals that tie, that stand out by nothing at all, and that merely repeat; and all that was decided.
  for (const { compound, street, company } of [world.near, world.far])
    await world.ask(
      `insert into prevention.project (scope_id, project_id, city_id, street_id, company_id, subject_key, subject_kind, category_code, state, reasons,
         weeks, order_count, strength, first_at, proposed_at, decline_reason, done_at, work_done, watch_until, effect, version, updated_at)
       select $1::uuid, (lpad(to_hex(n), 12, '0') || '70008000' || substr(md5($1::text || n), 1, 12))::uuid, $2, $3, $4, 'compound ' || n, 'compound', 'water.tap', s.state, '[]', '[]', n,
         (array[2.5, 0, 0, -0.001, -9, -9])[1 + n / 5 % 6], $5::timestamptz, $5, case when s.state = 'declined' then 'x' end,
         case when s.state in ('watched', 'closed') then $5::timestamptz end, case when s.state in ('watched', 'closed') then 'x' end,
         case when s.state in ('watched', 'closed') then $5::timestamptz end,
         case when s.state = 'closed' then jsonb_build_object('basis', 'weeks_before', 'days', 28, 'beforeCount', 4, 'afterCount', 2,
           'expected', 4, 'avoided', n / 2.0, 'least', 0, 'most', 9, 'before', jsonb_build_object('from', 0, 'until', 1),
           'after', jsonb_build_object('from', 1, 'until', 2)) end, 1, $5
       from generate_series(0, 59) n cross join lateral (select ($6::text[])[1 + n % 5] as state) s`,
      [compound, world.city, street, company, world.clock.now(), STATES],
    );
  kept = await world.ask<Kept>(
    `select p.project_id as id, p.scope_id, p.company_id, p.state, p.strength, (p.effect->>'avoided')::double precision as avoided
     from prevention.project p
     order by case p.state when 'proposed' then p.strength else -1000 end desc, p.project_id desc`,
  );
});
afterAll(() => world?.close());

async function walk(who: Somebody, query: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const answer: Json = expectStatus(
      await who.client.get(
        `/prevention/projects?limit=7${query}${cursor === null ? '' : `&cursor=${cursor}`}`,
      ),
      200,
    );
    ids.push(...answer.items.map(({ id }: Json) => id));
    cursor = answer.nextCursor;
  } while (cursor !== null);
  return ids;
}

const isWeak = ({ state, strength }: Kept) => state === 'proposed' && strength < 0;
const ids = (rows: readonly Kept[]) => rows.map(({ id }) => id);
const readers = ['cityHall', 'street', 'company', 'committee', 'manager', 'desk', 'farCompany'] as const;
const ownOf = (who: (typeof readers)[number]): Kept[] => {
  const { near, far } = world;
  if (who === 'cityHall') return kept;
  return kept.filter(({ scope_id }) => scope_id === (who === 'farCompany' ? far : near).compound);
};

test.each(readers)('%s is told what stands out, then what was decided, page by page', async (role) => {
  const who = world.people[role];
  const own = ownOf(role);
  expect(own.filter(isWeak).length).toBeGreaterThan(0);
  expect(await walk(who, '')).toEqual(ids(own.filter((one) => !isWeak(one))));
  expect(await walk(who, '&all=true')).toEqual(ids(own));
  for (const state of STATES) {
    const ofState = own.filter((one) => one.state === state);
    expect(await walk(who, `&state=${state}`)).toEqual(ids(ofState.filter((one) => !isWeak(one))));
    expect(await walk(who, `&state=${state}&all=true`)).toEqual(ids(ofState));
  }
});

test.each(readers)(
  '%s is told how many there are of each, and what the measured ones avoided',
  async (role) => {
    const own = ownOf(role);
    const answer = expectStatus(await world.people[role].client.get('/prevention/projects'), 200);
    const measured = own.filter(({ avoided }) => avoided !== null);
    expect(measured.length).toBeGreaterThan(0);
    expect(answer).toMatchObject({
      counts: Object.fromEntries(
        STATES.map((state) => [state, own.filter((one) => one.state === state && !isWeak(one)).length]),
      ),
      weak: own.filter(isWeak).length,
      measured: measured.length,
      avoided: measured.reduce((sum, { avoided }) => sum + (avoided ?? 0), 0),
    });
  },
);

test('a city looks at one street, a company at one compound', async () => {
  const { near, far, people } = world;
  const of = (scopeId: string) => ids(kept.filter((one) => one.scope_id === scopeId && !isWeak(one)));
  expect(await walk(people.cityHall, `&scopeId=${near.street}`)).toEqual(of(near.compound));
  expect(await walk(people.cityHall, `&scopeId=${far.company}`)).toEqual(of(far.compound));
  expect(await walk(people.company, `&scopeId=${near.compound}`)).toEqual(of(near.compound));
  expect((await people.company.client.get(`/prevention/projects?scopeId=${far.compound}`)).status).toBe(404);
});
