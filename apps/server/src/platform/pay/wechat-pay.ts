import { createHash, randomBytes } from 'node:crypto';
import type { WechatPayMerchant } from '../../config-payments.ts';
import type { Clock } from '../clock/clock.ts';
import { readWechatFile } from './bill-files.ts';
import {
  type Asked,
  askProvider,
  type Channel,
  type FileLine,
  type NextStep,
  NotFromProvider,
  type PaymentProvider,
  ProviderRefuses,
  ProviderSilent,
  type RefundFact,
  type TradeFact,
  type TradeOrder,
} from './provider.ts';
import {
  assertSigned,
  authorizationOf,
  headersOf,
  openResource,
  type SealedResource,
  signLines,
} from './wechat-signing.ts';

interface Amount {
  readonly total?: number;
  readonly refund?: number;
  readonly currency?: string;
}

interface Trade {
  readonly appid?: string;
  readonly mchid?: string;
  readonly out_trade_no?: string;
  readonly transaction_id?: string;
  readonly trade_state?: string;
  readonly attach?: string;
  readonly success_time?: string;
  readonly amount?: Amount;
}

interface Refund {
  readonly mchid?: string;
  readonly out_trade_no?: string;
  readonly out_refund_no?: string;
  readonly refund_id?: string;
  /** In an answer. */
  readonly status?: string;
  /** In a notice. */
  readonly refund_status?: string;
  readonly success_time?: string;
  readonly amount?: Amount;
}

const paths: Record<Channel, string> = { jsapi: 'jsapi', h5: 'h5', native: 'native' };

/** What WeChat calls a trade that was paid: one that was refunded since was paid too. */
const tradeStates: Readonly<Record<string, TradeFact['state']>> = {
  SUCCESS: 'paid',
  REFUND: 'paid',
  NOTPAY: 'open',
  USERPAYING: 'open',
  CLOSED: 'closed',
  REVOKED: 'closed',
  PAYERROR: 'failed',
};

const refundStates: Readonly<Record<string, RefundFact['state']>> = {
  SUCCESS: 'done',
  PROCESSING: 'processing',
  CLOSED: 'failed',
  ABNORMAL: 'failed',
};

export function wechatPay(merchant: WechatPayMerchant, clock: Clock): PaymentProvider {
  const { merchantId, origin } = merchant;

  const send = async (method: 'GET' | 'POST', url: string, body: string): Promise<Asked> => {
    const { pathname, search } = new URL(url);
    return askProvider(url, {
      method,
      headers: {
        accept: 'application/json',
        'user-agent': 'gongzhi',
        authorization: authorizationOf(merchant, { method, path: pathname + search, body }, clock.now()),
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      },
      ...(method === 'POST' ? { body } : {}),
    });
  };

  /** The provider's word, proved to be its own. Null for what it does not know. */
  const ask = async <T>(
    method: 'GET' | 'POST',
    path: string,
    content: object | null,
    unknown: readonly string[] = [],
  ): Promise<T | null> => {
    const answer = await send(method, `${origin}${path}`, content === null ? '' : JSON.stringify(content));
    if (answer.status >= 500 || answer.status === 429) throw new ProviderSilent(`status ${answer.status}`);
    // A refusal without a signature comes from a proxy in between as well as from the provider: it is no word at all.
    try {
      assertSigned(merchant.platformKeys, headersOf(answer.headers), answer.body, clock.now());
    } catch {
      if (answer.status === 401) throw new ProviderRefuses('SIGN_ERROR');
      throw new ProviderSilent('an answer that is not signed');
    }
    const json = jsonOf(answer.body);
    if (answer.status < 300) return json as T;
    const { code = `status ${answer.status}` } = (json ?? {}) as { code?: string };
    if (unknown.includes(code)) return null;
    throw new ProviderRefuses(code);
  };

  const tradePath = (tradeNo: string): string => `/v3/pay/transactions/out-trade-no/${tradeNo}`;

  return {
    provider: 'wechat',
    appId: merchant.appId,
    merchantId,
    thanks: { type: 'application/json', body: '{"code":"SUCCESS"}' },

    async order(order) {
      const answer = await ask<{ prepay_id?: string; h5_url?: string; code_url?: string }>(
        'POST',
        `/v3/pay/transactions/${paths[order.channel]}`,
        orderBody(merchant, order),
      );
      return nextStepOf(merchant, order, answer ?? {}, clock.now());
    },

    async query(tradeNo) {
      const trade = await ask<Trade>('GET', `${tradePath(tradeNo)}?mchid=${merchantId}`, null, [
        'ORDER_NOT_EXIST',
        'ORDERNOTEXIST',
      ]);
      return trade === null ? null : factOf(merchant, trade);
    },

    async close(tradeNo) {
      try {
        await ask('POST', `${tradePath(tradeNo)}/close`, { mchid: merchantId }, [
          'ORDER_NOT_EXIST',
          'ORDERNOTEXIST',
          'ORDER_CLOSED',
        ]);
        return 'closed';
      } catch (error) {
        if (error instanceof ProviderRefuses && /^ORDER_?PAID$/.test(error.code)) return 'paid';
        throw error;
      }
    },

    async refund(order) {
      const refund = await ask<Refund>('POST', '/v3/refund/domestic/refunds', {
        ...(order.transactionId === null
          ? { out_trade_no: order.tradeNo }
          : { transaction_id: order.transactionId }),
        out_refund_no: order.refundNo,
        reason: order.reason.slice(0, 80),
        ...(order.notifyUrl === null ? {} : { notify_url: order.notifyUrl }),
        amount: { refund: order.amountFen, total: order.totalFen, currency: 'CNY' },
      });
      return refundOf(refund ?? {});
    },

    async queryRefund({ refundNo }) {
      const refund = await ask<Refund>('GET', `/v3/refund/domestic/refunds/${refundNo}`, null, [
        'RESOURCE_NOT_EXISTS',
      ]);
      return refund === null ? null : refundOf(refund);
    },

    read({ headers, body }) {
      assertSigned(merchant.platformKeys, headersOf(headers), body, clock.now());
      const notice = jsonOf(body) as { event_type?: string; resource?: SealedResource } | null;
      if (typeof notice?.event_type !== 'string' || notice.resource === undefined)
        throw new NotFromProvider('no notice');
      const content = openResource(merchant.apiKey, notice.resource);
      if (notice.event_type.startsWith('REFUND.')) {
        const refund = content as Refund;
        if (refund.mchid !== merchantId) throw new NotFromProvider('about another merchant');
        return { about: 'refund', fact: refundOf(refund) };
      }
      return { about: 'trade', fact: factOf(merchant, content as Trade) };
    },

    async fileOf(day) {
      const bill = await ask<{ hash_type?: string; hash_value?: string; download_url?: string }>(
        'GET',
        `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`,
        null,
        ['NO_STATEMENT_EXIST'],
      );
      if (bill === null) return null;
      const url = bill.download_url ?? '';
      // Signed for this provider: sent anywhere else, the signature would be given away.
      if (!URL.canParse(url) || new URL(url).origin !== new URL(origin).origin)
        throw new ProviderSilent('a file that lies elsewhere');
      const file = await send('GET', url, '');
      if (file.status !== 200) throw new ProviderSilent(`status ${file.status}`);
      // The file itself is not signed: its digest was, in the answer that named it.
      const digest = createHash('sha1').update(file.body).digest('hex');
      if (bill.hash_type !== 'SHA1' || digest !== bill.hash_value?.toLowerCase())
        throw new ProviderSilent('a file that is not the one that was named');
      return readWechatFile(file.body.toString('utf8')) satisfies FileLine[];
    },
  };
}

