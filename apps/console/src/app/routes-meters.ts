/** What the address of the page of meters says. */

export const meterViews = ['list', 'round', 'exceptions', 'lines', 'weather'] as const;
export const meterKinds = ['power', 'water', 'gas', 'heat'] as const;
export type MeterKindWord = (typeof meterKinds)[number];
export interface MetersSearch {
  view?: (typeof meterViews)[number] | undefined;
  scope?: string | undefined;
  kind?: MeterKindWord | undefined;
  building?: string | undefined;
  q?: string | undefined;
  /** The meter shown beside the list, and the scope that holds it. */
  meter?: string | undefined;
  in?: string | undefined;
}

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const one = <Value extends string>(value: unknown, allowed: readonly Value[]): Value | undefined =>
  allowed.find((candidate) => candidate === value);

/** An address is input from outside: what isn't understood is dropped. */
export function readMetersSearch(raw: Record<string, unknown>): MetersSearch {
  const search: MetersSearch = {
    view: one(raw['view'], meterViews),
    scope: word(raw['scope']),
    kind: one(raw['kind'], meterKinds),
    building: word(raw['building']),
    q: word(raw['q']),
    meter: word(raw['meter']),
    in: word(raw['in']),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
