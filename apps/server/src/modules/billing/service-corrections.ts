import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { mayDecideCorrection, takesTwo } from './domain.ts';
import {
  type CorrectionRow,
  decideCorrection,
  findCorrection,
  insertCorrection,
  lastByTwo,
  listCorrections,
  lockCorrection,
} from './queries-corrections.ts';
import { lockLine } from './queries-lines.ts';
import { accessCompound } from './reach.ts';
import { voidLine } from './service-lines.ts';
import type { LineRow } from './tables.ts';

/**
 * A mistake in what was billed. What somebody asks for waits for another, as a refund does: less owed is money given away. A
 * company may let one person correct small differences alone (`billing.correction_alone_fen`).
 */
export async function askCorrection(
  house: House,
  tx: Tx,
  acting: Acting,
  asked: {
    readonly scopeId: string;
    readonly lineId: string;
    readonly reason: string;
    readonly expectedSettledFen: number;
    /** What it should have been; nothing comes in its place where left out. */
    readonly amountFen?: number | undefined;
  },
  now: Date,
): Promise<CorrectionRow> {
  const wall = await accessCompound(tx, acting, asked.scopeId);
  const line = await lockLine(tx, asked.scopeId, asked.lineId);
  if (line === null) throw new Problem('not_found');
  if (line.voidedAt !== null) throw new Problem('billing.line_voided');
  // Paid while somebody looked at it: they ought to know before it becomes a balance.
  if (line.settledFen !== asked.expectedSettledFen)
    throw new Problem('billing.stale', { settledFen: line.settledFen });
  const [open] = await listCorrections(
    tx,
    { scopeId: line.scopeId, lineId: line.lineId, isOpen: true },
    null,
    1,
  );
  if (open !== undefined) throw new Problem('billing.correction_open');
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  const aloneFen = await house.settings.get(tx, chain, 'billing.correction_alone_fen', now);
  const billedFen = await lastByTwo(tx, line);
  const amountFen = asked.amountFen ?? null;
  const reason = asked.reason.trim();
  const isByTwo = takesTwo({ billedFen, amountFen }, aloneFen);
  const id = uuidv7(now.getTime());
  const done = isByTwo ? null : await voidLine(house, tx, acting, line, { reason, amountFen }, now);
  insertCorrection(tx, line, {
    id,
    billedFen,
    amountFen,
    reason,
    askedBy: acting.accountId,
    askedByName: acting.displayName,
    at: now,
    replacementId: done,
  });
  if (isByTwo) tell(tx, line, 'asked', now);
  return (await findCorrection(tx, line.scopeId, id)) as CorrectionRow;
}

/** By a second person; what was paid in between they have to have seen. */
export async function decideOnCorrection(
  house: House,
  tx: Tx,
  acting: Acting,
  which: { readonly scopeId: string; readonly id: string },
  body: {
    readonly action: 'approve' | 'decline';
    readonly expectedVersion: number;
    readonly expectedSettledFen: number;
  },
  now: Date,
): Promise<CorrectionRow> {
  await accessCompound(tx, acting, which.scopeId);
  const correction = await lockCorrection(tx, which.scopeId, which.id);
  if (correction === null) throw new Problem('not_found');
  const refused = mayDecideCorrection(correction, acting.accountId);
  if (refused !== null) throw new Problem(refused, { state: correction.state });
  if (correction.version !== body.expectedVersion)
    throw new Problem('billing.stale', { version: correction.version });
  const line = await lockLine(tx, which.scopeId, correction.lineId);
  if (line === null) throw new Problem('not_found');
  const by = { accountId: acting.accountId, name: acting.displayName };
  if (body.action === 'decline') {
    decideCorrection(tx, correction, 'declined', by, null, now);
    tell(tx, line, 'declined', now);
  } else {
    if (line.settledFen !== body.expectedSettledFen)
      throw new Problem('billing.stale', { settledFen: line.settledFen });
    const { amountFen, reason } = correction;
    const replacementId = await voidLine(house, tx, acting, line, { reason, amountFen }, now);
    decideCorrection(tx, correction, 'done', by, replacementId, now);
  }
  return (await findCorrection(tx, which.scopeId, which.id)) as CorrectionRow;
}

function tell(tx: Tx, line: LineRow, what: 'asked' | 'declined', now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: line.scopeId,
    wall: { ...line, reporterAccountId: null, isPublic: false, isInternal: true },
    kind: `bill_line.correction_${what}`,
    version: 1,
    objectId: line.lineId,
    payload: { period: line.period, item: line.item },
    occurredAt: now,
  });
}
