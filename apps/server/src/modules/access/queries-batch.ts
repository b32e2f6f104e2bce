import { DAY } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { listLiteral } from '../../platform/db/records.ts';
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
    sql`select g.scope_id as "scopeId", g.gate_id as id, g.city_id as "cityId", g.street_id as "streetId", g.company_id as "companyId", g.kind,
          g.direction, g.building_id as "buildingId", g.hours, g.retired_at as "retiredAt", c.seq, c.digest, c.day::text as day, c.entries, c.exits
        from unnest(${listLiteral(keys.map((k) => k.scopeId))}::uuid[], ${listLiteral(keys.map((k) => k.gateId))}::uuid[]) as k (scope_id, gate_id)
        join access.gate_chain c on c.scope_id = k.scope_id and c.gate_id = k.gate_id
        join access.gate g on g.scope_id = k.scope_id and g.gate_id = k.gate_id
        order by c.scope_id, c.gate_id for no key update of c`,
  );
}

export const deviceColumns =
  raw(`d.scope_id as "scopeId", d.device_id as id, d.city_id as "cityId", d.street_id as "streetId",
  d.company_id as "companyId", d.gate_id as "gateId", d.former_gates as "formerGates", d.kind, d.label, d.opens_device_id as "opensDeviceId", d.secret_hash is not null as "hasSecret",
  d.credential_version as "credentialVersion", d.version, d.created_at as "createdAt", d.last_seen_at as "lastSeenAt",
  d.clock_skew_ms as "clockSkewMs", d.clock_off_at as "clockOffAt", d.revoked_at as "revokedAt"`);

export interface DeviceKey {
  readonly scopeId: string;
  readonly deviceId: string;
}
/** Of a device what a batch wants to know. */
export type DeviceWithSecret = Pick<
  GateDeviceRow,
  'id' | 'gateId' | 'formerGates' | 'kind' | 'opensDeviceId' | 'lastSeenAt' | 'clockOffAt' | 'revokedAt'
> & { readonly secretHash: Buffer | null };

export function devicesOf(q: Executor, keys: readonly DeviceKey[]): Promise<DeviceWithSecret[]> {
  return q.query<DeviceWithSecret>(
    sql`select d.device_id as id, d.gate_id as "gateId", d.former_gates as "formerGates", d.kind, d.opens_device_id as "opensDeviceId",
          d.last_seen_at as "lastSeenAt", d.clock_off_at as "clockOffAt", d.revoked_at as "revokedAt", d.secret_hash as "secretHash"
        from unnest(${listLiteral(keys.map((k) => k.scopeId))}::uuid[], ${listLiteral(keys.map((k) => k.deviceId))}::uuid[]) as k (scope_id, device_id)
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
        from unnest(${listLiteral(keys.map((k) => k.scopeId))}::uuid[], ${listLiteral(keys.map((k) => k.gateId))}::uuid[], ${listLiteral(keys.map((k) => k.id))}::uuid[])
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
        from unnest(${listLiteral(keys.map((k) => k.scopeId))}::uuid[], ${listLiteral(keys.map((k) => k.gateId))}::uuid[], ${listLiteral(keys.map((k) => k.id))}::uuid[])
          as k (scope_id, gate_id, passage_id)
        join access.passage p on p.scope_id = k.scope_id and p.gate_id = k.gate_id and p.override_of = k.passage_id
        where p.recorded_at >= ${since}`,
  );
}

const passColumns =
  raw(`p.scope_id as "scopeId", p.pass_id as id, p.ref, p.kind, p.status, p.household_id as "householdId",
  p.home_building_id as "homeBuildingId", p.gate_ids as "gateIds", p.building_ids as "buildingIds", p.valid_from as "validFrom",
  p.valid_to as "validTo", p.hours, p.entries_allowed as "entriesAllowed", p.entries_used as "entriesUsed", p.secret_cipher as secret,
  p.updated_at as "updatedAt", coalesce(p.vehicle_kind in ('resident', 'monthly'), false) as "holdsSpace",
  p.card_index as "cardIndex", p.plate_index as "plateIndex", p.six_digits_index as "digitsIndex",
  h.facts_cipher as health, h.as_of as "healthAsOf"`);

