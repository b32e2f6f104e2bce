import { createHash } from 'node:crypto';

/**
 * Ids that come out the same however often a history is read: from what a thing is, not from chance. Nothing else
 * keeps a killed import from leaving two of something.
 */
function hash(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex');
}

/** Of something without a time of its own (a city, a run): version 8, "made by whoever knows how". */
export function namedId(...parts: string[]): string {
  const h = hash(parts);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-${variant(h)}${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

/** In the order of time among live ids: version 7 with the hash where the randomness would be. */
export function timedId(millis: number, ...parts: string[]): string {
  const time = Math.max(0, Math.floor(millis)).toString(16).padStart(12, '0');
  const h = hash(parts);
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${h.slice(13, 16)}-${variant(h)}${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

const variant = (h: string): string => ((Number.parseInt(h.charAt(16), 16) & 3) | 8).toString(16);

/** 'Allston / Brighton' → 'allston-brighton'; letters of any script stay. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' ? hash([name]).slice(0, 8) : slug;
}
