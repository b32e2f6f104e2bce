import type { DueSweep } from '../../platform/due/due.ts';
import { recountMonth } from './queries-arrears.ts';
import { claimArrears, claimRun, claimStaleMonths } from './queries-claims.ts';
import { lookAt } from './service-arrears.ts';
import { calculate } from './service-calculating.ts';
import { postNext } from './service-runs.ts';

/** A month is a compound's: while one is being put together here, others are written down by the database. */
const RUNS_AT_ONCE = 3;

/** A month that was asked for, calculated whole. */
export const calculating: DueSweep = {
  name: 'billing.calculate',
  lane: 'work',
  atOnce: RUNS_AT_ONCE,
  async claim(tx, now, _limit, house) {
    const run = await claimRun(tx, 'calculating');
    if (run === null) return 0;
    await calculate(house, tx, run, now);
    return 1;
  },
};

/** The next piece of a month that was approved. */
export const posting: DueSweep = {
  name: 'billing.post',
  lane: 'work',
  atOnce: RUNS_AT_ONCE,
  async claim(tx, now, _limit, house) {
    const run = await claimRun(tx, 'approved');
    if (run === null) return 0;
    await postNext(house, tx, run, now);
    return 1;
  },
};

/** Households that owe, on the day the next reminder is due. */
export const reminding: DueSweep = {
  name: 'billing.remind',
  lane: 'chores',
  everyMilliseconds: 60_000,
  async claim(tx, now, limit, house) {
    const due = await claimArrears(tx, now, limit);
    for (const standing of due) await lookAt(house, tx, standing, now);
    return due.length;
  },
};

/**
 * Sums of months that were paid on. With every payment a month would be looked through: on the evening of a reminder that
 * took half of the database.
 */
export const counting: DueSweep = {
  name: 'billing.count_months',
  lane: 'chores',
  everyMilliseconds: 5_000,
  async claim(tx, now, limit) {
    const months = await claimStaleMonths(tx, limit);
    for (const { period, ...wall } of months) await recountMonth(tx, wall, period, now);
    return months.length;
  },
};
