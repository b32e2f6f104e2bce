import { expect, test } from 'vitest';
import { fuzzReport } from '../fuzz/report.ts';
import type { FuzzReport } from '../fuzz/run.ts';
import { found } from './findings.ts';
import { chaosReport } from './report.ts';
import { type CrewLine, type Line, quantile, type Sitting } from './report-lines.ts';
import type { Round } from './run.ts';

const sitting: Sitting = {
  startedAt: '2026-11-23T08:00:00.000Z',
  seed: 7,
  commit: 'abc',
  machine: 'two cores',
  load: 1.5,
  hasDisk: true,
};

const aRound = (number: number, more: Partial<Round> = {}): Round => ({
  number,
  fault: 'wire cut',
  milliseconds: 400,
  tries: 9,
  acknowledged: { orders: 1_000, passages: 20, postings: 3, payments: 4, readings: 5 },
  found: [],
  server: { pid: 1, megabytes: 200, open: 60 },
  heapMegabytes: 50,
  open: 80,
  connections: 20,
  recovered: number / 2,
  seconds: 30,
  ...more,
});

const rowOf = (text: string, name: string): string[] =>
  text
    .split('\n')
    .find((line) => line.startsWith(`| ${name} |`))!
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());

test('rounds are counted by what broke, with all that was found in them', () => {
  const lines: Line[] = [
    { sitting },
    { round: aRound(1) },
    {
      round: aRound(2, {
        found: [...found('lost', 2, 'acknowledged orders are gone'), ...found('rollups', 1, 'sums')],
      }),
    },
    { round: aRound(3, { fault: 'server killed', server: { pid: 2, megabytes: 210, open: 61 } }) },
    { brokenOff: { number: 4, fault: 'wire down', milliseconds: 300, error: 'nobody answers' } },
  ];
  const { text, plot } = chaosReport(lines, [], 'chaos');
  expect(text).toContain('**3 rounds, 1 with a finding, 1 broken off**');
  expect(text).toContain('3,000 orders, 60 passages, 9 postings, 12 payments, 15 readings');
  expect(rowOf(text, 'wire cut').join(' ')).toBe('2 2,064 2 0 0 0 1 0 0 0 0 0 1.00 1.00');
  expect(rowOf(text, '**all**').slice(0, 3)).toEqual(['3', '3,096', '2']);
  expect(text).toContain('- Round 2, wire cut, 400 ms: lost: 2 acknowledged orders are gone');
  expect(text).toContain('- Round 4, wire down, 300 ms, broken off: nobody answers');
  expect(text).not.toContain('## Several processes');
  // Of the server's two lives each has a line of its own, in both panels.
  expect(plot.match(/<polyline/g)).toHaveLength(4);
  expect(plot.match(/<circle/g)).toHaveLength(2);
});

test('several processes are counted by how many went at once', () => {
  const round = {
    number: 1,
    goes: [
      { at: 0, how: 'killed' },
      { at: 3, how: 'leaves' },
    ],
    milliseconds: 100,
    found: found('due', 1, 'limits are marked twice'),
    acknowledged: 30,
    runOut: 6,
    held: [{ megabytes: 190, open: 50 }, null],
    open: 25,
    recovered: 0.25,
    seconds: 20,
  } as const;
  const crew: CrewLine[] = [{ sitting }, { round }];
  const { text } = chaosReport([], crew, 'chaos');
  expect(text).toContain('**1 rounds, 1 with a finding**');
  expect(rowOf(text, '2').join(' ')).toBe('1 1 1 30 6 0 0 0 0 1 0 0 0 0.25 0.25');
  expect(text).toContain('- Round 1: due: 1 limits are marked twice');
});

test('a quantile of nothing is nothing, of all it is the most', () => {
  expect(quantile([], 0.5)).toBe(0);
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([3, 1, 2], 1)).toBe(3);
});

test('a fuzz report tells by role what was answered, what was found and what was never reached', () => {
  const report: FuzzReport = {
    seed: 7,
    requests: 4,
    seconds: 2,
    modes: new Map([['fitting', 4]]),
    bytes: 5_000_000,
    median: 3,
    p99: 20,
    slowest: [{ operation: 'GET /a', role: 'desk', mode: 'fitting', status: 200, milliseconds: 20.4 }],
    statuses: new Map([
      ['nobody', new Map([[401, 2]])],
      [
        'desk',
        new Map([
          [200, 1],
          [503, 1],
        ]),
      ],
    ]),
    findings: [
      {
        seed: 7,
        index: 3,
        role: 'desk',
        operation: 'GET /a',
        mode: 'fitting',
        what: 'a fault: 503',
        request: { method: 'GET', path: '/a', headers: {}, body: null, scopeId: undefined, id: '' },
        status: 503,
        answer: '',
      },
    ],
    reached: 1,
    operations: 2,
    neverReached: [['GET /b', '{"type":"urn:gongzhi:problem:b.not_found","title":"b.not_fou']],
  };
  const street = {
    operations: [],
    people: [],
    twin: { ids: new Set<string>(), tables: 3, rows: 10 },
    neighbours: {
      rows: 4,
      columns: new Set<string>(),
      refused: new Set<string>(),
      residents: new Set<string>(),
    },
  };
  const text = fuzzReport(report, {
    command: 'npm run fuzz -- --requests 4',
    startedAt: new Date('2026-11-23T08:00:00Z'),
    commit: 'abc',
    machine: 'two cores',
    load: 1,
    street,
    dead: [],
  });
  expect(rowOf(text, 'desk')).toEqual(['1', ...Array<string>(10).fill('0'), '1']);
  expect(rowOf(text, '**all**')[2]).toBe('2');
  expect(text).toContain('- 1 × GET /a: a fault: 503 (as desk; first is number 3)');
  expect(text).toContain('| `GET /b` | b.not_found |');
});
