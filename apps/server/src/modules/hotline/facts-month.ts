import { type LocalDate } from '@gongzhi/kernel';
import Type from 'typebox';
import type { Executor } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Wall } from '../places/index.ts';
import { type DatedRules, monthOf, type Period, periodOf, type RateWeights } from './domain.ts';

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
  const period = periodOf(month, await rulesIn(house, q, city), city.timeZone);
  const weights = await house.settings.find(q, [city.scopeId], 'hotline.rate_weights', period.lastDay);
  return { period, weights: weights.value, source: weights.scopeId === null ? null : weights.source };
}

/** How periods were, are and will be cut there. */
async function rulesIn(house: House, q: Executor, city: Wall): Promise<DatedRules> {
  const [first, ...later] = await house.settings.every(q, city.scopeId, 'hotline.rate_period');
  const dated = ({ validFrom, value }: typeof first) => ({
    validFrom: validFrom as LocalDate | null,
    rule: value,
  });
  return [dated(first), ...later.map(dated)];
}

async function askedMonth(house: House, q: Executor, city: Wall, month: string | undefined): Promise<string> {
  if (month !== undefined) {
    if (/^(?:19|2\d)\d{2}-(?:0[1-9]|1[0-2])$/.test(month)) return month;
    throw new Problem('hotline.month_invalid', {}, [
      { path: 'querystring/month', code: 'format', params: {} },
    ]);
  }
  return monthOf(house.clock.now().getTime(), await rulesIn(house, q, city), city.timeZone);
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
