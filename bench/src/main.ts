import { parseArgs } from 'node:util';
import { benchImports } from './imports.ts';
import { benchOrders } from './orders.ts';
import { benchPeople, peopleTable } from './people.ts';
import { asJson, asTable } from './report.ts';
import { measureSuggestions, suggestTable } from './suggest.ts';

const help = `npm run bench -- orders|desk|people|imports|suggest [options]

orders   creating and listing work orders through HTTP, beside a bare process that sends PostgreSQL the same
         statements and beside an HTTP echo
desk     lists, search, an order's and a household's page, comparisons, in the same way
people   finding a person, opening a household, listing its orders, at a desk of 50 compounds, through HTTP
imports  a compound of people brought in from CSV
suggest  how often the catalogue suggests the right category for the demonstration's own reports, before and after
         the desk's corrections

  --json           one line of JSON instead of the table
  --seconds N      orders, desk: how long each run lasts (8)
  --rounds N       orders, desk: how often each is run; the median counts (3)
  --connections N  clients at once (orders 16, desk 2)
  --orders N       orders in the database before it starts (orders 100000; desk, people 200000)
  --people N       people in the households (desk, people 50000), or to bring in (imports 100000)
  --asked N        people: how often each question is asked (200)
  --pool N         database connections of the server and of the raw neighbour (10)
  --no-warm-start  orders: leave out the timing of npm start
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string' },
    orders: { type: 'string' },
    people: { type: 'string' },
    asked: { type: 'string', default: '200' },
    pool: { type: 'string', default: '10' },
    'no-warm-start': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const log = (line: string) => void process.stderr.write(`${line}\n`);
const say = (figures: unknown, table: () => string) =>
  void process.stdout.write(`${values.json ? JSON.stringify(figures) : table()}\n`);

async function orders(bench: 'orders' | 'desk'): Promise<void> {
  const isDesk = bench === 'desk';
  const report = await benchOrders({
    bench,
    orders: Number(values.orders ?? (isDesk ? 200_000 : 100_000)),
    people: isDesk ? Number(values.people ?? 50_000) : 0,
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
    connections: Number(values.connections ?? (isDesk ? 2 : 16)),
    poolSize: Number(values.pool),
    isWarmStartMeasured: !isDesk && !values['no-warm-start'],
    log,
  });
  process.stdout.write(`${values.json ? asJson(report) : asTable(report)}\n`);
}

const benches: Record<string, () => void | Promise<void>> = {
  orders: () => orders('orders'),
  desk: () => orders('desk'),
  async people() {
    const rows = await benchPeople({
      people: Number(values.people ?? 50_000),
      orders: Number(values.orders ?? 200_000),
      asked: Number(values.asked),
      log,
    });
    say({ bench: 'people', results: rows }, () => peopleTable(rows));
  },
  imports() {
    say(benchImports({ people: Number(values.people ?? 100_000), log }), () => 'Measured.');
  },
  suggest() {
    const figures = measureSuggestions();
    say(figures, () => suggestTable(figures));
  },
};
const chosen = positionals.length === 1 ? benches[positionals[0] ?? ''] : undefined;
if (values.help || chosen === undefined) {
  process.stdout.write(help);
  process.exit(values.help ? 0 : 2);
}
await chosen();
process.exit(0);
