import { isWhole } from './count.ts';
import { HOUR_MS } from './morning.ts';
import type { Morning, Served } from './simulate.ts';
import { GATES } from './world.ts';

/** What a morning came to: a table for people, rows for programs, and the plot. */

const MINUTE = 60_000;
const names = ['east', 'west', 'south', 'north'] as const;

export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
const millis = (ms: number): string => ms.toFixed(1);
const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
const waitOf = ({ arrivedAt, beganAt }: Served): number => beganAt - arrivedAt;

/** How many stand at a gate at that moment, with whoever is at the reader. */
export const queueAt = (
  served: readonly Pick<Served, 'gate' | 'arrivedAt' | 'doneAt'>[],
  gate: number,
  at: number,
): number => served.filter((one) => one.gate === gate && one.arrivedAt <= at && one.doneAt > at).length;

const moments = ({ from, served }: Morning): number[] => {
  const until = Math.max(...served.map(({ doneAt }) => doneAt));
  const count = Math.ceil((Math.max(until, from + HOUR_MS) - from) / 10_000) + 1;
  return Array.from({ length: count }, (_, i) => from + i * 10_000);
};

export function tableOf(morning: Morning): string {
  const { served, counted, seed, people, uploaded, flags } = morning;
  const rows = names.map((name, gate) => {
    const own = served.filter((one) => one.gate === gate);
    const waits = sorted(own.map(waitOf));
    const longest = Math.max(...moments(morning).map((at) => queueAt(own, gate, at)));
    const alone = own.filter(({ by }) => by === 'device').length;
    const figures = [
      own.length,
      alone,
      longest,
      seconds(quantile(waits, 0.5)),
      seconds(quantile(waits, 0.95)),
      seconds(waits.at(-1) ?? 0),
    ];
    return `| ${name} ${GATES[gate]} | ${figures.join(' | ')} |`;
  });
  const groups: readonly (readonly [string, (one: Served) => boolean])[] = [
    [
      'by the server, the code service answering',
      (one) => one.by === 'server' && !one.isSlow && one.way !== 'urgent',
    ],
    ['by the server, the code service silent', (one) => one.by === 'server' && one.isSlow],
    ['by the gate alone, offline', (one) => one.by === 'device'],
  ];
  const latencies = groups.map(([label, is]) => {
    const own = sorted(served.filter(is).map(({ latencyMs }) => latencyMs));
    return `| ${label} | ${own.length} | ${millis(quantile(own, 0.5))} | ${millis(quantile(own, 0.95))} | ${millis(own.at(-1) ?? 0)} |`;
  });
  const moves = sorted(served.flatMap(({ barrierMs }) => barrierMs ?? []));
  latencies.push(
    `| from the verdict until the barrier moves | ${moves.length} | ${millis(quantile(moves, 0.5))} | ${millis(quantile(moves, 0.95))} | ${millis(moves.at(-1) ?? 0)} |`,
  );
  const outcomes = Object.entries(Object.groupBy(served, ({ outcome }) => outcome))
    .map(([outcome, list]) => `${outcome} ${list?.length ?? 0}`)
    .join(', ');
  const flagged = Object.entries(flags)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');
  return `${people} people within an hour, four gates, seed ${seed}: ${outcomes}.

| gate | people | decided offline | longest queue | wait p50, s | p95, s | longest, s |
|---|---:|---:|---:|---:|---:|---:|
${rows.join('\n')}

| measured, not simulated | times | p50, ms | p95, ms | longest, ms |
|---|---:|---:|---:|---:|
${latencies.join('\n')}

Passages: ${counted.said} said by the devices, ${counted.passages} in the database, **${counted.lost} lost, ${counted.doubled} doubled**, ${counted.gaps} gaps in the chains; ${uploaded} decided offline and uploaded (${counted.decidedOffline} so recorded), ${counted.usedTwice} codes used twice${flagged === '' ? '' : `; flags: ${flagged}`}.
Barriers: ${counted.orders} orders, ${counted.ordersOpened} acknowledged as opened, ${counted.openings} times opened.
${isWhole(counted) ? 'Nothing was lost and nothing was doubled.' : '**Something was lost or doubled.**'}
`;
}

export function csvOf({ from, served }: Morning): string {
  const lines = served.map((one) =>
    [
      names[one.gate],
      one.arrivedAt - from,
      Math.round(one.beganAt - from),
      Math.round(one.doneAt - from),
      one.outcome,
      one.by,
      one.way,
      one.latencyMs.toFixed(2),
    ].join(','),
  );
  return `gate,arrived_ms,began_ms,done_ms,outcome,decided_by,way,latency_ms\n${lines.join('\n')}\n`;
}

const colours = ['#0b7a5b', '#c2410c', '#2563eb', '#7c3aed'] as const;
const [LEFT, WIDTH, HIGH] = [56, 600, 200];

