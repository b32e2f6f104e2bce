import { parseArgs } from 'node:util';
import { benchOrders } from './orders.ts';
import { asJson, asTable } from './report.ts';
import { measureSuggestions, suggestTable } from './suggest.ts';

const help = `npm run bench -- orders|desk [options]

Measures creating and listing work orders through HTTP, beside a bare process that sends PostgreSQL the same
statements and beside an HTTP echo; \`desk\`: lists, search, an order's and a household's page, comparisons.

  --json           one line of JSON instead of the table
  --seconds N      how long each run lasts (8)
  --rounds N       how often each is run; the median counts (3)
  --connections N  clients at once (16; desk 2)
  --orders N       orders in the database before it starts (100000; desk 200000)
  --people N       people in the households (desk only: 50000)
  --pool N         database connections of the server and of the raw neighbour (10)
  --no-warm-start  leave out the timing of npm start`;

const helpOfSuggest = `
npm run bench -- suggest

How often the catalogue suggests the right category for the demonstration's own reports, before and after the desk's
corrections; --json for one line of JSON.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string' },
    orders: { type: 'string' },
    people: { type: 'string', default: '50000' },
    pool: { type: 'string', default: '10' },
    'no-warm-start': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (positionals[0] === 'suggest' && !values.help) {
  const figures = measureSuggestions();
  process.stdout.write(`${values.json ? JSON.stringify(figures) : suggestTable(figures)}\n`);
  process.exit(0);
}
const bench = positionals[0];
if (values.help || positionals.length !== 1 || (bench !== 'orders' && bench !== 'desk')) {
  process.stdout.write(`${help}\n${helpOfSuggest}\n`);
  process.exit(values.help ? 0 : 2);
}
const isDesk = bench === 'desk';
const report = await benchOrders({
  bench,
  orders: Number(values.orders ?? (isDesk ? 200_000 : 100_000)),
  people: isDesk ? Number(values.people) : 0,
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  connections: Number(values.connections ?? (isDesk ? 2 : 16)),
  poolSize: Number(values.pool),
  isWarmStartMeasured: !isDesk && !values['no-warm-start'],
  log: (line) => void process.stderr.write(`${line}\n`),
});
process.stdout.write(`${values.json ? asJson(report) : asTable(report)}\n`);
