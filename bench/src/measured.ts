export interface Measured {
  readonly rate: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly p99_ms: number;
  readonly errors: number;
}

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

export function summary(times: number[], seconds: number, errors: number): Measured {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    rate: round(times.length / seconds, 0),
    p50_ms: round(at(0.5), 2),
    p95_ms: round(at(0.95), 2),
    p99_ms: round(at(0.99), 2),
    errors,
  };
}

/** The run with the median rate: one unlucky or lucky run decides nothing. */
export function medianOf(runs: readonly Measured[]): Measured {
  const sorted = [...runs].sort((a, b) => a.rate - b.rate);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return { ...middle, errors: runs.reduce((sum, run) => sum + run.errors, 0) };
}
