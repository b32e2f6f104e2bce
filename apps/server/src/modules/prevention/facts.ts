import { DAY } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import type { Wall } from '../places/index.ts';
import { type ReportedMatter, reportedMatters } from '../work-orders/index.ts';
import type { Matter, Rules } from './domain.ts';

/** What holds in a compound on a day, and what was reported there. */

export interface Known {
  readonly rules: Rules;
  readonly watchDays: number;
  readonly restDays: number;
}

export async function rulesOf(house: House, q: Executor, wall: Wall, now: Date): Promise<Known> {
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  const set = await house.settings.get(q, chain, 'prevention.rules', now);
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
    },
  };
}

export function toMatter({ createdAt, isOpen: _, isLate: __, ...one }: ReportedMatter): Matter {
  return { ...one, at: createdAt.getTime() };
}

export async function mattersBetween(
  q: Executor,
  scopeId: string,
  from: Date,
  until: Date,
): Promise<Matter[]> {
  return (await reportedMatters(q, scopeId, from, until)).map(toMatter);
}

export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY);
