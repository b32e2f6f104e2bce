/** Bytes as text and back, where neither Node's nor the browser's helpers are to be had. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const valueOf = new Uint8Array(128).fill(255);
for (let i = 0; i < alphabet.length; i++) valueOf[alphabet.charCodeAt(i)] = i;

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    parts.push(
      alphabet[bits >>> 18]! +
        alphabet[(bits >>> 12) & 63]! +
        (b === undefined ? '=' : alphabet[(bits >>> 6) & 63]!) +
        (c === undefined ? '=' : alphabet[bits & 63]!),
    );
  }
  return parts.join('');
}

/** Throws on anything that is no base64. */
export function fromBase64(text: string): Uint8Array {
  const length = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length;
  if (text.length % 4 !== 0) throw new RangeError('not base64: its length');
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    let bits = 0;
    for (let j = i; j < i + 4; j++) {
      const value = j < length ? (valueOf[text.charCodeAt(j)] ?? 255) : 0;
      if (value === 255) throw new RangeError(`not base64: a character at ${j}`);
      bits = (bits << 6) | value;
    }
    if (at < bytes.length) bytes[at++] = bits >>> 16;
    if (at < bytes.length) bytes[at++] = (bits >>> 8) & 255;
    if (at < bytes.length) bytes[at++] = bits & 255;
  }
  return bytes;
}

const digits = '0123456789abcdef';

export function toHex(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = '';
  for (let i = from; i < to; i++) text += digits[bytes[i]! >>> 4]! + digits[bytes[i]! & 15]!;
  return text;
}

export function writeHex(text: string, bytes: Uint8Array, at: number): void {
  for (let i = 0; i < text.length / 2; i++) bytes[at + i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16);
}
