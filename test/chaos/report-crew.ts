import { type CrewLine, countOf, quantile, sittingsOf, sumOf } from './report-lines.ts';
import type { Area } from './findings.ts';

const crewAreas = [
  'lost',
  'twice',
  'half',
  'outbox',
  'due',
  'pages',
  'connections',
  'odd answers',
] as const satisfies readonly Area[];

/** The second part of the report; nothing where it was not played. */
export function crewTableOf(lines: readonly CrewLine[]): string {
  const rounds = lines.flatMap((line) => ('round' in line ? [line.round] : []));
  if (rounds.length === 0) return '';
  const byMany = [...Map.groupBy(rounds, ({ goes }) => goes.length)].toSorted(([a], [b]) => a - b);
  const line = (name: string, all: typeof rounds): string => {
    const goes = all.flatMap((round) => round.goes);
    const recovered = all.map((round) => round.recovered);
    const cells = [
      name,
      all.length,
      goes.filter(({ how }) => how === 'killed').length,
      goes.filter(({ how }) => how === 'leaves').length,
      sumOf(all, ({ acknowledged }) => acknowledged),
      sumOf(all, ({ runOut }) => runOut),
      ...crewAreas.map((area) => countOf(all, area)),
      quantile(recovered, 0.5).toFixed(2),
      quantile(recovered, 1).toFixed(2),
    ];
    return `| ${cells.join(' | ')} |`;
  };
  const findings = rounds.flatMap(({ number, found }) =>
    found.map(({ area, text }) => `- Round ${number}: ${area}: ${text}`),
  );
  const sizes = rounds.flatMap(({ held }) => held.flatMap((one) => (one === null ? [] : [one.megabytes])));
  const open = rounds.map((round) => round.open);
  return `## Several processes
Three that answer (\`api\`) and two that work (\`worker\`) on one database, a page of the desk open at each of the three. Some are killed
or asked to leave, up to all but one of the five; they are away for up to 0.8 seconds and come back. Limits of orders run out meanwhile.

${sittingsOf(lines.flatMap((one) => ('sitting' in one ? [one.sitting] : [])))}

**${rounds.length} rounds, ${rounds.filter(({ found }) => found.length > 0).length} with a finding**; ${(sumOf(rounds, ({ seconds }) => seconds) / 60).toFixed(0)} minutes.

| at once | rounds | killed | asked to leave | orders | limits run out | ${crewAreas.join(' | ')} | recovery, median s | longest s |
|---|${'---:|'.repeat(crewAreas.length + 7)}
${byMany.map(([many, all]) => line(String(many), all)).join('\n')}
${line('**all**', rounds)}

*Due*: limits that ran out and were not marked, or marked twice, or otherwise than those of the same age. *Pages*: an open page that did not
hear of an order, heard of it twice, or was told to begin afresh for nothing. Resident memory of a process at rest: median
${quantile(sizes, 0.5)} MB, most ${quantile(sizes, 1)} MB; connections of all five: ${open[0]} after the first round, ${open.at(-1)} after the last, most ${quantile(open, 1)}.

### Findings
${findings.length === 0 ? 'None.' : findings.join('\n')}
`;
}
