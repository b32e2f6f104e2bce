import { CHINA, idBeside, localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Consumer, DispatchedEvent } from '../../platform/events/dispatcher.ts';
import { notify } from '../../platform/notify/notify.ts';
import type { Role } from '../../platform/permissions/permissions.ts';
import { accountsByRole } from '../identity/index.ts';
import { wallOf } from '../places/index.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { ToldUnit } from './changes.ts';
import { TOLD } from './messages.ts';

const rolesOf: Readonly<Record<string, readonly Role[]>> = {
  city: ['city'],
  street: ['street'],
  community: ['committee', 'social_worker'],
};

async function accountsOf(tx: Tx, unit: ToldUnit, event: DispatchedEvent): Promise<string[]> {
  const wall = await wallOf(tx, unit.compoundId ?? unit.unitId);
  const today = localDate(event.occurredAt.getTime(), wall?.timeZone ?? CHINA);
  if (unit.level === 'company') {
    const department = unit.compoundId === null ? null : (wall?.departmentId ?? null);
    return department === null
      ? accountsByRole(tx, unit.unitId, ['company'], today)
      : accountsByRole(tx, department, ['desk', 'manager'], today);
  }
  if (unit.level === 'district')
    return wall?.cityId == null ? [] : accountsByRole(tx, wall.cityId, ['city'], today);
  return accountsByRole(tx, unit.unitId, rolesOf[unit.level] ?? [], today);
}

/** Tells the unit that a case has come to, or waits at. */
export const tellHands: Consumer = {
  name: 'hotline.notify',
  kinds: TOLD,
  async handle(events, tx) {
    for (const event of events) {
      const told = new Set<string>();
      for (const unit of (event.payload['tell'] ?? []) as ToldUnit[])
        for (const accountId of await accountsOf(tx, unit, event)) told.add(accountId);
      told.delete((event.payload['byAccountId'] as string | null) ?? '');
      for (const accountId of told)
        notify(tx, {
          scopeId: event.scopeId,
          accountId,
          template: event.kind,
          params: { number: event.payload['number'] },
          link: `/desk/hotline/${event.objectId}`,
          wall: event.wall,
          objectId: event.objectId,
          at: event.occurredAt,
        });
    }
  },
};

/** What of an order's life the case tells as its own story. */
const steps: Readonly<Record<string, string>> = {
  'work_order.assigned': 'assigned',
  'work_order.accepted': 'accepted',
  'work_order.arrived': 'arrived',
  'work_order.finished': 'finished',
  'work_order.disputed': 'disputed',
  'work_order.confirmed': 'confirmed',
  'work_order.closed': 'closed',
  'work_order.reopened': 'reopened',
};

/** The order moved: the case says so in its timeline, and open pages of it look again. */
export const followOrders: Consumer = {
  name: 'hotline.orders',
  kinds: Object.keys(steps),
  startsAt: 'next',
  async handle(events, tx) {
    for (const event of events) {
      const links = await tx.query<{
        scopeId: string;
        caseId: string;
        number: string;
        orderNumber: string;
        streetId: string | null;
        companyId: string | null;
        communityId: string | null;
        compoundId: string | null;
        jointIds: string[];
        status: string;
      }>(
        sql`select c.scope_id as "scopeId", c.case_id as "caseId", c.number, o.number as "orderNumber", c.street_id as "streetId",
              c.company_id as "companyId", c.community_id as "communityId", c.compound_id as "compoundId", c.joint_ids as "jointIds", c.status
            from hotline.case_order o join hotline.hotline_case c on c.scope_id = o.scope_id and c.case_id = o.case_id
            where o.order_scope_id = ${event.scopeId} and o.work_order_id = ${event.objectId}`,
      );
      for (const link of links) {
        const at = event.occurredAt;
        const eventId = idBeside(event.eventId);
        const params = { number: link.orderNumber, step: steps[event.kind] };
        tx.write(
          sql`insert into hotline.event (scope_id, case_id, event_id, city_id, street_id, company_id, community_id, compound_id, joint_ids, kind,
                actor_account_id, actor_name, actor_role, params, at)
              values (${link.scopeId}, ${link.caseId}, ${eventId}, ${link.scopeId}, ${link.streetId}, ${link.companyId}, ${link.communityId},
                ${link.compoundId}, ${`{${link.jointIds.join(',')}}`}, 'hotline_case.order_moved', null, null, 'system', ${JSON.stringify(params)}, ${at})`,
        );
        recordEvent(tx, {
          eventId,
          scopeId: event.scopeId,
          wall: {
            cityId: link.scopeId,
            streetId: link.streetId,
            companyId: link.companyId,
            householdId: null,
            reporterAccountId: null,
            isPublic: false,
            isInternal: true,
          },
          kind: 'hotline_case.order_moved',
          version: 1,
          objectId: link.caseId,
          payload: { number: link.number, status: link.status, byAccountId: null, tell: [] },
          occurredAt: at,
        });
      }
    }
  },
};
