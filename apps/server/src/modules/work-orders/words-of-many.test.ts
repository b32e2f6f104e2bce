import { gramsOf } from '@gongzhi/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus } from './fixtures.ts';

/** In a city of many places only some are asked how common words are; found is what holds them, wherever it is. */

let world: World;
/** More than four times as many as are asked, so that of any two neighbours one is not. */
const PLACES = 1_300;

beforeAll(async () => {
  world = await aWorld();
  const { near, city } = world;
  const wall = [city, near.street, near.company];
  await world.ask(
    `insert into places.scope (scope_id, kind, name, city_id, street_id, company_id, time_zone, is_demonstration, created_at)
     select md5('place' || n)::uuid, 'compound', '小区' || n, $1, $2, $3, 'Asia/Shanghai', true, $4::timestamptz from generate_series(1, $5::integer) n`,
    [...wall, '2026-01-01T00:00:00Z', PLACES],
  );
  await world.ask(
    `insert into work_orders.work_order (scope_id, work_order_id, city_id, street_id, company_id, is_public, number, kind,
       category_code, status, priority, is_emergency, description, place, place_label, source, created_at, clock_start_at,
       next_due_at, is_open, version, updated_at)
     select md5('place' || 13 * n)::uuid, (lpad(to_hex((extract(epoch from $4::timestamptz) * 1000)::bigint + n * 60000), 12, '0') || '70008000' || substr(md5(n::text), 1, 12))::uuid,
       $1, $2, $3, true, 'W' || n, 'repair', 'water.tap', 'submitted', 'normal', false,
       case when n % 20 = 0 then '水管爆裂' when n % 20 = 1 then '阀门松动' when n % 20 = 2 then '玻璃破碎' else '水管弯曲' end, 'public', 'y', 'desk',
       $4::timestamptz + make_interval(mins => n), $4::timestamptz + make_interval(mins => n), $4::timestamptz + make_interval(hours => n % 7), true, 1, $4::timestamptz
     from generate_series(1, 100) n`,
    [...wall, '2026-11-01T00:00:00Z'],
  );
  for (const said of ['水管爆裂', '阀门松动', '玻璃破碎', '水管弯曲'])
    await world.ask(
      `insert into work_orders.gram (scope_id, gram, work_order_id, city_id, street_id, company_id)
       select o.scope_id, g.gram, o.work_order_id, o.city_id, o.street_id, o.company_id
       from work_orders.work_order o cross join unnest($2::integer[]) g (gram) where o.description = $1`,
      [said, gramsOf(said)],
    );
  // Far more than are read at once lead to nothing, all in one place.
  for (const [place, said] of [
    ['place700', '阀门松动'],
    ['place701', '玻璃破碎'],
  ] as const)
    await world.ask(
      `insert into work_orders.gram (scope_id, gram, work_order_id, city_id, street_id, company_id)
       select md5($1)::uuid, g.gram, gen_random_uuid(), $3::uuid, $4::uuid, $5::uuid
       from generate_series(1, 2500) cross join unnest($2::integer[]) g (gram)`,
      [place, gramsOf(said), ...wall],
    );
  await world.ask('analyze work_orders.gram, work_orders.work_order, places.scope');
});
afterAll(() => world?.close());

test.each(['cityHall', 'street', 'company'] as const)('%s finds them all', async (name) => {
  const found = async (words: string): Promise<string[]> => {
    const path = `/work-orders?queue=all&limit=100&words=${encodeURIComponent(words)}`;
    const answer: Json = expectStatus(await world.people[name].client.get(path), 200);
    return answer.items.map((item: Json) => item.number);
  };
  const numbers = (of: readonly number[]) => of.map((n) => `W${n}`);
  expect(await found('爆裂')).toEqual(numbers([100, 80, 60, 40, 20]));
  expect(await found('水管爆裂')).toEqual(numbers([100, 80, 60, 40, 20]));
  expect(await found('阀门松动')).toEqual(numbers([81, 61, 41, 21, 1]));
  expect(await found('玻璃破碎')).toEqual(numbers([82, 62, 42, 22, 2]));
  expect(await found('水管')).toHaveLength(90);
  expect(await found('水管松动')).toEqual([]);
  expect(await found('窗户')).toEqual([]);
});
