import { inflateSync } from 'node:zlib';

/** Fonts as bytes: unpacking a WOFF, and which characters a font has. https://www.w3.org/TR/WOFF/, OpenType cmap. */

const align = (length: number): number => (length + 3) & ~3;

/** A WOFF is a TrueType font whose tables are deflated one by one. Unpacked, PDF makers read it thirty times faster. */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF font');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const at = 44 + i * 20;
    const offset = woff.readUInt32BE(at + 4);
    const packed = woff.subarray(offset, offset + woff.readUInt32BE(at + 8));
    const length = woff.readUInt32BE(at + 12);
    return {
      tag: woff.subarray(at, at + 4),
      checksum: woff.readUInt32BE(at + 16),
      data: packed.length < length ? inflateSync(packed) : packed,
    };
  });
  const power = Math.floor(Math.log2(count));
  const header = Buffer.alloc(12 + count * 16);
  woff.copy(header, 0, 4, 8);
  header.writeUInt16BE(count, 4);
  header.writeUInt16BE(2 ** power * 16, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE(count * 16 - 2 ** power * 16, 10);
  const parts: Buffer[] = [header];
  let offset = header.length;
  tables.forEach(({ tag, checksum, data }, i) => {
    const at = 12 + i * 16;
    tag.copy(header, at);
    header.writeUInt32BE(checksum, at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(data.length, at + 12);
    parts.push(data, Buffer.alloc(align(data.length) - data.length));
    offset += align(data.length);
  });
  return Buffer.concat(parts);
}

/** Which characters a TrueType or OpenType font draws. Of a collection: its fonts share them, the first one tells. */
export function charactersOf(font: Buffer): ReadonlySet<number> {
  const start = font.toString('latin1', 0, 4) === 'ttcf' ? font.readUInt32BE(12) : 0;
  const count = font.readUInt16BE(start + 4);
  const characters = new Set<number>();
  for (let i = 0; i < count; i++) {
    const at = start + 12 + i * 16;
    if (font.toString('latin1', at, at + 4) !== 'cmap') continue;
    const cmap = font.subarray(font.readUInt32BE(at + 8));
    for (let j = 0; j < cmap.readUInt16BE(2); j++) {
      const table = cmap.subarray(cmap.readUInt32BE(4 + j * 8 + 4));
      const format = table.readUInt16BE(0);
      if (format === 4) readSegments(table, characters);
      else if (format === 12) readGroups(table, characters);
    }
  }
  return characters;
}

/** Format 4: the characters below 65,536. */
function readSegments(table: Buffer, into: Set<number>): void {
  const double = table.readUInt16BE(6);
  for (let i = 0; i < double; i += 2) {
    const last = table.readUInt16BE(14 + i);
    const first = table.readUInt16BE(16 + double + i);
    const delta = table.readUInt16BE(16 + 2 * double + i);
    const rangeAt = 16 + 3 * double + i;
    const range = table.readUInt16BE(rangeAt);
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const glyph =
        range === 0 ? (code + delta) & 0xffff : table.readUInt16BE(rangeAt + range + 2 * (code - first));
      if (glyph !== 0) into.add(code);
    }
  }
}

/** Format 12: all of Unicode. */
function readGroups(table: Buffer, into: Set<number>): void {
  const groups = table.readUInt32BE(12);
  for (let i = 0; i < groups; i++) {
    const first = table.readUInt32BE(16 + i * 12);
    const last = table.readUInt32BE(20 + i * 12);
    for (let code = first; code <= last; code++) into.add(code);
  }
}
