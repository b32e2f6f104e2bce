import type { Executor } from '../../platform/db/database.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import type { DestructionKind } from './domain/retention.ts';

/** What was destroyed: certificates, nothing of what it was. */

export interface DestructionRow {
  readonly id: string;
  readonly kind: DestructionKind;
  readonly measure: string | null;
  readonly authority: string | null;
  readonly documentNo: string | null;
  readonly requestNo: string | null;
  readonly from: Date;
  readonly to: Date;
  readonly count: number;
  readonly reasons: number | null;
  readonly health: number | null;
  readonly followUps: number | null;
  readonly orders: number | null;
  readonly openings: number | null;
  readonly flags: number | null;
  readonly notes: number | null;
  readonly gates: number;
  readonly days: number | null;
  readonly doneAt: Date;
}

/** One of nobody only says how far was looked, and is no certificate. Of a day one for all gates together; a street's measure has one in each place, and names itself there. */
const together =
  raw(`select min(d.destruction_id::text)::uuid as id, d.kind, coalesce(d.detail ->> 'name', p.name) as measure,
    coalesce(d.detail ->> 'authority', p.authority) as authority, coalesce(d.detail ->> 'documentNo', p.document_no) as "documentNo",
    d.detail ->> 'requestNo' as "requestNo", d.from_at as from, d.to_at as to, sum(d.row_count)::bigint as count,
    (d.detail ->> 'reasons')::integer as reasons, (d.detail ->> 'health')::integer as health, (d.detail ->> 'followUps')::integer as "followUps",
    (d.detail ->> 'orders')::integer as orders, (d.detail ->> 'openings')::integer as openings, (d.detail ->> 'flags')::integer as flags,
    (d.detail ->> 'notes')::integer as notes,
    count(d.gate_id)::integer as gates, (d.detail ->> 'days')::integer as days, d.done_at as "doneAt"
  from access.destruction d left join access.policy p on p.scope_id = d.scope_id and p.policy_id = d.policy_id`);
const grouped = raw(
  `group by d.kind, d.policy_id, p.policy_id, p.name, p.authority, p.document_no, d.detail, d.from_at, d.to_at, d.done_at`,
);

export function listDestructions(q: Executor, scopeId: string): Promise<DestructionRow[]> {
  return q.query(
    sql`${together} where d.scope_id = ${scopeId} and (d.row_count > 0 or d.kind <> 'person' and (d.kind <> 'measure' or p.policy_id is not null)) ${grouped} order by d.done_at desc, d.to_at desc limit 100`,
  );
}

export async function findDestruction(
  q: Executor,
  scopeId: string,
  id: string,
): Promise<DestructionRow | null> {
  const [row] = await q.query<DestructionRow>(
    sql`${together} where d.scope_id = ${scopeId} and (d.kind, d.from_at, d.to_at, d.done_at) in (
          select o.kind, o.from_at, o.to_at, o.done_at from access.destruction o where o.scope_id = ${scopeId} and o.destruction_id = ${id})
        ${grouped} having bool_or(d.destruction_id = ${id})`,
  );
  return row ?? null;
}
