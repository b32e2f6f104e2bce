import { sql } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Consumer, DispatchedEvent } from '../../platform/events/dispatcher.ts';
import type { House } from '../../platform/house.ts';
import {
  alarmOfOrder,
  type DeviceKey,
  lockAllDevices,
  lockDevice,
  lockDevices,
  storeSeen,
} from './queries.ts';
import { judge, tellOfDevice } from './service.ts';

/**
 * People are done with an alarm's order: finished, closed, cancelled. The alarm is over, and if the trouble is still
 * there after a while of rest the next one is opened.
 */
const endings = [
  'work_order.finished',
  'work_order.confirmed',
  'work_order.closed',
  'work_order.force_closed',
  'work_order.cancelled',
  'work_order.referred',
  'work_order.merged',
  'work_order.split',
  'work_order.moved',
];

async function endAlarm(tx: Tx, house: House, event: DispatchedEvent): Promise<void> {
  const { scopeId, objectId, occurredAt } = event;
  const found = await alarmOfOrder(tx, scopeId, objectId);
  if (found === null) return;
  const device = await lockDevice(tx, scopeId, found.deviceId);
  // Once more behind the lock: it may have cleared meanwhile.
  const alarm = await alarmOfOrder(tx, scopeId, objectId);
  if (device === null || alarm === null) return;
  tx.write(
    sql`update sensing.alarm set ended_at = ${occurredAt}, ended_how = 'people' where scope_id = ${scopeId} and alarm_id = ${alarm.id}`,
  );
  const at = occurredAt.getTime();
  const [judged] = await judge(
    house,
    tx,
    [{ device, ruleCode: alarm.ruleCode, inputs: [{ input: { type: 'order_ended', at }, receivedAt: at }] }],
    occurredAt,
  );
  if (judged !== undefined) storeSeen(tx, [{ ...device, device, state: judged.state }]);
  tellOfDevice(tx, device, 'device.cleared', { ruleCode: alarm.ruleCode }, occurredAt);
}

export const endAlarms: Consumer = {
  name: 'sensing.end_alarms',
  kinds: endings,
  async handle(events, tx, house) {
    const theirs: DispatchedEvent[] = [];
    const devices: DeviceKey[] = [];
    for (const event of events) {
      const found = await alarmOfOrder(tx, event.scopeId, event.objectId);
      if (found === null) continue;
      theirs.push(event);
      devices.push({ scopeId: event.scopeId, deviceId: found.deviceId });
    }
    // All of them before any is judged: one by one they would be locked in the order in which orders ended.
    if (devices.length > 0) await lockDevices(tx, devices);
    for (const event of theirs) await endAlarm(tx, house, event);
  },
};

/** Devices hang in the compound and go on under its next company; what they said and what came of it stays where it was. */
export const passDevices: Consumer = {
  name: 'sensing.pass_devices',
  kinds: ['takeover.applied'],
  async handle(events, tx) {
    const passed = events.filter(({ payload }) => payload['isFirst'] === true);
    for (const scopeId of [...new Set(passed.map((event) => event.scopeId))].toSorted())
      await lockAllDevices(tx, scopeId);
    for (const { scopeId, payload } of passed) {
      const companyId = payload['toCompanyId'] as string;
      tx.write(
        sql`update sensing.device set company_id = ${companyId} where scope_id = ${scopeId} and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update sensing.watch set company_id = ${companyId} where scope_id = ${scopeId} and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update sensing.alarm set company_id = ${companyId}
            where scope_id = ${scopeId} and ended_at is null and company_id is distinct from ${companyId}`,
      );
    }
  },
};
