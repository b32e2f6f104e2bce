import type { LocalDate } from '@gongzhi/kernel';
import type { MeterKind, StepUsed, Terms } from './tariffs.ts';

export interface MeterUse {
  readonly meterId: string;
  readonly fromMilli: number;
  readonly toMilli: number;
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
  /** What was used between them: another figure than their difference where the counter began anew. */
  readonly usedMilli?: number;
  readonly serial?: string;
  /** The readings themselves, for whoever wants to see them. */
  readonly fromId?: string;
  readonly toId?: string;
}

/** What explains a line; what it speaks of depends on its kind. */
export interface Basis {
  readonly kind: string;
  readonly areaHundredths?: number;
  readonly rateE4?: number;
  readonly unitFen?: number;
  readonly spaces?: number;
  readonly label?: string;
  readonly days?: number;
  readonly ofDays?: number;
  readonly meter?: MeterKind;
  readonly readings?: MeterUse[];
  readonly usedMilli?: number;
  readonly usedBeforeMilli?: number;
  readonly steps?: StepUsed[];
  readonly totalFen?: number;
  readonly by?: 'area' | 'household';
  readonly weight?: number;
  readonly ofWeight?: number;
  readonly homes?: number;
  readonly expression?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly season?: string;
  readonly coldestTenths?: number;
  readonly shareBp?: number;
  readonly vacantDays?: number;
  readonly vacantBp?: number;
  readonly lateDays?: number;
  readonly perDayE5?: number;
  readonly isCapped?: boolean;
  readonly ofLineId?: string;
  readonly orderId?: string;
  readonly orderNumber?: string;
  /** Of a meter that was paid for ahead. */
  readonly serial?: string;
  readonly plate?: string;
  readonly months?: number;
  readonly partBp?: number;
  readonly surcharge?: Terms['surcharge'];
}
