import type { Effect, Reason, State, SubjectKind } from './domain.ts';

/** Rows of schema prevention. */

export interface ProjectRow {
  readonly scopeId: string;
  readonly id: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
  readonly subjectKey: string;
  readonly subjectKind: SubjectKind;
  readonly facilityId: string | null;
  readonly buildingId: string | null;
  readonly categoryCode: string | null;
  readonly state: State;
  readonly reasons: readonly Reason[];
  readonly weeks: readonly number[];
  readonly orderCount: number;
  readonly strength: number;
  readonly firstAt: Date;
  readonly proposedAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
  readonly declineReason: string | null;
  readonly cause: string | null;
  readonly acceptedAt: Date | null;
  readonly doneAt: Date | null;
  readonly workDone: string | null;
  readonly watchUntil: Date | null;
  readonly closedAt: Date | null;
  readonly effect: Effect | null;
  readonly version: number;
}

/** With the names of what it is about. */
export interface NamedProject extends ProjectRow {
  readonly scopeName: string;
  readonly facilityLabel: string | null;
  readonly buildingName: string | null;
  readonly categoryNameZh: string | null;
  readonly categoryNameEn: string | null;
  readonly openSteps: number;
  readonly doneSteps: number;
  /** Of the open ones the nearest. */
  readonly nextDueOn: string | null;
}

export interface StepRow {
  readonly no: number;
  readonly what: string;
  readonly ownerAccountId: string;
  readonly ownerName: string;
  readonly dueOn: string;
  readonly state: 'open' | 'done' | 'dropped';
  readonly note: string | null;
  readonly endedAt: Date | null;
}

export interface EntryRow {
  readonly id: string;
  readonly kind: string;
  readonly actorName: string | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly at: Date;
}
