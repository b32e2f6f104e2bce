import type { OverviewGroup, OverviewStanding } from './api.ts';

/** Where each compound stands in the drawing, and how it is coloured. Pure. */

type Place = Pick<OverviewGroup, 'scopeId' | 'name' | 'community'>;

export interface Block<One extends Place> {
  readonly key: string;
  /** Null: of no community. */
  readonly name: string | null;
  readonly places: readonly One[];
}

const byName = new Intl.Collator('zh-CN', { numeric: true });

/** By name, never by rank: a place must stand where it stood yesterday. What is of no community comes last. */
export function blocksOf<One extends Place>(places: readonly One[]): Block<One>[] {
  const blocks = Map.groupBy(places, ({ community }) => community?.scopeId ?? '');
  return [...blocks]
    .map(([key, within]) => ({
      key,
      name: within[0]?.community?.name ?? null,
      places: within.toSorted((a, b) => byName.compare(a.name, b.name) || (a.scopeId < b.scopeId ? -1 : 1)),
    }))
    .sort((a, b) =>
      a.name === null || b.name === null
        ? Number(a.name === null) - Number(b.name === null)
        : byName.compare(a.name, b.name) || (a.key < b.key ? -1 : 1),
    );
}

/** A fifth of what is open. */
const MUCH = 0.2;

export function strainOf({ open, late }: Pick<OverviewStanding, 'open' | 'late'>): 'calm' | 'some' | 'much' {
  if (late === 0) return 'calm';
  return late >= open * MUCH ? 'much' : 'some';
}
