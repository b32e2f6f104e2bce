import { localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import { notify } from '../../platform/notify/notify.ts';
import { mayAttempt, roles } from '../../platform/permissions/permissions.ts';
import { findStaffByAccount, wallOf } from '../places/index.ts';
import { type OwnedStep, stepToTell } from './queries-look.ts';

/** A cause does not go with a company: open projects pass to whoever serves the compound next, with all that lies beside them. */
export const passProjects: Consumer = {
  name: 'prevention.pass_projects',
  kinds: ['takeover.applied'],
  async handle(events, tx) {
    for (const { scopeId, payload } of events) {
      if (payload['isFirst'] !== true) continue;
      const companyId = payload['toCompanyId'] as string;
      const passed = await tx.query<{ id: string }>(
        sql`update prevention.project set company_id = ${companyId}
            where scope_id = ${scopeId} and state in ('proposed', 'accepted', 'watched') and company_id is distinct from ${companyId}
            returning project_id as id`,
      );
      const ids = passed.map(({ id }) => id);
      if (ids.length === 0) continue;
      tx.write(
        sql`update prevention.step set company_id = ${companyId} where scope_id = ${scopeId} and project_id = any (${ids}::uuid[])`,
      );
      tx.write(
        sql`update prevention.project_order set company_id = ${companyId} where scope_id = ${scopeId} and project_id = any (${ids}::uuid[])`,
      );
    }
  },
};

/** Whose step it is hears of it. The page is for those who may read it; the others have it from whoever gave it to them. */
export async function tellOwner(
  tx: Tx,
  step: OwnedStep,
  template: 'prevention.step_given' | 'prevention.step_due',
  at: Date,
): Promise<void> {
  const { scopeId, projectId, ownerAccountId: accountId } = step;
  const place = await wallOf(tx, scopeId);
  if (place === null) return;
  const today = localDate(at.getTime(), place.timeZone);
  const departments = place.departmentId === null ? [] : [place.departmentId];
  const owner = await findStaffByAccount(tx, departments, accountId, today);
  // Who has left is told nothing of the house any more.
  if (owner === null) return;
  const mayRead = roles.some((role) => role === owner.role && mayAttempt(role, 'prevention.read'));
  notify(tx, {
    scopeId,
    accountId,
    template,
    params: { scopeName: place.name, date: step.dueOn },
    link: mayRead ? `/desk/prevention/${scopeId}/${projectId}` : null,
    wall: { cityId: place.cityId, streetId: place.streetId, companyId: place.companyId },
    objectId: projectId,
    at,
  });
}

export const tellOwners: Consumer = {
  name: 'prevention.notify',
  kinds: ['prevention_project.add_step'],
  startsAt: 'next',
  async handle(events, tx) {
    for (const { scopeId, objectId, payload, occurredAt } of events) {
      const step = await stepToTell(tx, scopeId, objectId, payload['stepNo'] as number);
      if (step !== null && step.ownerAccountId !== payload['byAccountId'])
        await tellOwner(tx, step, 'prevention.step_given', occurredAt);
    }
  },
};
