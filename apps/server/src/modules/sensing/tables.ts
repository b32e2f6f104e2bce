import type { DeviceKind, DeviceState, MessageFault, Rule, Watch } from './domain.ts';

/** Rows of schema sensing. */

export interface DeviceRow {
  readonly scopeId: string;
  readonly id: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
  readonly kind: DeviceKind;
  readonly label: string;
  readonly buildingId: string | null;
  readonly facilityId: string | null;
  readonly spot: string;
  readonly gatewayId: string | null;
  readonly credentialVersion: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
  readonly state: DeviceState;
  readonly lastSeenAt: Date | null;
  readonly lastAt: Date | null;
  readonly lastValue: number | null;
  readonly fault: MessageFault | null;
  readonly faultAt: Date | null;
  readonly faultCount: number;
  readonly clockOffAt: Date | null;
  readonly hasSecret: boolean;
}

export interface WatchRow {
  readonly scopeId: string;
  readonly deviceId: string;
  readonly ruleCode: string;
  readonly watch: Watch;
  readonly dueAt: number | null;
}

export interface Evidence {
  readonly at: string;
  readonly value: number;
}

export interface AlarmRow {
  readonly scopeId: string;
  readonly id: string;
  readonly deviceId: string;
  readonly ruleCode: string;
  readonly since: Date;
  readonly raisedAt: Date;
  readonly clearedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedHow: 'cleared' | 'people' | null;
  readonly returnCount: number;
  readonly workOrderId: string | null;
  readonly orderNumber: string | null;
  readonly evidence: readonly Evidence[];
  readonly rule: Rule;
}
