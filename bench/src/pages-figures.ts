import type { Measured } from './measured.ts';

export interface PageRow {
  readonly what: string;
  readonly role: string;
  readonly measured: Measured;
  /** A list with nothing in it says little of what it takes. */
  readonly isEmpty: boolean;
}
export interface PagesFigures {
  readonly compounds: number;
  readonly orders: number;
  readonly rows: readonly PageRow[];
  /** Refused, or of nothing that is there: how each answered. */
  readonly left: readonly string[];
}

/** What is kept of a run: a line for each request, which reads well in a comparison of two versions. */
export interface CompactPages {
  readonly compounds: number;
  readonly orders: number;
  /** Role, request, median and p95 in milliseconds, separated by tabs. */
  readonly rows: readonly string[];
}

export const compactPages = ({ compounds, orders, rows }: PagesFigures): CompactPages => ({
  compounds,
  orders,
  rows: rows
    .map(({ role, what, measured }) => [role, what, measured.p50_ms, measured.p95_ms].join('\t'))
    .toSorted(),
});

interface Asked {
  readonly role: string;
  readonly what: string;
  readonly p50: number;
  readonly p95: number;
}

const asked = ({ rows }: CompactPages): Asked[] =>
  rows.map((row) => {
    const [role = '', what = '', p50, p95] = row.split('\t');
    return { role, what, p50: Number(p50), p95: Number(p95) };
  });

const LIMIT_MS = 100;
/** How much slower a page may be with ten times the orders. */
const SLOWER = 1.3;
/** Below this the clock and the collector decide. */
const NOTICED_MS = 10;

const count = (value: number): string => value.toLocaleString('en');

/** By role: how many requests, how many over the limit, the slowest; beside the same of the busier city. */
export function pagesSection(city: CompactPages, busy: CompactPages | null): string {
  const rows = asked(city);
  const others = busy === null ? [] : asked(busy);
  const roles = [...new Set(rows.map(({ role }) => role))];
  const of = (role: string, all: readonly Asked[]) => {
    const own = all.filter((row) => row.role === role).toSorted((a, b) => b.p95 - a.p95);
    const over = own.filter(({ p95 }) => p95 > LIMIT_MS).length;
    return [own.length, over, own[0] === undefined ? '' : `${own[0].p95} (${own[0].what})`];
  };
  const other = new Map(others.map((row) => [`${row.role} ${row.what}`, row]));
  const both = rows.flatMap((row) => {
    const busier = other.get(`${row.role} ${row.what}`);
    return busier === undefined ? [] : [{ ...row, busier, ratio: busier.p50 / Math.max(row.p50, 0.1) }];
  });
  const slower = both
    .filter(({ busier, ratio }) => ratio > SLOWER && busier.p50 > NOTICED_MS)
    .toSorted((a, b) => b.busier.p50 - a.busier.p50);
  const over = rows
    .filter(({ role, what, p95 }) => p95 > LIMIT_MS || (other.get(`${role} ${what}`)?.p95 ?? 0) > LIMIT_MS)
    .toSorted((a, b) => b.p95 - a.p95);
  const head = (name: string) => [`${name}: requests`, `p95 over ${LIMIT_MS} ms`, 'slowest, p95 ms'];
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const titles = [
    'role',
    ...head(`${count(city.orders)} orders`),
    ...(busy === null ? [] : head(`${count(busy.orders)} orders`)),
  ];
  const middle = both.map(({ ratio }) => ratio).toSorted((a, b) => a - b)[Math.floor(both.length / 2)];
  return [
    line(titles),
    line(titles.map((_, i) => (i % 3 === 0 ? '---' : '---:'))),
    ...roles.map((role) => line([role, ...of(role, rows), ...(busy === null ? [] : of(role, others))])),
    ...(over.length === 0
      ? []
      : [
          '',
          `Over ${LIMIT_MS} ms:`,
          '',
          '| p95 ms | median ms | with the busier city, p95 | median | role | request |',
          '|---:|---:|---:|---:|---|---|',
          ...over.map(({ role, what, p50, p95 }) => {
            const busier = other.get(`${role} ${what}`);
            return line([p95, p50, busier?.p95 ?? '', busier?.p50 ?? '', role, what]);
          }),
        ]),
    ...(busy === null
      ? []
      : [
          '',
          `Of ${both.length} requests that both were asked, the middle one's median is ${(middle ?? 1).toFixed(2)} × with ${count(busy.orders)} orders; ${slower.length} are more than ${SLOWER} × as slow and take more than ${NOTICED_MS} ms:`,
          '',
          '| × | median ms | from | role | request |',
          '|---:|---:|---:|---|---|',
          ...slower.map(({ ratio, busier, p50, role, what }) =>
            line([ratio.toFixed(2), busier.p50, p50, role, what]),
          ),
        ]),
  ].join('\n');
}

export function pagesTable({ compounds, orders, rows, left }: PagesFigures): string {
  const slow = rows.filter(({ measured }) => measured.p95_ms > 100);
  const number = (value: number) => value.toFixed(1).padStart(8);
  const lines = rows.map(
    ({ what, role, measured, isEmpty }) =>
      `${number(measured.p95_ms)} ${number(measured.p50_ms)}  ${role.padEnd(8)} ${what}${isEmpty ? ' (nothing there)' : ''}${measured.errors > 0 ? `  ${measured.errors} ERRORS` : ''}`,
  );
  return [
    `${compounds} compounds, ${orders} orders; ${rows.length} requests by ${new Set(rows.map(({ role }) => role)).size} roles, ${slow.length} with p95 over 100 ms`,
    '  p95 ms   p50 ms  role     request',
    ...lines,
    '',
    'not measured (how it answered):',
    ...left.map((line) => `  ${line}`),
  ].join('\n');
}
