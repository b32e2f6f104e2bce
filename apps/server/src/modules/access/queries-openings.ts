import type { Direction, Outcome, PassKind, SayCode } from '@gongzhi/gate';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, raw, sql } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { DeclineReason, OpeningAnswer } from './domain.ts';
import { withinReach, withinScope } from '../places/index.ts';

/** Who asks from their phone to be let in, and what came of it. */

export interface OpeningRow {
  readonly scopeId: string;
  readonly id: string;
  readonly gateId: string;
  readonly gateName: string;
  readonly passId: string;
  readonly accountId: string;
  readonly direction: Direction;
  readonly askedAt: Date;
  readonly expiresAt: Date;
  readonly answer: OpeningAnswer | null;
  readonly answeredByName: string | null;
  readonly declineReason: DeclineReason | null;
  readonly barrierId: string | null;
  readonly outcome: Outcome | null;
  readonly say: SayCode | null;
}

const columns =
  raw(`o.scope_id as "scopeId", o.opening_id as id, o.gate_id as "gateId", g.name as "gateName", o.pass_id as "passId",
  o.account_id as "accountId", o.direction, o.asked_at as "askedAt", o.expires_at as "expiresAt", o.answer, o.answered_by_name as "answeredByName",
  o.decline_reason as "declineReason", o.barrier_id as "barrierId", o.outcome, o.say`);
const withGate = raw(`join access.gate g on g.scope_id = o.scope_id and g.gate_id = o.gate_id`);

export function ownOpenings(
  q: Executor,
  scopeId: string,
  accountId: string,
  since: Date,
): Promise<OpeningRow[]> {
  return q.query<OpeningRow>(
    sql`select ${columns} from access.gate_opening o ${withGate}
        where o.scope_id = ${scopeId} and o.account_id = ${accountId} and o.asked_at > ${since}
        order by o.asked_at desc, o.opening_id desc limit 20`,
  );
}

export async function lockOpening(tx: Tx, scopeId: string, id: string): Promise<OpeningRow | null> {
  const [row] = await tx.query<OpeningRow>(
    sql`select ${columns} from access.gate_opening o ${withGate}
        where o.scope_id = ${scopeId} and o.opening_id = ${id} for no key update of o`,
  );
  return row ?? null;
}

export interface WaitingOpening {
  readonly scopeId: string;
  readonly id: string;
  readonly gateId: string;
  readonly gateName: string;
  readonly direction: Direction;
  readonly passKind: PassKind;
  readonly nameMasked: string | null;
  readonly place: string | null;
  readonly askedAt: Date;
  readonly expiresAt: Date;
  readonly barriers: readonly { readonly id: string; readonly label: string }[];
}

/** Whoever stands there now, the longest first. */
export function waitingOpenings(
  q: Executor,
  acting: Acting,
  scope: { readonly scopeId: string; readonly kind: string } | null,
  gateId: string | null,
  now: Date,
): Promise<WaitingOpening[]> {
  return q.query<WaitingOpening>(
    sql`select o.scope_id as "scopeId", o.opening_id as id, o.gate_id as "gateId", g.name as "gateName", o.direction, p.kind as "passKind",
          p.name_masked as "nameMasked", h.label as place, o.asked_at as "askedAt", o.expires_at as "expiresAt",
          coalesce((select jsonb_agg(jsonb_build_object('id', d.device_id, 'label', d.label) order by d.label) from access.gate_device d
            where d.scope_id = o.scope_id and d.gate_id = o.gate_id and d.kind = 'barrier' and d.revoked_at is null and d.secret_hash is not null),
            '[]'::jsonb) as barriers
        from access.gate_opening o ${withGate}
          join access.pass p on p.scope_id = o.scope_id and p.pass_id = o.pass_id
          left join places.household h on h.scope_id = p.scope_id and h.household_id = p.household_id
        where ${withinReach(acting.actor, 'o')} ${scope === null ? empty : sql`and ${withinScope(scope, 'o')}`}
          ${gateId === null ? empty : sql`and o.gate_id = ${gateId}`}
          and o.answer is null and o.expires_at > ${now}
        order by o.asked_at, o.opening_id limit 100`,
  );
}

/** Barriers of a gate that can be told anything. */
export function keyedBarriers(q: Executor, scopeId: string, gateId: string): Promise<{ id: string }[]> {
  return q.query<{ id: string }>(
    sql`select d.device_id as id from access.gate_device d
        where d.scope_id = ${scopeId} and d.gate_id = ${gateId} and d.kind = 'barrier' and d.revoked_at is null and d.secret_hash is not null`,
  );
}

export async function visibleOpenings(
  q: Executor,
  _acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await q.query<{ id: string }>(
    sql`select o.opening_id as id from access.gate_opening o
        where o.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and o.opening_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
}
