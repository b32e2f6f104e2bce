import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import type { CommandRow, FindingRow, PrepaidRow, TopUpRow } from './tables.ts';

export const prepaidColumns = sql`p.scope_id as "scopeId", p.city_id as "cityId", p.street_id as "streetId", p.company_id as "companyId",
  p.meter_id as "meterId", p.household_id as "householdId", p.keeps, p.price, p.prices, p.alarm_1_fen as "alarm1Fen", p.alarm_2_fen as "alarm2Fen",
  p.overdraft_fen as "overdraftFen", p.hoarding_fen as "hoardingFen", p.close_permit_fen as "closePermitFen", p.is_close_strict as "isCloseStrict",
  p.balance_fen as "balanceFen", p.rest, p.purchases, p.phase, p.phase_since as "phaseSince", p.since, p.restore_asked_at as "restoreAskedAt",
  p.compared_on as "comparedOn", p.protection_cipher as "protectionCipher", p.protected_until as "protectedUntil", p.is_shielded as "isShielded",
  p.meter_fen as "meterFen", p.meter_at as "meterAt", p.check_at as "checkAt", p.ended_at as "endedAt", p.version`;

const topUpColumns = sql`u.scope_id as "scopeId", u.top_up_id as id, u.city_id as "cityId", u.street_id as "streetId", u.company_id as "companyId",
  u.meter_id as "meterId", u.household_id as "householdId", u.key, u.amount_fen as "amountFen", u.payment_id as "paymentId", u.state, u.purchase,
  u.asked_at as "askedAt", u.ended_at as "endedAt", u.error`;

export const commandColumns = sql`c.scope_id as "scopeId", c.command_id as id, c.city_id as "cityId", c.street_id as "streetId", c.company_id as "companyId",
  c.meter_id as "meterId", c.household_id as "householdId", c.kind, c.reason, c.note, c.state, c.attempts, c.next_at as "nextAt", c.asked_at as "askedAt",
  c.asked_by as "askedBy", c.asked_by_name as "askedByName", c.sent_at as "sentAt", c.said_at as "saidAt", c.ended_at as "endedAt", c.error, c.top_up_id as "topUpId",
  c.amount_fen as "amountFen", c.purchase`;

const findingColumns = sql`f.scope_id as "scopeId", f.finding_id as id, f.city_id as "cityId", f.street_id as "streetId", f.company_id as "companyId",
  f.meter_id as "meterId", f.rule, f.since, f.raised_at as "raisedAt", f.ended_at as "endedAt", f.ended_how as "endedHow", f.ended_by_name as "endedByName",
  f.note, f.facts, f.work_order_id as "workOrderId", f.order_number as "orderNumber"`;

/** While it is paid for ahead. */
export async function findPrepaid(q: Executor, scopeId: string, meterId: string): Promise<PrepaidRow | null> {
  const [row] = await q.query<PrepaidRow>(
    sql`select ${prepaidColumns} from metering.prepaid p where p.scope_id = ${scopeId} and p.meter_id = ${meterId} and p.ended_at is null`,
  );
  return row ?? null;
}

/** Also where it is paid for ahead no more. */
export async function findPrepaidEver(
  q: Executor,
  scopeId: string,
  meterId: string,
): Promise<PrepaidRow | null> {
  const [row] = await q.query<PrepaidRow>(
    sql`select ${prepaidColumns} from metering.prepaid p where p.scope_id = ${scopeId} and p.meter_id = ${meterId}`,
  );
  return row ?? null;
}

export async function lockPrepaid(tx: Tx, scopeId: string, meterId: string): Promise<PrepaidRow | null> {
  const row = await lockPrepaidEver(tx, scopeId, meterId);
  return row?.endedAt === null ? row : null;
}

/** Also where it is paid for ahead no more: what was bought then may still be asked about. */
export async function lockPrepaidEver(tx: Tx, scopeId: string, meterId: string): Promise<PrepaidRow | null> {
  const [row] = await tx.query<PrepaidRow>(
    sql`select ${prepaidColumns} from metering.prepaid p where p.scope_id = ${scopeId} and p.meter_id = ${meterId} for no key update`,
  );
  return row ?? null;
}

/** What is less than certainly on the meter, or in no balance yet. */
export function openTopUps(tx: Tx, scopeId: string, meterId: string): Promise<TopUpRow[]> {
  return tx.query(
    sql`select ${topUpColumns} from metering.top_up u
        where u.scope_id = ${scopeId} and u.meter_id = ${meterId} and u.state in ('waiting', 'sent', 'failed') order by u.top_up_id for no key update`,
  );
}