const factsBeside = raw(
  `left join access.health_fact h on h.scope_id = p.scope_id and h.pass_id = p.pass_id`,
);

/** Of a pass that holds on shift only: when its holder is at work, around that moment and as far back as phones decide alone. */
const shiftsBeside = (now: Date) =>
  sql`case when p.on_shift_only then coalesce((select json_agg(json_build_array(extract(epoch from w.from_at) * 1000, extract(epoch from w.to_at) * 1000))
        from access.work_shift w where w.scope_id = p.scope_id and w.account_id = p.account_id
          and w.to_at > ${new Date(now.getTime() - 8 * DAY)} and w.from_at < ${new Date(now.getTime() + DAY)}), '[]'::json) end as shifts`;

/** In force at that moment; a notice of isolation with its measure only. */
const listsBeside = (now: Date) =>
  sql`(select array_agg(l.kind || ' ' || l.entry_id) from access.list_entry l
        where l.scope_id = p.scope_id and l.lifted_at is null
          and (l.subject_id in (p.pass_id, p.person_id, p.household_id) or l.plate_index = p.plate_index)
          and l.starts_at <= ${now} and l.ends_at > ${now}) as lists`;

/** Entries on plates that no pass bears; whatever has a pass brings its entries along. */
export async function listedPlates(
  q: Executor,
  plates: WantedPasses['plates'],
  now: Date,
): Promise<{ scopeId: string; plateIndex: Buffer; entry: string }[]> {
  if (plates.length === 0) return [];
  return q.query(
    sql`select l.scope_id as "scopeId", l.plate_index as "plateIndex", l.kind || ' ' || l.entry_id as entry
        from unnest(${idsOf(plates)}::uuid[], ${valuesOf(plates)}::bytea[]) as k (scope_id, value)
        join access.list_entry l on l.scope_id = k.scope_id and l.plate_index = k.value and l.lifted_at is null
        where l.starts_at <= ${now} and l.ends_at > ${now}`,
  );
}

export interface WantedPasses {
  readonly refs: readonly { readonly scopeId: string; readonly value: string }[];
  readonly ids: readonly { readonly scopeId: string; readonly value: string }[];
  readonly cards: readonly { readonly scopeId: string; readonly value: Buffer }[];
  readonly plates: readonly { readonly scopeId: string; readonly value: Buffer }[];
  readonly digits: readonly { readonly scopeId: string; readonly value: Buffer }[];
}

const idsOf = (list: readonly { readonly scopeId: string }[]) => listLiteral(list.map((one) => one.scopeId));
const valuesOf = <T>(list: readonly { readonly value: T }[]) => list.map((one) => one.value);

