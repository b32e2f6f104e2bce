import type { Executor, Tx } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';

/** What a note's text is sealed for. */
export const NOTE_TABLE = 'work_orders.note';

export interface NoteRow {
  readonly id: string;
  readonly subject: 'order' | 'household';
  readonly subjectId: string;
  readonly textCipher: Buffer;
  readonly isPinned: boolean;
  readonly authorAccountId: string;
  readonly authorName: string;
  readonly at: Date;
}

/** Pinned ones first, then the newest. */
export function notesOf(q: Executor, scopeId: string, subjectIds: readonly string[]): Promise<NoteRow[]> {
  return q.query<NoteRow>(
    sql`select n.note_id as id, n.subject, n.subject_id as "subjectId", n.text_cipher as "textCipher", n.is_pinned as "isPinned",
        n.author_account_id as "authorAccountId", n.author_name as "authorName", n.at
      from work_orders.note n where n.scope_id = ${scopeId} and n.subject_id = any (${subjectIds}::uuid[]) and n.removed_at is null
      order by n.is_pinned desc, n.note_id desc limit 100`,
  );
}

export async function lockNote(tx: Tx, scopeId: string, id: string): Promise<NoteRow | null> {
  const [row] = await tx.query<NoteRow>(
    sql`select n.note_id as id, n.subject, n.subject_id as "subjectId", n.text_cipher as "textCipher", n.is_pinned as "isPinned",
        n.author_account_id as "authorAccountId", n.author_name as "authorName", n.at
      from work_orders.note n where n.scope_id = ${scopeId} and n.note_id = ${id} and n.removed_at is null for no key update`,
  );
  return row ?? null;
}

export interface NoteWall {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

export function insertNote(tx: Tx, wall: NoteWall, note: NoteRow): void {
  tx.write(
    sql`insert into work_orders.note (scope_id, note_id, city_id, street_id, company_id, subject, subject_id, text_cipher, is_pinned, author_account_id, author_name, at)
      values (${wall.scopeId}, ${note.id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${note.subject}, ${note.subjectId}, ${note.textCipher},
        ${note.isPinned}, ${note.authorAccountId}, ${note.authorName}, ${note.at})`,
  );
}

export function pinNote(tx: Tx, scopeId: string, id: string, isPinned: boolean): void {
  tx.write(
    sql`update work_orders.note set is_pinned = ${isPinned} where scope_id = ${scopeId} and note_id = ${id}`,
  );
}

export function removeNote(tx: Tx, scopeId: string, id: string, byName: string, now: Date): void {
  tx.write(
    sql`update work_orders.note set removed_at = ${now}, removed_by_name = ${byName} where scope_id = ${scopeId} and note_id = ${id}`,
  );
}
