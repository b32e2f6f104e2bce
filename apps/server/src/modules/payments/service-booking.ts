import { localDate, uuidv7 } from '@gongzhi/kernel';
import { type Actor, signingIn } from '../../platform/db/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { PaymentProvider, TradeFact } from '../../platform/pay/provider.ts';
import { settle } from '../billing/index.ts';
import { accounts, type NewPosting, post, type Posting } from '../ledger/index.ts';
import { topUp } from '../metering/index.ts';
import type { Wall } from '../places/index.ts';
import { decide, inLockOrder, isOnline, type Learnt, nextQuery, type Way } from './domain.ts';
import { changePayment, isCounted, lockPayment, setTarget, targetsOf, wakeDeduction } from './queries.ts';
import type { PaymentRow, StepSource, TargetRow } from './tables.ts';

/**
 * Where a payment becomes money: one transaction in which the payment's row is locked, its lines are closed, the ledger
 * moves and the receipt exists, or nothing of it. Whoever learns of a payment comes through here: a notice, an answer, a
 * file, a person at the desk. The second one finds it done.
 */

/** As the compounds' own people, for what happens by itself: a provider's word is no person's. */
export function asCompound(...scopeIds: readonly string[]): Actor {
  return { ...signingIn, kind: 'scope', scopeIds };
}

export interface Learning {
  readonly tx: Tx;
  readonly wall: Pick<Wall, 'scopeId' | 'timeZone'>;
  readonly source: StepSource;
  readonly now: Date;
  /** Who asked; null for what came by itself. */
  readonly byName: string | null;
  /** Who tells it; what is not this merchant's is none of its business. */
  readonly merchant?: Merchant | undefined;
}

export type Merchant = Pick<PaymentProvider, 'provider' | 'merchantId'>;

/** What the provider says, as the payment learns it. */
export function learntOf(fact: TradeFact | null): Learnt {
  return fact === null
    ? { kind: 'unknown' }
    : { kind: 'fact', state: fact.state, amountFen: fact.amountFen, currency: fact.currency };
}

/** A payment whose row is locked, and what it is for. */
export interface Held {
  readonly payment: PaymentRow | null;
  readonly targets: readonly TargetRow[];
}

/** In this order, on one connection: what it is for is read once it is locked. */
export async function hold(tx: Tx, scopeId: string, paymentId: string): Promise<Held> {
  const [payment, targets] = await Promise.all([
    lockPayment(tx, scopeId, paymentId),
    targetsOf(tx, scopeId, [paymentId]),
  ]);
  return { payment, targets };
}

/** What became of a payment, and what its money moves: to be posted in the same transaction, by whoever learns of it. */
export interface Learned {
  readonly payment: PaymentRow;
  readonly posting: Posting | null;
}

/** Null: there is no such payment here, or it is another merchant's. */
export async function learn(
  { tx, wall, source, now, byName, merchant }: Learning,
  { payment, targets }: Held,
  learnt: Learnt,
  fact: TradeFact | null = null,
): Promise<Learned | null> {
  if (payment === null || (merchant !== undefined && !isOf(payment, merchant))) return null;
  const paymentId = payment.id;
  const known = { ...payment, expiresAt: payment.expiresAt?.getTime() ?? 0 };
  const { state, effect } = decide(known, learnt, now.getTime());
  // Still not what was ordered, and not what was told before either: a person decides on what the provider says now.
  const isRetold =
    payment.state === 'disputed' &&
    state === 'disputed' &&
    fact?.state === 'paid' &&
    (fact.amountFen !== payment.toldFen || fact.currency !== payment.toldCurrency);
  const isNews = state !== payment.state || effect !== 'none' || isRetold;
  if (!isNews) return { payment, posting: null };
  // Another amount came and was taken in as what it was: told of again, it is counted already.
  const transactionId = fact?.transactionId ?? null;
  if (payment.state === 'closed' && transactionId !== null && (await isCounted(tx, payment, transactionId)))
    return { payment, posting: null };
  const paidAt = state === 'paid' ? earlier(fact?.paidAt ?? now, now) : null;
  const next = nextQuery(state, payment.queries, now.getTime());
  const isStrange = effect === 'dispute' || isRetold;
  const changed: PaymentRow = {
    ...payment,
    state,
    transactionId: transactionId ?? payment.transactionId,
    paidAt,
    bookedOn: paidAt === null ? null : localDate(now.getTime(), wall.timeZone),
    nextQueryAt: next === null ? null : new Date(next),
    toldFen: isStrange ? (fact?.amountFen ?? null) : payment.toldFen,
    toldCurrency: isStrange ? (fact?.currency ?? null) : payment.toldCurrency,
    version: payment.version + 1,
  };
  changePayment(
    tx,
    payment,
    changed,
    {
      paymentId,
      householdId: payment.householdId,
      state,
      source,
      byName,
      detail: isStrange ? { toldFen: changed.toldFen, toldCurrency: changed.toldCurrency } : {},
    },
    now,
  );
  const posting = effect === 'book' ? await settleAll(tx, wall, changed, now, { targets }) : null;
  tellPayment(tx, changed, state === 'paid' ? 'payment.paid' : `payment.${state}`, now);
  return { payment: changed, posting };
}

/** A merchant chooses its own order numbers: one that bears the number of another's payment pays nothing of it. */
export const isOf = (payment: PaymentRow, { provider, merchantId }: Merchant): boolean =>
  payment.way === provider && payment.merchantId === merchantId;

