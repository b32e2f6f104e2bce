import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { DepositProposal, DepositState } from './domain.ts';
import type { PaymentWall } from './tables.ts';

export interface DepositRow extends PaymentWall {
  readonly id: string;
  readonly sessionId: string;
  readonly till: string;
  readonly account: string;
  readonly slipNo: string;
  readonly broughtOn: string;
  readonly amountFen: number;
  readonly state: DepositState;
  readonly madeBy: string;
  readonly madeByName: string;
  readonly madeAt: Date;
  readonly signedByName: string | null;
  readonly signedAt: Date | null;
  readonly bankLineId: string | null;
  readonly arrivedFen: number | null;
  readonly noteCipher: Buffer | null;
  readonly actedByName: string | null;
  readonly actedAt: Date | null;
  /** What somebody proposed, until another confirms it; and what was confirmed. */
  readonly proposal: DepositProposal | null;
  readonly proposedLineId: string | null;
  readonly proposedFen: number | null;
  readonly proposedBy: string | null;
  readonly proposedByName: string | null;
  readonly proposedAt: Date | null;
  readonly fileIds: readonly string[];
  readonly version: number;
}

const columns = sql`d.scope_id as "scopeId", d.city_id as "cityId", d.street_id as "streetId", d.company_id as "companyId", d.deposit_id as id,
  d.session_id as "sessionId", d.till, d.account, d.slip_no as "slipNo", d.brought_on::text as "broughtOn", d.amount_fen as "amountFen", d.state,
  d.made_by as "madeBy", d.made_by_name as "madeByName", d.made_at as "madeAt", d.signed_by_name as "signedByName", d.signed_at as "signedAt",
  d.bank_line_id as "bankLineId", d.arrived_fen as "arrivedFen", d.note_cipher as "noteCipher", d.acted_by_name as "actedByName",
  d.acted_at as "actedAt", d.proposal, d.proposed_line_id as "proposedLineId", d.proposed_fen as "proposedFen", d.proposed_by as "proposedBy",
  d.proposed_by_name as "proposedByName", d.proposed_at as "proposedAt", d.version,
  coalesce((select pg_catalog.array_agg(f.file_id::text order by f.file_id) from platform.file f
    where f.scope_id = d.scope_id and f.attached_type = 'cash_deposit' and f.attached_id = d.deposit_id), '{}') as "fileIds"`;

export function listDeposits(
  q: Executor,
  scopeId: string,
  before: string | null,
  limit: number,
): Promise<DepositRow[]> {
  return q.query(
    before === null
      ? sql`select ${columns} from payments.cash_deposit d where d.scope_id = ${scopeId} order by d.deposit_id desc limit ${limit}`
      : sql`select ${columns} from payments.cash_deposit d where d.scope_id = ${scopeId} and d.deposit_id < ${before} order by d.deposit_id desc limit ${limit}`,
  );
}

/** In all compounds of a company: what the bank has not shown yet. */
export function underwayOf(q: Executor, companyId: string): Promise<DepositRow[]> {
  return q.query(
    sql`select ${columns} from payments.cash_deposit d where d.company_id = ${companyId} and d.state = 'underway' order by d.deposit_id limit 500`,
  );
}

export async function lockDeposit(tx: Tx, scopeId: string, id: string): Promise<DepositRow | null> {
  const rows = await tx.query(
    sql`select from payments.cash_deposit d where d.scope_id = ${scopeId} and d.deposit_id = ${id} for no key update`,
  );
  if (rows.length === 0) return null;
  const [row] = await tx.query<DepositRow>(
    sql`select ${columns} from payments.cash_deposit d where d.scope_id = ${scopeId} and d.deposit_id = ${id}`,
  );
  return row ?? null;
}

/** What was brought out of a till: of one close, and of all of its days what nobody has signed yet. */
export async function broughtFrom(
  q: Executor,
  {
    scopeId,
    sessionId,
    till,
  }: { readonly scopeId: string; readonly sessionId: string; readonly till: string },
): Promise<{ ofSessionFen: number; unsignedFen: number }> {
  const [row] = await q.query<{ ofSessionFen: number; unsignedFen: number }>(
    sql`select coalesce(sum(d.amount_fen) filter (where d.session_id = ${sessionId} and d.state not in ('declined', 'returned')), 0)::float8 as "ofSessionFen",
          coalesce(sum(d.amount_fen) filter (where d.state = 'made'), 0)::float8 as "unsignedFen"
        from payments.cash_deposit d where d.scope_id = ${scopeId} and d.till = ${till} and (d.session_id = ${sessionId} or d.state = 'made')`,
  );
  return { ofSessionFen: row?.ofSessionFen ?? 0, unsignedFen: row?.unsignedFen ?? 0 };
}

