import type { Executor } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { notAccusedIn } from './reach.ts';

/**
 * What a company left behind when a compound passed to another: its last line, and its own notes. The order itself is
 * behind another wall by now, so whom a complaint was about stands in the last line.
 */
export interface LeftRow {
  readonly workOrderId: string;
  readonly eventId: string;
  readonly scopeId: string;
  readonly at: Date;
  readonly params: Readonly<Record<string, unknown>>;
}

export function listLeft(
  q: Executor,
  acting: Acting,
  after: string | null,
  limit: number,
): Promise<LeftRow[]> {
  const { actor } = acting;
  return q.query(
    sql`select e.work_order_id as "workOrderId", e.event_id as "eventId", e.scope_id as "scopeId", e.at, e.params
        from work_orders.event e
        where e.kind = 'work_order.left' and ${notAccusedIn(acting, sql`(e.params ->> 'accusedAccountId')::uuid`, sql`e.reporter_account_id`)}
          and ${actor.kind === 'company' ? sql`e.company_id = ${actor.regionId}` : sql`e.scope_id = any (${actor.scopeIds}::uuid[]) and e.company_id = ${actor.regionId}`}
          ${after === null ? empty : sql`and e.event_id < ${after}`}
        order by e.event_id desc limit ${limit}`,
  );
}

export interface NoteRow {
  readonly workOrderId: string;
  readonly at: Date;
  readonly actorName: string | null;
  readonly text: string;
}

/** Of what listLeft gave: no other order is asked for. */
export function notesOfLeft(
  q: Executor,
  scopeIds: readonly string[],
  ids: readonly string[],
): Promise<NoteRow[]> {
  return q.query(
    sql`select e.work_order_id as "workOrderId", e.at, e.actor_name as "actorName", e.params ->> 'text' as text
        from work_orders.event e
        where e.scope_id = any (${scopeIds}::uuid[]) and e.work_order_id = any (${ids}::uuid[])
          and e.is_internal and e.kind = 'work_order.commented'
        order by e.event_id limit 1000`,
  );
}

export interface SealedNoteRow {
  readonly id: string;
  readonly workOrderId: string;
  readonly at: Date;
  readonly actorName: string;
  readonly textCipher: Buffer;
}

/** What the desk had written down for itself about orders that have left. */
export function deskNotesOfLeft(
  q: Executor,
  companyId: string | null,
  scopeIds: readonly string[],
  ids: readonly string[],
): Promise<SealedNoteRow[]> {
  return q.query(
    sql`select n.note_id as id, n.subject_id as "workOrderId", n.at, n.author_name as "actorName", n.text_cipher as "textCipher"
        from work_orders.note n
        where n.scope_id = any (${scopeIds}::uuid[]) and n.subject_id = any (${ids}::uuid[]) and n.company_id = ${companyId}
          and n.removed_at is null
        order by n.note_id limit 1000`,
  );
}
