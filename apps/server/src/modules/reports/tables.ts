import type { Locale } from '@gongzhi/i18n';
import type { Role } from '../../platform/permissions/permissions.ts';
import type { PeriodRule, Schedule } from './domain.ts';

/** Rows of schema reports. */

export type Format = 'xlsx' | 'pdf';

export interface Definition {
  readonly name: string;
  readonly kind: string;
  readonly aboutScopeId: string | null;
  readonly filters: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly period: PeriodRule;
  readonly isShared: boolean;
  readonly schedule: Schedule | null;
  readonly format: Format;
  readonly locale: Locale;
  readonly keepDays: number;
}

export interface ReportRow extends Definition {
  readonly scopeId: string;
  readonly id: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
  readonly ownerAccountId: string;
  readonly ownerMembershipId: string;
  readonly ownerName: string;
  readonly nextDueAt: Date | null;
  readonly nextDay: string | null;
  readonly attempts: number;
  readonly stopped: 'rights' | 'refused' | null;
  readonly version: number;
  readonly updatedAt: Date;
}

export interface RunRow {
  readonly id: string;
  readonly reportId: string;
  readonly ownerAccountId: string;
  readonly ownerRole: Role;
  readonly forDay: string;
  readonly fromDay: string | null;
  readonly toDay: string | null;
  readonly state: 'made' | 'failed';
  readonly fileId: string | null;
  readonly fileName: string | null;
  readonly format: Format;
  readonly rowCount: number | null;
  readonly isCut: boolean;
  readonly madeAt: Date;
  readonly expiresAt: Date;
}
