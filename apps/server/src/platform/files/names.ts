import type { Variant } from './store.ts';

/**
 * `ab/cd/<id>.<variant>.jpg` of a picture, `ab/cd/<id>.audio` of a voice note and `.paper` of a paper, after the id's random end (its beginning is the time): the same in a folder and in a
 * bucket, so that one can be copied into the other. The first part names one of 256 slices.
 */
export function storedName(id: string, variant: Variant): string {
  return `${id.slice(-4, -2)}/${id.slice(-2)}/${id}.${variant}${variant === 'full' || variant === 'thumb' ? '.jpg' : ''}`;
}

const fileName = /([0-9a-f-]{36})\.(?:(full|thumb)\.jpg|(audio|paper))$/;

/** What a stored name is of, or null when it is none of ours. */
export function parseStoredName(name: string): { id: string; variant: Variant } | null {
  const found = fileName.exec(name);
  return found === null ? null : { id: found[1] as string, variant: (found[2] ?? found[3]) as Variant };
}

export function sliceName(slice: number): string {
  return slice.toString(16).padStart(2, '0');
}
