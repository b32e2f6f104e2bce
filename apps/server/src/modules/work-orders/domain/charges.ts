import { type Fen, multiplyFen } from '@gongzhi/kernel';
import type { Payer } from './duty.ts';

/** What a job costs: lines, what is taken off, who pays. Money is whole fen, quantities are hundredths; nothing is a float. */

export const LINE_KINDS = ['material', 'labour', 'other'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

export const CHARGE_PAYERS = [
  'household',
  'developer',
  'company',
  'maintenance_fund',
  'utility',
  'responsible_party',
] as const;
export type ChargePayer = (typeof CHARGE_PAYERS)[number];

/**
 * none: nothing was added · not_due: the household pays nothing of it · draft: added, not offered · quoted: offered,
 * waiting for their word · agreed · declined. Only what is agreed becomes due, and only by finishing.
 */
export const CHARGE_STATES = ['none', 'not_due', 'draft', 'quoted', 'agreed', 'declined'] as const;
export type ChargeState = (typeof CHARGE_STATES)[number];

/** spoken: said at the door, with a name and no picture of a signature */
export const ANSWER_WAYS = ['app', 'signature', 'spoken', 'call'] as const;
export type AnswerWay = (typeof ANSWER_WAYS)[number];

/** At most so many lines stand on one order. */
export const MOST_LINES = 40;

export interface ChargeLine {
  readonly lineId: string;
  readonly kind: LineKind;
  /** Null: not from the list, and then with a reason. */
  readonly priceId: string | null;
  readonly name: string;
  readonly unit: string;
  readonly quantityHundredths: bigint;
  readonly unitPriceFen: Fen;
  readonly warrantyMonths: number;
  readonly reason: string | null;
}

export interface Charge {
  readonly payer: ChargePayer;
  readonly payerReason: string | null;
  readonly lines: readonly ChargeLine[];
  readonly discountFen: Fen;
  readonly discountReason: string | null;
  /** Of the last quotation sent; 0: none yet. */
  readonly quoteNo: number;
  readonly warrantyOrderId: string | null;
  readonly warrantyUntil: string | null;
}

/** Rounded once, here: per line, half up to the fen. Sums are exact. */
export function amountOf(line: Pick<ChargeLine, 'quantityHundredths' | 'unitPriceFen'>): Fen {
  return multiplyFen(line.unitPriceFen, line.quantityHundredths, 100n);
}

export function subtotalOf(lines: readonly ChargeLine[]): Fen {
  return lines.reduce((sum, line) => sum + amountOf(line), 0n);
}

export function totalOf(charge: Pick<Charge, 'lines' | 'discountFen'>): Fen {
  return subtotalOf(charge.lines) - charge.discountFen;
}

const QUANTITY = /^(\d{1,6})(?:\.(\d{1,2}))?$/;

/** '1.5' → 150n; null when it is no quantity above nothing, with at most two decimals. */
export function parseQuantity(text: string): bigint | null {
  const found = QUANTITY.exec(text);
  if (found === null) return null;
  const hundredths = BigInt(found[1]!) * 100n + BigInt((found[2] ?? '').padEnd(2, '0'));
  return hundredths === 0n ? null : hundredths;
}

/** 150n → '1.5'; 200n → '2' */
export function formatQuantity(hundredths: bigint): string {
  const rest = (hundredths % 100n).toString().padStart(2, '0').replace(/0+$/, '');
  return `${hundredths / 100n}${rest === '' ? '' : `.${rest}`}`;
}

/** The duty table's word as the one who is sent the bill; the owners together pay from the maintenance fund. */
const CHARGED: Readonly<Record<Payer, ChargePayer>> = {
  resident: 'household',
  owners: 'maintenance_fund',
  company: 'company',
  developer: 'developer',
  receiver: 'utility',
  cause: 'responsible_party',
};

/**
 * Who pays, as a proposal the desk may change with a reason: what the duty table says. What was repaired in a home and
 * is in its warranty is repaired again for nothing.
 */
export function proposedPayer(payer: Payer, isInWarranty: boolean): ChargePayer {
  return isInWarranty && payer === 'resident' ? 'company' : CHARGED[payer];
}

/** Where an order stands once its lines, discount or payer have changed: what was agreed before no longer is. */
export function stateAfterChange(charge: Charge): ChargeState {
  if (charge.lines.length === 0) return 'none';
  return charge.payer !== 'household' || totalOf(charge) === 0n ? 'not_due' : 'draft';
}

/** Work may not be finished over a price that nobody agreed to. */
export function isSettled(state: ChargeState): boolean {
  return state === 'none' || state === 'not_due' || state === 'agreed';
}
