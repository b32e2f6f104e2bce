import type { Instant, LocalDate } from '@gongzhi/kernel';

/** Words of the gate, as the server stores them, the bundle carries them and the pages label them. */

export const GATE_KINDS = ['pedestrian', 'vehicle', 'both'] as const;
export type GateKind = (typeof GATE_KINDS)[number];

/** Which way a gate leads, and which way somebody goes. */
export const GATE_DIRECTIONS = ['in', 'out', 'both'] as const;
export type GateDirection = (typeof GATE_DIRECTIONS)[number];
export const DIRECTIONS = ['in', 'out'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const DEVICE_KINDS = ['barrier', 'reader', 'guard_phone'] as const;
export type GateDeviceKind = (typeof DEVICE_KINDS)[number];

export const PASS_KINDS = [
  'resident',
  'family',
  'tenant',
  'staff',
  'helper',
  'visitor',
  'courier',
  'delivery',
  'contractor',
  'vehicle',
  'minor',
  'card',
] as const;
export type PassKind = (typeof PASS_KINDS)[number];

export const PASS_STATUSES = ['active', 'suspended', 'revoked'] as const;
export type PassStatus = (typeof PASS_STATUSES)[number];

/** Hours of the place's week: `days` are ISO weekdays, minutes of the local day, `toMinute` exclusive, 1440 midnight. */
export interface Hours {
  readonly days: readonly number[];
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface GateFacts {
  readonly id: string;
  readonly kind: GateKind;
  readonly direction: GateDirection;
  /** A door of one building; null: of the whole compound. */
  readonly buildingId: string | null;
  /** Empty: always. */
  readonly hours: readonly Hours[];
}

export interface PassFacts {
  /** Sixteen hexadecimal digits: what stands in the code. */
  readonly ref: string;
  readonly kind: PassKind;
  readonly status: PassStatus;
  readonly validFrom: Instant;
  /** Exclusive; null: until it is ended. */
  readonly validTo: Instant | null;
  /** Null: at every gate. */
  readonly gateIds: readonly string[] | null;
  /** Null: to every building. Only doors of a building ask for it. */
  readonly buildingIds: readonly string[] | null;
  /** Where its holder lives: a policy for that building counts for them at every gate. */
  readonly homeBuildingId: string | null;
  /** Empty: at any hour. */
  readonly hours: readonly Hours[];
  /** Null: as often as one likes. Only entries count. */
  readonly entriesAllowed: number | null;
  readonly entriesUsed: number;
  /** Of who comes to work: when they are, grace included, in the days that matter. Null: not bound to a roster. */
  readonly shifts: readonly Shift[] | null;
  /** A vehicle that holds a space of its own. */
  readonly holdsSpace: boolean;
}

/** `to` exclusive. */
export interface Shift {
  readonly from: Instant;
  readonly to: Instant;
}

/** How many are inside; `buildingId` null: of the whole compound. */
export interface InsideCount {
  readonly buildingId: string | null;
  readonly count: number;
}

/** How somebody made themselves known. Nobody needs a phone, and nobody a face. */
export const WAYS = ['code', 'visitor_code', 'six_digits', 'card', 'plate', 'spoken', 'none'] as const;
export type Way = (typeof WAYS)[number];

export const CREDENTIAL_FAULTS = [
  'malformed',
  'forged',
  'expired',
  'not_yet',
  'replayed',
  'unknown',
  'foreign',
] as const;
export type CredentialFault = (typeof CREDENTIAL_FAULTS)[number];

export type Credential =
  | { readonly way: Way; readonly pass: PassFacts; readonly fault: null }
  | { readonly way: Way; readonly pass: null; readonly fault: CredentialFault };

/** Trips that nothing stops: they pass at once and are recorded afterwards. */
export const URGENT_TRIPS = ['birth', 'dialysis', 'oxygen', 'ambulance', 'fire', 'rescue'] as const;
export type UrgentTrip = (typeof URGENT_TRIPS)[number];

export const LIST_KINDS = ['deny', 'watch', 'isolation'] as const;
export type ListKind = (typeof LIST_KINDS)[number];
/** An entry of a list that is about whoever stands there, in force now. */
export interface Listed {
  readonly id: string;
  readonly kind: ListKind;
}

export const CODE_COLOURS = ['green', 'yellow', 'red', 'expired', 'none'] as const;
export type CodeColour = (typeof CODE_COLOURS)[number];

export interface HealthFacts {
  readonly code: {
    readonly colour: CodeColour;
    /** When the service said so; a code ends at 24:00 of that day. */
    readonly asOf: Instant;
  } | null;
  readonly test: {
    readonly result: 'negative' | 'positive' | 'pending';
    readonly sampledAt: Instant;
    readonly resultAt: Instant | null;
  } | null;
  readonly vaccination: { readonly doses: number; readonly lastOn: LocalDate | null } | null;
  readonly travel: {
    /** Stays in places of a risk level, and when they were left. */
    readonly stays: readonly { readonly level: RiskLevel; readonly leftOn: LocalDate }[];
    readonly enteredCountryOn: LocalDate | null;
    readonly hasTimeSpaceLink: boolean;
    readonly isFromBorderCounty: boolean;
  } | null;
}
export const RISK_LEVELS = ['high', 'medium', 'low'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** What is known of somebody's health, and how: nothing is made up where the service did not answer. */
export interface HealthKnown {
  readonly facts: HealthFacts;
  /** When it was asked for. */
  readonly asOf: Instant;
  /** 'answered': the service answered to this very question; 'kept': what it said before. */
  readonly source: 'answered' | 'kept';
}

/** What was seen at the gate: everything a decision rests on. */
export interface Seen {
  readonly at: Instant;
  readonly timeZone: string;
  readonly direction: Direction;
  readonly gate: GateFacts;
  readonly credential: Credential;
  readonly urgent: UrgentTrip | null;
  readonly lists: readonly Listed[];
  /** Tenths of a degree Celsius; null: not measured. */
  readonly temperatureTenths: number | null;
  readonly health: HealthKnown | null;
  /** Of a health code that was shown and helps nobody: another person's, or none the service knows. */
  readonly shownHealth?: 'foreign' | 'unreadable' | null;
  readonly wearsMask: boolean | null;
  /** Of the places that are counted, and of those only that were counted lately. */
  readonly inside: readonly InsideCount[];
  /** Free spaces for vehicles; null: not counted, or not lately. */
  readonly freeSpaces: number | null;
}

export const CHECK_NAMES = [
  'identity',
  'authorisation',
  'temperature',
  'health_code',
  'test',
  'vaccination',
  'travel',
  'list',
] as const;
/** Which of them rest on what is known of somebody's health. */
export const HEALTH_CHECKS = ['health_code', 'test', 'vaccination', 'travel'] as const;
/** Beyond the eight of the articles: a policy may plug them in. */
export const PLUGGED_CHECKS = ['mask', 'capacity', 'vehicle'] as const;
export type CheckName = (typeof CHECK_NAMES)[number] | (typeof PLUGGED_CHECKS)[number];

/** From the mildest to the hardest; the worst of all checks counts. */
export const OUTCOMES = ['pass', 'pass_report', 'refer', 'refuse'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Who can override what a check says, with a reason. */
export const OVERRIDERS = ['guard', 'desk', 'manager', 'committee', 'street'] as const;
export type Overrider = (typeof OVERRIDERS)[number];

export interface Finding {
  readonly check: CheckName;
  readonly state: 'ok' | 'fail' | 'unknown';
  readonly outcome: Outcome;
  /** Why, as a word of the check's own: `temperature_high`. Null when nothing is wrong. */
  readonly code: FindingCode | null;
  readonly params: Readonly<Record<string, string | number>>;
  /** Of the policy that asked for it; null: asked for without one. */
  readonly policyId: string | null;
  readonly overriders: readonly Overrider[];
}

export const FINDING_CODES = [
  'code_malformed',
  'code_forged',
  'code_expired',
  'code_not_yet',
  'code_replayed',
  'code_foreign',
  'pass_unknown',
  'no_pass',
  'pass_suspended',
  'pass_revoked',
  'pass_not_yet',
  'pass_over',
  'pass_used_up',
  'wrong_gate',
  'wrong_building',
  'wrong_hour',
  'off_shift',
  'gate_closed',
  'wrong_way',
  'vehicle_gate_only',
  'temperature_high',
  'temperature_missing',
  'temperature_implausible',
  'health_red',
  'health_yellow',
  'health_popup',
  'health_expired',
  'health_none',
  'health_foreign',
  'health_unreadable',
  'health_unanswered',
  'health_kept_too_old',
  'test_missing',
  'test_overdue',
  'test_pending',
  'test_positive',
  'vaccination_missing',
  'travel_high_risk',
  'travel_abroad',
  'travel_unknown',
  'denied',
  'watched',
  'isolated',
  'mask_missing',
  'mask_unknown',
  'inside_full',
  'inside_unknown',
  'spaces_full',
  'spaces_unknown',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export interface Verdict {
  readonly outcome: Outcome;
  /** Every check that was made, in their order. */
  readonly findings: readonly Finding[];
  /** What to say: the reason of the worst finding, or that one may go in or out. */
  readonly say: SayCode;
  readonly params: Readonly<Record<string, string | number>>;
  /** The policies that were applied, as `id version`. */
  readonly policies: readonly { readonly id: string; readonly version: number }[];
  /** Who can override it; empty where nobody needs to, or nobody can. */
  readonly overriders: readonly Overrider[];
  readonly urgent: UrgentTrip | null;
}
/** 'no_list': a gate without a network and without a list, where a person looks. */
export type SayCode = FindingCode | 'welcome' | 'goodbye' | 'urgent' | 'no_list';
