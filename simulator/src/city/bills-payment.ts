import { type Instant, localDate, type LocalDate, SECOND } from '@gongzhi/kernel';
import type { Random } from '../random.ts';
import type { Habit } from './bills-home.ts';
import {
  learn,
  type LineWall,
  type LoadedPayment,
  ORDER_LASTS,
  type PaymentRow,
  type Way,
} from './bills-rules.ts';

/** How a home pays: at the desk's till, or by phone at a provider. */

export interface Counter {
  readonly sessionId: string;
  readonly till: string;
  readonly desk: { readonly accountId: string; readonly name: string };
}

/** What a home stands in. */
export interface HomeSetting {
  readonly wall: LineWall;
  readonly until: Instant;
  readonly householdId: string;
  readonly label: string;
  /** Who of it pays by phone; null: it comes to the desk. */
  readonly payer: { readonly accountId: string; readonly name: string } | null;
  /** Of a hundred homes of these houses some pay late, and some hardly ever. */
  readonly habit: Habit;
  readonly merchantId: string;
  counterOn(date: LocalDate): Counter;
  newId(at: Instant): string;
}

/** As it stands in the end: had at the desk, or by the provider's word. */
export function paymentOf(
  { wall, householdId, label, payer, merchantId, newId, counterOn }: HomeSetting,
  random: Random,
  {
    createdAt,
    paidAt,
    amountFen,
    description,
  }: {
    readonly createdAt: Instant;
    readonly paidAt: Instant;
    readonly amountFen: number;
    readonly description: string;
  },
): PaymentRow {
  const on = localDate(paidAt);
  const counter = payer === null ? counterOn(on) : null;
  const by = payer ?? counter!.desk;
  const way: Way =
    payer === null ? (random.chance(0.2) ? 'cash' : 'card') : random.chance(0.75) ? 'wechat' : 'alipay';
  const isOnline = payer !== null;
  const id = newId(createdAt);
  return {
    ...wall,
    id,
    householdId,
    partyId: null,
    householdLabel: label,
    accountId: by.accountId,
    accountName: by.name,
    way,
    channel: isOnline ? 'h5' : null,
    merchantId: isOnline ? `${merchantId}-${way}` : null,
    amountFen,
    description,
    state: 'paid',
    // A provider's number, or the card's slip.
    transactionId:
      way === 'cash' ? null : `${on.replaceAll('-', '')}${String(random.word()).padStart(10, '0')}`,
    createdAt: new Date(createdAt),
    expiresAt: isOnline ? new Date(createdAt + ORDER_LASTS) : null,
    paidAt: new Date(paidAt),
    bookedOn: on,
    nextQueryAt: null,
    queries: 0,
    toldFen: null,
    toldCurrency: null,
    refundedFen: 0,
    tillSessionId: counter?.sessionId ?? null,
    bankAccount: null,
    version: isOnline ? 3 : 1,
  };
}

/** A provider takes the order and says that it was paid; at the desk it lies on the table. */
export function stepsOf(
  { newId }: HomeSetting,
  row: PaymentRow,
  createdAt: Instant,
  paidAt: Instant,
): LoadedPayment['steps'] {
  if (row.merchantId === null)
    return [
      { id: newId(paidAt), state: 'paid', source: 'desk', byName: row.accountName, at: new Date(paidAt) },
    ];
  const known = { amountFen: row.amountFen, expiresAt: createdAt + ORDER_LASTS };
  const orderedAt = createdAt + SECOND;
  const ordered = learn({ ...known, state: 'created' }, { kind: 'ordered' }, orderedAt);
  const fact = { kind: 'fact', state: 'paid', amountFen: row.amountFen, currency: 'CNY' } as const;
  const paid = learn({ ...known, state: ordered.state }, fact, paidAt);
  if (paid.effect !== 'book') throw new Error('a payment was not taken for what it is');
  return [
    {
      id: newId(createdAt),
      state: 'created',
      source: 'payer',
      byName: row.accountName,
      at: new Date(createdAt),
    },
    {
      id: newId(orderedAt),
      state: ordered.state,
      source: 'order',
      byName: row.accountName,
      at: new Date(orderedAt),
    },
    { id: newId(paidAt), state: paid.state, source: 'notice', byName: null, at: new Date(paidAt) },
  ];
}
