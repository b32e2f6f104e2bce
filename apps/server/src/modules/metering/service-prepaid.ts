import { addDays, DAY, localDate, startOfDay, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { audit } from '../../platform/audit/audit.ts';
import { sql } from '../../platform/db/sql.ts';
import { notify } from '../../platform/notify/notify.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { mayFor } from '../../platform/sessions/sessions.ts';
import { delegatesOf, holdConsent } from '../identity/index.ts';
import { accounts, balances } from '../ledger/index.ts';
import { memberAccountsOfHousehold, wallOf } from '../places/index.ts';
import { type DatedPrice, levelOf, type Limits, priceAt, type Told, withPrice } from './domain.ts';
import { findPrepaid, lockPrepaid } from './queries-prepaid.ts';
import type { PrepaidBody, PrepaidChangeBody, ProtectionBody } from './schemas.ts';
import { lockMeterFor, tellOfMeter } from './service.ts';
import { pricesOf } from './service-charging.ts';
import type { MeterRow, PrepaidRow } from './tables.ts';

/** Meters that are paid for ahead: how they begin, who is protected. What is bought: service-topups.ts; what follows of it: service-settle.ts. */

export const limitsOf = (row: PrepaidRow): Limits => ({
  alarm1: row.alarm1Fen,
  alarm2: row.alarm2Fen,
  overdraft: row.overdraftFen,
  hoarding: row.hoardingFen,
  closePermit: row.closePermitFen,
  isCloseStrict: row.isCloseStrict,
});

const invalid = (path: string) =>
  new Problem('metering.limits_invalid', {}, [{ path, code: 'invalid', params: {} }]);

/** From now on what is used is taken off what was bought. */
export async function beginPrepaid(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  meterId: string,
  body: PrepaidBody,
  now: Date,
): Promise<PrepaidRow> {
  const meter = await lockMeterFor(tx, acting, scopeId, meterId);
  if ((await findPrepaid(tx, scopeId, meterId)) !== null) throw new Problem('metering.already_prepaid');
  // Who cannot be reached cannot be switched off and on again.
  if (meter.gatewayId === null) throw new Problem('metering.no_line');
  checkLimits(body);
  const since = meter.lastAt ?? now;
  insertPrepaid(tx, {
    ...meter,
    ...body,
    meterId,
    prices: [{ price: body.price, from: since.toISOString() }],
    balanceFen: 0,
    rest: 0,
    purchases: 0,
    phase: 'ok',
    phaseSince: now,
    since,
    isShielded: false,
    protectionCipher: null,
    protectedUntil: null,
    checkAt: null,
  });
  tellOfMeter(tx, meter, meterId, meter.householdId, 'meter.prepaid', {}, now);
  return (await findPrepaid(tx, scopeId, meterId)) as PrepaidRow;
}

type BegunPrepaid = Omit<
  PrepaidRow,
  'restoreAskedAt' | 'comparedOn' | 'meterFen' | 'meterAt' | 'endedAt' | 'version'
>;

/** Begun, or begun again on a meter that was paid for ahead once: its count of purchases goes on, and what it was told. */
export function insertPrepaid(tx: Tx, row: BegunPrepaid): void {
  tx.write(
    sql`insert into metering.prepaid as p (scope_id, meter_id, city_id, street_id, company_id, household_id, keeps, price, prices, alarm_1_fen,
          alarm_2_fen, overdraft_fen, hoarding_fen, close_permit_fen, is_close_strict, balance_fen, rest, purchases, phase, phase_since, since,
          is_shielded, protection_cipher, protected_until, check_at, version)
        values (${row.scopeId}, ${row.meterId}, ${row.cityId}, ${row.streetId}, ${row.companyId}, ${row.householdId}, ${row.keeps}, ${row.price},
          ${JSON.stringify(row.prices)}, ${row.alarm1Fen}, ${row.alarm2Fen}, ${row.overdraftFen}, ${row.hoardingFen}, ${row.closePermitFen},
          ${row.isCloseStrict}, ${row.balanceFen}, ${row.rest}, ${row.purchases}, ${row.phase}, ${row.phaseSince}, ${row.since}, ${row.isShielded},
          ${row.protectionCipher}, ${row.protectedUntil}, ${row.checkAt}, 1)
        on conflict (scope_id, meter_id) do update set keeps = excluded.keeps, price = excluded.price, prices = excluded.prices,
          alarm_1_fen = excluded.alarm_1_fen, alarm_2_fen = excluded.alarm_2_fen, overdraft_fen = excluded.overdraft_fen,
          hoarding_fen = excluded.hoarding_fen, close_permit_fen = excluded.close_permit_fen, is_close_strict = excluded.is_close_strict,
          since = excluded.since, phase_since = excluded.phase_since, check_at = excluded.check_at, company_id = excluded.company_id,
          purchases = case when p.keeps = 'meter' and excluded.keeps = 'meter' then p.purchases else 0 end,
          meter_fen = null, meter_at = null, compared_on = null, ended_at = null, version = p.version + 1
        where p.ended_at is not null`,
  );
}

function checkLimits(body: Omit<PrepaidBody, 'keeps'>): void {
  if (body.alarm1Fen < body.alarm2Fen) throw invalid('/alarm1Fen');
  if (body.hoardingFen > 0 && body.hoardingFen <= body.alarm1Fen) throw invalid('/hoardingFen');
  // Closed again at a balance at which it is switched off, it would go on and off.
  if (body.closePermitFen < body.alarm2Fen) throw invalid('/closePermitFen');
}

export async function changePrepaid(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  meterId: string,
  body: PrepaidChangeBody,
  now: Date,
): Promise<PrepaidRow> {
  const meter = await lockMeterFor(tx, acting, scopeId, meterId);
  const before = await lockPrepaid(tx, scopeId, meterId);
  if (before === null) throw new Problem('metering.not_prepaid');
  if (before.version !== body.expectedVersion)
    throw new Problem('metering.stale', { version: before.version });
  checkLimits(body);
  const prices = await repriced(tx, before, body, now);
  tx.write(
    sql`update metering.prepaid set price = ${priceAt(prices, now.getTime())}, prices = ${JSON.stringify(prices.map(({ price, from }) => ({ price, from: new Date(from).toISOString() })))},
          alarm_1_fen = ${body.alarm1Fen}, alarm_2_fen = ${body.alarm2Fen},
          overdraft_fen = ${body.overdraftFen}, hoarding_fen = ${body.hoardingFen}, close_permit_fen = ${body.closePermitFen},
          is_close_strict = ${body.isCloseStrict}, version = version + 1, check_at = ${now}
        where scope_id = ${scopeId} and meter_id = ${meterId}`,
  );
  tellOfMeter(tx, meter, meterId, meter.householdId, 'meter.prepaid', {}, now);
  return (await findPrepaid(tx, scopeId, meterId)) as PrepaidRow;
}

/** From now on, or from a later day on; what was used until then costs what it cost. */
async function repriced(
  tx: Tx,
  before: PrepaidRow,
  { price, priceFrom }: PrepaidChangeBody,
  now: Date,
): Promise<readonly DatedPrice[]> {
  const prices = pricesOf(before);
  if (priceFrom === undefined) {
    // Only the limits are others: a price that was announced stays so.
    const isSame = price === priceAt(prices, now.getTime());
    return isSame ? prices : withPrice(prices, { price, from: now.getTime() }, now.getTime());
  }
  const wall = await wallOf(tx, before.scopeId);
  const from = startOfDay(priceFrom, wall?.timeZone);
  if (from <= now.getTime() || from > now.getTime() + 400 * DAY)
    throw new Problem('metering.limits_invalid', {}, [{ path: '/priceFrom', code: 'invalid', params: {} }]);
  return withPrice(prices, { price, from }, now.getTime());
}

/** Whoever lives there wants it on again, after the second alarm switched it off. */
export async function askRestore(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  meterId: string,
  now: Date,
): Promise<void> {
  const meter = await lockMeterFor(tx, acting, scopeId, meterId);
  if (acting.actor.kind === 'resident') {
    if (!mayFor(acting, 'pay')) throw new Problem('permission.denied', { permission: 'meter.own' });
    await holdConsent(tx, acting);
  }
  const prepaid = await lockPrepaid(tx, scopeId, meterId);
  if (prepaid === null) throw new Problem('metering.not_prepaid');
  const level = levelOf(prepaid.balanceFen, limitsOf(prepaid));
  if (prepaid.phase !== 'warned_off' || level === 'end' || prepaid.keeps === 'meter')
    throw new Problem('metering.nothing_to_restore');
  tx.write(
    sql`update metering.prepaid set restore_asked_at = ${now}, check_at = ${now} where scope_id = ${scopeId} and meter_id = ${meterId}`,
  );
  tellOfMeter(tx, meter, meterId, meter.householdId, 'meter.restore_asked', {}, now);
}

/** Somebody's health needs it: never switched off until that day. Why is sealed and never shown in a list. */
export async function protect(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  meterId: string,
  body: ProtectionBody,
  now: Date,
): Promise<PrepaidRow> {
  const meter = await lockMeterFor(tx, acting, scopeId, meterId);
  const before = await lockPrepaid(tx, scopeId, meterId);
  if (before === null) throw new Problem('metering.not_prepaid');
  const wall = await wallOf(tx, scopeId);
  const today = localDate(now.getTime(), wall?.timeZone);
  if (body.isOn) {
    const { why, until } = body;
    if (why === undefined || until === undefined || until < today || until > addDays(today, 366))
      throw new Problem('metering.care_invalid', {}, [{ path: '/until', code: 'invalid', params: {} }]);
    const cipher = house.crypto.seal(why.trim(), 'metering.prepaid', meterId);
    tx.write(
      sql`update metering.prepaid set protection_cipher = ${cipher}, protected_until = ${until}, version = version + 1, check_at = ${now}
          where scope_id = ${scopeId} and meter_id = ${meterId}`,
    );
    // What was on its way to the meter must not arrive.
    tx.write(
      sql`update metering.command set state = 'cancelled', next_at = null, ended_at = ${now}, error = 'protected'
          where scope_id = ${scopeId} and meter_id = ${meterId} and state = 'waiting' and kind = 'trip'`,
    );
  } else
    tx.write(
      sql`update metering.prepaid set protection_cipher = null, protected_until = null, version = version + 1, check_at = ${now}
          where scope_id = ${scopeId} and meter_id = ${meterId}`,
    );
  auditOf(tx, acting, meter, body.isOn ? 'meter.protected' : 'meter.unprotected', now);
  tellOfMeter(tx, meter, meterId, meter.householdId, 'meter.prepaid', {}, now);
  return (await findPrepaid(tx, scopeId, meterId)) as PrepaidRow;
}

/** Why somebody is protected, opened for a purpose and written down. */
export async function protectionReason(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  meterId: string,
  now: Date,
): Promise<string> {
  const meter = await lockMeterFor(tx, acting, scopeId, meterId);
  const prepaid = await findPrepaid(tx, scopeId, meterId);
  if (prepaid?.protectionCipher == null) throw new Problem('not_found');
  auditOf(tx, acting, meter, 'meter.protection_opened', now);
  return house.crypto.open(prepaid.protectionCipher, 'metering.prepaid', meterId);
}

export function auditOf(tx: Tx, acting: Acting, meter: MeterRow, action: string, now: Date): void {
  const { scopeId, cityId, streetId, companyId, id } = meter;
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall: { cityId, streetId, companyId },
    accountId: acting.accountId,
    action,
    objectType: 'meter',
    objectId: id,
    detail: {},
    at: now,
  });
}

/** What the ledger holds for a meter. */
export async function ledgerBalance(q: Executor, prepaid: PrepaidRow): Promise<number> {
  const code = accounts.meter(prepaid.meterId);
  return (await balances(q, prepaid, [code])).get(code) ?? 0;
}

/** Whoever lives there, and whom they let act for them. */
export async function tellHome(
  tx: Tx,
  prepaid: PrepaidRow,
  tells: readonly (Told | 'prepaid_ended')[],
  today: string,
  now: Date,
): Promise<void> {
  const { scopeId, householdId, meterId } = prepaid;
  if (householdId === null || tells.length === 0) return;
  const [members, delegates] = await Promise.all([
    memberAccountsOfHousehold(tx, scopeId, householdId, today),
    delegatesOf(tx, scopeId, householdId, today),
  ]);
  const { cityId, streetId, companyId } = prepaid;
  for (const accountId of new Set([...members, ...delegates.map((one) => one.accountId)]))
    for (const told of tells)
      notify(tx, {
        scopeId,
        accountId,
        template: `meter.${told}`,
        params: {},
        link: '/m/meters',
        wall: { cityId, streetId, companyId },
        objectId: meterId,
        at: now,
      });
}
