import type { Direction, Outcome } from '@gongzhi/gate';
import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';

/** Who went through, as the desk and the chain's checker read it. */

export interface PassageRow {
  readonly id: string;
  readonly gateId: string;
  readonly seq: number;
  readonly recordedAt: Date;
  readonly happenedAt: Date;
  readonly direction: Direction;
  readonly outcome: Outcome;
  readonly urgent: string | null;
  readonly decidedBy: 'server' | 'offline' | 'person';
  readonly latencyUs: number;
  readonly way: string | null;
  readonly passKind: string | null;
  readonly passId: string | null;
  readonly householdId: string | null;
  readonly overrideOf: string | null;
  readonly why: Buffer | null;
  /** Masked; null where nobody was known, or it was erased. */
  readonly name: string | null;
  readonly home: string | null;
}

const columns =
  raw(`p.passage_id as id, p.gate_id as "gateId", p.seq, p.recorded_at as "recordedAt", p.happened_at as "happenedAt", p.direction,
  p.outcome, p.urgent, p.decided_by as "decidedBy", p.latency_us as "latencyUs", p.way, p.pass_kind as "passKind", p.pass_id as "passId",
  p.household_id as "householdId", p.override_of as "overrideOf", p.why_cipher as why, w.name_masked as name, h.label as home`);
const beside = raw(`left join access.pass w on w.scope_id = p.scope_id and w.pass_id = p.pass_id
  left join places.household h on h.scope_id = p.scope_id and h.household_id = p.household_id`);

export interface PassagePosition {
  readonly recordedAt: Date;
  readonly gateId: string;
  readonly seq: number;
}

export interface PassageFilter {
  readonly scopeId: string;
  readonly gateId: string | null;
  readonly isStoppedOnly: boolean;
  readonly passId: string | null;
  readonly from: Date;
  readonly until: Date;
}

/** The newest first. Each gate's own order is its chain's, so that a page is read from the end of a few indexes. */
export function listPassages(
  q: Executor,
  { scopeId, gateId, isStoppedOnly, passId, from, until }: PassageFilter,
  before: PassagePosition | null,
  limit: number,
): Promise<PassageRow[]> {
  const where: Statement[] = [sql`p.recorded_at >= ${from}`, sql`p.recorded_at < ${until}`];
  if (before !== null)
    where.push(
      sql`(p.recorded_at, p.gate_id, p.seq) < (${before.recordedAt}, ${before.gateId}::uuid, ${before.seq}::bigint)`,
    );
  if (isStoppedOnly) where.push(sql`p.outcome in ('refer', 'refuse')`);
  if (passId !== null) where.push(sql`p.pass_id = ${passId}`);
  if (isStoppedOnly || passId !== null) {
    if (gateId !== null) where.push(sql`p.gate_id = ${gateId}`);
    return q.query<PassageRow>(
      sql`select ${columns} from access.passage p ${beside} where p.scope_id = ${scopeId} and ${join(where, ' and ')}
          order by p.recorded_at desc, p.gate_id desc, p.seq desc limit ${limit}`,
    );
  }
  const gates = gateId === null ? sql`true` : sql`g.gate_id = ${gateId}`;
  return q.query<PassageRow>(
    sql`select ${columns} from access.gate g cross join lateral (
            select p.* from access.passage p where p.scope_id = ${scopeId} and p.gate_id = g.gate_id and ${join(where, ' and ')} order by p.seq desc limit ${limit}) p
          ${beside} where g.scope_id = ${scopeId} and ${gates} order by p.recorded_at desc, p.gate_id desc, p.seq desc limit ${limit}`,
  );
}

export interface HourCount {
  readonly gateId: string;
  readonly hour: number;
  readonly entries: number;
  readonly exits: number;
  readonly stopped: number;
}

/** Of one local day, by gate and hour. */
export function countByHour(
  q: Executor,
  scopeId: string,
  from: Date,
  until: Date,
  timeZone: string,
): Promise<HourCount[]> {
  return q.query<HourCount>(
    sql`select p.gate_id as "gateId", extract(hour from p.recorded_at at time zone ${timeZone})::integer as hour,
          count(*) filter (where p.direction = 'in' and p.outcome in ('pass', 'pass_report'))::integer as entries,
          count(*) filter (where p.direction = 'out' and p.outcome in ('pass', 'pass_report'))::integer as exits,
          count(*) filter (where p.outcome in ('refer', 'refuse'))::integer as stopped
        from access.gate g join access.passage p on p.scope_id = g.scope_id and p.gate_id = g.gate_id
        where g.scope_id = ${scopeId} and p.scope_id = ${scopeId} and p.recorded_at >= ${from} and p.recorded_at < ${until}
        group by 1, 2 order by 1, 2`,
  );
}

