import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** Keys of both sides, as the operator and the providers would have exchanged them. */
export interface ProviderKeys {
  readonly wechat: {
    readonly merchantId: string;
    readonly appId: string;
    readonly serial: string;
    readonly merchantPrivate: string;
    readonly merchantPublic: string;
    readonly apiKey: string;
    readonly platformId: string;
    readonly platformPrivate: string;
    readonly platformPublic: string;
  };
  readonly alipay: {
    readonly merchantId: string;
    readonly appId: string;
    readonly merchantPrivate: string;
    readonly merchantPublic: string;
    readonly platformPrivate: string;
    readonly platformPublic: string;
  };
}

function pair(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

export function makeKeys(): ProviderKeys {
  const [merchant, platform, seller, house] = [pair(), pair(), pair(), pair()];
  return {
    wechat: {
      merchantId: '1900000109',
      appId: 'wxd678efh567hg6787',
      serial: randomBytes(20).toString('hex').toUpperCase(),
      merchantPrivate: merchant.privateKey,
      merchantPublic: merchant.publicKey,
      apiKey: randomBytes(16).toString('hex'),
      platformId: `PUB_KEY_ID_0${randomBytes(14).toString('hex').toUpperCase()}`,
      platformPrivate: platform.privateKey,
      platformPublic: platform.publicKey,
    },
    alipay: {
      merchantId: '2088000000000000',
      appId: '2021000000000000',
      merchantPrivate: seller.privateKey,
      merchantPublic: seller.publicKey,
      platformPrivate: house.privateKey,
      platformPublic: house.publicKey,
    },
  };
}

/** The operator's file, as GONGZHI_PAYMENTS names it (docs/payments.md). */
export function operatorFile({ wechat, alipay }: ProviderKeys, url: string): object {
  return {
    simulated: true,
    merchants: [
      {
        provider: 'wechat',
        merchantId: wechat.merchantId,
        appId: wechat.appId,
        serial: wechat.serial,
        privateKey: wechat.merchantPrivate,
        apiKey: wechat.apiKey,
        platformKeys: [{ id: wechat.platformId, pem: wechat.platformPublic }],
        origin: url,
      },
      {
        provider: 'alipay',
        merchantId: alipay.merchantId,
        appId: alipay.appId,
        privateKey: alipay.merchantPrivate,
        platformKey: alipay.platformPublic,
        gateway: `${url}/gateway.do`,
      },
    ],
  };
}
