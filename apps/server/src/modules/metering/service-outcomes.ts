import type { Tx } from '../../platform/db/database.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { wallOf } from '../places/index.ts';
import { lockMeter } from './queries.ts';
import { lockPrepaid } from './queries-prepaid.ts';
import { tellOfMeter } from './service.ts';
import { MOST_ATTEMPTS, nextAttempt } from './service-commands.ts';
import type { Failure } from './service-conversation.ts';
import { clear, clearTopUps, raise } from './service-findings.ts';
import { nextReadOf } from './service-meters.ts';
import { recordReading } from './service-readings.ts';
import { standsAgainst, tripWindow } from './service-trips.ts';
import type { Done, Said } from './service-speaking.ts';
import type { CommandRow, MeterRow } from './tables.ts';

/** What came of what was said to a meter, written down. Each in a worker's transaction of its own. */

export async function storeSaid(house: House, tx: Tx, asked: MeterRow, said: Said, now: Date): Promise<void> {
  const [meter, wall] = await Promise.all([
    lockMeter(tx, asked.scopeId, asked.id),
    wallOf(tx, asked.scopeId),
  ]);
  // Replaced, or hung on another line, while it was spoken with.
  if (meter === null || wall === null || meter.retiredOn !== null || meter.address !== asked.address) return;
  const { scopeId, id } = meter;
  await recordReading(
    house,
    tx,
    meter,
    {
      source: 'remote',
      // By the instant: who asks twice within a minute pays for what ran between.
      sourceKey: `remote:${now.toISOString()}`,
      takenAt: now,
      milli: said.milli,
      answer: null,
      note: null,
      hasPhoto: false,
      by: null,
    },
    wall.timeZone,
    now,
    false,
  );
  const next = await nextReadOf(house, tx, meter, wall.timeZone, now);
  tx.write(
    sql`update metering.meter set last_seen_at = ${now}, line_state = 'ok', line_fault = null, is_open = coalesce(${said.isOpen}::boolean, is_open),
          next_read_at = ${next}, watch_at = ${now}
        where scope_id = ${scopeId} and meter_id = ${id}`,
  );
  // Money without the count of purchases does not say which of them are in it: neither is believed alone.
  if (said.fen !== null && said.purchases !== null)
    tx.write(
      sql`update metering.prepaid set meter_fen = ${said.fen}, meter_at = ${now}, compared_on = null
          where scope_id = ${scopeId} and meter_id = ${id}`,
    );
  tx.write(
    sql`update metering.gateway set last_seen_at = ${now}, fault = null where scope_id = ${scopeId} and gateway_id = ${meter.gatewayId}`,
  );
  await clear(house, tx, meter, 'wrong_address', now);
  if (said.purchases !== null) await settleArrived(house, tx, meter, said.purchases, now);
  if (meter.lineState !== 'ok') tellOfMeter(tx, meter, id, meter.householdId, 'meter.heard', {}, now);
}

/** Nobody has told the meter of it, its line was down: under whatever number it waits, what the meter counts is not it. */
const isUnsaid = (topUp: 'u' | 'o') => {
  const t = raw(topUp);
  return sql`exists (select from metering.command c
    where c.scope_id = ${t}.scope_id and c.top_up_id = ${t}.top_up_id and c.state in ('waiting', 'failed') and c.said_at is null)`;
};

/** When the meter may have heard of it last; null: never. */
export function setSaid(tx: Tx, { scopeId, id }: CommandRow, at: Date | null): void {
  tx.write(
    sql`update metering.command set said_at = ${at} where scope_id = ${scopeId} and command_id = ${id}`,
  );
}

