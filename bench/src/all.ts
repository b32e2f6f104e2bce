import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { BillingFigures } from './billing.ts';
import type { ImportFigures } from './imports.ts';
import type { Measured } from './measured.ts';
import type { PassageFigures } from './passages.ts';
import type { Cost } from './profile.ts';
import type { SensingFigures } from './sensing.ts';

/**
 * Every benchmark, one after the other, each in a process of its own, in one table with its neighbour: what is slower
 * tomorrow than what ran beside it shows, whatever the machine.
 */
const root = join(import.meta.dirname, '..', '..');
const file = join(root, 'docs', 'benchmarks.md');

interface Line {
  readonly what: string;
  readonly rate?: number;
  readonly times?: Measured;
  /** Of the same statements, or rows, sent to PostgreSQL without us. */
  readonly ofRaw?: number;
  /** Of an HTTP server that answers and does nothing. */
  readonly ofEcho?: number;
  readonly note?: string;
  /** Where the server's processor time went in a run of its own. */
  readonly costs?: readonly Cost[];
}

/** The form that the benchmarks of requests share. */
interface Requests {
  readonly results: readonly (Measured & {
    name: string;
    ratio_raw: number;
    ratio_echo: number;
    costs?: readonly Cost[];
  })[];
  readonly server: {
    readonly rss_idle_mb?: number | null;
    readonly rss_load_mb: number | null;
    readonly warm_start_s?: number | null;
    readonly cpu_us?: { readonly server: number; readonly database: number } | null;
  };
}

interface Part {
  readonly args: readonly string[];
  readonly lines: (figures: never) => readonly Line[];
}

const requests =
  (what: string) =>
  ({ results, server }: Requests): Line[] => {
    const notes = [
      server.warm_start_s == null ? '' : `warm start ${server.warm_start_s} s`,
      server.rss_idle_mb == null ? '' : `${server.rss_idle_mb} MB after start`,
      server.rss_load_mb == null ? '' : `${server.rss_load_mb} MB under load`,
      server.cpu_us == null
        ? ''
        : `processor: server ${server.cpu_us.server} µs, database ${server.cpu_us.database} µs each`,
    ].filter((note) => note !== '');
    return [
      ...results.map(
        ({ name, ratio_raw, ratio_echo, costs, ...times }): Line => ({
          what: `${what}: ${name}`,
          rate: times.rate,
          times,
          ofRaw: ratio_raw,
          ofEcho: ratio_echo,
          ...(costs === undefined ? {} : { costs }),
        }),
      ),
      ...(notes.length === 0 ? [] : [{ what: `${what}: the server`, note: notes.join(', ') }]),
    ];
  };

const share = (a: number, b: number): number => Math.round((a / b) * 100) / 100;

const parts: readonly Part[] = [
  { args: ['orders', '--profile'], lines: requests('orders') },
  { args: ['desk', '--profile'], lines: requests('desk, 200,000 orders') },
  { args: ['people'], lines: requests('people, 50,000') },
  {
    args: ['imports'],
    lines: (figures: readonly ImportFigures[]) =>
      figures.map(({ what, rows, seconds, peakMegabytes }) => ({
        what: `imports: ${what}`,
        rate: Math.round(rows / seconds),
        note: `${rows} rows in ${seconds} s, ${peakMegabytes} MB at most`,
      })),
  },
  {
    args: ['sensing'],
    lines: ({ devices, load, rawSingle, rawHundred, memoryMb }: SensingFigures) => [
      {
        what: `sensing: ${devices} devices every 10 s, QoS 1`,
        rate: load.steady.rate,
        times: load.steady,
        note: `${memoryMb.last ?? '?'} MB`,
      },
      ...(load.fast === null
        ? []
        : [
            {
              what: 'sensing: as fast as it goes',
              rate: load.fast.rate,
              times: load.fast,
              ofRaw: share(load.fast.rate, rawSingle.rate),
              note: `a hundred rows a commit: ${rawHundred.rate}/s`,
            },
          ]),
    ],
  },
  { args: ['gate', '--profile'], lines: requests('gate') },
  {
    args: ['passages'],
    lines: ({ passages, person, gate, stopped, dropMs, dropped, sizeMb }: PassageFigures) => [
      { what: `passages, ${passages}: one person in thirty days`, times: person },
      { what: 'passages: a day of one gate', times: gate },
      { what: 'passages: who was stopped in a compound on a day', times: stopped },
      {
        what: 'passages: the oldest day sealed and dropped',
        note: `${dropped} in ${Math.round(dropMs)} ms; ${sizeMb} MB before`,
      },
    ],
  },
  {
    args: ['billing'],
    lines: ({ households, history, run, payment, statement, trialBalance, sealing }: BillingFigures) => [
      { what: `billing, ${households} homes: run, lines`, rate: run.rate, ofRaw: run.ofRaw },
      { what: 'billing: payment', rate: payment.rate, times: payment },
      { what: `billing, ${history} postings: statement`, times: statement },
      { what: 'billing: trial balance of a compound', times: trialBalance },
      { what: 'billing: sealing, postings', rate: sealing.rate },
    ],
  },
];

