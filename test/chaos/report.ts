import type { Area } from './findings.ts';
import { crewTableOf } from './report-crew.ts';
import {
  type BrokenOff,
  countOf,
  type CrewLine,
  grouped,
  type Line,
  quantile,
  sittingsOf,
  sumOf,
  writes,
} from './report-lines.ts';
import { plotOf } from './report-plot.ts';
import type { Round } from './run.ts';

const mainAreas = [
  'lost',
  'twice',
  'half',
  'outbox',
  'rollups',
  'ledger',
  'chains',
  'meters',
  'connections',
  'odd answers',
] as const satisfies readonly Area[];

function roundsTable(rounds: readonly Round[]): string {
  const kinds = [...Map.groupBy(rounds, ({ fault }) => fault)];
  const line = (name: string, all: readonly Round[]): string => {
    const acknowledged = sumOf(all, ({ acknowledged: some }) => sumOf(writes, (kind) => some[kind]));
    const recovered = all.map((round) => round.recovered);
    const cells = [
      name,
      all.length,
      grouped(acknowledged),
      ...mainAreas.map((area) => countOf(all, area)),
      quantile(recovered, 0.5).toFixed(2),
      quantile(recovered, 1).toFixed(2),
    ];
    return `| ${cells.join(' | ')} |`;
  };
  return [
    `| what broke | rounds | acknowledged | ${mainAreas.join(' | ')} | recovery, median s | longest s |`,
    `|---|${'---:|'.repeat(mainAreas.length + 4)}`,
    ...kinds.toSorted(([a], [b]) => a.localeCompare(b)).map(([name, all]) => line(name, all)),
    line('**all**', rounds),
  ].join('\n');
}

function heldTable(rounds: readonly Round[]): string {
  const ends = Math.min(10, Math.floor(rounds.length / 2));
  const of = (values: readonly (number | null | undefined)[], digits = 0): string => {
    const cells = [values.slice(0, ends), values.slice(-ends), values].map((part) =>
      part.filter((value) => typeof value === 'number'),
    );
    const [first, last, all] = cells as [number[], number[], number[]];
    return [quantile(first, 0.5), quantile(last, 0.5), quantile(all, 1)]
      .map((value) => value.toFixed(digits))
      .join(' | ');
  };
  const server = (what: (one: NonNullable<Round['server']>) => number) =>
    rounds.map((round) => (round.server === null ? null : what(round.server)));
  return [
    `| at rest | first ${ends}, median | last ${ends}, median | most |`,
    '|---|---:|---:|---:|',
    `| connections of the product to PostgreSQL | ${of(rounds.map(({ connections }) => connections))} |`,
    `| the server in a process of its own: resident memory, MB | ${of(server(({ megabytes }) => megabytes))} |`,
    `| the same: open files and sockets | ${of(server(({ open }) => open))} |`,
    `| the server that is never restarted, with the harness: heap after collection, MB | ${of(
      rounds.map(({ heapMegabytes }) => heapMegabytes),
      1,
    )} |`,
    `| the same: open files and sockets | ${of(rounds.map(({ open }) => open))} |`,
  ].join('\n');
}

function findingsOf(rounds: readonly Round[], broken: readonly BrokenOff[]): string {
  const lines = [
    ...rounds.flatMap(({ number, fault, milliseconds, found }) =>
      found.map(({ area, text }) => `- Round ${number}, ${fault}, ${milliseconds} ms: ${area}: ${text}`),
    ),
    ...broken.map(
      ({ number, fault, milliseconds, error }) =>
        `- Round ${number}, ${fault}, ${milliseconds} ms, broken off: ${error}`,
    ),
  ];
  return lines.length === 0 ? 'None.' : lines.join('\n');
}

export interface ChaosReport {
  readonly text: string;
  readonly plot: string;
}

/** `folder`: where plot and rounds lie, as the text refers to it. */
export function chaosReport(
  lines: readonly Line[],
  crewLines: readonly CrewLine[],
  folder: string,
): ChaosReport {
  const rounds = lines.flatMap((line) => ('round' in line ? [line.round] : []));
  const sittings = lines.flatMap((line) => ('sitting' in line ? [line.sitting] : []));
  const broken = lines.flatMap((line) => ('brokenOff' in line ? [line.brokenOff] : []));
  const bad = rounds.filter(({ found }) => found.length > 0).length;
  const each = writes.map(
    (kind) => `${grouped(sumOf(rounds, ({ acknowledged }) => acknowledged[kind]))} ${kind}`,
  );
  const files = [...(lines.length > 0 ? ['rounds'] : []), ...(crewLines.length > 0 ? ['processes'] : [])];
  const played = files.map((name) => `[${name}.jsonl](${folder}/${name}.jsonl)`).join(', ');
  const minutes = sumOf(rounds, ({ seconds }) => seconds) / 60;
  const text = `# Chaos

Written by \`npm run chaos -- --rounds N --seed N --out docs/chaos.md\`, and its second part with \`--processes\`, with every round that was
played; round by round: ${played}. A run that is broken off goes on after its last round.

## One street while everything around it breaks
Two servers of all roles on one PostgreSQL that keeps its promises (\`fsync\`), over a wire that can be cut. Residents report, gates
check, postings are booked, bills and meters are paid for, meters are read; each write is sent again under its own key until it is
acknowledged. In the middle of it something breaks and comes back. The street is never set right in between: after each round
everything is looked for that was ever acknowledged on it.

${sittingsOf(sittings)}

**${rounds.length} rounds, ${bad} with a finding, ${broken.length} broken off**; ${minutes.toFixed(0)} minutes; acknowledged: ${each.join(', ')}.

${roundsTable(rounds)}

*Lost*, *twice*, *half*: acknowledged writes that were not there, were there more than once, or without what belongs to them; also
payments as the provider knows them. *Outbox*: events laid aside, and orders of which the desk was not told exactly once. *Rollups*:
sums of orders that are not those of the orders. *Ledger*: blocks, days and balances that do not add up, the clearing account against the
provider. *Chains*: of the gates. *Meters*: what was bought and used, against ours and against the meter's own. *Connections*: stuck in a
transaction, or more than the pools may hold. *Odd answers*: any that is neither done nor "come back later". *Recovery*: from the
moment when what broke is back until every kind of write was acknowledged by every server again; meters are read four times a
second and gates send a few times, which is the least it can be.

### Findings
${findingsOf(rounds, broken)}

### What is held
${heldTable(rounds)}

![memory, connections and open files at rest after each round](${folder}/held.svg)

The server in a process of its own begins anew whenever it is killed; lines in the plot begin anew with it. The other one lives through
all rounds of a sitting, in one process with the harness, whose memory of all that was acknowledged grows with every write.

${crewTableOf(crewLines)}`;
  return { text, plot: plotOf(rounds) };
}
