import { DAY, localDate } from '@gongzhi/kernel';
import { sql } from '../../platform/db/sql.ts';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import { notify } from '../../platform/notify/notify.ts';
import { accountsByRole } from '../identity/index.ts';
import { wallOf } from '../places/index.ts';
import { openingText } from './facts-texts.ts';
import { missedRound, openLoweringsOfDevice } from './queries.ts';
import { reviewLowering } from './service-lowering.ts';

/** A round not walked is told to the department's managers, once; what nobody could walk while the server stood is not. */
export const tellMissed: Consumer = {
  name: 'patrol.notify',
  kinds: ['patrol_round.missed'],
  async handle(events, tx) {
    for (const { scopeId, objectId, occurredAt, wall } of events) {
      const [round, place] = await Promise.all([missedRound(tx, scopeId, objectId), wallOf(tx, scopeId)]);
      if (round === null || place === null || place.departmentId === null) continue;
      if (occurredAt.getTime() - round.closesAt.getTime() > DAY) continue;
      const today = localDate(occurredAt.getTime(), place.timeZone);
      for (const accountId of await accountsByRole(tx, place.departmentId, ['manager'], today))
        notify(tx, {
          scopeId,
          accountId,
          template: 'patrol_round.missed',
          params: {
            scopeName: place.name,
            date: openingText(round.opensAt, place.timeZone),
            count: round.missedChecks,
          },
          link: '/desk/patrols?tab=rounds&state=missed',
          wall,
          objectId,
          at: occurredAt,
        });
    }
  },
};

/** People are done with a finding's order: the next time somebody sees it, it is a new one. */
export const endFindings: Consumer = {
  name: 'patrol.end_findings',
  kinds: [
    'work_order.finished',
    'work_order.confirmed',
    'work_order.closed',
    'work_order.force_closed',
    'work_order.cancelled',
    'work_order.referred',
    'work_order.merged',
    'work_order.split',
    'work_order.moved',
  ],
  async handle(events, tx) {
    for (const { scopeId, objectId, occurredAt } of events)
      tx.write(
        sql`update patrol.finding set ended_at = ${occurredAt}
            where scope_id = ${scopeId} and work_order_id = ${objectId} and ended_at is null`,
      );
  },
};

/** A device that was taken away spares nobody a walk, from that moment on. */
export const followDevices: Consumer = {
  name: 'patrol.follow_devices',
  kinds: ['device.retired', 'device.alarmed', 'device.cleared'],
  async handle(events, tx, house) {
    for (const { scopeId, objectId } of events)
      for (const row of await openLoweringsOfDevice(tx, scopeId, objectId))
        await reviewLowering(tx, row, house.clock.now());
  },
};

/** Routes go on under the compound's next company, with what is open; what was walked stays where it was. */
export const passRoutes: Consumer = {
  name: 'patrol.pass_routes',
  kinds: ['takeover.applied'],
  async handle(events, tx) {
    for (const { scopeId, payload } of events) {
      if (payload['isFirst'] !== true) continue;
      const companyId = payload['toCompanyId'] as string;
      tx.write(
        sql`update patrol.route set company_id = ${companyId} where scope_id = ${scopeId} and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update patrol.timetable set company_id = ${companyId} where scope_id = ${scopeId} and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update patrol.checkpoint set company_id = ${companyId} where scope_id = ${scopeId} and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update patrol.lowering set company_id = ${companyId}
            where scope_id = ${scopeId} and state in ('proposed', 'approved', 'suspended') and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update patrol.round_check k set company_id = ${companyId} from patrol.round o
            where k.scope_id = ${scopeId} and o.scope_id = k.scope_id and o.round_id = k.round_id and o.state in ('open', 'late')`,
      );
      tx.write(
        sql`update patrol.round set company_id = ${companyId}
            where scope_id = ${scopeId} and state in ('open', 'late') and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update patrol.finding set company_id = ${companyId}
            where scope_id = ${scopeId} and ended_at is null and company_id is distinct from ${companyId}`,
      );
    }
  },
};
