import { DAY } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import type { Wall } from '../places/index.ts';
import { callsOnOrders } from '../hotline/index.ts';
import { countMatters, type ReportedMatter, reportedMatters } from '../work-orders/index.ts';
import type { Matter, Rules, Street } from './domain.ts';
import type { StreetPlaces } from './queries-look.ts';

/** What holds in a compound on a day, and what was reported there. */

export interface Known {
  readonly rules: Rules;
  readonly watchDays: number;
  readonly restDays: number;
}

export async function rulesOf(house: House, q: Executor, wall: Wall, now: Date): Promise<Known> {
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  const [set, falseAlarms] = await Promise.all([
    house.settings.get(q, chain, 'prevention.rules', now),
    house.settings.get(q, chain, 'prevention.false_alarms', now),
  ]);
  return {
    watchDays: set.watchDays,
    restDays: set.restDays,
    rules: {
      windowDays: set.windowDays,
      least: { facility: set.leastFacility, building: set.leastBuilding, compound: set.leastCompound },
      alikeShare: set.alikeShare,
      alikeLeast: set.alikeLeast,
      chance: set.chance,
      riseLeast: set.riseLeast,
      mostProposed: set.mostProposed,
      falseAlarms,
    },
  };
}

export function toMatter({ createdAt, isOpen: _, isLate: __, ...one }: ReportedMatter): Matter {
  return { ...one, at: createdAt.getTime(), isCall: false };
}

export async function mattersBetween(
  q: Executor,
  scopeId: string,
  from: Date,
  until: Date,
): Promise<Matter[]> {
  const [reported, calls] = await Promise.all([
    reportedMatters(q, scopeId, from, until),
    callsOnOrders(q, scopeId, from, until),
  ]);
  const called = new Set(calls.filter(({ isFirst }) => isFirst).map(({ workOrderId }) => workOrderId));
  const matters = reported.map((one) => ({ ...toMatter(one), isCall: called.has(one.id) }));
  const byId = new Map(matters.map((one) => [one.id, one]));
  // Whoever calls again complains again; whose voice it is, is the order's.
  const again = calls.flatMap(({ workOrderId, at, isFirst }) => {
    const matter = isFirst ? undefined : byId.get(workOrderId);
    return matter === undefined ? [] : [{ ...matter, at: at.getTime(), isCall: true }];
  });
  return [...matters, ...again];
}

/** What the whole street brought in a window, for what is usual. */
export async function streetOf(
  q: Executor,
  places: StreetPlaces,
  now: Date,
  windowDays: number,
): Promise<Street> {
  const counts = await countMatters(
    q,
    places.scopeIds,
    daysBefore(now, windowDays),
    daysBefore(now, 14),
    now,
  );
  const categories = new Map<string, { count: number; recent: number }>();
  const onKind = new Map<string, number>();
  for (const { category, facilityKind, count, recent } of counts) {
    const before = categories.get(category) ?? { count: 0, recent: 0 };
    categories.set(category, { count: before.count + count, recent: before.recent + recent });
    if (facilityKind !== null) onKind.set(facilityKind, (onKind.get(facilityKind) ?? 0) + count);
  }
  const { scopeIds: _, facilitiesByKind, ...rest } = places;
  return {
    ...rest,
    categories,
    kinds: new Map(
      [...facilitiesByKind].map(([kind, facilities]) => [kind, { facilities, count: onKind.get(kind) ?? 0 }]),
    ),
  };
}

export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY);
