import { createDecipheriv, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { NotFromProvider } from './provider.ts';

/**
 * WeChat Pay API v3: what is signed, and how. https://pay.weixin.qq.com/doc/v3/merchant/4012365342 (requests),
 * 4012071382 (notices and answers), 4013053420 (sealed notices).
 */
const scheme = 'WECHATPAY2-SHA256-RSA2048';
/** A signed answer or notice is believed for so long: an old one may be somebody's copy. */
const freshMilliseconds = 300_000;

export interface Signer {
  readonly merchantId: string;
  /** Of the merchant's own certificate. */
  readonly serial: string;
  readonly privateKey: KeyObject;
}

/** `path` is the path with its query, as it is sent. */
export function authorizationOf(
  signer: Signer,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: string },
  now: Date,
  nonce: string = randomBytes(16).toString('hex'),
): string {
  const timestamp = Math.floor(now.getTime() / 1000);
  const signature = signLines(signer.privateKey, [method, path, String(timestamp), nonce, body]);
  return `${scheme} mchid="${signer.merchantId}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${signer.serial}"`;
}

export function signLines(key: KeyObject, lines: readonly string[]): string {
  return sign('sha256', Buffer.from(lines.map((line) => `${line}\n`).join('')), key).toString('base64');
}

/** The provider's keys by serial number: there are two while one replaces the other. */
export type PlatformKeys = ReadonlyMap<string, KeyObject>;

type HeaderOf = (name: string) => string;

export const headersOf =
  (headers: Headers | IncomingHttpHeaders): HeaderOf =>
  (name) => {
    const value = headers instanceof Headers ? headers.get(name) : headers[name];
    return typeof value === 'string' ? value : '';
  };

/** Throws NotFromProvider unless the provider itself signed these bytes just now. */
export function assertSigned(keys: PlatformKeys, headerOf: HeaderOf, body: Buffer, now: Date): void {
  const timestamp = headerOf('wechatpay-timestamp');
  const nonce = headerOf('wechatpay-nonce');
  const key = keys.get(headerOf('wechatpay-serial'));
  if (key === undefined) throw new NotFromProvider('signed with a key that is not known');
  const age = Math.abs(now.getTime() - Number(timestamp) * 1000);
  if (!/^\d{1,12}$/.test(timestamp) || age > freshMilliseconds)
    throw new NotFromProvider('signed too long ago');
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
  const signature = Buffer.from(headerOf('wechatpay-signature'), 'base64');
  if (!verify('sha256', message, key, signature)) throw new NotFromProvider('wrong signature');
}

export interface SealedResource {
  readonly algorithm: string;
  readonly ciphertext: string;
  readonly nonce: string;
  readonly associated_data?: string;
}

/** A notice's inside. The tag is the last 16 bytes; the associated data may be empty, and is part of the seal. */
export function openResource(apiKey: Buffer, sealed: SealedResource): unknown {
  if (sealed.algorithm !== 'AEAD_AES_256_GCM') throw new NotFromProvider('sealed in an unknown way');
  try {
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', apiKey, Buffer.from(sealed.nonce), {
      authTagLength: 16,
    });
    decipher.setAAD(Buffer.from(sealed.associated_data ?? ''));
    decipher.setAuthTag(bytes.subarray(-16));
    const text = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
    return JSON.parse(text);
  } catch {
    throw new NotFromProvider('not sealed with our key');
  }
}
