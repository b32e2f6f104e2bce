/** What the address of the page of gates says. */

export const gateTabs = ['gates', 'passages', 'measures', 'destroyed'] as const;
export interface GatesSearch {
  tab?: (typeof gateTabs)[number] | undefined;
  scope?: string | undefined;
  gate?: string | undefined;
  /** yyyy-mm-dd */
  day?: string | undefined;
  stopped?: boolean | undefined;
}

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** An address is input from outside: what isn't understood is dropped. */
export function readGatesSearch(raw: Record<string, unknown>): GatesSearch {
  const day = word(raw['day']);
  const search: GatesSearch = {
    tab: gateTabs.find((tab) => tab === raw['tab']),
    scope: word(raw['scope']),
    gate: word(raw['gate']),
    day: day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined,
    stopped: String(raw['stopped']) === 'true' ? true : undefined,
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
