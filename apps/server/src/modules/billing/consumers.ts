import { localDate, parseYuan } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { Consumer, DispatchedEvent } from '../../platform/events/dispatcher.ts';
import type { House } from '../../platform/house.ts';
import type { MessageKinds } from '../../platform/notify/messages.ts';
import { notify } from '../../platform/notify/notify.ts';
import { METER_KINDS } from '../metering/index.ts';
import { findHousehold, membersOfHouseholds, wallOf } from '../places/index.ts';
import type { Basis } from './domain.ts';
import { isBilled, recountMonth, staleMonth } from './queries-arrears.ts';
import { issueSingle } from './service-lines.ts';

/** What happens elsewhere and is owed for; and who is told of what was billed. */

interface Owed {
  readonly event: DispatchedEvent;
  readonly householdId: string;
  readonly amountFen: number;
  readonly item: string;
  readonly basis: Basis;
  readonly from: string;
  readonly to: string;
  readonly sourceKind: string;
  readonly sourceId: string;
}

/** A bill of its own, on the day it is owed; said twice, it is billed once. */
async function bill(house: House, tx: Tx, owed: Owed): Promise<void> {
  const { event, householdId, sourceKind, sourceId } = owed;
  if (owed.amountFen <= 0 || (await isBilled(tx, event.scopeId, sourceKind, sourceId))) return;
  const home = await findHousehold(tx, event.scopeId, householdId);
  const wall = await wallOf(tx, event.scopeId);
  if (home === null || wall === null) return;
  await issueSingle(
    house,
    tx,
    // Owed to whoever served the compound when it was done.
    { ...event.wall, scopeId: event.scopeId },
    {
      householdId,
      householdLabel: home.label,
      item: owed.item,
      // Pages say it in the reader's language.
      name: owed.item,
      amountFen: owed.amountFen,
      basis: owed.basis,
      serviceFrom: owed.from,
      serviceTo: owed.to,
      dueDays: 15,
      sourceKind,
      sourceId,
    },
    localDate(event.occurredAt.getTime(), wall.timeZone),
    null,
    event.occurredAt,
  );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A repair that was agreed to and is done: of each quotation once. */
export const billRepairs: Consumer = {
  name: 'billing.repairs',
  kinds: ['work_order.charge_due'],
  async handle(events, tx, house) {
    for (const event of events) {
      const { householdId } = event.wall;
      const total = parseYuan(text(event.payload['total']));
      if (householdId === null || !total.ok) continue;
      const wall = await wallOf(tx, event.scopeId);
      const day = localDate(event.occurredAt.getTime(), wall?.timeZone);
      await bill(house, tx, {
        event,
        householdId,
        amountFen: Number(total.value),
        item: 'repair',
        basis: {
          kind: 'work_order',
          orderId: event.objectId,
          orderNumber: text(event.payload['number']),
        },
        from: day,
        to: day,
        sourceKind: 'work_order',
        sourceId: `${event.objectId}:${String(event.payload['quoteNo'] ?? '')}`,
      });
    }
  },
};

/** A pass for a car, as the gate has sold it. */
export const billCars: Consumer = {
  name: 'billing.cars',
  kinds: ['vehicle_charge.raised'],
  async handle(events, tx, house) {
    for (const event of events) {
      const { householdId } = event.wall;
      if (householdId === null) continue;
      await bill(house, tx, {
        event,
        householdId,
        amountFen: Number(event.payload['amountFen']),
        item: 'vehicle_pass',
        basis: {
          kind: 'vehicle_pass',
          plate: text(event.payload['plateMasked']),
          months: Number(event.payload['months']),
        },
        from: text(event.payload['from']),
        to: text(event.payload['lastDay']),
        sourceKind: 'vehicle_charge',
        sourceId: event.objectId,
      });
    }
  },
};

/** What a home used beyond what it had bought, when its meter is paid for ahead no more. */
export const billMeters: Consumer = {
  name: 'billing.meters',
  kinds: ['meter.prepaid_ended'],
  async handle(events, tx, house) {
    for (const event of events) {
      const { householdId } = event.wall;
      if (householdId === null) continue;
      const wall = await wallOf(tx, event.scopeId);
      const day = localDate(event.occurredAt.getTime(), wall?.timeZone);
      const meter = METER_KINDS.find((kind) => kind === event.payload['meterKind']);
      await bill(house, tx, {
        event,
        householdId,
        amountFen: Number(event.payload['owedFen']),
        item: 'prepaid_meter',
        basis: {
          kind: 'prepaid_meter',
          serial: text(event.payload['serial']),
          ...(meter === undefined ? {} : { meter }),
        },
        from: day,
        to: day,
        sourceKind: 'metering.meter',
        sourceId: event.eventId,
      });
    }
  },
};

export const billMessages: MessageKinds = {
  'bill.issued': { urgency: 'action', outside: ['date'] },
  'bill.single': { urgency: 'action', outside: [] },
  'bill.reminder': { urgency: 'action', outside: ['count'] },
};

/** Everybody of a home is told that there is a bill; what it comes to is on the page, behind the sign-in. */
export const tellHomes: Consumer = {
  name: 'billing.notify',
  kinds: ['bill_run.issued', 'bill_line.issued'],
  async handle(events, tx) {
    for (const event of events) {
      const isRun = event.kind === 'bill_run.issued';
      const households = isRun
        ? ((event.payload['householdIds'] ?? []) as string[])
        : event.wall.isInternal
          ? []
          : [text(event.payload['householdId'])];
      const wall = await wallOf(tx, event.scopeId);
      const on = localDate(event.occurredAt.getTime(), wall?.timeZone);
      for (const { accountId } of await membersOfHouseholds(tx, event.scopeId, households, on))
        notify(tx, {
          scopeId: event.scopeId,
          wall: event.wall,
          accountId,
          template: isRun ? 'bill.issued' : 'bill.single',
          params: isRun ? { date: text(event.payload['period']).slice(0, 7) } : {},
          link: '/m/bills',
          objectId: event.objectId,
          at: event.occurredAt,
        });
    }
  },
};

/** A compound's month in figures: what is billed is counted at once, what is paid with what else is paid these seconds. */
export const countMonths: Consumer = {
  name: 'billing.totals',
  kinds: ['bill_run.issued', 'bill_line.issued', 'bill_line.settled', 'bill_line.voided'],
  async handle(events, tx) {
    const months = Map.groupBy(
      events.filter(({ payload }) => text(payload['period']) !== ''),
      ({ scopeId, payload, wall }) => `${scopeId} ${text(payload['period'])} ${wall.companyId}`,
    );
    for (const moved of months.values()) {
      const { scopeId, wall, payload, occurredAt } = moved.at(-1) as DispatchedEvent;
      const of = [tx, { ...wall, scopeId }, text(payload['period']), occurredAt] as const;
      if (moved.every(({ kind }) => kind === 'bill_line.settled')) staleMonth(...of);
      else await recountMonth(...of);
    }
  },
};
