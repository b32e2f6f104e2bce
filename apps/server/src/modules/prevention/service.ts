import { DAY, localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, findStaffByAccount, type Wall } from '../places/index.ts';
import { type By, type Moved, storeProject, tell } from './changes.ts';
import { type Action, decide, type Project, type State } from './domain.ts';
import { rulesOf } from './facts.ts';
import { lockProject, stepsOf } from './queries.ts';
import type { ProjectCommandBody } from './schemas.ts';
import type { ProjectRow, StepRow } from './tables.ts';

/** What people do with a project; the nightly look is service-look. */

const MOST_AHEAD = 730 * DAY;

interface Doing {
  readonly wall: Wall;
  readonly before: ProjectRow;
  readonly steps: readonly StepRow[];
  readonly by: By;
  readonly now: Date;
}

function mayDo(project: Project, action: Action, stepNo: number | null): State {
  const decided = decide(project, action, stepNo);
  if ('to' in decided) return decided.to;
  throw new Problem(`prevention.${decided.refusal}`, { state: project.state });
}

function today(wall: Wall, now: Date): string {
  return localDate(now.getTime(), wall.timeZone);
}

async function addStep(
  tx: Tx,
  { wall, before, steps, now }: Doing,
  body: Extract<ProjectCommandBody, { action: 'add_step' }>,
): Promise<Record<string, unknown>> {
  const day = today(wall, now);
  const latest = localDate(now.getTime() + MOST_AHEAD, wall.timeZone);
  const isDay =
    !Number.isNaN(Date.parse(body.dueOn)) && new Date(body.dueOn).toISOString().startsWith(body.dueOn);
  if (!isDay || body.dueOn < day || body.dueOn > latest)
    throw new Problem('prevention.due_wrong', {}, [
      { path: '/dueOn', code: 'range', params: { least: day, most: latest } },
    ]);
  const departments = wall.departmentId === null ? [] : [wall.departmentId];
  const owner = await findStaffByAccount(tx, departments, body.ownerAccountId, day);
  if (owner === null)
    throw new Problem('prevention.owner_unknown', {}, [
      { path: '/ownerAccountId', code: 'unknown', params: {} },
    ]);
  const no = Math.max(0, ...steps.map((step) => step.no)) + 1;
  tx.write(
    sql`insert into prevention.step (scope_id, project_id, step_no, city_id, street_id, company_id, what, owner_account_id, owner_name, due_on, state)
        values (${before.scopeId}, ${before.id}, ${no}, ${before.cityId}, ${before.streetId}, ${before.companyId}, ${body.what.trim()},
          ${owner.accountId}, ${owner.displayName}, ${body.dueOn}::date, 'open')`,
  );
  return { stepNo: no, what: body.what.trim(), ownerName: owner.displayName, dueOn: body.dueOn };
}

function endStep(
  tx: Tx,
  { before, steps, now }: Doing,
  stepNo: number,
  state: 'done' | 'dropped',
  note: string | null,
): Record<string, unknown> {
  tx.write(
    sql`update prevention.step set state = ${state}, note = ${note}, ended_at = ${now}
        where scope_id = ${before.scopeId} and project_id = ${before.id} and step_no = ${stepNo}`,
  );
  return { stepNo, what: steps.find((step) => step.no === stepNo)?.what ?? '', note };
}

const asked = (words: string | undefined): string | null => words?.trim() || null;

/** What the command changes of the project itself, and what its line in the story says. */
async function carryOut(
  house: House,
  tx: Tx,
  doing: Doing,
  body: ProjectCommandBody,
): Promise<{ moved: Partial<Moved>; params: Record<string, unknown> }> {
  const { wall, before, by, now } = doing;
  switch (body.action) {
    case 'accept': {
      const cause = asked(body.cause) ?? before.cause;
      return {
        moved: { by, decidedAt: now, acceptedAt: now, declineReason: null, cause },
        params: { cause },
      };
    }
    case 'decline':
      return {
        moved: { by, decidedAt: now, declineReason: body.reason.trim() },
        params: { reason: body.reason.trim() },
      };
    case 'add_step':
      return { moved: {}, params: await addStep(tx, doing, body) };
    case 'finish_step':
      return { moved: {}, params: endStep(tx, doing, body.stepNo, 'done', asked(body.note)) };
    case 'drop_step':
      return { moved: {}, params: endStep(tx, doing, body.stepNo, 'dropped', body.reason.trim()) };
    case 'finish': {
      const { watchDays } = await rulesOf(house, tx, wall, now);
      const workDone = body.workDone.trim();
      return {
        moved: {
          doneAt: now,
          workDone,
          cause: asked(body.cause) ?? before.cause,
          watchUntil: new Date(now.getTime() + watchDays * DAY),
          closedAt: null,
          effect: null,
        },
        params: { workDone, watchDays },
      };
    }
    case 'take_up_again':
      return {
        moved: { doneAt: null, workDone: null, watchUntil: null, closedAt: null, effect: null },
        params: { reason: body.reason.trim() },
      };
  }
}

export async function commandProject(
  house: House,
  acting: Acting,
  tx: Tx,
  target: { readonly scopeId: string; readonly id: string },
  body: ProjectCommandBody,
  now: Date,
): Promise<void> {
  const wall = await accessScope(tx, acting, target.scopeId);
  const before = await lockProject(tx, target.scopeId, target.id);
  if (before === null) throw new Problem('not_found');
  if (before.version !== body.expectedVersion)
    throw new Problem('prevention.stale', { version: before.version });
  const steps = await stepsOf(tx, target.scopeId, target.id);
  const stepNo = 'stepNo' in body ? body.stepNo : null;
  const state = mayDo({ state: before.state, steps }, body.action, stepNo);
  const by = { accountId: acting.accountId, name: acting.displayName };
  const { moved, params } = await carryOut(house, tx, { wall, before, steps, by, now }, body);
  storeProject(tx, before, { ...moved, state, version: before.version + 1 }, now);
  const payload =
    body.action === 'add_step' ? { stepNo: params['stepNo'], byAccountId: acting.accountId } : {};
  tell(tx, before, body.action, by, params, now, payload);
}
