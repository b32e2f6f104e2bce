import { type LocalDate, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { NewPosting } from '../ledger/index.ts';
import { type Basis, discountOf, dueNow, openOf, receivableOf, settleWith } from './domain.ts';
import {
  findLine,
  insertSettlement,
  lockLine,
  lockOpenLineRows,
  openLineRows,
  setSettled,
  settlementsByKey,
} from './queries-lines.ts';
import type { LineRow } from './tables.ts';

/** What is open, for whoever takes money: which account of the ledger it stands on, and what closes it today. */
export interface OpenLine {
  readonly lineId: string;
  readonly billId: string;
  readonly householdId: string;
  /** Whose claim it is: a predecessor's is not paid to who serves now. */
  readonly companyId: string | null;
  readonly item: string;
  readonly name: string;
  readonly period: LocalDate;
  readonly dueOn: LocalDate;
  readonly amountFen: number;
  readonly openFen: number;
  /** What closes it on the day that was asked for: less than `openFen` while paying early takes something off. */
  readonly dueFen: number;
  readonly earlyUntil: LocalDate | null;
  readonly voidedAt: Date | null;
  /** Its account in the ledger. */
  readonly receivable: string;
  readonly basis: Basis;
}

const settleable = (line: LineRow) => ({ ...line, isVoided: line.voidedAt !== null });

export function openView(line: LineRow, today: LocalDate): OpenLine {
  return {
    lineId: line.lineId,
    billId: line.billId,
    householdId: line.householdId,
    companyId: line.companyId,
    item: line.item,
    name: line.name,
    period: line.period,
    dueOn: line.dueOn,
    amountFen: line.amountFen,
    openFen: openOf(settleable(line)),
    dueFen: dueNow(settleable(line), today),
    earlyUntil: line.earlyUntil,
    voidedAt: line.voidedAt,
    receivable: receivableOf(line),
    basis: line.basis,
  };
}

/** What a household owes, the oldest first; all of it, or these lines. */
export async function openLines(
  q: Executor,
  scopeId: string,
  householdId: string,
  today: LocalDate,
  lineIds?: readonly string[],
): Promise<OpenLine[]> {
  return (await openLineRows(q, scopeId, householdId, lineIds)).map((line) => openView(line, today));
}

/** All of it, and nobody else pays or takes back any of these lines until the transaction ends. */
export async function lockOpenLines(
  tx: Tx,
  scopeId: string,
  householdId: string,
  today: LocalDate,
): Promise<OpenLine[]> {
  return (await lockOpenLineRows(tx, scopeId, householdId)).map((line) => openView(line, today));
}

export async function openLine(
  q: Executor,
  scopeId: string,
  lineId: string,
  today: LocalDate,
): Promise<OpenLine | null> {
  const line = await findLine(q, scopeId, lineId);
  return line === null ? null : openView(line, today);
}

export interface Settling {
  readonly scopeId: string;
  readonly lineId: string;
  readonly amountFen: number;
  readonly by: { readonly kind: 'payment' | 'cash' | 'prepaid'; readonly id: string };
  /** Who says it a second time changes nothing and is answered the same. */
  readonly key: string;
  /** The place's day on which the money was had: it decides whether it came early. */
  readonly on: LocalDate;
  /** The day it is booked on, like the money itself: the month of the day on which it was had may be closed. */
  readonly bookedOn: LocalDate;
  readonly now: Date;
}

export interface SettledLine {
  readonly line: OpenLine;
  /** So much of the amount went on the line: what is posted from the money's account to `line.receivable`. */
  readonly takenFen: number;
  /** Taken off for paying early. */
  readonly earlyFen: number;
  /** What is to be posted besides the money: what paying early takes off. */
  readonly postings: readonly NewPosting[];
  /** What no longer fits: somebody else has paid meanwhile. It stays the payer's. */
  readonly leftFen: number;
  readonly isReplay: boolean;
}

/**
 * Money goes on a line, in the caller's transaction: the line is locked, takes at most what is open, and says what was
 * left. Posting the money (its account to `line.receivable`, `takenFen`) and `postings` is the caller's, in the same transaction.
 */
export async function settle(tx: Tx, asked: Settling): Promise<SettledLine> {
  const { scopeId, lineId, amountFen, by, key, on, bookedOn, now } = asked;
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0)
    throw new Problem('billing.invalid', { reason: 'amount' });
  // In this order, on one connection: what was settled is read once the line is locked.
  const [line, before] = await Promise.all([
    lockLine(tx, scopeId, lineId),
    settlementsByKey(tx, scopeId, [key, `${key}:early`]),
  ]);
  if (line === null) throw new Problem('not_found');
  const taken = before.find((row) => row.key === key);
  if (taken !== undefined) {
    if (taken.lineId !== lineId || taken.sourceId !== by.id) throw new Problem('billing.key_reused', { key });
    const early = before.find((row) => row.key !== key)?.amountFen ?? 0;
    return {
      line: openView(line, on),
      takenFen: taken.amountFen,
      earlyFen: early,
      postings: [],
      leftFen: amountFen - taken.amountFen,
      isReplay: true,
    };
  }
  const done = settleWith(settleable(line), amountFen, on);
  const settledFen = line.settledFen + done.takenFen + done.earlyFen;
  const postings: NewPosting[] = [];
  if (done.takenFen > 0) {
    setSettled(tx, line, settledFen, {
      id: uuidv7(now.getTime()),
      kind: by.kind,
      sourceId: by.id,
      amountFen: done.takenFen,
      key,
      settledOn: on,
      at: now,
    });
  }
  if (done.earlyFen > 0) {
    insertSettlement(tx, line, {
      id: uuidv7(now.getTime()),
      kind: 'early_discount',
      sourceId: by.id,
      amountFen: done.earlyFen,
      key: `${key}:early`,
      settledOn: on,
      at: now,
    });
    postings.push({
      key: `early:${lineId}`,
      debit: discountOf(line.item),
      credit: receivableOf(line),
      amountFen: done.earlyFen,
      bookedOn,
      source: { kind: 'billing.line', id: lineId },
      householdId: line.partyId === null ? line.householdId : null,
    });
  }
  if (done.takenFen > 0) tellSettled(tx, line, done.openFen, now);
  return {
    line: openView({ ...line, settledFen }, on),
    takenFen: done.takenFen,
    earlyFen: done.earlyFen,
    postings,
    leftFen: done.leftFen,
    isReplay: false,
  };
}

