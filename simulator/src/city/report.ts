import type { CityResult } from './fill.ts';
import type { PartCounts } from './messages.ts';
import type { CitySettings, CitySize } from './settings.ts';
import type { DayCount, TableSize } from './sizes.ts';

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const megabytes = (bytes: number): string => whole(bytes / 1024 ** 2);

/** What came in, how fast, and what it takes on disk. */
export function tableOf(
  settings: CitySettings,
  size: CitySize,
  { counts, brought, seconds, ending }: CityResult,
  disk: { readonly tables: readonly TableSize[]; readonly databaseBytes: number },
): string {
  const all = Object.values(seconds).reduce((sum, part) => sum + part, 0);
  const lines = [
    `seed ${settings.seed}, ${whole(settings.months)} months until ${new Date(settings.until).toISOString()}`,
    `${whole(size.companies)} companies, ${whole(size.departments)} departments, ${whole(settings.compounds)} compounds, ${whole(size.areaHundredths / 100)} m²`,
    `${whole(counts.orders)} orders, ${whole(counts.steps)} steps, ${whole(counts.events)} events; ${whole(counts.cases)} cases of the hotline`,
    ...told(counts),
    '',
  ];
  if (brought.rows > 0) {
    const { counting, references, statistics } = ending.seconds;
    lines.push(
      '| | seconds | |',
      '|---|--:|---|',
      `| offices | ${seconds.offices.toFixed(1)} | |`,
      `| departments | ${seconds.orders.toFixed(1)} | ${whole(brought.orders)} orders, ${whole(brought.rows)} rows: ${whole(brought.orders / seconds.orders)} orders and ${whole(brought.rows / seconds.orders)} rows a second |`,
      ...roomsOf(brought, seconds.orders),
      `| ending | ${seconds.ending.toFixed(1)} | side by side: sums of orders counted ${counting.toFixed(1)}; ${ending.foreignKeys} foreign keys hold for every row ${references.toFixed(1)}; vacuum and analyze ${statistics.toFixed(1)} |`,
      `| **all** | **${all.toFixed(1)}** | |`,
      '',
    );
  }
  lines.push('| table | rows | MB | of which indexes |', '|---|--:|--:|--:|');
  for (const { name, rows, heapBytes, indexBytes } of disk.tables.slice(0, 16))
    lines.push(
      `| ${name} | ${whole(rows)} | ${megabytes(heapBytes + indexBytes)} | ${megabytes(indexBytes)} |`,
    );
  lines.push(`| the whole database | | ${megabytes(disk.databaseBytes)} | |`, '');
  return `${lines.join('\n')}`;
}

/** What of the money and the gates there is. */
const told = ({ bills, payments, passes, passages }: PartCounts): string[] => [
  ...(bills === 0 ? [] : [`${whole(bills)} months of homes billed, ${whole(payments)} payments`]),
  ...(passes === 0 ? [] : [`${whole(passes)} passes, ${whole(passages)} passages at gates`]),
];

/** Of the departments' seconds: what the processes took for it, each by itself. */
const roomsOf = ({ moneyRows, moneyMs, gateRows, gateMs }: PartCounts, seconds: number): string[] =>
  (
    [
      ['bills', moneyRows, moneyMs],
      ['gates', gateRows, gateMs],
    ] as const
  ).flatMap(([name, rows, milliseconds]) =>
    rows === 0
      ? []
      : [
          `| of these ${name} | | ${whole(rows)} rows in ${(milliseconds / 1_000).toFixed(1)} seconds of the processes that write, beside each other within these ${seconds.toFixed(1)}: ${whole(rows / (milliseconds / 1_000))} rows a second each |`,
        ],
  );

export const csvOf = (days: readonly DayCount[]): string =>
  `${['date,orders,heating', ...days.map((day) => `${day.date},${day.orders},${day.heating}`)].join('\n')}\n`;

/** Orders a day as a plot: all of them, and those about heating. */
export function plotOf(days: readonly DayCount[]): string {
  const [width, height, left, top, bottom] = [960, 360, 64, 24, 44];
  const most = Math.max(1, ...days.map(({ orders }) => orders));
  const x = (i: number): number => left + (i / Math.max(1, days.length - 1)) * (width - left - 16);
  const y = (value: number): number => height - bottom - (value / most) * (height - top - bottom);
  const line = (valueOf: (day: DayCount) => number): string =>
    days.map((day, i) => `${x(i).toFixed(1)},${y(valueOf(day)).toFixed(1)}`).join(' ');
  const months = days.flatMap(({ date }, i) =>
    date.endsWith('-01')
      ? [`<text x="${x(i).toFixed(1)}" y="${height - 20}" text-anchor="middle">${date.slice(0, 7)}</text>`]
      : [],
  );
  const steps = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = y(most * share).toFixed(1);
    return `<line x1="${left}" x2="${width - 16}" y1="${at}" y2="${at}" stroke="#d5d8dd"/><text x="${left - 8}" y="${at}" text-anchor="end" dominant-baseline="middle">${whole(most * share)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#3a3f47">
<title>Orders a day</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${steps.join('\n')}
${months.join('\n')}
<polyline points="${line(({ orders }) => orders)}" fill="none" stroke="#1f6feb" stroke-width="1.5"/>
<polyline points="${line(({ heating }) => heating)}" fill="none" stroke="#c2410c" stroke-width="1.5"/>
<text x="${left}" y="14" fill="#1f6feb">orders a day</text><text x="${left + 100}" y="14" fill="#c2410c">of them about heating</text>
</svg>
`;
}
