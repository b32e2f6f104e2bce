import { HOUR, localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { wallOf } from '../places/index.ts';
import { decide, isDifferent, nextPrice, priceAt } from './domain.ts';
import { findMeter } from './queries.ts';
import { waitingTopUps } from './queries-prepaid.ts';
import { chainOf, tellOfMeter } from './service.ts';
import { pricesOf, takeOff } from './service-charging.ts';
import { commandByRule } from './service-commands.ts';
import { clear, raise } from './service-findings.ts';
import { ledgerBalance, limitsOf, tellHome } from './service-prepaid.ts';
import { blockOf, isProtectedOn } from './service-trips.ts';
import type { MeterRow, PrepaidRow } from './tables.ts';

/**
 * One prepaid meter is settled: what was bought is put on it, what was used is taken off and posted, and what follows is
 * decided. In a worker's transaction; the row is locked. Money counts what was bought and what was used, and nothing else
 * that anybody may owe: no fee ever lowers it. The meter's row is not locked: whoever reads it locks it before this one.
 */
export async function settle(house: House, tx: Tx, before: PrepaidRow, now: Date): Promise<void> {
  const { scopeId, meterId } = before;
  const [wall, meter] = await Promise.all([wallOf(tx, scopeId), findMeter(tx, scopeId, meterId)]);
  if (wall === null || meter === null || meter.retiredOn !== null) {
    tx.write(
      sql`update metering.prepaid set check_at = null where scope_id = ${scopeId} and meter_id = ${meterId}`,
    );
    tx.write(
      sql`update metering.top_up set state = 'failed', ended_at = ${now}, error = 'retired'
          where scope_id = ${scopeId} and meter_id = ${meterId} and state = 'waiting'`,
    );
    return;
  }
  const bought = await putOn(house, tx, before, meter, wall.timeZone, now);
  const used = await takeOff(tx, bought, meter, wall.timeZone, now);
  const today = localDate(now.getTime(), wall.timeZone);
  const [block, closeBy] = await Promise.all([
    blockOf(house, tx, before, wall.timeZone, now),
    house.settings.get(tx, chainOf(before), 'metering.close_by', now),
  ]);
  const decision = decide(used.phase, {
    balance: used.balanceFen,
    limits: limitsOf(used),
    keeps: used.keeps,
    isProtected: isProtectedOn(used, today),
    isShielded: used.isShielded,
    block,
    isRestoreAsked: used.restoreAskedAt !== null,
    closeBy,
  });
  let isShielded = used.isShielded;
  for (const { kind, reason } of decision.commands) {
    if (meter.gatewayId === null) continue;
    commandByRule(tx, meter, { kind, reason }, now);
    if (kind === 'protect_on' || kind === 'protect_off') isShielded = kind === 'protect_on';
  }
  await tellHome(tx, used, decision.tells, today, now);
  // What hangs on the hour is looked at every hour; what is on its thresholds too.
  const isWatched = decision.held !== null || decision.phase !== 'ok' || used.protectedUntil !== null;
  const prices = pricesOf(used);
  const later = nextPrice(prices, now.getTime());
  const looks = [isWatched ? now.getTime() + HOUR : null, later?.from ?? null].filter((at) => at !== null);
  const checkAt = looks.length === 0 ? null : new Date(Math.min(...looks));
  const phaseSince = decision.phase === before.phase ? before.phaseSince : now;
  tx.write(
    sql`update metering.prepaid set balance_fen = ${used.balanceFen}, rest = ${used.rest}, price = ${priceAt(prices, now.getTime())}, purchases = ${used.purchases}, phase = ${decision.phase},
          phase_since = ${phaseSince}, restore_asked_at = null, is_shielded = ${isShielded}, check_at = ${checkAt}
        where scope_id = ${scopeId} and meter_id = ${meterId}`,
  );
  if (used.balanceFen !== before.balanceFen || decision.phase !== before.phase)
    tellOfMeter(tx, before, meterId, before.householdId, 'meter.settled', { phase: decision.phase }, now);
}

/** What was paid lies on the meter: with us at once, at the meter by a purchase that it counts. */
async function putOn(
  house: House,
  tx: Tx,
  before: PrepaidRow,
  meter: MeterRow,
  timeZone: string,
  now: Date,
): Promise<PrepaidRow> {
  let { balanceFen, purchases } = before;
  for (const one of await waitingTopUps(tx, before.scopeId, before.meterId)) {
    // Its line was taken away since it was paid: nobody can put it on the meter, and it is free to be given back.
    if (before.keeps === 'meter' && meter.gatewayId === null) {
      tx.write(
        sql`update metering.top_up set state = 'failed', ended_at = ${now}, error = 'no_line' where scope_id = ${one.scopeId} and top_up_id = ${one.id}`,
      );
      const facts = { command: 'top_up', error: 'no_line' };
      await raise(house, tx, meter, 'top_up_failed', now, facts, timeZone, now);
      continue;
    }
    balanceFen += one.amountFen;
    if (before.keeps === 'us') {
      tx.write(
        sql`update metering.top_up set state = 'confirmed', ended_at = ${now} where scope_id = ${one.scopeId} and top_up_id = ${one.id}`,
      );
      continue;
    }
    purchases += 1;
    tx.write(
      sql`update metering.top_up set state = 'sent', purchase = ${purchases} where scope_id = ${one.scopeId} and top_up_id = ${one.id}`,
    );
    commandByRule(
      tx,
      meter,
      {
        kind: 'top_up',
        reason: 'paid',
        topUp: { id: one.id, amountFen: one.amountFen, purchase: purchases },
      },
      now,
    );
  }
  return { ...before, balanceFen, purchases };
}

/** Once a day: what the ledger holds, what our books say and what the meter shows are the same, or somebody looks. */
export async function compare(
  house: House,
  tx: Tx,
  prepaid: PrepaidRow,
  today: string,
  now: Date,
): Promise<void> {
  const { scopeId, meterId } = prepaid;
  const [meter, wall] = await Promise.all([findMeter(tx, scopeId, meterId), wallOf(tx, scopeId)]);
  tx.write(
    sql`update metering.prepaid set compared_on = ${today}::date where scope_id = ${scopeId} and meter_id = ${meterId}`,
  );
  if (meter === null || meter.retiredOn !== null || wall === null) return;
  const [ledger, tolerance, unapplied] = await Promise.all([
    ledgerBalance(tx, prepaid),
    house.settings.get(tx, chainOf(prepaid), 'metering.tolerance_fen', now),
    tx.query<{ fen: number; sent: number }>(
      sql`select coalesce(sum(u.amount_fen) filter (where u.state = 'waiting' or u.state = 'failed' and u.purchase is null), 0)::bigint as fen,
            coalesce(sum(u.amount_fen) filter (where u.state in ('sent', 'failed') and u.purchase is not null), 0)::bigint as sent
          from metering.top_up u where u.scope_id = ${scopeId} and u.meter_id = ${meterId}`,
    ),
  ]);
  const { fen = 0, sent = 0 } = unapplied[0] ?? {};
  const ours = prepaid.balanceFen;
  const isLedgerOff = ledger - fen !== ours;
  // Of yesterday or older a meter's figure says nothing of today.
  const meterFen =
    prepaid.keeps === 'meter' &&
    prepaid.meterAt !== null &&
    now.getTime() - prepaid.meterAt.getTime() < 24 * HOUR
      ? prepaid.meterFen
      : null;
  const isMeterOff = meterFen !== null && isDifferent(ours - sent, meterFen, tolerance);
  if (isLedgerOff || isMeterOff)
    await raise(
      house,
      tx,
      meter,
      'difference',
      now,
      { ours, ledger: ledger - fen, meter: meterFen },
      wall.timeZone,
      now,
    );
  else await clear(house, tx, meter, 'difference', now);
}
