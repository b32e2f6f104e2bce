import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recompute } from '../../../../../test/recompute-rates.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { due } from '../places/due.ts';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { looksAt, takesIn, takesStep } from './fixtures.ts';

/** The month's ranking, and whether somebody with nothing but the export comes to the same figures. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

type Said =
  | { isValid: false; invalidReason: string }
  | { isValid: true; wasContacted: boolean; isSolved: boolean; satisfaction?: string };
const good: Said = { isValid: true, wasContacted: true, isSolved: true, satisfaction: 'satisfied' };
const fair: Said = { ...good, satisfaction: 'basically_satisfied' };
const bad: Said = { isValid: true, wasContacted: false, isSolved: false, satisfaction: 'unsatisfied' };
const silent: Said = { isValid: false, invalidReason: 'unreachable' };

/** A whole case of one street, from the call to the callback. */
async function called(street: Somebody, said: Said, more: Record<string, unknown> = {}): Promise<Json> {
  let view = await takesIn(world, street, more);
  view = await takesStep(world, street, view, 'sign');
  view = await takesStep(world, street, view, 'contact', { how: 'phone' });
  view = await takesStep(world, street, view, 'reply', { text: '已答复' });
  return takesStep(world, street, view, 'record_callback', said);
}

it('the script that recomputes comes to the worked figure of the district that was looked at', () => {
  // rules.md: valid 100, contacted 98, solved 90, satisfied 80, basically 10: 98, 90, 89 %, 90.4.
  const rows = Array.from({ length: 100 }, (_, i) => {
    const said = i < 80 ? '满意' : i < 90 ? '基本满意' : '不满意';
    return `某街道,是,否,${i < 98 ? '是' : '否'},${i < 90 ? '是' : '否'},${said}`;
  });
  const left = ['某街道,否,否,,,', '某街道,是,是,否,否,不满意', '没有回访的街道,否,否,,,'];
  const csv = ['承办单位,有效回访,剔除,是否联系,是否解决,满意程度', ...rows, ...left].join('\r\n');
  const found = recompute(csv);
  expect(found.get('某街道')?.map((figure) => Number(figure?.toFixed(6)))).toEqual([0.98, 0.9, 0.89, 90.4]);
  expect(found.get('没有回访的街道')).toEqual([null, null, null, null]);
});

