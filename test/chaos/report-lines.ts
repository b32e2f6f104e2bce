import type { CrewRound, PlayedCrewRound } from './crew-rounds.ts';
import type { Fault } from './faults.ts';
import type { Area, Finding } from './findings.ts';
import type { Round } from './run.ts';

/** Where and by what it was played; every start of the tool is one. */
export interface Sitting {
  readonly startedAt: string;
  readonly seed: number;
  readonly commit: string;
  readonly machine: string;
  readonly load: number;
  readonly hasDisk: boolean;
}

/** A round that came to no end. */
export interface BrokenOff {
  readonly number: number;
  readonly fault: Fault;
  readonly milliseconds: number;
  readonly error: string;
}

/** As they were played, in their order; a line of `rounds.jsonl` each. */
export type Line =
  | { readonly sitting: Sitting }
  | { readonly round: Round }
  | { readonly brokenOff: BrokenOff };
export type CrewLine =
  | { readonly sitting: Sitting }
  | { readonly round: PlayedCrewRound & CrewRound & { readonly number: number } };

export const writes = ['orders', 'passages', 'postings', 'payments', 'readings'] as const;
export const sumOf = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((sum, one) => sum + of(one), 0);

export function countOf(all: readonly { readonly found: readonly Finding[] }[], area: Area): number {
  const those = all.flatMap(({ found }) => found.filter((finding) => finding.area === area));
  return sumOf(those, ({ count }) => count);
}

/** Of sorted or unsorted figures; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export const grouped = (count: number): string => count.toLocaleString('en');

export function sittingsOf(sittings: readonly Sitting[]): string {
  return sittings
    .map(
      ({ startedAt, seed, commit, machine, load, hasDisk }) =>
        `- ${startedAt.slice(0, 16)}Z, seed ${seed}, commit ${commit}, ${machine}, load before ${load.toFixed(2)}${hasDisk ? '' : '; no small disk could be mounted: without the round in which it is full'}`,
    )
    .join('\n');
}
