import { formatYuan, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { attach } from '../../platform/files/attach.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accounts, balances, type NewPosting, post } from '../ledger/index.ts';
import { accessScope } from '../places/index.ts';
import {
  broughtFrom,
  type DepositRow,
  insertDeposit,
  lockDeposit,
  setSignature,
} from './queries-deposits.ts';
import { lockTill, openingAfter, type TillRow } from './queries-till.ts';
import type { PaymentWall } from './tables.ts';

/**
 * Cash of a till that was counted and signed for goes to the bank. One says how much, with the bank's slip; another signs,
 * and it leaves the till for `cash:transit`. What becomes of it there: service-underway.ts.
 */
export const depositType = 'cash_deposit';

const isDay = (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day);
export const field = (path: string, code: string, params: Readonly<Record<string, unknown>> = {}) => [
  { path, code, params },
];

export interface NewDeposit {
  readonly scopeId: string;
  readonly sessionId: string;
  readonly account: string;
  readonly slipNo: string;
  readonly broughtOn: string;
  readonly amountFen: number;
  readonly fileIds: readonly string[];
}

/**
 * Most that may be brought: what was counted, is not brought yet and was not left for the till's next day, which counts it
 * as its own; and no more than the book says is in the till. The book is read last: what is signed meanwhile is then
 * missing from it, and never from neither.
 */
async function mostOf(tx: Tx, till: TillRow): Promise<number> {
  const cash = accounts.cash(till.till);
  const brought = await broughtFrom(tx, { scopeId: till.scopeId, sessionId: till.id, till: till.till });
  const leftFen = await openingAfter(tx, till);
  const inBookFen = (await balances(tx, till, [cash])).get(cash) ?? 0;
  return Math.max(
    0,
    Math.min((till.countedFen ?? 0) - leftFen - brought.ofSessionFen, inBookFen - brought.unsignedFen),
  );
}

export async function makeDeposit(tx: Tx, acting: Acting, body: NewDeposit, now: Date): Promise<string> {
  const wall = await accessScope(tx, acting, body.scopeId);
  // Two who bring of the same till wait for each other here.
  const till = await lockTill(tx, wall.scopeId, body.sessionId);
  if (till === null) throw new Problem('not_found');
  if (till.state !== 'signed') throw new Problem('payments.till_state', { state: till.state });
  const today = localDate(now.getTime(), wall.timeZone);
  const closedOn = localDate(till.closedAt!.getTime(), wall.timeZone);
  if (!isDay(body.broughtOn) || body.broughtOn > today || body.broughtOn < closedOn)
    throw new Problem('payments.invalid', { reason: 'day' }, field('/broughtOn', 'invalid'));
  const mostFen = await mostOf(tx, till);
  if (body.amountFen > mostFen)
    throw new Problem(
      'payments.deposit_too_much',
      { most: formatYuan(BigInt(mostFen)) },
      field('/amountFen', 'too_much', { limit: mostFen }),
    );
  const id = uuidv7(now.getTime());
  insertDeposit(tx, {
    scopeId: till.scopeId,
    cityId: till.cityId,
    streetId: till.streetId,
    companyId: till.companyId,
    id,
    sessionId: till.id,
    till: till.till,
    account: body.account,
    slipNo: body.slipNo.trim(),
    broughtOn: body.broughtOn,
    amountFen: body.amountFen,
    madeBy: acting.accountId,
    madeByName: acting.displayName,
    madeAt: now,
  });
  const attached = await attach(tx, {
    scopeId: wall.scopeId,
    fileIds: body.fileIds,
    type: depositType,
    objectId: id,
    wall: insideOf(till),
    uploadedBy: acting.accountId,
    at: now,
  });
  if (!attached.ok)
    throw new Problem(
      attached.error.code,
      attached.error.params,
      field('/fileIds', 'not_attachable', attached.error.params),
    );
  tell(tx, till, id, 'made', now);
  return id;
}

const insideOf = ({ cityId, streetId, companyId }: PaymentWall) => ({
  cityId,
  streetId,
  companyId,
  householdId: null,
  reporterAccountId: null,
  isPublic: false,
  isInternal: true,
});

export function tell(tx: Tx, wall: PaymentWall, id: string, state: string, now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: insideOf(wall),
    kind: `${depositType}.${state}`,
    version: 1,
    objectId: id,
    payload: {},
    occurredAt: now,
  });
}

export async function standing(
  tx: Tx,
  scopeId: string,
  id: string,
  state: 'made' | 'underway',
  expectedVersion: number,
): Promise<DepositRow> {
  const deposit = await lockDeposit(tx, scopeId, id);
  if (deposit === null) throw new Problem('not_found');
  if (deposit.state !== state) throw new Problem('payments.deposit_state', { state: deposit.state });
  if (deposit.version !== expectedVersion) throw new Problem('payments.stale');
  return deposit;
}

/** By another person, who has seen the slip. Signed, the cash has left the till. */
export async function signDeposit(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  body: { readonly action: 'sign' | 'decline'; readonly expectedVersion: number },
  now: Date,
): Promise<void> {
  const wall = await accessScope(tx, acting, scopeId);
  const deposit = await standing(tx, scopeId, id, 'made', body.expectedVersion);
  if (deposit.madeBy === acting.accountId) throw new Problem('payments.needs_second_person');
  const isSigned = body.action === 'sign';
  if (isSigned)
    await move(tx, deposit, acting.accountId, localDate(now.getTime(), wall.timeZone), now, [
      ['signed', accounts.cashInTransit, accounts.cash(deposit.till), deposit.amountFen],
    ]);
  const state = isSigned ? 'underway' : 'declined';
  setSignature(tx, deposit, state, { id: acting.accountId, name: acting.displayName }, now);
  tell(tx, deposit, id, state, now);
}

/** Postings of a deposit; what is nothing is not booked. */
export async function move(
  tx: Tx,
  deposit: DepositRow,
  by: string,
  bookedOn: string,
  now: Date,
  amounts: readonly (readonly [key: string, debit: string, credit: string, amountFen: number])[],
): Promise<void> {
  const postings = amounts
    .filter(([, , , amountFen]) => amountFen > 0)
    .map(
      ([key, debit, credit, amountFen]): NewPosting => ({
        key: `deposit:${deposit.id}:${key}`,
        debit,
        credit,
        amountFen,
        bookedOn,
        source: { kind: 'payments.deposit', id: deposit.id },
      }),
    );
  await post(tx, { wall: deposit, postings, by, now });
}
