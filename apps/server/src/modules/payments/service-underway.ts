import { addDays, localDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accounts } from '../ledger/index.ts';
import { wallOf } from '../places/index.ts';
import { type DepositFound, judgeDeposits, mayConfirm, takesTwo } from './domain.ts';
import {
  type DepositRow,
  proposeBankLine,
  setOutcome,
  setProposal,
  underwayOf,
  useBankLine,
} from './queries-deposits.ts';
import { type BankLineRow, lockBankLine, openBankLinesOf } from './queries-files.ts';
import { field, move, standing, tell } from './service-deposits.ts';
import { companyWall, holdUnused } from './service-files.ts';
import { chainOf } from './service-paying.ts';

/**
 * Cash in `cash:transit` stays there until a line of the bank's list is it. The line that is found for it, of the same amount, is
 * proof; that it is another, or that the cash never got there and is back in the till, is proposed by one and confirmed by another.
 */

export interface JudgedDeposit {
  readonly deposit: DepositRow;
  readonly found: DepositFound;
  readonly lineFen: number | null;
}

/** What a company waits for, and what the bank's list says of it by now. */
export async function judged(
  house: House,
  q: Executor,
  acting: Acting,
  companyId: string,
  now: Date,
): Promise<JudgedDeposit[]> {
  const wall = await companyWall(q as Tx, acting, companyId);
  const [deposits, days] = await Promise.all([
    underwayOf(q, companyId),
    house.settings.get(q, chainOf(wall), 'payments.deposit_days', now),
  ]);
  const accountsOf = [...new Set(deposits.map(({ account }) => account))];
  const since = deposits.map(({ broughtOn }) => broughtOn).toSorted()[0];
  const rows = since === undefined ? [] : await openBankLinesOf(q, companyId, accountsOf, since, 5_000);
  const lines = rows.map((row) => ({
    ...row,
    text: house.crypto.open(row.cipher, 'payments.bank_line', row.id),
  }));
  const today = localDate(now.getTime(), wall.timeZone);
  const found = judgeDeposits(deposits, lines, today, (day) => addDays(day, days));
  return deposits.map((deposit) => {
    const verdict = found.get(deposit.id)!;
    const lineFen = deposit.proposedFen ?? lines.find(({ id }) => id === verdict.lineId)?.amountFen ?? null;
    return { deposit, found: verdict, lineFen };
  });
}

type Versioned<T> = T & { readonly expectedVersion: number };
export type DepositAct = Versioned<
  | { readonly action: 'arrive'; readonly bankLineId: string; readonly note?: string | undefined }
  | { readonly action: 'note'; readonly note: string }
  | { readonly action: 'give_back'; readonly note: string }
  | { readonly action: 'confirm' }
  | { readonly action: 'turn_down' }
>;

interface Step {
  readonly tx: Tx;
  readonly deposit: DepositRow;
  readonly by: { readonly id: string; readonly name: string };
  readonly bookedOn: string;
  readonly now: Date;
}

/** The company's: what a deposit on its way is said to be, and by another what was proposed. */
export async function actOnDeposit(
  house: House,
  tx: Tx,
  acting: Acting,
  asked: { readonly companyId: string; readonly scopeId: string; readonly id: string },
  body: DepositAct,
  now: Date,
): Promise<void> {
  await companyWall(tx, acting, asked.companyId);
  // The company's own money, also when another serves the compound by now: the deposit says whose it is.
  const wall = await wallOf(tx, asked.scopeId);
  const deposit = await standing(tx, asked.scopeId, asked.id, 'underway', body.expectedVersion);
  if (wall === null || deposit.companyId !== asked.companyId) throw new Problem('not_found');
  const by = { id: acting.accountId, name: acting.displayName };
  const step: Step = { tx, deposit, by, bookedOn: localDate(now.getTime(), wall.timeZone), now };
  if (body.action === 'confirm' || body.action === 'turn_down') {
    await answer(step, asked.companyId, body.action);
    return;
  }
  if (deposit.proposal !== null) throw new Problem('payments.deposit_proposed');
  const note = body.note?.trim() ?? '';
  const noteCipher = note === '' ? null : house.crypto.seal(note, 'payments.cash_deposit', deposit.id);
  if (body.action === 'note') {
    setOutcome(tx, deposit, { state: 'underway', bankLineId: null, arrivedFen: null, noteCipher }, by, now);
    tell(tx, deposit, deposit.id, 'noted', now);
    return;
  }
  const line = body.action === 'arrive' ? await unused(tx, deposit, asked.companyId, body.bankLineId) : null;
  const known = line === null ? [] : await judged(house, tx, acting, asked.companyId, now);
  const found = known.find((one) => one.deposit.id === deposit.id)?.found;
  if (line !== null && !takesTwo(deposit, line, found)) {
    await arrive(step, asked.companyId, line, noteCipher);
    return;
  }
  if (note === '') throw new Problem('payments.invalid', { reason: 'note' }, field('/note', 'required'));
  const proposal = {
    action: body.action,
    lineId: line?.id ?? null,
    fen: line?.amountFen ?? null,
    noteCipher,
  };
  setProposal(tx, deposit, proposal, by, now);
  if (line !== null) proposeBankLine(tx, asked.companyId, line.id, deposit.id);
  tell(tx, deposit, deposit.id, 'proposed', now);
}

