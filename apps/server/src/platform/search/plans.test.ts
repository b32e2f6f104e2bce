import { gramsOf } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { modules } from '../../main.ts';
import type { Somebody } from '../../modules/work-orders/fixtures.ts';
import type { Executor } from '../db/database.ts';
import type { Acting } from '../sessions/sessions.ts';
import { readAsked } from './asked.ts';

/** With many rows every look goes through an index that begins with a scope, whoever looks: the plans say so. */
let world: World;
const POSTINGS = 300_000;

beforeAll(async () => {
  world = await aWorld();
  const { near, far, city } = world;
  const [leak] = gramsOf('漏水');
  const [rare] = gramsOf('阀门');
  for (const quarter of [near, far]) {
    const wall = [quarter.compound, city, quarter.street, quarter.company];
    // Every tenth posting is of the common word, forty are of the rare one.
    await world.ask(
      `insert into work_orders.gram (scope_id, gram, work_order_id, city_id, street_id, company_id)
       select $1, case when n % 10 = 0 then $5::integer when n % ${POSTINGS / 80} = 1 then $6::integer else n % 4999 end, gen_random_uuid(), $2, $3, $4
       from generate_series(1, ${POSTINGS / 2}) n on conflict do nothing`,
      [...wall, leak, rare],
    );
    await world.ask(
      `insert into places.household (scope_id, household_id, city_id, street_id, company_id, building_id, unit_id, room_no, floor, area_m2, label)
       select u.scope_id, gen_random_uuid(), u.city_id, u.street_id, u.company_id, u.building_id, u.unit_id, (1000 + n)::text, 1, 50, '3号楼2单元' || (1000 + n)
       from generate_series(1, 20000) n, (select * from places.unit where scope_id = $1 order by unit_id limit 1) u`,
      [quarter.compound],
    );
  }
  await world.ask('analyze');
});
afterAll(() => world.close());

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

async function actingOf(who: Somebody): Promise<Acting> {
  const [, secret] = who.client.cookie.split('=');
  const acting = await world.server.house.sessions.resolve(secret ?? '', world.clock.now());
  if (acting === null) throw new Error('nobody is signed in');
  return acting;
}

/** The plan of every statement of a search. */
async function plansOf(who: Somebody, text: string): Promise<Plan[]> {
  const { house } = world.server;
  const acting = await actingOf(who);
  const asked = readAsked(text, world.clock.now());
  if (asked === null) throw new Error('too little');
  const plans: Plan[] = [];
  const searchers = modules.flatMap((module) => module.searchers ?? []);
  await house.db.read(acting.actor, async (q) => {
    const watched: Executor = {
      async query<Row>(statement: Parameters<Executor['query']>[0]): Promise<Row[]> {
        const explained = {
          ...statement,
          text: `explain (format json) ${statement.text}`,
          values: statement.values,
          name: '',
        };
        const [row] = await q.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explained);
        if (row !== undefined) plans.push(row['QUERY PLAN'][0].Plan);
        return q.query<Row>(statement);
      },
    };
    for (const one of searchers) await one.find(house, watched, acting, asked);
  });
  return plans;
}

describe.each(['desk', 'company', 'street', 'cityHall'] as const)('%s', (name) => {
  it.each([
    '漏水',
    '厨房 漏水',
    '阀门',
    '龘龘',
    '3-2-1502',
    '近小区 3号楼1502',
    '20261123-7K4QM-X',
    '13912345678',
  ])('reads no table of many rows from end to end for %s', async (text) => {
    const plans = await plansOf(world.people[name], text);
    expect(plans.length).toBeGreaterThan(0);
    const scans = plans.flatMap(nodesOf).filter((node) => node['Node Type'] === 'Seq Scan');
    expect(scans.map((node) => node['Relation Name'])).not.toContain('gram');
    expect(scans.map((node) => node['Relation Name'])).not.toContain('household');
  });

  it('is led by the rarest pair and by the room', async () => {
    const [leak, rare] = [...gramsOf('漏水'), ...gramsOf('阀门')];
    const plans = await plansOf(world.people[name], '漏水 阀门');
    const led = plans.filter((plan) => nodesOf(plan).some((node) => node['Relation Name'] === 'work_order'));
    expect(led).toHaveLength(1);
    expect(nodesOf(led[0]!).map((node) => node['Index Name'])).toContain('gram_pk');
    expect(JSON.stringify(led)).toContain(String(rare));
    expect(JSON.stringify(led)).not.toContain(String(leak));
    const homes = (await plansOf(world.people[name], '3-2-1502')).flatMap(nodesOf);
    expect(homes.map((node) => node['Index Name'])).toContain('household_room_found');
  });
});
