import { sql } from '../../platform/db/sql.ts';
import type { Visibility } from '../../platform/live/live.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';

/** Which of these calls this reader may see now; who works in the department and does not answer is told nothing. */
export const visibleCalls: Visibility = async (q, acting, objects) => {
  if (!mayAttempt(acting.role, 'telephony.answer')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select c.call_id as id from telephony.call c
        where c.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[])
          and c.call_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};

export const visibleTasks: Visibility = async (q, acting, objects) => {
  if (!mayAttempt(acting.role, 'telephony.answer')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select t.task_id as id from telephony.task t
        where t.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[])
          and t.task_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};

export const visibleLines: Visibility = async (q, acting, objects) => {
  if (!mayAttempt(acting.role, 'telephony.answer')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select l.line_id as id from telephony.line l
        where l.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[])
          and l.line_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};
