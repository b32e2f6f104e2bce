import { type Interval, interval95, type Measures, quantile, shareInterval } from './measure.ts';
import type { DaySettings } from './settings.ts';
import { type Run, WAYS, type Way } from './simulate.ts';

/** What was measured, for people (a Markdown table, a plot) and for programs (CSV, JSON). */

type Figure = Exclude<keyof Measures, 'orders' | 'emergencies' | 'emergenciesInTime' | 'arrivals'>;

const columns: readonly (readonly [Figure, string, number, string])[] = [
  ['acceptMean', 'accept, mean', 1, ''],
  ['acceptP95', 'accept, p95', 1, ''],
  ['arriveMean', 'arrive, mean', 1, ''],
  ['arriveP95', 'arrive, p95', 1, ''],
  ['finishMean', 'finish, mean', 1, ''],
  ['finishP95', 'finish, p95', 1, ''],
  ['lateShare', 'late', 100, ' %'],
  ['gini', 'Gini', 1, ''],
];

const names: Readonly<Record<Way, string>> = {
  round_robin: 'round robin (baseline)',
  in_turn: 'in turn',
  grab: 'grab',
  automatic: 'automatic',
  bound: 'nearest, no queues (bound)',
};

const waysOf = (runs: readonly Run[]): Way[] => WAYS.filter((way) => runs.some((run) => run.way === way));
const of = (runs: readonly Run[], way: Way): Run[] => runs.filter((run) => run.way === way);
const intervalOf = (runs: readonly Run[], way: Way, figure: Figure): Interval =>
  interval95(of(runs, way).map(({ measures }) => measures[figure]));

const shown = ({ mean, plusMinus }: Interval, times = 1, unit = ''): string => {
  const digits = unit === '' && Math.abs(mean) < 1 ? 2 : 1;
  const half = plusMinus === null ? '' : ` ± ${(plusMinus * times).toFixed(digits)}`;
  return `${(mean * times).toFixed(digits)}${half}${unit}`;
};

/** How much less `way` needs than `than`, seed by seed: the same day with the same people. */
export function reductionOf(runs: readonly Run[], way: Way, than: Way): Interval {
  const other = new Map(of(runs, than).map(({ seed, measures }) => [seed, measures.arriveMean]));
  return interval95(of(runs, way).map(({ seed, measures }) => 1 - measures.arriveMean / other.get(seed)!));
}

export function tableOf(runs: readonly Run[]): string {
  const ways = waysOf(runs);
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  const orders = interval95(of(runs, ways[0]!).map(({ measures }) => measures.orders)).mean;
  const lines = [
    `${seeds} seeds, ${orders.toFixed(0)} orders a day; minutes, mean of the seeds ± 95 % interval.`,
    '',
    `| | ${columns.map(([, title]) => title).join(' | ')} | emergencies there in 20 min |`,
    `|---|${'---:|'.repeat(columns.length + 1)}`,
    ...ways.map((way) => {
      const figures = columns.map(([figure, , times, unit]) =>
        shown(intervalOf(runs, way, figure), times, unit),
      );
      const all = of(runs, way).reduce((sum, { measures }) => sum + measures.emergencies, 0);
      const inTime = of(runs, way).reduce((sum, { measures }) => sum + measures.emergenciesInTime, 0);
      const [low, high] = shareInterval(inTime, all).map((share) => (share * 100).toFixed(1));
      const share = all === 0 ? 'none' : `${inTime} of ${all} (95 %: ${low}–${high} %)`;
      return `| ${names[way]} | ${figures.join(' | ')} | ${share} |`;
    }),
    '',
  ];
  const has = (way: Way): boolean => ways.includes(way);
  for (const way of ways)
    if (has('round_robin') && way !== 'round_robin')
      lines.push(
        `Time to arrive, ${names[way]} under round robin, seed by seed: ${shown(reductionOf(runs, way, 'round_robin'), 100, ' %')}.`,
      );
  if (has('automatic') && has('bound')) {
    const gap =
      intervalOf(runs, 'automatic', 'arriveMean').mean / intervalOf(runs, 'bound', 'arriveMean').mean - 1;
    lines.push(`Automatic is ${(gap * 100).toFixed(0)} % above the bound.`);
  }
  return `${lines.join('\n')}\n`;
}