/** By another than who proposed it. Whoever proposed it may take it back. */
async function answer(step: Step, companyId: string, action: 'confirm' | 'turn_down'): Promise<void> {
  const { tx, deposit, by, bookedOn, now } = step;
  if (deposit.proposal === null) throw new Problem('payments.deposit_not_proposed');
  if (action === 'turn_down') {
    if (deposit.proposedLineId !== null) await free(tx, companyId, deposit);
    setProposal(tx, deposit, null, by, now);
    tell(tx, deposit, deposit.id, 'turned_down', now);
    return;
  }
  if (!mayConfirm(deposit, by.id)) throw new Problem('payments.needs_second_person');
  if (deposit.proposedLineId !== null) {
    await arrive(step, companyId, await unused(tx, deposit, companyId, deposit.proposedLineId), null);
    return;
  }
  await move(tx, deposit, by.id, bookedOn, now, [
    ['returned', accounts.cash(deposit.till), accounts.cashInTransit, deposit.amountFen],
  ]);
  setOutcome(
    tx,
    deposit,
    { state: 'returned', bankLineId: null, arrivedFen: null, noteCipher: null },
    by,
    now,
  );
  tell(tx, deposit, deposit.id, 'returned', now);
}

/** The line may be another's by now, where both were proposed before it was held for one. */
async function free(tx: Tx, companyId: string, { id, proposedLineId }: DepositRow): Promise<void> {
  const line = await lockBankLine(tx, companyId, proposedLineId!);
  if (line?.proposedDepositId === id) proposeBankLine(tx, companyId, line.id, null);
}

/**
 * A line of the deposit's account, not older than it, that is nothing else yet and proposed for no other. Two who mean the
 * same line wait here.
 */
async function unused(tx: Tx, deposit: DepositRow, companyId: string, lineId: string): Promise<BankLineRow> {
  const line = await lockBankLine(tx, companyId, lineId);
  if (line === null) throw new Problem('not_found');
  holdUnused(line, deposit.id);
  if (line.account !== deposit.account || line.day < deposit.broughtOn)
    throw new Problem('payments.invalid', { reason: 'other_line' }, field('/bankLineId', 'invalid'));
  return line;
}

async function arrive(
  { tx, deposit, by, bookedOn, now }: Step,
  companyId: string,
  line: BankLineRow,
  noteCipher: Buffer | null,
): Promise<void> {
  const [bank, transit] = [accounts.bank(line.account), accounts.cashInTransit];
  const shortFen = deposit.amountFen - line.amountFen;
  await move(tx, deposit, by.id, bookedOn, now, [
    ['arrived', bank, transit, Math.min(deposit.amountFen, line.amountFen)],
    // What the bank counted less is the till's loss; what it counted more is somebody's.
    ['short', accounts.expense('till-shortage'), transit, shortFen],
    ['more', bank, accounts.suspense, -shortFen],
  ]);
  useBankLine(tx, companyId, line.id, deposit.id);
  const arrived = { state: 'arrived', bankLineId: line.id, arrivedFen: line.amountFen, noteCipher } as const;
  setOutcome(tx, deposit, arrived, by, now);
  tell(tx, deposit, deposit.id, 'arrived', now);
}
