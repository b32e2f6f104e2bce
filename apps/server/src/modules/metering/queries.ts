import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import type { GatewayRow, MeterRow, ReadingRow } from './tables.ts';

export const meterColumns = sql`m.scope_id as "scopeId", m.meter_id as id, m.city_id as "cityId", m.street_id as "streetId", m.company_id as "companyId",
  m.kind, m.serial, m.household_id as "householdId", m.household_label as "householdLabel", m.building_id as "buildingId", m.spot, m.digits,
  m.gateway_id as "gatewayId", m.address, m.installed_on as "installedOn", m.retired_on as "retiredOn", m.replaces_id as "replacesId",
  m.version, m.last_reading_id as "lastReadingId", m.last_at as "lastAt", m.last_milli as "lastMilli",
  m.usual_milli_day as "usualMilliDay", m.next_read_at as "nextReadAt", m.last_seen_at as "lastSeenAt", m.line_state as "lineState",
  m.line_fault as "lineFault", m.line_fault_at as "lineFaultAt", m.is_open as "isOpen"`;

export const readingColumns = sql`r.scope_id as "scopeId", r.reading_id as id, r.city_id as "cityId", r.street_id as "streetId", r.company_id as "companyId",
  r.meter_id as "meterId", r.household_id as "householdId", r.source_key as "sourceKey", r.source, r.taken_at as "takenAt", r.day,
  r.milli as milli, r.state, r.doubts, r.answer, r.note, r.previous_id as "previousId", r.used_milli as "usedMilli",
  r.recorded_at as "recordedAt", r.recorded_by as "recordedBy", r.recorded_by_name as "recordedByName", r.decided_at as "decidedAt",
  r.decided_by_name as "decidedByName", r.has_photo as "hasPhoto", r.is_charged as "isCharged"`;

export const gatewayColumns = sql`g.scope_id as "scopeId", g.gateway_id as id, g.city_id as "cityId", g.street_id as "streetId", g.company_id as "companyId",
  g.label, g.transport, g.host, g.port, g.secret_hash as "secretHash", g.credential_version as "credentialVersion", g.password_cipher as "passwordCipher",
  g.version, g.created_at as "createdAt", g.retired_at as "retiredAt", g.last_seen_at as "lastSeenAt", g.fault, g.fault_at as "faultAt"`;

export async function findMeter(q: Executor, scopeId: string, meterId: string): Promise<MeterRow | null> {
  const [row] = await q.query<MeterRow>(
    sql`select ${meterColumns} from metering.meter m where m.scope_id = ${scopeId} and m.meter_id = ${meterId}`,
  );
  return row ?? null;
}

/**
 * Serialises everything that happens to one meter. Not its key, which nobody changes: who settles what is prepaid holds that
 * row and writes a command, whose foreign key asks for the meter's, while a reading holds the meter and asks for the prepaid row.
 */
export async function lockMeter(tx: Tx, scopeId: string, meterId: string): Promise<MeterRow | null> {
  const [row] = await tx.query<MeterRow>(
    sql`select ${meterColumns} from metering.meter m where m.scope_id = ${scopeId} and m.meter_id = ${meterId} for no key update`,
  );
  return row ?? null;
}

export interface MeterFilter {
  readonly within: Statement;
  readonly kind?: string | undefined;
  readonly buildingId?: string | undefined;
  readonly householdIds?: readonly string[] | undefined;
  readonly lineState?: string | undefined;
  readonly words?: string | undefined;
  readonly isPrepaid?: boolean | undefined;
}

export type ListedMeter = MeterRow & {
  readonly scopeName: string;
  readonly buildingName: string | null;
  readonly isPrepaid: boolean;
  readonly balanceFen: number | null;
  readonly phase: string | null;
};