describe('the rates of a month', () => {
  it('are counted, ranked, opened and recomputed from the export by somebody else', async () => {
    const { street, farStreet, cityHall } = world.people;
    // Rules.md's worked figure in small: of ten, 9 solved, 8 satisfied, 1 basically; and one that nobody reached.
    for (const said of [
      good,
      good,
      good,
      good,
      good,
      good,
      good,
      good,
      fair,
      { ...bad, wasContacted: true },
      silent,
    ])
      await called(street, said as Said);
    for (const said of [good, bad]) await called(farStreet, said);
    const month = expectStatus(await cityHall.client.get('/hotline/rates?by=unit'), 200);
    // 23 November lies in December's period: from 18 November, noon.
    expect(month.period).toMatchObject({ month: '2026-12', firstDay: '2026-11-19', lastDay: '2026-12-18' });
    const [first, second] = month.rows;
    expect([first.name, first.rank, first.counts.valid, first.counts.called]).toEqual(['近街道', 1, 10, 11]);
    // 0.1 · 1 + 0.5 · 0.9 + 0.4 · (0.8 + 0.9 · 0.1)
    expect(first.rates).toMatchObject({ response: 1, solution: 0.9, score: 90.6 });
    expect(first.rates.satisfaction).toBeCloseTo(0.89, 12);
    expect([second.name, second.rates.score]).toEqual(['远街道', 50]);
    expect(month.mean.score).toBe(70.3);
    expect(month.pooled.counts.valid).toBe(12);
    expect(month.pooled.rates.score).toBe(83.8);

    const csv = await cityHall.client.get('/exports/hotline-callbacks?format=csv&locale=zh-CN&month=2026-12');
    expect(csv.status).toBe(200);
    const own = recompute(csv.body as string);
    for (const row of month.rows) {
      const { response, solution, satisfaction, score } = row.rates;
      const [r, s, z, total] = own.get(row.name)!;
      expect(r).toBeCloseTo(response, 9);
      expect(s).toBeCloseTo(solution, 9);
      expect(z).toBeCloseTo(satisfaction, 9);
      expect(total).toBe(score);
    }
    // Each figure opens its list, as long as it says.
    const near = `unitId=${world.near.street}&limit=100&month=${month.period.month}`;
    for (const figure of ['received', 'replied']) {
      const list = await cityHall.client.get(`/hotline/cases?figure=${figure}&${near}`);
      expect([figure, list.body.items.length]).toEqual([figure, first.counts[figure]]);
    }
    for (const figure of ['called', 'excluded', 'valid', 'contacted', 'solved', 'satisfied', 'basically']) {
      const list = await cityHall.client.get(`/hotline/callbacks?figure=${figure}&${near}`);
      expect([figure, list.body.items.length]).toEqual([figure, first.counts[figure]]);
    }
    // A street sees its own only.
    const theirs = expectStatus(await street.client.get('/hotline/rates?by=street'), 200);
    expect(theirs.rows.map((row: Json) => row.name)).toEqual(['近街道']);
  });

  it('leave out what a second person has excluded, for nobody else', async () => {
    const { street } = world.people;
    const clerk = await world.aPerson('第二科长', 'street', world.near.street);
    const before = (await street.client.get('/hotline/rates')).body.rows[0];
    let view = await called(street, bad);
    view = await takesStep(world, street, view, 'ask_exclusion', {
      ground: 'outside_duties',
      reason: '不是街道职责',
    });
    const own = await street.client.post(`/hotline/cases/${view.id}/commands`, {
      action: 'decide_exclusion',
      expectedVersion: view.version,
      isApproved: true,
      reason: '同意',
    });
    expect([own.status, own.body.params.reason]).toEqual([409, 'second_person']);
    view = await takesStep(world, clerk, await looksAt(clerk, view), 'decide_exclusion', {
      isApproved: true,
      reason: '核实',
    });
    expect(view.callbacks[0].isExcluded).toBe(true);
    expect(view.exclusions[0]).toMatchObject({
      askedName: '郑科长',
      decidedName: '第二科长',
      isApproved: true,
    });
    const after = (await street.client.get('/hotline/rates')).body.rows[0];
    expect(after.rates).toEqual(before.rates);
    expect(after.counts.excluded).toBe(before.counts.excluded + 1);
  });

  it('of a past month keep the settings they were counted by', async () => {
    const { cityHall } = world.people;
    const before = (await cityHall.client.get('/hotline/rates?month=2026-12')).body;
    await world.ask(
      `insert into platform.setting (scope_id, key, valid_from, value, source) values
         ($1, 'hotline.rate_weights', '2026-12-19', '{"contacted": 0.3, "solved": 0.35, "satisfied": 0.35, "basically": 0.9}', '准格尔旗'),
         ($1, 'hotline.rate_period', '2026-12-29', '{"firstDay": 1, "dayHour": 0}', '改为自然月')`,
      [world.city],
    );
    // Sessions are kept alive on the way.
    for (const days of [20, 20]) {
      world.clock.advance(days * 86_400_000);
      for (const who of [cityHall, world.people.street]) await who.client.get('/me');
    }
    const again = await aWorldsRates('2026-12');
    expect(again).toEqual(before);
    const january = await aWorldsRates('2027-01');
    // The first month by the new rule begins where the last by the old one ended: no day is in none.
    expect([january.period.firstDay, january.period.lastDay]).toEqual(['2026-12-19', '2027-01-31']);
    expect(january.period.from).toBe(before.period.to);
    expect((await cityHall.client.get('/hotline/rates')).body.period).toEqual(january.period);
    // Whatever is written for the days after it.
    await world.ask(
      `update platform.setting set valid_from = '2026-12-20' where scope_id = $1 and key = 'hotline.rate_period'`,
      [world.city],
    );
    expect(await aWorldsRates('2026-12')).toEqual(before);
    expect(january.weights).toMatchObject({ contacted: 0.3 });
    expect(january.source).toBe('准格尔旗');
    expect(january.rows).toEqual([]);
    // Nobody was called back: no rate, and not nought.
    expect(january.mean.score).toBeNull();
    expect(january.pooled.rates).toEqual({ response: null, solution: null, satisfaction: null, score: null });
    const months = (await cityHall.client.get('/hotline/rates?by=month&month=2026-12')).body.rows;
    expect(months.map((row: Json) => row.key)).toEqual([
      '2026-07',
      '2026-08',
      '2026-09',
      '2026-10',
      '2026-11',
      '2026-12',
    ]);
    expect(months.at(-1).rates).toEqual(before.pooled.rates);
    for (const month of ['2026-13', 'x', '2026-1', "2026-01'"]) {
      const answer = await cityHall.client.get(`/hotline/rates?month=${encodeURIComponent(month)}`);
      expect([month, answer.status]).toEqual([month, 422]);
    }
  });
  const aWorldsRates = async (month: string) =>
    expectStatus(await world.people.cityHall.client.get(`/hotline/rates?month=${month}`), 200);

  it('stand against how many live there, by the age of the compound', async () => {
    const { street, cityHall } = world.people;
    await takesIn(world, street, { compound: '近小区' });
    await takesIn(world, street, { compound: '近小区' });
    const { house } = world.server;
    const sweeps = due.filter(({ name }) => name === 'places.compound_sizes');
    await runDueOnce({ worker: world.worker, sweeps, house, clock: world.clock, log: house.log });
    const density = expectStatus(await cityHall.client.get('/hotline/density'), 200);
    // The other compound had none: it is among its age's alone.
    expect([density.rows.length, density.rowCount]).toEqual([1, 1]);
    const [near] = density.rows;
    // Two cases among six homes of some 89.5 m² each: 333.3 a thousand, and 37.2 a hectare.
    expect(near).toMatchObject({ name: '近小区', builtYear: 1998, age: '1990s', cases: 2, households: 6 });
    expect(near.perThousandHouseholds).toBe(333.3);
    expect(near.perTenThousandSquareMetres).toBe(37.2);
    expect(density.groups).toMatchObject([
      { age: '1990s', compounds: 2, cases: 2, households: 12, perThousandHouseholds: 166.7 },
    ]);

    // Who has most of them per home stands first.
    for (let i = 0; i < 3; i++) await takesIn(world, cityHall, { compound: '远小区' });
    const later = expectStatus(await cityHall.client.get('/hotline/density'), 200);
    expect(later.rows.map((row: Json) => [row.name, row.cases])).toEqual([
      ['远小区', 3],
      ['近小区', 2],
    ]);
    expect([later.rowCount, later.groups.length, later.groups[0].cases]).toEqual([2, 1, 5]);
    const own = expectStatus(await street.client.get('/hotline/density'), 200);
    expect(own.rows.map((row: Json) => row.name)).toEqual(['近小区']);
  });
});
