import { localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { notify } from '../../platform/notify/notify.ts';
import { mayAttempt, roles } from '../../platform/permissions/permissions.ts';
import { findStaffByAccount, wallOf } from '../places/index.ts';
import type { OwnedStep } from './queries-look.ts';

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
