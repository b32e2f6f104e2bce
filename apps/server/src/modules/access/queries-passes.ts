import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import type { Visibility } from '../../platform/live/live.ts';
import type { Hours, PassKind, PassStatus } from '@gongzhi/gate';
import type { VehicleKind } from './domain/issuing.ts';
import { cardIndexOf, digitsIndexOf, type PassRow, plateIndexOf } from './tables-passes.ts';

const columns = sql`p.scope_id as "scopeId", p.pass_id as id, p.ref, p.kind, p.vehicle_kind as "vehicleKind", p.status,
  p.household_id as "householdId", h.label as "householdLabel", p.person_id as "personId", p.account_id as "accountId",
  p.name_masked as "nameMasked", p.name_cipher as "nameCipher", p.phone_masked as "phoneMasked", p.plate_masked as "plateMasked", p.plate_cipher as "plateCipher",
  p.card_index is not null as "hasCard", p.secret_cipher as "secretCipher", p.building_ids as "buildingIds", p.valid_from as "validFrom",
  p.valid_to as "validTo", p.hours, p.entries_allowed as "entriesAllowed", p.entries_used as "entriesUsed", p.on_shift_only as "onShiftOnly", p.authority,
  p.document_no as "documentNo", p.reason, p.issued_by as "issuedBy", p.issued_by_name as "issuedByName", p.issued_at as "issuedAt", p.version`;
const fromPass = sql`from access.pass p left join places.household h on h.scope_id = p.scope_id and h.household_id = p.household_id`;

/** Neither revoked nor over at this moment; it may be suspended, or not have begun. */
const lives = (now: Date): Statement =>
  sql`p.status <> 'revoked' and (p.valid_to is null or p.valid_to > ${now}) and (p.entries_allowed is null or p.entries_used < p.entries_allowed)`;

export async function findPass(q: Executor, scopeId: string, id: string): Promise<PassRow | null> {
  const [row] = await q.query<PassRow>(
    sql`select ${columns} ${fromPass} where p.scope_id = ${scopeId} and p.pass_id = ${id}`,
  );
  return row ?? null;
}

export async function lockPass(tx: Tx, scopeId: string, id: string): Promise<PassRow | null> {
  const [row] = await tx.query<PassRow>(
    sql`select ${columns} ${fromPass} where p.scope_id = ${scopeId} and p.pass_id = ${id} for no key update of p`,
  );
  return row ?? null;
}

/** An account's own: what its phone shows at the gate, and its children's. */
export function ownPasses(q: Executor, scopeId: string, accountId: string, now: Date): Promise<PassRow[]> {
  return q.query(
    sql`select ${columns} ${fromPass}
        where p.scope_id = ${scopeId} and p.account_id = ${accountId} and ${lives(now)}
        order by p.issued_at, p.pass_id limit 50`,
  );
}

export const INVITED_KINDS = ['visitor', 'courier', 'delivery', 'helper'] as const;

/** Whom these homes have invited: what still holds first, then what is past. */
export function invitations(
  q: Executor,
  scopeId: string,
  homes: readonly string[],
  now: Date,
  limit: number,
): Promise<PassRow[]> {
  return q.query(
    sql`select ${columns} ${fromPass}
        where p.scope_id = ${scopeId} and p.household_id = any (${homes}::uuid[]) and p.kind = any (${INVITED_KINDS})
        order by (${lives(now)}) desc, p.pass_id desc limit ${limit}`,
  );
}

/** For the tiles of the home page: invitations, parcels, slips. */
export async function ownCounts(
  q: Executor,
  scopeId: string,
  homes: readonly string[],
  now: Date,
): Promise<{ visitors: number; parcels: number; slips: number }> {
  const [row] = await q.query<{ visitors: number; parcels: number; slips: number }>(
    sql`select
        (select count(*)::int from access.pass p where p.scope_id = ${scopeId} and p.household_id = any (${homes}::uuid[])
          and p.kind = any (${INVITED_KINDS}) and ${lives(now)}) as visitors,
        (select count(*)::int from access.parcel a where a.scope_id = ${scopeId} and a.household_id = any (${homes}::uuid[]) and a.state = 'waiting') as parcels,
        (select count(*)::int from access.goods_slip g where g.scope_id = ${scopeId} and g.household_id = any (${homes}::uuid[])
          and g.state in ('open', 'held') and g.valid_to > ${now}) as slips`,
  );
  return row ?? { visitors: 0, parcels: 0, slips: 0 };
}

