import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { TillDay } from './domain.ts';
import type { PaymentWall } from './tables.ts';

export interface TillRow extends PaymentWall {
  readonly id: string;
  readonly till: string;
  readonly state: 'open' | 'counted' | 'signed';
  readonly openingFen: number;
  readonly openedByName: string;
  readonly openedAt: Date;
  readonly expectedFen: number | null;
  readonly countedFen: number | null;
  readonly differenceFen: number | null;
  readonly noteCipher: Buffer | null;
  readonly closedBy: string | null;
  readonly closedByName: string | null;
  readonly closedAt: Date | null;
  readonly signedByName: string | null;
  readonly signedAt: Date | null;
  readonly version: number;
}

const columns = sql`t.scope_id as "scopeId", t.city_id as "cityId", t.street_id as "streetId", t.company_id as "companyId", t.session_id as id, t.till,
  t.state, t.opening_fen as "openingFen", t.opened_by_name as "openedByName", t.opened_at as "openedAt", t.expected_fen as "expectedFen",
  t.counted_fen as "countedFen", t.difference_fen as "differenceFen", t.note_cipher as "noteCipher", t.closed_by as "closedBy",
  t.closed_by_name as "closedByName", t.closed_at as "closedAt", t.signed_by_name as "signedByName", t.signed_at as "signedAt", t.version`;

export async function lockTill(tx: Tx, scopeId: string, id: string): Promise<TillRow | null> {
  const [row] = await tx.query<TillRow>(
    sql`select ${columns} from payments.till_session t where t.scope_id = ${scopeId} and t.session_id = ${id} for no key update`,
  );
  return row ?? null;
}

/** What comes and goes holds the till open: it is not counted meanwhile. */
export async function shareTill(tx: Tx, scopeId: string, id: string): Promise<TillRow | null> {
  const [row] = await tx.query<TillRow>(
    sql`select ${columns} from payments.till_session t where t.scope_id = ${scopeId} and t.session_id = ${id} for share`,
  );
  return row ?? null;
}

export function listTills(
  q: Executor,
  scopeId: string,
  before: string | null,
  limit: number,
): Promise<TillRow[]> {
  return q.query(
    before === null
      ? sql`select ${columns} from payments.till_session t where t.scope_id = ${scopeId} order by t.session_id desc limit ${limit}`
      : sql`select ${columns} from payments.till_session t where t.scope_id = ${scopeId} and t.session_id < ${before} order by t.session_id desc limit ${limit}`,
  );
}

/** With how much the till's next day began: cash of this one that lay in it on. Nothing, as long as it has not begun. */
export async function openingAfter(q: Executor, { scopeId, id, till }: TillRow): Promise<number> {
  const [next] = await q.query<{ openingFen: number }>(
    sql`select t.opening_fen::float8 as "openingFen" from payments.till_session t
        where t.scope_id = ${scopeId} and t.till = ${till} and t.session_id > ${id} order by t.session_id limit 1`,
  );
  return next?.openingFen ?? 0;
}

/** Cash alone: a card's money never was in the till. What is given back of another day's payment is given out of this one. */
export async function dayOfTill(
  q: Executor,
  { scopeId, id, openingFen }: TillRow,
): Promise<TillDay & { readonly payments: number }> {
  const [row] = await q.query<{ takenFen: number; givenFen: number; payments: number }>(
    sql`select coalesce((select sum(p.amount_fen) from payments.payment p
            where p.scope_id = ${scopeId} and p.till_session_id = ${id} and p.way = 'cash' and p.state = 'paid'), 0)::float8 as "takenFen",
          coalesce((select sum((s.detail ->> 'amountFen')::bigint) from payments.step s
            where s.scope_id = ${scopeId} and s.state = 'refund_done' and s.detail ->> 'tillSessionId' = ${id}::text), 0)::float8 as "givenFen",
          (select count(*) from payments.payment p
            where p.scope_id = ${scopeId} and p.till_session_id = ${id} and p.state = 'paid')::int as payments`,
  );
  return {
    openingFen,
    takenFen: row?.takenFen ?? 0,
    givenFen: row?.givenFen ?? 0,
    payments: row?.payments ?? 0,
  };
}

export function insertTill(
  tx: Tx,
  row: Pick<TillRow, keyof PaymentWall | 'id' | 'till' | 'openingFen' | 'openedByName' | 'openedAt'> & {
    readonly openedBy: string;
  },
): void {
  tx.write(
    sql`insert into payments.till_session (scope_id, session_id, city_id, street_id, company_id, till, state, opening_fen, opened_by, opened_by_name,
          opened_at, version)
        values (${row.scopeId}, ${row.id}, ${row.cityId}, ${row.streetId}, ${row.companyId}, ${row.till}, 'open', ${row.openingFen}, ${row.openedBy},
          ${row.openedByName}, ${row.openedAt}, 1)`,
  );
}

export function setCounted(
  tx: Tx,
  { scopeId, id }: TillRow,
  to: {
    readonly expectedFen: number;
    readonly countedFen: number;
    readonly noteCipher: Buffer | null;
    readonly by: string;
    readonly byName: string;
    readonly at: Date;
  },
): void {
  tx.write(
    sql`update payments.till_session set state = 'counted', expected_fen = ${to.expectedFen}, counted_fen = ${to.countedFen},
          difference_fen = ${to.countedFen - to.expectedFen}, note_cipher = ${to.noteCipher}, closed_by = ${to.by}, closed_by_name = ${to.byName},
          closed_at = ${to.at}, version = version + 1
        where scope_id = ${scopeId} and session_id = ${id}`,
  );
}

export function setSigned(tx: Tx, { scopeId, id }: TillRow, by: string, byName: string, at: Date): void {
  tx.write(
    sql`update payments.till_session set state = 'signed', signed_by = ${by}, signed_by_name = ${byName}, signed_at = ${at}, version = version + 1
        where scope_id = ${scopeId} and session_id = ${id}`,
  );
}
