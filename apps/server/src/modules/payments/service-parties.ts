import { localDate, startOfDay } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { findParty, holdPartyLines } from '../billing/index.ts';
import { accessScope, type Wall } from '../places/index.ts';
import { deductionOf } from './domain.ts';
import { addStep, insertPayment } from './queries.ts';
import { lockBankLine, setTransferred } from './queries-files.ts';
import { shareTill } from './queries-till.ts';
import { balanceAccount, book, earlier, tellPayment } from './service-booking.ts';
import { companyWall, holdUnused } from './service-files.ts';
import { type AskedTarget, checkTargets, newRow, payableHome } from './service-paying.ts';
import type { PaymentRow, TargetRow } from './tables.ts';
import { balances } from '../ledger/index.ts';

/**
 * Organisations that pay a share of bills, and money that came as a transfer. An organisation owes for many homes and many
 * months: it says how much it pays, and that goes on what is due first; what is left over is its balance.
 */

/** So many lines of one payment: each is locked, closed and booked by itself. */
const mostLines = 1_000;

type Targets = readonly Omit<TargetRow, 'paymentId'>[];
const untouched = { settledFen: 0, balanceFen: 0, refundedFen: 0 } as const;

const invalid = (reason: string, path: string, params: Readonly<Record<string, unknown>> = {}): Problem =>
  new Problem('payments.invalid', { reason, ...params }, [{ path, code: reason, params }]);

export interface PartyAsked {
  readonly partyId: string;
  readonly amountFen: number;
  /** Of what it owes only these; all of it where left out. */
  readonly lineIds?: readonly string[] | undefined;
}

async function targetsOfParty(
  tx: Tx,
  wall: Wall,
  { partyId, amountFen, lineIds }: PartyAsked,
  now: Date,
): Promise<{ name: string; targets: Targets; restFen: number }> {
  const party = await findParty(tx, wall.scopeId, partyId);
  if (party === null) throw new Problem('not_found');
  const today = localDate(now.getTime(), wall.timeZone);
  const of = { scopeId: wall.scopeId, companyId: wall.companyId, partyId, lineIds };
  const lines = await holdPartyLines(tx, of, today);
  if (lineIds !== undefined && lines.length !== new Set(lineIds).size)
    throw new Problem('payments.amount_stale', { label: '', dueFen: 0 });
  const parts = deductionOf(amountFen, lines);
  if (parts.length > mostLines) throw invalid('too_many', '/amountFen', { limit: mostLines });
  const byId = new Map(lines.map((line) => [line.lineId, line]));
  const targets = parts.map((part, position) => {
    const line = byId.get(part.lineId)!;
    return {
      ...untouched,
      position,
      kind: 'bill_line' as const,
      targetId: part.lineId,
      label: `${line.householdLabel} ${line.name} ${line.period.slice(0, 7)}`,
      amountFen: part.amountFen,
    };
  });
  const restFen = amountFen - parts.reduce((sum, part) => sum + part.amountFen, 0);
  return { name: party.name, targets: withRest(targets, restFen), restFen };
}

const withRest = (targets: Targets, restFen: number): Targets =>
  restFen <= 0
    ? targets
    : [
        ...targets,
        {
          ...untouched,
          position: targets.length,
          kind: 'prepay',
          targetId: null,
          label: '',
          amountFen: restFen,
        },
      ];

interface Had {
  readonly householdId: string | null;
  readonly partyId?: string;
  readonly label: string;
  readonly way: 'cash' | 'card' | 'balance' | 'transfer';
  readonly paidAt: Date;
  readonly transactionId?: string | null;
  readonly tillSessionId?: string | null;
  readonly till?: string | null;
  readonly bankAccount?: string | null;
}

/** The money is here: written down and counted in one. */
async function take(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  had: Had,
  targets: Targets,
  now: Date,
): Promise<PaymentRow> {
  const amountFen = targets.reduce((sum, target) => sum + target.amountFen, 0);
  const given = {
    householdId: had.householdId,
    ...(had.partyId === undefined ? {} : { partyId: had.partyId }),
    householdLabel: had.label,
    acting,
    way: had.way,
    checked: { amountFen, description: '' },
  };
  const payment: PaymentRow = {
    ...newRow(wall, given, now),
    state: 'paid',
    paidAt: had.paidAt,
    bookedOn: localDate(now.getTime(), wall.timeZone),
    transactionId: had.transactionId ?? null,
    tillSessionId: had.tillSessionId ?? null,
    bankAccount: had.bankAccount ?? null,
  };
  insertPayment(
    tx,
    payment,
    targets.map((target) => ({ ...target, paymentId: payment.id })),
  );
  const { householdId } = payment;
  const step = { paymentId: payment.id, householdId, state: 'paid', byName: acting.displayName };
  addStep(tx, payment, { ...step, source: had.way === 'transfer' ? 'file' : 'desk' }, now);
  await book(tx, wall, payment, now, { till: had.till ?? null });
  tellPayment(tx, payment, 'payment.paid', now);
  return payment;
}

