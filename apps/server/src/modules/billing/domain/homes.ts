import type { LocalDate } from '@gongzhi/kernel';
import type { Basis } from './basis.ts';
import type { ColdDays, RentTerms } from './charges.ts';
import { daysOfSpells } from './months.ts';
import type { Payer } from './payers.ts';
import type { Rule, Terms } from './tariffs.ts';
import type { HomeUse } from './uses.ts';

/** What is known of one home in one month, and what billing makes of it. */

export interface Home {
  readonly householdId: string;
  readonly label: string;
  readonly buildingId: string;
  readonly areaHundredths: number;
  readonly floor: number;
}

export interface Tariff {
  readonly id: string;
  readonly item: string;
  readonly name: string;
  readonly rule: Rule;
  readonly terms: Terms;
}

export interface Agreement {
  readonly id: string;
  readonly kind: 'parking' | 'rent' | 'deposit' | 'vacancy';
  readonly item: string | null;
  readonly params: {
    readonly spaces?: number;
    readonly label?: string;
    readonly rent?: RentTerms;
    readonly depositFen?: number;
  };
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
}

/** So much of a fee was billed to one payer. */
export interface FeePart {
  readonly payer: Payer;
  readonly partyId: string | null;
  readonly partyName: string | null;
  readonly fen: number;
}

export interface SpellOfCold extends ColdDays {
  readonly id: string;
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** What was billed for that season, to whom, and for how many days. */
  readonly seasonFen: number;
  readonly paidBy: readonly FeePart[];
  readonly seasonDays: number;
}

export interface HomeFacts {
  readonly home: Home;
  readonly agreements: readonly Agreement[];
  /** By item; an item that is not there asks for a meter that this home has not. */
  readonly used: Readonly<Record<string, HomeUse>>;
  /** Of this year, before this month, by item. */
  readonly usedBeforeMilli: Readonly<Record<string, number>>;
  /** Its part of what was spent together, by item. */
  readonly shares: readonly Share[];
  /** By item. */
  readonly cold: Readonly<Record<string, readonly SpellOfCold[]>>;
}

export interface Share {
  readonly costId: string;
  readonly item: string;
  readonly amountFen: number;
  readonly totalFen: number;
  readonly by: 'area' | 'household';
  readonly weight: number;
  readonly ofWeight: number;
  readonly homes: number;
}

export interface Month {
  readonly period: LocalDate;
  readonly issueOn: LocalDate;
  /** Days of the heating season that the fee is for. */
  readonly season: { readonly name: string; readonly days: number } | null;
}

export interface PricedLine {
  readonly item: string;
  readonly name: string;
  readonly tariffId: string;
  /** Before what is taken off; below nothing for a credit. */
  readonly grossFen: number;
  readonly discountFen: number;
  readonly quantityMilli: number | null;
  readonly basis: Basis;
  readonly serviceFrom: LocalDate;
  readonly serviceTo: LocalDate;
  readonly sourceKind: string | null;
  readonly sourceId: string | null;
  /** Of a credit: who had paid what is given back. */
  readonly paidBy?: readonly FeePart[];
}

export interface Exception {
  readonly item: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly isLeftOut: boolean;
}

export interface Priced {
  readonly lines: readonly PricedLine[];
  readonly exceptions: readonly Exception[];
}

/** A line as its rule makes it; what goes without saying is added. */
export type RuleLine = Omit<
  PricedLine,
  'item' | 'name' | 'tariffId' | 'serviceFrom' | 'serviceTo' | 'discountFen'
> &
  Partial<Pick<PricedLine, 'serviceFrom' | 'serviceTo' | 'discountFen'>>;

export const withoutSource = { quantityMilli: null, sourceKind: null, sourceId: null } as const;
export const leftOut = (item: string, code: string, params: Exception['params'] = {}): Exception => ({
  item,
  code,
  params,
  isLeftOut: true,
});

export const vacantDaysOf = ({ agreements }: HomeFacts, period: LocalDate): number =>
  daysOfSpells(
    period,
    agreements.filter(({ kind }) => kind === 'vacancy'),
  );
