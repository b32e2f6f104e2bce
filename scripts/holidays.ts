/**
 * Rewrites packages/kernel/src/data/holidays-cn.json from npm `chinese-days`: the notices from 2020 to the last year it knows, and
 * beyond it the days that are holidays by law, whatever a notice says of the days around them.
 * Run after upgrading that package: node scripts/holidays.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { statutoryDays } from './lib/statutory-days.ts';

const FIRST_YEAR = 2020;

interface Published {
  readonly holidays: Record<string, string>;
  readonly workdays: Record<string, string>;
}

const require = createRequire(import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(require.resolve(name), 'utf8'));
const published = read('chinese-days/dist/chinese-days.json') as Published;
const { version } = read('chinese-days/package.json') as { version: string };

// A year is known when its National Day is: New Year's Day alone may come with the year before.
const lastYear = Math.max(
  ...Object.keys(published.holidays)
    .filter((date) => date.endsWith('-10-01'))
    .map((date) => Number(date.slice(0, 4))),
);
const from = `${FIRST_YEAR}-01-01`;
const to = `${lastYear}-12-31`;

const marked = [
  ...Object.keys(published.holidays).map((date) => [date, 'holiday'] as const),
  ...Object.keys(published.workdays).map((date) => [date, 'makeup'] as const),
]
  .filter(([date]) => date >= from && date <= to)
  .sort(([a], [b]) => (a < b ? -1 : 1));

/** The last year of the lunar calendar that is written down. */
const LAST_LUNAR_YEAR = 2040;
const days = require('chinese-days') as {
  getSolarTermDate(year: number, month: number, term: string): string;
  getSolarDateFromLunar(lunar: string): { readonly date: string };
};

const data = {
  from,
  to,
  source: `State Council holiday notices as published in npm chinese-days ${version} (MIT)`,
  days: Object.fromEntries(marked),
  statutory: statutoryDays(lastYear + 1, LAST_LUNAR_YEAR, {
    clear: (year) => days.getSolarTermDate(year, 4, 'pure_brightness'),
    lunar: (year, monthAndDay) => days.getSolarDateFromLunar(`${year}-${monthAndDay}`).date,
  }),
};
writeFileSync(
  new URL('../packages/kernel/src/data/holidays-cn.json', import.meta.url),
  `${JSON.stringify(data, null, 2)}\n`,
);
console.log(`${marked.length} days, ${from} to ${to}`);
