import { formatYuan, instantOn, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../../platform/db/database.ts';
import type { House } from '../../../platform/house.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { holdConsent } from '../../identity/index.ts';
import { wallOf } from '../../places/index.ts';
import { writeChange } from '../changes.ts';
import {
  type Charge,
  decideWorking,
  refusal,
  totalOf,
  type Warranty,
  type WorkingDecision,
  workingRefusal,
} from '../domain.ts';
import { categoryAt, relationsTo, settingsOf, standingOf, workingOf } from '../facts.ts';
import { aroundOf, findOrder, lockOrder, type PhotoRow } from '../queries.ts';
import { actorOf, assigneeOf, type Done, nextOrder, refuse } from '../service.ts';
import { attachPhotos } from '../service-photos.ts';
import { type Place, placeOf, proposalOf, warrantyOf } from './facts.ts';
import { type Sheet, sheetOf } from './queries.ts';
import type { WorkingBody } from './schemas.ts';
import { type Desk, money, openVisit, type Prepared, unknownIn } from './service-desk.ts';
import { prepareLine, prepareSafety } from './service-facts.ts';
import { newLink, revokeLink } from './service-links.ts';
import {
  endVisit,
  insertCrew,
  insertEntry,
  insertPart,
  insertVisit,
  markCrewArrived,
  markCrewLeft,
  markPartArrived,
  removeLine,
  saveCharge,
  shownLines,
} from './tables.ts';

/** Commands about the work: decided by the domain, written beside the order, under the order's own lock and version. */

export interface WorkingDone extends Done {
  readonly sheet: Sheet;
  readonly warranty: Warranty | null;
  readonly place: Place;
}

export async function commandWorking(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  id: string,
  body: WorkingBody,
  now: Date,
): Promise<WorkingDone> {
  await holdConsent(tx, acting);
  const [locked, around, wall, place] = await Promise.all([
    lockOrder(tx, acting, scopeId, id),
    aroundOf(tx, acting, scopeId, id),
    wallOf(tx, scopeId),
    placeOf(tx, scopeId, now),
  ]);
  const before = locked ?? (await findOrder(tx, acting, scopeId, id));
  if (before === null) throw new Problem('not_found');
  if (body.expectedVersion !== undefined && body.expectedVersion !== before.version)
    throw new Problem('work_order.stale', { version: before.version, status: before.state.status });
  const who = relationsTo(acting, before);
  // Before anything is looked up for them: who has no business here learns nothing from what was found.
  if (workingRefusal(body.action, before.state, who) === 'not_yours')
    throw refuse(refusal('not_yours'), body.action, before.state.status);
  // Read once the order is locked: nobody changes it now.
  const [sheet, category, settings, working] = await Promise.all([
    sheetOf(tx, scopeId, id),
    categoryAt(tx, before.state.categoryCode, before.wall, before.state.clockStartAt),
    settingsOf(house, tx, before.wall, now, before.state.categoryCode),
    workingOf(tx, before.wall),
  ]);
  if (category === null)
    throw new Error(`order ${id} bears the unknown category ${before.state.categoryCode}`);
  const warranty = await warrantyOf(house, tx, before, category, place, now);
  const desk: Desk = { tx, house, acting, order: before, sheet, place, now };
  const [prepared, proposed] = await Promise.all([
    prepare(desk, body),
    proposalOf(tx, before, category, warranty, place),
  ]);
  const own = sheet.crew.findLast(({ accountId }) => accountId === acting.accountId);
  const decided = decideWorking(before.state, prepared.command, {
    who,
    now: now.getTime(),
    accountId: acting.accountId,
    category,
    settings,
    standing: standingOf(acting, before),
    working,
    timeZone: place.timeZone,
    charge: sheet.charge,
    proposed,
    helper:
      own === undefined
        ? null
        : { arrivedAt: own.arrivedAt?.getTime() ?? null, leftAt: own.leftAt?.getTime() ?? null },
  });
  if (!decided.ok) {
    if (decided.error.reason === 'quote_changed') throw changedQuote(sheet.charge);
    throw refuse(decided.error, body.action, before.state.status);
  }

  const decision = decided.value;
  const after = nextOrder(before, decision, null, now);
  const by = actorOf(acting);
  const steps = writeChange(tx, {
    before,
    after,
    decision,
    steps: around.steps,
    by,
    now,
    ...(prepared.names === undefined ? {} : { names: prepared.names }),
  });
  writeCharge(desk, decision, body);
  prepared.write?.(decision);
  const photos: PhotoRow[] =
    prepared.photos === undefined
      ? []
      : await attachPhotos(
          tx,
          acting,
          after,
          { ...prepared.photos, isInternal: prepared.photos.type === 'work_order.safety' },
          now,
        );
  return {
    order: after,
    around: { ...around, scopeName: wall?.name ?? '', steps, photos: [...around.photos, ...photos] },
    category,
    who: relationsTo(acting, after),
    settings,
    standing: standingOf(acting, after),
    sheet: await sheetOf(tx, scopeId, id),
    warranty,
    place,
  };
}

/** Refused with what it is now, so that the page can show it at once. */
function changedQuote(charge: Charge | null): Problem {
  return new Problem('work_order.quote_changed', {
    quoteNo: charge?.quoteNo ?? 0,
    total: charge === null ? '0.00' : formatYuan(totalOf(charge)),
  });
}

function writeCharge(
  { tx, acting, order, sheet, now }: Desk,
  decision: WorkingDecision,
  body: WorkingBody,
): void {
  const { charge, entry } = decision;
  if (charge !== null && charge !== sheet.charge) tx.write(saveCharge(order.id, order.wall, charge, now));
  if (entry === null || charge === null) return;
  const { name } = actorOf(acting);
  tx.write(
    insertEntry(
      order.id,
      order.wall,
      {
        entryId: uuidv7(now.getTime()),
        entry,
        // What was withdrawn is what they had before their eyes, not what it became.
        lines: shownLines(entry.kind === 'withdrawn' ? (sheet.charge ?? charge) : charge),
        signatureFileId: body.action === 'agree' ? (body.signatureFileId ?? null) : null,
        byAccountId: acting.accountId,
        byName: name,
        forName: acting.onBehalf?.name ?? null,
      },
      now,
    ),
  );
}

async function prepare(desk: Desk, body: WorkingBody): Promise<Prepared> {
  const { tx, acting, order, sheet, place, now } = desk;
  const { id, wall } = order;
  const myName = actorOf(acting).name;
  switch (body.action) {
    case 'add_line':
      return prepareLine(desk, body);
    case 'remove_line':
      return {
        command: { action: 'remove_line', lineId: body.lineId },
        write: () => tx.write(removeLine(id, wall, body.lineId, now)),
      };
    case 'set_discount': {
      const { amount, reason = null } = body;
      return { command: { action: 'set_discount', fen: money(amount, '/amount'), reason } };
    }
    case 'agree': {
      const { quoteNo, total, signerName = null, words = null, signatureFileId } = body;
      return {
        command: {
          action: 'agree',
          quoteNo,
          totalFen: money(total, '/total'),
          signerName,
          words,
          isSigned: signatureFileId !== undefined,
        },
        ...(signatureFileId === undefined
          ? {}
          : { photos: { type: 'work_order.signature', fileIds: [signatureFileId] } }),
      };
    }
    case 'decline':
      return { command: { action: 'decline', quoteNo: body.quoteNo, words: body.words ?? null } };
    case 'ask':
      return { command: { action: 'ask', quoteNo: body.quoteNo, words: body.words } };
    case 'add_helper': {
      const helper = await assigneeOf(tx, order, body.accountId, now);
      return {
        command: { action: 'add_helper', helper: helper.facts },
        names: new Map([[body.accountId, helper.handler.name]]),
        write: () =>
          tx.write(
            insertCrew(
              id,
              wall,
              {
                crewId: uuidv7(now.getTime()),
                accountId: body.accountId,
                ...helper.handler,
                addedByName: myName,
              },
              now,
            ),
          ),
      };
    }
    case 'remove_helper': {
      const one = sheet.crew.find(({ accountId }) => accountId === body.accountId);
      return {
        command: { action: 'remove_helper', accountId: body.accountId },
        names: new Map(one === undefined ? [] : [[one.accountId, one.name]]),
        write: () => tx.write(markCrewLeft(id, wall, body.accountId, now)),
      };
    }
    case 'helper_arrive': {
      const own = sheet.crew.findLast(({ accountId }) => accountId === acting.accountId);
      return {
        command: { action: 'helper_arrive' },
        write: () => tx.write(markCrewArrived(id, wall, own!.id, now)),
      };
    }
    case 'helper_leave':
      return {
        command: { action: 'helper_leave' },
        write: () => tx.write(markCrewLeft(id, wall, acting.accountId, now)),
      };
    case 'order_part': {
      const { what, expectedOn } = body;
      const supplier = body.supplier?.trim() || null;
      const part = { partId: uuidv7(now.getTime()), what: what.trim(), supplier, expectedOn };
      return {
        // Nine in the morning of that day, at the place: then somebody is there to ask where it is.
        command: {
          action: 'order_part',
          what,
          supplier,
          expectedOn,
          until: instantOn(expectedOn, 9 * 60, place.timeZone),
        },
        write: () => tx.write(insertPart(id, wall, { ...part, orderedByName: myName }, now)),
      };
    }
    case 'part_arrived': {
      const awaited = sheet.parts.filter(({ arrivedAt }) => arrivedAt === null);
      const part = awaited.find((one) => one.id === body.partId);
      if (part === undefined) throw unknownIn('/partId');
      return {
        command: { action: 'part_arrived', what: part.what, isLast: awaited.length === 1 },
        write: () => tx.write(markPartArrived(id, wall, body.partId, now)),
      };
    }
    case 'plan_visit': {
      const [from, to] = [Date.parse(body.from), Date.parse(body.to)];
      const position = (sheet.visits.at(-1)?.position ?? 0) + 1;
      const visit = { visitId: uuidv7(now.getTime()), position, from: new Date(from), to: new Date(to) };
      return {
        command: { action: 'plan_visit', from, to, purpose: body.purpose },
        write: () => tx.write(insertVisit(id, wall, { ...visit, purpose: body.purpose.trim() })),
      };
    }
    case 'complete_visit': {
      openVisit(sheet, body.visitId);
      const [done, left] = [body.done, body.left?.trim() || null];
      return {
        command: { action: 'complete_visit', done, left },
        write: () =>
          tx.write(
            endVisit(id, wall, body.visitId, { doneAt: now, done: done.trim(), left, cancelledAt: null }),
          ),
      };
    }
    case 'cancel_visit':
      openVisit(sheet, body.visitId);
      return {
        command: { action: 'cancel_visit', reason: body.reason },
        write: () =>
          tx.write(
            endVisit(id, wall, body.visitId, { doneAt: null, done: null, left: null, cancelledAt: now }),
          ),
      };
    case 'answer_safety':
      return prepareSafety(desk, body);
    case 'invite_contractor':
      return newLink(desk, body);
    case 'revoke_contractor': {
      const link = sheet.links.find((one) => one.id === body.linkId && one.revokedAt === null);
      if (link === undefined) throw new Problem('work_order.link_unknown');
      return {
        command: { action: 'revoke_contractor', contractor: link.contractor },
        write: () => revokeLink(desk, body.linkId),
      };
    }
    case 'set_payer':
    case 'send_quote':
    case 'withdraw_quote':
    case 'reset_safety':
    case 'hand_back': {
      const { expectedVersion: _, ...command } = body;
      return { command };
    }
  }
}
