import { createHash } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { withinReach } from '../places/index.ts';
import { type Question, questionsOf, type TaskState, type Telling, wayOf } from './domain.ts';
import type { AnswerRow, FormRow, TaskRow, Wording } from './tables.ts';

/** What is written, once decided. */

interface Placed {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
}
export interface By {
  readonly accountId: string;
  readonly displayName: string;
  readonly role: string;
}

/** The way in which a question is asked, shorter than the options of a choice. */
export function askedAs(question: Question): string {
  if (question.type !== 'choice') return wayOf(question);
  const options = wayOf(question).slice('choice '.length);
  return `choice ${createHash('sha256').update(options).digest('hex').slice(0, 16)}`;
}

/** Whoever has a page of it open asks again. */
export function tell(
  tx: Tx,
  { scopeId, cityId, streetId }: Placed,
  kind: string,
  formId: string,
  now: Date,
): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId,
      streetId,
      companyId: null,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind: `form_task.${kind}`,
    version: 1,
    objectId: formId,
    payload: {},
    occurredAt: now,
  });
}

/** False: the same form was saved a moment before. */
export async function insertForm(
  tx: Tx,
  wall: Placed,
  id: string,
  by: By,
  form: Wording,
  revisesId: string | null,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    sql`insert into forms.form (scope_id, form_id, city_id, street_id, state, revision, revises_id, title, authority, document_no, subject, period_from,
          period_to, due_on, columns, author_account_id, author_name, version, updated_at)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, 'draft', ${form.revision}, ${revisesId}, ${form.title}, ${form.authority},
          ${form.documentNo}, ${form.subject}, ${form.periodFrom}::date, ${form.periodTo}::date, ${form.dueOn}::date,
          ${JSON.stringify(form.columns)}::jsonb, ${by.accountId}, ${by.displayName}, 1, ${now})
        on conflict (scope_id, form_id) do nothing returning 1`,
  );
  return rows.length > 0;
}

export function storeDraft(tx: Tx, before: FormRow, by: By, form: Wording, now: Date): void {
  tx.write(
    sql`update forms.form set title = ${form.title}, authority = ${form.authority}, document_no = ${form.documentNo}, subject = ${form.subject},
          period_from = ${form.periodFrom}::date, period_to = ${form.periodTo}::date, due_on = ${form.dueOn}::date,
          columns = ${JSON.stringify(form.columns)}::jsonb, author_account_id = ${by.accountId}, author_name = ${by.displayName},
          version = ${before.version + 1}, updated_at = ${now}
        where scope_id = ${before.scopeId} and form_id = ${before.id}`,
  );
}

export function markPublished(tx: Tx, form: FormRow, now: Date): void {
  tx.write(
    sql`update forms.form set state = 'published', published_at = ${now}, version = ${form.version + 1}, updated_at = ${now}
        where scope_id = ${form.scopeId} and form_id = ${form.id}`,
  );
}

export function markWithdrawn(tx: Tx, form: FormRow, reason: string, now: Date): void {
  tx.write(
    sql`update forms.form set state = 'withdrawn', withdrawn_at = ${now}, withdraw_reason = ${reason}, version = ${form.version + 1}, updated_at = ${now}
        where scope_id = ${form.scopeId} and form_id = ${form.id}`,
  );
}

/** One before every compound, or every community, of the office that asks; how many. */
export async function insertTasks(tx: Tx, form: FormRow, now: Date): Promise<number> {
  const questions = questionsOf(form.columns);
  const region = raw(form.streetId === null ? 'city_id' : 'street_id');
  const rows = await tx.query(
    sql`insert into forms.sheet (scope_id, form_id, city_id, street_id, form_scope_id, title, authority, document_no, revision, subject, period_from,
          period_to, due_on, columns, question_keys, question_ways, state, published_at, next_tell_at, next_telling, version)
        select s.scope_id, ${form.id}, s.city_id, s.street_id, ${form.scopeId}, ${form.title}, ${form.authority}, ${form.documentNo},
          ${form.revision}::integer, ${form.subject}, ${form.periodFrom}::date, ${form.periodTo}::date, ${form.dueOn}::date,
          ${JSON.stringify(form.columns)}::jsonb, ${questions.map(({ key }) => key)}::text[], ${questions.map(askedAs)}::text[], 'open', ${now}::timestamptz, ${now}::timestamptz, 'given', 1
        from places.scope s
        where s.kind = ${form.subject === 'community' ? 'community' : 'compound'} and s.${region} = ${form.scopeId}
        on conflict (scope_id, form_id) do nothing returning 1`,
  );
  return rows.length;
}

/** What was taken stays taken. */
export function withdrawTasks(tx: Tx, { actor }: Pick<Acting, 'actor'>, form: FormRow): void {
  tx.write(
    sql`update forms.sheet r set state = 'withdrawn', next_tell_at = null, next_telling = null, version = r.version + 1
        where ${withinReach(actor, 'r')} and r.form_id = ${form.id} and r.form_scope_id = ${form.scopeId}
          and r.state in ('open', 'submitted', 'returned')`,
  );
}

export function storeSubmitted(tx: Tx, task: TaskRow, by: By, state: TaskState, now: Date): void {
  tx.write(
    sql`update forms.sheet set state = ${state}, submitted_at = ${now}, submitted_by = ${by.accountId}, submitted_by_name = ${by.displayName},
          next_tell_at = null, next_telling = null, version = ${task.version + 1}
        where scope_id = ${task.scopeId} and form_id = ${task.formId}`,
  );
}

