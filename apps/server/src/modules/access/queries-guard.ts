import type { PassKind } from '@gongzhi/gate';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, raw, sql } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { FlagKind } from './domain/flags.ts';
import { withinReach, withinScope } from '../places/index.ts';

/** A guard's phone, and what is asked and left at a gate. */

export interface OpenPairing {
  readonly scopeId: string;
  readonly pairingId: string;
  readonly deviceId: string;
  readonly gateId: string;
  readonly gateName: string;
}

/** Held until the transaction ends: two phones with the same digits are one phone. */
export async function lockPairing(
  tx: Tx,
  scopeIds: readonly string[],
  codeIndex: Buffer,
  now: Date,
): Promise<OpenPairing | null> {
  const [row] = await tx.query<OpenPairing>(
    sql`select p.scope_id as "scopeId", p.pairing_id as "pairingId", p.device_id as "deviceId", d.gate_id as "gateId", g.name as "gateName"
        from access.guard_pairing p
        join access.gate_device d on d.scope_id = p.scope_id and d.device_id = p.device_id
        join access.gate g on g.scope_id = d.scope_id and g.gate_id = d.gate_id
        where p.scope_id = any (${scopeIds}::uuid[]) and p.code_index = ${codeIndex} and p.used_at is null and p.expires_at > ${now}
          and d.revoked_at is null and g.retired_at is null
        order by p.pairing_id desc limit 1 for no key update of p`,
  );
  return row ?? null;
}

export async function isPairingTaken(
  q: Executor,
  scopeId: string,
  codeIndex: Buffer,
  now: Date,
): Promise<boolean> {
  const rows = await q.query(
    sql`select 1 from access.guard_pairing p
        where p.scope_id = ${scopeId} and p.code_index = ${codeIndex} and p.used_at is null and p.expires_at > ${now}`,
  );
  return rows.length > 0;
}

export interface FlagRow {
  readonly id: string;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly kind: FlagKind;
  readonly gateId: string;
  readonly gateName: string;
  readonly otherGateName: string | null;
  readonly passKind: PassKind | null;
  readonly nameMasked: string | null;
  readonly decidedAt: Date;
  readonly noticedAt: Date;
  readonly seenAt: Date | null;
  readonly seenByName: string | null;
}

const flagColumns =
  raw(`f.flag_id as id, f.scope_id as "scopeId", s.name as "scopeName", f.kind, f.gate_id as "gateId", g.name as "gateName",
  o.name as "otherGateName", p.kind as "passKind", p.name_masked as "nameMasked", f.decided_at as "decidedAt",
  f.noticed_at as "noticedAt", f.seen_at as "seenAt", f.seen_by_name as "seenByName"`);
const fromFlag = raw(`from access.passage_flag f
  join places.scope s on s.scope_id = f.scope_id
  join access.gate g on g.scope_id = f.scope_id and g.gate_id = f.gate_id
  left join access.gate o on o.scope_id = f.scope_id and o.gate_id = f.other_gate_id
  left join access.pass p on p.scope_id = f.scope_id and p.pass_id = f.pass_id`);

export function listFlags(
  q: Executor,
  acting: Acting,
  scope: { readonly scopeId: string; readonly kind: string } | null,
  isOpenOnly: boolean,
  before: string | null,
  limit: number,
): Promise<FlagRow[]> {
  return q.query(
    sql`select ${flagColumns} ${fromFlag}
        where ${withinReach(acting.actor, 'f')} ${scope === null ? empty : sql`and ${withinScope(scope, 'f')}`}
          ${isOpenOnly ? sql`and f.seen_at is null` : empty} ${before === null ? empty : sql`and f.flag_id < ${before}`}
        order by f.flag_id desc limit ${limit}`,
  );
}

export async function findFlag(q: Executor, scopeId: string, id: string): Promise<FlagRow | null> {
  const [row] = await q.query<FlagRow>(
    sql`select ${flagColumns} ${fromFlag} where f.scope_id = ${scopeId} and f.flag_id = ${id}`,
  );
  return row ?? null;
}

export async function searchesSince(
  q: Executor,
  scopeId: string,
  accountId: string,
  since: Date,
): Promise<number> {
  const [row] = await q.query<{ count: number }>(
    sql`select count(*)::int as count from access.gate_search s
        where s.scope_id = ${scopeId} and s.account_id = ${accountId} and s.at > ${since}`,
  );
  return row?.count ?? 0;
}

export interface FoundPass {
  readonly id: string;
  readonly ref: string;
  readonly kind: PassKind;
  readonly nameMasked: string | null;
  readonly place: string | null;
}

/** Only what opens this gate now or once did and is stopped: a guard finds whoever could stand there. */
export function passesAtGate(
  q: Executor,
  scopeId: string,
  gateId: string,
  by: { readonly last4Index: Buffer } | { readonly homePattern: string },
  now: Date,
  limit: number,
): Promise<FoundPass[]> {
  return q.query(
    sql`select p.pass_id as id, p.ref, p.kind, p.name_masked as "nameMasked", h.label as place
        from access.pass p left join places.household h on h.scope_id = p.scope_id and h.household_id = p.household_id
        where p.scope_id = ${scopeId} and (p.valid_to is null or p.valid_to > ${now}) and p.status <> 'revoked'
          and (p.gate_ids is null or ${gateId}::uuid = any (p.gate_ids))
          and ${'last4Index' in by ? sql`p.phone_last4_index = ${by.last4Index}` : sql`h.label ~ ${by.homePattern}`}
        order by h.label, p.kind, p.pass_id limit ${limit}`,
  );
}

export interface NoteRow {
  readonly id: string;
  readonly textCipher: Buffer;
  readonly byName: string;
  readonly at: Date;
}

export function lastNotes(q: Executor, scopeId: string, gateId: string, limit: number): Promise<NoteRow[]> {
  return q.query(
    sql`select n.note_id as id, n.text_cipher as "textCipher", n.by_name as "byName", n.at
        from access.gate_note n where n.scope_id = ${scopeId} and n.gate_id = ${gateId}
        order by n.note_id desc limit ${limit}`,
  );
}
