import { toIso } from '@gongzhi/kernel';
import type { AlipayMerchant } from '../../config-payments.ts';
import type { Clock } from '../clock/clock.ts';
import { contentOf, innerText, isSigned, signFields } from './alipay-signing.ts';
import { readAlipayFile } from './bill-files.ts';
import {
  askProvider,
  fenOf,
  NotFromProvider,
  type PaymentProvider,
  ProviderRefuses,
  ProviderSilent,
  type RefundFact,
  type RefundNumbers,
  type TradeFact,
  yuanOf,
} from './provider.ts';

interface Answer {
  readonly code?: string;
  readonly sub_code?: string;
  readonly [field: string]: unknown;
}

const tradeStates: Readonly<Record<string, TradeFact['state']>> = {
  WAIT_BUYER_PAY: 'open',
  TRADE_SUCCESS: 'paid',
  TRADE_FINISHED: 'paid',
  TRADE_CLOSED: 'closed',
};

const unknownTrade = 'ACQ.TRADE_NOT_EXIST';

export function alipay(merchant: AlipayMerchant, clock: Clock): PaymentProvider {
  const { appId, merchantId, gateway } = merchant;

  const signed = (method: string, content: object, more: Record<string, string> = {}): URLSearchParams => {
    const fields: Record<string, string> = {
      app_id: appId,
      method,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: localDateTime(clock.now()),
      version: '1.0',
      biz_content: JSON.stringify(content),
      ...more,
    };
    return new URLSearchParams({ ...fields, sign: signFields(merchant.privateKey, fields) });
  };

  /** The provider's word, proved to be its own. Null for what it does not know. */
  const ask = async (
    method: string,
    content: object,
    more: Record<string, string> = {},
  ): Promise<Answer | null> => {
    const { status, body } = await askProvider(gateway, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body: signed(method, content, more).toString(),
    });
    if (status !== 200) throw new ProviderSilent(`status ${status}`);
    const text = body.toString('utf8');
    const name = `${method.replaceAll('.', '_')}_response`;
    const inner = innerText(text, name) ?? innerText(text, 'error_response');
    const signature = /"sign"\s*:\s*"([^"]+)"/.exec(inner === null ? text : text.replace(inner, ''))?.[1];
    if (
      inner === null ||
      signature === undefined ||
      !isSigned(merchant.platformKey, inner, signature.replaceAll('\\/', '/'))
    )
      throw new ProviderSilent('an answer that is not signed');
    const answer = JSON.parse(inner) as Answer;
    if (answer.code === '10000') return answer;
    if (answer.sub_code === unknownTrade) return null;
    // 20000: the service is not there; "ACQ.SYSTEM_ERROR": it may have happened. Both are to be asked again.
    if (answer.code === '20000' || answer.sub_code === 'ACQ.SYSTEM_ERROR')
      throw new ProviderSilent('a service that is not there');
    throw new ProviderRefuses(answer.sub_code ?? answer.code ?? 'unknown');
  };

  return {
    provider: 'alipay',
    appId,
    merchantId,
    thanks: { type: 'text/plain', body: 'success' },

    async order(order) {
      const content = {
        out_trade_no: order.tradeNo,
        total_amount: yuanOf(order.amountFen),
        subject: order.description,
        passback_params: encodeURIComponent(order.attach),
        time_expire: localDateTime(order.expiresAt),
      };
      if (order.channel === 'native') {
        const answer = await ask('alipay.trade.precreate', content, { notify_url: order.notifyUrl });
        if (typeof answer?.['qr_code'] !== 'string') throw new ProviderSilent('an order without a code');
        return { kind: 'code', code: answer['qr_code'] };
      }
      // Nothing is asked: the signed order travels with the payer.
      const fields = signed(
        'alipay.trade.wap.pay',
        { ...content, product_code: 'QUICK_WAP_WAY', quit_url: order.returnUrl },
        { notify_url: order.notifyUrl, return_url: order.returnUrl },
      );
      return { kind: 'redirect', url: `${gateway}?${fields}` };
    },

    async query(tradeNo) {
      const answer = await ask('alipay.trade.query', { out_trade_no: tradeNo });
      return answer === null ? null : factOf(answer, '');
    },

    async close(tradeNo) {
      try {
        await ask('alipay.trade.close', { out_trade_no: tradeNo });
        return 'closed';
      } catch (error) {
        if (error instanceof ProviderRefuses && error.code === 'ACQ.TRADE_STATUS_ERROR') return 'paid';
        throw error;
      }
    },

    async refund(order) {
      const answer = await ask('alipay.trade.refund', {
        ...tradeOf(order),
        out_request_no: order.refundNo,
        refund_amount: yuanOf(order.amountFen),
        refund_reason: order.reason,
      });
      if (answer === null) throw new ProviderRefuses(unknownTrade);
      // "N" says that this very refund had been carried out before, or has not yet: the query knows.
      return {
        tradeNo: order.tradeNo,
        refundNo: order.refundNo,
        state: answer['fund_change'] === 'Y' ? 'done' : 'processing',
        amountFen: answer['fund_change'] === 'Y' ? order.amountFen : null,
        providerRefundId: textOf(answer['trade_no']),
        doneAt: timeOf(answer['gmt_refund_pay']),
      };
    },

    async queryRefund(numbers) {
      const { tradeNo, refundNo } = numbers;
      const answer = await ask('alipay.trade.fastpay.refund.query', {
        ...tradeOf(numbers),
        out_request_no: refundNo,
        query_options: ['gmt_refund_pay'],
      });
      if (answer === null || answer['out_request_no'] !== refundNo) return null;
      return {
        tradeNo,
        refundNo,
        state: answer['refund_status'] === 'REFUND_SUCCESS' ? 'done' : 'processing',
        amountFen: fenOf(textOf(answer['refund_amount']) ?? ''),
        providerRefundId: textOf(answer['trade_no']),
        doneAt: timeOf(answer['gmt_refund_pay']),
      } satisfies RefundFact;
    },

    read({ body }) {
      const fields = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
      const content = contentOf(fields, ['sign', 'sign_type']);
      if (fields['sign_type'] !== 'RSA2' || !isSigned(merchant.platformKey, content, fields['sign'] ?? ''))
        throw new NotFromProvider('wrong signature');
      if (fields['app_id'] !== appId || fields['seller_id'] !== merchantId)
        throw new NotFromProvider('about another merchant');
      const attach = decodeURIComponent(fields['passback_params'] ?? '');
      return { about: 'trade', fact: factOf(fields, attach) };
    },

    async fileOf(day) {
      let answer: Answer | null;
      try {
        answer = await ask('alipay.data.dataservice.bill.downloadurl.query', {
          bill_type: 'trade',
          bill_date: day,
        });
      } catch (error) {
        if (error instanceof ProviderRefuses && /BILL_NOT_EXIST$/i.test(error.code)) return null;
        throw error;
      }
      const url = textOf(answer?.['bill_download_url']) ?? '';
      if (!/^https?:/.test(url)) throw new ProviderSilent('a file without an address');
      const { status, body } = await askProvider(url, { method: 'GET' }, 60_000);
      if (status !== 200) throw new ProviderSilent(`status ${status}`);
      return readAlipayFile(body);
    },
  };
}

const tradeOf = ({ tradeNo, transactionId }: RefundNumbers): object =>
  transactionId === null ? { out_trade_no: tradeNo } : { trade_no: transactionId };

function factOf(answer: Readonly<Record<string, unknown>>, attach: string): TradeFact {
  const tradeNo = textOf(answer['out_trade_no']);
  const state = tradeStates[textOf(answer['trade_status']) ?? ''];
  if (tradeNo === null || state === undefined) throw new ProviderSilent('an unknown state');
  return {
    tradeNo,
    state,
    amountFen: fenOf(textOf(answer['total_amount']) ?? ''),
    currency: textOf(answer['trans_currency']) ?? 'CNY',
    transactionId: textOf(answer['trade_no']),
    paidAt: timeOf(answer['send_pay_date'] ?? answer['gmt_payment']),
    attach,
  };
}

/** Alipay's clock is Beijing's, wherever the place is. */
const localDateTime = (date: Date): string => toIso(date.getTime()).slice(0, 19).replace('T', ' ');

function timeOf(value: unknown): Date | null {
  const date = new Date(`${textOf(value)?.replace(' ', 'T')}+08:00`);
  return Number.isNaN(date.getTime()) ? null : date;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