export interface PassFilter {
  readonly scopeId: string;
  readonly kinds: readonly PassKind[] | null;
  readonly vehicleKind: VehicleKind | null;
  /** Only what holds at this moment or will. */
  readonly livesAt: Date | null;
  readonly status: PassStatus | null;
  /** People without a phone: for the list that is printed in the morning. */
  readonly isWithoutPhone: boolean;
  readonly words: PassWords | null;
}

/** What was typed to find a pass: a home, a plate, the digits of a phone or of a code, a card. */
export type PassWords =
  | { readonly by: 'plate'; readonly plate: string }
  | { readonly by: 'last_four'; readonly digits: string }
  | { readonly by: 'six_digits'; readonly digits: string }
  | { readonly by: 'card'; readonly card: string }
  | { readonly by: 'home'; readonly label: string };

function matching(crypto: Crypto, scopeId: string, words: PassWords): Statement {
  switch (words.by) {
    case 'plate':
      return sql`and p.plate_index = ${plateIndexOf(crypto, scopeId, words.plate)}`;
    case 'last_four':
      return sql`and p.phone_last4_index = ${crypto.scopeIndex(scopeId, 'phone_last4', words.digits)}`;
    case 'six_digits':
      return sql`and (p.six_digits_index = ${digitsIndexOf(crypto, scopeId, words.digits)} or p.card_index = ${cardIndexOf(crypto, scopeId, words.digits)})`;
    case 'card':
      return sql`and p.card_index = ${cardIndexOf(crypto, scopeId, words.card)}`;
    case 'home':
      return sql`and strpos(h.label, ${words.label}) > 0`;
  }
}

export function listPasses(
  q: Executor,
  crypto: Crypto,
  filter: PassFilter,
  before: string | null,
  limit: number,
): Promise<PassRow[]> {
  const { scopeId, kinds, vehicleKind, livesAt, status, isWithoutPhone, words } = filter;
  return q.query(
    sql`select ${columns} ${fromPass}
        where p.scope_id = ${scopeId}
          ${kinds === null ? empty : sql`and p.kind = any (${kinds})`}
          ${vehicleKind === null ? empty : sql`and p.vehicle_kind = ${vehicleKind}`}
          ${livesAt === null ? empty : sql`and ${lives(livesAt)}`}
          ${status === null ? empty : sql`and p.status = ${status}`}
          ${isWithoutPhone ? sql`and p.secret_cipher is null and p.kind in ('card', 'minor', 'helper', 'resident', 'family', 'tenant')` : empty}
          ${words === null ? empty : matching(crypto, scopeId, words)}
          ${before === null ? empty : sql`and p.pass_id < ${before}`}
        order by p.pass_id desc limit ${limit}`,
  );
}

export interface NewPass {
  readonly wall: {
    readonly scopeId: string;
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
  };
  readonly id: string;
  readonly ref: string;
  readonly kind: PassKind;
  readonly vehicleKind: VehicleKind | null;
  readonly householdId: string | null;
  readonly personId: string | null;
  readonly accountId: string | null;
  readonly homeBuildingId: string | null;
  readonly onShiftOnly: boolean;
  readonly name: { readonly cipher: Buffer; readonly masked: string } | null;
  readonly phone: { readonly cipher: Buffer; readonly masked: string; readonly last4Index: Buffer } | null;
  readonly plate: { readonly cipher: Buffer; readonly masked: string; readonly index: Buffer } | null;
  readonly cardIndex: Buffer | null;
  readonly digitsIndex: Buffer | null;
  readonly secretCipher: Buffer | null;
  readonly buildingIds: readonly string[] | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly hours: readonly Hours[];
  readonly entriesAllowed: number | null;
  readonly guardianPassId: string | null;
  readonly authority: string | null;
  readonly documentNo: string | null;
  readonly reason: string | null;
  readonly issuedBy: string | null;
  readonly issuedByName: string | null;
}

