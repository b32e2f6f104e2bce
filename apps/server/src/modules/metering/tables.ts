import type {
  Charged,
  CommandKind,
  CommandReason,
  Doubt,
  MeterKind,
  Phase,
  ReadingSource,
} from './domain.ts';

/** Rows of schema metering. Money is whole fen, quantities whole thousandths of the meter's unit. */

export interface MeterWall {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

export type LineState = 'none' | 'never' | 'ok' | 'silent' | 'error';

export interface MeterRow extends MeterWall {
  readonly id: string;
  readonly kind: MeterKind;
  readonly serial: string;
  readonly householdId: string | null;
  readonly householdLabel: string | null;
  readonly buildingId: string | null;
  readonly spot: string;
  readonly digits: number;
  readonly gatewayId: string | null;
  readonly address: string | null;
  readonly installedOn: string;
  readonly retiredOn: string | null;
  readonly replacesId: string | null;
  readonly version: number;
  readonly lastReadingId: string | null;
  readonly lastAt: Date | null;
  readonly lastMilli: number | null;
  readonly usualMilliDay: number | null;
  readonly nextReadAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly lineState: LineState;
  readonly lineFault: string | null;
  readonly lineFaultAt: Date | null;
  readonly isOpen: boolean | null;
}

export interface ReadingRow extends MeterWall {
  readonly id: string;
  readonly meterId: string;
  readonly householdId: string | null;
  readonly sourceKey: string;
  readonly source: ReadingSource;
  readonly takenAt: Date;
  readonly day: string;
  readonly milli: number;
  readonly state: 'counted' | 'held' | 'rejected';
  readonly doubts: readonly Doubt[];
  readonly answer: string | null;
  readonly note: string | null;
  readonly previousId: string | null;
  readonly usedMilli: number | null;
  readonly recordedAt: Date;
  readonly recordedBy: string | null;
  readonly recordedByName: string | null;
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
  readonly hasPhoto: boolean;
  readonly isCharged: boolean;
}

/** A reading as it is charged, with when the use begins that it ends. */
export interface ChargeRow extends Pick<ReadingRow, 'id' | 'state' | 'usedMilli' | 'takenAt'> {
  readonly previousAt: Date | null;
  readonly charged: readonly Charged[] | null;
}

export interface GatewayRow extends MeterWall {
  readonly id: string;
  readonly label: string;
  readonly transport: 'dial' | 'listen' | 'mqtt';
  readonly host: string | null;
  readonly port: number | null;
  readonly secretHash: Buffer | null;
  readonly credentialVersion: number;
  readonly passwordCipher: Buffer | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly fault: string | null;
  readonly faultAt: Date | null;
}

export interface PrepaidRow extends MeterWall {
  readonly meterId: string;
  readonly householdId: string | null;
  readonly keeps: 'meter' | 'us';
  /** In force now. */
  readonly price: number;
  /** All there were and those that are known to come. */
  readonly prices: readonly { readonly price: number; readonly from: string }[];
  readonly alarm1Fen: number;
  readonly alarm2Fen: number;
  readonly overdraftFen: number;
  readonly hoardingFen: number;
  readonly closePermitFen: number;
  readonly isCloseStrict: boolean;
  readonly balanceFen: number;
  readonly rest: number;
  readonly purchases: number;
  readonly phase: Phase;
  readonly phaseSince: Date;
  readonly since: Date;
  readonly restoreAskedAt: Date | null;
  readonly comparedOn: string | null;
  readonly protectionCipher: Buffer | null;
  readonly protectedUntil: string | null;
  readonly isShielded: boolean;
  readonly meterFen: number | null;
  readonly meterAt: Date | null;
  readonly checkAt: Date | null;
  readonly endedAt: Date | null;
  readonly version: number;
}

export interface TopUpRow extends MeterWall {
  readonly id: string;
  readonly meterId: string;
  readonly householdId: string | null;
  readonly key: string;
  readonly amountFen: number;
  /** Null: what was left on the meter before. */
  readonly paymentId: string | null;
  readonly state: 'waiting' | 'sent' | 'confirmed' | 'failed' | 'returned' | 'carried';
  readonly purchase: number | null;
  readonly askedAt: Date;
  readonly endedAt: Date | null;
  readonly error: string | null;
}

export interface CommandRow extends MeterWall {
  readonly id: string;
  readonly meterId: string;
  readonly householdId: string | null;
  readonly kind: CommandKind;
  readonly reason: CommandReason;
  readonly note: string | null;
  readonly state: 'waiting' | 'confirmed' | 'failed' | 'cancelled';
  readonly attempts: number;
  readonly nextAt: Date | null;
  readonly askedAt: Date;
  readonly askedBy: string | null;
  readonly askedByName: string | null;
  readonly sentAt: Date | null;
  /** When it may have been heard last, by what was tried before; null: its line was down each time. */
  readonly saidAt: Date | null;
  readonly endedAt: Date | null;
  readonly error: string | null;
  readonly topUpId: string | null;
  readonly amountFen: number | null;
  readonly purchase: number | null;
}

export type FindingRule =
  | 'leak'
  | 'quiet_home'
  | 'silent'
  | 'difference'
  | 'top_up_failed'
  | 'command_failed'
  | 'wrong_address';

export interface FindingRow extends MeterWall {
  readonly id: string;
  readonly meterId: string;
  readonly rule: FindingRule;
  readonly since: Date;
  readonly raisedAt: Date;
  readonly endedAt: Date | null;
  readonly endedHow: 'cleared' | 'people' | null;
  readonly endedByName: string | null;
  readonly note: string | null;
  readonly facts: Readonly<Record<string, number | string | null>>;
  readonly workOrderId: string | null;
  readonly orderNumber: string | null;
}
