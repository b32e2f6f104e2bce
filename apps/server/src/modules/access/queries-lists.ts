import type { ListKind } from '@gongzhi/gate';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import type { AppealState, SubjectKind } from './domain/lists.ts';

/** Lists of who is refused, watched or isolated; read by who runs the place and its overseers only. */

export const entryFields = {
  name: 'access.list_entry.name',
  reason: 'access.list_entry.reason',
  appeal: 'access.list_entry.appeal',
  answer: 'access.list_entry.answer',
} as const;

export interface EntryRow {
  readonly id: string;
  readonly scopeId: string;
  readonly kind: ListKind;
  readonly subjectKind: SubjectKind;
  readonly subjectName: string;
  readonly reasonCipher: Buffer;
  readonly authority: string;
  readonly documentNo: string | null;
  readonly authorAccountId: string;
  readonly authorName: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly liftedAt: Date | null;
  readonly liftReason: string | null;
  readonly appealState: AppealState;
  readonly appealCipher: Buffer | null;
  readonly appealedAt: Date | null;
  readonly answerCipher: Buffer | null;
  readonly answeredAt: Date | null;
  readonly answeredByName: string | null;
  readonly version: number;
}

const columns = sql`e.entry_id as id, e.scope_id as "scopeId", e.kind, e.subject_kind as "subjectKind", coalesce(e.name_masked, '') as "subjectName",
  e.reason_cipher as "reasonCipher", e.authority, e.document_no as "documentNo", e.author_account_id as "authorAccountId", e.author_name as "authorName",
  e.starts_at as "startsAt", e.ends_at as "endsAt", e.lifted_at as "liftedAt", e.lift_reason as "liftReason", e.appeal_state as "appealState",
  e.appeal_cipher as "appealCipher", e.appealed_at as "appealedAt", e.answer_cipher as "answerCipher", e.answered_at as "answeredAt",
  e.answered_by_name as "answeredByName", e.version`;

export function listEntries(
  q: Executor,
  filter: { readonly scopeId: string; readonly kind: ListKind | null; readonly livesAt: Date | null },
  before: string | null,
  limit: number,
): Promise<EntryRow[]> {
  const { scopeId, kind, livesAt } = filter;
  return q.query(
    sql`select ${columns} from access.list_entry e
        where e.scope_id = ${scopeId}
          ${kind === null ? empty : sql`and e.kind = ${kind}`}
          ${livesAt === null ? empty : sql`and e.lifted_at is null and e.ends_at > ${livesAt}`}
          ${before === null ? empty : sql`and e.entry_id < ${before}`}
        order by e.entry_id desc limit ${limit}`,
  );
}

export async function lockEntry(tx: Tx, scopeId: string, id: string): Promise<EntryRow | null> {
  const [row] = await tx.query<EntryRow>(
    sql`select ${columns} from access.list_entry e where e.scope_id = ${scopeId} and e.entry_id = ${id} for no key update`,
  );
  return row ?? null;
}

export interface NewEntry {
  readonly wall: {
    readonly scopeId: string;
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
  };
  readonly id: string;
  readonly kind: ListKind;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string | null;
  readonly plateIndex: Buffer | null;
  readonly subjectName: string;
  readonly reasonCipher: Buffer;
  readonly authority: string;
  readonly documentNo: string | null;
  readonly policyId: string | null;
  readonly author: { readonly accountId: string; readonly name: string };
  readonly endsAt: Date;
}

export function insertEntry(tx: Tx, e: NewEntry, now: Date): void {
  const { scopeId, cityId, streetId, companyId } = e.wall;
  tx.write(
    sql`insert into access.list_entry (scope_id, entry_id, city_id, street_id, company_id, kind, subject_kind, subject_id, plate_index, name_masked,
          reason_cipher, authority, document_no, policy_id, author_account_id, author_name, starts_at, ends_at, appeal_state, version, created_at)
        values (${scopeId}, ${e.id}, ${cityId}, ${streetId}, ${companyId}, ${e.kind}, ${e.subjectKind}, ${e.subjectId}, ${e.plateIndex}, ${e.subjectName},
          ${e.reasonCipher}, ${e.authority}, ${e.documentNo}, ${e.policyId}, ${e.author.accountId}, ${e.author.name}, ${now}, ${e.endsAt}, 'none', 1, ${now})`,
  );
}

export function storeLift(tx: Tx, entry: EntryRow, reason: string, now: Date): void {
  tx.write(
    sql`update access.list_entry set lifted_at = ${now}, lift_reason = ${reason}, version = version + 1
        where scope_id = ${entry.scopeId} and entry_id = ${entry.id}`,
  );
}

export function storeAppeal(tx: Tx, entry: EntryRow, cipher: Buffer, now: Date): void {
  tx.write(
    sql`update access.list_entry set appeal_state = 'open', appeal_cipher = ${cipher}, appealed_at = ${now}, version = version + 1
        where scope_id = ${entry.scopeId} and entry_id = ${entry.id}`,
  );
}

export function storeAnswer(
  tx: Tx,
  entry: EntryRow,
  answer: { readonly isUpheld: boolean; readonly cipher: Buffer; readonly byName: string },
  now: Date,
): void {
  const lifted = answer.isUpheld ? now : null;
  tx.write(
    sql`update access.list_entry set appeal_state = ${answer.isUpheld ? 'upheld' : 'rejected'}, answer_cipher = ${answer.cipher}, answered_at = ${now},
          answered_by_name = ${answer.byName}, lifted_at = coalesce(lifted_at, ${lifted}::timestamptz), version = version + 1
        where scope_id = ${entry.scopeId} and entry_id = ${entry.id}`,
  );
}
