import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import type { Visibility } from '../../platform/live/live.ts';
import { householdPattern } from '../places/index.ts';
import type { KeptSlipState, ParcelState } from './domain/parcels.ts';

/** Parcels and slips. A resident's wall leaves those of the own home, from the first day there on. */

export interface ParcelRow {
  readonly id: string;
  readonly scopeId: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly carrier: string;
  readonly tail: string | null;
  readonly shelf: string;
  readonly code: string;
  readonly state: ParcelState;
  readonly arrivedAt: Date;
  readonly endedAt: Date | null;
  readonly endedByName: string | null;
  readonly version: number;
}

const parcelColumns = sql`p.parcel_id as id, p.scope_id as "scopeId", p.household_id as "householdId", p.household_label as "householdLabel",
  p.carrier, p.tail, p.shelf, p.code, p.state, p.arrived_at as "arrivedAt", p.ended_at as "endedAt", p.ended_by_name as "endedByName", p.version`;

/** Null: all of the scope that the wall leaves. */
const ofHomes = (column: Statement, homes: readonly string[] | null): Statement =>
  homes === null ? empty : sql`and ${column} = any (${homes}::uuid[])`;

export interface ParcelFilter {
  readonly scopeId: string;
  readonly homes: readonly string[] | null;
  readonly state: ParcelState | undefined;
  readonly code: string | undefined;
}

export function listParcels(
  q: Executor,
  { scopeId, homes, state, code }: ParcelFilter,
  before: string | null,
  limit: number,
): Promise<ParcelRow[]> {
  return q.query(
    sql`select ${parcelColumns} from access.parcel p
        where p.scope_id = ${scopeId} ${ofHomes(sql`p.household_id`, homes)}
          ${state === undefined ? empty : sql`and p.state = ${state}`}
          ${code === undefined ? empty : sql`and p.code = ${code}`}
          ${before === null ? empty : sql`and p.parcel_id < ${before}`}
        order by p.parcel_id desc limit ${limit}`,
  );
}

export async function lockParcel(tx: Tx, scopeId: string, id: string): Promise<ParcelRow | null> {
  const [row] = await tx.query<ParcelRow>(
    sql`select ${parcelColumns} from access.parcel p where p.scope_id = ${scopeId} and p.parcel_id = ${id} for no key update`,
  );
  return row ?? null;
}

export interface SlipRow {
  readonly id: string;
  readonly scopeId: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly code: string;
  readonly items: readonly { readonly what: string; readonly count: number }[];
  readonly carriedBy: string | null;
  readonly plate: string | null;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly state: KeptSlipState;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly checkedAt: Date | null;
  readonly checkedByName: string | null;
  readonly checkNote: string | null;
  readonly version: number;
}

const slipColumns = sql`g.slip_id as id, g.scope_id as "scopeId", g.household_id as "householdId", g.household_label as "householdLabel",
  g.code, g.items, g.carried_by as "carriedBy", g.plate, g.valid_from as "validFrom", g.valid_to as "validTo", g.state, g.asked_by as "askedBy",
  g.asked_by_name as "askedByName", g.checked_at as "checkedAt", g.checked_by_name as "checkedByName", g.check_note as "checkNote", g.version`;

export interface SlipFilter {
  readonly scopeId: string;
  readonly homes: readonly string[] | null;
  /** Only those that may still go out at this moment or later. */
  readonly openAt: Date | null;
  readonly code: string | undefined;
}

export function listSlips(
  q: Executor,
  { scopeId, homes, openAt, code }: SlipFilter,
  before: string | null,
  limit: number,
): Promise<SlipRow[]> {
  return q.query(
    sql`select ${slipColumns} from access.goods_slip g
        where g.scope_id = ${scopeId} ${ofHomes(sql`g.household_id`, homes)}
          ${openAt === null ? empty : sql`and g.state in ('open', 'held') and g.valid_to > ${openAt}`}
          ${code === undefined ? empty : sql`and g.code = ${code}`}
          ${before === null ? empty : sql`and g.slip_id < ${before}`}
        order by g.slip_id desc limit ${limit}`,
  );
}

export async function lockSlip(tx: Tx, scopeId: string, id: string): Promise<SlipRow | null> {
  const [row] = await tx.query<SlipRow>(
    sql`select ${slipColumns} from access.goods_slip g where g.scope_id = ${scopeId} and g.slip_id = ${id} for no key update`,
  );
  return row ?? null;
}

export const visibleParcels: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select p.parcel_id as id from access.parcel p
        where p.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[])
          and p.parcel_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};

export const visibleSlips: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select g.slip_id as id from access.goods_slip g
        where g.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[])
          and g.slip_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};

/** Two are as many as matter: then it is nobody's. */
export function homesCalled(
  q: Executor,
  scopeId: string,
  home: string,
): Promise<{ readonly id: string; readonly label: string }[]> {
  return q.query(
    sql`select h.household_id as id, h.label from places.household h
        where h.scope_id = ${scopeId} and h.label ~ ${`${householdPattern(home)}($|[^0-9])`} limit 2`,
  );
}
