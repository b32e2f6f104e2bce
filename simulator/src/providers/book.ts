import { randomBytes } from 'node:crypto';

/** What a provider of payments knows, and how it misbehaves. Both simulated providers keep their books here. */
export type ProviderName = 'wechat' | 'alipay';

export interface Trade {
  readonly provider: ProviderName;
  readonly tradeNo: string;
  readonly transactionId: string;
  readonly amountFen: number;
  readonly description: string;
  readonly attach: string;
  readonly notifyUrl: string;
  readonly returnUrl: string;
  readonly expiresAt: Date;
  state: 'open' | 'paid' | 'closed';
  paidAt: Date | null;
}

export interface Refund {
  readonly provider: ProviderName;
  readonly refundNo: string;
  readonly refundId: string;
  readonly trade: Trade;
  readonly amountFen: number;
  readonly notifyUrl: string;
  state: 'processing' | 'done' | 'failed';
  doneAt: Date | null;
}

/** A request the provider will make to whoever it works for. */
export interface Letter {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Signed when it is sent: a provider that tells late tells it under today's signature. */
export type Waiting = () => Letter;

export interface Behaviour {
  /**
   * How the news of a payment travels: at once, only when told to (`late`), twice, never, under a signature that is
   * not the provider's, with another amount, or in another currency.
   */
  notices: 'once' | 'late' | 'twice' | 'never' | 'bad_signature' | 'other_amount' | 'other_currency';
  /** An order is carried out and answered; carried out without an answer; or answered after its payment was told. */
  orders: 'answered' | 'silent' | 'paid_first';
  /** Answers nothing, whoever asks. */
  isDown: boolean;
  /** Refunds take until told, fail at the bank, or are refused for as long as the merchant has too little here. */
  refunds: 'at_once' | 'later' | 'fail' | 'short';
}

export const usual: Behaviour = { notices: 'once', orders: 'answered', isDown: false, refunds: 'at_once' };

/** What is kept of every payment, in tenths of a percent; given back with a refund. */
const feePerMille = 6;
export const feeOf = (amountFen: number): number => Math.floor((amountFen * feePerMille + 500) / 1000);

export class Book {
  readonly trades = new Map<string, Trade>();
  readonly refunds = new Map<string, Refund>();
  /** Waiting to be sent; first in, first out, unless somebody shuffles them. */
  letters: Waiting[] = [];
  behaviour: Behaviour = { ...usual };
  readonly #now: () => Date;
  #next = 1;

  constructor(now: () => Date) {
    this.#now = now;
  }

  now(): Date {
    return this.#now();
  }

  number(prefix: string): string {
    return `${prefix}${String(this.#next++).padStart(10, '0')}${randomBytes(3).toString('hex')}`;
  }

  /** The same number means the same order; with another content it is refused. */
  order(
    given: Omit<Trade, 'state' | 'paidAt' | 'transactionId'>,
  ): Trade | 'other_content' | 'paid' | 'closed' {
    const before = this.trades.get(given.tradeNo);
    if (before === undefined) {
      const trade: Trade = { ...given, transactionId: this.number('42'), state: 'open', paidAt: null };
      this.trades.set(given.tradeNo, trade);
      return trade;
    }
    this.#expire(before);
    if (before.state !== 'open') return before.state;
    return before.amountFen === given.amountFen ? before : 'other_content';
  }

  find(tradeNo: string): Trade | undefined {
    const trade = this.trades.get(tradeNo);
    if (trade !== undefined) this.#expire(trade);
    return trade;
  }

  /** By the number it was given here, or else by the merchant's. */
  named(transactionId: unknown, tradeNo: unknown): Trade | undefined {
    if (transactionId === undefined) return this.find(String(tradeNo));
    return this.trades.values().find((trade) => trade.transactionId === transactionId);
  }

  #expire(trade: Trade): void {
    if (trade.state === 'open' && trade.expiresAt <= this.#now()) trade.state = 'closed';
  }

  /** The payer agrees. False: too late. */
  pay(tradeNo: string): boolean {
    const trade = this.find(tradeNo);
    if (trade === undefined || trade.state !== 'open') return false;
    trade.state = 'paid';
    trade.paidAt = this.#now();
    return true;
  }

  refundedFen(trade: Trade): number {
    let sum = 0;
    for (const refund of this.refunds.values())
      if (refund.trade === trade && refund.state !== 'failed') sum += refund.amountFen;
    return sum;
  }

  refund(given: {
    readonly refundNo: string;
    readonly tradeNo: string;
    readonly amountFen: number;
    readonly notifyUrl: string;
  }): Refund | 'unknown' | 'not_paid' | 'too_much' | 'short' {
    const before = this.refunds.get(given.refundNo);
    if (before !== undefined) return before.amountFen === given.amountFen ? before : 'too_much';
    const trade = this.trades.get(given.tradeNo);
    if (trade === undefined) return 'unknown';
    if (trade.state !== 'paid') return 'not_paid';
    if (this.refundedFen(trade) + given.amountFen > trade.amountFen) return 'too_much';
    const { refunds } = this.behaviour;
    if (refunds === 'short') return 'short';
    const refund: Refund = {
      provider: trade.provider,
      refundNo: given.refundNo,
      refundId: this.number('50'),
      trade,
      amountFen: given.amountFen,
      notifyUrl: given.notifyUrl,
      state: refunds === 'at_once' ? 'done' : refunds === 'fail' ? 'failed' : 'processing',
      doneAt: refunds === 'at_once' ? this.#now() : null,
    };
    this.refunds.set(refund.refundNo, refund);
    return refund;
  }

  /** What is under way reaches the payer's card. */
  finishRefunds(): Refund[] {
    const under = [...this.refunds.values()].filter(({ state }) => state === 'processing');
    for (const refund of under) {
      refund.state = 'done';
      refund.doneAt = this.#now();
    }
    return under;
  }

  /** In − out, as the provider would settle it. */
  totalFen(provider: ProviderName): number {
    let sum = 0;
    for (const trade of this.trades.values())
      if (trade.provider === provider && trade.state === 'paid') sum += trade.amountFen;
    for (const refund of this.refunds.values())
      if (refund.provider === provider && refund.state === 'done') sum -= refund.amountFen;
    return sum;
  }
}
