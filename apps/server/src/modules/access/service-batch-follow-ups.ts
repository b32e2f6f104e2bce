import type { Seen, Verdict } from '@gongzhi/gate';
import { addDays, localDate, startOfDay, uuidv7 } from '@gongzhi/kernel';
import { lastAtRisk } from './domain/follow-ups.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { StandingPolicy } from './service-batch-facts.ts';
import type { HeldGate } from './tables.ts';

/** Who came home from a risk area under a measure that says they are looked after: noted with the passage itself. */

export interface NewFollowUp {
  readonly gate: HeldGate;
  readonly passId: string;
  readonly policyScopeId: string;
  readonly policyId: string;
  readonly since: Date;
  /** The day they were last in a place of risk, from its first moment. */
  readonly leftFrom: Date;
  readonly dueOn: string;
}

export function followUpsOf(
  into: Map<string, NewFollowUp>,
  who: {
    readonly gate: HeldGate;
    readonly passId: string;
    readonly at: number;
    readonly timeZone: string;
    readonly health: Seen['health'];
  },
  { findings }: Verdict,
  policies: readonly StandingPolicy[],
): void {
  for (const { check, state, policyId } of findings) {
    if (check !== 'travel' || state !== 'fail') continue;
    const policy = policies.find(({ id }) => id === policyId);
    if (policy === undefined || policy.followUpDays === null) continue;
    const left = lastAtRisk(who.health?.facts.travel ?? null, policy.checks.travel?.levels ?? []);
    if (left === null) continue;
    into.set(`${policy.id} ${who.passId}`, {
      gate: who.gate,
      passId: who.passId,
      policyScopeId: policy.scopeId,
      policyId: policy.id,
      since: new Date(who.at),
      leftFrom: new Date(startOfDay(left, who.timeZone)),
      dueOn: addDays(localDate(who.at, who.timeZone), policy.followUpDays),
    });
  }
}

/** Once for each time they were away to such a place, however often they come and go: what was noted of an earlier return is noted anew. */
export function storeFollowUps(tx: Tx, notes: readonly NewFollowUp[], now: Date): void {
  if (notes.length === 0) return;
  tx.write(
    sql`update access.follow_up f set since_at = u.since_at, due_on = u.due_on, note_cipher = null, done_by_name = null, done_at = null, version = f.version + 1
        from unnest(${notes.map(({ gate }) => gate.scopeId)}::uuid[], ${notes.map((n) => n.policyId)}::uuid[], ${notes.map((n) => n.passId)}::uuid[],
          ${notes.map((n) => n.since.toISOString())}::timestamptz[], ${notes.map((n) => n.dueOn)}::date[], ${notes.map((n) => n.leftFrom.toISOString())}::timestamptz[])
          as u (scope_id, policy_id, pass_id, since_at, due_on, left_from)
        where f.scope_id = u.scope_id and f.policy_id = u.policy_id and f.pass_id = u.pass_id and f.kind = 'risk' and f.since_at < u.left_from`,
  );
  tx.write(
    sql`insert into access.follow_up (scope_id, follow_up_id, city_id, street_id, company_id, policy_scope_id, policy_id, pass_id, kind, since_at,
          due_on, version, created_at)
        select u.scope_id, u.id, u.city_id, u.street_id, u.company_id, u.policy_scope_id, u.policy_id, u.pass_id, 'risk', u.since_at, u.due_on, 1, ${now}
        from unnest(${notes.map(({ gate }) => gate.scopeId)}::uuid[], ${notes.map(() => uuidv7(now.getTime()))}::uuid[],
          ${notes.map(({ gate }) => gate.cityId)}::uuid[], ${notes.map(({ gate }) => gate.streetId)}::uuid[], ${notes.map(({ gate }) => gate.companyId)}::uuid[],
          ${notes.map((n) => n.policyScopeId)}::uuid[], ${notes.map((n) => n.policyId)}::uuid[], ${notes.map((n) => n.passId)}::uuid[],
          ${notes.map((n) => n.since.toISOString())}::timestamptz[], ${notes.map((n) => n.dueOn)}::date[])
          as u (scope_id, id, city_id, street_id, company_id, policy_scope_id, policy_id, pass_id, since_at, due_on)
        on conflict (scope_id, policy_id, pass_id, kind) do nothing`,
  );
}
