/** Bytes in the network's order, one after another; the room grows when it must. */
export class Bytes {
  #buffer: Buffer;
  #view: DataView;
  #at = 0;

  /** Room for so much and then some: a row that begins before the end usually still fits. */
  constructor(room: number) {
    this.#buffer = Buffer.allocUnsafeSlow(room + (room >> 2));
    this.#view = viewOf(this.#buffer);
  }

  get length(): number {
    return this.#at;
  }

  /** All that was written. Nothing may be written after it. */
  taken(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  int8(value: number): void {
    this.#need(1);
    this.#buffer[this.#at++] = value;
  }

  int16(value: number): void {
    this.#need(2);
    this.#view.setInt16(this.#at, value);
    this.#at += 2;
  }

  int32(value: number): void {
    this.#need(4);
    this.#view.setInt32(this.#at, value);
    this.#at += 4;
  }

  /** A safe integer in eight bytes. */
  int64(value: number): void {
    this.#need(8);
    const high = Math.floor(value / 4_294_967_296);
    this.#view.setInt32(this.#at, high);
    this.#view.setUint32(this.#at + 4, value - high * 4_294_967_296);
    this.#at += 8;
  }

  bigint64(value: bigint): void {
    this.#need(8);
    this.#view.setBigInt64(this.#at, value);
    this.#at += 8;
  }

  float32(value: number): void {
    this.#need(4);
    this.#view.setFloat32(this.#at, value);
    this.#at += 4;
  }

  float64(value: number): void {
    this.#need(8);
    this.#view.setFloat64(this.#at, value);
    this.#at += 8;
  }

  /** Four words behind their length: a uuid. */
  words(a: number, b: number, c: number, d: number): void {
    this.#need(20);
    const at = this.#at;
    this.#view.setInt32(at, 16);
    this.#view.setInt32(at + 4, a);
    this.#view.setInt32(at + 8, b);
    this.#view.setInt32(at + 12, c);
    this.#view.setInt32(at + 16, d);
    this.#at = at + 20;
  }

  raw(bytes: Uint8Array): void {
    this.#need(bytes.length);
    this.#buffer.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** What was written from one place to another, once more. */
  again(from: number, to: number): void {
    this.#need(to - from);
    this.#buffer.copyWithin(this.#at, from, to);
    this.#at += to - from;
  }

  /** UTF-8 behind its length and, for jsonb, behind the byte of its version. */
  text(text: string, version = -1): void {
    this.#need(text.length * 3 + 5);
    const start = this.#at + 4;
    let at = start;
    if (version >= 0) this.#buffer[at++] = version;
    const end = text.length > shortText ? -1 : writeShort(this.#buffer, at, text);
    at = end >= 0 ? end : at + this.#buffer.write(text, at, 'utf8');
    this.#view.setInt32(this.#at, at - start);
    this.#at = at;
  }

  /** Writes what comes behind the length of all of it. */
  measured(write: () => void): void {
    const at = this.#at;
    this.int32(0);
    write();
    this.#view.setInt32(at, this.#at - at - 4);
  }

  #need(more: number): void {
    if (this.#at + more <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#at + more));
    larger.set(this.#buffer.subarray(0, this.#at));
    this.#buffer = larger;
    this.#view = viewOf(larger);
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Buffer): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/** Up to here a loop is done before a call into the runtime has begun. */
const shortText = 48;

/** Where it ends; -1 where a surrogate is met, which the runtime knows better. */
function writeShort(buffer: Buffer, from: number, text: string): number {
  let at = from;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) buffer[at++] = code;
    else if (code < 0x800) {
      buffer[at++] = 0xc0 | (code >> 6);
      buffer[at++] = 0x80 | (code & 0x3f);
    } else if (code >= 0xd800 && code <= 0xdfff) return -1;
    else {
      buffer[at++] = 0xe0 | (code >> 12);
      buffer[at++] = 0x80 | ((code >> 6) & 0x3f);
      buffer[at++] = 0x80 | (code & 0x3f);
    }
  }
  return at;
}
