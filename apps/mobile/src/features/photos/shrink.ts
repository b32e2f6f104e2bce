/** The longest side that is sent: enough to see a crack, a tenth of what a camera makes. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.82;

/** The browser could not read it as a picture. */
export class NotAPicture extends Error {}

export function fitWithin(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A picture made small in the browser: turned upright, at most 1600 px, JPEG. Drawing it anew also leaves behind
 * where and when it was taken.
 */
export async function shrink(file: Blob): Promise<Blob> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new NotAPicture();
  }
  const { width, height } = fitWithin(bitmap.width, bitmap.height, LONGEST_SIDE);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new NotAPicture();
  // JPEG has no transparency: paper underneath, not black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', QUALITY);
  });
  if (blob === null) throw new NotAPicture();
  return blob;
}
