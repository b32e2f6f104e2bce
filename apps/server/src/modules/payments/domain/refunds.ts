import { MINUTE, SECOND } from '@gongzhi/kernel';

/** Money back the way it came: asked for by one, allowed by another, carried out by the provider or at the till. */
export const REFUND_STATES = ['asked', 'declined', 'sending', 'processing', 'done', 'failed'] as const;
export type RefundState = (typeof REFUND_STATES)[number];
export const REFUND_REASONS = ['paid_twice', 'wrong_amount', 'not_provided', 'moved_out', 'other'] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

export interface RefundablePart {
  readonly position: number;
  readonly settledFen: number;
  readonly balanceFen: number;
  readonly refundedFen: number;
}

export interface AskedPart {
  readonly position: number;
  readonly amountFen: number;
}

/** Of a part, how much comes out of the household's balance and how much off the line it had closed. */
export interface RefundPart extends AskedPart {
  readonly balanceFen: number;
}

export type RefundFault = 'nothing_chosen' | 'part' | 'too_much';

/** What went to the balance is given back first: the bill it was meant for had been paid by somebody else. */
export function partsOf(
  targets: readonly RefundablePart[],
  asked: readonly AskedPart[],
): RefundPart[] | RefundFault {
  if (asked.length === 0) return 'nothing_chosen';
  const seen = new Set<number>();
  const parts: RefundPart[] = [];
  for (const { position, amountFen } of asked) {
    const target = targets.find((one) => one.position === position);
    if (target === undefined || seen.has(position)) return 'part';
    if (!Number.isSafeInteger(amountFen) || amountFen <= 0) return 'nothing_chosen';
    seen.add(position);
    if (amountFen > target.settledFen + target.balanceFen - target.refundedFen) return 'too_much';
    const balanceLeft = Math.max(0, target.balanceFen - target.refundedFen);
    parts.push({ position, amountFen, balanceFen: Math.min(amountFen, balanceLeft) });
  }
  return parts;
}

/** `short`: the merchant has too little money there now. The provider has done nothing, and will when it is asked again. */
export type RefundLearnt = 'processing' | 'done' | 'failed' | 'short' | 'unknown';

export interface RefundDecision {
  readonly state: RefundState;
  /**
   * `book`: the money has left; `give_up`: it stays, and what was set aside for it is free again. `book_late`: it had been
   * given up here and has left all the same.
   */
  readonly effect: 'none' | 'book' | 'give_up' | 'book_late';
}

/** A refund that is done stays so, whatever is said later. What was given up was not, where the provider has carried it out. */
export function decideRefund(state: RefundState, learnt: RefundLearnt): RefundDecision {
  if (state === 'failed' && learnt === 'done') return { state: 'done', effect: 'book_late' };
  const isUnderWay = state === 'sending' || state === 'processing';
  if (!isUnderWay) return { state, effect: 'none' };
  if (learnt === 'done') return { state: 'done', effect: 'book' };
  if (learnt === 'failed') return { state: 'failed', effect: 'give_up' };
  if (learnt === 'processing') return { state: 'processing', effect: 'none' };
  return { state: 'sending', effect: 'none' };
}

const steps = [15 * SECOND, 60 * SECOND, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE] as const;

export function nextRefundTry(state: RefundState, tries: number, now: number): number | null {
  if (state !== 'sending' && state !== 'processing') return null;
  return now + (steps[tries] ?? steps.at(-1)!);
}
