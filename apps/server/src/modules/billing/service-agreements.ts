import { type LocalDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { findBuilding, findHousehold, findOrganisation, type Wall } from '../places/index.ts';
import { endOfDelivery, monthOf, PARTIES } from './domain.ts';
import { accessCompound } from './reach.ts';
import type { NewAgreementBody, NewCostBody, NewPayerBody } from './schemas-agreements.ts';

const field = (path: string, code: string, params: Record<string, unknown> = {}) => [{ path, code, params }];
/** The first day on which it no longer holds comes after the first on which it does. */
const tooEarly = (startsOn: LocalDate) =>
  new Problem('billing.invalid', { reason: 'range' }, field('/endsOn', 'bill_range', { day: startsOn }));

/** What a household has besides the others. */
export async function addAgreement(
  tx: Tx,
  acting: Acting,
  body: NewAgreementBody,
  now: Date,
): Promise<string> {
  const wall = await accessCompound(tx, acting, body.scopeId);
  const household = await findHousehold(tx, wall.scopeId, body.householdId);
  if (household === null) throw new Problem('not_found');
  if (body.kind !== 'vacancy' && body.item === undefined)
    throw new Problem('billing.invalid', { reason: 'item' }, field('/item', 'required'));
  if (body.kind === 'rent' && body.rent === undefined)
    throw new Problem('billing.invalid', { reason: 'rent' }, field('/rent', 'required'));
  if (body.endsOn !== undefined && body.endsOn <= body.startsOn) throw tooEarly(body.startsOn);
  const id = uuidv7(now.getTime());
  const { spaces, label, depositFen, rent } = body;
  tx.write(
    sql`insert into billing.agreement (scope_id, agreement_id, city_id, street_id, company_id, household_id, kind, item, params, starts_on, ends_on, source,
          created_at, created_by, created_by_name, version)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${household.id}, ${body.kind}, ${body.item ?? null},
          ${JSON.stringify({ spaces, label, depositFen, rent })}, ${body.startsOn}, ${body.endsOn ?? null}, ${body.source.trim()}, ${now},
          ${acting.accountId}, ${acting.displayName}, 1)`,
  );
  return id;
}

/** Both kinds end the same way: from a day on, never later than they would have; what was billed stays billed. */
export async function endRow(
  tx: Tx,
  acting: Acting,
  which: { readonly table: 'agreement' | 'payer'; readonly scopeId: string; readonly id: string },
  body: { readonly endsOn: LocalDate; readonly expectedVersion: number },
): Promise<void> {
  await accessCompound(tx, acting, which.scopeId);
  const { scopeId, id } = which;
  const rows = await tx.query<{ id: string }>(
    which.table === 'agreement'
      ? sql`update billing.agreement set ends_on = least(ends_on, greatest(starts_on, ${body.endsOn}::date)), version = version + 1
            where scope_id = ${scopeId} and agreement_id = ${id} and version = ${body.expectedVersion} returning agreement_id as id`
      : sql`update billing.payer set ends_on = least(ends_on, greatest(starts_on, ${body.endsOn}::date)), version = version + 1
            where scope_id = ${scopeId} and payer_id = ${id} and version = ${body.expectedVersion} returning payer_id as id`,
  );
  if (rows.length > 0) return;
  const known = await tx.query(
    which.table === 'agreement'
      ? sql`select 1 from billing.agreement where scope_id = ${scopeId} and agreement_id = ${id}`
      : sql`select 1 from billing.payer where scope_id = ${scopeId} and payer_id = ${id}`,
  );
  throw new Problem(known.length === 0 ? 'not_found' : 'billing.stale', {});
}

const isParty = (payer: string): boolean => (PARTIES as readonly string[]).includes(payer);

export async function addPayer(tx: Tx, acting: Acting, body: NewPayerBody, now: Date): Promise<string> {
  const wall = await accessCompound(tx, acting, body.scopeId);
  if (body.householdId !== undefined && (await findHousehold(tx, wall.scopeId, body.householdId)) === null)
    throw new Problem('not_found');
  if (body.buildingId !== undefined && (await findBuilding(tx, wall.scopeId, body.buildingId)) === null)
    throw new Problem('not_found');
  if (body.householdId !== undefined && body.buildingId !== undefined)
    throw new Problem('billing.invalid', { reason: 'place' }, field('/buildingId', 'invalid'));
  if (isParty(body.payer) !== (body.partyId !== undefined))
    throw new Problem('billing.invalid', { reason: 'party' }, field('/partyId', 'required'));
  const party = body.partyId === undefined ? null : await findOrganisation(tx, wall.cityId, body.partyId);
  if (body.partyId !== undefined && party === null) throw new Problem('not_found');
  const endsOn = body.deliveredOn === undefined ? (body.endsOn ?? null) : endOfDelivery(body.deliveredOn);
  if (endsOn !== null && endsOn <= body.startsOn) throw tooEarly(body.startsOn);
  await sharesFit(tx, wall, body, endsOn);
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into billing.payer (scope_id, payer_id, city_id, street_id, company_id, household_id, building_id, item, payer, party_id, party_name, share_bp,
          starts_on, ends_on, source, created_at, created_by, created_by_name, version)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${body.householdId ?? null}, ${body.buildingId ?? null},
          ${body.item ?? null}, ${body.payer}, ${body.partyId ?? null}, ${party?.name ?? null}, ${body.shareBp}, ${body.startsOn}, ${endsOn},
          ${body.source.trim()}, ${now}, ${acting.accountId}, ${acting.displayName}, 1)`,
  );
  return id;
}

/** Of one place and item, the parts that hold at the same time come to the whole at most. */
async function sharesFit(tx: Tx, wall: Wall, body: NewPayerBody, endsOn: LocalDate | null): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`payer ${wall.scopeId}`}, 0))`);
  const rows = await tx.query<{ shareBp: number; startsOn: LocalDate; endsOn: LocalDate | null }>(
    sql`select p.share_bp as "shareBp", p.starts_on::text as "startsOn", p.ends_on::text as "endsOn" from billing.payer p
        where p.scope_id = ${wall.scopeId} and p.company_id is not distinct from ${wall.companyId}::uuid
          and p.household_id is not distinct from ${body.householdId ?? null}::uuid
          and p.building_id is not distinct from ${body.buildingId ?? null}::uuid and p.item is not distinct from ${body.item ?? null}::text
          and (p.ends_on is null or p.ends_on > ${body.startsOn}::date) and (${endsOn}::date is null or p.starts_on < ${endsOn}::date)`,
  );
  // On each day on which one begins within it: the most there is.
  const edges = [body.startsOn, ...rows.map(({ startsOn }) => startsOn).filter((day) => day > body.startsOn)];
  const most = Math.max(
    ...edges.map((day) =>
      rows
        .filter((row) => row.startsOn <= day && (row.endsOn === null || day < row.endsOn))
        .reduce((sum, { shareBp }) => sum + shareBp, 0),
    ),
  );
  if (most + body.shareBp > 10_000)
    throw new Problem(
      'billing.invalid',
      { reason: 'more_than_whole' },
      field('/shareBp', 'bill_share', { percent: (10_000 - most) / 100 }),
    );
}

export async function addCost(tx: Tx, acting: Acting, body: NewCostBody, now: Date): Promise<string> {
  const wall = await accessCompound(tx, acting, body.scopeId);
  if (monthOf(body.period) !== body.period)
    throw new Problem('billing.invalid', { reason: 'month' }, field('/period', 'invalid'));
  if (body.totalFen === 0)
    throw new Problem('billing.invalid', { reason: 'amount' }, field('/totalFen', 'invalid'));
  if (body.buildingId !== undefined && (await findBuilding(tx, wall.scopeId, body.buildingId)) === null)
    throw new Problem('not_found');
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into billing.shared_cost (scope_id, cost_id, city_id, street_id, company_id, item, period, building_id, total_fen, source, created_at,
          created_by, created_by_name)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${body.item}, ${body.period}, ${body.buildingId ?? null},
          ${body.totalFen}, ${body.source.trim()}, ${now}, ${acting.accountId}, ${acting.displayName})`,
  );
  return id;
}
