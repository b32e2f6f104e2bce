/** What the address of the page of payments says. */
export const paymentViews = ['payments', 'till', 'parties', 'refunds', 'invoices', 'reconcile'] as const;
export type PaymentView = (typeof paymentViews)[number];

export const paymentStates = ['waiting', 'paid', 'disputed', 'closed', 'failed'] as const;
export const paymentWays = ['wechat', 'alipay', 'cash', 'card', 'balance', 'transfer'] as const;

export interface PaymentsSearch {
  view?: PaymentView | undefined;
  scope?: string | undefined;
  state?: (typeof paymentStates)[number] | undefined;
  way?: (typeof paymentWays)[number] | undefined;
  /** The payment or the refund that a posting or a bill led to. */
  item?: string | undefined;
}

const one = <Value extends string>(value: unknown, allowed: readonly Value[]): Value | undefined =>
  allowed.find((candidate) => candidate === value);

/** An address is input from outside: what isn't understood is dropped. */
export function readPaymentsSearch(raw: Record<string, unknown>): PaymentsSearch {
  const search: PaymentsSearch = {
    view: one(raw['view'], paymentViews),
    scope: typeof raw['scope'] === 'string' && raw['scope'] !== '' ? raw['scope'] : undefined,
    state: one(raw['state'], paymentStates),
    way: one(raw['way'], paymentWays),
    item: typeof raw['item'] === 'string' && raw['item'] !== '' ? raw['item'] : undefined,
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
