import { createHash } from 'node:crypto';
import { addDays, DAY, localDate, SECOND } from '@gongzhi/kernel';
import { describe, expect, test } from 'vitest';
import { matters } from '../data/matters.ts';
import { replay } from '../orders/replay.ts';
import { Random } from '../random.ts';
import { apportion } from './apportion.ts';
import { makeAlmanac, spanOf } from './calendar.ts';
import { makePart } from './part.ts';
import { planCity, wearOf } from './plan.ts';
import { type Day, dayOf, factorOf } from './seasons.ts';
import { articles, type CitySettings, usualOrders } from './settings.ts';
import { makeCitySkeleton, makeCommittee, makeOffices } from './skeleton.ts';
import { almanacOf, cityCatalogue, ordersOf } from './story.ts';
import { heatingDay, weatherBetween } from './weather.ts';

const until = Date.parse('2026-11-23T18:00:00+08:00');
const whole: CitySettings = { seed: '1', compounds: 4_229, months: 6, orders: 1_100_000, until };
const small: CitySettings = { seed: '1', compounds: 24, months: 6, orders: 1_500, until };

describe('the city of the articles', () => {
  const plan = planCity(whole);
  const compounds = plan.departments.flatMap((department) => department.compounds);

  test('9 companies, 594 departments, 4,229 compounds, 84.9 million m², 1.1 million orders: exactly', () => {
    expect(plan.size).toMatchObject({ companies: 9, departments: 594, areaHundredths: 8_490_000_000 });
    expect(plan.departments.length).toBe(articles.departments);
    expect(new Set(plan.departments.map(({ company }) => company)).size).toBe(articles.companies);
    expect(compounds.map(({ index }) => index)).toEqual(compounds.map((_, i) => i));
    expect(compounds.length).toBe(articles.compounds);
    expect(compounds.reduce((sum, c) => sum + c.areaHundredths, 0)).toBe(articles.squareMetres * 100);
    expect(compounds.reduce((sum, c) => sum + c.orders, 0)).toBe(articles.orders);
    expect(usualOrders(articles.compounds, articles.months)).toBe(articles.orders);
    for (const { homes, areaHundredths } of compounds) expect(areaHundredths / homes).toBeGreaterThan(2_500);
  });

  test('every department lies in one street, every community in its own', () => {
    for (const { street, compounds: served } of plan.departments)
      for (const { community } of served) expect(plan.communities[community]!.street).toBe(street);
    const { scopes } = makeCitySkeleton(plan);
    expect(new Set(scopes.map(({ id }) => id)).size).toBe(scopes.length);
  });

  test('old compounds report more: a home of the eighties more than twice one of the teens', () => {
    const rate = (from: number, to: number): number => {
      const some = compounds.filter(({ builtYear }) => builtYear >= from && builtYear < to);
      return some.reduce((sum, c) => sum + c.orders, 0) / some.reduce((sum, c) => sum + c.homes, 0);
    };
    expect(rate(1976, 1990) / rate(2010, 2013)).toBeCloseTo(wearOf(1985) / wearOf(2011), 0);
    expect(rate(1976, 1990)).toBeGreaterThan(rate(1990, 2000));
    expect(rate(1990, 2000)).toBeGreaterThan(rate(2000, 2010));
    expect(rate(2000, 2010)).toBeGreaterThan(rate(2010, 2013));
  });

  test('phone numbers: nobody of one department, compound or office has another’s', () => {
    const skeleton = makeCitySkeleton(plan);
    const parts = [0, 1, 593].map((index) => makePart(plan, skeleton, index).town);
    const accounts = [
      ...makeOffices(plan, skeleton).accounts,
      ...plan.communities.flatMap((_, i) => makeCommittee(plan, skeleton, i).accounts),
      ...parts.flatMap(({ staff, residents }) => [...staff.accounts, ...residents.accounts]),
    ];
    expect(new Set(accounts.map(({ phone }) => phone)).size).toBe(accounts.length);
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(accounts.length);
    for (const { phone } of accounts) expect(phone).toMatch(/^169\d{8}$/);
  });
});

test('parts sum to the whole exactly, in proportion', () => {
  expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
  expect(apportion(7, [0, 2, 5])).toEqual([0, 2, 5]);
  expect(apportion(0, [3, 4])).toEqual([0, 0]);
  expect(() => apportion(1, [0, 0])).toThrow(RangeError);
});

test('half a year back ends at the same hour of the same day, or of the month’s last', () => {
  const at = (text: string): number => Date.parse(text);
  expect(spanOf({ months: 6, until })).toEqual({ from: at('2026-05-23T18:00:00+08:00'), to: until });
  const { from } = spanOf({ months: 6, until: at('2026-08-31T09:30:00+08:00') });
  expect(from).toBe(at('2026-02-28T09:30:00+08:00'));
});

