import { DAY, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type MeterKind, roomFor } from './domain.ts';
import { findMeter, metersOf } from './queries.ts';
import {
  arrivedSince,
  findPrepaid,
  findPrepaidEver,
  lockPrepaid,
  lockPrepaidEver,
  lockTopUpOfKey,
  moneyOnItsWay,
  topUpOfKey,
  wasNeverSaid,
} from './queries-prepaid.ts';
import { lockMeterFor, tellOfMeter } from './service.ts';
import { clearTopUps } from './service-findings.ts';
import { limitsOf } from './service-prepaid.ts';
import type { MeterRow, MeterWall, PrepaidRow, TopUpRow } from './tables.ts';

/** Money for a meter: bought, sent once more, or given back because it never got there. */

export type TopUpRefusal =
  | { readonly code: 'metering.not_prepaid' }
  | { readonly code: 'metering.hoarding'; readonly mostFen: number };

export interface TopUpOffer {
  /** Null: as much as one likes. */
  readonly mostFen: number | null;
  readonly householdId: string | null;
  readonly companyId: string | null;
  readonly kind: MeterKind;
  readonly serial: string;
}

type Refused = { readonly ok: false; readonly error: TopUpRefusal };
const notPrepaid: Refused = { ok: false, error: { code: 'metering.not_prepaid' } };

/** How much more may be bought, asked before anybody pays. */
export async function mayTopUp(
  q: Executor,
  scopeId: string,
  meterId: string,
): Promise<{ readonly ok: true; readonly offer: TopUpOffer } | Refused> {
  const [prepaid, meter] = [await findPrepaid(q, scopeId, meterId), await findMeter(q, scopeId, meterId)];
  return offerOf(q, prepaid, meter);
}

/** The meters of a home that are paid ahead, and how much more each may hold. */
export async function topUpOffers(
  q: Executor,
  scopeId: string,
  householdId: string,
): Promise<(TopUpOffer & { readonly meterId: string })[]> {
  const offers: (TopUpOffer & { readonly meterId: string })[] = [];
  for (const { id, retiredOn } of await metersOf(q, scopeId, [householdId])) {
    const may = retiredOn === null ? await mayTopUp(q, scopeId, id) : null;
    if (may?.ok === true) offers.push({ ...may.offer, meterId: id });
  }
  return offers;
}

async function offerOf(
  q: Executor,
  prepaid: PrepaidRow | null,
  meter: MeterRow | null,
): Promise<{ readonly ok: true; readonly offer: TopUpOffer } | Refused> {
  if (prepaid === null || meter === null || meter.retiredOn !== null) return notPrepaid;
  // A meter that keeps its own money and has no line any more: nobody could put it on it.
  if (prepaid.keeps === 'meter' && meter.gatewayId === null) return notPrepaid;
  const waitingFen = await moneyOnItsWay(q, meter.scopeId, meter.id);
  // What is paid and not put on it yet counts as if it were.
  const mostFen = roomFor(prepaid.balanceFen + waitingFen, limitsOf(prepaid));
  const { householdId, companyId, kind, serial } = meter;
  return { ok: true, offer: { mostFen, householdId, companyId, kind, serial } };
}

/**
 * Money that was paid for a meter. Posts nothing: whoever took it posts it to `meter:<id>:prepaid` in the same
 * transaction, after this. Two who pay for one meter wait for each other here, at its row. The same key again is the same
 * top-up. Refused where it does not fit; the payer keeps the money then.
 */
export async function topUp(
  tx: Tx,
  given: {
    readonly scopeId: string;
    readonly meterId: string;
    readonly amountFen: number;
    readonly paymentId: string;
    readonly key: string;
    readonly now: Date;
  },
): Promise<{ readonly ok: true; readonly topUp: TopUpRow } | Refused> {
  const { scopeId, meterId, amountFen, paymentId, key, now } = given;
  const prepaid = await lockPrepaid(tx, scopeId, meterId);
  if (prepaid === null) return notPrepaid;
  const known = await topUpOfKey(tx, scopeId, key);
  if (known !== null) return { ok: true, topUp: known };
  const may = await offerOf(tx, prepaid, await findMeter(tx, scopeId, meterId));
  if (!may.ok) return may;
  const { mostFen } = may.offer;
  if (mostFen !== null && amountFen > mostFen)
    return { ok: false, error: { code: 'metering.hoarding', mostFen } };
  const row = insertTopUp(tx, prepaid, amountFen, paymentId, key, now);
  tellOfMeter(tx, prepaid, meterId, prepaid.householdId, 'meter.topped_up', { topUpId: row.id }, now);
  return { ok: true, topUp: row };
}

/** Waits to be put on the meter, which is looked at next. */
export function insertTopUp(
  tx: Tx,
  on: MeterWall & { readonly meterId: string; readonly householdId: string | null },
  amountFen: number,
  paymentId: string | null,
  key: string,
  now: Date,
): TopUpRow {
  const { scopeId, cityId, streetId, companyId, householdId, meterId } = on;
  const row: TopUpRow = {
    scopeId,
    cityId,
    streetId,
    companyId,
    householdId,
    meterId,
    key,
    amountFen,
    paymentId,
    id: uuidv7(now.getTime()),
    state: 'waiting',
    purchase: null,
    askedAt: now,
    endedAt: null,
    error: null,
  };
  tx.write(
    sql`insert into metering.top_up (scope_id, top_up_id, city_id, street_id, company_id, meter_id, household_id, key, amount_fen, payment_id, state, asked_at)
        values (${scopeId}, ${row.id}, ${cityId}, ${streetId}, ${companyId}, ${meterId}, ${householdId}, ${key}, ${amountFen}, ${paymentId}, 'waiting', ${now})`,
  );
  tx.write(
    sql`update metering.prepaid set check_at = ${now} where scope_id = ${scopeId} and meter_id = ${meterId}`,
  );
  return row;
}