/** Which of these meters are paid for ahead, by what stands on them. */
export async function prepaidAmong(
  q: Executor,
  scopeId: string,
  meterIds: readonly string[],
): Promise<string[]> {
  const rows = await q.query<{ serial: string }>(
    sql`select m.serial from metering.prepaid p join metering.meter m on m.scope_id = p.scope_id and m.meter_id = p.meter_id
        where p.scope_id = ${scopeId} and p.meter_id = any (${meterIds}::uuid[]) and p.ended_at is null order by m.serial`,
  );
  return rows.map(({ serial }) => serial);
}

export function waitingTopUps(tx: Tx, scopeId: string, meterId: string): Promise<TopUpRow[]> {
  return tx.query(
    sql`select ${topUpColumns} from metering.top_up u
        where u.scope_id = ${scopeId} and u.meter_id = ${meterId} and u.state = 'waiting' order by u.top_up_id`,
  );
}

export async function topUpOfKey(q: Executor, scopeId: string, key: string): Promise<TopUpRow | null> {
  const [row] = await q.query<TopUpRow>(
    sql`select ${topUpColumns} from metering.top_up u where u.scope_id = ${scopeId} and u.key = ${key}`,
  );
  return row ?? null;
}

/** As it is now: the meter may just say that it has counted it. */
export async function lockTopUpOfKey(tx: Tx, scopeId: string, key: string): Promise<TopUpRow | null> {
  const [row] = await tx.query<TopUpRow>(
    sql`select ${topUpColumns} from metering.top_up u where u.scope_id = ${scopeId} and u.key = ${key} for no key update`,
  );
  return row ?? null;
}

export function listTopUps(
  q: Executor,
  scopeId: string,
  meterId: string,
  limit: number,
): Promise<TopUpRow[]> {
  return q.query(
    sql`select ${topUpColumns} from metering.top_up u where u.scope_id = ${scopeId} and u.meter_id = ${meterId}
        order by u.top_up_id desc limit ${limit}`,
  );
}

export function topUpsOfPayment(q: Executor, scopeId: string, paymentId: string): Promise<TopUpRow[]> {
  return q.query(
    sql`select ${topUpColumns} from metering.top_up u where u.scope_id = ${scopeId} and u.payment_id = ${paymentId} order by u.top_up_id`,
  );
}

/** Whether a purchase after this one is on the meter. */
export async function arrivedSince(
  q: Executor,
  scopeId: string,
  meterId: string,
  purchase: number,
): Promise<boolean> {
  const rows = await q.query(
    sql`select 1 from metering.top_up u
        where u.scope_id = ${scopeId} and u.meter_id = ${meterId} and u.state = 'confirmed' and u.purchase > ${purchase} limit 1`,
  );
  return rows.length > 0;
}

/** Every attempt found the line down: the meter cannot have heard of it. */
export async function wasNeverSaid(q: Executor, scopeId: string, topUpId: string): Promise<boolean> {
  const rows = await q.query(
    sql`select from metering.command c where c.scope_id = ${scopeId} and c.top_up_id = ${topUpId} and c.said_at is null`,
  );
  return rows.length > 0;
}

/** What was paid and is in no balance yet: it is put there with the next settling. */
export async function moneyOnItsWay(q: Executor, scopeId: string, meterId: string): Promise<number> {
  const [row] = await q.query<{ fen: number }>(
    sql`select coalesce(sum(u.amount_fen), 0)::bigint as fen from metering.top_up u
        where u.scope_id = ${scopeId} and u.meter_id = ${meterId} and u.state = 'waiting'`,
  );
  return row?.fen ?? 0;
}

export function listCommands(
  q: Executor,
  scopeId: string,
  meterId: string,
  limit: number,
): Promise<CommandRow[]> {
  return q.query(
    sql`select ${commandColumns} from metering.command c where c.scope_id = ${scopeId} and c.meter_id = ${meterId}
        order by c.command_id desc limit ${limit}`,
  );
}

export function findCommands(q: Executor, within: Statement, isOpen: boolean, limit: number) {
  return q.query<CommandRow & { serial: string; householdLabel: string | null; spot: string }>(
    sql`select ${commandColumns}, m.serial, m.household_label as "householdLabel", m.spot
        from metering.command c join metering.meter m on m.scope_id = c.scope_id and m.meter_id = c.meter_id
        where ${within} ${isOpen ? sql`and c.state = 'waiting'` : empty} order by c.command_id desc limit ${limit}`,
  );
}

export async function openFinding(
  q: Executor,
  scopeId: string,
  meterId: string,
  rule: string,
): Promise<FindingRow | null> {
  const [row] = await q.query<FindingRow>(
    sql`select ${findingColumns} from metering.finding f
        where f.scope_id = ${scopeId} and f.meter_id = ${meterId} and f.rule = ${rule} and f.ended_at is null`,
  );
  return row ?? null;
}

