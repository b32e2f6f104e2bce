import { compact, date, one, text, yesNo } from './search-words.ts';

/** What the address of the page of gates says. */

export const gateTabs = ['gates', 'passages', 'measures', 'followUps', 'tracing', 'destroyed'] as const;
export interface GatesSearch {
  tab?: (typeof gateTabs)[number] | undefined;
  scope?: string | undefined;
  gate?: string | undefined;
  /** yyyy-mm-dd */
  day?: string | undefined;
  stopped?: boolean | undefined;
  /** Which certificate of destruction. */
  certificate?: string | undefined;
}

/** An address is input from outside: what isn't understood is dropped. */
export function readGatesSearch(raw: Record<string, unknown>): GatesSearch {
  return compact({
    tab: one(raw['tab'], gateTabs),
    scope: text(raw['scope']),
    gate: text(raw['gate']),
    day: date(raw['day']),
    certificate: text(raw['certificate']),
    stopped: yesNo(raw['stopped']) === true ? true : undefined,
  });
}