/** Its answer was lost, or never came: what the meter has counted is on it all the same. */
async function settleArrived(
  house: House,
  tx: Tx,
  meter: MeterRow,
  purchases: number,
  now: Date,
): Promise<void> {
  const { scopeId, id } = meter;
  // Where none is on its way, its count is ours: whatever it was charged with before, or otherwise. Locked first: what is
  // being put on it at this moment is seen.
  await lockPrepaid(tx, scopeId, id);
  tx.write(
    sql`update metering.prepaid p set purchases = ${purchases}
        where p.scope_id = ${scopeId} and p.meter_id = ${id} and p.ended_at is null and p.purchases <> ${purchases} and not exists (
          select from metering.top_up u where u.scope_id = ${scopeId} and u.meter_id = ${id} and u.state in ('sent', 'failed') and u.purchase is not null)`,
  );
  const rows = await tx.query<{ id: string }>(
    sql`update metering.top_up u set state = 'confirmed', ended_at = ${now}, error = null
        where u.scope_id = ${scopeId} and u.meter_id = ${id} and u.state in ('sent', 'failed') and u.purchase <= ${purchases}
          and not ${isUnsaid('u')} returning u.top_up_id as id`,
  );
  if (rows.length === 0) return;
  tx.write(
    sql`update metering.command set state = 'confirmed', next_at = null, leased_until = null, ended_at = ${now}, error = null
        where scope_id = ${scopeId} and meter_id = ${id} and top_up_id = any (${rows.map((row) => row.id)}::uuid[]) and state in ('waiting', 'failed')`,
  );
  await clearTopUps(house, tx, meter, now);
  tellOfMeter(tx, meter, id, meter.householdId, 'meter.commanded', { command: 'top_up' }, now);
}

/** A fault that was told in words: `refused:not_authorised,other`. */
export const wordsOf = (failure: Failure | Extract<Done, { ok: false }>): string =>
  failure.error === 'refused' ? `refused:${failure.errors.join(',')}` : failure.error;

export async function storeSilence(
  house: House,
  tx: Tx,
  asked: MeterRow,
  failure: Failure,
  now: Date,
): Promise<void> {
  const [meter, wall] = await Promise.all([
    lockMeter(tx, asked.scopeId, asked.id),
    wallOf(tx, asked.scopeId),
  ]);
  if (meter === null || wall === null || meter.retiredOn !== null || meter.address !== asked.address) return;
  const { scopeId, id } = meter;
  const soon = new Date(now.getTime() + 15 * 60_000);
  const usual = await nextReadOf(house, tx, meter, wall.timeZone, now);
  tx.write(
    sql`update metering.meter set line_state = case when line_state = 'silent' then 'silent' else 'error' end, line_fault = ${wordsOf(failure)},
          line_fault_at = ${now}, next_read_at = ${usual < soon ? usual : soon}, watch_at = coalesce(watch_at, ${now})
        where scope_id = ${scopeId} and meter_id = ${id}`,
  );
  if (failure.error === 'disconnected' || failure.error === 'host_refused')
    tx.write(
      sql`update metering.gateway set fault = ${failure.error}, fault_at = ${now} where scope_id = ${scopeId} and gateway_id = ${meter.gatewayId}`,
    );
  if (failure.error === 'wrong_address')
    await raise(
      house,
      tx,
      meter,
      'wrong_address',
      now,
      { asked: meter.address, answered: failure.found },
      wall.timeZone,
      now,
    );
  if (meter.lineState === 'ok' || meter.lineFault !== wordsOf(failure))
    tellOfMeter(tx, meter, id, meter.householdId, 'meter.not_heard', { fault: failure.error }, now);
}

/** Whether a command still stands, and one to switch off may be carried out, at the moment at which the line is free for it. */
export async function mayStill(
  house: House,
  tx: Tx,
  meter: MeterRow,
  command: CommandRow,
  now: Date,
): Promise<boolean> {
  // The prepaid row before the command's, as everywhere.
  const prepaid = command.kind === 'trip' ? await lockPrepaid(tx, meter.scopeId, meter.id) : null;
  // Since it was taken somebody may have paid, and it was overtaken.
  if (!(await isWaiting(tx, command))) return false;
  if (command.kind !== 'trip') return true;
  const wall = await wallOf(tx, meter.scopeId);
  if (wall === null) return false;
  const { block } = await tripWindow(house, tx, meter, prepaid, wall.timeZone, now);
  const why = standsAgainst(command.reason, block);
  if (why === null) return true;
  tx.write(
    sql`update metering.command set state = 'cancelled', next_at = null, leased_until = null, ended_at = ${now}, error = ${`not_now:${why}`}
        where scope_id = ${meter.scopeId} and command_id = ${command.id}`,
  );
  if (command.reason === 'prepaid_balance')
    tx.write(
      sql`update metering.prepaid set phase = 'low', check_at = ${now} where scope_id = ${meter.scopeId} and meter_id = ${meter.id}
            and phase in ('warned_off', 'off')`,
    );
  tellOfMeter(tx, meter, meter.id, meter.householdId, 'meter.commanded', { command: command.kind }, now);
  return false;
}

