import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { withinReach } from '../places/index.ts';
import type { Column, TaskState } from './domain.ts';

/** What forms cost, form by form and street by street; sums, and nobody's name. */

export interface TaskSums {
  readonly formId: string;
  readonly streetId: string | null;
  readonly streetName: string | null;
  readonly title: string;
  readonly revision: number;
  readonly dueOn: string;
  readonly columns: readonly Column[];
  readonly tasks: number;
  readonly states: Readonly<Record<TaskState, number>>;
}

const stateCount = (state: TaskState) => sql`count(*) filter (where r.state = ${state})::integer`;

/** Of the newest forms that were published within reach: no more forms than `forms`, and no more rows than `rows`. */
export function taskSums(
  q: Executor,
  acting: Acting,
  most: { readonly forms: number; readonly rows: number },
): Promise<TaskSums[]> {
  return q.query(
    sql`with newest as materialized (
          select distinct r.form_id from forms.sheet r where ${withinReach(acting.actor, 'r')} order by r.form_id desc limit ${most.forms})
        select r.form_id as "formId", r.street_id as "streetId", street.name as "streetName", min(r.title) as title, min(r.revision) as revision,
          min(r.due_on) as "dueOn", (array_agg(r.columns))[1] as columns, count(*)::integer as tasks,
          jsonb_build_object('open', ${stateCount('open')}, 'submitted', ${stateCount('submitted')}, 'returned', ${stateCount('returned')},
            'accepted', ${stateCount('accepted')}, 'withdrawn', ${stateCount('withdrawn')}) as states
        from forms.sheet r left join places.scope street on street.scope_id = r.street_id
        where r.form_id in (select n.form_id from newest n) and ${withinReach(acting.actor, 'r')}
        group by r.form_id, r.street_id, street.name order by r.form_id desc, street.name, r.street_id limit ${most.rows}`,
  );
}

export interface AnswerSums {
  readonly formId: string;
  readonly streetId: string | null;
  /** Answers somebody gave in this form. */
  readonly typed: number;
  /** Of those, said against one that still held. */
  readonly corrected: number;
  /** Given without being a correction, though another form's answer still held: none, by construction. */
  readonly reasked: number;
}

export function answerSums(q: Executor, acting: Acting, formIds: readonly string[]): Promise<AnswerSums[]> {
  return q.query(
    sql`select a.form_id as "formId", a.street_id as "streetId", count(*)::integer as typed,
          count(*) filter (where a.is_correction)::integer as corrected,
          count(*) filter (where not a.is_correction and exists (
            select from forms.answer b where b.scope_id = a.scope_id and b.subject_id = a.subject_id and b.question_key = a.question_key
              and b.asked_as = a.asked_as and b.form_id <> a.form_id and b.value_cipher is not null and b.answered_at < a.answered_at and b.valid_until >= a.answered_on))::integer as reasked
        from forms.answer a
        where a.form_id = any (${formIds}::uuid[]) and a.value_cipher is not null and ${withinReach(acting.actor, 'a')}
        group by a.form_id, a.street_id`,
  );
}

export interface ReuseSums {
  readonly formId: string;
  readonly streetId: string | null;
  /** Questions of this form that nobody was asked, because another form had the answer. */
  readonly reused: number;
}

export function reuseSums(
  q: Executor,
  acting: Acting,
  formIds: readonly string[],
  now: Date,
): Promise<ReuseSums[]> {
  return q.query(
    sql`select u.form_id as "formId", u.street_id as "streetId", count(*)::integer as reused from (
          select n.form_id, n.street_id from (
            select distinct on (r.scope_id, r.form_id, a.subject_id, a.question_key) r.form_id, r.street_id,
              a.valid_until >= (${now}::timestamptz at time zone s.time_zone)::date as holds
            from forms.sheet r
              join places.scope s on s.scope_id = r.scope_id
              join forms.answer a on a.scope_id = r.scope_id and a.form_id <> r.form_id and a.question_key = any (r.question_keys)
                and a.asked_as = r.question_ways[array_position(r.question_keys, a.question_key)]
                and a.value_cipher is not null and a.answered_at <= ${now}
            where r.form_id = any (${formIds}::uuid[]) and ${withinReach(acting.actor, 'r')}
              and (r.state in ('open', 'returned') or r.submitted_at is null)
              and not exists (select from forms.answer o where o.scope_id = r.scope_id and o.form_id = r.form_id and o.subject_id = a.subject_id
                and o.question_key = a.question_key and o.value_cipher is not null)
            order by r.scope_id, r.form_id, a.subject_id, a.question_key, a.answered_at desc, a.form_id desc) n
          where n.holds
          union all
          select r.form_id, r.street_id
          from forms.sheet r
            join forms.answer a on a.scope_id = r.scope_id and a.form_id = r.form_id and a.taken_from is not null and a.value_cipher is null
          where r.form_id = any (${formIds}::uuid[]) and ${withinReach(acting.actor, 'r')}
            and r.state not in ('open', 'returned') and r.submitted_at is not null) u
        group by u.form_id, u.street_id`,
  );
}

export interface EffortSums {
  readonly formId: string;
  readonly streetId: string | null;
  /** The Monday it begins with. */
  readonly week: string;
  readonly seconds: number;
}

export function effortSums(
  q: Executor,
  acting: Acting,
  formIds: readonly string[],
  since: string,
): Promise<EffortSums[]> {
  return q.query(
    sql`select f.form_id as "formId", f.street_id as "streetId", date_trunc('week', f.on_day)::date as week, sum(f.seconds)::integer as seconds
        from forms.effort f
        where f.form_id = any (${formIds}::uuid[]) and f.on_day >= ${since}::date and ${withinReach(acting.actor, 'f')}
        group by f.form_id, f.street_id, 3 order by 3`,
  );
}
