import type { Executor, Tx } from '../../platform/db/database.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import { empty, join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type ScopeRef, withinReach, withinScope } from '../places/index.ts';
import type { Asked, TaskState } from './domain.ts';
import type { FormRow, TaskRow, TellingRow } from './tables.ts';

/** What the pages ask. `f` is a form, `r` the form before a place, `a` an answer. */

const wording = (t: 'f' | 'r') =>
  raw(`${t}.title, ${t}.authority, ${t}.document_no as "documentNo", ${t}.revision, ${t}.subject, ${t}.period_from as "periodFrom",
  ${t}.period_to as "periodTo", ${t}.due_on as "dueOn", ${t}.columns, ${t}.city_id as "cityId", ${t}.street_id as "streetId", ${t}.version,
  ${t}.scope_id as "scopeId", ${t}.form_id as ${t === 'f' ? 'id' : '"formId"'}, ${t}.state, ${t}.published_at as "publishedAt"`);
const formColumns =
  raw(`f.revises_id as "revisesId", f.author_account_id as "authorAccountId", f.author_name as "authorName", f.withdrawn_at as "withdrawnAt", f.withdraw_reason as "withdrawReason",
  f.updated_at as "updatedAt"`);
const taskColumns =
  raw(`s.name as "scopeName", r.form_scope_id as "formScopeId", r.submitted_at as "submittedAt", r.submitted_by as "submittedBy",
  r.submitted_by_name as "submittedByName", r.decided_at as "decidedAt", r.decided_by_name as "decidedByName", r.return_reason as "returnReason"`);
const task = sql`select ${wording('r')}, ${taskColumns} from forms.sheet r join places.scope s on s.scope_id = r.scope_id`;

/** The forms of the office one works in, the newest first. */
export function listForms(
  q: Executor,
  acting: Acting,
  after: string | null,
  limit: number,
): Promise<FormRow[]> {
  return q.query<FormRow>(
    sql`select ${wording('f')}, ${formColumns} from forms.form f where f.scope_id = ${acting.homeScopeId}
        ${after === null ? empty : sql`and f.form_id < ${after}::uuid`} order by f.form_id desc limit ${limit}`,
  );
}

export async function findForm(q: Executor, acting: Acting, id: string): Promise<FormRow | null> {
  const [row] = await q.query<FormRow>(
    sql`select ${wording('f')}, ${formColumns} from forms.form f where f.scope_id = ${acting.homeScopeId} and f.form_id = ${id}`,
  );
  return row ?? null;
}

export async function lockForm(tx: Tx, acting: Acting, id: string): Promise<FormRow | null> {
  const [row] = await tx.query<FormRow>(
    sql`select ${wording('f')}, ${formColumns} from forms.form f where f.scope_id = ${acting.homeScopeId} and f.form_id = ${id} for no key update`,
  );
  return row ?? null;
}

/** Whether another office has laid a form of that id before a place within reach: ids are drawn by who authors. */
export async function isOthersForm(q: Executor, acting: Acting, id: string): Promise<boolean> {
  const rows = await q.query(
    sql`select from forms.sheet r
        where r.form_id = ${id} and r.form_scope_id <> ${acting.homeScopeId} and ${withinReach(acting.actor, 'r')} limit 1`,
  );
  return rows.length > 0;
}

/** Questions of what was published within reach, each as it was asked last. */
export function askedQuestions(q: Executor, acting: Acting): Promise<(Asked & { label: string })[]> {
  return q.query(
    sql`select distinct on (c.key) c.key, c.label, c.type, c.options from (
          select distinct on (r.form_id) r.form_id, r.columns from forms.sheet r where ${withinReach(acting.actor, 'r')} order by r.form_id) r
          cross join lateral jsonb_to_recordset(r.columns) as c (kind text, key text, label text, type text, options jsonb)
        where c.kind = 'question' order by c.key, r.form_id desc`,
  );
}

export interface TaskFilter {
  readonly scope: ScopeRef | null;
  readonly state: TaskState | null;
  readonly formId: string | null;
  /** The office that asks: another one may have a form of the same id before places that no reach shares. */
  readonly officeId: string | null;
}

export function listTasks(
  q: Executor,
  acting: Acting,
  filter: TaskFilter,
  after: { readonly formId: string; readonly scopeId: string } | null,
  limit: number,
): Promise<TaskRow[]> {
  const where: Statement[] = [withinReach(acting.actor, 'r')];
  if (filter.scope !== null) where.push(withinScope(filter.scope, 'r'));
  if (filter.state !== null) where.push(sql`r.state = ${filter.state}`);
  if (filter.formId !== null) where.push(sql`r.form_id = ${filter.formId}`);
  if (filter.officeId !== null) where.push(sql`r.form_scope_id = ${filter.officeId}`);
  if (after !== null)
    where.push(sql`(r.form_id, r.scope_id) < (${after.formId}::uuid, ${after.scopeId}::uuid)`);
  return q.query<TaskRow>(
    sql`${task} where ${join(where, ' and ')} order by r.form_id desc, r.scope_id desc limit ${limit}`,
  );
}

export async function findTask(q: Executor, scopeId: string, formId: string): Promise<TaskRow | null> {
  const [row] = await q.query<TaskRow>(sql`${task} where r.scope_id = ${scopeId} and r.form_id = ${formId}`);
  return row ?? null;
}

export async function lockTask(tx: Tx, scopeId: string, formId: string): Promise<TaskRow | null> {
  const [row] = await tx.query<TaskRow>(
    sql`${task} where r.scope_id = ${scopeId} and r.form_id = ${formId} for no key update of r`,
  );
  return row ?? null;
}

export async function effortOn(tx: Tx, scopeId: string, formId: string, day: string): Promise<number> {
  const [row] = await tx.query<{ seconds: number }>(
    sql`select e.seconds from forms.effort e where e.scope_id = ${scopeId} and e.form_id = ${formId} and e.on_day = ${day}::date for no key update`,
  );
  return row?.seconds ?? 0;
}

/** Whoever waits to hear of a task; over all scopes: the worker's. */
export function claimTellings(tx: Tx, now: Date, limit: number): Promise<TellingRow[]> {
  return claimByScope<TellingRow>(tx, {
    columns: sql`r.scope_id as "scopeId", r.form_id as "formId", r.city_id as "cityId", r.street_id as "streetId", r.due_on as "dueOn",
      r.next_telling as telling, r.submitted_by as "submittedBy"`,
    from: sql`forms.sheet r`,
    scope: sql`r.scope_id`,
    id: sql`r.form_id`,
    due: sql`r.next_tell_at <= ${now} and r.state in ('open', 'returned')`,
    order: sql`r.next_tell_at, r.form_id, r.scope_id`,
    limit,
  });
}

export async function visibleTasks(
  q: Executor,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await q.query<{ id: string }>(
    sql`select r.form_id as id from forms.sheet r
        where r.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and r.form_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
}
