import { localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { accounts, type NewPosting, post } from '../ledger/index.ts';
import { backOf, chargeOf, type Charged, type DatedPrice, type MeterKind, partsOf } from './domain.ts';
import type { ChargeRow, MeterRow, PrepaidRow } from './tables.ts';

/** What was used on a prepaid meter becomes money, once, at the price of its time; and goes back as it was charged. */

export const incomeOf: Readonly<Record<MeterKind, string>> = {
  power: 'electricity',
  water: 'water',
  gas: 'gas',
  heat: 'heat',
};

export const pricesOf = ({ prices, price, since }: PrepaidRow): DatedPrice[] =>
  prices.length === 0
    ? [{ price, from: since.getTime() }]
    : prices.map((one) => ({ price: one.price, from: Date.parse(one.from) }));

const mostAtOnce = 2_000;

function uncharged(tx: Tx, { scopeId, meterId, since }: PrepaidRow): Promise<ChargeRow[]> {
  return tx.query(
    sql`select r.reading_id as id, r.state, r.used_milli as "usedMilli", r.taken_at as "takenAt", r.charged, b.taken_at as "previousAt"
        from metering.reading r left join metering.reading b on b.scope_id = r.scope_id and b.reading_id = r.previous_id
        where r.scope_id = ${scopeId} and r.meter_id = ${meterId} and r.taken_at > ${since}
          and ((r.state = 'counted' and not r.is_charged and r.used_milli is not null) or (r.state = 'rejected' and r.is_charged))
        order by r.taken_at, r.reading_id limit ${mostAtOnce}`,
  );
}

/** Every reading once, and back again where it was withdrawn. Whoever calls holds the prepaid row. */
export async function takeOff(
  tx: Tx,
  before: PrepaidRow,
  meter: MeterRow,
  timeZone: string,
  now: Date,
): Promise<PrepaidRow> {
  const prices = pricesOf(before);
  const bookedOn = localDate(now.getTime(), timeZone);
  const [prepaid, income] = [accounts.meter(meter.id), accounts.income(incomeOf[meter.kind])];
  let { balanceFen, rest } = before;
  for (;;) {
    const rows = await uncharged(tx, before);
    const postings: NewPosting[] = [];
    const charged: Charged[][] = [];
    for (const row of rows) {
      const isBack = row.state === 'rejected';
      const parts = isBack
        ? [...(row.charged ?? [])]
        : partsOf(row.usedMilli ?? 0, row.previousAt?.getTime() ?? null, row.takenAt.getTime(), prices);
      charged.push(parts);
      const charge = chargeOf(isBack ? backOf(parts) : parts, rest);
      rest = charge.rest;
      balanceFen -= charge.fen;
      if (charge.fen === 0) continue;
      postings.push({
        key: `metering.reading:${row.id}${isBack ? ':back' : ''}`,
        debit: charge.fen > 0 ? prepaid : income,
        credit: charge.fen > 0 ? income : prepaid,
        amountFen: Math.abs(charge.fen),
        bookedOn,
        source: { kind: 'metering.reading', id: row.id },
        householdId: meter.householdId,
      });
    }
    await post(tx, { wall: before, postings, by: null, now });
    if (rows.length > 0)
      // What was given back keeps what it was charged at, for whoever asks.
      tx.write(
        sql`update metering.reading r set is_charged = r.state <> 'rejected', charged = d.charged::jsonb
            from unnest(${rows.map(({ id }) => id)}::uuid[], ${charged.map((parts) => JSON.stringify(parts))}::text[]) d(id, charged)
            where r.scope_id = ${before.scopeId} and r.reading_id = d.id`,
      );
    if (rows.length < mostAtOnce) return { ...before, balanceFen, rest };
  }
}
