import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { type Book, feeOf, type Letter, type Refund, type Trade } from './book.ts';
import { type Asked, type Given, beijing, dayOf, gbk, storedZip, yuan } from './http.ts';
import type { ProviderKeys } from './keys.ts';

/** Alipay's gateway, from the provider's side: checks every signature, and signs every word. */
export function alipaySide(book: Book, keys: ProviderKeys['alipay'], url: () => string) {
  const merchantKey = createPublicKey(keys.merchantPublic);
  const platformKey = createPrivateKey(keys.platformPrivate);
  const signText = (text: string): string =>
    sign('sha256', Buffer.from(text), platformKey).toString('base64');
  const joined = (fields: Record<string, string>, without: readonly string[]): string =>
    Object.entries(fields)
      .filter(([name, value]) => value !== '' && !without.includes(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');

  const answer = (method: string, content: object): Given => {
    // With blanks and escapes as the provider writes them: signed are these very characters.
    const inner = JSON.stringify(content).replaceAll('/', '\\/');
    const body = `{"${method.replaceAll('.', '_')}_response":${inner},"sign":"${signText(inner)}"}`;
    return { status: 200, headers: { 'content-type': 'text/html;charset=utf-8' }, body };
  };
  const good = (method: string, content: object): Given =>
    answer(method, { code: '10000', msg: 'Success', ...content });
  const refuse = (method: string, code: string): Given =>
    answer(method, { code: '40004', msg: 'Business Failed', sub_code: code, sub_msg: code });

  const fen = (text: unknown): number => Math.round(Number(text) * 100);
  const states = { open: 'WAIT_BUYER_PAY', paid: 'TRADE_SUCCESS', closed: 'TRADE_CLOSED' } as const;

  const order = (fields: Record<string, string>): Trade | 'other_content' | 'paid' | 'closed' => {
    const given = JSON.parse(fields['biz_content'] ?? '{}');
    return book.order({
      provider: 'alipay',
      tradeNo: given.out_trade_no,
      amountFen: fen(given.total_amount),
      description: given.subject,
      attach: given.passback_params ?? '',
      notifyUrl: fields['notify_url'] ?? '',
      returnUrl: fields['return_url'] ?? '',
      expiresAt: new Date(`${String(given.time_expire).replace(' ', 'T')}+08:00`),
    });
  };

  const file = (day: string): Buffer | null => {
    const rows: string[] = [];
    const row = (trade: Trade, refund: Refund | null): string => {
      const sums = refund === null ? yuan(trade.amountFen) : `-${yuan(refund.amountFen)}`;
      const fee = refund === null ? `-${yuan(feeOf(trade.amountFen))}` : yuan(feeOf(refund.amountFen));
      const at = beijing(refund?.doneAt ?? trade.paidAt!);
      const cells = [
        trade.transactionId,
        trade.tradeNo,
        refund === null ? '交易' : '退款',
        trade.description,
        at,
        at,
        '',
        '',
        '',
        '',
        '(*明)',
        sums,
        sums,
      ];
      return [
        ...cells,
        '0.00',
        '0.00',
        '0.00',
        '0.00',
        '0.00',
        '',
        '0.00',
        '0.00',
        refund?.refundNo ?? '',
        fee,
        '0.00',
        '',
      ]
        .map((cell) => `${cell}\t`)
        .join(',');
    };
    for (const trade of book.trades.values())
      if (trade.provider === 'alipay' && trade.paidAt !== null && dayOf(trade.paidAt) === day)
        rows.push(row(trade, null));
    for (const refund of book.refunds.values())
      if (refund.provider === 'alipay' && refund.doneAt !== null && dayOf(refund.doneAt) === day)
        rows.push(row(refund.trade, refund));
    if (rows.length === 0) return null;
    const text = [
      '#支付宝业务明细查询',
      `#账号：[${keys.merchantId}0156]`,
      '#-----------------------------------------业务明细列表----------------------------------------',
      '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注',
      ...rows,
      '#-----------------------------------------业务明细列表结束------------------------------------',
    ];
    return storedZip({
      summary: gbk('#支付宝业务汇总查询\r\n门店编号,交易订单总笔数\r\n'),
      details: gbk(`${text.join('\r\n')}\r\n`),
    });
  };

  return {
    /** The gateway; a trade that is to be paid on a page answers with the address of that page. */
    answer(asked: Asked): Given {
      const query = new URL(asked.path, 'http://x').searchParams;
      const fields = Object.fromEntries(asked.method === 'GET' ? query : new URLSearchParams(asked.body));
      const method = fields['method'] ?? '';
      const isOurs =
        fields['app_id'] === keys.appId &&
        fields['sign_type'] === 'RSA2' &&
        verify(
          'sha256',
          Buffer.from(joined(fields, ['sign'])),
          merchantKey,
          Buffer.from(fields['sign'] ?? '', 'base64'),
        );
      if (!isOurs) return refuse(method, 'isv.invalid-signature');
      const given = JSON.parse(fields['biz_content'] ?? '{}');
      if (method === 'alipay.trade.wap.pay') {
        const trade = order(fields);
        const page =
          typeof trade === 'string' ? `${url()}/cashier/over` : `${url()}/cashier/alipay/${trade.tradeNo}`;
        return { status: 302, headers: { location: page }, body: '' };
      }
      if (method === 'alipay.trade.precreate') {
        const trade = order(fields);
        return typeof trade === 'string'
          ? refuse(method, trade === 'paid' ? 'ACQ.TRADE_HAS_SUCCESS' : 'ACQ.TRADE_HAS_CLOSE')
          : good(method, {
              out_trade_no: trade.tradeNo,
              qr_code: `${url()}/cashier/alipay/${trade.tradeNo}`,
            });
      }
      if (method === 'alipay.data.dataservice.bill.downloadurl.query')
        return file(given.bill_date) === null
          ? refuse(method, 'isp.bill_not_exist')
          : good(method, { bill_download_url: `${url()}/alipay-bill?day=${given.bill_date}` });
      const trade = book.named(given.trade_no, given.out_trade_no);
      if (trade === undefined || trade.provider !== 'alipay') return refuse(method, 'ACQ.TRADE_NOT_EXIST');
      const known = { out_trade_no: trade.tradeNo, trade_no: trade.transactionId };
      if (method === 'alipay.trade.query')
        return good(method, {
          ...known,
          trade_status: states[trade.state],
          total_amount: yuan(trade.amountFen),
          ...(trade.paidAt === null ? {} : { send_pay_date: beijing(trade.paidAt) }),
        });
      if (method === 'alipay.trade.close') {
        if (trade.state === 'paid') return refuse(method, 'ACQ.TRADE_STATUS_ERROR');
        trade.state = 'closed';
        return good(method, known);
      }
      if (method === 'alipay.trade.refund') {
        const isNew = !book.refunds.has(given.out_request_no);
        const refund = book.refund({
          refundNo: given.out_request_no,
          tradeNo: trade.tradeNo,
          amountFen: fen(given.refund_amount),
          notifyUrl: '',
        });
        if (typeof refund === 'string')
          return refuse(
            method,
            refund === 'short'
              ? 'ACQ.SELLER_BALANCE_NOT_ENOUGH'
              : refund === 'too_much'
                ? 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL'
                : 'ACQ.TRADE_STATUS_ERROR',
          );
        if (refund.state === 'failed') return refuse(method, 'ACQ.TRADE_HAS_FINISHED');
        return good(method, {
          ...known,
          fund_change: isNew && refund.state === 'done' ? 'Y' : 'N',
          refund_fee: yuan(refund.amountFen),
          ...(refund.doneAt === null ? {} : { gmt_refund_pay: beijing(refund.doneAt) }),
        });
      }
      if (method === 'alipay.trade.fastpay.refund.query') {
        const refund = book.refunds.get(given.out_request_no);
        return good(
          method,
          refund === undefined || refund.state === 'failed'
            ? {}
            : {
                ...known,
                out_request_no: refund.refundNo,
                refund_amount: yuan(refund.amountFen),
                ...(refund.state === 'done' ? { refund_status: 'REFUND_SUCCESS' } : {}),
                // Told only to who asks for it.
                ...(refund.doneAt !== null && given.query_options?.includes('gmt_refund_pay') === true
                  ? { gmt_refund_pay: beijing(refund.doneAt) }
                  : {}),
              },
        );
      }
      return refuse(method, 'isv.invalid-method');
    },
    file,
    told(trade: Trade, how: 'right' | 'bad_signature' | 'other_amount' | 'other_currency'): Letter {
      const fields: Record<string, string> = {
        notify_id: randomBytes(16).toString('hex'),
        notify_type: 'trade_status_sync',
        notify_time: beijing(book.now()),
        app_id: keys.appId,
        seller_id: keys.merchantId,
        charset: 'utf-8',
        version: '1.0',
        out_trade_no: trade.tradeNo,
        trade_no: trade.transactionId,
        trade_status: 'TRADE_SUCCESS',
        total_amount: yuan(trade.amountFen + (how === 'other_amount' ? 100 : 0)),
        gmt_payment: beijing(trade.paidAt!),
        passback_params: trade.attach,
        subject: trade.description,
        ...(how === 'other_currency' ? { trans_currency: 'USD' } : {}),
      };
      const signature = signText(joined(fields, []) + (how === 'bad_signature' ? ' ' : ''));
      return {
        url: trade.notifyUrl,
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
        body: new URLSearchParams({ ...fields, sign_type: 'RSA2', sign: signature }).toString(),
      };
    },
  };
}
