import { type Direction, type InsideCount, type Policy, type Seen } from '@gongzhi/gate';
import { localDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { freeOf, insideOf, shownInside } from './domain.ts';
import { type CountKey, type CountWall, lockCounts, readCounts, totalsOf } from './queries-counts.ts';
import type { HeldGate } from './tables.ts';

/** How many are inside while a batch is decided: held, so that of two for the last place one gets it. */

type SeenCounts = Pick<Seen, 'inside' | 'freeSpaces'>;
export const uncounted: SeenCounts = { inside: [], freeSpaces: null };

interface CountedScope {
  readonly wall: CountWall & { readonly timeZone: string };
  readonly policies: readonly Policy[];
}

/** What these measures want counted. */
export function countedBy(scopeId: string, policies: readonly Policy[]): CountKey[] {
  const places = new Set(
    policies.flatMap(({ checks, buildingId }) =>
      checks.capacity === undefined ? [] : [buildingId ?? scopeId],
    ),
  );
  const people = [...places].map((placeId): CountKey => ({ scopeId, what: 'people', placeId }));
  const hasVehicles = policies.some(({ checks }) => checks.vehicle !== undefined);
  return hasVehicles ? [...people, { scopeId, what: 'vehicles', placeId: scopeId }] : people;
}

const nameOf = ({ scopeId, what, placeId }: CountKey): string => `${scopeId} ${what} ${placeId}`;

export class Counts {
  readonly #people = new Map<string, Map<string, number>>();
  readonly #cars = new Map<string, { readonly spaces: number; inside: number }>();

  /** Of those compounds only whose measures ask for it; nothing is held of the others. */
  static async held(tx: Tx, scopes: Iterable<CountedScope>, now: Date): Promise<Counts> {
    return Counts.#read(tx, scopes, now, (keys, walls) => lockCounts(tx, keys, walls));
  }

  static async seen(q: Executor, scope: CountedScope, now: Date): Promise<SeenCounts> {
    const counts = await Counts.#read(q, [scope], now, (keys) => readCounts(q, keys));
    return counts.of(scope.wall.scopeId);
  }

  static async #read(
    q: Executor,
    scopes: Iterable<CountedScope>,
    now: Date,
    read: (keys: readonly CountKey[], walls: ReadonlyMap<string, CountWall>) => ReturnType<typeof readCounts>,
  ): Promise<Counts> {
    const counts = new Counts();
    const keys: CountKey[] = [];
    const walls = new Map<string, CountWall>();
    const days = new Map<string, string>();
    for (const { wall, policies } of scopes) {
      keys.push(...countedBy(wall.scopeId, policies));
      walls.set(wall.scopeId, wall);
      days.set(wall.scopeId, localDate(now.getTime(), wall.timeZone));
    }
    if (keys.length === 0) return counts;
    const rows = new Map((await read(keys, walls)).map((row) => [nameOf(row), row]));
    for (const tallied of await totalsOf(q, keys, days)) {
      const { scopeId, what, placeId, spaces } = tallied;
      const inside = insideOf(what, { ...tallied, base: rows.get(nameOf(tallied))?.base ?? null });
      if (inside === null) continue;
      if (what === 'people') {
        const places = counts.#people.get(scopeId) ?? new Map<string, number>();
        counts.#people.set(scopeId, places.set(placeId, inside));
      } else if (spaces !== null) counts.#cars.set(scopeId, { spaces, inside });
    }
    return counts;
  }

  of(scopeId: string): SeenCounts {
    const cars = this.#cars.get(scopeId);
    const inside = [...(this.#people.get(scopeId) ?? [])].map(
      ([placeId, count]): InsideCount => ({
        buildingId: placeId === scopeId ? null : placeId,
        count: shownInside(count),
      }),
    );
    return { inside, freeSpaces: cars === undefined ? null : freeOf(cars.spaces, cars.inside) };
  }

  /** Somebody went through, for whoever comes behind them in the same batch. */
  move(
    { scopeId, buildingId }: Pick<HeldGate, 'scopeId' | 'buildingId'>,
    direction: Direction,
    isCar: boolean,
  ) {
    const step = direction === 'in' ? 1 : -1;
    const places = this.#people.get(scopeId);
    const placeId = buildingId ?? scopeId;
    const people = places?.get(placeId);
    if (people !== undefined) places!.set(placeId, people + step);
    const cars = this.#cars.get(scopeId);
    if (isCar && buildingId === null && cars !== undefined) cars.inside += step;
  }
}
