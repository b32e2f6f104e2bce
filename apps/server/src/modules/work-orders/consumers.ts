import { localDate, uuidTime } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { Consumer, DispatchedEvent } from '../../platform/events/dispatcher.ts';
import { notify } from '../../platform/notify/notify.ts';
import { accountsByRole, rolesOfAccount } from '../identity/index.ts';
import { memberAccountsOfHousehold, wallOf } from '../places/index.ts';
import { EVENT_KINDS, type Notification } from './domain.ts';
import { followersOf } from './queries-followers.ts';

/** Tells people what the domain said they ought to hear; in the inbox, and by every channel that has an adapter. */
export const tellPeople: Consumer = {
  name: 'work_orders.notify',
  kinds: EVENT_KINDS,
  async handle(events, tx) {
    for (const event of events) {
      const notices = (event.payload['notifications'] ?? []) as Notification[];
      for (const notice of notices) {
        for (const accountId of await recipientsOf(tx, event, notice)) {
          if (accountId === event.payload['byAccountId']) continue;
          notify(tx, {
            scopeId: event.scopeId,
            accountId,
            template: notice.template,
            params: { ...notice.params, number: event.payload['number'] },
            link: await linkOf(tx, notice.to, accountId, event),
            wall: event.wall,
            objectId: event.objectId,
            ...(event.payload['isEmergency'] === true ? { urgency: 'emergency' } : {}),
            at: event.occurredAt,
          });
        }
      }
    }
  },
};

/** On the phone only these have a page for it. */
const phoneRoles: ReadonlySet<string> = new Set(['resident', 'worker', 'guard']);

/** Into the app that this reader uses: who reported something in office reads it at the desk. */
async function linkOf(
  tx: Tx,
  to: Notification['to'],
  accountId: string,
  event: DispatchedEvent,
): Promise<string> {
  const path = `${event.scopeId}/${event.objectId}`;
  const isAtDesk =
    to === 'desk' ||
    to === 'manager' ||
    (to === 'reporter' &&
      event.payload['isStaffReport'] === true &&
      (await rolesOfAccount(tx, accountId)).some((role) => !phoneRoles.has(role)));
  if (isAtDesk) return `/desk/?scope=${event.scopeId}&order=${event.objectId}`;
  return to === 'assignee' ? `/m/work/${path}` : `/m/orders/${path}`;
}

async function recipientsOf(tx: Tx, event: DispatchedEvent, notice: Notification): Promise<string[]> {
  const { householdId, reporterAccountId } = event.wall;
  // Once it is hidden from neighbours, they hear no more of it.
  if (notice.to === 'follower')
    return event.wall.isPublic ? followersOf(tx, event.scopeId, event.objectId) : [];
  if (notice.to === 'assignee') return notice.accountId === null ? [] : [notice.accountId];
  const wall = await wallOf(tx, event.scopeId);
  const today = localDate(event.occurredAt.getTime(), wall?.timeZone ?? 'Asia/Shanghai');
  if (notice.to === 'manager') {
    const isOther = (accountId: string) => accountId !== notice.accountId;
    const managers =
      wall?.departmentId == null ? [] : await accountsByRole(tx, wall.departmentId, ['manager'], today);
    if (managers.some(isOther)) return managers.filter(isOther);
    // The manager is meant, or there is none: then it is headquarters'.
    return wall?.companyId == null
      ? []
      : (await accountsByRole(tx, wall.companyId, ['company'], today)).filter(isOther);
  }
  if (notice.to === 'desk')
    return wall?.departmentId == null
      ? []
      : accountsByRole(tx, wall.departmentId, ['desk', 'manager'], today);
  const order = { id: event.objectId, householdId, reporterAccountId };
  return recipientsOfParty(tx, event.scopeId, order, event.occurredAt);
}

interface Party {
  readonly id: string;
  readonly householdId: string | null;
  readonly reporterAccountId: string | null;
}

/** Who reported it, and who of the household it concerns lives there now and did then. */
export async function recipientsOfParty(tx: Tx, scopeId: string, order: Party, at: Date): Promise<string[]> {
  const { householdId, reporterAccountId } = order;
  const zone = (await wallOf(tx, scopeId))?.timeZone ?? 'Asia/Shanghai';
  const today = localDate(at.getTime(), zone);
  // An order's id is of the moment it was made: who came to live there later is not told of it.
  const begun = localDate(uuidTime(order.id) ?? at.getTime(), zone);
  const household =
    householdId === null ? [] : await memberAccountsOfHousehold(tx, scopeId, householdId, today, begun);
  return [...new Set([...household, ...(reporterAccountId === null ? [] : [reporterAccountId])])];
}