export function listMeters(
  q: Executor,
  filter: MeterFilter,
  after: readonly [string, string] | null,
  limit: number,
): Promise<ListedMeter[]> {
  const { kind, buildingId, householdIds, lineState, words, isPrepaid } = filter;
  const like = words === undefined ? null : `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  return q.query(
    sql`select ${meterColumns}, s.name as "scopeName", b.name as "buildingName", p.meter_id is not null as "isPrepaid",
          p.balance_fen as "balanceFen", p.phase
        from metering.meter m join places.scope s on s.scope_id = m.scope_id
          left join places.building b on b.scope_id = m.scope_id and b.building_id = m.building_id
          left join metering.prepaid p on p.scope_id = m.scope_id and p.meter_id = m.meter_id and p.ended_at is null
        where ${filter.within} and m.retired_on is null
          ${kind === undefined ? empty : sql`and m.kind = ${kind}`}
          ${buildingId === undefined ? empty : sql`and m.building_id = ${buildingId}`}
          ${householdIds === undefined ? empty : sql`and m.household_id = any (${householdIds}::uuid[])`}
          ${lineState === undefined ? empty : sql`and m.line_state = ${lineState}`}
          ${isPrepaid === undefined ? empty : sql`and (p.meter_id is not null) = ${isPrepaid}`}
          ${like === null ? empty : sql`and (m.serial like ${like} or m.household_label like ${like} or m.spot like ${like})`}
          ${after === null ? empty : sql`and (coalesce(m.household_label, m.spot), m.meter_id) > (${after[0]}, ${after[1]}::uuid)`}
        order by coalesce(m.household_label, m.spot), m.meter_id limit ${limit}`,
  );
}

/** What counts, in the order in which it was read. */
export async function countedReadings(
  q: Executor,
  scopeId: string,
  meterId: string,
  from: Date,
  limit = 4_000,
): Promise<ReadingRow[]> {
  const rows = await q.query<ReadingRow>(
    sql`select ${readingColumns} from metering.reading r
        where r.scope_id = ${scopeId} and r.meter_id = ${meterId} and r.state = 'counted' and r.taken_at >= ${from}
        order by r.taken_at desc, r.reading_id desc limit ${limit}`,
  );
  return rows.reverse();
}

export function listReadings(
  q: Executor,
  scopeId: string,
  meterId: string,
  before: readonly [string, string] | null,
  limit: number,
): Promise<ReadingRow[]> {
  return q.query(
    sql`select ${readingColumns} from metering.reading r
        where r.scope_id = ${scopeId} and r.meter_id = ${meterId}
          ${before === null ? empty : sql`and (r.taken_at, r.reading_id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`}
        order by r.taken_at desc, r.reading_id desc limit ${limit}`,
  );
}

/** What waits for somebody's word. */
export function heldReadings(q: Executor, within: Statement, limit: number) {
  return q.query<
    ReadingRow & {
      kind: string;
      serial: string;
      householdLabel: string | null;
      spot: string;
      scopeName: string;
      lastMilli: number | null;
    }
  >(
    sql`select ${readingColumns}, m.kind, m.serial, m.household_label as "householdLabel", m.spot, s.name as "scopeName",
          m.last_milli as "lastMilli"
        from metering.reading r join metering.meter m on m.scope_id = r.scope_id and m.meter_id = r.meter_id
          join places.scope s on s.scope_id = r.scope_id
        where ${within} and r.state = 'held' order by r.reading_id limit ${limit}`,
  );
}

/** Every meter that hung there, with its household. */
export function metersOf(
  q: Executor,
  scopeId: string,
  householdIds?: readonly string[],
): Promise<MeterRow[]> {
  return q.query(
    sql`select ${meterColumns} from metering.meter m
        where m.scope_id = ${scopeId} ${householdIds === undefined ? empty : sql`and m.household_id = any (${householdIds}::uuid[])`}
        order by m.household_label, m.kind, m.installed_on, m.meter_id`,
  );
}

export async function lockReading(tx: Tx, scopeId: string, readingId: string): Promise<ReadingRow | null> {
  const [row] = await tx.query<ReadingRow>(
    sql`select ${readingColumns} from metering.reading r where r.scope_id = ${scopeId} and r.reading_id = ${readingId} for no key update`,
  );
  return row ?? null;
}

/** The reading that counted before an instant. */
export async function countedBefore(
  q: Executor,
  scopeId: string,
  meterId: string,
  before: Date,
): Promise<ReadingRow | null> {
  const [row] = await q.query<ReadingRow>(
    sql`select ${readingColumns} from metering.reading r
        where r.scope_id = ${scopeId} and r.meter_id = ${meterId} and r.state = 'counted' and r.taken_at < ${before}
        order by r.taken_at desc, r.reading_id desc limit 1`,
  );
  return row ?? null;
}

export async function knownReading(
  q: Executor,
  scopeId: string,
  meterId: string,
  sourceKey: string,
): Promise<ReadingRow | null> {
  const [row] = await q.query<ReadingRow>(
    sql`select ${readingColumns} from metering.reading r
        where r.scope_id = ${scopeId} and r.meter_id = ${meterId} and r.source_key = ${sourceKey}`,
  );
  return row ?? null;
}

/** Held until whatever is hung behind it hangs: it is not retired meanwhile. */
export async function shareGateway(tx: Tx, scopeId: string, gatewayId: string): Promise<GatewayRow | null> {
  const [row] = await tx.query<GatewayRow>(
    sql`select ${gatewayColumns} from metering.gateway g where g.scope_id = ${scopeId} and g.gateway_id = ${gatewayId} for share`,
  );
  return row ?? null;
}

export async function lockGateway(tx: Tx, scopeId: string, gatewayId: string): Promise<GatewayRow | null> {
  const [row] = await tx.query<GatewayRow>(
    sql`select ${gatewayColumns} from metering.gateway g where g.scope_id = ${scopeId} and g.gateway_id = ${gatewayId} for no key update`,
  );
  return row ?? null;
}

export function listGateways(q: Executor, within: Statement): Promise<(GatewayRow & { meters: number })[]> {
  return q.query(
    sql`select ${gatewayColumns}, (select count(*)::int from metering.meter m
          where m.scope_id = g.scope_id and m.gateway_id = g.gateway_id and m.retired_on is null) as meters
        from metering.gateway g where ${within} and g.retired_at is null order by g.label, g.gateway_id limit 500`,
  );
}