export function insertPass(tx: Tx, p: NewPass, now: Date): void {
  const { scopeId, cityId, streetId, companyId } = p.wall;
  tx.write(
    sql`insert into access.pass (scope_id, pass_id, city_id, street_id, company_id, ref, kind, vehicle_kind, status, household_id, person_id, account_id,
          home_building_id, name_cipher, name_masked, phone_cipher, phone_masked, phone_last4_index, plate_cipher, plate_masked, plate_index,
          card_index, six_digits_index, building_ids, valid_from, valid_to, hours, entries_allowed, entries_used, secret_cipher, guardian_pass_id,
          authority, document_no, reason, issued_by, issued_by_name, issued_at, version, updated_at, on_shift_only)
        values (${scopeId}, ${p.id}, ${cityId}, ${streetId}, ${companyId}, ${p.ref}, ${p.kind}, ${p.vehicleKind}, 'active', ${p.householdId}, ${p.personId},
          ${p.accountId}, ${p.homeBuildingId}, ${p.name?.cipher ?? null}, ${p.name?.masked ?? null}, ${p.phone?.cipher ?? null}, ${p.phone?.masked ?? null},
          ${p.phone?.last4Index ?? null}, ${p.plate?.cipher ?? null}, ${p.plate?.masked ?? null}, ${p.plate?.index ?? null}, ${p.cardIndex}, ${p.digitsIndex},
          ${p.buildingIds}::uuid[], ${p.validFrom}, ${p.validTo}, ${JSON.stringify(p.hours)}::jsonb, ${p.entriesAllowed}, 0, ${p.secretCipher}, ${p.guardianPassId},
          ${p.authority}, ${p.documentNo}, ${p.reason}, ${p.issuedBy}, ${p.issuedByName}, ${now}, 1, ${now}, ${p.onShiftOnly})`,
  );
}

/** Until the end: of two who ask at once for the last that a home may have, the second sees what the first was given. */
export async function holdHome(tx: Tx, scopeId: string, householdId: string): Promise<void> {
  await tx.query(
    sql`select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(${`access.home ${scopeId} ${householdId}`}, 0))`,
  );
}

/**
 * Whether these digits, this card or this plate are somebody's in the compound now. Held until the end, so that nobody
 * else is given them meanwhile; digits before plates before cards.
 */
export async function isTaken(
  tx: Tx,
  scopeId: string,
  by: 'digits' | 'card' | 'plate',
  index: Buffer,
  now: Date,
): Promise<boolean> {
  const name = `access.${by} ${scopeId} ${index.toString('hex')}`;
  await tx.query(sql`select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(${name}, 0))`);
  const column = { digits: sql`p.six_digits_index`, card: sql`p.card_index`, plate: sql`p.plate_index` }[by];
  const rows = await tx.query(
    sql`select 1 from access.pass p where p.scope_id = ${scopeId} and ${column} = ${index} and ${lives(now)} limit 1`,
  );
  return rows.length > 0;
}

/** Whether this plate is on the car of somebody who lives here. */
export async function isCarOfHome(
  q: Executor,
  scopeId: string,
  plateIndex: Buffer,
  now: Date,
): Promise<boolean> {
  const rows = await q.query(
    sql`select 1 from access.pass p
        where p.scope_id = ${scopeId} and p.plate_index = ${plateIndex} and (p.vehicle_kind = 'resident' or p.vehicle_kind = 'monthly' and p.home_building_id is not null)
          and ${lives(now)} limit 1`,
  );
  return rows.length > 0;
}

export async function countInvitations(
  tx: Tx,
  scopeId: string,
  householdId: string,
  now: Date,
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`select count(*)::int as count from access.pass p
        where p.scope_id = ${scopeId} and p.household_id = ${householdId} and p.kind = any (${INVITED_KINDS}) and ${lives(now)}`,
  );
  return row?.count ?? 0;
}

