import { addDays, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { audit } from '../../platform/audit/audit.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { findHousehold } from '../places/index.ts';
import type { CareBody } from './schemas.ts';
import { accessCompound } from './service.ts';

/** A home's own wish: nobody's meter is looked at as a sign of life without it, and it ends by itself. */
export async function keepCare(
  house: House,
  acting: Acting,
  tx: Tx,
  body: CareBody,
  now: Date,
): Promise<{ householdId: string; until: string | null }> {
  const wall = await accessCompound(tx, acting, body.scopeId);
  const household = await findHousehold(tx, wall.scopeId, body.householdId);
  if (household === null) throw new Problem('not_found');
  const today = localDate(now.getTime(), wall.timeZone);
  const { scopeId, cityId, streetId, companyId } = wall;
  if (body.until !== null && (body.until < today || body.until > addDays(today, 366)))
    throw new Problem('metering.care_invalid', {}, [{ path: '/until', code: 'invalid', params: {} }]);
  if (body.until === null)
    tx.write(
      sql`update metering.care set ended_at = ${now}, note_cipher = null where scope_id = ${scopeId} and household_id = ${household.id}`,
    );
  else {
    const note = body.note?.trim() || null;
    const cipher = note === null ? null : house.crypto.seal(note, 'metering.care', household.id);
    tx.write(
      sql`insert into metering.care (scope_id, household_id, city_id, street_id, company_id, note_cipher, asked_on, until, recorded_by, recorded_by_name)
          values (${scopeId}, ${household.id}, ${cityId}, ${streetId}, ${companyId}, ${cipher}, ${today}, ${body.until}, ${acting.accountId},
            ${acting.displayName})
          on conflict (scope_id, household_id) do update set note_cipher = excluded.note_cipher, asked_on = excluded.asked_on, until = excluded.until,
            recorded_by = excluded.recorded_by, recorded_by_name = excluded.recorded_by_name, ended_at = null`,
    );
  }
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall: { cityId, streetId, companyId },
    accountId: acting.accountId,
    action: body.until === null ? 'meter_care.ended' : 'meter_care.begun',
    objectType: 'household',
    objectId: household.id,
    detail: {},
    at: now,
  });
  return { householdId: household.id, until: body.until };
}
