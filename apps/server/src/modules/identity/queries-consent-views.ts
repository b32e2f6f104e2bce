import { localDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, findHouseholds, type Wall, wallsOf } from '../places/index.ts';
import { consentState, evidenceType } from './domain-consents.ts';
import { enteringAs, restate } from './queries.ts';
import { type ConsentRow, consentsOfAccount, consentsOfHousehold, longestDays } from './queries-consents.ts';
import type { ConsentView } from './schemas-consents.ts';

/** Consents as their parties and the desk read them. */

interface Around {
  readonly wall: Wall;
  readonly householdLabel: string;
  readonly evidence: readonly string[];
}

export function consentView(row: ConsentRow, around: Around, now: Date): ConsentView {
  return {
    id: row.consentId,
    scopeId: row.scopeId,
    scopeName: around.wall.name,
    householdId: row.householdId,
    householdLabel: around.householdLabel,
    personId: row.personId,
    grantorName: row.grantorName,
    delegateName: row.delegateName,
    delegatePhone: row.delegatePhone,
    kinship: row.kinship,
    purposes: [...row.purposes],
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    state: consentState(row, localDate(now.getTime(), around.wall.timeZone)),
    givenBy: row.givenBy,
    givenAt: row.givenAt.toISOString(),
    recordedByName: row.recordedByName,
    calledAt: row.calledAt?.toISOString() ?? null,
    evidence: around.evidence.map((id) => ({ id })),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    revokedBy: row.revokedBy,
  };
}

async function viewsOf(q: Executor, rows: readonly ConsentRow[], now: Date): Promise<ConsentView[]> {
  if (rows.length === 0) return [];
  const scopeIds = [...new Set(rows.map((row) => row.scopeId))];
  const [walls, households, files] = await Promise.all([
    wallsOf(q, scopeIds),
    findHouseholds(q, scopeIds, [...new Set(rows.map((row) => row.householdId))]),
    q.query<{ id: string; consentId: string }>(
      sql`select f.file_id as id, f.attached_id as "consentId" from platform.file f
          where f.scope_id = any (${scopeIds}::uuid[]) and f.attached_id = any (${rows.map((row) => row.consentId)}::uuid[])
            and f.attached_type = ${evidenceType} order by f.file_id`,
    ),
  ]);
  return rows.flatMap((row) => {
    const wall = walls.find(({ scopeId }) => scopeId === row.scopeId);
    if (wall === undefined) return [];
    const householdLabel = households.find(({ id }) => id === row.householdId)?.label ?? '';
    const evidence = files.filter((file) => file.consentId === row.consentId).map(({ id }) => id);
    return [consentView(row, { wall, householdLabel, evidence }, now)];
  });
}

/** Given and held, in whatever capacity the account acts just now. */
export async function readMyConsents(house: House, acting: Acting) {
  const now = house.clock.now();
  return house.db.act(enteringAs(acting.accountId), async (tx: Tx) => {
    const rows = await consentsOfAccount(tx, acting.accountId);
    // The two parties know which home it is about: its label is read as theirs.
    await restate(tx, {
      kind: 'resident',
      accountId: acting.accountId,
      membershipId: null,
      scopeIds: [...new Set(rows.map((row) => row.scopeId))],
      regionId: null,
      households: [...new Set(rows.map((row) => row.householdId))].map((id) => ({ id, since: 0 })),
    });
    const views = await viewsOf(tx, rows, now);
    const [home] = await wallsOf(tx, [acting.homeScopeId]);
    const held = new Set(
      rows.filter((row) => row.delegateAccountId === acting.accountId).map((row) => row.consentId),
    );
    return {
      given: views.filter(({ id }) => !held.has(id)),
      held: views.filter(({ id }) => held.has(id)),
      longestDays: home === undefined ? 0 : await longestDays(house, tx, home, now),
      today: localDate(now.getTime(), home?.timeZone),
    };
  });
}

export async function readConsentsOfHousehold(
  house: House,
  acting: Acting,
  scopeId: string,
  householdId: string,
) {
  const now = house.clock.now();
  return house.db.read(acting.actor, async (q) => {
    const wall = await accessScope(q, acting, scopeId);
    const rows = await consentsOfHousehold(q, scopeId, householdId);
    return {
      items: await viewsOf(q, rows, now),
      longestDays: await longestDays(house, q, wall, now),
      today: localDate(now.getTime(), wall.timeZone),
    };
  });
}
