import type { LocalDate } from '@gongzhi/kernel';
import { addMonths, monthOf } from './months.ts';
import { type PartPaid, payersOf, type PayerRule } from './payers.ts';
import type { Exception, FeePart, Home, Month, PricedLine, Tariff } from './homes.ts';
import { datesOf } from './pricing.ts';
import { shareOut } from './charges.ts';

export const RUN_STATES = ['calculating', 'ready', 'approved', 'posted', 'cancelled'] as const;
export type RunState = (typeof RUN_STATES)[number];

export type RunCommand = 'approve' | 'cancel';

/** A second person approves; what has begun to be posted is not given up, for its bills are out. */
export function mayDecide(
  run: { readonly state: RunState; readonly askedBy: string },
  command: RunCommand,
  by: string,
): 'billing.run_not_ready' | 'billing.needs_second_person' | null {
  if (command === 'approve') {
    if (run.state !== 'ready') return 'billing.run_not_ready';
    return run.askedBy === by ? 'billing.needs_second_person' : null;
  }
  return run.state === 'calculating' || run.state === 'ready' ? null : 'billing.run_not_ready';
}

/** From a year back to the next month: further ahead nobody knows the prices, further back it is a correction. */
export function isMonthToBill(period: LocalDate, today: LocalDate): boolean {
  const now = monthOf(today);
  return monthOf(period) === period && period >= addMonths(now, -12) && period <= addMonths(now, 1);
}

export interface BilledLine extends Omit<PricedLine, 'grossFen'> {
  readonly amountFen: number;
  readonly payer: PartPaid['payer'];
  readonly partyId: string | null;
  readonly partyName: string | null;
  readonly dueOn: LocalDate;
  readonly earlyUntil: LocalDate | null;
  readonly earlyFen: number;
}

/** A priced line on its way to who pays it: parts make the whole, and only the first of them counts what was used. */
export function billedTo(
  line: PricedLine,
  tariff: Pick<Tariff, 'terms'>,
  rules: readonly PayerRule[],
  home: Home,
  { period, issueOn }: Month,
): BilledLine[] {
  const { grossFen, discountFen, paidBy = [], ...rest } = line;
  const parts: readonly PartPaid[] =
    grossFen < 0 ? givenBack(grossFen, paidBy) : payersOf(rules, home, line.item, period, grossFen);
  const off =
    discountFen === 0
      ? parts.map(() => 0)
      : shareOut(
          discountFen,
          parts.map((part) => part.amountFen),
        );
  const { surcharge } = tariff.terms;
  return parts.map(({ payer, partyId, partyName, amountFen }, at) => {
    const netFen = amountFen - off[at]!;
    return {
      ...rest,
      payer,
      partyId,
      partyName,
      amountFen: netFen,
      discountFen: off[at]!,
      quantityMilli: at === 0 ? rest.quantityMilli : null,
      // What the contract said that day: a tariff changed afterwards changes nothing already billed.
      basis: {
        ...rest.basis,
        ...(parts.length > 1 ? { partBp: Math.round((amountFen * 10_000) / grossFen) } : {}),
        ...(surcharge === undefined || netFen <= 0 ? {} : { surcharge }),
      },
      sourceId: rest.sourceId === null || at === 0 ? rest.sourceId : `${rest.sourceId}:${at}`,
      ...datesOf(tariff.terms, issueOn, netFen),
    };
  });
}

/** A credit goes to who paid what is given back, in the parts in which they were billed for it; otherwise it is the household's. */
function givenBack(grossFen: number, paidBy: readonly FeePart[]): PartPaid[] {
  const paid = paidBy.filter(({ fen }) => fen > 0);
  if (paid.length === 0)
    return [{ payer: 'owner', partyId: null, partyName: null, amountFen: grossFen, ruleId: null }];
  const amounts = shareOut(
    grossFen,
    paid.map(({ fen }) => fen),
  );
  return paid
    .map(({ fen: _, ...part }, at) => ({ ...part, amountFen: amounts[at]!, ruleId: null }))
    .filter(({ amountFen }) => amountFen !== 0);
}

/** By half, and by twenty yuan at least: what a second look is worth. */
const OUTLIER_BP = 5_000;
const OUTLIER_FEN = 2_000;

export function isOutlier(lastFen: number, nowFen: number): boolean {
  const difference = Math.abs(nowFen - lastFen);
  return lastFen > 0 && difference >= OUTLIER_FEN && difference * 10_000 > lastFen * OUTLIER_BP;
}

/** What of a home's month differs so much from the last one that somebody should look: shown, and billed all the same. */
export function outliersOf(last: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): Exception[] {
  const found: Exception[] = [];
  for (const [item, nowFen] of now) {
    const lastFen = last.get(item) ?? 0;
    if (isOutlier(lastFen, nowFen))
      found.push({
        item,
        code: nowFen > lastFen ? 'much_more' : 'much_less',
        params: { lastFen, nowFen },
        isLeftOut: false,
      });
  }
  return found;
}
