/** What an address says, word by word: what isn't understood is undefined. */

const MONTH = /^\d{4}-\d{2}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function date(value: unknown): string | undefined {
  const found = text(value);
  return found !== undefined && DATE.test(found) ? found : undefined;
}

export function month(value: unknown): string | undefined {
  const found = text(value);
  return found !== undefined && MONTH.test(found) ? found : undefined;
}

export function one<const Value extends string>(
  value: unknown,
  allowed: readonly Value[],
): Value | undefined {
  return allowed.find((candidate) => candidate === value);
}

export function yesNo(value: unknown): boolean | undefined {
  const word = String(value);
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** Leaves out what isn't there, so that addresses stay short. */
export function compact<Search extends object>(search: Search): Search {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Search;
}