/** Vehicles that hold a space now. */
export async function countSpacesHeld(q: Executor, scopeId: string, now: Date): Promise<number> {
  const [row] = await q.query<{ count: number }>(
    sql`select count(*)::int as count from access.pass p
        where p.scope_id = ${scopeId} and p.kind = 'vehicle' and p.vehicle_kind in ('resident', 'monthly') and ${lives(now)}`,
  );
  return row?.count ?? 0;
}

/** A new phone: what the old one shows opens nothing any more. */
export function storeSecret(
  tx: Tx,
  pass: Pick<PassRow, 'scopeId' | 'id'>,
  secretCipher: Buffer,
  digitsIndex: Buffer,
  now: Date,
): void {
  tx.write(
    sql`update access.pass set secret_cipher = ${secretCipher}, six_digits_index = ${digitsIndex}, version = version + 1, updated_at = ${now}
        where scope_id = ${pass.scopeId} and pass_id = ${pass.id}`,
  );
}

export function storeStatus(
  tx: Tx,
  pass: Pick<PassRow, 'scopeId' | 'id'>,
  status: PassStatus,
  reason: string | null,
  now: Date,
): void {
  tx.write(
    sql`update access.pass set status = ${status}, reason = coalesce(${reason}, reason), version = version + 1, updated_at = ${now}
        where scope_id = ${pass.scopeId} and pass_id = ${pass.id}`,
  );
}

/** The passes that live on these people's belonging to a home, and whom they invited there. Worker only. */
export function passesOfPeople(
  tx: Tx,
  scopeId: string,
  personIds: readonly string[],
  accountIds: readonly string[],
  now: Date,
): Promise<PassRow[]> {
  return tx.query(
    sql`select ${columns} ${fromPass}
        where p.scope_id = ${scopeId} and ${lives(now)}
          and ((p.person_id = any (${personIds}::uuid[]) and p.kind in ('resident', 'family', 'tenant', 'card', 'minor'))
            or (p.issued_by = any (${accountIds}::uuid[]) and p.household_id is not null and p.kind = any (${INVITED_KINDS})))
        order by p.pass_id for no key update of p`,
  );
}

/** What somebody holds in a scope on others' consent. Worker only. */
export function passesOfDelegate(tx: Tx, scopeId: string, accountId: string, now: Date): Promise<PassRow[]> {
  return tx.query(
    sql`select ${columns} ${fromPass}
        where p.scope_id = ${scopeId} and p.account_id = ${accountId} and p.person_id is null and p.kind = 'family' and ${lives(now)} for no key update of p`,
  );
}

export interface VisitRow {
  readonly passageId: string;
  readonly passId: string;
  readonly kind: PassKind;
  readonly nameMasked: string | null;
  readonly gateName: string | null;
  readonly direction: 'in' | 'out';
  readonly at: Date;
}

/** Who came and went on these homes' invitations; whoever was turned away did not come. */
export function visitsOfHomes(
  q: Executor,
  scopeId: string,
  homes: readonly string[],
  since: Date,
  limit: number,
): Promise<VisitRow[]> {
  return q.query(
    sql`select g.passage_id as "passageId", p.pass_id as "passId", p.kind, p.name_masked as "nameMasked", a.name as "gateName", g.direction, g.happened_at as at
        from access.pass p
          join access.passage g on g.scope_id = p.scope_id and g.pass_id = p.pass_id and g.recorded_at >= ${since}
          left join access.gate a on a.scope_id = g.scope_id and a.gate_id = g.gate_id
        where p.scope_id = ${scopeId} and p.household_id = any (${homes}::uuid[]) and p.kind = any (${INVITED_KINDS})
          and g.outcome in ('pass', 'pass_report')
        order by g.happened_at desc, g.passage_id limit ${limit}`,
  );
}

export const visiblePasses: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select p.pass_id as id from access.pass p
        where p.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[])
          and p.pass_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};
