import { uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { type OutboxEvent, recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import type { PlausibilityRule } from './domain.ts';
import { findMeter, lockMeter } from './queries.ts';
import type { MeterRow, MeterWall } from './tables.ts';

/** What everything that happens to a meter has in common. */

export const chainOf = (wall: MeterWall): string[] =>
  [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);

/** Pages that show the meter ask again; a household's people see what happens to theirs. */
export function meterEvent(
  wall: MeterWall,
  meterId: string,
  householdId: string | null,
  kind: string,
  payload: Readonly<Record<string, unknown>>,
  now: Date,
): OutboxEvent {
  return {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: {
      cityId: wall.cityId,
      streetId: wall.streetId,
      companyId: wall.companyId,
      householdId,
      reporterAccountId: null,
      isPublic: false,
      isInternal: householdId === null,
    },
    kind,
    version: 1,
    objectId: meterId,
    payload,
    occurredAt: now,
  };
}

export function tellOfMeter(tx: Tx, ...what: Parameters<typeof meterEvent>): void {
  recordEvent(tx, meterEvent(...what));
}

export async function accessCompound(q: Executor, acting: Acting, scopeId: string): Promise<Wall> {
  const wall = await accessScope(q, acting, scopeId);
  if (wall.kind !== 'compound')
    throw new Problem('metering.not_here', {}, [{ path: '/scopeId', code: 'unknown', params: {} }]);
  return wall;
}

/** What is wrong with one field, said beside it. */
export const faultAt = (code: string, path: string, word = 'unknown') =>
  new Problem(code, {}, [{ path, code: word, params: {} }]);

const isOwn = (acting: Acting, meter: MeterRow): boolean =>
  acting.actor.kind !== 'resident' || acting.actor.households.some(({ id }) => id === meter.householdId);

/** A meter within one's reach; a resident's: of the own home. */
export async function meterFor(
  q: Executor,
  acting: Acting,
  scopeId: string,
  meterId: string,
): Promise<MeterRow> {
  await accessScope(q, acting, scopeId);
  const meter = await findMeter(q, scopeId, meterId);
  if (meter === null || !isOwn(acting, meter)) throw new Problem('not_found');
  return meter;
}

export async function lockMeterFor(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  meterId: string,
): Promise<MeterRow> {
  await accessScope(tx, acting, scopeId);
  const meter = await lockMeter(tx, scopeId, meterId);
  if (meter === null || !isOwn(acting, meter)) throw new Problem('not_found');
  if (meter.retiredOn !== null) throw new Problem('metering.retired');
  return meter;
}

export async function plausibilityOf(
  house: House,
  q: Executor,
  wall: MeterWall,
  now: Date,
): Promise<PlausibilityRule> {
  return { farTimes: await house.settings.get(q, chainOf(wall), 'metering.far_times', now) };
}