export function plotOf(morning: Morning): string {
  const { from, served, offline, slow } = morning;
  const at = moments(morning);
  const span = at.at(-1)! - from;
  const x = (moment: number): string => (LEFT + ((moment - from) / span) * WIDTH).toFixed(1);
  const queues = names.map((_, gate) => at.map((moment) => queueAt(served, gate, moment)));
  const mostQueue = Math.max(5, ...queues.flat());
  // By the minute of arrival, the longest of it.
  const waits = names.map((_, gate) =>
    Array.from({ length: Math.ceil(span / MINUTE) }, (_, minute) => {
      const begin = from + minute * MINUTE;
      const own = served.filter(
        (one) => one.gate === gate && one.arrivedAt >= begin && one.arrivedAt < begin + MINUTE,
      );
      return own.length === 0 ? null : Math.max(...own.map(waitOf)) / 1_000;
    }),
  );
  const mostWait = Math.max(10, ...waits.flat().map((wait) => wait ?? 0));
  const panel = (
    top: number,
    most: number,
    unit: string,
    title: string,
    lines: readonly string[],
  ): string => {
    const y = (value: number): number => top + HIGH - (value / most) * HIGH;
    const step = most > 60 ? 30 : most > 20 ? 10 : 5;
    const grid: string[] = [];
    for (let value = 0; value <= most; value += step)
      grid.push(
        `<line x1="${LEFT}" y1="${y(value).toFixed(1)}" x2="${LEFT + WIDTH}" y2="${y(value).toFixed(1)}" class="grid"/><text x="${LEFT - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}${unit}</text>`,
      );
    const shade = (of: { from: number; until: number }, fill: string): string =>
      `<rect x="${x(of.from)}" y="${top}" width="${(Number(x(of.until)) - Number(x(of.from))).toFixed(1)}" height="${HIGH}" fill="${fill}"/>`;
    return [
      `<text x="${LEFT}" y="${top - 12}" class="title">${title}</text>`,
      shade(offline, '#fdeee0'),
      shade(slow, '#e6edfb'),
      ...grid,
      ...lines,
    ].join('\n');
  };
  const line = (points: readonly string[], gate: number): string =>
    `<polyline points="${points.join(' ')}" fill="none" stroke="${colours[gate]}" stroke-width="1.8" stroke-linejoin="round"/>`;
  const [first, second] = [70, 70 + HIGH + 70];
  const queueLines = queues.map((list, gate) =>
    line(
      list.map((count, i) => `${x(at[i]!)},${(first + HIGH - (count / mostQueue) * HIGH).toFixed(1)}`),
      gate,
    ),
  );
  const waitLines = waits.map((list, gate) =>
    line(
      list.flatMap((wait, minute) =>
        wait === null
          ? []
          : [`${x(from + (minute + 0.5) * MINUTE)},${(second + HIGH - (wait / mostWait) * HIGH).toFixed(1)}`],
      ),
      gate,
    ),
  );
  const ticks: string[] = [];
  for (let moment = from; moment <= from + span; moment += 10 * MINUTE) {
    const time = new Date(moment + 8 * HOUR_MS).toISOString().slice(11, 16);
    ticks.push(`<text x="${x(moment)}" y="${second + HIGH + 20}" text-anchor="middle">${time}</text>`);
  }
  const legend = names
    .map(
      (name, gate) =>
        `<rect x="${LEFT + gate * 90}" y="${second + HIGH + 40}" width="14" height="4" fill="${colours[gate]}"/><text x="${LEFT + gate * 90 + 20}" y="${second + HIGH + 46}">${name}</text>`,
    )
    .join('');
  const notes = `<rect x="${LEFT + 370}" y="${second + HIGH + 35}" width="14" height="12" fill="#fdeee0"/><text x="${LEFT + 390}" y="${second + HIGH + 46}">west gate offline</text><rect x="${LEFT + 500}" y="${second + HIGH + 35}" width="14" height="12" fill="#e6edfb"/><text x="${LEFT + 520}" y="${second + HIGH + 46}">codes slow</text>`;
  const high = second + HIGH + 66;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 690 ${high}" width="690" height="${high}" role="img" aria-label="Queue length and waiting time at four gates">
<style>text{font:12px system-ui,sans-serif;fill:#1c1f24}.title{font-weight:600;font-size:15px}.grid{stroke:#d9dce1}</style>
<rect width="690" height="${high}" fill="#ffffff"/>
<text x="${LEFT}" y="26">${morning.people} people within an hour, seed ${morning.seed}</text>
${panel(first, mostQueue, '', 'People at the gate', queueLines)}
${panel(second, mostWait, ' s', 'Longest wait of who came in that minute', waitLines)}
${ticks.join('\n')}
${legend}${notes}
</svg>
`;
}
