import type { LocalDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { billedMeters, heldIn, readSince } from '../metering/index.ts';
import { type HomeUse, lastDayOf, type MeterInMonth, type Rule, useOfHome } from './domain.ts';
import { billedReadings } from './queries-facts.ts';

/** By item: an item that was billed anew and one that was not begin at different readings of the same meter. */
export type UsesOfHome = Readonly<Record<string, HomeUse>>;

interface Asking {
  readonly item: string;
  readonly rule: Rule;
}

/** What the meters of each home counted in a month; nothing is asked where no tariff wants to know. */
export async function usesOf(
  tx: Tx,
  scopeId: string,
  period: LocalDate,
  tariffs: readonly Asking[],
  timeZone: string,
): Promise<Map<string, UsesOfHome>> {
  const asking = tariffs.flatMap(({ item, rule }) =>
    'meter' in rule && rule.meter !== undefined ? [{ item, meter: rule.meter }] : [],
  );
  const homes = new Map<string, Record<string, HomeUse>>();
  if (asking.length === 0) return homes;
  const lastDay = lastDayOf(period);
  const [meters, held] = await Promise.all([
    billedMeters(tx, scopeId, [...new Set(asking.map(({ meter }) => meter))], {
      firstDay: period,
      lastDay,
      timeZone,
    }),
    heldIn(tx, scopeId, period, lastDay),
  ]);
  const billed = await billedReadings(
    tx,
    scopeId,
    asking.flatMap(({ item, meter }) =>
      meters
        .filter(({ kind }) => kind === meter)
        .map(({ householdId, meterId }) => ({ item, householdId, meterId })),
    ),
  );
  const heldOf = new Map(held.map((one) => [one.meterId, one]));
  for (const { item, meter } of asking) {
    const those = meters.filter(({ kind }) => kind === meter);
    const ends = new Map(billed.filter((one) => one.item === item).map((one) => [one.meterId, one]));
    const read = new Map(
      (
        await readSince(
          tx,
          scopeId,
          those.map(({ meterId }) => ({ meterId, sinceId: ends.get(meterId)?.readingId ?? null })),
          period,
          lastDay,
        )
      ).map((one) => [one.meterId, one]),
    );
    for (const [householdId, own] of Map.groupBy(those, (one) => one.householdId)) {
      const use = useOfHome(
        own.map(
          ({ meterId, serial, retiredOn, isPrepaid }): MeterInMonth => ({
            meterId,
            serial,
            retiredOn,
            isPrepaid,
            billedTo: ends.get(meterId) ?? null,
            read: read.get(meterId) ?? null,
            held: heldOf.get(meterId) ?? null,
          }),
        ),
        period,
        lastDay,
      );
      if (use === undefined) continue;
      const items = homes.get(householdId) ?? {};
      items[item] = use;
      homes.set(householdId, items);
    }
  }
  return homes;
}