async function isWaiting(tx: Tx, { scopeId, id }: CommandRow): Promise<boolean> {
  const rows = await tx.query(
    sql`select from metering.command c where c.scope_id = ${scopeId} and c.command_id = ${id} and c.state = 'waiting' for no key update`,
  );
  return rows.length > 0;
}

/** What asking again does not mend. */
const isFinal = (error: string) => error.startsWith('refused:') && error !== 'refused:other';

/** Nobody held its gateway's line. */
export async function storeNeverLeft(house: House, tx: Tx, command: CommandRow, now: Date): Promise<void> {
  const meter = await lockMeter(tx, command.scopeId, command.meterId);
  if (meter === null || !(await mayStill(house, tx, meter, command, now))) return;
  const attempts = command.attempts + 1;
  // Somebody may have got a line meanwhile, and taken it.
  const stuck = await tx.query(
    sql`update metering.command c set attempts = ${attempts}
        where c.scope_id = ${command.scopeId} and c.command_id = ${command.id} and (c.leased_until is null or c.leased_until <= ${now}) returning 1`,
  );
  if (stuck.length === 0) return;
  await storeDone(
    house,
    tx,
    { ...command, attempts },
    { ok: false, error: 'disconnected', isUnsaid: true },
    now,
  );
}

export async function storeDone(
  house: House,
  tx: Tx,
  command: CommandRow,
  done: Done,
  now: Date,
): Promise<void> {
  const { scopeId, meterId, id } = command;
  // The meter's row first, as where what it said is written down: that one confirms commands too.
  const [meter, wall] = await Promise.all([lockMeter(tx, scopeId, meterId), wallOf(tx, scopeId)]);
  if (meter === null || wall === null) return;
  const tell = () =>
    tellOfMeter(tx, meter, meterId, meter.householdId, 'meter.commanded', { command: command.kind }, now);
  const rule = command.kind === 'top_up' ? 'top_up_failed' : 'command_failed';
  if (done.ok) {
    tx.write(
      sql`update metering.command set state = 'confirmed', next_at = null, leased_until = null, ended_at = ${now}, error = null
          where scope_id = ${scopeId} and command_id = ${id}`,
    );
    tx.write(
      sql`update metering.meter set last_seen_at = ${now}, is_open = coalesce(${done.isOpen}::boolean, is_open),
            next_read_at = case when ${command.kind === 'top_up'} then ${now} else next_read_at end
          where scope_id = ${scopeId} and meter_id = ${meterId}`,
    );
    if (command.topUpId !== null)
      tx.write(
        sql`update metering.top_up set state = 'confirmed', ended_at = ${now}, error = null
            where scope_id = ${scopeId} and top_up_id = ${command.topUpId} and state in ('sent', 'failed')`,
      );
    if (rule === 'top_up_failed') await clearTopUps(house, tx, meter, now);
    else await clear(house, tx, meter, rule, now);
    return tell();
  }
  const isShield = command.kind === 'protect_on' || command.kind === 'protect_off';
  // Where it takes another number, or shields no more: the prepaid row before the command's, as everywhere.
  const prepaid = 'counted' in done || isShield ? await lockPrepaid(tx, scopeId, meterId) : null;
  if ('isUnsaid' in done) setSaid(tx, command, command.saidAt);
  // Taken back while it was said, or found to have arrived: that it was not heard changes nothing of it.
  if (!(await isWaiting(tx, command))) return;
  const place =
    'counted' in done && prepaid !== null ? await placeOf(tx, command, done.counted, now) : 'elsewhere';
  if (place === 'moved') return tell();
  const error = wordsOf(done);
  if ((place === 'behind' || !isFinal(error)) && command.attempts < MOST_ATTEMPTS) {
    tx.write(
      sql`update metering.command set next_at = ${nextAttempt(command.attempts, now)}, leased_until = null, error = ${error}
          where scope_id = ${scopeId} and command_id = ${id}`,
    );
    return tell();
  }
  tx.write(
    sql`update metering.command set state = 'failed', next_at = null, leased_until = null, ended_at = ${now}, error = ${error}
        where scope_id = ${scopeId} and command_id = ${id}`,
  );
  if (command.topUpId !== null)
    tx.write(
      sql`update metering.top_up set state = 'failed', ended_at = ${now}, error = ${error} where scope_id = ${scopeId} and top_up_id = ${command.topUpId}`,
    );
  // The door that stands for who asked: what was told is not what is.
  if (isShield)
    tx.write(
      sql`update metering.prepaid set is_shielded = ${command.kind === 'protect_off'} where scope_id = ${scopeId} and meter_id = ${meterId}`,
    );
  await raise(house, tx, meter, rule, now, { command: command.kind, error }, wall.timeZone, now);
  tell();
}

