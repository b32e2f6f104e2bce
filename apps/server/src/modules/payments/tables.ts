import type { Channel } from '../../platform/pay/provider.ts';
import type {
  PaymentState,
  RefundPart,
  RefundReason,
  RefundState,
  TargetKind,
  Way,
  StepSource,
} from './domain.ts';

export type { StepSource } from './domain.ts';

/** The wall a payment was written with: its money goes into that company's book. */
export interface PaymentWall {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

export interface PaymentRow extends PaymentWall {
  readonly id: string;
  /** Whose money it is: a household's, or an organisation's that pays a share of bills. */
  readonly householdId: string | null;
  readonly partyId: string | null;
  /** What the home is called, or the organisation. */
  readonly householdLabel: string;
  readonly accountId: string | null;
  readonly accountName: string;
  readonly way: Way;
  readonly channel: Channel | null;
  readonly merchantId: string | null;
  readonly amountFen: number;
  readonly description: string;
  readonly state: PaymentState;
  readonly transactionId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly paidAt: Date | null;
  readonly bookedOn: string | null;
  readonly nextQueryAt: Date | null;
  readonly queries: number;
  readonly toldFen: number | null;
  readonly toldCurrency: string | null;
  readonly refundedFen: number;
  readonly tillSessionId: string | null;
  /** The account at the bank that a transfer came on. */
  readonly bankAccount: string | null;
  readonly version: number;
}

export interface TargetRow {
  readonly paymentId: string;
  readonly position: number;
  readonly kind: TargetKind;
  readonly targetId: string | null;
  readonly label: string;
  readonly amountFen: number;
  readonly settledFen: number;
  readonly balanceFen: number;
  readonly refundedFen: number;
}

export interface StepRow {
  readonly state: string;
  readonly source: StepSource;
  readonly refundId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly byName: string | null;
  readonly at: Date;
}

export interface RefundRow extends PaymentWall {
  readonly id: string;
  readonly householdId: string | null;
  readonly partyId: string | null;
  readonly householdLabel: string;
  readonly paymentId: string;
  readonly way: Way;
  readonly amountFen: number;
  readonly parts: readonly RefundPart[];
  readonly reason: RefundReason;
  readonly noteCipher: Buffer | null;
  readonly state: RefundState;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly nextTryAt: Date | null;
  readonly tries: number;
  readonly doneAt: Date | null;
  readonly fault: string | null;
  readonly version: number;
}
