import type { LocalDate } from '@gongzhi/kernel';
import { shareOut } from './charges.ts';
import { addMonths, monthOf } from './months.ts';

export const PAYERS = ['owner', 'tenant', 'developer', 'property_unit', 'subsidy'] as const;
export type Payer = (typeof PAYERS)[number];
/** Those who have an account of their own in the ledger; the other two are the household. */
export const PARTIES = ['developer', 'property_unit', 'subsidy'] as const satisfies readonly Payer[];

export interface PayerRule {
  readonly id: string;
  readonly householdId: string | null;
  readonly buildingId: string | null;
  readonly item: string | null;
  readonly payer: Payer;
  readonly partyId: string | null;
  readonly partyName: string | null;
  readonly shareBp: number;
  readonly startsOn: LocalDate;
  /** The first day on which it no longer holds. */
  readonly endsOn: LocalDate | null;
}

export interface PartPaid {
  readonly payer: Payer;
  readonly partyId: string | null;
  readonly partyName: string | null;
  readonly amountFen: number;
  readonly ruleId: string | null;
}

/** Who pays through the month of delivery pays that month whole (Beijing property regulations, article 22). */
export const endOfDelivery = (deliveredOn: LocalDate): LocalDate => addMonths(monthOf(deliveredOn), 1);

/** What is said of a home goes before what is said of its building, and that before the compound; of an item before all. */
function closeness(rule: PayerRule): number {
  const place = rule.householdId !== null ? 4 : rule.buildingId !== null ? 2 : 0;
  return place + (rule.item === null ? 0 : 1);
}

/**
 * Who pays which part of a month's line: the closest rules that hold on the month's first day. Parts beyond the whole
 * are refused when a rule is entered; what is left over is the household's.
 */
export function payersOf(
  rules: readonly PayerRule[],
  home: { readonly householdId: string; readonly buildingId: string },
  item: string,
  month: LocalDate,
  amountFen: number,
): PartPaid[] {
  const fitting = rules.filter(
    (rule) =>
      rule.startsOn <= month &&
      (rule.endsOn === null || month < rule.endsOn) &&
      (rule.item === null || rule.item === item) &&
      (rule.householdId === null || rule.householdId === home.householdId) &&
      (rule.buildingId === null || rule.buildingId === home.buildingId),
  );
  const closest = Math.max(-1, ...fitting.map(closeness));
  const held = fitting
    .filter((rule) => closeness(rule) === closest)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const said = held.reduce((sum, { shareBp }) => sum + shareBp, 0);
  const rest = Math.max(0, 10_000 - said);
  const parts = [
    ...held.map(({ payer, partyId, partyName, shareBp, id }) => ({
      payer,
      partyId,
      partyName,
      shareBp,
      ruleId: id as string | null,
    })),
    ...(rest > 0
      ? [{ payer: 'owner' as Payer, partyId: null, partyName: null, shareBp: rest, ruleId: null }]
      : []),
  ];
  const amounts = shareOut(
    amountFen,
    parts.map(({ shareBp }) => shareBp),
  );
  return parts
    .map(({ shareBp: _, ...part }, at) => ({ ...part, amountFen: amounts[at]! }))
    .filter((part) => part.amountFen !== 0);
}
