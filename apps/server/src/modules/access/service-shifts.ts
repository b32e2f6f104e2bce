import { DAY } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { wallOf } from '../places/index.ts';
import { bound, replaceShifts } from './queries-shifts.ts';

/**
 * When people are at work is known elsewhere: whoever composes the house says where (main.ts), for the gate must not know
 * of rosters, nor rosters of gates. What is told is kept by compound, so that a check reads it where it reads the pass.
 */
export type ShiftSource = (
  q: Executor,
  departmentId: string,
  from: number,
  to: number,
) => Promise<
  readonly {
    readonly accountId: string;
    readonly from: number;
    readonly to: number;
    /** None: in every compound of the department. */
    readonly compoundIds: readonly string[];
  }[]
>;

let source: ShiftSource | null = null;
export function readShiftsFrom(from: ShiftSource): void {
  source = from;
}

/** A phone's list is for today and tomorrow; one day more for whoever is late with the next. */
const AHEAD = 4 * DAY;
/** As far back as decisions of phones are looked at. */
const KEPT = 9 * DAY;

/** From what the roster says now, so that it may run again. */
export async function followRoster(tx: Tx, scopeId: string, now: Date): Promise<void> {
  const wall = await wallOf(tx, scopeId);
  if (wall === null || source === null) return;
  const millis = now.getTime();
  const departmentId = wall.departmentId;
  const accounts = new Set(await bound(tx, scopeId, now));
  const spans =
    departmentId === null || accounts.size === 0
      ? []
      : await source(tx, departmentId, millis - DAY, millis + AHEAD);
  const own = spans.filter(
    ({ accountId, compoundIds }) =>
      accounts.has(accountId) && (compoundIds.length === 0 || compoundIds.includes(scopeId)),
  );
  const shifts = own.map(({ accountId, from, to }) => ({
    accountId,
    from: new Date(from),
    to: new Date(to),
  }));
  replaceShifts(tx, wall, departmentId ?? scopeId, shifts, new Date(millis - DAY), new Date(millis - KEPT));
}