export interface DeskPartyPayment extends PartyAsked {
  readonly scopeId: string;
  readonly way: 'cash' | 'card' | 'balance';
  readonly sessionId?: string | undefined;
  readonly slipNo?: string | undefined;
}

/** At the till, or off what it had paid ahead. */
export async function takeOfParty(
  tx: Tx,
  acting: Acting,
  body: DeskPartyPayment,
  now: Date,
): Promise<PaymentRow> {
  const wall = await accessScope(tx, acting, body.scopeId);
  const { way, partyId } = body;
  const till = body.sessionId === undefined ? null : await shareTill(tx, wall.scopeId, body.sessionId);
  if (way !== 'balance' && till?.state !== 'open') throw new Problem('payments.no_till');
  const slipNo = body.slipNo?.trim() ?? '';
  if (way === 'card' && slipNo === '')
    throw new Problem('payments.invalid', { reason: 'slip' }, [
      { path: '/slipNo', code: 'required', params: {} },
    ]);
  const { name, targets, restFen } = await targetsOfParty(tx, wall, body, now);
  if (way === 'balance') {
    const account = balanceAccount({ householdId: null, partyId });
    const heldFen = (await balances(tx, wall, [account])).get(account) ?? 0;
    const limit = Math.max(0, Math.min(heldFen, body.amountFen - restFen));
    if (body.amountFen > limit) throw invalid('too_much', '/amountFen', { limit });
  }
  const isAtTill = way !== 'balance';
  return take(
    tx,
    acting,
    wall,
    {
      householdId: null,
      partyId,
      label: name,
      way,
      paidAt: now,
      transactionId: way === 'card' ? slipNo : null,
      tillSessionId: isAtTill ? till!.id : null,
      till: isAtTill ? till!.till : null,
    },
    targets,
    now,
  );
}

export interface Transfer {
  readonly scopeId: string;
  readonly companyId: string;
  readonly bankLineId: string;
  readonly householdId?: string | undefined;
  readonly targets?: readonly AskedTarget[] | undefined;
  readonly partyId?: string | undefined;
  readonly lineIds?: readonly string[] | undefined;
}

/** A line of the bank's list is somebody's payment. All of it is theirs: what is not said what it is for is their balance. */
export async function takeTransfer(
  house: House,
  tx: Tx,
  acting: Acting,
  body: Transfer,
  now: Date,
): Promise<PaymentRow> {
  await companyWall(tx, acting, body.companyId);
  const line = await lockBankLine(tx, body.companyId, body.bankLineId);
  if (line === null) throw new Problem('not_found');
  holdUnused(line);
  if ((body.householdId === undefined) === (body.partyId === undefined)) throw invalid('payer', '/partyId');
  const wall = await accessScope(tx, acting, body.scopeId);
  if (wall.companyId !== body.companyId) throw new Problem('not_found');
  // Had on the bank's day: that decides whether it came early.
  const paidAt = earlier(new Date(startOfDay(line.day, wall.timeZone)), now);
  const had = { way: 'transfer', paidAt, bankAccount: line.account } as const;
  let payment: PaymentRow;
  if (body.partyId !== undefined) {
    const { partyId, lineIds } = body;
    const { name, targets } = await targetsOfParty(
      tx,
      wall,
      { partyId, lineIds, amountFen: line.amountFen },
      now,
    );
    payment = await take(tx, acting, wall, { ...had, householdId: null, partyId, label: name }, targets, now);
  } else {
    const householdId = body.householdId!;
    const { label } = await payableHome(tx, acting, body.scopeId, householdId);
    const asked = body.targets ?? [];
    const checked =
      asked.length === 0
        ? { targets: [], amountFen: 0 }
        : await checkTargets(house, tx, wall, householdId, asked, now);
    const restFen = line.amountFen - checked.amountFen;
    if (restFen < 0) throw invalid('too_much', '/targets', { limit: line.amountFen });
    const targets = withRest(checked.targets, restFen);
    payment = await take(tx, acting, wall, { ...had, householdId, label }, targets, now);
  }
  setTransferred(tx, body.companyId, line.id, payment.id);
  return payment;
}
