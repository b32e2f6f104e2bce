import { localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accounts, type NewPosting, post } from '../ledger/index.ts';
import { priceAt } from './domain.ts';
import { findMeter } from './queries.ts';
import { lockPrepaid, openTopUps } from './queries-prepaid.ts';
import type { EndPrepaidBody } from './schemas.ts';
import { accessCompound, chainOf, lockMeterFor, tellOfMeter } from './service.ts';
import { incomeOf, pricesOf, takeOff } from './service-charging.ts';
import { commandByRule } from './service-commands.ts';
import { clear } from './service-findings.ts';
import { insertPrepaid } from './service-prepaid.ts';
import { readingProblem, recordByHand } from './service-readings.ts';
import { insertTopUp } from './service-topups.ts';
import type { MeterRow, PrepaidRow } from './tables.ts';

/**
 * A prepaid meter ends, or another takes its place: what was used is settled to the last figure, and what is left is
 * somebody's. Bought less used decides, whatever the old meter shows: a purchase that was under way counts as left, and is
 * not said to the old meter any more.
 */

export interface Ended {
  /** Gone to the home's balance. */
  readonly leftFen: number;
  /** Used beyond what was bought: billed. */
  readonly owedFen: number;
}

/** From now on it is read and billed like any other; what was left is the home's balance. */
export async function endPrepaid(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  meterId: string,
  body: EndPrepaidBody,
  now: Date,
): Promise<Ended> {
  const before = await lockMeterFor(tx, acting, scopeId, meterId);
  const { timeZone } = await accessCompound(tx, acting, scopeId);
  const prepaid = await lockPrepaid(tx, scopeId, meterId);
  if (prepaid === null) throw new Problem('metering.not_prepaid');
  if (prepaid.version !== body.expectedVersion)
    throw new Problem('metering.stale', { version: prepaid.version });
  const figure = { value: body.finalValue, answer: body.answer ?? null };
  const done = await recordByHand(
    house,
    acting,
    tx,
    before,
    'manual',
    `prepaid-end:${prepaid.version}`,
    figure,
    timeZone,
    now,
  );
  if (done.type !== 'recorded') throw readingProblem(before, done, '/finalValue');
  const meter = (await findMeter(tx, scopeId, meterId)) ?? before;
  const left = await close(house, tx, prepaid, meter, timeZone, now);
  const { balanceFen } = left;
  await post(tx, { wall: meter, postings: home(meter, left, timeZone, now), by: acting.accountId, now });
  if (meter.gatewayId !== null) await leaveOn(house, tx, meter, prepaid, now);
  const ended = { leftFen: Math.max(0, balanceFen), owedFen: Math.max(0, -balanceFen) };
  tellEnded(tx, meter, ended, false, now);
  return ended;
}

/** Bills hear of what is owed, the home of what became of its meter. */
function tellEnded(tx: Tx, meter: MeterRow, ended: Ended, isReplaced: boolean, now: Date): void {
  tellOfMeter(
    tx,
    meter,
    meter.id,
    meter.householdId,
    'meter.prepaid_ended',
    { ...ended, isReplaced, meterKind: meter.kind, serial: meter.serial },
    now,
  );
}

/** All that was used is off, all that was paid is in, nothing is said to it any more; the row says that it is over. */
async function close(
  house: House,
  tx: Tx,
  prepaid: PrepaidRow,
  meter: MeterRow,
  timeZone: string,
  now: Date,
): Promise<PrepaidRow> {
  const { scopeId, meterId } = prepaid;
  const topUps = await openTopUps(tx, scopeId, meterId);
  // With a number it is in the balance already.
  const waitingFen = topUps.reduce(
    (sum, { purchase, amountFen }) => sum + (purchase === null ? amountFen : 0),
    0,
  );
  const settled = await takeOff(
    tx,
    { ...prepaid, balanceFen: prepaid.balanceFen + waitingFen },
    meter,
    timeZone,
    now,
  );
  tx.write(
    sql`update metering.top_up set state = ${prepaid.keeps === 'us' ? 'confirmed' : 'carried'}, ended_at = ${now}, error = null
        where scope_id = ${scopeId} and top_up_id = any (${topUps.map(({ id }) => id)}::uuid[])`,
  );
  tx.write(
    sql`update metering.command set state = 'cancelled', next_at = null, ended_at = ${now}, error = 'ended'
        where scope_id = ${scopeId} and meter_id = ${meterId} and state = 'waiting'`,
  );
  // Why somebody was protected is nobody's to keep once nothing hangs on it. A purchase that may have arrived
  // has had its number: said again to begin with it would pass for one that arrived.
  tx.write(
    sql`update metering.prepaid set ended_at = ${now}, balance_fen = 0, rest = 0, phase = 'ok', phase_since = ${now}, restore_asked_at = null,
          check_at = null, protection_cipher = null, protected_until = null, version = version + 1,
          purchases = coalesce((select max(u.purchase) from metering.top_up u
            where u.scope_id = ${scopeId} and u.meter_id = ${meterId} and u.state in ('confirmed', 'carried')), 0)
        where scope_id = ${scopeId} and meter_id = ${meterId}`,
  );
  for (const rule of ['top_up_failed', 'difference', 'command_failed'] as const)
    await clear(house, tx, meter, rule, now);
  return settled;
}

