import type { Round } from './run.ts';

interface Series {
  readonly name: string;
  readonly colour: string;
  /** A line ends where its process does. */
  readonly value: (round: Round) => { readonly of: unknown; readonly y: number } | null;
}

const megabytes: readonly Series[] = [
  {
    name: 'server in a process of its own, resident',
    colour: '#2f7fb8',
    value: ({ server }) => server && { of: server.pid, y: server.megabytes },
  },
  {
    name: 'the other server and the harness, heap after collection',
    colour: '#b03a2e',
    value: ({ heapMegabytes }) => ({ of: 0, y: heapMegabytes }),
  },
];
const counts: readonly Series[] = [
  {
    name: 'connections to PostgreSQL',
    colour: '#3d8b5f',
    value: ({ connections }) => ({ of: 0, y: connections }),
  },
  {
    name: 'open files and sockets of the server',
    colour: '#b8860b',
    value: ({ server }) => server && { of: server.pid, y: server.open },
  },
];

const [left, width, height] = [56, 600, 200];

/** What was held at rest, round by round: memory above, connections and files below. */
export function plotOf(rounds: readonly Round[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 620" width="680" height="620" role="img" aria-label="What is held at rest after each round">
<style>text{font:13px system-ui,sans-serif;fill:#1c1f24}.title{font-weight:600;font-size:15px}.grid{stroke:#d9dce1}</style>
<rect width="680" height="620" fill="#ffffff"/>
${panel(rounds, megabytes, 'Megabytes at rest, by round', 30)}
${panel(rounds, counts, 'Connections and open files at rest, by round', 340)}
</svg>
`;
}

function panel(rounds: readonly Round[], series: readonly Series[], title: string, at: number): string {
  const top = at + 56;
  const most = Math.max(1, ...rounds.flatMap((round) => series.map(({ value }) => value(round)?.y ?? 0)));
  const step = niceStep(most / 4);
  const highest = Math.ceil(most / step) * step;
  const x = (index: number): number => left + (index / Math.max(1, rounds.length - 1)) * width;
  const y = (value: number): number => top + (1 - value / highest) * height;
  const marks: string[] = [];
  for (let value = 0; value <= highest; value += step)
    marks.push(
      `<line x1="${left}" y1="${y(value).toFixed(1)}" x2="${left + width}" y2="${y(value).toFixed(1)}" class="grid"/><text x="${left - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}</text>`,
    );
  for (let index = 0; index < rounds.length; index += Math.max(1, Math.ceil(rounds.length / 10)))
    marks.push(
      `<text x="${x(index).toFixed(1)}" y="${top + height + 18}" text-anchor="middle">${rounds[index]!.number}</text>`,
    );
  const drawn = series.map(({ name, colour, value }, i) => {
    const lines: string[][] = [];
    let last: unknown;
    for (const [index, round] of rounds.entries()) {
      const point = value(round);
      if (point === null) continue;
      if (point.of !== last || lines.length === 0) lines.push([]);
      last = point.of;
      lines.at(-1)!.push(`${x(index).toFixed(1)},${y(point.y).toFixed(1)}`);
    }
    const row = at + 20 + i * 18;
    return [
      ...lines.map((points) =>
        points.length === 1
          ? `<circle cx="${points[0]!.split(',')[0]}" cy="${points[0]!.split(',')[1]}" r="2" fill="${colour}"/>`
          : `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
      ),
      `<line x1="${left}" y1="${row}" x2="${left + 18}" y2="${row}" stroke="${colour}" stroke-width="3"/><text x="${left + 24}" y="${row + 4}">${name}</text>`,
    ].join('\n');
  });
  return `<text x="${left}" y="${at}" class="title">${title}</text>\n${[...marks, ...drawn].join('\n')}`;
}

/** 1, 2 or 5 times a power of ten, at least so much. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least)!;
}
