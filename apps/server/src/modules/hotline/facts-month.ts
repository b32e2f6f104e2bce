import Type from 'typebox';
import type { Executor } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Wall } from '../places/index.ts';
import { monthOf, type Period, periodOf, type RateWeights } from './domain.ts';

/** A month of the rates, yyyy-mm, by the settings that held in it. */
export const Month = Type.String({ maxLength: 7 });

export interface Ruled {
  readonly period: Period;
  readonly weights: RateWeights;
  /** Where the weights are written down; null for those built in. */
  readonly source: string | null;
}

/** A month keeps the settings that held on its last day: what changes later changes no past figure. */
export async function ruled(house: House, q: Executor, city: Wall, month: string): Promise<Ruled> {
  const found = await house.settings.find(q, [city.scopeId], 'hotline.rate_period', `${month}-28`);
  const period = periodOf(month, found.value, city.timeZone);
  const weights = await house.settings.find(q, [city.scopeId], 'hotline.rate_weights', period.lastDay);
  return { period, weights: weights.value, source: weights.scopeId === null ? null : weights.source };
}

async function askedMonth(house: House, q: Executor, city: Wall, month: string | undefined): Promise<string> {
  if (month !== undefined) {
    if (/^(?:19|2\d)\d{2}-(?:0[1-9]|1[0-2])$/.test(month)) return month;
    throw new Problem('hotline.month_invalid', {}, [
      { path: 'querystring/month', code: 'format', params: {} },
    ]);
  }
  const now = house.clock.now();
  const rule = await house.settings.get(q, [city.scopeId], 'hotline.rate_period', now);
  return monthOf(now.getTime(), rule, city.timeZone);
}

/** The month asked for, or the one that is being counted now. */
export async function ruledMonth(
  house: House,
  q: Executor,
  city: Wall,
  month: string | undefined,
): Promise<Ruled> {
  return ruled(house, q, city, await askedMonth(house, q, city, month));
}
