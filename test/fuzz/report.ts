import type { Finding, FuzzReport } from './run.ts';
import type { FuzzedStreet } from './street.ts';

const classes = ['2xx', '400', '401', '403', '404', '409', '413', '415', '422', '429', 'other', 'faults'];

function isOf(status: number, name: string): boolean {
  if (name === '2xx') return status >= 200 && status < 300;
  if (name === 'faults') return status === 0 || status >= 500;
  if (name === 'other') return status >= 300 && status < 500 && !classes.includes(String(status));
  return String(status) === name;
}

const sumOf = (counts: ReadonlyMap<number, number>, name: string): number =>
  [...counts].reduce((total, [status, count]) => total + (isOf(status, name) ? count : 0), 0);

const kindsOf = (findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> =>
  Map.groupBy(findings, ({ operation, what }) => `${operation}: ${what}`);

/** What the run comes to, for people. */
export function fuzzTable(report: FuzzReport): string {
  const lines = [...report.statuses].map(([role, counts]) =>
    [role.padEnd(14), ...classes.map((name) => String(sumOf(counts, name)).padStart(7))].join(''),
  );
  const kinds = kindsOf(report.findings);
  return [
    `${report.requests} requests of seed ${report.seed} in ${report.seconds.toFixed(0)} s (${Math.round(report.requests / report.seconds)}/s); ` +
      `${report.reached} of ${report.operations} operations answered somebody 2xx`,
    ['role'.padEnd(14), ...classes.map((name) => name.padStart(7))].join(''),
    ...lines,
    report.findings.length === 0
      ? 'no finding'
      : `${report.findings.length} findings, ${kinds.size} different:`,
    ...[...kinds].map(([name, all]) => `  ${String(all.length).padStart(4)} × ${name}`),
  ].join('\n');
}

export interface Circumstances {
  readonly command: string;
  readonly startedAt: Date;
  readonly commit: string;
  readonly machine: string;
  readonly load: number;
  readonly street: Pick<FuzzedStreet, 'operations' | 'people' | 'twin' | 'neighbours'>;
  /** Consumers that laid an event aside. */
  readonly dead: readonly string[];
}

/** The same with all that is needed to run it again, as Markdown. */
export function fuzzReport(report: FuzzReport, around: Circumstances): string {
  const { operations, people, twin, neighbours } = around.street;
  const kinds = kindsOf(report.findings);
  const many = (count: number) => count.toLocaleString('en');
  const all = new Map<number, number>();
  for (const counts of report.statuses.values())
    for (const [status, count] of counts) all.set(status, (all.get(status) ?? 0) + count);
  const row = (name: string, counts: ReadonlyMap<number, number>): string =>
    `| ${[name, ...classes.map((one) => many(sumOf(counts, one)))].join(' | ')} |`;
  const modes = [...report.modes].map(([mode, count]) => `${many(count)} ${mode}`);
  const refusal = (text: string): string => {
    // The type stands first and ends with the code: what is kept of an answer may be cut off before the code itself.
    const code = /"type":"urn:gongzhi:problem:([^"]+)"/.exec(text)?.[1];
    return code ?? text.slice(0, 80);
  };
  return `# Fuzz

Written by \`${around.command}\`: every operation of the OpenAPI document is asked as every role, with fitting, odd and hostile
values, drawn from the seed, on the demonstration street beside a second city whose every row bears a canary. What answers tell is asked
about next. ${around.startedAt.toISOString().slice(0, 16)}Z, commit ${around.commit}, ${around.machine}, load before ${around.load.toFixed(2)}.

**${many(report.requests)} requests of seed ${report.seed}: ${report.findings.length === 0 ? 'no finding' : `${report.findings.length} findings`}.** ${report.seconds.toFixed(0)} seconds (${Math.round(report.requests / report.seconds)} a second, four at once),
${many(Math.round(report.bytes / 1_000_000))} MB of answers. How they were meant: ${modes.join(', ')}.

| role | ${classes.join(' | ')} |
|---|${'---:|'.repeat(classes.length)}
${[...report.statuses].map(([role, counts]) => row(role, counts)).join('\n')}
${row('**all**', all)}

*Faults* are answers of 500 and above, and none at all.

## What every answer is held against
- No fault, no answer without its problem, nothing of the server's inside (a stack, a file, SQL, a name of a table).
- Nothing of the other city: ${many(twin.rows)} rows in ${twin.tables} tables, ${many(twin.ids.size)} ids that exist there only; neither its canary nor one of
  those ids that the question did not hold.
- For residents nothing of another home: ${many(neighbours.rows)} texts in ${neighbours.columns.size} columns bear a canary of their own.
- The answer is as its schema in the document says.
- Of what was written in between, every event is taken by every consumer: ${around.dead.length === 0 ? 'none was laid aside' : `laid aside by ${around.dead.join(', ')}`}.

## Findings
${report.findings.length === 0 ? 'None.' : [...kinds].map(([name, those]) => `- ${those.length} × ${name} (as ${[...new Set(those.map(({ role }) => role))].join(', ')}; first is number ${those[0]!.index})`).join('\n')}

## What was reached
${report.reached} of ${operations.length} operations answered one of ${people.length} people 2xx; the others, with what a fitting request was last refused:

| operation | refused with |
|---|---|
${report.neverReached.map(([name, said]) => `| \`${name}\` | ${refusal(said)} |`).join('\n')}

## The slowest answers
Half came within ${report.median.toFixed(1)} ms, all but a hundredth within ${report.p99.toFixed(0)} ms; the slowest, one of an operation each:

| operation | role | meant | status | ms |
|---|---|---|---:|---:|
${report.slowest.map(({ operation, role, mode, status, milliseconds }) => `| \`${operation}\` | ${role} | ${mode} | ${status} | ${milliseconds.toFixed(0)} |`).join('\n')}
`;
}
