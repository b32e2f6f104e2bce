import type { Measured } from './measured.ts';
import { type Cost, costsTable } from './profile.ts';

export interface Row {
  readonly name: string;
  readonly ours: Measured;
  readonly raw: Measured;
  readonly echo: Measured;
}

export interface Report {
  readonly bench: string;
  readonly rows: readonly Row[];
  /** By name of the row; empty when nobody asked. */
  readonly costs: ReadonlyMap<string, readonly Cost[]>;
  readonly server: {
    readonly rss_idle_mb: number | null;
    readonly rss_load_mb: number | null;
    readonly warm_start_s: number | null;
    /** Finding all orders' words, before anything was measured. */
    readonly indexed_s: number;
  };
}

const ratio = (a: Measured, b: Measured) => Math.round((a.rate / b.rate) * 100) / 100;

/** The one form of every benchmark's JSON. */
export function asJson(report: Report): string {
  return JSON.stringify({
    bench: report.bench,
    results: report.rows.map(({ name, ours, raw, echo }) => ({
      name,
      ...ours,
      ratio_raw: ratio(ours, raw),
      ratio_echo: ratio(ours, echo),
      ...(report.costs.has(name) ? { costs: report.costs.get(name) } : {}),
    })),
    server: report.server,
  });
}

export function asTable(report: Report): string {
  const lines = [['', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'errors', 'of raw', 'of echo']];
  for (const { name, ours, raw, echo } of report.rows) {
    const cells = (m: Measured) => [
      String(m.rate),
      m.p50_ms.toFixed(1),
      m.p95_ms.toFixed(1),
      m.p99_ms.toFixed(1),
      String(m.errors),
    ];
    lines.push([name, ...cells(ours), ratio(ours, raw).toFixed(2), ratio(ours, echo).toFixed(2)]);
    lines.push([`  raw PostgreSQL`, ...cells(raw), '', ''], [`  HTTP echo`, ...cells(echo), '', '']);
  }
  const widths = (lines[0] as string[]).map((_, i) =>
    Math.max(...lines.map((line) => (line[i] ?? '').length)),
  );
  const table = lines.map((line) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
  const { rss_idle_mb: idle, rss_load_mb: load, warm_start_s: warm, indexed_s: indexed } = report.server;
  return [
    ...table,
    '',
    `server memory ${idle ?? '?'} MB after start, ${load ?? '?'} MB at most under load${warm === null ? '' : `; warm start ${warm} s`}; words indexed in ${indexed.toFixed(0)} s`,
    ...[...report.costs].map(([name, costs]) => `\n${costsTable(name, costs)}`),
  ].join('\n');
}
