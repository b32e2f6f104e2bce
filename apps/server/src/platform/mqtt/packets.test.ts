import { expect, it } from 'vitest';
import { PacketSizes } from './packets.ts';

const packet = (length: number) => {
  const header = [0x30];
  let rest = length;
  do {
    header.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return [...header, ...Array.from({ length }, () => 0x30)];
};

it.each([1, 2, 3, 7, 1_000])('packets up to the limit pass, in pieces of %i', (size) => {
  const sizes = new PacketSizes(300);
  const bytes = Uint8Array.from([0, 127, 128, 300, 0, 0].flatMap(packet));
  for (let at = 0; at < bytes.length; at += size)
    expect(sizes.fits(bytes.subarray(at, at + size))).toBe(true);
  expect(sizes.fits(Uint8Array.from(packet(301).slice(0, 3)))).toBe(false);
});

it.each([
  ['one longer', [0x30, 0xad, 0x02]],
  ['a quarter of a gigabyte', [0x30, 0xff, 0xff, 0xff, 0x7f]],
  ['a length without an end', [0x30, 0x80, 0x80, 0x80, 0x80]],
])('%s is cut off by its header alone', (_name, header) => {
  expect(new PacketSizes(300).fits(Uint8Array.from(header))).toBe(false);
});
