import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { FlagKind } from './domain/flags.ts';

/** What is looked up once more of decisions that were made without a network. */

export interface UsedStep {
  readonly gateId: string;
  readonly passageId: string;
}

/** Where these passes were let in elsewhere, the last time since a moment. */
export function otherEntries(
  q: Executor,
  scopeId: string,
  gateId: string,
  passIds: readonly string[],
  since: Date,
): Promise<{ readonly passId: string; readonly gateId: string }[]> {
  return q.query(
    sql`select distinct on (p.pass_id) p.pass_id as "passId", p.gate_id as "gateId" from access.passage p
        where p.scope_id = ${scopeId} and p.pass_id = any (${passIds}::uuid[]) and p.recorded_at >= ${since} and p.gate_id <> ${gateId}
          and p.direction = 'in' and p.outcome in ('pass', 'pass_report')
        order by p.pass_id, p.recorded_at desc`,
  );
}

export interface NewFlag {
  readonly id: string;
  readonly kind: FlagKind;
  readonly passageId: string;
  readonly otherGateId: string | null;
  readonly passId: string | null;
  readonly decidedAt: Date;
}

export interface FlagWall {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

/** Said once, however often the same decision is sent. */
export function insertFlags(
  tx: Tx,
  { scopeId, cityId, streetId, companyId }: FlagWall,
  at: { readonly gateId: string; readonly deviceId: string | null },
  flags: readonly NewFlag[],
  now: Date,
): void {
  for (const { id, kind, passageId, otherGateId, passId, decidedAt } of flags)
    tx.write(
      sql`insert into access.passage_flag (scope_id, flag_id, city_id, street_id, company_id, kind, passage_id, gate_id, device_id, other_gate_id,
            pass_id, decided_at, noticed_at)
          values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${kind}, ${passageId}, ${at.gateId}, ${at.deviceId}, ${otherGateId},
            ${passId}, ${decidedAt}, ${now})
          on conflict (scope_id, passage_id, kind) do nothing`,
    );
}

export function openFlagsOf(
  q: Executor,
  scopeId: string,
  passageIds: readonly string[],
): Promise<{ readonly id: string; readonly kind: FlagKind; readonly decidedAt: Date }[]> {
  return q.query(
    sql`select f.flag_id as id, f.kind, f.decided_at as "decidedAt" from access.passage_flag f
        where f.scope_id = ${scopeId} and f.passage_id = any (${passageIds}::uuid[]) and f.seen_at is null
        order by f.decided_at, f.flag_id`,
  );
}

/** Heard of now, and how far its clock is from ours. */
export function storeClock(
  tx: Tx,
  scopeId: string,
  deviceId: string,
  skewMs: number,
  isOff: boolean,
  now: Date,
): void {
  tx.write(
    sql`update access.gate_device set last_seen_at = ${now}, clock_skew_ms = ${skewMs}, clock_off_at = ${isOff ? now : null}
        where scope_id = ${scopeId} and device_id = ${deviceId}`,
  );
}

/** Of devices that were ever given a key, taken away or not. */
export function proofKeys(
  q: Executor,
  scopeId: string,
  deviceIds: readonly string[],
): Promise<{ deviceId: string; cipher: Buffer }[]> {
  return q.query(
    sql`select d.device_id as "deviceId", d.proof_key_cipher as cipher from access.gate_device d
        where d.scope_id = ${scopeId} and d.device_id = any (${deviceIds}::uuid[]) and d.proof_key_cipher is not null`,
  );
}
