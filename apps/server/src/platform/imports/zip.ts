import { crc32, createInflateRaw } from 'node:zlib';
import { TableError } from './table.ts';

/** A file inside a workbook, unpacked while it is read and never further than its limit. */
export interface ZipEntry {
  readonly name: string;
  read(limit: number): AsyncGenerator<Buffer>;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const zip64 = 0xffffffff;
const mostEntries = 10_000;

const broken = () => new TableError('table.broken');

/** The directory at the end of the file, by name. A file that was cut off has none. */
export function openZip(bytes: Buffer): Map<string, ZipEntry> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endSignature) throw broken();
  let count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (at === zip64 || count === 0xffff) [count, at] = directoryOfLargeZip(bytes, end);
  if (count > mostEntries) throw new TableError('table.too_large', { what: 'parts', limit: mostEntries });
  const entries = new Map<string, ZipEntry>();
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entrySignature) throw broken();
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replace(/^\//, '');
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const isSecret = (bytes.readUInt16LE(at + 8) & 1) === 1;
    const method = bytes.readUInt16LE(at + 10);
    const sizes = sizesOf(bytes, at, extra);
    const crc = bytes.readUInt32LE(at + 16);
    entries.set(name, {
      name,
      read: (limit) => {
        if (isSecret) throw new TableError('table.encrypted');
        return unpack(bytes, { ...sizes, method, crc }, limit);
      },
    });
    at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** Programs that write without knowing the length beforehand use the long form for small files too. */
function directoryOfLargeZip(bytes: Buffer, end: number): [count: number, at: number] {
  const locator = end - 20;
  if (locator < 0 || bytes.readUInt32LE(locator) !== 0x07064b50) throw broken();
  const record = Number(bytes.readBigUInt64LE(locator + 8));
  if (record + 56 > bytes.length || bytes.readUInt32LE(record) !== 0x06064b50) throw broken();
  return [Number(bytes.readBigUInt64LE(record + 32)), Number(bytes.readBigUInt64LE(record + 48))];
}

interface Sizes {
  readonly packed: number;
  readonly offset: number;
}

function sizesOf(bytes: Buffer, at: number, extra: Buffer): Sizes {
  let packed = bytes.readUInt32LE(at + 20);
  const unpacked = bytes.readUInt32LE(at + 24);
  let offset = bytes.readUInt32LE(at + 42);
  for (let i = 0; i + 4 <= extra.length; i += 4 + extra.readUInt16LE(i + 2)) {
    if (extra.readUInt16LE(i) !== 1) continue;
    // Only what did not fit is here, in this order.
    let next = i + 4 + (unpacked === zip64 ? 8 : 0);
    const take = () => {
      if (next + 8 > extra.length) throw broken();
      const value = Number(extra.readBigUInt64LE(next));
      next += 8;
      return value;
    };
    if (packed === zip64) packed = take();
    if (offset === zip64) offset = take();
  }
  return { packed, offset };
}

async function* unpack(
  bytes: Buffer,
  { packed, offset, method, crc }: Sizes & { method: number; crc: number },
  limit: number,
): AsyncGenerator<Buffer> {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== localSignature) throw broken();
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packed > bytes.length || (method !== 0 && method !== 8)) throw broken();
  const data = bytes.subarray(start, start + packed);
  let length = 0;
  let sum = 0;
  for await (const chunk of method === 0 ? pieces(data) : inflate(data)) {
    length += chunk.length;
    // What the file says of its own size is not believed: this is what it really unpacks to.
    if (length > limit)
      throw new TableError('table.too_large', { what: 'unpacked', limit: Math.round(limit / 1024 / 1024) });
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== crc) throw broken();
}

const pieceLength = 64 * 1024;

function* pieces(data: Buffer): Generator<Buffer> {
  for (let at = 0; at < data.length; at += pieceLength) yield data.subarray(at, at + pieceLength);
}

async function* inflate(data: Buffer): AsyncGenerator<Buffer> {
  const stream = createInflateRaw({ chunkSize: pieceLength });
  stream.end(data);
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch {
    throw broken();
  } finally {
    stream.destroy();
  }
}
