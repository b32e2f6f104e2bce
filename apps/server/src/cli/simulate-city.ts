import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { readToolEnvironment } from '../../../../scripts/lib/environment.ts';
import { openDatabase } from '../../../../scripts/lib/open-database.ts';
import { progress } from '../../../../scripts/lib/progress.ts';
import { StartError } from '../../../../scripts/postgres.ts';
import type { CityProgress } from '../../../../simulator/src/city/fill.ts';
import type { CitySettings, Room } from '../../../../simulator/src/city/settings.ts';
import { type Command, misuse, type Values } from './command.ts';

/** `npx gongzhi simulate city`: half a year of a city, written into the database of the data folder. */
export const cityDescription = [
  '`city` builds the city of the articles with its months of orders, every step of each played by the product’s rules: 9 companies, 594',
  'departments, 4,229 compounds, 84.9 million m² and 1.1 million orders in half a year, or a smaller one in proportion; some departments',
  'with their bills and passages at the gates (--without leaves them out). It is written in',
  'bulk by the loader’s role into the database that `npm start` would use (demonstration mode only), department by department: killed',
  'in the middle and started again it goes on where it stood. See docs/simulated-city.md.',
];

export const cityOptions: Command['options'] = {
  compounds: { type: 'string', value: 'N', help: 'city: how many compounds (4229)' },
  months: { type: 'string', value: 'N', help: 'city: months of history (6)' },
  orders: {
    type: 'string',
    value: 'N',
    help: 'city: how many orders; in proportion when left out (1100000)',
  },
  until: {
    type: 'string',
    value: '<time>',
    help: 'city: where the history ends, with a zone (2026-11-22T19:00+08:00); now when left out',
  },
  without: {
    type: 'string',
    value: '<names>',
    help: 'city: leaves out bills, gates or both (bills,gates)',
  },
  workers: { type: 'string', value: 'N', help: 'city: processes that write; as many as there are cores' },
};

export const cityExamples: Command['examples'] = [
  ['npx gongzhi simulate city --compounds 4229 --months 6', 'half a year of 96139: 1.1 million orders'],
  ['npx gongzhi simulate city --compounds 40 --months 1', 'a small one, in seconds'],
];

const stages: Readonly<Record<CityProgress['stage'], string>> = {
  offices: 'offices',
  orders: 'departments and their orders',
  ending: 'references and statistics',
};

export async function playCity(values: Values): Promise<number> {
  const { mostCompounds, rooms, sizeOf, usualOrders } = await import(
    '../../../../simulator/src/city/settings.ts'
  );
  const whole = (name: string, otherwise: number, most: number, least = 1): number => {
    const value = Number(values[name] ?? otherwise);
    if (!Number.isInteger(value) || value < least || value > most)
      throw misuse(`--${name} must be a whole number from ${least} to ${most}.`, 'simulate');
    return value;
  };
  const compounds = whole('compounds', 4_229, mostCompounds);
  const months = whole('months', 6, 24);
  const orders = whole('orders', usualOrders(compounds, months), 50_000_000);
  const workers = values['workers'] === undefined ? {} : { workers: whole('workers', 1, 64) };
  const until = untilOf(values['until']);
  const without = withoutOf(values['without'], rooms);
  const environment = readToolEnvironment();
  if (environment.config.mode !== 'demo')
    throw new StartError(
      'demo-only',
      'A simulated city is built in demonstration mode only: unset GONGZHI_MODE.',
    );
  const { fillCity, OtherCity } = await import('../../../../simulator/src/city/fill.ts');
  const { cityLogins } = await import('../../../../simulator/src/city/logins.ts');
  const { readState } = await import('../../../../simulator/src/city/state.ts');
  const { ordersByDay, tableSizes } = await import('../../../../simulator/src/city/sizes.ts');
  const report = await import('../../../../simulator/src/city/report.ts');
  const { dataDir } = environment.config;
  const database = await openDatabase(environment, 'gongzhi simulate city', { bulk: true });
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    const there = await readState(client);
    const asked: CitySettings = {
      seed: typeof values['seed'] === 'string' ? values['seed'] : '1',
      compounds,
      months,
      orders,
      // What a killed run began is finished as it was begun, unless another end is asked for by name.
      until: until ?? there?.settings.until ?? Date.now(),
      ...(without.length === 0 ? {} : { without }),
    };
    const step = progress(process.stderr).step('city');
    const result = await fillCity({
      adminUrl: database.adminUrl,
      dataDir,
      settings: asked,
      ...workers,
      onProgress: ({ stage, done, total, rate }) =>
        step.bar(done, total, rate > 0 ? `${Math.round(rate)} orders a second` : stages[stage]),
    }).catch((error: unknown) => {
      if (error instanceof OtherCity) throw otherCity(error.settings);
      throw error;
    });
    step.done(result.brought.rows === 0 ? 'was there' : undefined);
    const table = report.tableOf(asked, sizeOf(compounds), result, await tableSizes(client));
    process.stdout.write(table);
    for (const { role, name, phone, place } of cityLogins(asked))
      process.stdout.write(`${[role, phone, name, place].join('\t')}\n`);
    if (typeof values['out'] === 'string') {
      const { cityId } = (await readState(client))!;
      const days = await ordersByDay(client, cityId);
      mkdirSync(values['out'], { recursive: true });
      const files = { 'table.md': table, 'days.csv': report.csvOf(days), 'days.svg': report.plotOf(days) };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(values['out'], name), text);
    }
    return 0;
  } finally {
    await client.end();
    await database.close();
  }
}

function untilOf(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const value = /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(value))
    throw misuse('--until is a time with a zone, such as 2026-11-22T19:00+08:00.', 'simulate');
  return value;
}

function withoutOf(text: unknown, rooms: readonly Room[]): readonly Room[] {
  if (typeof text !== 'string') return [];
  const named = text.split(',').map((word) => word.trim());
  if (named.some((word) => !rooms.some((room) => room === word)))
    throw misuse(`--without takes ${rooms.join(' and ')}, with a comma between them.`, 'simulate');
  return rooms.filter((room) => named.includes(room));
}

function otherCity({ seed, compounds, months, orders, until, without = [] }: CitySettings): StartError {
  const less = without.length === 0 ? '' : ` --without ${without.join(',')}`;
  return new StartError(
    'other-city',
    `The database holds another simulated city: --seed ${seed} --compounds ${compounds} --months ${months} --orders ${orders} --until ${new Date(until).toISOString()}${less}. Give the same to finish it, or set GONGZHI_DATA to an empty folder.`,
  );
}
