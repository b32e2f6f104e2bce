import type { CheckState, LoweringEnd, LoweringState, RoundState, TimetableVersion } from './domain.ts';

/** Rows of schema patrol. */
export interface Walled {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

export interface RouteRow extends Walled {
  readonly id: string;
  readonly label: string;
  readonly version: number;
  readonly nextAt: Date | null;
  readonly retiredAt: Date | null;
}

export interface TimetableRow extends TimetableVersion {
  readonly routeId: string;
  readonly reason: string;
  readonly changedByName: string;
}

export interface CheckpointRow extends Walled {
  readonly id: string;
  readonly routeId: string;
  readonly position: number;
  readonly label: string;
  readonly buildingId: string | null;
  readonly facilityId: string | null;
  readonly spot: string;
  readonly categoryCode: string;
  readonly minutes: number;
  readonly deviceId: string | null;
  readonly everyRounds: number;
  readonly sinceLast: number | null;
  readonly version: number;
  readonly retiredAt: Date | null;
}

export interface LoweringRow extends Walled {
  readonly id: string;
  readonly checkpointId: string;
  readonly deviceId: string;
  readonly everyRounds: number;
  readonly untilOn: string;
  readonly untilAt: Date;
  readonly reason: string;
  readonly state: LoweringState;
  readonly ended: LoweringEnd | null;
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly proposedAt: Date;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly decidedWords: string | null;
  readonly endedAt: Date | null;
  readonly version: number;
}

export interface RoundRow extends Walled {
  readonly id: string;
  readonly routeId: string;
  readonly opensAt: Date;
  readonly dueAt: Date;
  readonly closesAt: Date;
  readonly state: RoundState;
  readonly doneAt: Date | null;
}

export interface CheckRow {
  readonly scopeId: string;
  readonly roundId: string;
  readonly checkpointId: string;
  readonly position: number;
  readonly state: CheckState;
  readonly minutes: number;
  readonly how: 'scanned' | 'ticked' | null;
  readonly result: 'well' | 'finding' | null;
  readonly note: string | null;
  readonly doneBy: string | null;
  readonly doneByName: string | null;
  readonly doneAt: Date | null;
}

/** Why a checkpoint is looked at as often as it is. */
export interface FrequencyCause {
  readonly cause:
    | 'begun'
    | 'approved'
    | 'silent'
    | 'heard'
    | 'expired'
    | 'retired'
    | 'unwatched'
    | 'withdrawn';
  readonly loweringId: string | null;
  readonly by: { readonly accountId: string; readonly name: string } | null;
}