describe('seasons', () => {
  test('the heating season runs from 15 November to 15 March, its days counted', () => {
    expect(heatingDay('2026-11-14')).toBeNull();
    expect(heatingDay('2026-11-15')).toBe(0);
    expect(heatingDay('2027-03-15')).toBe(120);
    expect(heatingDay('2027-03-16')).toBeNull();
  });

  test('the week when heating begins is the peak of half a year', () => {
    const { dates, weights } = almanacOf(whole);
    const weeks = Map.groupBy(dates.keys().toArray(), (day) => Math.floor(Date.parse(dates[day]!) / DAY / 7));
    const full = [...weeks.values()].filter((days) => days.length === 7);
    const sums = full.map((days) => ({
      first: dates[days[0]!]!,
      sum: days.reduce((sum, day) => sum + weights[day]!, 0),
    }));
    const [peak, next] = sums.toSorted((a, b) => b.sum - a.sum);
    expect(peak!.first >= addDays('2026-11-15', -6) && peak!.first <= '2026-11-15').toBe(true);
    expect(peak!.sum / next!.sum).toBeGreaterThan(1.05);
  });

  test('rain finds the roofs, frost the pipes, and in the holidays few ask about fees', () => {
    const weather = { temperature: 18, rain: 0, heatingDay: null };
    const day: Day = { date: '2026-10-14', weather, wetBefore: 0, isHoliday: false };
    const factor = (code: string, other: Partial<Day> = {}): number =>
      factorOf(cityCatalogue.find((category) => category.code === code)!, { ...day, ...other });
    expect(factor('water.roof', { weather: { ...weather, rain: 20 } })).toBe(12 * factor('water.roof'));
    expect(factor('water.roof', { wetBefore: 20 })).toBe(5 * factor('water.roof'));
    expect(factor('water.burst', { weather: { ...weather, temperature: -4 } })).toBe(
      5 * factor('water.burst'),
    );
    expect(factor('heating.cold')).toBe(0);
    expect(factor('heating.leak', { date: '2026-11-05' })).toBeGreaterThan(0);
    const holiday = dayOf('2026-10-01', weatherBetween('1', '2026-09-28', '2026-10-02'));
    expect(holiday.isHoliday).toBe(true);
    expect(factor('fee.question', holiday)).toBeLessThan(0.3 * factor('fee.question'));
    expect(factor('noise.neighbour', holiday)).toBeGreaterThan(factor('noise.neighbour'));
  });

  test('a compound without lifts has no trouble with lifts, and no matter comes out of season', () => {
    const almanac = makeAlmanac(whole, cityCatalogue);
    const random = new Random('draw');
    const summer = almanac.dates.indexOf('2026-07-15');
    for (let i = 0; i < 2_000; i++) {
      const { code } = almanac.drawCategory(summer, new Set(['gate', 'manhole'] as const), random);
      expect(code).not.toMatch(/^(lift|heating)\./);
      expect(matters[code]!.facility?.includes('camera') ?? false).toBe(false);
    }
  });
});

describe('orders', () => {
  const plan = planCity(small);
  const skeleton = makeCitySkeleton(plan);
  const almanac = almanacOf(small);
  const play = (index: number) => [...ordersOf(plan, almanac, index, makePart(plan, skeleton, index))];
  const digest = (index: number): string =>
    createHash('sha256')
      .update(JSON.stringify(play(index).map(({ order, steps, events }) => [order, steps, events])))
      .digest('hex');

  test('the same seed gives the same rows, in whatever order the departments are played', () => {
    const [last, first] = [digest(2), digest(0)];
    expect([digest(0), digest(2)]).toEqual([first, last]);
  });

  test('another seed gives others', () => {
    const other = planCity({ ...small, seed: '2' });
    const part = makePart(other, makeCitySkeleton(other), 0);
    const [life] = ordersOf(other, almanacOf({ ...small, seed: '2' }), 0, part);
    expect(life!.order.id).not.toBe(play(0)[0]!.order.id);
  });

  test('as many as planned, within the months, each the end of its own timeline', () => {
    const { from, to } = spanOf(small);
    for (const { index, compounds } of plan.departments) {
      const lives = play(index);
      expect(lives.length).toBe(compounds.reduce((sum, { orders }) => sum + orders, 0));
      for (const { order, state, events } of lives) {
        expect([...replay(events, order.wall.reporterAccountId)], order.number).toContain(state.status);
        expect(state.createdAt >= from && state.createdAt < to).toBe(true);
        expect(events.at(-1)!.at.getTime()).toBeLessThanOrEqual(to);
        // What time has brought is marked: nothing waits for a due claim but the last few seconds.
        expect(state.nextDueAt === null || state.nextDueAt > to - 6 * SECOND).toBe(true);
        expect(events.flatMap(({ photoIds }) => photoIds)).toEqual([]);
      }
      const numbers = lives.map(({ order }) => `${order.wall.scopeId} ${order.number}`);
      expect(new Set(numbers).size).toBe(numbers.length);
    }
  });

  test('most is done, some is open, and what is open is young', () => {
    const states = plan.departments.flatMap(({ index }) => play(index).map(({ state }) => state));
    const open = states.filter(({ status }) => status !== 'closed' && status !== 'cancelled');
    expect(open.length / states.length).toBeGreaterThan(0.005);
    expect(open.length / states.length).toBeLessThan(0.08);
    const recent = open.filter(({ createdAt }) => createdAt > until - 30 * DAY);
    expect(recent.length / open.length).toBeGreaterThan(0.8);
    expect(localDate(until)).toBe('2026-11-23');
  });
});
