import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { settled } from './checks.ts';

export const pictureFolder = join(import.meta.dirname, '..', 'docs', 'pictures');
const MOST_BYTES = 5 * 1024 * 1024;

/** Keeps what the page shows, small enough to be read on a page of docs, and says how small. */
export async function keepPicture(page: Page, name: string, isWhole = false): Promise<void> {
  await settled(page);
  await page.waitForTimeout(300);
  const picture = await page.screenshot({ fullPage: isWhole });
  const file = join(pictureFolder, `${name}.png`);
  await sharp(picture).png({ palette: true, quality: 80, effort: 10, compressionLevel: 9 }).toFile(file);
  process.stdout.write(`${name.padEnd(24)} ${(statSync(file).size / 1024).toFixed(0).padStart(5)} KB\n`);
}

export function reportPictures(): void {
  const files = readdirSync(pictureFolder).filter((name) => name.endsWith('.png'));
  const bytes = files.reduce((sum, name) => sum + statSync(join(pictureFolder, name)).size, 0);
  process.stdout.write(`${(bytes / 1024 / 1024).toFixed(2)} MB of pictures in docs/pictures\n`);
  if (bytes > MOST_BYTES) throw new Error('The pictures are larger than 5 MB together: leave some out.');
}