/**
 * A top-up that never reached the meter is sent once more: the meter counts a purchase once. Where it may have heard of it,
 * what it has counted is asked first.
 */
export async function retryTopUp(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  meterId: string,
  topUpId: string,
  now: Date,
): Promise<void> {
  const meter = await lockMeterFor(tx, acting, scopeId, meterId);
  // Whoever gives the money back holds this row: it is sent, or given back, and never both.
  await lockPrepaid(tx, scopeId, meterId);
  const rows = await tx.query<{ id: string }>(
    sql`update metering.command c set state = 'waiting', attempts = least(c.attempts, 1), next_at = ${now}, ended_at = null, error = null
        from metering.top_up u
        where c.scope_id = ${scopeId} and c.meter_id = ${meterId} and c.top_up_id = ${topUpId} and c.state = 'failed'
          and u.scope_id = c.scope_id and u.top_up_id = c.top_up_id and u.state = 'failed' returning c.command_id as id`,
  );
  if (rows.length === 0) throw new Problem('not_found');
  tx.write(
    sql`update metering.top_up set state = 'sent', ended_at = null, error = null where scope_id = ${scopeId} and top_up_id = ${topUpId}`,
  );
  tellOfMeter(tx, meter, meterId, meter.householdId, 'meter.commanded', { command: 'top_up' }, now);
}

export type NotReturned = 'arrived' | 'carried' | 'under_way' | 'not_known_yet';

/** Whether it may be given back: it must be certain that the meter does not count it. */
async function mayReturn(
  q: Executor,
  topUp: TopUpRow,
  prepaid: PrepaidRow,
  now: Date,
): Promise<NotReturned | null> {
  if (topUp.state === 'confirmed') return 'arrived';
  // With what else was left it went to the home's balance, or on to the next meter.
  if (topUp.state === 'carried') return 'carried';
  if (topUp.state === 'waiting' || topUp.state === 'sent') return 'under_way';
  if (topUp.purchase === null || isRefused(topUp.error)) return null;
  // Its line was down each time: nobody has told the meter of it.
  if (await wasNeverSaid(q, topUp.scopeId, topUp.id)) return null;
  // A later purchase that counts says that this one did.
  if (await arrivedSince(q, topUp.scopeId, topUp.meterId, topUp.purchase)) return 'arrived';
  // The answer may have been lost. Heard since, it would have said so; a meter that is silent for a day is silent.
  const endedAt = topUp.endedAt?.getTime() ?? now.getTime();
  const isHeard = prepaid.meterAt !== null && prepaid.meterAt.getTime() > endedAt;
  return isHeard || now.getTime() - endedAt >= DAY ? null : 'not_known_yet';
}

/** It took nothing; only that it waits for another number says nothing of what it took before. */
const isRefused = (error: string | null): boolean =>
  error !== null && error.startsWith('refused:') && !error.includes('wrong_purchase_count');

/** Asked before somebody is promised a refund. */
export async function mayReturnTopUp(
  q: Executor,
  scopeId: string,
  meterId: string,
  key: string,
  now: Date,
): Promise<NotReturned | null> {
  const [prepaid, row] = [await findPrepaidEver(q, scopeId, meterId), await topUpOfKey(q, scopeId, key)];
  if (prepaid === null || row === null || row.state === 'returned') throw new Problem('not_found');
  return mayReturn(q, row, prepaid, now);
}

/**
 * Money that never got to the meter is taken off our books; whoever refunds it posts it away from `meter:<id>:prepaid` in
 * the same transaction. Later purchases move up: the meter expects the number that was never used.
 */
export async function returnTopUp(
  house: House,
  tx: Tx,
  scopeId: string,
  meterId: string,
  key: string,
  now: Date,
): Promise<NotReturned | null> {
  const prepaid = await lockPrepaidEver(tx, scopeId, meterId);
  const [row, meter] = [await lockTopUpOfKey(tx, scopeId, key), await findMeter(tx, scopeId, meterId)];
  if (prepaid === null || meter === null || row === null || row.state === 'returned')
    throw new Problem('not_found');
  const why = await mayReturn(tx, row, prepaid, now);
  if (why !== null) return why;
  tx.write(
    sql`update metering.top_up set state = 'returned', ended_at = ${now} where scope_id = ${scopeId} and top_up_id = ${row.id}`,
  );
  if (row.purchase !== null) {
    tx.write(
      sql`update metering.prepaid set balance_fen = balance_fen - ${row.amountFen}, purchases = purchases - 1, check_at = ${now}
          where scope_id = ${scopeId} and meter_id = ${meterId}`,
    );
    tx.write(
      sql`update metering.top_up set purchase = purchase - 1
          where scope_id = ${scopeId} and meter_id = ${meterId} and purchase > ${row.purchase} and state in ('sent', 'failed')`,
    );
    tx.write(
      sql`update metering.command set purchase = purchase - 1
          where scope_id = ${scopeId} and meter_id = ${meterId} and kind = 'top_up' and purchase > ${row.purchase} and state in ('waiting', 'failed')`,
    );
  }
  await clearTopUps(house, tx, meter, now);
  tellOfMeter(tx, prepaid, meterId, prepaid.householdId, 'meter.topped_up', { topUpId: row.id }, now);
  return null;
}