export function openFindings(q: Executor, scopeId: string, meterId: string): Promise<FindingRow[]> {
  return q.query(
    sql`select ${findingColumns} from metering.finding f
        where f.scope_id = ${scopeId} and f.meter_id = ${meterId} and f.ended_at is null order by f.finding_id`,
  );
}

export function listFindings(q: Executor, within: Statement, limit: number) {
  return q.query<
    FindingRow & {
      kind: string;
      serial: string;
      householdLabel: string | null;
      spot: string;
      scopeName: string;
    }
  >(
    sql`select ${findingColumns}, m.kind, m.serial, m.household_label as "householdLabel", m.spot, s.name as "scopeName"
        from metering.finding f join metering.meter m on m.scope_id = f.scope_id and m.meter_id = f.meter_id
          join places.scope s on s.scope_id = f.scope_id
        where ${within} and f.ended_at is null order by f.finding_id desc limit ${limit}`,
  );
}

export async function lockFinding(tx: Tx, scopeId: string, findingId: string): Promise<FindingRow | null> {
  const [row] = await tx.query<FindingRow>(
    sql`select ${findingColumns} from metering.finding f where f.scope_id = ${scopeId} and f.finding_id = ${findingId} for no key update`,
  );
  return row ?? null;
}

/** By the order that was opened for it. */
export async function findingOfOrder(
  q: Executor,
  scopeId: string,
  workOrderId: string,
): Promise<FindingRow | null> {
  const [row] = await q.query<FindingRow>(
    sql`select ${findingColumns} from metering.finding f
        where f.scope_id = ${scopeId} and f.work_order_id = ${workOrderId} and f.ended_at is null`,
  );
  return row ?? null;
}

export interface RefusalRow {
  readonly id: string;
  readonly meterId: string;
  readonly kind: string;
  readonly reason: string;
  readonly law: string;
  readonly via: string;
  readonly askedByName: string | null;
  readonly at: Date;
}

export function listRefusals(q: Executor, scopeId: string, meterId: string): Promise<RefusalRow[]> {
  return q.query(
    sql`select f.refusal_id as id, f.meter_id as "meterId", f.kind, f.reason, f.law, f.via, f.asked_by_name as "askedByName", f.at
        from metering.refusal f where f.scope_id = ${scopeId} and f.meter_id = ${meterId} order by f.refusal_id desc limit 20`,
  );
}

export interface WarningRow {
  readonly id: string;
  readonly scopeId: string;
  readonly level: 'red' | 'orange' | 'yellow' | 'blue';
  readonly event: string;
  readonly issuer: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly recordedByName: string;
  readonly liftedAt: Date | null;
}

const warningColumns = sql`w.warning_id as id, w.scope_id as "scopeId", w.level, w.event, w.issuer, w.starts_at as "startsAt", w.ends_at as "endsAt",
  w.recorded_by_name as "recordedByName", w.lifted_at as "liftedAt"`;

/** What was told for a place or for what it lies in, and is not over. */
export function warningsOver(q: Executor, chain: readonly string[], now: Date): Promise<WarningRow[]> {
  return q.query(
    sql`select ${warningColumns} from metering.warning w
        where w.scope_id = any (${chain}::uuid[]) and w.ends_at > ${now} and w.lifted_at is null order by w.starts_at limit 100`,
  );
}

export async function lockWarning(tx: Tx, scopeId: string, warningId: string): Promise<WarningRow | null> {
  const [row] = await tx.query<WarningRow>(
    sql`select ${warningColumns} from metering.warning w where w.scope_id = ${scopeId} and w.warning_id = ${warningId} for no key update`,
  );
  return row ?? null;
}

export interface CareRow {
  readonly householdId: string;
  readonly noteCipher: Buffer | null;
  readonly askedOn: string;
  readonly until: string;
  readonly recordedByName: string;
  readonly endedAt: Date | null;
}

/** A home that wants to be looked after, today. */
export async function careOf(
  q: Executor,
  scopeId: string,
  householdId: string,
  today: string,
): Promise<CareRow | null> {
  const [row] = await q.query<CareRow>(
    sql`select c.household_id as "householdId", c.note_cipher as "noteCipher", c.asked_on as "askedOn", c.until, c.recorded_by_name as "recordedByName",
          c.ended_at as "endedAt"
        from metering.care c
        where c.scope_id = ${scopeId} and c.household_id = ${householdId} and c.ended_at is null and c.until >= ${today}::date`,
  );
  return row ?? null;
}
