import type { BillingFigures } from './billing.ts';
import type { ImportFigures } from './imports.ts';
import type { Measured } from './measured.ts';
import type { PassageFigures } from './passages.ts';
import type { Cost } from './profile.ts';
import type { SensingFigures } from './sensing.ts';

/** What the table tells of each benchmark. */
export interface Line {
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

export interface Part {
  /** The first names it. */
  readonly args: readonly string[];
  readonly lines: (figures: never) => readonly Line[];
}

/** What the table tells of them. */
const largest = (costs: readonly Cost[]): Cost[] =>
  costs.slice(0, 3).map((cost) => ({ ...cost, functions: cost.functions.slice(0, 1) }));

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
          ...(costs === undefined ? {} : { costs: largest(costs) }),
        }),
      ),
      ...(notes.length === 0 ? [] : [{ what: `${what}: the server`, note: notes.join(', ') }]),
    ];
  };

const share = (a: number, b: number): number => Math.round((a / b) * 100) / 100;

export const parts: readonly Part[] = [
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
