import { addDays, type LocalDate, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { post, postingsOfSource, reverse } from '../ledger/index.ts';
import { findHousehold, wallOf } from '../places/index.ts';
import { balanceOf, type Basis, discountOf, monthOf, receivableOf } from './domain.ts';
import { insertSettlement, markVoided, settlementsOfLines } from './queries-lines.ts';
import { insertBills, insertLines, type NewLine } from './queries-runs.ts';
import { postLines } from './service-runs.ts';
import { watch } from './service-arrears.ts';
import type { LineRow, LineWall } from './tables.ts';

export interface SingleLine {
  readonly householdId: string;
  readonly householdLabel: string;
  readonly item: string;
  readonly name: string;
  readonly amountFen: number;
  readonly basis: Basis;
  readonly serviceFrom: LocalDate;
  readonly serviceTo: LocalDate;
  readonly dueDays: number;
  readonly sourceKind: string | null;
  readonly sourceId: string | null;
  readonly corrects?: LineRow;
}

/** A bill of one line, outside of any month's run: a repair, a pass for a car, what stands in the place of a mistake. */
export async function issueSingle(
  house: House,
  tx: Tx,
  wall: LineWall,
  single: SingleLine,
  on: LocalDate,
  accountId: string | null,
  now: Date,
): Promise<string> {
  const { corrects, dueDays, householdLabel, ...given } = single;
  const [billId, lineId] = [uuidv7(now.getTime()), uuidv7(now.getTime())];
  const line: NewLine = {
    ...given,
    billId,
    lineId,
    householdLabel,
    payer: corrects?.payer ?? 'owner',
    partyId: corrects?.partyId ?? null,
    partyName: null,
    tariffId: corrects?.tariffId ?? null,
    discountFen: 0,
    // What was used stays used, whatever it costs: the year's steps count it on.
    quantityMilli: corrects?.quantityMilli ?? null,
    dueOn: addDays(on, dueDays),
    earlyUntil: null,
    earlyFen: 0,
    corrects: corrects?.lineId ?? null,
  };
  insertBills(tx, wall, { runId: null, period: corrects?.period ?? monthOf(on), issuedOn: on, at: now }, [
    {
      billId,
      // The bill's own id makes it single.
      number: `${on.replaceAll('-', '')}-${billId.slice(-10)}`,
      householdId: line.householdId,
      householdLabel,
      payer: line.payer,
      partyId: line.partyId,
      partyName: line.partyId === null ? null : single.name,
      totalFen: line.amountFen,
    },
  ]);
  insertLines(tx, wall, { period: corrects?.period ?? monthOf(on), issuedOn: on }, [line]);
  await postLines(tx, wall, [{ ...line, kind: line.basis.kind }], on, accountId, now);
  await watch(house, tx, wall, [line], now);
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: {
      ...wall,
      householdId: line.householdId,
      reporterAccountId: null,
      isPublic: false,
      isInternal: line.partyId !== null,
    },
    kind: 'bill_line.issued',
    version: 1,
    objectId: lineId,
    payload: {
      period: corrects?.period ?? monthOf(on),
      householdId: line.householdId,
      amountFen: line.amountFen,
      item: line.item,
      name: line.name,
      dueOn: line.dueOn,
    },
    occurredAt: now,
  });
  return lineId;
}

/**
 * Takes a line back that is held: its postings are reversed in the open month, and what was paid on it becomes the payer's
 * balance. The line stays to be read, with who and why; in its place may come another, whose id this is.
 */
export async function voidLine(
  house: House,
  tx: Tx,
  acting: Acting,
  line: LineRow,
  {
    reason,
    amountFen,
  }: {
    readonly reason: string;
    /** What it should have been; null: nothing comes in its place. */
    readonly amountFen: number | null;
  },
  now: Date,
): Promise<string | null> {
  if (line.voidedAt !== null) throw new Problem('billing.line_voided');
  const wall = await wallOf(tx, line.scopeId);
  const on = localDate(now.getTime(), wall?.timeZone);
  const postings = (
    await postingsOfSource(tx, line.scopeId, { kind: 'billing.line', id: line.lineId })
  ).filter(
    ({ key, reverses, reversedBy }) => key.startsWith('line:') && reverses === null && reversedBy === null,
  );
  const book = { wall: line, by: acting.accountId, now };
  await reverse(tx, {
    ...book,
    reversals: postings.map(({ id, key }) => ({
      postingId: id,
      key: `void:${key}`,
      bookedOn: on,
      source: { kind: 'billing.line', id: line.lineId },
    })),
  });
  const settlements = await settlementsOfLines(tx, line.scopeId, [line.lineId]);
  const earlyFen = settlements
    .filter(({ kind }) => kind === 'early_discount')
    .reduce((sum, { amountFen }) => sum + amountFen, 0);
  const paidFen = line.settledFen - earlyFen;
  const more = {
    bookedOn: on,
    source: { kind: 'billing.line', id: line.lineId },
    householdId: line.partyId === null ? line.householdId : null,
  };
  await post(tx, {
    ...book,
    postings: [
      ...(paidFen > 0
        ? [
            {
              ...more,
              key: `void:${line.lineId}:paid`,
              debit: receivableOf(line),
              credit: balanceOf(line),
              amountFen: paidFen,
            },
          ]
        : []),
      ...(earlyFen > 0
        ? [
            {
              ...more,
              key: `void:${line.lineId}:early`,
              debit: receivableOf(line),
              credit: discountOf(line.item),
              amountFen: earlyFen,
            },
          ]
        : []),
    ],
  });
  if (line.settledFen > 0)
    insertSettlement(tx, line, {
      id: uuidv7(now.getTime()),
      kind: 'void',
      sourceId: line.lineId,
      amountFen: -line.settledFen,
      key: `void:${line.lineId}`,
      settledOn: on,
      at: now,
    });
  markVoided(tx, line, { accountId: acting.accountId, name: acting.displayName }, reason, now);
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: line.scopeId,
    wall: { ...line, reporterAccountId: null, isPublic: false, isInternal: line.partyId !== null },
    kind: 'bill_line.voided',
    version: 1,
    objectId: line.lineId,
    payload: { period: line.period, item: line.item, householdId: line.householdId },
    occurredAt: now,
  });
  if (amountFen === null) return null;
  return issueSingle(
    house,
    tx,
    line,
    {
      householdId: line.householdId,
      householdLabel: await labelOf(tx, line),
      item: line.item,
      name: line.name,
      amountFen,
      basis: { ...line.basis, ofLineId: line.lineId, label: reason },
      serviceFrom: line.serviceFrom,
      serviceTo: line.serviceTo,
      dueDays: 15,
      sourceKind: line.sourceKind,
      sourceId: line.sourceId,
      corrects: line,
    },
    on,
    acting.accountId,
    now,
  );
}

async function labelOf(tx: Tx, line: LineRow): Promise<string> {
  return (await findHousehold(tx, line.scopeId, line.householdId))?.label ?? '';
}
