import type {
  GateDeviceKind,
  GateDirection,
  GateKind,
  Hours,
  OnNoAnswer,
  PassKind,
  PassStatus,
  PolicyChecks,
} from '@gongzhi/gate';
import type { Stay } from './domain/stays.ts';

/** Rows of schema access. */

export interface WallIds {
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

export interface GateRow extends WallIds {
  readonly scopeId: string;
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: GateKind;
  readonly direction: GateDirection;
  readonly buildingId: string | null;
  readonly hours: readonly Hours[];
  readonly version: number;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

/** A gate whose chain this transaction holds; of the gate what a batch wants to know, for it is read at every check. */
export interface HeldGate extends Omit<GateRow, 'code' | 'name' | 'version' | 'createdAt'> {
  readonly seq: number;
  readonly digest: Buffer;
  /** Local date of the counts. */
  readonly day: string | null;
  readonly entries: number;
  readonly exits: number;
}

export interface GateDeviceRow extends WallIds {
  readonly scopeId: string;
  readonly id: string;
  readonly gateId: string;
  /** Where it stood before, the earliest first. */
  readonly formerGates: readonly Stay[];
  readonly kind: GateDeviceKind;
  readonly label: string;
  /** The barrier of its lane: what passes here opens it. */
  readonly opensDeviceId: string | null;
  readonly hasSecret: boolean;
  readonly credentialVersion: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly clockSkewMs: number | null;
  readonly clockOffAt: Date | null;
  readonly revokedAt: Date | null;
}

/** What else a measure may allow; without it nobody is followed up and nothing is traced. */
export interface Allowed {
  /** Contact tracing on a health authority's written request. */
  readonly tracing: boolean;
  /** Looking after who came home from a risk area, and who went out and did not come back; null: nobody's business. */
  readonly followUp: { readonly days: number; readonly awayHours: number } | null;
}
export const nothingAllowed: Allowed = { tracing: false, followUp: null };

export const REACHES = ['compound', 'community', 'street'] as const;
/** How far a measure holds: one compound or its building, or every compound of a community or a street. */
export type Reach = (typeof REACHES)[number];

export interface PolicyContent {
  readonly checks: PolicyChecks;
  /** Missing in versions from before there was such a thing. */
  readonly allows?: Allowed;
  readonly onNoAnswer: OnNoAnswer;
  readonly answerWithinMilliseconds: number;
  readonly answerHoldsMinutes: number;
  readonly authority: string;
  readonly documentNo: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface PolicyRow extends WallIds {
  readonly scopeId: string;
  readonly id: string;
  readonly buildingId: string | null;
  readonly reach: Reach;
  readonly name: string;
  readonly authority: string;
  readonly documentNo: string;
  readonly version: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly retentionDays: number;
  readonly endedByName: string | null;
  readonly endReason: string | null;
  readonly destroyedAt: Date | null;
  readonly createdAt: Date;
}

/** What a check needs of a pass. */
export interface CheckedPass {
  readonly scopeId: string;
  readonly id: string;
  readonly ref: string;
  readonly kind: PassKind;
  readonly status: PassStatus;
  readonly householdId: string | null;
  readonly homeBuildingId: string | null;
  readonly gateIds: string[] | null;
  readonly buildingIds: string[] | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly hours: readonly Hours[];
  readonly entriesAllowed: number | null;
  readonly entriesUsed: number;
  readonly updatedAt: Date;
  /** A vehicle with a space of its own. */
  readonly holdsSpace: boolean;
  /** Of who is let in on shift only; null: whenever the pass holds. */
  readonly shifts: readonly (readonly [from: number, to: number])[] | null;
  readonly secret: Buffer | null;
  readonly cardIndex: Buffer | null;
  readonly plateIndex: Buffer | null;
  readonly digitsIndex: Buffer | null;
  /** `kind id` of entries of lists in force. */
  readonly lists: readonly string[] | null;
  readonly health: Buffer | null;
  readonly healthAsOf: Date | null;
}

/** What the secrets of a pass, and of a passage, are sealed under; bound to the pass's or the passage's id. */
export const sealedFields = {
  name: 'access.pass.name',
  phone: 'access.pass.phone',
  plate: 'access.pass.plate',
  secret: 'access.pass.secret',
  health: 'access.health_fact',
  why: 'access.passage.why',
} as const;
