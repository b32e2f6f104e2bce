import { type CompactPages, pagesSection } from './pages-figures.ts';
import type { Line } from './parts.ts';

/** What stands under each part: how it came about. */
interface Run {
  readonly command: string;
  readonly begun: string;
  /** Of the minute before it began. */
  readonly load: number;
  readonly commit: string;
  readonly machine: string;
}
export interface KeptPart extends Run {
  readonly lines: readonly Line[];
}
export interface KeptPages extends Run, CompactPages {}

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

/** The paths that everybody waits for; the others' costs are printed by `--profile`. */
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
    ...costs.map(({ part, share: of, functions }) => {
      const first = functions[0];
      return `${Math.round(of * 100)} % ${part}${first === undefined ? '' : ` (${first.name} ${Math.round(first.share * 100)} %)`}`;
    }),
  ].join(' | ')} |`;

const runRow = ({ command, begun, load, commit, machine }: Run): string =>
  `| \`${command}\` | ${begun.slice(0, 16)}Z | ${load.toFixed(2)} | ${commit} | ${machine} |`;

/** The whole document; `built` is what the built pages weigh. */
export function page(
  parts: readonly KeptPart[],
  built: readonly Line[],
  city: KeptPages | null,
  busy: KeptPages | null,
): string {
  const lines = [...parts.flatMap((part) => part.lines), ...built];
  const costs = lines.filter((line) => line.costs !== undefined && hot.has(line.what));
  const runs: Run[] = [...parts, ...[city, busy].filter((run) => run !== null)];
  return `# Benchmarks

Written by \`npm run bench\`, which runs them all; \`npm run bench -- --parts gate,billing\` measures those anew and keeps the others, and
\`npm run bench -- gate\` prints one. \`--help\` says what each does. A figure by itself says as much about the machine as about us: read the two
columns of ratios. *Of raw* is the share of what PostgreSQL does when it is sent the same statements, or rows, without us; *of echo* of
what Node.js does when it answers and does nothing. The load generator runs on the same processors.

| | a second | p50 ms | p95 ms | p99 ms | of raw | of echo | |
|---|---:|---:|---:|---:|---:|---:|---|
${lines.map(row).join('\n')}
${
  costs.length === 0
    ? ''
    : `
## Where the server's time goes
The three largest costs of each hot path, as shares of the time in which the server was busy (\`--profile\` prints more). The look
goes by the clock, so that a *socket write* holds what the kernel does before it comes back: on one machine that is mostly
PostgreSQL beginning to work on what was sent.

| | first | second | third |
|---|---|---|---|
${costs.map(costsRow).join('\n')}
`
}${
  city === null
    ? ''
    : `
## Pages
What each page asks for, by role, one request after the other, with [a simulated city](simulated-city.md) of ${city.compounds.toLocaleString('en')} compounds in the
database. A few requests of each: the p95 is the slowest or the one before it.

${pagesSection(city, busy)}
`
}
## How they came about
| command | begun | load before | commit | machine |
|---|---|---:|---|---|
${runs.map(runRow).join('\n')}
`;
}
