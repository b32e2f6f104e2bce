/** The five status tones of pages.md. Colour never stands alone: each has a shape, and callers bring the word. */
export type Tone = 'waiting' | 'moving' | 'due' | 'late' | 'done';

/** Joins class names, leaving out what isn't there. */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