/** What is left is the home's; what was used beyond it is income of no purchase, and comes as a bill. */
function home(meter: MeterRow, left: PrepaidRow, timeZone: string, now: Date): NewPosting[] {
  const { balanceFen, version } = left;
  if (balanceFen === 0) return [];
  const own = accounts.meter(meter.id);
  const { householdId } = meter;
  const balance = householdId === null ? accounts.suspense : accounts.household(householdId, 'prepaid');
  return [
    {
      key: `metering.ended:${meter.id}:${version}`,
      ...(balanceFen > 0
        ? { debit: own, credit: balance }
        : { debit: accounts.income(incomeOf[meter.kind]), credit: own }),
      amountFen: Math.abs(balanceFen),
      bookedOn: localDate(now.getTime(), timeZone),
      source: { kind: 'metering.meter', id: meter.id },
      householdId,
    },
  ];
}

/** Nobody sits in the dark over a balance that is no more; a meter that switches by itself is told that it must not. */
async function leaveOn(house: House, tx: Tx, meter: MeterRow, prepaid: PrepaidRow, now: Date): Promise<void> {
  if (prepaid.keeps === 'meter') {
    commandByRule(tx, meter, { kind: 'protect_on', reason: 'meter_work' }, now);
    tx.write(
      sql`update metering.prepaid set is_shielded = true where scope_id = ${meter.scopeId} and meter_id = ${meter.id}`,
    );
  } else if (meter.isOpen === true || prepaid.phase === 'off' || prepaid.phase === 'warned_off') {
    const kind = await house.settings.get(tx, chainOf(prepaid), 'metering.close_by', now);
    commandByRule(tx, meter, { kind, reason: 'meter_work' }, now);
  }
}

/**
 * Another meter in its place, as prepaid as the old one: what is left goes on. Where we count it is the new one's balance;
 * where the meter does it is its first purchase. What is owed goes on too, but to a meter that begins at nothing: billed.
 */
export async function carryPrepaid(
  house: House,
  acting: Acting,
  tx: Tx,
  prepaid: PrepaidRow,
  old: MeterRow,
  fresh: MeterRow,
  timeZone: string,
  now: Date,
): Promise<void> {
  const left = await close(house, tx, prepaid, old, timeZone, now);
  const { keeps } = prepaid;
  const isOwed = keeps === 'meter' && left.balanceFen < 0;
  const moved = isOwed ? 0 : left.balanceFen;
  const since = fresh.lastAt ?? now;
  const prices = pricesOf(prepaid);
  const isOff = prepaid.phase === 'off' || prepaid.phase === 'warned_off';
  insertPrepaid(tx, {
    ...prepaid,
    meterId: fresh.id,
    price: priceAt(prices, now.getTime()),
    // The new one has known no other.
    prices: [
      { price: priceAt(prices, since.getTime()), from: since.toISOString() },
      ...prices
        .filter(({ from }) => from > since.getTime())
        .map(({ price, from }) => ({ price, from: new Date(from).toISOString() })),
    ],
    balanceFen: keeps === 'us' ? moved : 0,
    rest: left.rest,
    purchases: 0,
    // It hangs there switched on: whether it may stay so is decided anew.
    phase: isOff ? 'low' : prepaid.phase,
    phaseSince: isOff ? now : prepaid.phaseSince,
    since,
    isShielded: false,
    // Sealed for this meter.
    protectionCipher:
      prepaid.protectionCipher === null
        ? null
        : house.crypto.seal(
            house.crypto.open(prepaid.protectionCipher, 'metering.prepaid', old.id),
            'metering.prepaid',
            fresh.id,
          ),
    checkAt: now,
  });
  const on = localDate(now.getTime(), timeZone);
  const [from, to] = [accounts.meter(old.id), accounts.meter(fresh.id)];
  const carried: NewPosting[] =
    moved === 0
      ? []
      : [
          {
            key: `metering.carried:${old.id}`,
            debit: moved > 0 ? from : to,
            credit: moved > 0 ? to : from,
            amountFen: Math.abs(moved),
            bookedOn: on,
            source: { kind: 'metering.meter', id: fresh.id },
            householdId: fresh.householdId,
          },
        ];
  const postings = isOwed ? home(old, left, timeZone, now) : carried;
  await post(tx, { wall: old, postings, by: acting.accountId, now });
  if (keeps === 'meter' && moved > 0)
    insertTopUp(tx, { ...fresh, meterId: fresh.id }, moved, null, `carried:${old.id}`, now);
  if (isOwed) tellEnded(tx, old, { leftFen: 0, owedFen: -left.balanceFen }, true, now);
}
