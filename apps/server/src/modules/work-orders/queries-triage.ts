import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Packed } from './domain.ts';

/** What the triage model learns from, and the models themselves. */

export const ANSWERS = ['category', 'unit'] as const;
export type AnswerKind = (typeof ANSWERS)[number];

/** A city whose model nobody has looked after since `before` (worker role). */
export async function cityToTeach(tx: Tx, before: Date): Promise<{ cityId: string } | null> {
  const [row] = await tx.query<{ cityId: string }>(
    sql`select s.scope_id as "cityId" from places.scope s
        where s.kind = 'city'
          and not exists (select from work_orders.triage_run r where r.scope_id = s.scope_id and r.tried_at > ${before})
        order by s.scope_id limit 1`,
  );
  return row ?? null;
}

export function noteTried(tx: Tx, cityId: string, now: Date): void {
  tx.write(
    sql`insert into work_orders.triage_run (scope_id, tried_at) values (${cityId}, ${now})
        on conflict (scope_id) do update set tried_at = excluded.tried_at`,
  );
}

export interface Decided {
  readonly id: string;
  readonly text: string;
  readonly category: string;
  readonly referredTo: string | null;
}

/** A city where hardly anything passes a desk is not read through to its first day. */
const LOOKED_THROUGH = 4;
/** Whose word people wrote themselves; a sensor's, a patrol's or another program's text was sorted by a rule. */
const TOLD_BY_PEOPLE = ['phone', 'desk', 'staff'];
/** What somebody does who has read what it says and whose it is. */
const DECISIONS = ['triaged', 'category_changed', 'assigned', 'transferred', 'referred'].map(
  (deed) => `work_order.${deed}`,
);
const WHO_SORTS = ['desk', 'steward', 'manager', 'company', 'street'];

/**
 * The newest matters of a city that a desk has looked at: left as they were or corrected, what stands there is the desk's
 * word, whether it sorted a report or wrote it down itself. What a resident chose and a worker took unseen by any desk
 * teaches nothing, nor do confidential matters, nor those that came from a program or other software already sorted.
 */
export function decidedOrders(tx: Tx, cityId: string, most: number): Promise<Decided[]> {
  return tx.query<Decided>(
    sql`select o.id, o.text, o.category, o."referredTo"
        from (
          select o.scope_id, o.work_order_id as id, o.description as text, o.category_code as category, o.referred_to as "referredTo"
          from work_orders.work_order o
          where o.city_id = ${cityId} and o.status not in ('submitted', 'cancelled') and not o.is_confidential
            and o.duplicate_of_id is null and o.part_count = 0 and length(o.description) > 3
            and o.source = any (${TOLD_BY_PEOPLE}::text[])
          order by o.work_order_id desc limit ${LOOKED_THROUGH * most}) o
        where exists (
          select from work_orders.event e
          where e.scope_id = o.scope_id and e.work_order_id = o.id and e.actor_role = any (${WHO_SORTS}::text[])
            and (e.kind = any (${DECISIONS}::text[]) or e.kind = 'work_order.submitted'))
        order by o.id desc limit ${most}`,
  );
}

export async function newestModel(
  q: Executor,
  cityId: string,
  answers: AnswerKind,
): Promise<{ version: number; newestOrderId: string; trainedAt: Date } | null> {
  const [row] = await q.query<{ version: number; newestOrderId: string; trainedAt: Date }>(
    sql`select m.version, m.newest_order_id as "newestOrderId", m.trained_at as "trainedAt" from work_orders.triage_model m
        where m.scope_id = ${cityId} and m.answers = ${answers} order by m.version desc limit 1`,
  );
  return row ?? null;
}

export interface StoredModel {
  readonly model: Omit<Packed, 'bytes'>;
  readonly bytes: Buffer;
}

export async function modelOf(
  q: Executor,
  cityId: string,
  answers: AnswerKind,
  version: number,
): Promise<StoredModel | null> {
  const [row] = await q.query<StoredModel>(
    sql`select m.model, m.bytes from work_orders.triage_model m
        where m.scope_id = ${cityId} and m.answers = ${answers} and m.version = ${version}`,
  );
  return row ?? null;
}

interface NewModel {
  readonly cityId: string;
  readonly answers: AnswerKind;
  readonly version: number;
  readonly newestOrderId: string;
  readonly packed: Omit<Packed, 'bytes'>;
  readonly bytes: Buffer;
}

/** As many versions as are kept to look back at. */
const KEPT = 5;

export function writeModel(tx: Tx, one: NewModel, now: Date): void {
  const { packed } = one;
  tx.write(
    sql`insert into work_orders.triage_model (scope_id, answers, version, taught, newest_order_id, model, bytes, asked, right_first, trained_at)
        values (${one.cityId}, ${one.answers}, ${one.version}, ${packed.taught}, ${one.newestOrderId}, ${JSON.stringify(packed)}::jsonb,
          ${one.bytes}, ${packed.asked}, ${packed.rightFirst}, ${now})
        on conflict (scope_id, answers, version) do nothing`,
  );
  tx.write(
    sql`delete from work_orders.triage_model m
        where m.scope_id = ${one.cityId} and m.answers = ${one.answers} and m.version <= ${one.version - KEPT}`,
  );
}