/** A provider's clock that is ahead of ours has not seen the future. */
export const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** The account of the ledger where this money lies now. */
export function moneyAccount(
  payment: Pick<PaymentRow, 'way' | 'householdId' | 'partyId' | 'bankAccount'>,
  till: string | null,
): string {
  const { way } = payment;
  if (isOnline(way)) return accounts.provider(way);
  if (way === 'cash') return accounts.cash(till ?? 'desk');
  if (way === 'card') return accounts.bank('card');
  if (way === 'transfer') return accounts.bank(payment.bankAccount!);
  return balanceAccount(payment);
}

/** What is paid ahead, of a home or of an organisation. */
export function balanceAccount({
  householdId,
  partyId,
}: Pick<PaymentRow, 'householdId' | 'partyId'>): string {
  return householdId === null
    ? accounts.party(partyId!, 'prepaid')
    : accounts.household(householdId, 'prepaid');
}

interface Booked {
  readonly till?: string | null;
  /** Read already, under the payment's lock. */
  readonly targets?: readonly TargetRow[];
}

/** Closes what it is for and moves the money; what no longer fits stays the household's, as its balance. */
export async function book(
  tx: Tx,
  wall: Pick<Wall, 'timeZone'>,
  payment: PaymentRow,
  now: Date,
  booked: Booked = {},
): Promise<void> {
  await post(tx, await settleAll(tx, wall, payment, now, booked));
}

/** Closes what it is for, and says what that moves in the ledger. */
async function settleAll(
  tx: Tx,
  wall: Pick<Wall, 'timeZone'>,
  payment: PaymentRow,
  now: Date,
  { till = null, targets }: Booked,
): Promise<Posting> {
  const { scopeId, id, householdId, way } = payment;
  const bookedOn = payment.bookedOn!;
  const paidOn = localDate(payment.paidAt!.getTime(), wall.timeZone);
  const money = moneyAccount(payment, till);
  const prepaid = balanceAccount(payment);
  const postings: NewPosting[] = [];
  const move = (key: string, credit: string, amountFen: number): void => {
    if (amountFen <= 0 || credit === money) return;
    const source = { kind: 'payments.payment', id };
    postings.push({
      key: `pay:${id}:${key}`,
      debit: money,
      credit,
      amountFen,
      bookedOn,
      source,
      householdId,
    });
  };
  let toBalance = 0;
  for (const target of inLockOrder(targets ?? (await targetsOf(tx, scopeId, [id])))) {
    const { settledFen, account, also } = await settleTarget(tx, payment, target, paidOn, now);
    const balanceFen = target.amountFen - settledFen;
    setTarget(tx, scopeId, { ...target, settledFen, balanceFen });
    postings.push(...also);
    move(String(target.position), account, settledFen);
    move(`${target.position}:rest`, prepaid, balanceFen);
    toBalance += balanceFen;
  }
  if (toBalance > 0 && way !== 'balance' && householdId !== null)
    wakeDeduction(tx, scopeId, householdId, now);
  return { wall: payment, postings, by: payment.accountId, now };
}

/** What a line says closed it. */
export const settledAs = {
  wechat: 'payment',
  alipay: 'payment',
  card: 'payment',
  cash: 'cash',
  balance: 'prepaid',
  transfer: 'payment',
} as const satisfies Readonly<Record<Way, string>>;

/** One part of a payment buys once. */
export const topUpKey = (paymentId: string, position: number): string => `pay:${paymentId}:${position}`;

async function settleTarget(
  tx: Tx,
  payment: PaymentRow,
  target: TargetRow,
  on: string,
  now: Date,
): Promise<{ settledFen: number; account: string; also: readonly NewPosting[] }> {
  const prepaid = balanceAccount(payment);
  if (target.kind === 'prepay') return { settledFen: 0, account: prepaid, also: [] };
  if (target.kind === 'meter_topup') {
    const bought = await topUp(tx, {
      scopeId: payment.scopeId,
      meterId: target.targetId!,
      amountFen: target.amountFen,
      paymentId: payment.id,
      key: topUpKey(payment.id, target.position),
      now,
    });
    // Full meanwhile, or taken down: the money stays the home's, as its balance.
    if (!bought.ok) return { settledFen: 0, account: prepaid, also: [] };
    return { settledFen: target.amountFen, account: accounts.meter(target.targetId!), also: [] };
  }
  const settled = await settle(tx, {
    scopeId: payment.scopeId,
    lineId: target.targetId!,
    amountFen: target.amountFen,
    by: { kind: settledAs[payment.way], id: payment.id },
    key: `pay:${payment.id}:${target.position}`,
    on,
    bookedOn: payment.bookedOn!,
    now,
  });
  return { settledFen: settled.takenFen, account: settled.line.receivable, also: settled.postings };
}

export function tellPayment(tx: Tx, payment: PaymentRow, kind: string, now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: payment.scopeId,
    wall: {
      cityId: payment.cityId,
      streetId: payment.streetId,
      companyId: payment.companyId,
      householdId: payment.householdId,
      reporterAccountId: payment.accountId,
      isPublic: false,
      isInternal: payment.householdId === null,
    },
    kind,
    version: 1,
    objectId: payment.id,
    payload: { householdId: payment.householdId, way: payment.way, amountFen: payment.amountFen },
    occurredAt: now,
  });
}
