import { type LocalDate, localDate, uuidTime } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { Consumer, DispatchedEvent } from '../../platform/events/dispatcher.ts';
import { notify } from '../../platform/notify/notify.ts';
import { accountsByRole, delegatesOf, rolesOfAccount } from '../identity/index.ts';
import { departmentThatServed, memberAccountsOfHousehold, wallOf, whoBelongs } from '../places/index.ts';
import { EVENT_KINDS, type Notification } from './domain.ts';
import { followersOf } from './queries-followers.ts';

/** Tells people what the domain said they ought to hear; in the inbox, and by every channel that has an adapter. */
export const tellPeople: Consumer = {
  name: 'work_orders.notify',
  kinds: [...EVENT_KINDS, 'handover.offered', 'handover.answered'],
  async handle(events, tx) {
    for (const event of events) {
      // One message a person and thing, in the capacity that concerns them most: a neighbour who follows what their
      // own household reported is told once.
      const told = new Set<string>();
      for (const notice of noticesOf(event)) {
        for (const { accountId, consentId } of await recipientsOf(tx, event, notice)) {
          const what = `${notice.template} ${accountId}`;
          if (accountId === event.payload['byAccountId'] || told.has(what)) continue;
          told.add(what);
          notify(tx, {
            scopeId: event.scopeId,
            accountId,
            template: notice.template,
            params: { ...notice.params, number: event.payload['number'] },
            // Opened in the capacity in which it is seen.
            link:
              consentId === null
                ? await linkOf(tx, notice.to, accountId, event)
                : `/m/orders/${event.scopeId}/${event.objectId}?as=${consentId}`,
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

const CLOSENESS: readonly Notification['to'][] = ['reporter', 'assignee', 'manager', 'desk', 'follower'];

function noticesOf(event: DispatchedEvent): Notification[] {
  const notices = (event.payload['notifications'] ?? []) as Notification[];
  return notices.toSorted((a, b) => CLOSENESS.indexOf(a.to) - CLOSENESS.indexOf(b.to));
}

/** Who has heard of an event already, or brought it about. */
export async function heardOf(tx: Tx, event: DispatchedEvent): Promise<Set<string>> {
  const by = event.payload['byAccountId'];
  const heard = new Set<string>(typeof by === 'string' ? [by] : []);
  for (const notice of noticesOf(event))
    if (notice.template === event.kind && (notice.to === 'reporter' || notice.to === 'follower'))
      for (const { accountId } of await recipientsOf(tx, event, notice)) heard.add(accountId);
  return heard;
}

/** On the phone only these have a page for it. */
const phoneRoles: ReadonlySet<string> = new Set(['resident', 'worker', 'guard']);

/** Into the app that this reader uses: who reported something in office reads it at the desk. */
async function linkOf(
  tx: Tx,
  to: Notification['to'],
  accountId: string,
  event: DispatchedEvent,
): Promise<string> {
  if (event.kind.startsWith('handover.')) return '/m/handover';
  const path = `${event.scopeId}/${event.objectId}`;
  const isAtDesk =
    to === 'desk' ||
    to === 'manager' ||
    (to === 'reporter' &&
      event.payload['isStaffReport'] === true &&
      (await rolesOfAccount(tx, accountId)).some((role) => !phoneRoles.has(role)));
  // What was passed to another company is no longer theirs to open.
  if (to === 'assignee' && event.kind === 'work_order.passed_over') return '/m/work';
  if (isAtDesk) return `/desk/?scope=${event.scopeId}&order=${event.objectId}`;
  return to === 'assignee' ? `/m/work/${path}` : `/m/orders/${path}`;
}

export interface Recipient {
  readonly accountId: string;
  /** For whom they act, when they are told in somebody's place. */
  readonly consentId: string | null;
}

const themselves = (accountId: string): Recipient => ({ accountId, consentId: null });

async function recipientsOf(tx: Tx, event: DispatchedEvent, notice: Notification): Promise<Recipient[]> {
  const { householdId, reporterAccountId } = event.wall;
  // Once it is hidden from neighbours, they hear no more of it.
  if (notice.to === 'follower')
    return event.wall.isPublic ? (await followersOf(tx, event.scopeId, event.objectId)).map(themselves) : [];
  if (notice.to === 'assignee') return notice.accountId === null ? [] : [themselves(notice.accountId)];
  const wall = await wallOf(tx, event.scopeId);
  const today = localDate(event.occurredAt.getTime(), wall?.timeZone ?? 'Asia/Shanghai');
  if (notice.to === 'manager') {
    const isOther = (accountId: string) => accountId !== notice.accountId;
    const managers =
      wall?.departmentId == null ? [] : await accountsByRole(tx, wall.departmentId, ['manager'], today);
    if (managers.some(isOther)) return managers.filter(isOther).map(themselves);
    // The manager is meant, or there is none: then it is headquarters'.
    return wall?.companyId == null
      ? []
      : (await accountsByRole(tx, wall.companyId, ['company'], today)).filter(isOther).map(themselves);
  }
  if (notice.to === 'desk') {
    // What a company closed before it left the place is still its own desk's to hear.
    const { companyId } = event.wall;
    const isOfPredecessor = companyId !== null && wall?.companyId != null && companyId !== wall.companyId;
    const department = isOfPredecessor
      ? await departmentThatServed(tx, event.scopeId, companyId)
      : wall?.departmentId;
    return department == null
      ? []
      : (await accountsByRole(tx, department, ['desk', 'manager'], today)).map(themselves);
  }
  const order = { id: event.objectId, householdId, reporterAccountId };
  return recipientsOfParty(tx, event.scopeId, order, event.occurredAt);
}

interface Party {
  readonly id: string;
  readonly householdId: string | null;
  readonly reporterAccountId: string | null;
}

/** Who reported it, and who of the household it concerns lives there now and did then. */
export async function recipientsOfParty(
  tx: Tx,
  scopeId: string,
  order: Party,
  at: Date,
): Promise<Recipient[]> {
  const { householdId, reporterAccountId } = order;
  const zone = (await wallOf(tx, scopeId))?.timeZone ?? 'Asia/Shanghai';
  const today = localDate(at.getTime(), zone);
  // An order's id is of the moment it was made: who came to live there later is not told of it.
  const begun = localDate(uuidTime(order.id) ?? at.getTime(), zone);
  const household =
    householdId === null ? [] : await memberAccountsOfHousehold(tx, scopeId, householdId, today, begun);
  const told = new Set([...household, ...(reporterAccountId === null ? [] : [reporterAccountId])]);
  const delegates = householdId === null ? [] : await delegatesToTell(tx, scopeId, householdId, today, begun);
  return [...[...told].map(themselves), ...delegates.filter(({ accountId }) => !told.has(accountId))];
}

/** Who may follow for somebody of the household, each once: what their giver would be told, they are told. */
async function delegatesToTell(
  tx: Tx,
  scopeId: string,
  householdId: string,
  today: LocalDate,
  begun: LocalDate,
): Promise<Recipient[]> {
  const delegates = await delegatesOf(tx, scopeId, householdId, today);
  const givers = await whoBelongs(
    tx,
    scopeId,
    householdId,
    delegates.map(({ personId }) => personId),
    today,
    begun,
  );
  const found = new Map<string, Recipient>();
  for (const { accountId, consentId, personId } of delegates)
    if (givers.has(personId) && !found.has(accountId)) found.set(accountId, { accountId, consentId });
  return [...found.values()];
}
