import type { Instant, LocalDate } from '@gongzhi/kernel';
import type { Policy } from './policy.ts';
import type { GateFacts, HealthKnown, InsideCount, Listed, PassFacts } from './types.ts';

/** What changes by the minute: sent whole with every word, so that it is no part of a version. */
export interface Latest {
  readonly at: Instant;
  /** Null: no measure asks how many are inside. */
  readonly counts: { readonly inside: readonly InsideCount[]; readonly freeSpaces: number | null } | null;
  /** Entries of lists on plates, by the plate's mark: most of them are on plates that no pass bears. */
  readonly plates: readonly (readonly [mark: string, ...Listed[]])[];
  /** Who is at work in the bundle's days, grace included, by reference. */
  readonly shifts: readonly (readonly [ref: string, from: Instant, to: Instant])[];
}

/**
 * What one gate carries to decide without a network: who may pass there, under which policies. No names, no phones: a
 * pass is its reference. A bundle ends by itself, and a change is sent as a difference from a version.
 */
export interface Bundle {
  readonly scopeId: string;
  readonly gate: GateFacts;
  readonly timeZone: string;
  readonly version: string;
  readonly issuedAt: Instant;
  /** Exclusive: then nothing is decided from it any more. */
  readonly expiresAt: Instant;
  readonly policies: readonly Policy[];
  readonly passes: readonly BundledPass[];
  /** The scope's visitor keys by day, base64. */
  readonly visitorKeys: Readonly<Record<LocalDate, string>>;
}

export interface BundledPass {
  readonly pass: PassFacts;
  /** Day keys of its phone code by date, base64; empty without a phone. */
  readonly keys: Readonly<Record<LocalDate, string>>;
  /** Of what a card, a plate, six digits say, keyed (here.ts): compared, never read. */
  readonly marks: readonly string[];
  readonly lists: readonly Listed[];
  readonly health: HealthKnown | null;
}

export interface BundleDifference {
  readonly from: string;
  readonly to: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly policies: readonly Policy[];
  readonly visitorKeys: Readonly<Record<LocalDate, string>>;
  readonly changed: readonly BundledPass[];
  /** References. */
  readonly gone: readonly string[];
}
