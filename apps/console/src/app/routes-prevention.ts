/** What is in the query of the pages before complaints: a part of routes.ts, which is long enough. */
export const preventionStates = ['proposed', 'accepted', 'watched', 'closed', 'declined'] as const;
const preventionViews = ['projects', 'risks'] as const;

export interface PreventionSearch {
  view?: (typeof preventionViews)[number] | undefined;
  scope?: string | undefined;
  state?: (typeof preventionStates)[number] | undefined;
  /** Also what merely repeats. */
  all?: true | undefined;
}

/** What the address says and this page knows; the rest is left out. */
export function readPrevention(raw: Record<string, unknown>): PreventionSearch {
  const { scope } = raw;
  const view = preventionViews.find((one) => one === raw['view']);
  const state = preventionStates.find((one) => one === raw['state']);
  return {
    ...(view === undefined ? {} : { view }),
    ...(typeof scope === 'string' && scope !== '' ? { scope } : {}),
    ...(state === undefined ? {} : { state }),
    ...(raw['all'] === true || raw['all'] === 'true' ? { all: true } : {}),
  };
}
