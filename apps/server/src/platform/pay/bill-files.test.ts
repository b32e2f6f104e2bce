import { describe, expect, it } from 'vitest';
import { gbk, storedZip } from '../../../../../simulator/src/providers/http.ts';
import { readAlipayFile, readWechatFile } from './bill-files.ts';
import { ProviderSilent } from './provider.ts';

/** A file that cannot be read whole is no file: a day held against half of it would show what is not so. */

const head =
  '交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,货币种类,商户退款单号,退款状态,商品名称,商户数据包,手续费,订单金额,申请退款金额';
const line = (change: Record<number, string> = {}): string =>
  [
    '2026-11-23 10:00:00',
    'wx1',
    '1900000109',
    '42001',
    'a1',
    'SUCCESS',
    'CNY',
    '0',
    '',
    '物业服务费',
    'x',
    '1.73',
    '288.00',
    '0.00',
  ]
    .map((field, i) => `\`${change[i] ?? field}`)
    .join(',');
const refund = (change: Record<number, string> = {}): string =>
  line({ 5: 'REFUND', 7: 'r1', 8: 'SUCCESS', 11: '-0.60', 12: '0.00', 13: '100.00', ...change });
const file = (lines: readonly string[], listed = lines.length): string =>
  `\ufeff${[head, ...lines, '总交易单数,应结订单总金额', `\`${listed},\`0.00`].join('\r\n')}\r\n`;

describe('the file of WeChat Pay', () => {
  it('is read to the fen, whatever columns it has besides and in whatever order', () => {
    expect(readWechatFile(file([line(), refund()]))).toEqual([
      {
        kind: 'payment',
        tradeNo: 'a1',
        refundNo: null,
        transactionId: '42001',
        amountFen: 28_800,
        feeFen: 173,
        attach: 'x',
      },
      {
        kind: 'refund',
        tradeNo: 'a1',
        refundNo: 'r1',
        transactionId: '42001',
        amountFen: 10_000,
        feeFen: -60,
        attach: 'x',
      },
    ]);
    // A comma in a name splits nothing, and no mark of the file's beginning is needed.
    expect(readWechatFile(file([line({ 9: '物业费,水费' })]).slice(1))[0]).toMatchObject({
      amountFen: 28_800,
    });
    expect(readWechatFile(file([]))).toEqual([]);
    // Under way is not back; it is listed again on its day. What was revoked is neither.
    expect(readWechatFile(file([refund({ 8: 'PROCESSING' }), line({ 5: 'REVOKED' }), line()]))).toHaveLength(
      1,
    );
  });

  it.each([
    ['an amount that is none', file([line({ 12: '288,00' })])],
    ['an amount with three decimals', file([line({ 12: '288.001' })])],
    ['a fee that is none', file([line({ 11: '' })])],
    ['another currency', file([line({ 6: 'USD' })])],
    ['a line that breaks off', file([line(), '`2026-11-23 10:00:00,`wx1'])],
    ['fewer lines than it says', file([line()], 2)],
    ['more lines than it says', file([line(), refund()], 1)],
    ['no totals: it was cut off', file([line()]).split('\r\n').slice(0, 2).join('\r\n')],
    ['no line at all', ''],
    ['a page of an error', '<html><body>502</body></html>'],
    ['a column that is missing', file([line()]).replace('商户订单号,', '商户单号,')],
    ['another encoding', gbk(file([line()])).toString('utf8')],
  ])('is no file with %s', (_, text) => {
    expect(() => readWechatFile(text)).toThrow(ProviderSilent);
  });
});

const names = '支付宝交易号,商户订单号,业务类型,商品名称,订单金额（元）,退款批次号/请求号,服务费（元）';
const trade = (change: Record<number, string> = {}): string =>
  ['20261123', 'a1', '交易', '物业服务费', '288.00', '', '-1.73']
    .map((field, i) => `${change[i] ?? field}\t`)
    .join(',');
const end = '#-----业务明细列表结束-----';
const text = (rows: readonly string[], last = end): string =>
  ['#支付宝业务明细查询', '#账号：[2088]', names, ...rows, last].join('\r\n');
const zip = (content: string, encode: (one: string) => Buffer = gbk): Buffer =>
  storedZip({ summary: encode('#汇总\r\n'), details: encode(content) });

describe('the file of Alipay', () => {
  it('is read out of its box, in its own encoding', async () => {
    const back = trade({ 2: '退款', 4: '-100.00', 5: 'r1', 6: '0.60' });
    expect(await readAlipayFile(zip(text([trade(), back])))).toEqual([
      {
        kind: 'payment',
        tradeNo: 'a1',
        refundNo: null,
        transactionId: '20261123',
        amountFen: 28_800,
        feeFen: 173,
        attach: '',
      },
      {
        kind: 'refund',
        tradeNo: 'a1',
        refundNo: 'r1',
        transactionId: '20261123',
        amountFen: 10_000,
        feeFen: -60,
        attach: '',
      },
    ]);
    expect(await readAlipayFile(zip(text([])))).toEqual([]);
  });

  it.each([
    ['a kind that is not known', zip(text([trade({ 2: '转账' })]))],
    ['an amount that is none', zip(text([trade({ 4: '288元' })]))],
    ['no end: it was cut off', zip(text([trade()], ''))],
    ['a line that breaks off', zip(text(['20261123\t,a1\t,交易\t']))],
    ['a column that is missing', zip(text([trade()]).replace(',服务费（元）', ''))],
    ['another encoding', zip(text([trade()]), (one) => Buffer.from(one, 'utf16le'))],
    ['no trades in it', storedZip({ summary: gbk('#汇总\r\n') })],
  ])('is no file with %s', async (_, bytes) => {
    await expect(readAlipayFile(bytes)).rejects.toThrow(ProviderSilent);
  });

  it('is no file where it is no box', async () => {
    await expect(readAlipayFile(Buffer.from('<html>502</html>'))).rejects.toThrow();
  });
});