function measured(args: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args, '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(JSON.parse(text.trim().split('\n').at(-1) ?? ''))
        : reject(new Error(`bench ${args.join(' ')} ended with ${code}`)),
    );
  });
}

/** What a browser loads before it shows the first page, as it is sent (Brotli). */
function firstLoad(app: 'console' | 'mobile', base: string): Line {
  const dist = join(root, 'apps', app, 'dist');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, path = '']) =>
    path.replace(`/${base}/`, ''),
  );
  const bytes = ['index.html', ...files].reduce(
    (sum, name) => sum + statSync(join(dist, `${name}.br`)).size,
    0,
  );
  return {
    what: `${app}: before the first page`,
    note: `${Math.round(bytes / 1024)} KB in ${files.length + 1} files`,
  };
}

const row = ({ what, rate, times, ofRaw, ofEcho, note }: Line): string =>
  `| ${[
    what,
    rate ?? '',
    ...(times === undefined ? ['', '', ''] : [times.p50_ms, times.p95_ms, times.p99_ms]),
    ofRaw ?? '',
    ofEcho ?? '',
    [note, times === undefined || times.errors === 0 ? undefined : `${times.errors} errors`]
      .filter((text) => text !== undefined)
      .join('; '),
  ].join(' | ')} |`;

const hot = new Set([
  'orders: create',
  'orders: list',
  'gate: check',
  'desk, 200,000 orders: on time, all by category',
  'desk, 200,000 orders: list of all, most pressing first',
]);
const costsRow = ({ what, costs = [] }: Line): string =>
  `| ${[
    what,
    ...costs.slice(0, 3).map(({ part, share: of, functions }) => {
      const first = functions[0];
      return `${Math.round(of * 100)} % ${part}${first === undefined ? '' : ` (${first.name} ${Math.round(first.share * 100)} %)`}`;
    }),
  ].join(' | ')} |`;

/** `options` go to every part: fewer and shorter rounds where half an hour is too long. They stand in the table's head. */
export async function benchAll(options: readonly string[], log: (line: string) => void): Promise<string> {
  const [cpu] = cpus();
  const begun = new Date();
  const busy = loadavg()[0] ?? 0;
  const lines: Line[] = [];
  for (const { args, lines: read } of parts) {
    log(`── ${args.join(' ')}`);
    lines.push(...read((await measured([...args, ...options])) as never));
  }
  lines.push(firstLoad('mobile', 'm'), firstLoad('console', 'desk'));
  const text = `# Benchmarks

Written by \`${['npm run bench', ...(options.length === 0 ? [] : ['--', ...options])].join(' ')}\`, which runs them all; \`npm run bench -- gate\` runs one, and \`--help\` says what each does. A figure
by itself says as much about the machine as about us: read the two columns of ratios. *Of raw* is the share of what PostgreSQL
does when it is sent the same statements, or rows, without us; *of echo* of what Node.js does when it answers and does nothing.

${begun.toISOString().slice(0, 16)}Z, ${cpus().length} × ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}, load before ${busy.toFixed(2)};
the load generator runs on the same processors.

| | a second | p50 ms | p95 ms | p99 ms | of raw | of echo | |
|---|---:|---:|---:|---:|---:|---:|---|
${lines.map(row).join('\n')}

## Where the server's time goes
The three largest costs of each hot path, as shares of the time in which the server was busy (\`--profile\` prints more). The look
goes by the clock, so that a *socket write* holds what the kernel does before it comes back: on one machine that is mostly
PostgreSQL beginning to work on what was sent.

| | first | second | third |
|---|---|---|---|
${lines
  .filter(({ what, costs }) => costs !== undefined && hot.has(what))
  .map(costsRow)
  .join('\n')}
`;
  writeFileSync(file, text);
  return text;
}
