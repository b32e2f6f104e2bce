import { expect, test } from 'vitest';
import { compactPages, type PagesFigures } from './pages-figures.ts';
import { type KeptPart, page } from './table.ts';

const run = {
  command: 'npm run bench -- gate --profile',
  begun: '2026-11-20T08:15:30.000Z',
  load: 0.4,
  commit: 'abc',
  machine: 'two',
};
const times = { rate: 3540, p50_ms: 2, p95_ms: 8.1, p99_ms: 12, errors: 0 };
const gate: KeptPart = {
  ...run,
  lines: [
    {
      what: 'gate: check',
      rate: 3540,
      times,
      ofRaw: 0.36,
      ofEcho: 0.4,
      costs: [{ part: 'socket write', share: 0.31, functions: [] }],
    },
  ],
};
const pages = (orders: number, ...rows: [string, string, number, number][]) => ({
  ...run,
  ...compactPages({
    compounds: 4229,
    orders,
    left: [],
    rows: rows.map(([role, what, p50_ms, p95_ms]) => ({
      role,
      what,
      isEmpty: false,
      measured: { ...times, p50_ms, p95_ms },
    })),
  } satisfies PagesFigures),
});

test('a part is a row with its ratios, its costs, and how it came about', () => {
  const text = page(
    [gate],
    [{ what: 'mobile: before the first page', note: '90 KB in 4 files' }],
    null,
    null,
  );
  expect(text).toContain('| gate: check | 3540 | 2 | 8.1 | 12 | 0.36 | 0.4 |  |');
  expect(text).toContain('| gate: check | 31 % socket write |');
  expect(text).toContain('| mobile: before the first page |  |  |  |  |  |  | 90 KB in 4 files |');
  expect(text).toContain('| `npm run bench -- gate --profile` | 2026-11-20T08:15Z | 0.40 | abc | two |');
  expect(text).not.toContain('## Pages');
});

test('errors are said beside the figures they belong to', () => {
  const [line] = gate.lines;
  const text = page([{ ...gate, lines: [{ ...line!, times: { ...times, errors: 3 } }] }], [], null, null);
  expect(text).toContain('| 0.4 | 3 errors |');
});

test('pages: exactly a hundred milliseconds are not over; ten times the orders stand beside', () => {
  const city = pages(
    1_100_000,
    ['city', 'a week', 40, 100],
    ['city', 'compared', 90, 100.1],
    ['desk', 'list', 8, 9],
  );
  const busy = pages(
    11_000_000,
    ['city', 'a week', 52, 101],
    ['city', 'compared', 117.1, 130],
    ['desk', 'list', 10.5, 12],
  );
  expect(page([], [], city, null)).toContain(
    '| city | 2 | 1 | 100.1 (compared) |\n| desk | 1 | 0 | 9 (list) |',
  );
  const both = page([], [], city, busy);
  expect(both).toContain('| city | 2 | 1 | 100.1 (compared) | 2 | 2 | 130 (compared) |');
  // 52 of 40 is 1.3 and no more; 10.5 of 8 is more, 117.1 of 90 is just more.
  expect(both).toContain('2 are more than 1.3 × as slow');
  expect(both).toContain('| 1.30 | 117.1 | 90 | city | compared |');
  expect(both).toContain('| 1.31 | 10.5 | 8 | desk | list |');
  expect(both).not.toContain('| 1.30 | 52 |');
});
