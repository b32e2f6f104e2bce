import type { PassKind } from '@gongzhi/gate';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Visibility } from '../../platform/live/live.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';

/** Who is looked after under a measure, and who went out and did not come back. */

export interface FollowUpRow {
  readonly id: string;
  readonly policyId: string;
  readonly passId: string;
  readonly kind: 'risk' | 'declared' | 'away';
  readonly since: Date;
  readonly dueOn: string | null;
  readonly wordsCipher: Buffer | null;
  readonly noteCipher: Buffer | null;
  readonly doneByName: string | null;
  readonly doneAt: Date | null;
  readonly version: number;
}

const columns = sql`f.follow_up_id as id, f.policy_id as "policyId", f.pass_id as "passId", f.kind, f.since_at as since, f.due_on::text as "dueOn",
  f.words_cipher as "wordsCipher", f.note_cipher as "noteCipher", f.done_by_name as "doneByName", f.done_at as "doneAt", f.version`;

/** Open ones first, the earliest due first. */
export function followUpsUnder(
  q: Executor,
  scopeId: string,
  policyIds: readonly string[],
): Promise<FollowUpRow[]> {
  return q.query(
    sql`select ${columns} from access.follow_up f where f.scope_id = ${scopeId} and f.policy_id = any (${policyIds}::uuid[])
        order by f.done_at is not null, f.due_on nulls first, f.since_at, f.follow_up_id limit 500`,
  );
}

export async function lockFollowUp(
  tx: Tx,
  scopeId: string,
  which: { readonly policyId: string; readonly passId: string; readonly kind: string },
): Promise<FollowUpRow | null> {
  const [row] = await tx.query<FollowUpRow>(
    sql`select ${columns} from access.follow_up f
        where f.scope_id = ${scopeId} and f.policy_id = ${which.policyId} and f.pass_id = ${which.passId} and f.kind = ${which.kind} for no key update`,
  );
  return row ?? null;
}

/** Whoever lives here; a guest or a courier who does not come back is nobody's business. */
const LIVES_HERE = ['resident', 'family', 'tenant', 'minor', 'card'] as const;

export interface AwayRow {
  readonly passId: string;
  readonly since: Date;
}

/** Whose last way through a gate since then was out, before `leftBefore`. */
export function awaySince(q: Executor, scopeId: string, from: Date, leftBefore: Date): Promise<AwayRow[]> {
  return q.query(
    sql`select last.pass_id as "passId", last.happened_at as since from (
          select distinct on (p.pass_id) p.pass_id, p.direction, p.happened_at from access.passage p
          where p.scope_id = ${scopeId} and p.recorded_at >= ${from} and p.happened_at >= ${from} and p.pass_id is not null
            and p.pass_kind = any (${LIVES_HERE}) and p.outcome in ('pass', 'pass_report')
          order by p.pass_id, p.happened_at desc, p.seq desc) last
        where last.direction = 'out' and last.happened_at < ${leftBefore} order by last.happened_at limit 500`,
  );
}

export interface FollowedPass {
  readonly id: string;
  readonly kind: PassKind;
  readonly name: string | null;
  readonly phone: string | null;
  readonly home: string | null;
  readonly householdId: string | null;
}

export function passesNamed(q: Executor, scopeId: string, ids: readonly string[]): Promise<FollowedPass[]> {
  return q.query(
    sql`select p.pass_id as id, p.kind, p.name_masked as name, p.phone_masked as phone, h.label as home, p.household_id as "householdId"
        from access.pass p left join places.household h on h.scope_id = p.scope_id and h.household_id = p.household_id
        where p.scope_id = ${scopeId} and p.pass_id = any (${ids}::uuid[])`,
  );
}

export const visibleFollowUps: Visibility = async (q, acting, objects) => {
  if (!mayAttempt(acting.role, 'follow_up.read')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select t.follow_up_id as id from access.follow_up t
        where t.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and t.follow_up_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};
