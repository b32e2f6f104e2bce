import { DAY, HOUR, type Instant } from '@gongzhi/kernel';
import type { Direction, RiskLevel } from './types.ts';

/**
 * A policy: which checks a place makes, on whose authority, from when until when. A measure without an authority, a
 * document and an end is none.
 */
export interface Policy {
  readonly id: string;
  readonly version: number;
  /** One building; null: the whole compound. */
  readonly buildingId: string | null;
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
  readonly checks: PolicyChecks;
  readonly onNoAnswer: OnNoAnswer;
  /** How long the health code service may take before it counts as not answering. */
  readonly answerWithinMilliseconds: number;
  /** An answer younger than this is not asked for again. */
  readonly answerHoldsMinutes: number;
}

/** When the service of health codes does not answer. */
export type OnNoAnswer =
  | { readonly kind: 'last_known'; readonly maxAgeMinutes: number }
  | { readonly kind: 'refer' }
  | { readonly kind: 'pass' };

/** How hard a check that fails is. */
export type Hard = 'pass_report' | 'refer' | 'refuse';
/** Which ways it is asked for. */
export type When = Direction | 'both';

export interface PolicyChecks {
  readonly temperature?: {
    readonly limitTenths: number;
    /** Jilin: 37.3 and more is flagged; Hubei: more than 37.3. */
    readonly counts: 'at_limit' | 'above_limit';
    readonly otherwise: Hard;
    readonly when: When;
  };
  readonly health_code?: {
    readonly yellow: Hard;
    readonly red: Hard;
    readonly popup: Hard;
    /** Entry into the country fewer full days ago than this brings a popup. */
    readonly entryDays: number;
    readonly when: When;
  };
  readonly test?: {
    readonly withinHours: number;
    /** From when it counts: from sampling or from the result (unsettled in the sources: the policy says). */
    readonly from: 'sampling' | 'result';
    readonly otherwise: Hard;
    readonly when: When;
  };
  readonly vaccination?: { readonly doses: number; readonly otherwise: Hard; readonly when: When };
  readonly travel?: {
    readonly levels: readonly RiskLevel[];
    readonly withinDays: number;
    readonly otherwise: Hard;
    readonly when: When;
  };
  /** Notices of isolation: going out. Who comes home is let in, and it is reported. */
  readonly list?: { readonly otherwise: Hard };
  readonly mask?: { readonly otherwise: Hard; readonly when: When };
  readonly capacity?: { readonly most: number; readonly otherwise: Hard };
  readonly vehicle?: { readonly otherwise: Hard };
}

export type PolicyFault =
  | 'authority_missing'
  | 'document_missing'
  | 'end_missing'
  | 'end_before_start'
  | 'too_long'
  | 'no_checks'
  | 'seals';

/** A measure is renewed on a new document, never forgotten in force. */
export const LONGEST_POLICY_DAYS = 366;

/** What nobody may order, whoever they are: words under which a measure would close a way out for good. */
export const SEALS = ['fire_exit', 'unit_door', 'gate'] as const;
export type Seal = (typeof SEALS)[number];

export interface PolicyDraft {
  readonly authority: string;
  readonly documentNo: string;
  readonly from: Instant;
  readonly to: Instant | null;
  readonly checks: PolicyChecks;
  /** What the measure would close. There is no such measure; it is asked for so that it can be refused aloud. */
  readonly seals: readonly Seal[];
}

/** Null: it may be made. */
export function faultOfPolicy(draft: PolicyDraft): PolicyFault | null {
  if (draft.seals.length > 0) return 'seals';
  if (draft.authority.trim() === '') return 'authority_missing';
  if (draft.documentNo.trim() === '') return 'document_missing';
  if (draft.to === null) return 'end_missing';
  if (draft.to <= draft.from) return 'end_before_start';
  if (draft.to - draft.from > LONGEST_POLICY_DAYS * DAY) return 'too_long';
  return Object.values(draft.checks).some((check) => check !== undefined) ? null : 'no_checks';
}

/** In force at that moment, for this gate or for whoever lives in the building it is about. */
export function applies(
  policy: Pick<Policy, 'buildingId' | 'from' | 'to'>,
  at: Instant,
  gateBuildingId: string | null,
  homeBuildingId: string | null,
): boolean {
  if (at < policy.from || at >= policy.to) return false;
  return (
    policy.buildingId === null || policy.buildingId === gateBuildingId || policy.buildingId === homeBuildingId
  );
}

/** What a test is worth in a policy of so many hours: until exactly then, and no longer. */
export function testHoldsUntil(at: Instant, withinHours: number): Instant {
  return at + withinHours * HOUR;
}
