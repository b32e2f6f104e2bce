import { HOUR, localDate, startOfDay } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { wallOf } from '../places/index.ts';
import { workingOf } from '../work-orders/index.ts';
import { type TripBlock, tripBlock, tripFrom, type TripRule, type WeatherWarning } from './domain.ts';
import { findPrepaid, warningsOver } from './queries-prepaid.ts';
import { chainOf } from './service.ts';
import type { MeterRow, MeterWall, PrepaidRow } from './tables.ts';

/** When a supply may be switched off at a place, by its dated hours, the calendar and the weather told for it. */

export const isProtectedOn = (row: PrepaidRow, today: string): boolean =>
  row.protectedUntil !== null && row.protectedUntil >= today;

async function tripRuleOf(house: House, q: Executor, wall: MeterWall, now: Date): Promise<TripRule> {
  const chain = chainOf(wall);
  const [hours, noTripLevels] = await Promise.all([
    house.settings.get(q, chain, 'metering.trip_hours', now),
    house.settings.get(q, chain, 'metering.no_trip_warnings', now),
  ]);
  return { ...hours, noTripLevels };
}

async function weatherOver(q: Executor, wall: MeterWall, now: Date): Promise<WeatherWarning[]> {
  const place = await wallOf(q, wall.scopeId);
  const chain = [...chainOf(wall), place?.communityId, place?.districtId].filter((id) => id != null);
  return (await warningsOver(q, chain, now)).map(({ level, startsAt, endsAt }) => ({
    level,
    startsAt: startsAt.getTime(),
    endsAt: endsAt.getTime(),
  }));
}

/** Why nothing is switched off at this place now; null: it may be. */
export async function blockOf(
  house: House,
  q: Executor,
  wall: MeterWall,
  timeZone: string,
  now: Date,
): Promise<TripBlock | null> {
  const [rule, weather, place] = await Promise.all([
    tripRuleOf(house, q, wall, now),
    weatherOver(q, wall, now),
    workingOf(q, wall),
  ]);
  return tripBlock(now.getTime(), timeZone, rule, place, weather);
}

/** The same of one meter, protection for somebody's health included, and from when on it may be. */
export async function tripWindow(
  house: House,
  q: Executor,
  wall: MeterWall,
  prepaid: PrepaidRow | null,
  timeZone: string,
  now: Date,
): Promise<{ readonly block: TripBlock | null; readonly from: Date | null }> {
  const [rule, weather, place] = await Promise.all([
    tripRuleOf(house, q, wall, now),
    weatherOver(q, wall, now),
    workingOf(q, wall),
  ]);
  const isProtected = prepaid !== null && isProtectedOn(prepaid, localDate(now.getTime(), timeZone));
  const block = isProtected ? 'protected' : tripBlock(now.getTime(), timeZone, rule, place, weather);
  if (block === null) return { block, from: null };
  const until = isProtected ? prepaid.protectedUntil : null;
  const from = tripFrom(now.getTime(), timeZone, rule, place, weather, until);
  return { block, from: from === null ? null : new Date(from) };
}

/**
 * What stands against switching off for this reason: a pipe that bursts and a meter that burns are shut at any hour, all
 * else waits for the hours; and whose health hangs on it is asked first by people, whatever the reason.
 */
export const standsAgainst = (reason: string, block: TripBlock | null): TripBlock | null =>
  reason === 'safety' && block !== 'protected' ? null : block;

/** A person's command is refused at once, and says from when on it would not be. */
export async function refuseTripNow(
  house: House,
  q: Executor,
  meter: MeterRow,
  reason: string,
  timeZone: string,
  now: Date,
): Promise<void> {
  const prepaid = await findPrepaid(q, meter.scopeId, meter.id);
  const { block, from } = await tripWindow(house, q, meter, prepaid, timeZone, now);
  const against = standsAgainst(reason, block);
  if (against === null) return;
  throw new Problem('metering.not_now', { reason: against, from: from?.toISOString() ?? null }, [
    { path: '/kind', code: 'invalid', params: {} },
  ]);
}

/** Until when a command to switch off may be carried out: the end of today's hours. */
export async function tripEnds(
  house: House,
  q: Executor,
  wall: MeterWall,
  timeZone: string,
  now: Date,
): Promise<Date> {
  const { toHour } = await tripRuleOf(house, q, wall, now);
  return new Date(startOfDay(localDate(now.getTime(), timeZone), timeZone) + toHour * HOUR);
}