export function insertDeposit(
  tx: Tx,
  row: Pick<
    DepositRow,
    | keyof PaymentWall
    | 'id'
    | 'sessionId'
    | 'till'
    | 'account'
    | 'slipNo'
    | 'broughtOn'
    | 'amountFen'
    | 'madeBy'
    | 'madeByName'
    | 'madeAt'
  >,
): void {
  tx.write(
    sql`insert into payments.cash_deposit (scope_id, deposit_id, city_id, street_id, company_id, session_id, till, account, slip_no, brought_on, amount_fen,
          state, made_by, made_by_name, made_at, version)
        values (${row.scopeId}, ${row.id}, ${row.cityId}, ${row.streetId}, ${row.companyId}, ${row.sessionId}, ${row.till}, ${row.account}, ${row.slipNo},
          ${row.broughtOn}, ${row.amountFen}, 'made', ${row.madeBy}, ${row.madeByName}, ${row.madeAt}, 1)`,
  );
}

export function setSignature(
  tx: Tx,
  { scopeId, id }: DepositRow,
  state: 'underway' | 'declined',
  by: { readonly id: string; readonly name: string },
  at: Date,
): void {
  tx.write(
    sql`update payments.cash_deposit set state = ${state}, signed_by = ${by.id}, signed_by_name = ${by.name}, signed_at = ${at}, version = version + 1
        where scope_id = ${scopeId} and deposit_id = ${id}`,
  );
}

export function setOutcome(
  tx: Tx,
  { scopeId, id }: DepositRow,
  to: {
    readonly state: DepositState;
    readonly bankLineId: string | null;
    readonly arrivedFen: number | null;
    readonly noteCipher: Buffer | null;
  },
  by: { readonly id: string; readonly name: string },
  at: Date,
): void {
  tx.write(
    sql`update payments.cash_deposit set state = ${to.state}, bank_line_id = ${to.bankLineId}, arrived_fen = ${to.arrivedFen},
          note_cipher = coalesce(${to.noteCipher}, note_cipher), acted_by = ${by.id}, acted_by_name = ${by.name}, acted_at = ${at}, version = version + 1
        where scope_id = ${scopeId} and deposit_id = ${id}`,
  );
}

/** Without one, what was proposed is turned down. */
export function setProposal(
  tx: Tx,
  { scopeId, id }: DepositRow,
  proposal: {
    readonly action: DepositProposal;
    readonly lineId: string | null;
    readonly fen: number | null;
    readonly noteCipher: Buffer | null;
  } | null,
  by: { readonly id: string; readonly name: string },
  at: Date,
): void {
  const [byId, byName, since] = proposal === null ? [null, null, null] : [by.id, by.name, at];
  tx.write(
    sql`update payments.cash_deposit set proposal = ${proposal?.action ?? null}, proposed_line_id = ${proposal?.lineId ?? null},
          proposed_fen = ${proposal?.fen ?? null}, proposed_by = ${byId}, proposed_by_name = ${byName}, proposed_at = ${since},
          note_cipher = coalesce(${proposal?.noteCipher ?? null}, note_cipher), acted_by = ${by.id}, acted_by_name = ${by.name}, acted_at = ${at},
          version = version + 1
        where scope_id = ${scopeId} and deposit_id = ${id}`,
  );
}

/** For which deposit a line of the bank's list is proposed; null: for none any more. */
export function proposeBankLine(tx: Tx, companyId: string, lineId: string, depositId: string | null): void {
  tx.write(
    sql`update payments.bank_line set proposed_deposit_id = ${depositId} where scope_id = ${companyId} and line_id = ${lineId}`,
  );
}

/** Which deposit a line of the bank's list was. */
export function useBankLine(tx: Tx, companyId: string, lineId: string, depositId: string): void {
  tx.write(
    sql`update payments.bank_line set deposit_id = ${depositId} where scope_id = ${companyId} and line_id = ${lineId}`,
  );
}
