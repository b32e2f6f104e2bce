import { addDays, instantOn, localDate, type LocalDate, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { notify } from '../../platform/notify/notify.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { findHousehold, memberAccountsOfHousehold, wallOf } from '../places/index.ts';
import { type LadderStep, nextStep } from './domain.ts';
import {
  type ArrearsStanding,
  insertReminder,
  lockStanding,
  openSumOf,
  storeStanding,
  watchHouseholds,
} from './queries-arrears.ts';
import { accessCompound } from './reach.ts';
import type { LineWall } from './tables.ts';

export const noteTable = 'billing.arrears_note';

interface LadderRule {
  readonly steps: readonly LadderStep[];
  readonly minuteOfDay: number;
}

async function ladderOf(house: House, q: Executor, wall: LineWall, on: LocalDate): Promise<LadderRule> {
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  return house.settings.get(q, chain, 'billing.reminders', on);
}

/** When a day's reminders go out: in the daytime of the place. */
const hourOf = (day: LocalDate, rule: LadderRule, timeZone: string): Date =>
  new Date(instantOn(day, rule.minuteOfDay, timeZone));

/** Bills that went out are looked after from the day they are due. */
export async function watch(
  house: House,
  tx: Tx,
  wall: LineWall,
  lines: readonly {
    readonly householdId: string;
    readonly dueOn: LocalDate;
    readonly partyId: string | null;
    readonly amountFen: number;
  }[],
  now: Date,
): Promise<void> {
  const place = await wallOf(tx, wall.scopeId);
  if (place === null) return;
  const rule = await ladderOf(house, tx, wall, localDate(now.getTime(), place.timeZone));
  const first = rule.steps[0];
  if (first === undefined) return;
  const due = new Map<string, LocalDate>();
  for (const { householdId, dueOn, partyId, amountFen } of lines) {
    if (partyId !== null || amountFen <= 0) continue;
    const known = due.get(householdId);
    if (known === undefined || dueOn < known) due.set(householdId, dueOn);
  }
  if (due.size === 0) return;
  const looked = [...due].map(([householdId, dueOn]) => ({
    householdId,
    at: hourOf(addDays(dueOn, first.afterDays), rule, place.timeZone),
  }));
  watchHouseholds(tx, wall, looked, now);
}

/**
 * What comes next for one household: a reminder in approved words, waiting, or nothing. Its members are told in the app and
 * as they wish to be (quiet hours included); a letter waits for the desk to print it.
 */
export async function lookAt(house: House, tx: Tx, standing: ArrearsStanding, now: Date): Promise<void> {
  const place = await wallOf(tx, standing.scopeId);
  if (place === null) return storeStanding(tx, standing, null, now);
  const today = localDate(now.getTime(), place.timeZone);
  const rule = await ladderOf(house, tx, standing, today);
  const open = await openSumOf(tx, standing, standing.householdId);
  const next = nextStep(standing, open.oldest, rule.steps, today);
  if (next.is === 'rest' || open.oldest === null) {
    const state =
      open.oldest === null ? 'settled' : standing.state === 'promised' ? 'reminding' : standing.state;
    return storeStanding(tx, { ...standing, state, promisedUntil: null }, null, now);
  }
  if (next.is === 'wait') return storeStanding(tx, standing, hourOf(next.until, rule, place.timeZone), now);
  const members =
    next.way === 'message'
      ? await memberAccountsOfHousehold(tx, standing.scopeId, standing.householdId, today)
      : [];
  const id = uuidv7(now.getTime());
  insertReminder(
    tx,
    standing,
    {
      id,
      householdId: standing.householdId,
      step: next.step,
      way: next.way,
      totalFen: open.totalFen,
      lines: open.lines,
      oldestDueOn: open.oldest.dueOn,
      told: members.length,
      sentOn: today,
    },
    now,
  );
  for (const accountId of members)
    notify(tx, {
      scopeId: standing.scopeId,
      wall: standing,
      accountId,
      template: 'bill.reminder',
      params: { count: open.lines },
      link: '/m/bills',
      objectId: id,
      at: now,
    });
  const after = rule.steps[next.step];
  storeStanding(
    tx,
    {
      ...standing,
      state: 'reminding',
      stepsTaken: next.step,
      oldestLineId: open.oldest.lineId,
      promisedUntil: null,
    },
    after === undefined ? null : hourOf(addDays(open.oldest.dueOn, after.afterDays), rule, place.timeZone),
    now,
  );
}

export interface NewNote {
  readonly kind: 'note' | 'promise' | 'dispute' | 'resumed';
  readonly words: string;
  readonly promisedUntil?: string | undefined;
  readonly expectedVersion: number;
}

/** What was said about what is owed; a promise and a dispute hold the reminders back. Read by who does the accounts only. */
export async function addNote(
  house: House,
  tx: Tx,
  acting: Acting,
  which: { readonly scopeId: string; readonly householdId: string },
  note: NewNote,
  now: Date,
): Promise<void> {
  const wall = await accessCompound(tx, acting, which.scopeId);
  const home = await findHousehold(tx, which.scopeId, which.householdId);
  if (home === null) throw new Problem('not_found');
  const today = localDate(now.getTime(), wall.timeZone);
  const { promisedUntil } = note;
  const isPromise = note.kind === 'promise';
  if (isPromise !== (promisedUntil !== undefined) || (promisedUntil !== undefined && promisedUntil < today))
    throw new Problem('billing.invalid', { reason: 'promise' }, [
      { path: '/promisedUntil', code: 'invalid', params: {} },
    ]);
  const standing = await lockStanding(tx, which.scopeId, which.householdId);
  if ((standing?.version ?? 0) !== note.expectedVersion)
    throw new Problem('billing.stale', { version: standing?.version ?? 0 });
  if (note.kind !== 'note' && standing === null)
    throw new Problem('billing.invalid', { reason: 'nothing_owed' });
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into billing.arrears_note (scope_id, note_id, city_id, street_id, company_id, household_id, kind, words_cipher, promised_until, at,
          by_account_id, by_name)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${home.id}, ${note.kind},
          ${house.crypto.seal(note.words.trim(), noteTable, id)}, ${promisedUntil ?? null}, ${now}, ${acting.accountId}, ${acting.displayName})`,
  );
  if (standing === null || note.kind === 'note') return;
  const rule = await ladderOf(house, tx, wall, today);
  const state = isPromise ? 'promised' : note.kind === 'dispute' ? 'disputed' : 'reminding';
  const nextAt =
    state === 'promised'
      ? hourOf(addDays(promisedUntil!, 1), rule, wall.timeZone)
      : state === 'disputed'
        ? null
        : hourOf(addDays(today, 1), rule, wall.timeZone);
  storeStanding(tx, { ...standing, state, promisedUntil: promisedUntil ?? null }, nextAt, now);
}