export function csvOf(runs: readonly Run[]): string {
  const figures = [
    'orders',
    ...columns.map(([figure]) => figure),
    'emergencies',
    'emergenciesInTime',
  ] as const;
  const rows = runs.map(({ way, seed, measures }) =>
    [way, seed, ...figures.map((figure) => Number(measures[figure as Figure].toFixed(4)))].join(','),
  );
  return `${['mode', 'seed', ...figures].join(',')}\n${rows.join('\n')}\n`;
}

export function jsonOf(day: DaySettings, load: number, runs: readonly Run[]): string {
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const ways = waysOf(runs).map((way) => [
    way,
    Object.fromEntries(columns.map(([figure]) => [figure, intervalOf(runs, way, figure)])),
  ]);
  const text = JSON.stringify(
    { day: day.name, date: day.date, load, seeds, modes: Object.fromEntries(ways) },
    null,
    2,
  );
  // Numbers beside each other, as the house's formatter has them.
  return `${text.replace(/\[[\d,\s]+\]/g, (list) => list.replaceAll(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'))}\n`;
}

const colours: Readonly<Record<Way, string>> = {
  round_robin: '#8a8f98',
  in_turn: '#2f7fb8',
  grab: '#b8860b',
  automatic: '#b03a2e',
  bound: '#3d8b5f',
};

/** The share of orders with somebody there after so many minutes, and the mean with its interval. */
export function plotOf(runs: readonly Run[]): string {
  const ways = waysOf(runs);
  const [left, top, width, height, most] = [64, 56, 560, 300, 60];
  const x = (minutes: number): number => left + (Math.min(minutes, most) / most) * width;
  const y = (share: number): number => top + (1 - share) * height;
  const marks: string[] = [];
  for (let minutes = 0; minutes <= most; minutes += 10)
    marks.push(
      `<line x1="${x(minutes)}" y1="${top}" x2="${x(minutes)}" y2="${top + height}" class="grid"/><text x="${x(minutes)}" y="${top + height + 20}" text-anchor="middle">${minutes}</text>`,
    );
  for (let share = 0; share <= 1.001; share += 0.25)
    marks.push(
      `<line x1="${left}" y1="${y(share)}" x2="${left + width}" y2="${y(share)}" class="grid"/><text x="${left - 10}" y="${y(share) + 4}" text-anchor="end">${Math.round(share * 100)} %</text>`,
    );
  const curves = ways.map((way) => {
    const all = of(runs, way).flatMap(({ measures }) => measures.arrivals);
    const points: string[] = [];
    for (let percent = 0; percent <= 100; percent++) {
      const minutes = quantile(all, percent / 100);
      if (minutes > most) break;
      points.push(`${x(minutes).toFixed(1)},${y(percent / 100).toFixed(1)}`);
    }
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colours[way]}" stroke-width="2"${way === 'bound' ? ' stroke-dasharray="5 4"' : ''}/>`;
  });
  const below = top + height + 84;
  const widest = Math.max(...ways.map((way) => intervalOf(runs, way, 'arriveMean').mean)) * 1.25;
  const bar = (minutes: number): number => left + 176 + (minutes / widest) * (width - 176);
  const bars = ways.map((way, i) => {
    const { mean, plusMinus } = intervalOf(runs, way, 'arriveMean');
    const at = below + i * 30;
    const half = plusMinus ?? 0;
    return [
      `<text x="${left + 166}" y="${at + 5}" text-anchor="end">${names[way]}</text>`,
      `<rect x="${bar(0)}" y="${at - 8}" width="${(bar(mean) - bar(0)).toFixed(1)}" height="16" fill="${colours[way]}" rx="2"/>`,
      `<line x1="${bar(mean - half).toFixed(1)}" y1="${at}" x2="${bar(mean + half).toFixed(1)}" y2="${at}" stroke="#1c1f24" stroke-width="1.5"/>`,
      `<text x="${(bar(mean + half) + 8).toFixed(1)}" y="${at + 5}">${mean.toFixed(1)}</text>`,
    ].join('');
  });
  const total = below + ways.length * 30 + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 ${total}" width="680" height="${total}" role="img" aria-label="Minutes until somebody is there, by way of dispatching">
<style>text{font:13px system-ui,sans-serif;fill:#1c1f24}.title{font-weight:600;font-size:15px}.grid{stroke:#d9dce1}</style>
<rect width="680" height="${total}" fill="#ffffff"/>
<text x="${left}" y="30" class="title">Share of orders with somebody there, by minutes</text>
${marks.join('\n')}
${curves.join('\n')}
<text x="${left}" y="${below - 30}" class="title">Mean minutes until somebody is there, with 95 % interval</text>
${bars.join('\n')}
</svg>
`;
}
