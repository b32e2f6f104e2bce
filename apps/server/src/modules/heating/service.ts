import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { attach } from '../../platform/files/attach.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, findHousehold, type Wall } from '../places/index.ts';
import { coldestOf, isCold, latestSeason, type Season, seasonOn } from './domain.ts';
import type { NewVisitBody } from './schemas.ts';

/** What the pictures of the two signatures are attached as. */
export const signatureType = 'heating.visit';

type Signature = NewVisitBody['staffSignature'];

/** The season that is looked at: the one asked for by its first year, or the latest. */
export async function seasonFor(
  house: House,
  q: Executor,
  chain: readonly string[],
  timeZone: string,
  now: Date,
): Promise<{ season: Season; isOn: boolean; today: string }> {
  const rule = await house.settings.get(q, chain, 'heating.season', now);
  const today = localDate(now.getTime(), timeZone);
  return { season: latestSeason(today, rule), isOn: seasonOn(today, rule) !== null, today };
}

const chainOf = (wall: Wall): string[] =>
  [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);

/** A measurement with both names under it; or with the reason why one is missing. */
export async function recordVisit(
  house: House,
  acting: Acting,
  tx: Tx,
  body: NewVisitBody,
  now: Date,
): Promise<string> {
  const wall = await accessScope(tx, acting, body.scopeId);
  const household = await findHousehold(tx, wall.scopeId, body.householdId);
  if (household === null) throw new Problem('not_found');
  const measuredAt = new Date(body.measuredAt);
  if (measuredAt > now)
    throw new Problem('heating.invalid', { reason: 'in_future' }, [
      { path: '/measuredAt', code: 'in_future', params: {} },
    ]);
  const resident = body.residentSignature ?? null;
  const unsigned = body.unsignedReason?.trim() || null;
  if ((resident === null) === (unsigned === null))
    throw new Problem('heating.invalid', { reason: 'signature' }, [
      { path: '/residentSignature', code: 'required', params: {} },
    ]);
  const day = localDate(measuredAt.getTime(), wall.timeZone);
  const rule = await house.settings.get(tx, chainOf(wall), 'heating.season', measuredAt);
  const season = seasonOn(day, rule);
  if (season === null) {
    const { firstDay, lastDay } = latestSeason(day, rule);
    throw new Problem('heating.not_in_season', { firstDay, lastDay }, [
      { path: '/measuredAt', code: 'invalid', params: {} },
    ]);
  }
  const standard = await house.settings.get(tx, chainOf(wall), 'heating.standard_tenths', measuredAt);
  const rooms = body.rooms.map(({ room, celsius }) => ({
    room: room.trim(),
    tenths: Math.round(celsius * 10),
  }));
  const coldest = coldestOf(rooms);
  const id = uuidv7(now.getTime());
  const spoken = (signature: Signature | null) =>
    signature?.how === 'spoken' ? signature.name.trim() : null;
  tx.write(
    sql`insert into heating.visit (scope_id, visit_id, city_id, street_id, company_id, household_id, household_label, season, measured_on,
          measured_at, rooms, coldest_tenths, standard_tenths, is_cold, note, measured_by, measured_by_name, staff_signed, resident_signed,
          resident_name_cipher, unsigned_reason)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${household.id}, ${household.label}, ${season.name},
          ${day}, ${measuredAt}, ${JSON.stringify(rooms)}, ${coldest}, ${standard}, ${isCold(coldest, standard)}, ${body.note?.trim() || null},
          ${acting.accountId}, ${acting.displayName}, ${body.staffSignature.how}, ${resident?.how ?? null},
          ${sealedName(house, spoken(resident), id)}, ${unsigned})`,
  );
  await attachSignatures(tx, acting, wall, id, [body.staffSignature, resident], now);
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: { ...wall, householdId: null, reporterAccountId: null, isPublic: false, isInternal: true },
    kind: 'heating.visit_recorded',
    version: 1,
    objectId: id,
    payload: { season: season.name, isCold: isCold(coldest, standard), isSigned: resident !== null },
    occurredAt: now,
  });
  return id;
}

/** Who said their name instead of drawing it is a person like any other: not to be read in the table. */
function sealedName(house: House, name: string | null, id: string): Buffer | null {
  return name === null ? null : house.crypto.seal(name, 'heating.visit', id);
}

async function attachSignatures(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  objectId: string,
  signatures: readonly (Signature | null)[],
  at: Date,
): Promise<void> {
  const fileIds = signatures.flatMap((one) => (one?.how === 'drawn' ? [one.fileId] : []));
  if (fileIds.length === 0) return;
  if (new Set(fileIds).size !== fileIds.length)
    throw new Problem('heating.invalid', { reason: 'signature' }, [
      { path: '/residentSignature', code: 'not_attachable', params: {} },
    ]);
  const attached = await attach(tx, {
    scopeId: wall.scopeId,
    fileIds,
    type: signatureType,
    objectId,
    uploadedBy: acting.accountId,
    wall: { ...wall, householdId: null, reporterAccountId: null, isPublic: false, isInternal: true },
    at,
  });
  if (!attached.ok)
    throw new Problem(attached.error.code, attached.error.params, [
      { path: '/staffSignature', code: 'not_attachable', params: attached.error.params },
    ]);
}
