import { PASS_KINDS, type PassKind } from '@gongzhi/gate';

/** What the address of the page of passes says. */
export const passViews = ['passes', 'vehicles', 'lists', 'parcels', 'goods'] as const;
export type PassView = (typeof passViews)[number];

export interface PassesSearch {
  view?: PassView | undefined;
  scope?: string | undefined;
  kind?: PassKind | undefined;
  q?: string | undefined;
  /** What no longer holds, too. */
  past?: boolean | undefined;
  /** People without a phone. */
  printed?: boolean | undefined;
}

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const one = <Value extends string>(value: unknown, allowed: readonly Value[]): Value | undefined =>
  allowed.find((candidate) => candidate === value);
const yes = (value: unknown): true | undefined => (String(value) === 'true' ? true : undefined);

/** An address is input from outside: what isn't understood is dropped. */
export function readPassesSearch(raw: Record<string, unknown>): PassesSearch {
  const search: PassesSearch = {
    view: one(raw['view'], passViews),
    scope: word(raw['scope']),
    kind: one(raw['kind'], PASS_KINDS),
    q: word(raw['q']),
    past: yes(raw['past']),
    printed: yes(raw['printed']),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
