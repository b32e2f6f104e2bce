import type { Tx } from '../../platform/db/database.ts';
import { type Field, recordsLiteral } from '../../platform/db/records.ts';
import { sql } from '../../platform/db/sql.ts';
import type { HeldGate } from './tables.ts';

/** How a batch's passages are written. */

export interface NewPassage {
  readonly gate: HeldGate;
  readonly seq: number;
  readonly id: string;
  readonly deviceId: string | null;
  readonly accountId: string | null;
  readonly happenedAt: number;
  readonly direction: string;
  readonly outcome: string;
  readonly urgent: string | null;
  readonly decidedBy: string;
  readonly latencyUs: number;
  readonly policies: readonly { readonly id: string; readonly version: number }[];
  readonly overrideOf: string | null;
  readonly way: string | null;
  readonly passKind: string | null;
  readonly passId: string | null;
  readonly householdId: string | null;
  /** Hexadecimal, as the chain is made of them. */
  readonly whoSalt: string;
  readonly whoDigest: string;
  readonly digest: string;
  /** Null: there were no reasons. */
  readonly whyDigest: string | null;
  /** Null: they are not kept. */
  readonly sealedWhy: { readonly salt: string; readonly cipher: Buffer } | null;
}

const digestAt = 48;
const whyDigestAt = 80;
const whySaltAt = 112;
const whyAt = 128;

/** The bytes of all of them in one piece, each in its place (see the migration). */
function bytesOf(passages: readonly NewPassage[]): Buffer {
  const size = passages.reduce((sum, { sealedWhy }) => sum + whyAt + (sealedWhy?.cipher.length ?? 0), 0);
  const bytes = Buffer.alloc(size);
  let at = 0;
  for (const { whoSalt, whoDigest, digest, whyDigest, sealedWhy } of passages) {
    bytes.write(whoSalt, at, 'hex');
    bytes.write(whoDigest, at + 16, 'hex');
    bytes.write(digest, at + digestAt, 'hex');
    if (whyDigest !== null) bytes.write(whyDigest, at + whyDigestAt, 'hex');
    if (sealedWhy !== null) {
      bytes.write(sealedWhy.salt, at + whySaltAt, 'hex');
      sealedWhy.cipher.copy(bytes, at + whyAt);
    }
    at += whyAt + (sealedWhy?.cipher.length ?? 0);
  }
  return bytes;
}

function recordsOf(passages: readonly NewPassage[]): string {
  let at = 1;
  return recordsLiteral(
    passages.map((one): readonly Field[] => {
      const { gate, policies, sealedWhy } = one;
      const bytesAt = at;
      at += whyAt + (sealedWhy?.cipher.length ?? 0);
      return [
        gate.scopeId,
        gate.id,
        one.seq,
        one.id,
        gate.cityId,
        gate.streetId,
        gate.companyId,
        one.deviceId,
        one.accountId,
        new Date(one.happenedAt).toISOString(),
        one.direction,
        one.outcome,
        one.urgent,
        one.decidedBy,
        one.latencyUs,
        `{${policies.map(({ id }) => id).join(',')}}`,
        `{${policies.map(({ version }) => version).join(',')}}`,
        one.overrideOf,
        one.way,
        one.passKind,
        one.passId,
        one.householdId,
        bytesAt,
        one.whyDigest === null ? 'f' : 't',
        sealedWhy?.cipher.length ?? null,
      ];
    }),
  );
}

/**
 * Half of what the same rows cost PostgreSQL as JSON: nothing is named in every row, and no byte is written as two
 * characters on one side and read as two on the other.
 */
export function insertPassages(tx: Tx, passages: readonly NewPassage[], now: Date): void {
  tx.write(
    sql`insert into access.passage (scope_id, gate_id, seq, recorded_at, passage_id, city_id, street_id, company_id, device_id, account_id,
          happened_at, direction, outcome, urgent, decided_by, latency_us, policy_ids, policy_versions, override_of, way, pass_kind, pass_id,
          household_id, who_salt, who_digest, why_cipher, why_salt, why_digest, digest)
        select r.scope_id, r.gate_id, r.seq, ${now}::timestamptz, r.passage_id, r.city_id, r.street_id, r.company_id, r.device_id, r.account_id,
          r.happened_at, r.direction, r.outcome, r.urgent, r.decided_by, r.latency_us, r.policy_ids, r.policy_versions, r.override_of, r.way, r.pass_kind,
          r.pass_id, r.household_id, substr(b.bytes, r.bytes_at, 16), substr(b.bytes, r.bytes_at + 16, 32),
          case when r.why_length is not null then substr(b.bytes, r.bytes_at + 128, r.why_length) end,
          case when r.why_length is not null then substr(b.bytes, r.bytes_at + 112, 16) end,
          case when r.has_why then substr(b.bytes, r.bytes_at + 80, 32) else ''::bytea end, substr(b.bytes, r.bytes_at + 48, 32)
        from (select ${bytesOf(passages)}::bytea as bytes) b, unnest(${recordsOf(passages)}::access.new_passage[]) r returning scope_id`,
  );
}
