import type { LocalDate } from '@gongzhi/kernel';
import type { Basis, Payer, RunState } from './domain.ts';

/** The wall a line was written with: what is booked for it goes into that company's book. */
export interface LineWall {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

export interface LineRow extends LineWall {
  readonly lineId: string;
  readonly billId: string;
  readonly householdId: string;
  readonly period: LocalDate;
  readonly payer: Payer;
  readonly partyId: string | null;
  readonly item: string;
  readonly name: string;
  readonly tariffId: string | null;
  readonly amountFen: number;
  readonly discountFen: number;
  readonly quantityMilli: number | null;
  readonly basis: Basis;
  readonly serviceFrom: LocalDate;
  readonly serviceTo: LocalDate;
  readonly issuedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly earlyUntil: LocalDate | null;
  readonly earlyFen: number;
  readonly sourceKind: string | null;
  readonly sourceId: string | null;
  readonly corrects: string | null;
  readonly settledFen: number;
  readonly voidedAt: Date | null;
  readonly voidedByName: string | null;
  readonly voidReason: string | null;
}

export interface RunRow extends LineWall {
  readonly id: string;
  readonly period: LocalDate;
  readonly issueOn: LocalDate;
  readonly state: RunState;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedAt: Date;
  readonly calculatedAt: Date | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly households: number;
  readonly lines: number;
  readonly totalFen: number;
  readonly lastTotalFen: number;
  readonly exceptions: number;
  /** The day of the first piece: of all its bills, whenever the last is posted. */
  readonly issuedOn: LocalDate | null;
  readonly postedUpTo: string | null;
  readonly postedLines: number;
  readonly postedFen: number;
  readonly postedAt: Date | null;
  readonly version: number;
}

/** What of a line decides on which bill it stands and how it is booked. */
export interface LineToPost {
  readonly lineId: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly payer: Payer;
  readonly partyId: string | null;
  readonly partyName: string | null;
  readonly item: string;
  /** Of its basis. */
  readonly kind: Basis['kind'];
  readonly amountFen: number;
  readonly discountFen: number;
  readonly dueOn: LocalDate;
}

/** What a run would bill, and then does. */
export interface RunLineRow extends Omit<LineToPost, 'kind'> {
  readonly name: string;
  readonly tariffId: string | null;
  readonly quantityMilli: number | null;
  readonly basis: Basis;
  readonly serviceFrom: LocalDate;
  readonly serviceTo: LocalDate;
  readonly earlyUntil: LocalDate | null;
  readonly earlyFen: number;
  readonly sourceKind: string | null;
  readonly sourceId: string | null;
}
