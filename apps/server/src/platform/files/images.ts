import { err, ok, type Result } from '@gongzhi/kernel';
import type Sharp from 'sharp';

export const maxImageBytes = 12 * 1024 * 1024;
export const maxImagePixels = 40_000_000;
/** Longer than any camera's panorama. A picture one pixel wide and 39 million high takes ten seconds to shrink. */
export const maxImageSide = 25_000;
const longSide = 1_600;
const thumbSide = 320;
/** Seconds of decoding after which a picture counts as hostile. */
const decodeSeconds = 15;

export interface NormalImage {
  readonly full: Buffer;
  readonly thumb: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface ImageRefusal {
  readonly code: 'file.wrong_type' | 'file.too_large' | 'file.too_many_pixels' | 'file.broken';
  readonly params: Readonly<Record<string, unknown>>;
}

/** What the bytes are, whatever the header claims. */
export function imageType(bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | null {
  const is = (at: number, expected: readonly number[]) => expected.every((byte, i) => bytes[at + i] === byte);
  if (is(0, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (is(0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (is(0, [0x52, 0x49, 0x46, 0x46]) && is(8, [0x57, 0x45, 0x42, 0x50])) return 'webp';
  return null;
}

let loading: Promise<typeof Sharp> | undefined;

/** Loaded with the first picture: a server that shows none spends no memory on it. */
function loadSharp(): Promise<typeof Sharp> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    // The memory budget is small and pictures come seldom: one thread each, nothing kept.
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loading;
}

/** Two at a time, few in line: a flood of pictures may wait or be refused, but not take the server's memory. */
const most = 2;
const mostWaiting = 40;
let running = 0;
const line: (() => void)[] = [];

export function isImageLineFull(): boolean {
  return line.length >= mostWaiting;
}

async function inTurn<T>(run: () => Promise<T>): Promise<T> {
  if (running >= most) await new Promise<void>((resolve) => line.push(resolve));
  else running++;
  try {
    return await run();
  } finally {
    const next = line.shift();
    // The place is handed on, not freed and taken again.
    if (next === undefined) running--;
    else next();
  }
}

/**
 * A picture as it is kept: upright, sRGB, JPEG of at most 1600 pixels a side and a thumbnail, and not a byte of
 * metadata: where it was taken is the resident's home.
 */
export async function normaliseImage(bytes: Uint8Array): Promise<Result<NormalImage, ImageRefusal>> {
  if (bytes.length > maxImageBytes)
    return err({ code: 'file.too_large', params: { maxBytes: maxImageBytes } });
  if (imageType(bytes) === null) return err({ code: 'file.wrong_type', params: {} });
  const sharp = await loadSharp();
  return inTurn(async () => {
    const options = { limitInputPixels: maxImagePixels, failOn: 'error', sequentialRead: true } as const;
    try {
      // The header alone tells the size; a decompression bomb is refused before a pixel is allocated.
      const { width, height } = await sharp(bytes, { ...options, limitInputPixels: false }).metadata();
      if (width * height > maxImagePixels || Math.max(width, height) > maxImageSide)
        return err({ code: 'file.too_many_pixels', params: { maxPixels: maxImagePixels } });
      const full = await sharp(bytes, options)
        .timeout({ seconds: decodeSeconds })
        .autoOrient()
        .resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .jpeg({ quality: 80, mozjpeg: false })
        .toBuffer({ resolveWithObject: true });
      const thumb = await sharp(full.data)
        .resize(thumbSide, thumbSide, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 75, mozjpeg: false })
        .toBuffer();
      return ok({ full: full.data, thumb, width: full.info.width, height: full.info.height });
    } catch {
      return err({ code: 'file.broken', params: {} });
    }
  });
}