/** Whoever made themselves known in whatever way; those who did so in one way cost one statement. */
export async function passesOf(q: Executor, wanted: WantedPasses, now: Date): Promise<CheckedPass[]> {
  const asked: Promise<CheckedPass[]>[] = [];
  const { refs, ids, cards, plates, digits } = wanted;
  const beside = sql`${listsBeside(now)}, ${shiftsBeside(now)}`;
  if (refs.length > 0)
    asked.push(
      q.query<CheckedPass>(
        sql`select ${passColumns}, ${beside} from unnest(${idsOf(refs)}::uuid[], ${valuesOf(refs)}::text[]) as k (scope_id, value)
            join access.pass p on p.scope_id = k.scope_id and p.ref = k.value ${factsBeside}`,
      ),
    );
  if (ids.length > 0)
    asked.push(
      q.query<CheckedPass>(
        sql`select ${passColumns}, ${beside} from unnest(${idsOf(ids)}::uuid[], ${valuesOf(ids)}::uuid[]) as k (scope_id, value)
            join access.pass p on p.scope_id = k.scope_id and p.pass_id = k.value ${factsBeside}`,
      ),
    );
  // What marks a pass may have marked another before it: whichever is not over counts.
  if (cards.length > 0)
    asked.push(
      q.query<CheckedPass>(
        sql`select ${passColumns}, ${beside} from unnest(${idsOf(cards)}::uuid[], ${valuesOf(cards)}::bytea[]) as k (scope_id, value)
            join access.pass p on p.scope_id = k.scope_id and p.card_index = k.value ${factsBeside}`,
      ),
    );
  if (plates.length > 0)
    asked.push(
      q.query<CheckedPass>(
        sql`select ${passColumns}, ${beside} from unnest(${idsOf(plates)}::uuid[], ${valuesOf(plates)}::bytea[]) as k (scope_id, value)
            join access.pass p on p.scope_id = k.scope_id and p.plate_index = k.value ${factsBeside}`,
      ),
    );
  if (digits.length > 0)
    asked.push(
      q.query<CheckedPass>(
        sql`select ${passColumns}, ${beside} from unnest(${idsOf(digits)}::uuid[], ${valuesOf(digits)}::bytea[]) as k (scope_id, value)
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

/** What a measure's data is destroyed under, and added to: never both at once. */
const lockOfWipe = (policyId: string) => sql`pg_catalog.hashtextextended(${`access.wipe ${policyId}`}, 0)`;

export async function holdWipe(tx: Tx, policyId: string): Promise<void> {
  await tx.query(sql`select pg_catalog.pg_advisory_xact_lock(${lockOfWipe(policyId)})`);
}

/** Which of these measures' data is destroyed already; that of the others is not before this transaction has ended. */
export async function wipedOf(
  tx: Tx,
  ended: readonly { readonly scopeId: string; readonly id: string }[],
): Promise<ReadonlySet<string>> {
  if (ended.length === 0) return new Set();
  for (const { id } of ended)
    tx.write(sql`select pg_catalog.pg_advisory_xact_lock_shared(${lockOfWipe(id)})`);
  const rows = await tx.query<{ id: string }>(
    sql`select p.policy_id as id from access.policy p
        where p.scope_id = any (${ended.map((one) => one.scopeId)}::uuid[]) and p.policy_id = any (${ended.map((one) => one.id)}::uuid[])
          and p.wiped_at is not null`,
  );
  return new Set(rows.map(({ id }) => id));
}

export function policyContents(
  q: Executor,
  keys: readonly { readonly scopeId: string; readonly id: string; readonly version: number }[],
): Promise<{ id: string; version: number; content: PolicyContent }[]> {
  return q.query(
    sql`select v.policy_id as id, v.version, v.content
        from unnest(${listLiteral(keys.map((k) => k.scopeId))}::uuid[], ${listLiteral(keys.map((k) => k.id))}::uuid[], ${listLiteral(keys.map((k) => k.version))}::integer[])
          as k (scope_id, policy_id, version)
        join access.policy_version v on v.scope_id = k.scope_id and v.policy_id = k.policy_id and v.version = k.version`,
  );
}

export interface CodeUse {
  readonly scopeId: string;
  readonly ref: string;
  readonly step: number;
  readonly gateId: string;
  readonly passageId: string;
}

/** One at a time by the key: a plan made while the table was small read all of it ever after. */
export function codeUses(
  q: Executor,
  keys: readonly { readonly scopeId: string; readonly ref: string; readonly step: number }[],
): Promise<CodeUse[]> {
  return q.query<CodeUse>(
    sql`select u.scope_id as "scopeId", u.ref, u.step, u.gate_id as "gateId", u.passage_id as "passageId"
        from unnest(${listLiteral(keys.map((k) => k.scopeId))}::uuid[], ${keys.map((k) => k.ref)}::text[], ${listLiteral(keys.map((k) => k.step))}::bigint[])
          as k (scope_id, ref, step)
        cross join lateral (select u.* from access.code_use u where u.scope_id = k.scope_id and u.ref = k.ref and u.step = k.step limit 1) u`,
  );
}

export interface NewUse extends Omit<CodeUse, 'gateId'> {
  readonly gate: HeldGate;
  readonly usedAt: Date;
}

/** A use that another batch wrote meanwhile breaks this one apart; alone, each then sees it. */
export function storeUses(tx: Tx, uses: readonly NewUse[]): void {
  if (uses.length === 0) return;
  tx.write(
    sql`insert into access.code_use (scope_id, ref, step, city_id, street_id, company_id, gate_id, passage_id, used_at)
        select * from unnest(${listLiteral(uses.map((u) => u.scopeId))}::uuid[], ${uses.map((u) => u.ref)}::text[], ${listLiteral(uses.map((u) => u.step))}::bigint[],
          ${listLiteral(uses.map((u) => u.gate.cityId))}::uuid[], ${listLiteral(uses.map((u) => u.gate.streetId))}::uuid[], ${listLiteral(uses.map((u) => u.gate.companyId))}::uuid[],
          ${listLiteral(uses.map((u) => u.gate.id))}::uuid[], ${listLiteral(uses.map((u) => u.passageId))}::uuid[], ${uses.map((u) => u.usedAt.toISOString())}::timestamptz[]) returning scope_id`,
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
        from unnest(${listLiteral(used.map((u) => u.scopeId))}::uuid[], ${listLiteral(used.map((u) => u.id))}::uuid[], ${listLiteral(used.map((u) => u.count))}::integer[]) as u (scope_id, pass_id, count)
        where p.scope_id = u.scope_id and p.pass_id = u.pass_id`,
  );
}

export interface ChainEnd extends GateKey {
  readonly seq: number;
  readonly digest: Buffer;
  readonly lastAt: Date;
  readonly day: string;
  readonly entries: number;
  readonly exits: number;
  /** More by this batch. */
  readonly moved: Moved;
}

/** How many went through; vehicles are among them. */
export interface Moved {
  ins: number;
  outs: number;
  vehicleIns: number;
  vehicleOuts: number;
}

export function storeEnds(tx: Tx, ends: readonly ChainEnd[]): void {
  tx.write(
    sql`update access.gate_chain c set seq = e.seq, digest = e.digest, last_at = e.last_at, day = e.day, entries = e.entries, exits = e.exits,
          ins = c.ins + e.ins, outs = c.outs + e.outs, vehicle_ins = c.vehicle_ins + e.vehicle_ins, vehicle_outs = c.vehicle_outs + e.vehicle_outs
        from unnest(${listLiteral(ends.map((e) => e.scopeId))}::uuid[], ${listLiteral(ends.map((e) => e.gateId))}::uuid[], ${listLiteral(ends.map((e) => e.seq))}::bigint[],
          ${ends.map((e) => e.digest)}::bytea[], ${ends.map((e) => e.lastAt.toISOString())}::timestamptz[], ${listLiteral(ends.map((e) => e.day))}::date[],
          ${listLiteral(ends.map((e) => e.entries))}::integer[], ${listLiteral(ends.map((e) => e.exits))}::integer[], ${listLiteral(ends.map((e) => e.moved.ins))}::bigint[],
          ${listLiteral(ends.map((e) => e.moved.outs))}::bigint[], ${listLiteral(ends.map((e) => e.moved.vehicleIns))}::bigint[], ${listLiteral(ends.map((e) => e.moved.vehicleOuts))}::bigint[])
          as e (scope_id, gate_id, seq, digest, last_at, day, entries, exits, ins, outs, vehicle_ins, vehicle_outs)
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
        from unnest(${listLiteral(heard.map((h) => h.scopeId))}::uuid[], ${listLiteral(heard.map((h) => h.deviceId))}::uuid[], ${heard.map((h) => h.lastSeenAt.toISOString())}::timestamptz[],
          ${listLiteral(heard.map((h) => h.skewMs))}::bigint[], ${heard.map((h) => h.clockOffAt?.toISOString() ?? null)}::timestamptz[]) as e (scope_id, device_id, seen, skew, off)
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
        select * from unnest(${listLiteral(facts.map((f) => f.gate.scopeId))}::uuid[], ${listLiteral(facts.map((f) => f.passId))}::uuid[], ${listLiteral(facts.map((f) => f.gate.cityId))}::uuid[],
          ${listLiteral(facts.map((f) => f.gate.streetId))}::uuid[], ${listLiteral(facts.map((f) => f.gate.companyId))}::uuid[], ${facts.map((f) => f.cipher)}::bytea[],
          ${facts.map((f) => f.asOf.toISOString())}::timestamptz[])
        on conflict (scope_id, pass_id) do update set facts_cipher = excluded.facts_cipher, as_of = excluded.as_of`,
  );
}

export function openDay(tx: Tx, day: string): Promise<unknown[]> {
  return tx.query(sql`select access.open_day(${day}::date)`);
}
