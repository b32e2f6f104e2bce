import type { Executor, Tx } from '../../platform/db/database.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import type { CheckedPass, GateDeviceRow, HeldGate, PolicyContent } from './tables.ts';

/** What one batch of checks asks and writes: a fixed number of statements, however many checks. */

export interface GateKey {
  readonly scopeId: string;
  readonly gateId: string;
}

export const gateColumns =
  raw(`g.scope_id as "scopeId", g.gate_id as id, g.city_id as "cityId", g.street_id as "streetId",
  g.company_id as "companyId", g.code, g.name, g.kind, g.direction, g.building_id as "buildingId", g.hours, g.version,
  g.created_at as "createdAt", g.retired_at as "retiredAt"`);

/** Always in the same order: two batches with the same gates never wait for each other in a circle. */
export function holdGates(tx: Tx, keys: readonly GateKey[]): Promise<HeldGate[]> {
  return tx.query<HeldGate>(
    sql`select ${gateColumns}, c.seq, c.digest, c.day::text as day, c.entries, c.exits
        from unnest(${keys.map((k) => k.scopeId)}::uuid[], ${keys.map((k) => k.gateId)}::uuid[]) as k (scope_id, gate_id)
        join access.gate_chain c on c.scope_id = k.scope_id and c.gate_id = k.gate_id
        join access.gate g on g.scope_id = k.scope_id and g.gate_id = k.gate_id
        order by c.scope_id, c.gate_id for update of c`,
  );
}

export const deviceColumns =
  raw(`d.scope_id as "scopeId", d.device_id as id, d.city_id as "cityId", d.street_id as "streetId",
  d.company_id as "companyId", d.gate_id as "gateId", d.kind, d.label, d.secret_hash is not null as "hasSecret",
  d.credential_version as "credentialVersion", d.version, d.created_at as "createdAt", d.last_seen_at as "lastSeenAt",
  d.clock_skew_ms as "clockSkewMs", d.clock_off_at as "clockOffAt", d.revoked_at as "revokedAt"`);

export interface DeviceKey {
  readonly scopeId: string;
  readonly deviceId: string;
}
export type DeviceWithSecret = GateDeviceRow & { readonly secretHash: Buffer | null };

export function devicesOf(q: Executor, keys: readonly DeviceKey[]): Promise<DeviceWithSecret[]> {
  return q.query<DeviceWithSecret>(
    sql`select ${deviceColumns}, d.secret_hash as "secretHash"
        from unnest(${keys.map((k) => k.scopeId)}::uuid[], ${keys.map((k) => k.deviceId)}::uuid[]) as k (scope_id, device_id)
        join access.gate_device d on d.scope_id = k.scope_id and d.device_id = k.device_id`,
  );
}

export interface SaidBefore {
  readonly gateId: string;
  readonly id: string;
  readonly seq: number;
  readonly recordedAt: Date;
  readonly outcome: string;
  readonly direction: string;
  readonly urgent: string | null;
  readonly passId: string | null;
  readonly way: string | null;
  readonly why: Buffer | null;
}

/**
 * Passages that bear these numbers already; recorded no earlier than `since`, for each day is a table of its own. Only the
 * number is compared in a way that an index can serve, so that no plan can choose a longer way (see the migration).
 */
export function saidBefore(
  q: Executor,
  keys: readonly (GateKey & { readonly id: string })[],
  since: Date,
  until: Date,
): Promise<SaidBefore[]> {
  return q.query<SaidBefore>(
    sql`select p.gate_id as "gateId", p.passage_id as id, p.seq, p.recorded_at as "recordedAt", p.outcome, p.direction, p.urgent, p.pass_id as "passId", p.way, p.why_cipher as why
        from unnest(${keys.map((k) => k.scopeId)}::uuid[], ${keys.map((k) => k.gateId)}::uuid[], ${keys.map((k) => k.id)}::uuid[])
          as k (scope_id, gate_id, passage_id)
        cross join lateral (select p.* from access.passage p where p.passage_id = k.passage_id and p.recorded_at >= ${since} and p.recorded_at < ${until}
          and p.scope_id is not distinct from k.scope_id and p.gate_id is not distinct from k.gate_id limit 1) p`,
  );
}

/** Which of these stopped passages somebody has put right already. */
export async function settledOf(
  q: Executor,
  keys: readonly (GateKey & { readonly id: string })[],
  since: Date,
): Promise<{ gateId: string; id: string; by: string }[]> {
  if (keys.length === 0) return [];
  return q.query(
    sql`select p.gate_id as "gateId", p.override_of as id, p.passage_id as by
        from unnest(${keys.map((k) => k.scopeId)}::uuid[], ${keys.map((k) => k.gateId)}::uuid[], ${keys.map((k) => k.id)}::uuid[])
          as k (scope_id, gate_id, passage_id)
        join access.passage p on p.scope_id = k.scope_id and p.gate_id = k.gate_id and p.override_of = k.passage_id
        where p.recorded_at >= ${since}`,
  );
}

