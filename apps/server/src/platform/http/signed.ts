import { createHmac, timingSafeEqual } from 'node:crypto';

/** How machines of others sign what they send: `sha256=<hex>` of HMAC-SHA256 over `<timestamp>.<bytes>`. */
export function signatureOf(secret: string, timestamp: string, body: Buffer): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
}

export function isSignedBy(secret: string, timestamp: string, body: Buffer, signature: string): boolean {
  const right = Buffer.from(signatureOf(secret, timestamp, body));
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
}
