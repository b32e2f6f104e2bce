import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import { gatewayColumns, meterColumns } from './queries.ts';
import { commandColumns } from './queries-prepaid.ts';
import type { CommandRow, GatewayRow, MeterRow } from './tables.ts';

/** What lines have to do, over all scopes: only the collector asks, as the worker. */

export interface LineTask {
  readonly meter: MeterRow;
  readonly gateway: GatewayRow;
  readonly command: CommandRow | null;
}

interface Keyed {
  readonly scopeId: string;
  readonly gatewayId: string | null;
}

async function withGateways<T extends Keyed>(
  q: Executor,
  rows: readonly T[],
): Promise<{ readonly row: T; readonly gateway: GatewayRow }[]> {
  const gateways = await q.query<GatewayRow>(
    sql`select ${gatewayColumns} from metering.gateway g
        where g.scope_id = any (${rows.map(({ scopeId }) => scopeId)}::uuid[])
          and g.gateway_id = any (${rows.map(({ gatewayId }) => gatewayId)}::uuid[]) and g.retired_at is null`,
  );
  const byId = new Map(gateways.map((gateway) => [gateway.id, gateway]));
  return rows.flatMap((row) => {
    const gateway = byId.get(row.gatewayId ?? '');
    return gateway === undefined ? [] : [{ row, gateway }];
  });
}

/** The gateways a process can speak with: those that hold a line to it, those that it calls, and not who is spoken with. */
export interface Reachable {
  readonly connected: readonly string[];
  readonly dials: boolean;
  readonly busy: readonly string[];
}

const within = ({ connected, dials, busy }: Reachable) =>
  sql`g.retired_at is null and not (g.gateway_id = any (${busy}::uuid[]))
            and ((g.transport = 'dial' and ${dials}) or g.gateway_id = any (${connected}::uuid[]))`;