const passColumns =
  raw(`p.scope_id as "scopeId", p.pass_id as id, p.ref, p.kind, p.status, p.household_id as "householdId",
  p.home_building_id as "homeBuildingId", p.gate_ids as "gateIds", p.building_ids as "buildingIds", p.valid_from as "validFrom",
  p.valid_to as "validTo", p.hours, p.entries_allowed as "entriesAllowed", p.entries_used as "entriesUsed", p.secret_cipher as secret,
  p.card_index as "cardIndex", p.plate_index as "plateIndex", p.six_digits_index as "digitsIndex",
  h.facts_cipher as health, h.as_of as "healthAsOf"`);

const factsBeside = raw(
  `left join access.health_fact h on h.scope_id = p.scope_id and h.pass_id = p.pass_id`,
);

/** In force at that moment; a notice of isolation with its measure only. */
const listsBeside = (now: Date) =>
  sql`(select array_agg(l.kind || ' ' || l.entry_id) from access.list_entry l
        where l.scope_id = p.scope_id and l.lifted_at is null
          and (l.subject_id in (p.pass_id, p.person_id, p.household_id) or l.plate_index = p.plate_index)
          and l.starts_at <= ${now} and l.ends_at > ${now}) as lists`;

export interface WantedPasses {
  readonly refs: readonly { readonly scopeId: string; readonly value: string }[];
  readonly ids: readonly { readonly scopeId: string; readonly value: string }[];
  readonly cards: readonly { readonly scopeId: string; readonly value: Buffer }[];
  readonly plates: readonly { readonly scopeId: string; readonly value: Buffer }[];
  readonly digits: readonly { readonly scopeId: string; readonly value: Buffer }[];
}

const scopesOf = (list: readonly { readonly scopeId: string }[]) => list.map((one) => one.scopeId);
const valuesOf = <T>(list: readonly { readonly value: T }[]) => list.map((one) => one.value);

/** Whoever made themselves known in whatever way; those who did so in one way cost one statement. */
export async function passesOf(q: Executor, wanted: WantedPasses, now: Date): Promise<CheckedPass[]> {
  const asked: Promise<CheckedPass[]>[] = [];
  const { refs, ids, cards, plates, digits } = wanted;
  const lists = listsBeside(now);
  if (refs.length > 0)
    asked.push(
      q.query<CheckedPass>(
        sql`select ${passColumns}, ${lists} from unnest(${scopesOf(refs)}::uuid[], ${valuesOf(refs)}::text[]) as k (scope_id, value)
            join access.pass p on p.scope_id = k.scope_id and p.ref = k.value ${factsBeside}`,
      ),
    );
  if (ids.length > 0)
    asked.push(
      q.query<CheckedPass>(
        sql`select ${passColumns}, ${lists} from unnest(${scopesOf(ids)}::uuid[], ${valuesOf(ids)}::uuid[]) as k (scope_id, value)
            join access.pass p on p.scope_id = k.scope_id and p.pass_id = k.value ${factsBeside}`,
      ),
    );
  // What marks a pass may have marked another before it: whichever is not over counts.
  if (cards.length > 0)
    asked.push(
      q.query<CheckedPass>(
        sql`select ${passColumns}, ${lists} from unnest(${scopesOf(cards)}::uuid[], ${valuesOf(cards)}::bytea[]) as k (scope_id, value)
            join access.pass p on p.scope_id = k.scope_id and p.card_index = k.value ${factsBeside}`,
      ),
    );
  if (plates.length > 0)
    asked.push(
      q.query<CheckedPass>(
        sql`select ${passColumns}, ${lists} from unnest(${scopesOf(plates)}::uuid[], ${valuesOf(plates)}::bytea[]) as k (scope_id, value)
            join access.pass p on p.scope_id = k.scope_id and p.plate_index = k.value ${factsBeside}`,
      ),
    );
  if (digits.length > 0)
    asked.push(
      q.query<CheckedPass>(
        sql`select ${passColumns}, ${lists} from unnest(${scopesOf(digits)}::uuid[], ${valuesOf(digits)}::bytea[]) as k (scope_id, value)
            join access.pass p on p.scope_id = k.scope_id and p.six_digits_index = k.value ${factsBeside}`,
      ),
    );
  return (await Promise.all(asked)).flat();
}

