import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { openSensed, withdrawSensed } from '../work-orders/index.ts';
import { orderText, withdrawnText } from './facts-texts.ts';
import { openFinding } from './queries-prepaid.ts';
import { tellOfMeter } from './service.ts';
import type { FindingRow, FindingRule, MeterRow } from './tables.ts';

/**
 * What stands out. Some of it is only shown (a balance that differs), some of it sends somebody: a leak, and a home that has
 * become quiet. One open of a kind, and one order of it, through the same door as what devices see.
 */
function categoryOf(rule: FindingRule, meter: MeterRow): string | null {
  if (rule === 'quiet_home') return 'special.visit';
  if (rule === 'leak') return meter.householdId === null ? 'patrol.equipment' : 'water.leak.home';
  return null;
}

export async function raise(
  house: House,
  tx: Tx,
  meter: MeterRow,
  rule: FindingRule,
  since: Date,
  facts: FindingRow['facts'],
  timeZone: string,
  now: Date,
): Promise<void> {
  const open = await openFinding(tx, meter.scopeId, meter.id, rule);
  if (open !== null) {
    // The figures of today; the matter is the same.
    if (JSON.stringify(open.facts) !== JSON.stringify(facts))
      tx.write(
        sql`update metering.finding set facts = ${JSON.stringify(facts)} where scope_id = ${meter.scopeId} and finding_id = ${open.id}`,
      );
    return;
  }
  const categoryCode = categoryOf(rule, meter);
  const order =
    categoryCode === null
      ? null
      : await openSensed(
          house,
          tx,
          {
            scopeId: meter.scopeId,
            categoryCode,
            description: orderText(meter, rule, since, timeZone),
            buildingId: meter.buildingId,
            facilityId: null,
            spot: meter.spot,
            // Who is at home and who is not is nobody's business but theirs who go and look.
            isPublic: false,
            ...(meter.householdId === null
              ? {}
              : { home: { householdId: meter.householdId, label: meter.householdLabel ?? '' } }),
          },
          now,
        );
  tx.write(
    sql`insert into metering.finding (scope_id, finding_id, city_id, street_id, company_id, meter_id, rule, since, raised_at, facts, work_order_id, order_number)
        values (${meter.scopeId}, ${uuidv7(now.getTime())}, ${meter.cityId}, ${meter.streetId}, ${meter.companyId}, ${meter.id}, ${rule}, ${since}, ${now},
          ${JSON.stringify(facts)}, ${order?.id ?? null}, ${order?.number ?? null})`,
  );
  tellOfMeter(tx, meter, meter.id, null, 'meter.stood_out', { rule }, now);
}

/** It is over by itself: its order too, while nobody has set out. */
export async function clear(
  house: House,
  tx: Tx,
  meter: MeterRow,
  rule: FindingRule,
  now: Date,
): Promise<void> {
  const open = await openFinding(tx, meter.scopeId, meter.id, rule);
  if (open === null) return;
  const isEnded =
    open.workOrderId === null ||
    (await withdrawSensed(house, tx, meter.scopeId, open.workOrderId, withdrawnText(rule), now));
  if (!isEnded) return;
  endFinding(tx, meter, open, 'cleared', null, null, now);
}

/** A purchase has arrived or went back: while another one is given up, somebody still has to see to it. */
export async function clearTopUps(house: House, tx: Tx, meter: MeterRow, now: Date): Promise<void> {
  const failed = await tx.query(
    sql`select 1 from metering.top_up u where u.scope_id = ${meter.scopeId} and u.meter_id = ${meter.id} and u.state = 'failed' limit 1`,
  );
  if (failed.length === 0) await clear(house, tx, meter, 'top_up_failed', now);
}

export function endFinding(
  tx: Tx,
  meter: Pick<MeterRow, 'scopeId' | 'cityId' | 'streetId' | 'companyId'>,
  finding: FindingRow,
  how: 'cleared' | 'people',
  byName: string | null,
  note: string | null,
  now: Date,
): void {
  tx.write(
    sql`update metering.finding set ended_at = ${now}, ended_how = ${how}, ended_by_name = ${byName}, note = ${note}
        where scope_id = ${meter.scopeId} and finding_id = ${finding.id} and ended_at is null`,
  );
  tellOfMeter(tx, meter, finding.meterId, null, 'meter.looked_at', { rule: finding.rule }, now);
}
