/** What a prepared answer may speak of; `{{worker}}` becomes the worker's name. */
export const PLACEHOLDERS = ['number', 'matter', 'place', 'worker', 'window', 'due', 'company'] as const;
export type PlaceholderName = (typeof PLACEHOLDERS)[number];

const FOUND = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** Names that stand in a text and mean nothing, each once; an unclosed `{{` counts as one. */
export function unknownPlaceholders(text: string): string[] {
  const known: readonly string[] = PLACEHOLDERS;
  const unknown = [...text.matchAll(FOUND)]
    .map((found) => found[1] ?? '')
    .filter((name) => !known.includes(name));
  const rest = text.replace(FOUND, '');
  if (rest.includes('{{') || rest.includes('}}')) unknown.push('{{');
  return [...new Set(unknown)];
}
