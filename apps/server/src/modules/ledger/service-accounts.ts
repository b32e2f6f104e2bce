import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { attach } from '../../platform/files/attach.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accountsOf, figuresOf, isDay, lastDayOf, type Section } from './domain.ts';
import {
  entryType,
  findEntry,
  linesOf,
  type PublishedFigures,
  storeEntry,
  storePublication,
  storeWithdrawal,
  sumsBefore,
  versionsOf,
} from './queries-accounts.ts';
import { findBook } from './queries-books.ts';
import { post, reverse } from './service.ts';
import { bookIdOf, inside, type LedgerWall } from './tables.ts';

/** A compound's book as seen from its wall; a place's day needs its time zone. */
export interface Place extends LedgerWall {
  readonly timeZone: string;
}

export interface NewEntry {
  readonly section: Section;
  readonly item: string;
  readonly amountFen: number;
  readonly occurredOn: string;
  readonly note?: string | undefined;
  readonly fileIds?: readonly string[] | undefined;
}

/** Booked on its own day, or today where that day's month is closed. */
async function bookingDay(q: Executor, place: Place, day: string, now: Date): Promise<string> {
  const book = await findBook(q, place.scopeId, bookIdOf(place));
  const isClosed = book?.closedTo !== undefined && book.closedTo !== null && day <= book.closedTo;
  return isClosed ? localDate(now.getTime(), place.timeZone) : day;
}

/** Something came in from the common parts or went out, or moved in the fund; with pictures of the papers. */
export async function enter(
  tx: Tx,
  acting: Acting,
  place: Place,
  given: NewEntry,
  now: Date,
): Promise<string> {
  if (!isDay(given.occurredOn) || given.occurredOn > localDate(now.getTime(), place.timeZone))
    throw new Problem('ledger.entry_invalid', { reason: 'in_future' }, [
      { path: '/occurredOn', code: 'in_future', params: {} },
    ]);
  const id = uuidv7(now.getTime());
  const bookedOn = await bookingDay(tx, place, given.occurredOn, now);
  const [posted] = await post(tx, {
    wall: place,
    by: acting.accountId,
    now,
    postings: [
      {
        key: `entry:${id}`,
        ...accountsOf(given.section),
        amountFen: given.amountFen,
        bookedOn,
        source: { kind: entryType, id },
      },
    ],
  });
  storeEntry(
    tx,
    place,
    {
      id,
      section: given.section,
      item: given.item.trim(),
      amountFen: given.amountFen,
      occurredOn: given.occurredOn,
      bookedOn,
      note: given.note?.trim() || null,
      postingId: posted!.id,
    },
    acting,
    now,
  );
  const attached = await attach(tx, {
    scopeId: place.scopeId,
    fileIds: given.fileIds ?? [],
    type: entryType,
    objectId: id,
    uploadedBy: acting.accountId,
    wall: inside(place),
    at: now,
  });
  if (!attached.ok)
    throw new Problem(attached.error.code, attached.error.params, [
      { path: '/fileIds', code: 'not_attachable', params: attached.error.params },
    ]);
  tell(tx, place, 'ledger.entry_made', id, now);
  return id;
}

/** Taken back with a reason: reversed today, and no longer counted in what is published from now on. */
export async function withdraw(
  tx: Tx,
  acting: Acting,
  place: Place,
  id: string,
  reason: string,
  now: Date,
): Promise<void> {
  const entry = await findEntry(tx, place.scopeId, id);
  if (entry === null) throw new Problem('not_found');
  if (entry.withdrawnAt !== null) throw new Problem('ledger.withdrawn_already');
  await reverse(tx, {
    wall: place,
    by: acting.accountId,
    now,
    reversals: [
      {
        postingId: entry.postingId,
        key: `entry:${id}:withdrawn`,
        bookedOn: await bookingDay(tx, place, entry.bookedOn, now),
      },
    ],
  });
  storeWithdrawal(tx, place.scopeId, id, acting, reason.trim(), now);
  tell(tx, place, 'ledger.entry_withdrawn', id, now);
}

/** A publication is one row: what has more is published in shorter pieces, and says so. */
const MOST_LINES = 20_000;

/** What would be published for these months now. */
export async function draft(
  q: Executor,
  place: LedgerWall,
  fromMonth: string,
  toMonth: string,
): Promise<PublishedFigures> {
  const [before, lines] = await Promise.all([
    sumsBefore(q, place, fromMonth),
    linesOf(q, place, fromMonth, lastDayOf(toMonth)),
  ]);
  if (lines.length > MOST_LINES)
    throw new Problem('ledger.too_many_lines', { most: MOST_LINES }, [
      { path: 'querystring/toMonth', code: 'invalid', params: {} },
    ]);
  return { ...figuresOf(before, lines), lines };
}

export interface NewPublication {
  readonly fromMonth: string;
  readonly toMonth: string;
  readonly note?: string | undefined;
  /** Asked for where the months were published before. */
  readonly reason?: string | undefined;
  /** What the editor showed: nothing is published that was not looked at. */
  readonly expected: { readonly lines: number; readonly commonFen: number; readonly fundFen: number };
}

export async function publish(
  tx: Tx,
  acting: Acting,
  place: Place,
  given: NewPublication,
  now: Date,
): Promise<string> {
  const { fromMonth, toMonth } = given;
  if (toMonth < fromMonth)
    throw new Problem('ledger.entry_invalid', { reason: 'order' }, [
      { path: '/toMonth', code: 'invalid', params: {} },
    ]);
  if (localDate(now.getTime(), place.timeZone) <= lastDayOf(toMonth))
    throw new Problem('ledger.entry_invalid', { reason: 'not_over' }, [
      { path: '/toMonth', code: 'in_future', params: {} },
    ]);
  const [figures, versions, book] = [
    await draft(tx, place, fromMonth, toMonth),
    await versionsOf(tx, place, fromMonth, toMonth),
    await findBook(tx, place.scopeId, bookIdOf(place)),
  ];
  if (book === null || figures.lines.length === 0)
    throw new Problem('ledger.entry_invalid', { reason: 'nothing' });
  const { expected } = given;
  if (
    figures.lines.length !== expected.lines ||
    figures.closing.commonFen !== expected.commonFen ||
    figures.closing.fundFen !== expected.fundFen
  )
    throw new Problem('ledger.stale');
  const reason = given.reason?.trim() || null;
  if (versions.length > 0 !== (reason !== null))
    throw new Problem('ledger.entry_invalid', { reason: versions.length > 0 ? 'no_reason' : 'no_version' }, [
      { path: '/reason', code: versions.length > 0 ? 'required' : 'invalid', params: {} },
    ]);
  const id = uuidv7(now.getTime());
  storePublication(
    tx,
    place,
    {
      id,
      fromMonth,
      toMonth,
      version: versions.length + 1,
      reason,
      note: given.note?.trim() || null,
      figures,
      blockNo: book.blocks,
      head: book.head,
    },
    acting,
    now,
  );
  tell(tx, place, 'ledger.accounts_published', id, now, true);
  return id;
}

function tell(tx: Tx, place: LedgerWall, kind: string, objectId: string, now: Date, isPublic = false): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: place.scopeId,
    wall: { ...inside(place), isPublic, isInternal: !isPublic },
    kind,
    version: 1,
    objectId,
    payload: {},
    occurredAt: now,
  });
}