export function storeDecided(
  tx: Tx,
  task: TaskRow,
  by: By,
  after: { readonly state: TaskState; readonly reason: string | null },
  now: Date,
): void {
  const isReturned = after.state === 'returned';
  tx.write(
    sql`update forms.sheet set state = ${after.state}, decided_at = ${now}, decided_by_name = ${by.displayName}, return_reason = ${after.reason},
          next_tell_at = ${isReturned ? now : null}, next_telling = ${isReturned ? 'returned' : null}, version = ${task.version + 1}
        where scope_id = ${task.scopeId} and form_id = ${task.formId}`,
  );
}

export interface Entry {
  readonly subjectId: string;
  readonly question: Question;
  /** Null takes it away. */
  readonly valueCipher: Buffer | null;
  readonly validUntil: string;
  readonly isCorrection: boolean;
}

export function storeAnswer(tx: Tx, task: TaskRow, by: By, entry: Entry, today: string, now: Date): void {
  tx.write(
    sql`insert into forms.answer (scope_id, form_id, subject_id, question_key, city_id, street_id, subject, value_cipher, answered_on, answered_at,
          valid_until, is_correction, answered_by, answered_by_name, answered_as, asked_as)
        values (${task.scopeId}, ${task.formId}, ${entry.subjectId}, ${entry.question.key}, ${task.cityId}, ${task.streetId}, ${task.subject},
          ${entry.valueCipher}, ${today}::date, ${now}, ${entry.validUntil}::date, ${entry.isCorrection}, ${by.accountId},
          ${by.displayName}, ${by.role}, ${askedAs(entry.question)})
        on conflict (scope_id, form_id, subject_id, question_key) do update set value_cipher = excluded.value_cipher,
          answered_on = excluded.answered_on, answered_at = excluded.answered_at, valid_until = excluded.valid_until,
          is_correction = answer.is_correction or excluded.is_correction, answered_by = excluded.answered_by,
          answered_by_name = excluded.answered_by_name, answered_as = excluded.answered_as, taken_from = null, taken_cipher = null, taken_on = null, taken_until = null`,
  );
}

/** What other forms lent, kept as it is when it is handed over, in place of what was kept when it was handed over before. */
export function storeTaken(tx: Tx, task: TaskRow, by: By, taken: readonly AnswerRow[]): void {
  tx.write(
    sql`update forms.answer set taken_from = null, taken_cipher = null, taken_on = null, taken_until = null, answered_by = ${by.accountId}
        where scope_id = ${task.scopeId} and form_id = ${task.formId} and taken_from is not null`,
  );
  if (taken.length === 0) return;
  const ways = new Map(questionsOf(task.columns).map((question) => [question.key, askedAs(question)]));
  tx.write(
    sql`insert into forms.answer (scope_id, form_id, subject_id, question_key, city_id, street_id, subject, answered_on, answered_at, valid_until,
          is_correction, answered_by, asked_as, taken_from, taken_cipher, taken_on, taken_until)
        select ${task.scopeId}, ${task.formId}, t.subject_id, t.key, ${task.cityId}::uuid, ${task.streetId}::uuid, ${task.subject}, t.answered_on,
          t.answered_at, t.valid_until, false, ${by.accountId}::uuid, t.way, t.form_id, t.cipher, t.answered_on, t.valid_until
        from unnest(${taken.map(({ formId }) => formId)}::uuid[], ${taken.map(({ subjectId }) => subjectId)}::uuid[],
          ${taken.map(({ key }) => key)}::text[], ${taken.map(({ valueCipher }) => valueCipher)}::bytea[],
          ${taken.map(({ answeredOn }) => answeredOn)}::date[], ${taken.map(({ answeredAt }) => answeredAt)}::timestamptz[],
          ${taken.map(({ validUntil }) => validUntil)}::date[], ${taken.map(({ key }) => ways.get(key))}::text[])
            as t (form_id, subject_id, key, cipher, answered_on, answered_at, valid_until, way)
        on conflict (scope_id, form_id, subject_id, question_key) do update set taken_from = excluded.taken_from,
          taken_cipher = excluded.taken_cipher, taken_on = excluded.taken_on, taken_until = excluded.taken_until,
          answered_by = excluded.answered_by`,
  );
}

export function addEffort(tx: Tx, task: TaskRow, day: string, seconds: number): void {
  tx.write(
    sql`insert into forms.effort (scope_id, form_id, on_day, city_id, street_id, seconds)
        values (${task.scopeId}, ${task.formId}, ${day}::date, ${task.cityId}, ${task.streetId}, ${seconds})
        on conflict (scope_id, form_id, on_day) do update set seconds = least(effort.seconds + excluded.seconds, 28800)`,
  );
}

/** By the worker: told, and what comes next. */
export function moveTelling(
  tx: Tx,
  { scopeId, formId }: { readonly scopeId: string; readonly formId: string },
  next: { readonly telling: Telling; readonly at: Date } | null,
): void {
  tx.write(
    sql`update forms.sheet set next_tell_at = ${next?.at ?? null}, next_telling = ${next?.telling ?? null}
        where scope_id = ${scopeId} and form_id = ${formId}`,
  );
}
