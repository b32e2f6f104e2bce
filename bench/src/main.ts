import { parseArgs } from 'node:util';
import { benchAll } from './all.ts';
import { benchBilling, billingTable } from './billing.ts';
import { benchGate, gateJson, gateTable } from './gate.ts';
import { benchImports } from './imports.ts';
import { benchOrders } from './orders.ts';
import { benchPages } from './pages.ts';
import { pagesTable } from './pages-figures.ts';
import { benchPassages, passagesJson, passagesTable } from './passages.ts';
import { measureRepeats, repeatsTable } from './repeats.ts';
import { asJson, asTable } from './report.ts';
import { benchSensing, sensingTable } from './sensing.ts';
import { measureSuggestions, suggestTable } from './suggest.ts';
import { measureTriage, triageTable } from './triage.ts';

const help = `npm run bench -- orders|desk|pages|people|imports|suggest|sensing|gate|passages|billing|triage|repeats [options]
npm run bench runs them all (pages where --city says of which; not triage and repeats, whose data may not ship) and writes docs/benchmarks.md;
--parts gate,billing measures some of them anew and keeps what is known of the others; other options go to each

orders   creating and listing work orders through HTTP, beside a bare process that sends PostgreSQL the same
         statements and beside an HTTP echo
desk     lists, searches, an order's and a household's page, comparisons, in the same way
pages    what every page of the desk asks for, by role, with a simulated city in the database: p95 of each request
people   finding a person, opening a household, listing its orders, in the same way
imports  a compound of people brought in from CSV
suggest  how often the catalogue suggests the right category for the demonstration's own reports, before and after
         the desk's corrections
sensing  2,000 devices that report every 10 s by MQTT (QoS 1): how long until it is acknowledged, memory, and how fast it
         could go, beside bare inserts of the same rows
gate     eight checks decided, recorded and answered over HTTP for 500 gates and 20,000 people, beside bare single-row
         inserts by as many connections and beside an HTTP echo
passages thirty days of 500 gates: one person's ways, a gate's day, who was stopped, over HTTP; the oldest day dropped
billing  a month of bill lines posted to the ledger beside raw SQL that inserts the same rows, notices of payments over HTTP, a
         home's statement over five years of history
triage   how well the triage model sorts the messages of --data (JSON Lines, gzip: detail, label)
repeats  how well like words find messages about one thing in --data (subject, detail, weak_hot_topic)

  --json           one line of JSON instead of the table
  --seconds N      how long each run lasts (8; sensing 120)
  --devices N      sensing: how many (2000)
  --rounds N       how often each is run; the median counts (3)
  --connections N  clients at once (orders 16, desk 2, people 1, gate 64)
  --orders N       orders in the database before it starts (orders 100000; desk, people 200000)
  --compounds N    pages: how large a city (400); --months N of history (6)
  --requests N     pages: how often each is asked (30)
  --only TEXT      pages: requests with this in their name
  --city FOLDER    pages: a data folder that is kept, and filled as far as it is not
  --people N       people in the households (desk, people 50000), or to bring in (imports 100000)
  --households N   billing: homes (17000)
  --postings N     billing: postings there before (4000000)
  --pool N         database connections of the server and of the raw neighbour (10)
  --passages N     passages: how many (1000000)
  --data FILE      triage, repeats: what is measured with; never shipped
  --profile        orders, desk, people, gate: whose code the server's processor time goes to, in one run more
  --no-warm-start  orders: leave out the timing of npm start
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    devices: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string' },
    orders: { type: 'string' },
    compounds: { type: 'string', default: '400' },
    months: { type: 'string', default: '6' },
    requests: { type: 'string', default: '30' },
    city: { type: 'string' },
    only: { type: 'string' },
    parts: { type: 'string' },
    people: { type: 'string' },
    pool: { type: 'string', default: '10' },
    passages: { type: 'string', default: '1000000' },
    households: { type: 'string', default: '17000' },
    postings: { type: 'string', default: '4000000' },
    data: { type: 'string' },
    profile: { type: 'boolean', default: false },
    'no-warm-start': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const log = (line: string) => void process.stderr.write(`${line}\n`);
const say = (figures: unknown, table: () => string) =>
  void process.stdout.write(`${values.json ? JSON.stringify(figures) : table()}\n`);

const usual = {
  orders: { orders: 100_000, people: 0, connections: 16 },
  desk: { orders: 200_000, people: 50_000, connections: 2 },
  people: { orders: 200_000, people: 50_000, connections: 1 },
};

async function requests(bench: keyof typeof usual): Promise<void> {
  const report = await benchOrders({
    bench,
    orders: Number(values.orders ?? usual[bench].orders),
    people: Number(values.people ?? usual[bench].people),
    seconds: Number(values.seconds ?? 8),
    rounds: Number(values.rounds),
    connections: Number(values.connections ?? usual[bench].connections),
    poolSize: Number(values.pool),
    isProfiled: values.profile,
    isWarmStartMeasured: bench === 'orders' && !values['no-warm-start'],
    log,
  });
  process.stdout.write(`${values.json ? asJson(report) : asTable(report)}\n`);
}

function dataFile(): string {
  if (values.data !== undefined) return values.data;
  process.stderr.write('--data FILE says what is measured with\n');
  process.exit(2);
}

const benches: Record<string, () => void | Promise<void>> = {
  orders: () => requests('orders'),
  desk: () => requests('desk'),
  people: () => requests('people'),
  async pages() {
    const figures = await benchPages({
      compounds: Number(values.compounds),
      months: Number(values.months),
      orders: values.orders === undefined ? null : Number(values.orders),
      requests: Number(values.requests),
      poolSize: Number(values.pool),
      folder: values.city ?? null,
      only: values.only ?? null,
      log,
    });
    say(figures, () => pagesTable(figures));
  },
  imports() {
    say(benchImports({ people: Number(values.people ?? 100_000), log }), () => 'Measured.');
  },
  async sensing() {
    const figures = await benchSensing({
      devices: Number(values.devices),
      // Each device is heard twice at least.
      seconds: Math.max(20, Number(values.seconds ?? 120)),
      log,
    });
    say(figures, () => sensingTable(figures));
  },
  async gate() {
    const figures = await benchGate({
      seconds: Number(values.seconds ?? 8),
      rounds: Number(values.rounds),
      connections: Number(values.connections ?? 64),
      poolSize: Number(values.pool),
      isProfiled: values.profile,
      log,
    });
    say(gateJson(figures), () => gateTable(figures));
  },
  async passages() {
    const figures = await benchPassages({
      passages: Number(values.passages),
      searches: 300,
      poolSize: Number(values.pool),
      log,
    });
    say(passagesJson(figures), () => passagesTable(figures));
  },
  async billing() {
    const figures = await benchBilling({
      households: Number(values.households),
      postings: Number(values.postings),
      rounds: Number(values.rounds),
      seconds: Number(values.seconds ?? 8),
      connections: Number(values.connections ?? 16),
      log,
    });
    say(figures, () => billingTable(figures));
  },
  suggest() {
    const figures = measureSuggestions();
    say(figures, () => suggestTable(figures));
  },
  repeats() {
    const figures = measureRepeats(dataFile());
    say(figures, () => repeatsTable(figures));
  },
  triage() {
    const figures = measureTriage(dataFile());
    say(figures, () => triageTable(figures));
  },
};
const isAll = positionals.length === 0 && !values.help;
/** Those that one part's name and folder say nothing to. */
const passedOn = ['seconds', 'rounds', 'requests', 'pool'] as const;
const chosen = isAll
  ? async () =>
      void process.stdout.write(
        await benchAll({
          only: values.parts?.split(',') ?? null,
          city: values.city ?? null,
          options: passedOn.flatMap((name) =>
            process.argv.includes(`--${name}`) ? [`--${name}`, String(values[name])] : [],
          ),
          log,
        }),
      )
  : positionals.length === 1
    ? benches[positionals[0] ?? '']
    : undefined;
if (values.help || chosen === undefined) {
  process.stdout.write(help);
  process.exit(values.help ? 0 : 2);
}
await chosen();
// Into a pipe much is still on its way.
await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
process.exit(0);
