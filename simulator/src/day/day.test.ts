import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { demonstrationGrounds, drawOrders } from './ground.ts';
import { gini, interval95, quantile, shareInterval } from './measure.ts';
import { csvOf, jsonOf, plotOf, reductionOf, tableOf } from './report.ts';
import { defaultDayPath, readDay } from './settings.ts';
import { simulate, WAYS } from './simulate.ts';

const day = readDay();

test.each([
  [[5, 5, 5], 0],
  [[0, 0, 9], 2 / 3],
  [[1, 3], 0.25],
  [[0, 0], 0],
])('gini of %j is %d', (values, expected) => {
  expect(gini(values)).toBeCloseTo(expected, 10);
});

test('quantiles and intervals are the textbook’s', () => {
  expect([quantile([4, 1, 3, 2], 0.5), quantile([4, 1, 3, 2], 0.95), quantile([], 0.5)]).toEqual([2, 4, 0]);
  const { mean, plusMinus } = interval95([1, 2, 3, 4, 5]);
  expect(mean).toBe(3);
  // 2.776 times the square root of 2.5 / 5.
  expect(plusMinus).toBeCloseTo(1.963, 3);
  expect(interval95([7])).toEqual({ mean: 7, plusMinus: null });
  const [low, high] = shareInterval(10, 10);
  expect(low).toBeCloseTo(0.7225, 3);
  expect(high).toBeCloseTo(1, 10);
});

describe('a day', () => {
  test('is drawn the same for a seed, and differently for another', () => {
    const [ground] = demonstrationGrounds(1);
    const keys = (seed: number) =>
      drawOrders(day, ground!, seed, 1).map(
        ({ categoryCode, reportedAt }) => `${categoryCode} ${reportedAt}`,
      );
    expect(keys(1)).toEqual(keys(1));
    expect(keys(1)).not.toEqual(keys(2));
  });

  test('is refused with the place that is wrong', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongzhi-day-'));
    const path = join(folder, 'day.json');
    try {
      const text = readFileSync(defaultDayPath, 'utf8');
      writeFileSync(path, text.replace('"emergencyShare": 0.02', '"emergencyShare": 2'));
      expect(() => readDay(path)).toThrow('/matters/emergencyShare');
      writeFileSync(path, '{');
      expect(() => readDay(path)).toThrow('is not a day');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is served to the end by every way, the same twice; nothing is sooner than the bound; it can be told', async () => {
    const play = () => simulate({ day, seeds: [901, 902], ways: WAYS, load: 2, departments: 2 });
    const runs = await play();
    expect(await play()).toEqual(runs);
    const of = (way: string) => runs.filter((run) => run.way === way);
    for (const way of WAYS)
      expect(of(way).map(({ measures }) => measures.orders)).toEqual(
        of('bound').map(({ measures }) => measures.orders),
      );
    for (const { way, seed, measures } of runs) {
      const bound = of('bound').find((run) => run.seed === seed)!.measures;
      expect([way, measures.arriveMean >= bound.arriveMean]).toEqual([way, true]);
      expect(measures.acceptMean).toBeLessThanOrEqual(measures.arriveMean);
      expect(measures.arriveMean).toBeLessThan(measures.finishMean);
    }
    expect(reductionOf(runs, 'round_robin', 'round_robin').mean).toBe(0);
    expect(tableOf(runs)).toContain('| automatic |');
    expect(csvOf(runs).trim().split('\n')).toHaveLength(1 + runs.length);
    expect(JSON.parse(jsonOf(day, 2, runs))).toMatchObject({ seeds: [901, 902], load: 2 });
    expect(plotOf(runs).match(/<polyline/g)).toHaveLength(WAYS.length);
  });
});
