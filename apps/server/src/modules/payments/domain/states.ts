import { MINUTE, SECOND } from '@gongzhi/kernel';

/**
 * What becomes of a payment. It is ordered once; what the provider says of it comes as a notice, as an answer to a
 * question and as a line of its file, in any order and as often as it likes. Whatever comes first moves it, and nothing
 * moves it out of `paid`.
 */
export const PAYMENT_STATES = ['created', 'pending', 'paid', 'closed', 'failed', 'disputed'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export const WAYS = ['wechat', 'alipay', 'cash', 'card', 'balance', 'transfer'] as const;
export type Way = (typeof WAYS)[number];
export type OnlineWay = 'wechat' | 'alipay';

export const isOnline = (way: Way): way is OnlineWay => way === 'wechat' || way === 'alipay';

export const TARGET_KINDS = ['bill_line', 'prepay', 'meter_topup'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** From whom it is learnt, or who did it. */
export const STEP_SOURCES = ['payer', 'order', 'notice', 'query', 'desk', 'file', 'itself'] as const;
export type StepSource = (typeof STEP_SOURCES)[number];

/** What is learnt about a payment. */
export type Learnt =
  /** The provider has taken the order. */
  | { readonly kind: 'ordered' }
  /** The provider's own word about the trade. */
  | {
      readonly kind: 'fact';
      readonly state: 'open' | 'paid' | 'closed' | 'failed';
      readonly amountFen: number | null;
      readonly currency: string;
    }
  /** The provider has never heard of it. */
  | { readonly kind: 'unknown' };

export interface Known {
  readonly state: PaymentState;
  readonly amountFen: number;
  readonly expiresAt: number;
}

export interface Decision {
  readonly state: PaymentState;
  /** `book`: the money is here, and is counted now and never again. `dispute`: it is, but not what was ordered. */
  readonly effect: 'none' | 'book' | 'dispute';
}

const stay = (state: PaymentState): Decision => ({ state, effect: 'none' });

export function decide(payment: Known, learnt: Learnt, now: number): Decision {
  const { state } = payment;
  // Counted. A refund is a matter of its own, and a provider that says less now has said it before.
  if (state === 'paid') return stay(state);
  const isWaiting = state === 'created' || state === 'pending';
  if (learnt.kind === 'ordered') return stay(state === 'created' ? 'pending' : state);
  if (learnt.kind === 'unknown') return stay(isWaiting && now >= payment.expiresAt ? 'closed' : state);
  switch (learnt.state) {
    case 'paid':
      if (learnt.amountFen === payment.amountFen && learnt.currency === 'CNY')
        return { state: 'paid', effect: 'book' };
      return { state: 'disputed', effect: state === 'disputed' ? 'none' : 'dispute' };
    case 'open':
      return stay(state === 'created' ? 'pending' : state);
    case 'closed':
      return stay(isWaiting ? 'closed' : state);
    case 'failed':
      return stay(isWaiting ? 'failed' : state);
  }
}

/** Asked after so long, then after so long again …: a notice that was lost is found within minutes. */
const steps = [15 * SECOND, 30 * SECOND, 60 * SECOND, 2 * MINUTE, 5 * MINUTE] as const;
/** What is in dispute is asked about for a day; then a person has to. */
const mostDisputed = 288;

/** When to ask the provider again; null: nothing more is to be learnt by asking. */
export function nextQuery(state: PaymentState, queries: number, now: number): number | null {
  if (state === 'paid' || state === 'closed' || state === 'failed') return null;
  if (state === 'disputed' && queries >= mostDisputed) return null;
  return now + (steps[queries] ?? steps.at(-1)!);
}

/** How long an order may be paid. */
export const ORDER_LASTS = 30 * MINUTE;

/** What a provider calls a payment or a refund: its id without dashes, and back. */
export const numberOf = (id: string): string => id.replaceAll('-', '');

export function idOf(number: string): string | null {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(number);
  return parts === null ? null : parts.slice(1).join('-');
}

/** What a person reads out: the end of the id, in groups. */
export function receiptNumber(id: string, bookedOn: string): string {
  return `${bookedOn.replaceAll('-', '')}-${numberOf(id).slice(-8).toUpperCase()}`;
}