function orderBody({ appId, merchantId }: WechatPayMerchant, order: TradeOrder): object {
  return {
    appid: appId,
    mchid: merchantId,
    description: order.description,
    out_trade_no: order.tradeNo,
    time_expire: order.expiresAt.toISOString().replace(/\.\d+Z$/, '+00:00'),
    attach: order.attach,
    notify_url: order.notifyUrl,
    amount: { total: order.amountFen, currency: 'CNY' },
    ...(order.channel === 'jsapi' ? { payer: { openid: order.openId } } : {}),
    ...(order.channel === 'h5'
      ? { scene_info: { payer_client_ip: order.clientIp, h5_info: { type: 'Wap' } } }
      : {}),
  };
}

function nextStepOf(
  merchant: WechatPayMerchant,
  { channel, returnUrl }: TradeOrder,
  answer: { prepay_id?: string; h5_url?: string; code_url?: string },
  now: Date,
): NextStep {
  if (channel === 'h5' && answer.h5_url !== undefined)
    return { kind: 'redirect', url: `${answer.h5_url}&redirect_url=${encodeURIComponent(returnUrl)}` };
  if (channel === 'native' && answer.code_url !== undefined) return { kind: 'code', code: answer.code_url };
  if (channel === 'jsapi' && answer.prepay_id !== undefined) {
    const timeStamp = String(Math.floor(now.getTime() / 1000));
    const nonceStr = randomBytes(16).toString('hex');
    const packed = `prepay_id=${answer.prepay_id}`;
    const paySign = signLines(merchant.privateKey, [merchant.appId, timeStamp, nonceStr, packed]);
    return {
      kind: 'wechat',
      parameters: { appId: merchant.appId, timeStamp, nonceStr, package: packed, signType: 'RSA', paySign },
    };
  }
  throw new ProviderSilent('an order without a way to pay it');
}

function factOf({ merchantId, appId }: WechatPayMerchant, trade: Trade): TradeFact {
  if (trade.mchid !== merchantId || trade.appid !== appId)
    throw new NotFromProvider('about another merchant');
  const state = tradeStates[trade.trade_state ?? ''];
  if (state === undefined || trade.out_trade_no === undefined) throw new ProviderSilent('an unknown state');
  const { total, currency } = trade.amount ?? {};
  return {
    tradeNo: trade.out_trade_no,
    state,
    amountFen: Number.isSafeInteger(total) ? (total as number) : null,
    currency: currency ?? 'CNY',
    transactionId: trade.transaction_id ?? null,
    paidAt: dateOf(trade.success_time),
    attach: trade.attach ?? '',
  };
}

function refundOf(refund: Refund): RefundFact {
  const state = refundStates[refund.refund_status ?? refund.status ?? ''];
  if (state === undefined || refund.out_refund_no === undefined) throw new ProviderSilent('an unknown state');
  const amount = refund.amount?.refund;
  return {
    tradeNo: refund.out_trade_no ?? '',
    refundNo: refund.out_refund_no,
    state,
    amountFen: Number.isSafeInteger(amount) ? (amount as number) : null,
    providerRefundId: refund.refund_id ?? null,
    doneAt: dateOf(refund.success_time),
  };
}

function dateOf(text: string | undefined): Date | null {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
