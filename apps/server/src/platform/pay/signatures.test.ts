import { createPrivateKey, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { alipaySide } from '../../../../../simulator/src/providers/alipay.ts';
import { Book, type Letter, type Trade } from '../../../../../simulator/src/providers/book.ts';
import { makeKeys, operatorFile } from '../../../../../simulator/src/providers/keys.ts';
import { wechatSide } from '../../../../../simulator/src/providers/wechat.ts';
import { paymentsOf } from '../../config-payments.ts';
import { VirtualClock } from '../clock/clock.ts';
import { openPayments } from './open-providers.ts';
import { NotFromProvider, type SignedNotice } from './provider.ts';

/** What a notice has to prove before a word of it is believed. */
const clock = new VirtualClock(new Date('2026-11-23T02:00:00Z'));
const folder = mkdtempSync(join(tmpdir(), 'gongzhi-signatures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const keys = makeKeys();
const book = new Book(() => clock.now());
const wechat = wechatSide(book, keys.wechat, () => '');
const alipay = alipaySide(book, keys.alipay, () => '');

const trade = (provider: Trade['provider']): Trade => ({
  provider,
  tradeNo: '0193570000007000800000000000000a',
  transactionId: '4200001',
  amountFen: 28_800,
  description: '物业服务费',
  attach: '',
  notifyUrl: '',
  returnUrl: '',
  expiresAt: new Date(clock.now().getTime() + 60_000),
  state: 'paid',
  paidAt: clock.now(),
});

// biome-ignore lint/suspicious/noExplicitAny: the operator's file is any JSON
type Merchant = any; // oxlint-disable-line typescript/no-explicit-any

function open(change: (merchants: Merchant[]) => void = () => {}) {
  const content = structuredClone(operatorFile(keys, 'http://127.0.0.1:9')) as { merchants: unknown[] };
  change(content.merchants);
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
  const payments = openPayments(paymentsOf({ GONGZHI_PAYMENTS: file }, 'demo'), clock);
  return {
    wechat: payments.byMerchant('wechat', keys.wechat.merchantId)!,
    alipay: payments.byMerchant('alipay', keys.alipay.merchantId)!,
  };
}
const ours = open();
const notice = ({ headers, body }: Letter): SignedNotice => ({
  headers: { ...headers },
  body: Buffer.from(body),
});

describe('WeChat Pay', () => {
  const told = () => notice(wechat.told(trade('wechat'), 'right'));
  const altered = (
    change: (one: SignedNotice & { headers: Record<string, string> }) => SignedNotice | void,
  ) => {
    const one = told() as SignedNotice & { headers: Record<string, string> };
    return change(one) ?? one;
  };

  it('is believed when it signed these bytes just now', () => {
    expect(ours.wechat.read(told())).toMatchObject({
      about: 'trade',
      fact: { state: 'paid', amountFen: 28_800, currency: 'CNY', paidAt: clock.now() },
    });
  });

  it.each<[string, () => SignedNotice]>([
    ['an unknown serial', () => altered((one) => void (one.headers['wechatpay-serial'] = 'PUB_KEY_ID_01'))],
    ['no serial', () => altered((one) => void delete one.headers['wechatpay-serial'])],
    [
      'a body of which one byte is another',
      () => altered((one) => ({ ...one, body: Buffer.from(one.body.toString().replace('EV-', 'EX-')) })),
    ],
    [
      'the same text with a blank at its end',
      () => altered((one) => ({ ...one, body: Buffer.concat([one.body, Buffer.from(' ')]) })),
    ],
    ['another nonce', () => altered((one) => void (one.headers['wechatpay-nonce'] = 'x'))],
    [
      'another timestamp',
      () =>
        altered(
          (one) => void (one.headers['wechatpay-timestamp'] = String(clock.now().getTime() / 1000 - 1)),
        ),
    ],
    ['no timestamp', () => altered((one) => void (one.headers['wechatpay-timestamp'] = ''))],
    ['a timestamp that is none', () => altered((one) => void (one.headers['wechatpay-timestamp'] = '1e9'))],
    ['no signature', () => altered((one) => void (one.headers['wechatpay-signature'] = ''))],
    [
      'a signature that is no base64',
      () => altered((one) => void (one.headers['wechatpay-signature'] = '%%%')),
    ],
    ['the right signature of other bytes', () => notice(wechat.told(trade('wechat'), 'bad_signature'))],
  ])('is not believed with %s', (_, forged) => {
    expect(() => ours.wechat.read(forged())).toThrow(NotFromProvider);
  });

  it('is believed for five minutes, and not a second longer', () => {
    const one = told();
    const later = new VirtualClock(new Date(clock.now().getTime() + 300_000));
    const at = (instant: Date) => {
      const file = join(folder, 'later.json');
      writeFileSync(file, JSON.stringify(operatorFile(keys, 'http://127.0.0.1:9')), { mode: 0o600 });
      const payments = openPayments(
        paymentsOf({ GONGZHI_PAYMENTS: file }, 'demo'),
        new VirtualClock(instant),
      );
      return payments.byMerchant('wechat', keys.wechat.merchantId)!;
    };
    expect(at(later.now()).read(one).about).toBe('trade');
    expect(() => at(new Date(later.now().getTime() + 1_000)).read(one)).toThrow('signed too long ago');
    expect(() => at(new Date(clock.now().getTime() - 301_000)).read(one)).toThrow('signed too long ago');
  });

  it('is believed under the old certificate and the new one while one replaces the other', () => {
    const tls = join(import.meta.dirname, '../../../../../test/tls');
    const [certificate, key] = ['localhost.crt', 'localhost.key'].map((name) =>
      readFileSync(join(tls, name), 'utf8'),
    );
    const both = open(([one]) => one.platformKeys.push({ pem: certificate }));
    const only = open(([one]) => (one.platformKeys = [{ pem: certificate }]));
    const now = told();
    expect(both.wechat.read(now).about).toBe('trade');
    expect(() => only.wechat.read(now)).toThrow('not known');
    // The same notice, signed with the certificate's key under its serial number.
    const serial = new X509Certificate(certificate!).serialNumber;
    const timestamp = String(Math.floor(clock.now().getTime() / 1000));
    const signed = Buffer.concat([Buffer.from(`${timestamp}\nabc\n`), now.body, Buffer.from('\n')]);
    const rotated: SignedNotice = {
      body: now.body,
      headers: {
        'wechatpay-serial': serial,
        'wechatpay-timestamp': timestamp,
        'wechatpay-nonce': 'abc',
        'wechatpay-signature': sign('sha256', signed, createPrivateKey(key!)).toString('base64'),
      },
    };
    expect(both.wechat.read(rotated).about).toBe('trade');
    expect(only.wechat.read(rotated).about).toBe('trade');
    expect(() => ours.wechat.read(rotated)).toThrow('not known');
    // One key under the other's name proves nothing.
    const crossed = {
      ...rotated,
      headers: { ...rotated.headers, 'wechatpay-serial': keys.wechat.platformId },
    };
    expect(() => both.wechat.read(crossed)).toThrow('wrong signature');
  });

  it('is not believed about another merchant, nor sealed with another key, though well signed', () => {
    const stranger = wechatSide(book, { ...keys.wechat, merchantId: '1900000110' }, () => '');
    expect(() => ours.wechat.read(notice(stranger.told(trade('wechat'), 'right')))).toThrow(
      'another merchant',
    );
    const otherApp = wechatSide(book, { ...keys.wechat, appId: 'wx0000000000000000' }, () => '');
    expect(() => ours.wechat.read(notice(otherApp.told(trade('wechat'), 'right')))).toThrow(
      'another merchant',
    );
    const otherKey = wechatSide(book, { ...keys.wechat, apiKey: 'f'.repeat(32) }, () => '');
    expect(() => ours.wechat.read(notice(otherKey.told(trade('wechat'), 'right')))).toThrow(
      'not sealed with our key',
    );
  });
});

describe('Alipay', () => {
  const told = () => notice(alipay.told(trade('alipay'), 'right'));
  const altered = (change: (fields: URLSearchParams) => void): SignedNotice => {
    const one = told();
    const fields = new URLSearchParams(one.body.toString());
    change(fields);
    return { ...one, body: Buffer.from(fields.toString()) };
  };

  it('is believed when it signed these parameters, in whatever order they come', () => {
    const facts = { about: 'trade', fact: { state: 'paid', amountFen: 28_800, currency: 'CNY' } };
    expect(ours.alipay.read(told())).toMatchObject(facts);
    const turned = new URLSearchParams([...new URLSearchParams(told().body.toString())].toReversed());
    expect(ours.alipay.read({ headers: {}, body: Buffer.from(turned.toString()) })).toMatchObject(facts);
  });

  it.each<[string, (fields: URLSearchParams) => void]>([
    ['another amount', (fields) => fields.set('total_amount', '0.01')],
    ['another trade', (fields) => fields.set('out_trade_no', '0193570000007000800000000000000b')],
    ['a parameter more', (fields) => fields.set('buyer_id', '2088')],
    ['a parameter less', (fields) => fields.delete('gmt_payment')],
    ['another kind of signature', (fields) => fields.set('sign_type', 'RSA')],
    ['no signature', (fields) => fields.delete('sign')],
    ['somebody else’s signature', (fields) => fields.set('sign', 'AAAA')],
    ['another seller', (fields) => fields.set('seller_id', '2088000000000001')],
  ])('is not believed with %s', (_, change) => {
    expect(() => ours.alipay.read(altered(change))).toThrow(NotFromProvider);
  });

  it('is not believed about another app, though well signed', () => {
    const stranger = alipaySide(book, { ...keys.alipay, appId: '2021000000000001' }, () => '');
    expect(() => ours.alipay.read(notice(stranger.told(trade('alipay'), 'right')))).toThrow(
      'another merchant',
    );
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const forger = alipaySide(book, { ...keys.alipay, platformPrivate: privateKey }, () => '');
    expect(() => ours.alipay.read(notice(forger.told(trade('alipay'), 'right')))).toThrow('wrong signature');
  });
});
