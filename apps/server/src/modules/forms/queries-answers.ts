import type { Executor } from '../../platform/db/database.ts';
import { empty, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { AnswerRow, TaskRow, Touch } from './tables.ts';

/** What was answered, as far as it counts for one form before its place; opened by nobody who only counts. */

export interface Which {
  /** Of these questions. */
  readonly keys: readonly string[];
  /** Null: of whoever is among the form's subjects. */
  readonly subjectIds: readonly string[] | null;
}
interface Until extends Which {
  /** What other forms were answered later is not looked at. */
  readonly until: Date;
}

const those = ({ keys, subjectIds }: Which) =>
  sql`a.question_key = any (${keys}::text[]) ${subjectIds === null ? empty : sql`and a.subject_id = any (${subjectIds}::uuid[])`}`;

/**
 * Of each question the newest answer of whichever form that asked it the same way: two offices that publish at the same moment
 * may ask the same words in two ways.
 */
const newestOf = (columns: Statement, { scopeId, formId }: TaskRow, which: Until) =>
  sql`select distinct on (a.subject_id, a.question_key) ${columns}
      from forms.sheet r join forms.answer a on a.scope_id = r.scope_id
      where r.scope_id = ${scopeId} and r.form_id = ${formId} and a.scope_id = ${scopeId} and ${those(which)}
        and a.asked_as = r.question_ways[array_position(r.question_keys, a.question_key)] and a.value_cipher is not null
        and (a.form_id = ${formId} or a.answered_at <= ${which.until})
      order by a.subject_id, a.question_key, a.answered_at desc, a.form_id desc`;

/** What was handed over: its own answers, and those of other forms as they were kept then. */
const keptOf = (columns: Statement, { scopeId, formId }: TaskRow, which: Which) =>
  sql`select ${columns} from forms.answer a
      where a.scope_id = ${scopeId} and a.form_id = ${formId} and ${those(which)} and coalesce(a.taken_cipher, a.value_cipher) is not null`;

const by = raw(
  'a.answered_at as "answeredAt", a.answered_by as "answeredBy", a.answered_by_name as "answeredByName", a.answered_as as "answeredAs"',
);

export function newestAnswers(q: Executor, task: TaskRow, which: Until): Promise<AnswerRow[]> {
  const columns = sql`a.form_id as "formId", a.subject_id as "subjectId", a.question_key as key, a.value_cipher as "valueCipher",
    a.answered_on as "answeredOn", a.valid_until as "validUntil", ${by}`;
  return q.query<AnswerRow>(newestOf(columns, task, which));
}

export function keptAnswers(q: Executor, task: TaskRow, which: Which): Promise<AnswerRow[]> {
  const columns = sql`coalesce(a.taken_from, a.form_id) as "formId", a.subject_id as "subjectId", a.question_key as key,
    coalesce(a.taken_cipher, a.value_cipher) as "valueCipher", coalesce(a.taken_on, a.answered_on) as "answeredOn",
    coalesce(a.taken_until, a.valid_until) as "validUntil", ${by}`;
  return q.query<AnswerRow>(keptOf(columns, task, which));
}

export interface Counted {
  /** Required questions with an answer that counts on that day. */
  readonly answered: number;
  /** Questions, required or not, that another form's answer answers. */
  readonly lent: number;
}

/** As `standingOf` says of each one, without an answer being read. */
export async function countAnswers(
  q: Executor,
  task: TaskRow,
  which: Which & { readonly requiredKeys: readonly string[]; readonly day: string },
  until: Date | null,
): Promise<Counted> {
  const answers =
    until === null
      ? keptOf(
          sql`coalesce(a.taken_from, a.form_id) as form_id, a.question_key, coalesce(a.taken_until, a.valid_until) as valid_until`,
          task,
          which,
        )
      : newestOf(sql`a.form_id, a.question_key, a.valid_until`, task, { ...which, until });
  const [row] = await q.query<Counted>(
    sql`select count(*) filter (where n.question_key = any (${which.requiredKeys}::text[])
            and (n.form_id = ${task.formId} or n.valid_until >= ${which.day}::date))::integer as answered,
          count(*) filter (where n.form_id <> ${task.formId} and n.valid_until >= ${which.day}::date)::integer as lent
        from (${answers}) n`,
  );
  return row ?? { answered: 0, lent: 0 };
}

/** Who took away what this form was answered, and when. */
export async function removalOf(
  q: Executor,
  { scopeId, formId }: TaskRow,
  subjectId: string,
  key: string,
): Promise<Touch | null> {
  const [row] = await q.query<Touch>(
    sql`select ${by} from forms.answer a where a.scope_id = ${scopeId} and a.form_id = ${formId} and a.subject_id = ${subjectId}
          and a.question_key = ${key} and a.value_cipher is null and a.taken_from is null`,
  );
  return row ?? null;
}
