import { addDays, daysBetween, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { post } from '../ledger/index.ts';
import { wallOf } from '../places/index.ts';
import { isMonthToBill, mayDecide, postingsOf, type RunCommand } from './domain.ts';
import {
  decideRun,
  findRun,
  insertBills,
  insertRun,
  issueLines,
  lockRun,
  markPosted,
  type NewBill,
  nextLines,
} from './queries-runs.ts';
import { accessCompound } from './reach.ts';
import { watch } from './service-arrears.ts';
import type { LineToPost, LineWall, RunRow } from './tables.ts';

const by = (acting: Acting) => ({ accountId: acting.accountId, name: acting.displayName });

/** Asks for a month: what it would come to is calculated by the worker, looked at, and approved by somebody else. */
export async function askRun(
  tx: Tx,
  acting: Acting,
  asked: { readonly scopeId: string; readonly period: string },
  now: Date,
): Promise<RunRow> {
  const wall = await accessCompound(tx, acting, asked.scopeId);
  const today = localDate(now.getTime(), wall.timeZone);
  if (!isMonthToBill(asked.period, today))
    throw new Problem('billing.invalid', { reason: 'month' }, [
      { path: '/period', code: 'invalid', params: {} },
    ]);
  const id = uuidv7(now.getTime());
  insertRun(tx, wall, { id, period: asked.period, issueOn: today }, by(acting), now);
  tell(tx, wall, id, 'bill_run.asked', now);
  const run = await findRun(tx, wall.scopeId, id);
  if (run === null) throw new Problem('not_found');
  return run;
}

export async function decide(
  tx: Tx,
  acting: Acting,
  which: { readonly scopeId: string; readonly runId: string },
  command: {
    readonly action: RunCommand;
    readonly expectedVersion: number;
    readonly reason?: string | undefined;
  },
  now: Date,
): Promise<RunRow> {
  await accessCompound(tx, acting, which.scopeId);
  const run = await lockRun(tx, which.scopeId, which.runId);
  if (run === null) throw new Problem('not_found');
  const refused = mayDecide(run, command.action, acting.accountId);
  if (refused !== null) throw new Problem(refused);
  // What was looked at is what is decided on: calculated anew, it is another preview.
  if (run.version !== command.expectedVersion) throw new Problem('billing.stale', { version: run.version });
  const state = command.action === 'approve' ? 'approved' : 'cancelled';
  decideRun(tx, run, state, by(acting), command.reason?.trim() || null, now);
  tell(tx, run, run.id, `bill_run.${state}`, now);
  return (await findRun(tx, run.scopeId, run.id)) as RunRow;
}

/** Households whose bills are posted in one transaction: what is cut off is done again, whole. */
export const HOUSEHOLDS_AT_ONCE = 1_000;

/**
 * The next piece of an approved run: bills, lines and postings of so many households, and how far it came, in one
 * transaction. Killed in between, it goes on where it was; its keys in the ledger make a line's posting single besides.
 */
export async function postNext(
  house: House,
  tx: Tx,
  run: RunRow,
  now: Date,
  households = HOUSEHOLDS_AT_ONCE,
): Promise<void> {
  const lines = await nextLines(tx, run, households);
  const last = lines.at(-1);
  const wall = await wallOf(tx, run.scopeId);
  const today = localDate(now.getTime(), wall?.timeZone);
  const issuedOn = run.issuedOn ?? today;
  if (last === undefined) {
    markPosted(tx, run, { upTo: null, lines: 0, fen: 0, on: issuedOn }, now);
    tell(tx, run, run.id, 'bill_run.posted', now);
    return;
  }
  const bills = new Map<string, { readonly bill: NewBill; readonly lines: LineToPost[] }>();
  for (const line of lines) {
    const whose = `${line.householdId} ${line.partyId ?? ''}`;
    const known = bills.get(whose);
    if (known === undefined)
      bills.set(whose, {
        bill: {
          billId: uuidv7(now.getTime()),
          // Of this run, and of where in it the line stands: never twice, and no counter that payments would wait at.
          number: `${run.period.slice(0, 7).replace('-', '')}-${String(run.postedLines + bills.size + 1).padStart(6, '0')}`,
          householdId: line.householdId,
          householdLabel: line.householdLabel,
          payer: line.partyId === null ? 'owner' : line.payer,
          partyId: line.partyId,
          partyName: line.partyName,
          totalFen: 0,
        },
        lines: [line],
      });
    else known.lines.push(line);
  }
  const made = [...bills.values()].map(({ bill, lines: own }) => ({
    ...bill,
    totalFen: own.reduce((sum, { amountFen }) => sum + amountFen, 0),
    own,
  }));
  insertBills(
    tx,
    run,
    { runId: run.id, period: run.period, issuedOn, at: now },
    made.map(({ own: _, ...bill }) => bill),
  );
  issueLines(tx, run, issuedOn, made);
  // What is posted past midnight is due with the rest of its month, and in the ledger on its own day: the one before may be closed.
  await postLines(tx, run, lines, today, null, now);
  const later = daysBetween(run.issueOn, issuedOn);
  const due = lines.map((line) => ({ ...line, dueOn: addDays(line.dueOn, later) }));
  await watch(house, tx, run, due, now);
  const fen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  markPosted(tx, run, { upTo: last.householdId, lines: lines.length, fen, on: issuedOn }, now);
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: run.scopeId,
    wall: { ...run, householdId: null, reporterAccountId: null, isPublic: false, isInternal: true },
    kind: 'bill_run.issued',
    version: 1,
    objectId: run.id,
    payload: {
      period: run.period,
      householdIds: [
        ...new Set(made.filter(({ partyId }) => partyId === null).map((bill) => bill.householdId)),
      ],
    },
    occurredAt: now,
  });
}

/** What lines come to goes to the ledger, with them. */
export async function postLines(
  tx: Tx,
  wall: LineWall,
  lines: readonly LineToPost[],
  bookedOn: string,
  accountId: string | null,
  now: Date,
): Promise<void> {
  await post(tx, {
    wall,
    postings: lines.flatMap((line) =>
      postingsOf(line).map((posting) => ({
        ...posting,
        bookedOn,
        source: { kind: 'billing.line', id: line.lineId },
        // What another pays for a home is not its people's to see.
        householdId: line.partyId === null ? line.householdId : null,
      })),
    ),
    by: accountId,
    now,
  });
}

function tell(tx: Tx, wall: LineWall, runId: string, kind: string, now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: { ...wall, householdId: null, reporterAccountId: null, isPublic: false, isInternal: true },
    kind,
    version: 1,
    objectId: runId,
    payload: {},
    occurredAt: now,
  });
}
