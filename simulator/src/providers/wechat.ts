import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { type Book, feeOf, type Letter, type Refund, type Trade } from './book.ts';
import { type Asked, type Given, beijing, dayOf, yuan } from './http.ts';
import type { ProviderKeys } from './keys.ts';

/** WeChat Pay API v3, from the provider's side: checks every signature, and signs every word. */
export function wechatSide(book: Book, keys: ProviderKeys['wechat'], url: () => string) {
  const merchantKey = createPublicKey(keys.merchantPublic);
  const platformKey = createPrivateKey(keys.platformPrivate);

  const signed = (body: string): Record<string, string> => {
    const timestamp = String(Math.floor(book.now().getTime() / 1000));
    const nonce = randomBytes(16).toString('hex');
    const signature = sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), platformKey).toString(
      'base64',
    );
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-signature': signature,
      'wechatpay-serial': keys.platformId,
    };
  };
  const answer = (status: number, content: object | null): Given => {
    const body = content === null ? '' : JSON.stringify(content);
    return { status, headers: { 'content-type': 'application/json', ...signed(body) }, body };
  };
  const refuse = (status: number, code: string): Given => answer(status, { code, message: code });

  const isFromMerchant = ({ method, path, headers, body }: Asked): boolean => {
    const form = /^WECHATPAY2-SHA256-RSA2048 (.+)$/.exec(headers['authorization'] ?? '');
    const fields = Object.fromEntries(
      [...(form?.[1] ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    if (fields['mchid'] !== keys.merchantId || fields['serial_no'] !== keys.serial) return false;
    if (Math.abs(book.now().getTime() / 1000 - Number(fields['timestamp'])) > 300) return false;
    const message = `${method}\n${path}\n${fields['timestamp']}\n${fields['nonce_str']}\n${body}\n`;
    return verify(
      'sha256',
      Buffer.from(message),
      merchantKey,
      Buffer.from(fields['signature'] ?? '', 'base64'),
    );
  };

  const tradeBody = (trade: Trade, more: object = {}): object => ({
    appid: keys.appId,
    mchid: keys.merchantId,
    out_trade_no: trade.tradeNo,
    attach: trade.attach,
    trade_state:
      trade.state === 'paid'
        ? book.refundedFen(trade) > 0
          ? 'REFUND'
          : 'SUCCESS'
        : trade.state === 'open'
          ? 'NOTPAY'
          : 'CLOSED',
    ...(trade.state === 'paid'
      ? {
          transaction_id: trade.transactionId,
          trade_type: 'H5',
          bank_type: 'OTHERS',
          success_time: `${beijing(trade.paidAt!).replace(' ', 'T')}+08:00`,
          payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
          amount: {
            total: trade.amountFen,
            payer_total: trade.amountFen,
            currency: 'CNY',
            payer_currency: 'CNY',
          },
        }
      : {}),
    ...more,
  });

  const refundBody = (refund: Refund, isNotice: boolean): object => ({
    ...(isNotice ? { mchid: keys.merchantId } : {}),
    refund_id: refund.refundId,
    out_refund_no: refund.refundNo,
    transaction_id: refund.trade.transactionId,
    out_trade_no: refund.trade.tradeNo,
    [isNotice ? 'refund_status' : 'status']:
      refund.state === 'done' ? 'SUCCESS' : refund.state === 'failed' ? 'ABNORMAL' : 'PROCESSING',
    amount: { total: refund.trade.amountFen, refund: refund.amountFen, currency: 'CNY' },
    ...(refund.doneAt === null ? {} : { success_time: `${beijing(refund.doneAt).replace(' ', 'T')}+08:00` }),
  });

  const letter = (to: string, type: string, content: object, isForged = false): Letter => {
    const nonce = randomBytes(6).toString('hex');
    const data = 'transaction';
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(keys.apiKey), Buffer.from(nonce));
    cipher.setAAD(Buffer.from(data));
    const sealed = Buffer.concat([
      cipher.update(JSON.stringify(content)),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    const body = JSON.stringify({
      id: `EV-${randomBytes(8).toString('hex')}`,
      create_time: `${beijing(book.now()).replace(' ', 'T')}+08:00`,
      resource_type: 'encrypt-resource',
      event_type: type,
      summary: type,
      resource: {
        algorithm: 'AEAD_AES_256_GCM',
        original_type: data,
        ciphertext: sealed.toString('base64'),
        associated_data: data,
        nonce,
      },
    });
    // A signature of other bytes: well-formed, and not over these.
    const headers = signed(isForged ? `${body} ` : body);
    return { url: to, headers: { 'content-type': 'application/json', ...headers }, body };
  };

  const order = (kind: string, body: string): Given => {
    const given = JSON.parse(body);
    const isComplete =
      given.appid === keys.appId &&
      given.mchid === keys.merchantId &&
      given.amount?.currency === 'CNY' &&
      Number.isInteger(given.amount?.total) &&
      given.amount.total > 0 &&
      /^[0-9A-Za-z_\-|*]{6,32}$/.test(given.out_trade_no) &&
      typeof given.notify_url === 'string' &&
      given.description?.length <= 127 &&
      (given.attach ?? '').length <= 128;
    // Inside WeChat the payer is known; in a browser only by the address.
    const isNamed = kind !== 'jsapi' || /^[A-Za-z0-9_-]{20,40}$/.test(given.payer?.openid ?? '');
    if (!isComplete || !isNamed) return refuse(400, 'PARAM_ERROR');
    const trade = book.order({
      provider: 'wechat',
      tradeNo: given.out_trade_no,
      amountFen: given.amount.total,
      description: given.description,
      attach: given.attach ?? '',
      notifyUrl: given.notify_url,
      returnUrl: '',
      expiresAt: new Date(given.time_expire),
    });
    if (trade === 'paid') return refuse(400, 'ORDERPAID');
    if (trade === 'closed') return refuse(400, 'ORDER_CLOSED');
    if (trade === 'other_content') return refuse(400, 'OUT_TRADE_NO_USED');
    const page = `${url()}/cashier/wechat/${trade.tradeNo}?package=1`;
    if (kind === 'h5') return answer(200, { h5_url: page });
    if (kind === 'native') return answer(200, { code_url: page });
    return answer(200, { prepay_id: `wx${trade.tradeNo}` });
  };

  const bill = (day: string): string => {
    const names =
      '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
    const line = (trade: Trade, refund: Refund | null): string =>
      [
        beijing(refund?.doneAt ?? trade.paidAt!),
        keys.appId,
        keys.merchantId,
        '0',
        '',
        trade.transactionId,
        trade.tradeNo,
        'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
        'MWEB',
        refund === null ? 'SUCCESS' : 'REFUND',
        'OTHERS',
        'CNY',
        refund === null ? yuan(trade.amountFen) : '0.00',
        '0.00',
        refund?.refundId ?? '0',
        refund?.refundNo ?? '0',
        refund === null ? '0.00' : yuan(refund.amountFen),
        '0.00',
        refund === null ? '' : 'ORIGINAL',
        refund === null ? '' : 'SUCCESS',
        trade.description,
        trade.attach,
        refund === null ? yuan(feeOf(trade.amountFen)) : `-${yuan(feeOf(refund.amountFen))}`,
        '0.60%',
        refund === null ? yuan(trade.amountFen) : '0.00',
        refund === null ? '0.00' : yuan(refund.amountFen),
        '',
      ]
        .map((field) => `\`${field}`)
        .join(',');
    const lines = [
      ...[...book.trades.values()]
        .filter(
          (trade) => trade.provider === 'wechat' && trade.paidAt !== null && dayOf(trade.paidAt) === day,
        )
        .map((trade) => line(trade, null)),
      ...[...book.refunds.values()]
        .filter(({ provider, doneAt }) => provider === 'wechat' && doneAt !== null && dayOf(doneAt) === day)
        .map((refund) => line(refund.trade, refund)),
    ];
    if (lines.length === 0) return '';
    const totals = [
      '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
      `\`${lines.length},\`0.00,\`0.00,\`0.00,\`0.00,\`0.00,\`0.00`,
    ];
    return `\ufeff${[names, ...lines, ...totals].join('\r\n')}\r\n`;
  };

  return {
    answer(asked: Asked): Given {
      const { pathname, searchParams } = new URL(asked.path, 'http://x');
      if (!isFromMerchant(asked)) return refuse(401, 'SIGN_ERROR');
      const kind = /^\/v3\/pay\/transactions\/(jsapi|h5|native)$/.exec(pathname)?.[1];
      if (kind !== undefined) return order(kind, asked.body);
      const tradeNo = /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)(\/close)?$/.exec(pathname);
      if (tradeNo !== null) {
        const trade = book.find(tradeNo[1]!);
        if (trade === undefined || trade.provider !== 'wechat') return refuse(404, 'ORDER_NOT_EXIST');
        if (tradeNo[2] === undefined) return answer(200, tradeBody(trade));
        if (trade.state === 'paid') return refuse(400, 'ORDERPAID');
        trade.state = 'closed';
        return answer(204, null);
      }
      if (pathname === '/v3/refund/domestic/refunds') {
        const given = JSON.parse(asked.body);
        const refund = book.refund({
          refundNo: given.out_refund_no,
          tradeNo: book.named(given.transaction_id, given.out_trade_no)?.tradeNo ?? '',
          amountFen: given.amount.refund,
          notifyUrl: given.notify_url ?? '',
        });
        if (typeof refund === 'string')
          return refund === 'unknown'
            ? refuse(404, 'RESOURCE_NOT_EXISTS')
            : refund === 'short'
              ? refuse(403, 'NOT_ENOUGH')
              : refuse(400, 'INVALID_REQUEST');
        if (refund.trade.amountFen !== given.amount.total) return refuse(400, 'PARAM_ERROR');
        return answer(200, refundBody(refund, false));
      }
      const refundNo = /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/.exec(pathname)?.[1];
      if (refundNo !== undefined) {
        const refund = book.refunds.get(refundNo);
        return refund === undefined
          ? refuse(404, 'RESOURCE_NOT_EXISTS')
          : answer(200, refundBody(refund, false));
      }
      if (pathname === '/v3/bill/tradebill') {
        const day = searchParams.get('bill_date') ?? '';
        const file = bill(day);
        if (file === '') return refuse(400, 'NO_STATEMENT_EXIST');
        return answer(200, {
          hash_type: 'SHA1',
          hash_value: createHash('sha1').update(file).digest('hex'),
          download_url: `${url()}/v3/billdownload/file?token=${day}`,
        });
      }
      if (pathname === '/v3/billdownload/file')
        return {
          status: 200,
          headers: { 'content-type': 'text/plain' },
          body: bill(searchParams.get('token') ?? ''),
        };
      return refuse(404, 'NOT_FOUND');
    },
    told(trade: Trade, how: 'right' | 'bad_signature' | 'other_amount' | 'other_currency'): Letter {
      const amount =
        how === 'other_amount'
          ? { amount: { total: trade.amountFen + 100, payer_total: trade.amountFen + 100, currency: 'CNY' } }
          : how === 'other_currency'
            ? { amount: { total: trade.amountFen, payer_total: trade.amountFen, currency: 'USD' } }
            : {};
      return letter(
        trade.notifyUrl,
        'TRANSACTION.SUCCESS',
        tradeBody(trade, amount),
        how === 'bad_signature',
      );
    },
    /** What WeChat's own browser does with the parameters a page hands it: whose order, if the merchant signed them. */
    invoked(given: Readonly<Record<string, string>>): string | null {
      const { appId, timeStamp, nonceStr, package: packed = '', signType, paySign = '' } = given;
      const message = Buffer.from(`${appId}\n${timeStamp}\n${nonceStr}\n${packed}\n`);
      const isSigned =
        appId === keys.appId &&
        signType === 'RSA' &&
        verify('sha256', message, merchantKey, Buffer.from(paySign, 'base64'));
      return isSigned ? (/^prepay_id=wx([0-9a-f]{32})$/.exec(packed)?.[1] ?? null) : null;
    },
    toldRefund: (refund: Refund): Letter =>
      letter(
        refund.notifyUrl,
        refund.state === 'done' ? 'REFUND.SUCCESS' : 'REFUND.ABNORMAL',
        refundBody(refund, true),
      ),
  };
}
