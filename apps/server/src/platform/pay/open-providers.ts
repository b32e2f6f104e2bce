import type { PaymentsConfig } from '../../config-payments.ts';
import type { Clock } from '../clock/clock.ts';
import { alipay } from './alipay.ts';
import type { PaymentProvider, ProviderName } from './provider.ts';
import { wechatPay } from './wechat-pay.ts';

/** A merchant of the operator's: whose money it takes in. */
export interface Merchant {
  readonly provider: PaymentProvider;
  /** Scope ids of companies; null: everybody's. */
  readonly companies: readonly string[] | null;
}

export interface Payments {
  readonly merchants: readonly Merchant[];
  /** Where the company's money goes; null: it takes none this way. */
  of(name: ProviderName, companyId: string | null): PaymentProvider | null;
  /** By the number it has at the provider, for what the provider sends and for payments of before. */
  byMerchant(name: ProviderName, merchantId: string): PaymentProvider | null;
  /** Providers of the demonstration: no money moves, and pages say so. */
  readonly areSimulated: boolean;
}

export function openPayments(config: PaymentsConfig, clock: Clock): Payments {
  const merchants = config.merchants.map(
    (one): Merchant => ({
      provider: one.provider === 'wechat' ? wechatPay(one, clock) : alipay(one, clock),
      companies: one.companies,
    }),
  );
  return {
    merchants,
    areSimulated: config.areSimulated,
    // One's own before the one that is for everybody.
    of: (name, companyId) =>
      (
        merchants.find(
          ({ provider, companies }) =>
            provider.provider === name && companyId !== null && companies?.includes(companyId) === true,
        ) ?? merchants.find(({ provider, companies }) => provider.provider === name && companies === null)
      )?.provider ?? null,
    byMerchant: (name, merchantId) =>
      merchants.find(({ provider }) => provider.provider === name && provider.merchantId === merchantId)
        ?.provider ?? null,
  };
}
