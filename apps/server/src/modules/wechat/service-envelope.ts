import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto';
import { writeFields } from './domain.ts';

/** The envelope of the official account's protocol: signatures by SHA-1 over sorted parts, AES-256-CBC inside. */

export function signatureOf(...parts: readonly string[]): string {
  return createHash('sha1').update(parts.toSorted().join('')).digest('hex');
}

export function isSigned(signature: string, ...parts: readonly string[]): boolean {
  const right = Buffer.from(signatureOf(...parts));
  const given = Buffer.from(signature.toLowerCase());
  return given.length === right.length && timingSafeEqual(given, right);
}

/** PKCS#7, but to 32 bytes: OpenSSL's own would ask for 16. */
const block = 32;
const headBytes = 20;

/** What is inside, and for which app; null for whatever was not sealed with this key in this form. */
export function openSealed(key: Buffer, appId: string, sealed: string): string | null {
  const cipher = Buffer.from(sealed, 'base64');
  if (cipher.length === 0 || cipher.length % 16 !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(cipher), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > block || pad > padded.length) return null;
  if (!padded.subarray(-pad).every((byte) => byte === pad)) return null;
  const plain = padded.subarray(0, -pad);
  if (plain.length < headBytes) return null;
  const end = headBytes + plain.readUInt32BE(16);
  if (end > plain.length || plain.toString('utf8', end) !== appId) return null;
  return plain.toString('utf8', headBytes, end);
}

export function seal(key: Buffer, appId: string, xml: string): string {
  const body = Buffer.from(xml);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([randomBytes(16), length, body, Buffer.from(appId)]);
  const pad = block - (plain.length % block);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.alloc(pad, pad)),
    cipher.final(),
  ]).toString('base64');
}

/** An answer as it leaves in encrypted mode. */
export function sealedAnswer(
  { token, key, appId }: { token: string; key: Buffer; appId: string },
  xml: string,
  now: Date,
): string {
  const encrypted = seal(key, appId, xml);
  const timestamp = Math.floor(now.getTime() / 1_000);
  const nonce = String(randomInt(1_000_000_000));
  return writeFields({
    Encrypt: encrypted,
    MsgSignature: signatureOf(token, String(timestamp), nonce, encrypted),
    TimeStamp: timestamp,
    Nonce: nonce,
  });
}
