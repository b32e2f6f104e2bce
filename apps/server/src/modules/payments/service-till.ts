import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accounts, post } from '../ledger/index.ts';
import { accessScope, type Wall } from '../places/index.ts';
import { countedOf, expectedOf, signFault } from './domain.ts';
import { addStep, insertPayment } from './queries.ts';
import {
  dayOfTill,
  insertTill,
  lockTill,
  setCounted,
  setSigned,
  shareTill,
  type TillRow,
} from './queries-till.ts';
import { book, tellPayment } from './service-booking.ts';
import { type AskedTarget, checkTargets, newRow, payableHome } from './service-paying.ts';
import type { PaymentRow } from './tables.ts';

/** Cash and cards at the desk: taken against an open till, which is counted in the evening and signed for by another. */

export async function openTill(
  tx: Tx,
  acting: Acting,
  body: { readonly scopeId: string; readonly till: string; readonly openingFen: number },
  now: Date,
): Promise<string> {
  const wall = await accessScope(tx, acting, body.scopeId);
  const id = uuidv7(now.getTime());
  insertTill(tx, {
    ...wallColumns(wall),
    id,
    till: body.till,
    openingFen: body.openingFen,
    openedBy: acting.accountId,
    openedByName: acting.displayName,
    openedAt: now,
  });
  tellTill(tx, wall, id, 'till.opened', now);
  return id;
}

const wallColumns = ({ scopeId, cityId, streetId, companyId }: Wall) => ({
  scopeId,
  cityId,
  streetId,
  companyId,
});

export interface DeskPayment {
  readonly scopeId: string;
  readonly householdId: string;
  readonly way: 'cash' | 'card';
  readonly sessionId: string;
  readonly slipNo?: string | undefined;
  readonly targets: readonly AskedTarget[];
}

/** Taken and counted in one: the money lies on the table. */
export async function takeAtDesk(
  house: House,
  tx: Tx,
  acting: Acting,
  body: DeskPayment,
  now: Date,
): Promise<PaymentRow> {
  const { wall, label } = await payableHome(tx, acting, body.scopeId, body.householdId);
  const till = await shareTill(tx, wall.scopeId, body.sessionId);
  if (till === null || till.state !== 'open') throw new Problem('payments.no_till');
  const slipNo = body.slipNo?.trim() ?? '';
  if (body.way === 'card' && slipNo === '')
    throw new Problem('payments.invalid', { reason: 'slip' }, [
      { path: '/slipNo', code: 'required', params: {} },
    ]);
  const checked = await checkTargets(house, tx, wall, body.householdId, body.targets, now);
  const given = { householdId: body.householdId, householdLabel: label, acting, way: body.way, checked };
  const payment: PaymentRow = {
    ...newRow(wall, given, now),
    state: 'paid',
    paidAt: now,
    bookedOn: localDate(now.getTime(), wall.timeZone),
    transactionId: slipNo === '' ? null : slipNo,
    tillSessionId: till.id,
  };
  insertPayment(
    tx,
    payment,
    checked.targets.map((target) => ({ ...target, paymentId: payment.id })),
  );
  addStep(
    tx,
    payment,
    {
      paymentId: payment.id,
      householdId: body.householdId,
      state: 'paid',
      source: 'desk',
      byName: acting.displayName,
    },
    now,
  );
  await book(tx, wall, payment, now, { till: till.till });
  tellPayment(tx, payment, 'payment.paid', now);
  return payment;
}

export interface Counting {
  readonly pieces: readonly number[];
  readonly note?: string | undefined;
  readonly expectedVersion: number;
}

/** The till is closed with what is in it; a difference is said why. */
export async function countTill(
  house: House,
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  body: Counting,
  now: Date,
): Promise<void> {
  const wall = await accessScope(tx, acting, scopeId);
  const till = await standing(tx, scopeId, id, body.expectedVersion);
  if (till.state !== 'open') throw new Problem('payments.till_state', { state: till.state });
  const countedFen = countedOf(body.pieces);
  if (countedFen === null)
    throw new Problem('payments.invalid', { reason: 'pieces' }, [
      { path: '/pieces', code: 'invalid', params: {} },
    ]);
  const expectedFen = expectedOf(await dayOfTill(tx, till));
  const note = body.note?.trim() ?? '';
  if (countedFen !== expectedFen && note === '')
    throw new Problem('payments.invalid', { reason: 'note' }, [
      { path: '/note', code: 'required', params: {} },
    ]);
  const noteCipher = note === '' ? null : house.crypto.seal(note, 'payments.till_session', id);
  setCounted(tx, till, {
    expectedFen,
    countedFen,
    noteCipher,
    by: acting.accountId,
    byName: acting.displayName,
    at: now,
  });
  tellTill(tx, wall, id, 'till.counted', now);
}

/** A second person has counted too. Only then the difference is booked: what is in the till is what the ledger says. */
export async function signTill(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  expectedVersion: number,
  now: Date,
): Promise<void> {
  const wall = await accessScope(tx, acting, scopeId);
  const till = await standing(tx, scopeId, id, expectedVersion);
  const fault = signFault(till, acting.accountId);
  if (fault === 'same_person') throw new Problem('payments.needs_second_person');
  if (fault !== null) throw new Problem('payments.till_state', { state: till.state });
  const differenceFen = till.differenceFen!;
  if (differenceFen !== 0) {
    const cash = accounts.cash(till.till);
    const [debit, credit] =
      differenceFen > 0 ? [cash, accounts.suspense] : [accounts.expense('till-shortage'), cash];
    await post(tx, {
      wall: till,
      postings: [
        {
          key: `till:${id}:difference`,
          debit,
          credit,
          amountFen: Math.abs(differenceFen),
          bookedOn: localDate(now.getTime(), wall.timeZone),
          source: { kind: 'payments.till', id },
        },
      ],
      by: acting.accountId,
      now,
    });
  }
  setSigned(tx, till, acting.accountId, acting.displayName, now);
  tellTill(tx, wall, id, 'till.signed', now);
}

async function standing(tx: Tx, scopeId: string, id: string, expectedVersion: number): Promise<TillRow> {
  const till = await lockTill(tx, scopeId, id);
  if (till === null) throw new Problem('not_found');
  if (till.version !== expectedVersion) throw new Problem('payments.stale');
  return till;
}

function tellTill(tx: Tx, wall: Wall, id: string, kind: string, now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: {
      ...wallColumns(wall),
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind,
    version: 1,
    objectId: id,
    payload: {},
    occurredAt: now,
  });
}
