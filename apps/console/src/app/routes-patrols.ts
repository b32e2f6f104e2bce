/** What the address of the page of patrols says. */

export const patrolTabs = ['routes', 'rounds', 'lowerings', 'freed'] as const;
export const roundStates = ['open', 'late', 'done', 'done_late', 'missed', 'spared'] as const;
export interface PatrolsSearch {
  tab?: (typeof patrolTabs)[number] | undefined;
  scope?: string | undefined;
  state?: (typeof roundStates)[number] | undefined;
}

const one = <Value extends string>(value: unknown, allowed: readonly Value[]): Value | undefined =>
  allowed.find((candidate) => candidate === value);

/** An address is input from outside: what isn't understood is dropped. */
export function readPatrolsSearch(raw: Record<string, unknown>): PatrolsSearch {
  const { scope } = raw;
  const search: PatrolsSearch = {
    tab: one(raw['tab'], patrolTabs),
    scope: typeof scope === 'string' && scope !== '' ? scope : undefined,
    state: one(raw['state'], roundStates),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