export interface PolicyInForce {
  readonly scopeId: string;
  readonly id: string;
  readonly version: number;
  readonly buildingId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Which measures stand in these places at that time; what they contain is asked for once a version. */
export function policiesInForce(
  q: Executor,
  scopeIds: readonly string[],
  from: Date,
  to: Date,
): Promise<PolicyInForce[]> {
  return q.query<PolicyInForce>(
    sql`select p.scope_id as "scopeId", p.policy_id as id, p.version, p.building_id as "buildingId", p.starts_at as "startsAt", p.ends_at as "endsAt"
        from access.policy p where p.scope_id = any (${scopeIds}::uuid[]) and p.ends_at > ${from} and p.starts_at <= ${to}
        order by p.scope_id, p.policy_id`,
  );
}

export function policyContents(
  q: Executor,
  keys: readonly { readonly scopeId: string; readonly id: string; readonly version: number }[],
): Promise<{ id: string; version: number; content: PolicyContent }[]> {
  return q.query(
    sql`select v.policy_id as id, v.version, v.content
        from unnest(${keys.map((k) => k.scopeId)}::uuid[], ${keys.map((k) => k.id)}::uuid[], ${keys.map((k) => k.version)}::integer[])
          as k (scope_id, policy_id, version)
        join access.policy_version v on v.scope_id = k.scope_id and v.policy_id = k.policy_id and v.version = k.version`,
  );
}

export interface CodeUse {
  readonly scopeId: string;
  readonly ref: string;
  readonly step: number;
  readonly passageId: string;
}

export function codeUses(
  q: Executor,
  keys: readonly { readonly scopeId: string; readonly ref: string; readonly step: number }[],
): Promise<CodeUse[]> {
  return q.query<CodeUse>(
    sql`select u.scope_id as "scopeId", u.ref, u.step, u.passage_id as "passageId"
        from unnest(${keys.map((k) => k.scopeId)}::uuid[], ${keys.map((k) => k.ref)}::text[], ${keys.map((k) => k.step)}::bigint[])
          as k (scope_id, ref, step)
        join access.code_use u on u.scope_id = k.scope_id and u.ref = k.ref and u.step = k.step`,
  );
}

/** Entries less exits of the local day, over all gates of a compound. */
export function insideOf(
  q: Executor,
  scopeIds: readonly string[],
  days: readonly string[],
): Promise<{ scopeId: string; inside: number }[]> {
  return q.query(
    sql`select c.scope_id as "scopeId", sum(c.entries - c.exits)::integer as inside
        from unnest(${scopeIds}::uuid[], ${days}::date[]) as k (scope_id, day)
        join access.gate_chain c on c.scope_id = k.scope_id and c.day = k.day group by c.scope_id`,
  );
}

export interface NewUse extends CodeUse {
  readonly gate: HeldGate;
  readonly usedAt: Date;
}

/** A use that another batch wrote meanwhile breaks this one apart; alone, each then sees it. */
export function storeUses(tx: Tx, uses: readonly NewUse[]): void {
  if (uses.length === 0) return;
  tx.write(
    sql`insert into access.code_use (scope_id, ref, step, city_id, street_id, company_id, gate_id, passage_id, used_at)
        select * from unnest(${uses.map((u) => u.scopeId)}::uuid[], ${uses.map((u) => u.ref)}::text[], ${uses.map((u) => u.step)}::bigint[],
          ${uses.map((u) => u.gate.cityId)}::uuid[], ${uses.map((u) => u.gate.streetId)}::uuid[], ${uses.map((u) => u.gate.companyId)}::uuid[],
          ${uses.map((u) => u.gate.id)}::uuid[], ${uses.map((u) => u.passageId)}::uuid[], ${uses.map((u) => u.usedAt.toISOString())}::timestamptz[])
        returning scope_id`,
  );
}

/** The constraint pass_entries refuses one entry too many, whoever counted at the same time. */
export function countEntries(
  tx: Tx,
  used: readonly { readonly scopeId: string; readonly id: string; readonly count: number }[],
): void {
  if (used.length === 0) return;
  tx.write(
    sql`update access.pass p set entries_used = p.entries_used + u.count
        from unnest(${used.map((u) => u.scopeId)}::uuid[], ${used.map((u) => u.id)}::uuid[], ${used.map((u) => u.count)}::integer[]) as u (scope_id, pass_id, count)
        where p.scope_id = u.scope_id and p.pass_id = u.pass_id`,
  );
}

/** As JSON carries it: names as the columns'. */
export interface PassageRecord {
  readonly scope_id: string;
  readonly gate_id: string;
  readonly seq: number;
  readonly recorded_at: string;
  readonly passage_id: string;
  readonly city_id: string | null;
  readonly street_id: string | null;
  readonly company_id: string | null;
  readonly device_id: string | null;
  readonly account_id: string | null;
  readonly happened_at: string;
  readonly direction: string;
  readonly outcome: string;
  readonly urgent: string | null;
  readonly decided_by: string;
  readonly latency_us: number;
  readonly policy_ids: readonly string[];
  readonly policy_versions: readonly number[];
  readonly override_of: string | null;
  readonly way: string | null;
  readonly pass_kind: string | null;
  readonly pass_id: string | null;
  readonly household_id: string | null;
  readonly who_salt: string;
  readonly who_digest: string;
  readonly why_cipher: string | null;
  readonly why_salt: string | null;
  readonly why_digest: string;
  readonly digest: string;
}

export function insertPassages(tx: Tx, records: readonly PassageRecord[]): void {
  tx.write(
    sql`insert into access.passage (scope_id, gate_id, seq, recorded_at, passage_id, city_id, street_id, company_id, device_id, account_id,
          happened_at, direction, outcome, urgent, decided_by, latency_us, policy_ids, policy_versions, override_of, way, pass_kind, pass_id,
          household_id, who_salt, who_digest, why_cipher, why_salt, why_digest, digest)
        select r.* from json_to_recordset(${JSON.stringify(records)}::json) as r (scope_id uuid, gate_id uuid, seq bigint, recorded_at timestamptz,
          passage_id uuid, city_id uuid, street_id uuid, company_id uuid, device_id uuid, account_id uuid, happened_at timestamptz, direction text,
          outcome text, urgent text, decided_by text, latency_us integer, policy_ids uuid[], policy_versions integer[], override_of uuid, way text,
          pass_kind text, pass_id uuid, household_id uuid, who_salt bytea, who_digest bytea, why_cipher bytea, why_salt bytea, why_digest bytea,
          digest bytea) returning seq`,
  );
}

export interface ChainEnd extends GateKey {
  readonly seq: number;
  readonly digest: Buffer;
  readonly lastAt: Date;
  readonly day: string;
  readonly entries: number;
  readonly exits: number;
}

export function storeEnds(tx: Tx, ends: readonly ChainEnd[]): void {
  tx.write(
    sql`update access.gate_chain c set seq = e.seq, digest = e.digest, last_at = e.last_at, day = e.day, entries = e.entries, exits = e.exits
        from unnest(${ends.map((e) => e.scopeId)}::uuid[], ${ends.map((e) => e.gateId)}::uuid[], ${ends.map((e) => e.seq)}::bigint[],
          ${ends.map((e) => e.digest)}::bytea[], ${ends.map((e) => e.lastAt.toISOString())}::timestamptz[], ${ends.map((e) => e.day)}::date[],
          ${ends.map((e) => e.entries)}::integer[], ${ends.map((e) => e.exits)}::integer[])
          as e (scope_id, gate_id, seq, digest, last_at, day, entries, exits)
        where c.scope_id = e.scope_id and c.gate_id = e.gate_id`,
  );
}

export interface HeardDevice extends DeviceKey {
  readonly lastSeenAt: Date;
  readonly skewMs: number | null;
  readonly clockOffAt: Date | null;
}

export function storeHeard(tx: Tx, heard: readonly HeardDevice[]): void {
  if (heard.length === 0) return;
  tx.write(
    sql`update access.gate_device d set last_seen_at = e.seen, clock_skew_ms = coalesce(e.skew, d.clock_skew_ms), clock_off_at = coalesce(e.off, d.clock_off_at)
        from unnest(${heard.map((h) => h.scopeId)}::uuid[], ${heard.map((h) => h.deviceId)}::uuid[], ${heard.map((h) => h.lastSeenAt.toISOString())}::timestamptz[],
          ${heard.map((h) => h.skewMs)}::bigint[], ${heard.map((h) => h.clockOffAt?.toISOString() ?? null)}::timestamptz[]) as e (scope_id, device_id, seen, skew, off)
        where d.scope_id = e.scope_id and d.device_id = e.device_id`,
  );
}

export interface NewHealth {
  readonly gate: HeldGate;
  readonly passId: string;
  readonly cipher: Buffer;
  readonly asOf: Date;
}

export function storeHealth(tx: Tx, facts: readonly NewHealth[]): void {
  if (facts.length === 0) return;
  tx.write(
    sql`insert into access.health_fact (scope_id, pass_id, city_id, street_id, company_id, facts_cipher, as_of)
        select * from unnest(${facts.map((f) => f.gate.scopeId)}::uuid[], ${facts.map((f) => f.passId)}::uuid[], ${facts.map((f) => f.gate.cityId)}::uuid[],
          ${facts.map((f) => f.gate.streetId)}::uuid[], ${facts.map((f) => f.gate.companyId)}::uuid[], ${facts.map((f) => f.cipher)}::bytea[],
          ${facts.map((f) => f.asOf.toISOString())}::timestamptz[])
        on conflict (scope_id, pass_id) do update set facts_cipher = excluded.facts_cipher, as_of = excluded.as_of`,
  );
}

export function openDay(tx: Tx, day: string): Promise<unknown[]> {
  return tx.query(sql`select access.open_day(${day}::date)`);
}