export interface ChainPart {
  readonly id: string;
  readonly seq: number;
  readonly recordedAt: Date;
  readonly deviceId: string | null;
  readonly accountId: string | null;
  readonly happenedAt: Date;
  readonly direction: string;
  readonly outcome: string;
  readonly urgent: string | null;
  readonly decidedBy: string;
  readonly latencyUs: number;
  readonly policyIds: readonly string[];
  readonly policyVersions: readonly number[];
  readonly overrideOf: string | null;
  readonly way: string | null;
  readonly passKind: string | null;
  readonly passId: string | null;
  readonly householdId: string | null;
  readonly whoSalt: Buffer | null;
  readonly whoDigest: Buffer;
  readonly why: Buffer | null;
  readonly whySalt: Buffer | null;
  readonly whyDigest: Buffer;
  readonly digest: Buffer;
}

export function chainPart(
  q: Executor,
  scopeId: string,
  gateId: string,
  after: number,
  limit: number,
): Promise<ChainPart[]> {
  return q.query<ChainPart>(
    sql`select p.passage_id as id, p.seq, p.recorded_at as "recordedAt", p.device_id as "deviceId", p.account_id as "accountId",
          p.happened_at as "happenedAt", p.direction, p.outcome, p.urgent, p.decided_by as "decidedBy", p.latency_us as "latencyUs",
          p.policy_ids as "policyIds", p.policy_versions as "policyVersions", p.override_of as "overrideOf", p.way, p.pass_kind as "passKind",
          p.pass_id as "passId", p.household_id as "householdId", p.who_salt as "whoSalt", p.who_digest as "whoDigest", p.why_cipher as why,
          p.why_salt as "whySalt", p.why_digest as "whyDigest", p.digest
        from access.passage p where p.scope_id = ${scopeId} and p.gate_id = ${gateId} and p.seq > ${after} order by p.seq limit ${limit}`,
  );
}

export async function chainEnd(
  q: Executor,
  scopeId: string,
  gateId: string,
): Promise<{ seq: number; digest: Buffer } | null> {
  const [row] = await q.query<{ seq: number; digest: Buffer }>(
    sql`select c.seq, c.digest from access.gate_chain c where c.scope_id = ${scopeId} and c.gate_id = ${gateId}`,
  );
  return row ?? null;
}

/** Behind which certificate of destruction the chain goes on; null: nothing of it was destroyed yet. */
export async function lastDestroyed(
  q: Executor,
  scopeId: string,
  gateId: string,
): Promise<{ seq: number; digest: Buffer; at: Date } | null> {
  const [row] = await q.query<{ seq: number; digest: Buffer; at: Date }>(
    sql`select d.last_seq as seq, d.last_digest as digest, d.done_at as at from access.destruction d
        where d.scope_id = ${scopeId} and d.gate_id = ${gateId} and d.kind = 'day' order by d.last_seq desc limit 1`,
  );
  return row ?? null;
}

export type StoppedPassage = Pick<PassageRow, 'id' | 'seq' | 'direction' | 'outcome' | 'passId' | 'why'>;

/** One that stopped somebody lately. */
export async function findStopped(
  q: Executor,
  scopeId: string,
  gateId: string,
  passageId: string,
  since: Date,
): Promise<StoppedPassage | null> {
  const [row] = await q.query<StoppedPassage>(
    sql`select p.passage_id as id, p.seq, p.direction, p.outcome, p.pass_id as "passId", p.why_cipher as why
        from access.passage p where p.scope_id = ${scopeId} and p.gate_id = ${gateId} and p.passage_id = ${passageId}
          and p.recorded_at >= ${since} and p.outcome in ('refer', 'refuse')`,
  );
  return row ?? null;
}

/** The digest a row bears: where a slice takes the chain up. */
export async function digestAt(
  q: Executor,
  scopeId: string,
  gateId: string,
  seq: number,
): Promise<Buffer | null> {
  const [row] = await q.query<{ digest: Buffer }>(
    sql`select p.digest from access.passage p where p.scope_id = ${scopeId} and p.gate_id = ${gateId} and p.seq = ${seq} limit 1`,
  );
  return row?.digest ?? null;
}