export interface Unsettling {
  readonly scopeId: string;
  readonly lineId: string;
  readonly amountFen: number;
  /** The refund. */
  readonly id: string;
  readonly key: string;
  readonly on: LocalDate;
  readonly now: Date;
}

/**
 * Money that a refund takes off a line again: so much of it is open once more. Posting it (`line.receivable` to where the
 * money goes) is the caller's. A line that was taken back holds no money: it went to the balance, and is refunded from it.
 */
export async function unsettle(tx: Tx, asked: Unsettling): Promise<OpenLine> {
  const { scopeId, lineId, amountFen, id, key, on, now } = asked;
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0)
    throw new Problem('billing.invalid', { reason: 'amount' });
  const line = await lockLine(tx, scopeId, lineId);
  if (line === null) throw new Problem('not_found');
  const [before] = await settlementsByKey(tx, scopeId, [key]);
  if (before !== undefined) {
    if (before.lineId !== lineId || before.amountFen !== -amountFen)
      throw new Problem('billing.key_reused', { key });
    return openView(line, on);
  }
  if (amountFen > line.settledFen) throw new Problem('billing.not_settled', { settledFen: line.settledFen });
  const settledFen = line.settledFen - amountFen;
  setSettled(tx, line, settledFen, {
    id: uuidv7(now.getTime()),
    kind: 'refund',
    sourceId: id,
    amountFen: -amountFen,
    key,
    settledOn: on,
    at: now,
  });
  tellSettled(tx, line, line.amountFen - settledFen, now);
  return openView({ ...line, settledFen }, on);
}

/** Pages that show the line look again; the reminders stop by themselves, for they look at what is open. */
function tellSettled(tx: Tx, line: LineRow, openFen: number, now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: line.scopeId,
    wall: { ...line, reporterAccountId: null, isPublic: false, isInternal: line.partyId !== null },
    kind: 'bill_line.settled',
    version: 1,
    objectId: line.lineId,
    payload: { period: line.period, item: line.item, openFen },
    occurredAt: now,
  });
}
