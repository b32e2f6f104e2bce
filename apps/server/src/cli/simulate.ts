import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { progress } from '../../../../scripts/lib/progress.ts';
import { StartError } from '../../../../scripts/postgres.ts';
import { type Command, misuse } from './command.ts';
import { cityDescription, cityExamples, cityOptions, playCity } from './simulate-city.ts';
import { gateDescription, gateExamples, gateOptions, playDevice, playGate } from './simulate-gate.ts';
import { metersDescription, metersExamples, metersOptions, playMeters } from './simulate-meters.ts';
import { paymentsDescription, paymentsExamples, paymentsOptions, playPayments } from './simulate-payments.ts';
import { callsDescription, callsExamples, callsOptions, playCalls } from './simulate-provider.ts';

const whole = (text: unknown, fallback: number, least: number, most: number, option: string): number => {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw misuse(`--${option} must be a whole number from ${least} to ${most}.`, 'simulate');
  return value;
};

export const simulate: Command = {
  name: 'simulate',
  summary:
    "build half a year of a city, play a street's day, a morning at the gates or days of payments, let a telephone ring, or be a gate's device or meters",
  usage: 'simulate city|day|calls|gate|device|meters|payments [options]',
  description: [
    "`day` plays a street's day of orders with the product's own rules for candidates, offers, plans and alerts, once for each way",
    'of dispatching and seed, beside a timer that hands out in turn (the baseline) and beside each order going to the nearest',
    'at once (the bound). It prints a table; --out keeps it with every run (JSON, CSV) and a plot (SVG). No database is used.',
    ...cityDescription,
    ...callsDescription,
    ...gateDescription,
    ...metersDescription,
    ...paymentsDescription,
  ],
  options: {
    settings: { type: 'string', value: 'FILE', help: 'the day; simulator/days/default.json when left out' },
    seeds: { type: 'string', value: 'N', help: 'how many days, each drawn anew (20)' },
    first: { type: 'string', value: 'N', help: 'the first seed (1)' },
    modes: {
      type: 'string',
      value: 'LIST',
      help: 'round_robin,in_turn,grab,automatic,bound, or some of them',
    },
    load: { type: 'string', value: 'FACTOR', help: 'times the orders of the settings (1)' },
    departments: { type: 'string', value: 'N', help: "the first N of the street's twelve" },
    out: { type: 'string', value: 'FOLDER', help: 'write the table, every run and a plot there' },
    ...cityOptions,
    ...callsOptions,
    ...gateOptions,
    ...metersOptions,
    ...paymentsOptions,
  },
  examples: [
    ['npx gongzhi simulate day', 'twenty seeds, all ways'],
    ['npx gongzhi simulate day --out docs/simulated-day', 'what docs/simulated-day.md shows'],
    ['npx gongzhi simulate day --load 2 --seeds 5 --modes in_turn,automatic', 'a day twice as busy'],
    ...cityExamples,
    ...callsExamples,
    ...gateExamples,
    ...metersExamples,
    ...paymentsExamples,
  ],
  async run({ values, positionals }) {
    const [what, extra] = positionals;
    const known = ['city', 'day', 'calls', 'gate', 'device', 'meters', 'payments'];
    if (what === undefined || !known.includes(what))
      throw misuse(
        'simulate needs to be told city, day, calls, gate, device, meters or payments.',
        'simulate',
      );
    if (extra !== undefined) throw misuse(`simulate ${what} does not take "${extra}".`, 'simulate');
    if (what === 'city') return playCity(values);
    if (what === 'calls') return playCalls(values);
    if (what === 'gate') return playGate(values);
    if (what === 'payments') return playPayments(values);
    if (what === 'device') return playDevice(values);
    if (what === 'meters') return playMeters(values);
    const { readDay } = await import('../../../../simulator/src/day/settings.ts');
    const { simulate: play, WAYS } = await import('../../../../simulator/src/day/simulate.ts');
    const report = await import('../../../../simulator/src/day/report.ts');
    const names = typeof values['modes'] === 'string' ? values['modes'].split(',') : [...WAYS];
    const wrong = names.find((name) => !WAYS.some((way) => way === name));
    if (wrong !== undefined) throw misuse(`There is no mode "${wrong}": ${WAYS.join(', ')}.`, 'simulate');
    const load = values['load'] === undefined ? 1 : Number(values['load']);
    if (!(load > 0 && load <= 20)) throw misuse('--load must lie between 0 and 20.', 'simulate');
    const count = whole(values['seeds'], 20, 1, 1_000, 'seeds');
    const first = whole(values['first'], 1, 0, 1_000_000, 'first');
    const departments = whole(values['departments'], 12, 1, 12, 'departments');
    let day: ReturnType<typeof readDay>;
    try {
      day = typeof values['settings'] === 'string' ? readDay(values['settings']) : readDay();
    } catch (error) {
      throw new StartError('settings', (error as Error).message);
    }
    const step = progress(process.stderr).step('days');
    const runs = await play({
      day,
      seeds: Array.from({ length: count }, (_, i) => first + i),
      ways: WAYS.filter((way) => names.includes(way)),
      load,
      departments,
      onRun: (done, of) => step.bar(done, of, `${done} of ${of}`),
    });
    step.done();
    const table = report.tableOf(runs);
    process.stdout.write(table);
    if (typeof values['out'] === 'string') {
      mkdirSync(values['out'], { recursive: true });
      const files = {
        'table.md': table,
        'day.csv': report.csvOf(runs),
        'day.json': report.jsonOf(day, load, runs),
        'day.svg': report.plotOf(runs),
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(values['out'], name), text);
    }
    return 0;
  },
};