/**
 * The meter waits for another number than this one: it says so, and has taken nothing. The next number is missing where a
 * purchase was carried over and never arrived (service-closing.ts), where an earlier one was given up here, and where the meter
 * was charged otherwise. What waits follows the meter's own count then, in the order in which it was paid; what was given up
 * comes after it, and keeps nobody waiting. `behind`: an earlier one is on its way. A meter that had confirmed more than it
 * counts now has lost its count, and somebody's money with it; one that counts beyond what it was told before may have taken
 * it: a person must see to that.
 */
async function placeOf(
  tx: Tx,
  command: CommandRow,
  counted: number,
  now: Date,
): Promise<'moved' | 'behind' | 'elsewhere'> {
  const { scopeId, meterId, id, purchase } = command;
  const isBeyond = purchase !== null && purchase <= counted;
  if (purchase === null || purchase === counted + 1 || (isBeyond && command.saidAt !== null))
    return 'elsewhere';
  const rows = await tx.query<{ id: string; state: string; purchase: number }>(
    sql`select u.top_up_id as id, u.state, u.purchase from metering.top_up u
        where u.scope_id = ${scopeId} and u.meter_id = ${meterId} and u.state in ('sent', 'failed') and u.purchase is not null`,
  );
  // Not the same: moved while it was said, with another before it. It is asked again under the number it has now.
  if (rows.some((row) => row.id === command.topUpId && row.purchase === purchase)) {
    if (rows.some((row) => row.state === 'sent' && row.purchase > counted && row.purchase < purchase))
      return 'behind';
    if (await hasLostCount(tx, command, counted)) return 'elsewhere';
    await numberFrom(tx, command, counted);
    // Under this number it has not been said: it was refused under the one it had.
    setSaid(tx, command, null);
  }
  tx.write(
    sql`update metering.command set next_at = ${now}, leased_until = null, error = null where scope_id = ${scopeId} and command_id = ${id}`,
  );
  return 'moved';
}

/** Whoever calls holds the prepaid row. What the meter may have counted already keeps its number. */
async function numberFrom(tx: Tx, { scopeId, meterId, topUpId }: CommandRow, counted: number): Promise<void> {
  const placed = await tx.query<{ id: string }>(
    sql`update metering.top_up u set purchase = p.place
        from (select o.top_up_id, ${counted} + row_number() over (order by o.state = 'failed', o.top_up_id) as place
              from metering.top_up o
              where o.scope_id = ${scopeId} and o.meter_id = ${meterId} and o.state in ('sent', 'failed')
                and (o.purchase > ${counted} or o.top_up_id = ${topUpId} or ${isUnsaid('o')})) p
        where u.scope_id = ${scopeId} and u.meter_id = ${meterId} and u.top_up_id = p.top_up_id returning u.top_up_id as id`,
  );
  tx.write(
    sql`update metering.command c set purchase = u.purchase from metering.top_up u
        where c.scope_id = ${scopeId} and c.meter_id = ${meterId} and c.kind = 'top_up' and c.state in ('waiting', 'failed')
          and u.scope_id = c.scope_id and u.top_up_id = c.top_up_id and u.top_up_id = any (${placed.map((row) => row.id)}::uuid[])`,
  );
  tx.write(
    sql`update metering.prepaid set purchases = ${counted + placed.length} where scope_id = ${scopeId} and meter_id = ${meterId}`,
  );
}

/** What was confirmed before it was begun again does not tell: it may have been charged anew meanwhile. */
async function hasLostCount(tx: Tx, { scopeId, meterId }: CommandRow, counted: number): Promise<boolean> {
  const rows = await tx.query(
    sql`select from metering.top_up u join metering.prepaid p on p.scope_id = u.scope_id and p.meter_id = u.meter_id
        where u.scope_id = ${scopeId} and u.meter_id = ${meterId} and u.state = 'confirmed' and u.purchase > ${counted}
          and u.asked_at >= p.since limit 1`,
  );
  return rows.length > 0;
}
