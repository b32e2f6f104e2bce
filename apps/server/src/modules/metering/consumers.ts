import { localDate } from '@gongzhi/kernel';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import { sql } from '../../platform/db/sql.ts';
import { wallOf } from '../places/index.ts';
import { findMeter } from './queries.ts';
import { findingOfOrder, findPrepaidEver } from './queries-prepaid.ts';
import { endFinding } from './service-findings.ts';
import { tellHome } from './service-prepaid.ts';

/** People are done with an order that a meter opened: the matter is over, and a new one may open another. */
export const endFindings: Consumer = {
  name: 'metering.end_findings',
  kinds: [
    'work_order.finished',
    'work_order.confirmed',
    'work_order.closed',
    'work_order.force_closed',
    'work_order.cancelled',
  ],
  async handle(events, tx) {
    for (const { scopeId, objectId, occurredAt } of events) {
      const finding = await findingOfOrder(tx, scopeId, objectId);
      const meter = finding === null ? null : await findMeter(tx, scopeId, finding.meterId);
      if (finding !== null && meter !== null)
        endFinding(tx, meter, finding, 'people', null, null, occurredAt);
    }
  },
};

/** Whoever lives there, and whom they let act for them, hear that it is paid for ahead no more. */
export const tellEnded: Consumer = {
  name: 'metering.tell_ended',
  kinds: ['meter.prepaid_ended'],
  async handle(events, tx) {
    for (const { scopeId, objectId, payload, occurredAt } of events) {
      if (payload['isReplaced'] === true) continue;
      const [prepaid, wall] = [await findPrepaidEver(tx, scopeId, objectId), await wallOf(tx, scopeId)];
      if (prepaid === null || wall === null) continue;
      const today = localDate(occurredAt.getTime(), wall.timeZone);
      await tellHome(tx, prepaid, ['prepaid_ended'], today, occurredAt);
    }
  },
};

/** Meters hang in the compound and go on under its next company; what was read and told stays with whoever was responsible. */
export const passMeters: Consumer = {
  name: 'metering.pass_meters',
  kinds: ['takeover.applied'],
  async handle(events, tx) {
    for (const { scopeId, payload } of events) {
      if (payload['isFirst'] !== true) continue;
      const companyId = payload['toCompanyId'] as string;
      tx.write(
        sql`update metering.gateway set company_id = ${companyId} where scope_id = ${scopeId} and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update metering.meter set company_id = ${companyId} where scope_id = ${scopeId} and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update metering.prepaid set company_id = ${companyId} where scope_id = ${scopeId} and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update metering.care set company_id = ${companyId} where scope_id = ${scopeId} and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update metering.command set company_id = ${companyId}
            where scope_id = ${scopeId} and state = 'waiting' and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update metering.finding set company_id = ${companyId}
            where scope_id = ${scopeId} and ended_at is null and company_id is distinct from ${companyId}`,
      );
    }
  },
};
