import type { IncomingHttpHeaders } from 'node:http';

/**
 * A payment provider as the product sees it, whichever it is. What a provider says of a trade is a fact with an amount;
 * what it means for a bill is decided elsewhere (modules/payments).
 */
export const PROVIDERS = ['wechat', 'alipay'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/**
 * How the payer gets to the provider: inside WeChat (`jsapi`), from a phone's browser (`h5`), or by a code that
 * another phone scans (`native`). Alipay knows the last two.
 */
export const CHANNELS = ['jsapi', 'h5', 'native'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface TradeOrder {
  /** 32 characters, ours; the provider's idempotency key. */
  readonly tradeNo: string;
  readonly amountFen: number;
  /** A few words on the payer's screen: never a name or an address. */
  readonly description: string;
  /** Comes back with every word of the provider about it. */
  readonly attach: string;
  readonly expiresAt: Date;
  readonly channel: Channel;
  readonly notifyUrl: string;
  readonly returnUrl: string;
  readonly clientIp: string;
  /** Who pays, inside WeChat. */
  readonly openId: string | null;
}

/** What the payer's phone does next. */
export type NextStep =
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'wechat'; readonly parameters: Readonly<Record<string, string>> };

export interface TradeFact {
  readonly tradeNo: string;
  readonly state: 'open' | 'paid' | 'closed' | 'failed';
  /** Null while the provider names none. */
  readonly amountFen: number | null;
  readonly currency: string;
  /** What the provider calls it. */
  readonly transactionId: string | null;
  readonly paidAt: Date | null;
  readonly attach: string;
}

/** Which refund of which trade. What was taken in as another amount stands here under a number the provider never heard. */
export interface RefundNumbers {
  readonly tradeNo: string;
  /** What the provider calls the trade, where it is known: it goes before ours. */
  readonly transactionId: string | null;
  readonly refundNo: string;
}

export interface RefundOrder extends RefundNumbers {
  readonly amountFen: number;
  readonly totalFen: number;
  readonly reason: string;
  /** Null: only asking tells. */
  readonly notifyUrl: string | null;
}

export interface RefundFact {
  readonly tradeNo: string;
  readonly refundNo: string;
  readonly state: 'processing' | 'done' | 'failed';
  readonly amountFen: number | null;
  readonly providerRefundId: string | null;
  /** When it was carried out: its day in the provider's file. */
  readonly doneAt: Date | null;
}

export type Notice =
  | { readonly about: 'trade'; readonly fact: TradeFact }
  | { readonly about: 'refund'; readonly fact: RefundFact };

/** One line of the provider's file of a day. A refund's amount is positive too. */
export interface FileLine {
  readonly kind: 'payment' | 'refund';
  readonly tradeNo: string;
  readonly refundNo: string | null;
  readonly transactionId: string;
  readonly amountFen: number;
  /** What the provider keeps for itself; of a refund what it gives back, negative. */
  readonly feeFen: number;
  readonly attach: string;
}

export interface SignedNotice {
  readonly headers: IncomingHttpHeaders;
  /** As it came: the signature is over these bytes. */
  readonly body: Buffer;
}

export interface PaymentProvider {
  /** The app or official account the merchant is bound to: an open id of another one means nobody to it. */
  readonly appId: string;
  readonly provider: ProviderName;
  /** The merchant's number at the provider. */
  readonly merchantId: string;
  order(order: TradeOrder): Promise<NextStep>;
  /** Null: the provider has never heard of it. */
  query(tradeNo: string): Promise<TradeFact | null>;
  /** After this nobody can pay it any more; `paid` when somebody was quicker. */
  close(tradeNo: string): Promise<'closed' | 'paid'>;
  refund(order: RefundOrder): Promise<RefundFact>;
  queryRefund(numbers: RefundNumbers): Promise<RefundFact | null>;
  /** Throws NotFromProvider unless every byte is the provider's own. */
  read(notice: SignedNotice): Notice;
  /** What the provider expects as an answer to a notice. */
  readonly thanks: { readonly type: string; readonly body: string };
  /** Null: the provider has no file of that day. */
  fileOf(day: string): Promise<readonly FileLine[] | null>;
}

/** Somebody says something in the provider's name, and cannot prove it. */
export class NotFromProvider extends Error {}

/** No answer, or one that says nothing: what was asked may have happened. To be asked again, by query first. */
export class ProviderSilent extends Error {}

/** The provider has understood and refuses; `code` is its own word. */
export class ProviderRefuses extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`the provider refuses: ${code}`);
    this.code = code;
  }
}

/** Too little of the merchant's money lies there now; the same number is taken once there is more (WeChat Pay, Alipay). */
export const lacksMoney = ({ code }: ProviderRefuses): boolean =>
  code === 'NOT_ENOUGH' || code === 'ACQ.SELLER_BALANCE_NOT_ENOUGH';

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** A request to a provider: no redirect, a time limit, and no word of it in an error, for it may name people or keys. */
export async function askProvider(
  url: string,
  init: RequestInit,
  timeoutMilliseconds = 8_000,
): Promise<Asked> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    throw new ProviderSilent((error as Error).name === 'TimeoutError' ? 'timed out' : 'no answer');
  }
}

/** '288.00', '-1.5' → fen, by characters: no float ever holds an amount. Null for what is no amount. */
export function fenOf(text: string): number | null {
  const found = /^(-?)(\d{1,13})(?:\.(\d{1,2})0*)?$/.exec(text.trim());
  if (found === null) return null;
  const fen = Number(found[2]) * 100 + Number((found[3] ?? '').padEnd(2, '0'));
  return found[1] === '-' ? -fen : fen;
}

export function yuanOf(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}