/** Commands that wait: of gateways that we call, and of those that hold a line to this process. */
export async function claimCommands(
  tx: Tx,
  reachable: Reachable,
  now: Date,
  until: Date,
  limit: number,
): Promise<LineTask[]> {
  const due = await claimByScope<Keyed & { readonly id: string }>(tx, {
    columns: sql`c.scope_id as "scopeId", c.command_id as id, m.gateway_id as "gatewayId"`,
    from: sql`metering.command c
            join metering.meter m on m.scope_id = c.scope_id and m.meter_id = c.meter_id
            join metering.gateway g on g.scope_id = m.scope_id and g.gateway_id = m.gateway_id`,
    scope: sql`c.scope_id`,
    id: sql`c.command_id`,
    due: sql`c.state = 'waiting' and c.next_at <= ${now} and (c.leased_until is null or c.leased_until <= ${now})
            and ${within(reachable)}`,
    order: sql`c.next_at`,
    limit,
    lock: sql`for no key update of c`,
  });
  if (due.length === 0) return [];
  const leased = await tx.query<CommandRow>(
    sql`update metering.command c set leased_until = ${until}, attempts = c.attempts + 1, sent_at = ${now}
        where c.scope_id = any (${due.map(({ scopeId }) => scopeId)}::uuid[]) and c.command_id = any (${due.map(({ id }) => id)}::uuid[])
        returning ${commandColumns}`,
  );
  const gatewayOf = new Map(due.map(({ id, gatewayId }) => [id, gatewayId]));
  // In the order in which they were asked for: a meter counts purchases one by one.
  const claimed = leased
    .map((row) => ({ ...row, gatewayId: gatewayOf.get(row.id) ?? null }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const meters = await tx.query<MeterRow>(
    sql`select ${meterColumns} from metering.meter m
        where m.scope_id = any (${claimed.map(({ scopeId }) => scopeId)}::uuid[])
          and m.meter_id = any (${claimed.map(({ meterId }) => meterId)}::uuid[])`,
  );
  const byId = new Map(meters.map((meter) => [meter.id, meter]));
  const found = await withGateways(tx, claimed);
  return found.flatMap(({ row, gateway }) => {
    const meter = byId.get(row.meterId);
    return meter === undefined ? [] : [{ meter, gateway, command: row }];
  });
}

/** Meters whose hour has come. The lease is the next time they would be read at. */
export async function claimReadings(
  tx: Tx,
  reachable: Reachable,
  now: Date,
  until: Date,
  limit: number,
): Promise<LineTask[]> {
  const due = await claimByScope<{ readonly scopeId: string; readonly id: string }>(tx, {
    columns: sql`m.scope_id as "scopeId", m.meter_id as id`,
    from: sql`metering.meter m join metering.gateway g on g.scope_id = m.scope_id and g.gateway_id = m.gateway_id`,
    scope: sql`m.scope_id`,
    id: sql`m.meter_id`,
    due: sql`m.next_read_at <= ${now} and m.retired_on is null and ${within(reachable)}`,
    order: sql`m.next_read_at`,
    limit,
    lock: sql`for no key update of m`,
  });
  if (due.length === 0) return [];
  const claimed = await tx.query<MeterRow>(
    sql`update metering.meter m set next_read_at = ${until}
        where m.scope_id = any (${due.map(({ scopeId }) => scopeId)}::uuid[]) and m.meter_id = any (${due.map(({ id }) => id)}::uuid[])
        returning ${meterColumns}`,
  );
  const found = await withGateways(tx, claimed);
  return found.map(({ row, gateway }) => ({ meter: row, gateway, command: null }));
}

/** Taken tasks stay with who took them. What somebody asked for anew meanwhile has a time of its own, and is left alone. */
export async function renewLeases(
  tx: Tx,
  leases: readonly (readonly [task: LineTask, until: Date])[],
  until: Date,
): Promise<void> {
  const commands = leases.flatMap(([{ command }]) => (command === null ? [] : [command]));
  const readings = leases.filter(([{ command }]) => command === null);
  // Meters before commands, as everywhere.
  tx.write(
    sql`update metering.meter m set next_read_at = ${until}
        from unnest(${readings.map(([{ meter }]) => meter.scopeId)}::uuid[], ${readings.map(([{ meter }]) => meter.id)}::uuid[],
          ${readings.map(([, end]) => end)}::timestamptz[]) l(scope_id, meter_id, until)
        where m.scope_id = l.scope_id and m.meter_id = l.meter_id and m.next_read_at = l.until`,
  );
  tx.write(
    sql`update metering.command c set leased_until = ${until}
        where c.scope_id = any (${commands.map(({ scopeId }) => scopeId)}::uuid[]) and c.command_id = any (${commands.map(({ id }) => id)}::uuid[])
          and c.state = 'waiting' and c.leased_until is not null`,
  );
}

/** Waiting for a line that nobody holds; of gateways that were retired too. Their meters' rows are locked, which come first everywhere. */
export function stuckCommands(tx: Tx, before: Date, now: Date, limit: number): Promise<CommandRow[]> {
  return claimByScope(tx, {
    columns: commandColumns,
    from: sql`metering.command c join metering.meter m on m.scope_id = c.scope_id and m.meter_id = c.meter_id`,
    scope: sql`c.scope_id`,
    id: sql`c.command_id`,
    due: sql`c.state = 'waiting' and c.next_at < ${before} and (c.leased_until is null or c.leased_until <= ${now})`,
    order: sql`c.next_at`,
    limit,
    lock: sql`for no key update of m`,
  });
}

/** Of whoever calls us, by the name they say first. */
export async function gatewayById(q: Executor, gatewayId: string): Promise<GatewayRow | null> {
  const [row] = await q.query<GatewayRow>(
    sql`select ${gatewayColumns} from metering.gateway g where g.gateway_id = ${gatewayId} and g.retired_at is null and g.scope_id is not null`,
  );
  return row ?? null;
}
