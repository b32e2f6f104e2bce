import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error.ts';

export interface WechatPayMerchant {
  readonly merchantId: string;
  readonly appId: string;
  readonly serial: string;
  readonly privateKey: KeyObject;
  /** 32 bytes, the APIv3 key: opens notices. */
  readonly apiKey: Buffer;
  readonly platformKeys: ReadonlyMap<string, KeyObject>;
  readonly origin: string;
}

export interface AlipayMerchant {
  /** The seller's number, `2088…`. */
  readonly merchantId: string;
  readonly appId: string;
  readonly privateKey: KeyObject;
  readonly platformKey: KeyObject;
  /** `https://openapi.alipay.com/gateway.do` */
  readonly gateway: string;
}

/**
 * The operator's merchants at WeChat Pay and Alipay, from the file that GONGZHI_PAYMENTS names (docs/payments.md). The
 * file holds keys: only its owner may read it, and nothing of it is ever written anywhere else.
 */
export interface PaymentsConfig {
  readonly merchants: readonly (
    | ({ readonly provider: 'wechat'; readonly companies: readonly string[] | null } & WechatPayMerchant)
    | ({ readonly provider: 'alipay'; readonly companies: readonly string[] | null } & AlipayMerchant)
  )[];
  readonly areSimulated: boolean;
}

const none: PaymentsConfig = { merchants: [], areSimulated: false };
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

type Fields = Readonly<Record<string, unknown>>;

export function paymentsOf(env: NodeJS.ProcessEnv, mode: 'demo' | 'production'): PaymentsConfig {
  const path = env['GONGZHI_PAYMENTS'] ?? '';
  if (path === '') return none;
  let file: Fields;
  try {
    file = JSON.parse(readFileSync(path, 'utf8')) as Fields;
  } catch (error) {
    throw new ConfigError(`GONGZHI_PAYMENTS names ${path}, which cannot be read: ${(error as Error).name}.`);
  }
  const merchants = Array.isArray(file['merchants']) ? (file['merchants'] as Fields[]) : [];
  if (merchants.length === 0)
    throw new ConfigError(`GONGZHI_PAYMENTS names ${path}, which has no merchants.`);
  const areSimulated = file['simulated'] === true;
  if (areSimulated && mode === 'production')
    throw new ConfigError(
      `GONGZHI_PAYMENTS names ${path}, which is the demonstration's: no money would move.`,
    );
  return {
    areSimulated,
    merchants: merchants.map((fields, i) => merchantOf(fields, `merchant ${i + 1} of ${path}`, mode)),
  };
}

function merchantOf(
  fields: Fields,
  where: string,
  mode: 'demo' | 'production',
): PaymentsConfig['merchants'][number] {
  const text = (name: string): string => {
    const value = fields[name];
    if (typeof value !== 'string' || value.trim() === '')
      throw new ConfigError(`GONGZHI_PAYMENTS: ${where} needs ${name}.`);
    return value;
  };
  const address = (name: string, usual: string): string => {
    const value = fields[name] === undefined ? usual : text(name);
    const url = URL.canParse(value) ? new URL(value) : null;
    const isPrivate = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
    if (!isPrivate || (mode === 'production' && url?.protocol !== 'https:'))
      throw new ConfigError(`GONGZHI_PAYMENTS: ${name} of ${where} must be an https address.`);
    return value.replace(/\/$/, '');
  };
  const key = <T>(name: string, read: (pem: string) => T): T => {
    const pem = text(name);
    try {
      return read(pem);
    } catch {
      throw new ConfigError(`GONGZHI_PAYMENTS: ${name} of ${where} is no key in PEM form.`);
    }
  };
  const companies = companiesOf(fields['companies'], where);
  const provider = text('provider');
  if (provider === 'alipay')
    return {
      provider,
      companies,
      merchantId: text('merchantId'),
      appId: text('appId'),
      privateKey: key('privateKey', createPrivateKey),
      platformKey: key('platformKey', createPublicKey),
      gateway: address('gateway', 'https://openapi.alipay.com/gateway.do'),
    };
  if (provider !== 'wechat')
    throw new ConfigError(`GONGZHI_PAYMENTS: provider of ${where} is wechat or alipay.`);
  const apiKey = Buffer.from(text('apiKey'));
  if (apiKey.length !== 32)
    throw new ConfigError(`GONGZHI_PAYMENTS: apiKey of ${where} is the APIv3 key of 32 characters.`);
  return {
    provider,
    companies,
    merchantId: text('merchantId'),
    appId: text('appId'),
    serial: text('serial'),
    privateKey: key('privateKey', createPrivateKey),
    apiKey,
    platformKeys: platformKeysOf(fields['platformKeys'], where),
    origin: address('origin', 'https://api.mch.weixin.qq.com'),
  };
}

function companiesOf(value: unknown, where: string): readonly string[] | null {
  if (value === undefined) return null;
  if (!Array.isArray(value) || value.some((id) => typeof id !== 'string'))
    throw new ConfigError(`GONGZHI_PAYMENTS: companies of ${where} is a list of their ids.`);
  return value as string[];
}

/** Certificates bear their serial; a public key is called by the id that the provider gave it. */
function platformKeysOf(value: unknown, where: string): ReadonlyMap<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const one of Array.isArray(value) ? (value as Fields[]) : []) {
    const pem = String(one['pem'] ?? '');
    try {
      const serial = pem.includes('CERTIFICATE')
        ? new X509Certificate(pem).serialNumber
        : String(one['id'] ?? '');
      if (serial !== '') keys.set(serial, createPublicKey(pem));
    } catch {
      throw new ConfigError(`GONGZHI_PAYMENTS: a platform key of ${where} is no key in PEM form.`);
    }
  }
  if (keys.size === 0)
    throw new ConfigError(
      `GONGZHI_PAYMENTS: ${where} needs platformKeys, certificates or public keys with their id.`,
    );
  return keys;
}
