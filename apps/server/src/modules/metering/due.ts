import { localDate } from '@gongzhi/kernel';
import type { DueSweep } from '../../platform/due/due.ts';
import { dueComparisons, duePrepaid, watchedMeters } from './queries-due.ts';
import { stuckCommands } from './queries-lines.ts';
import { storeNeverLeft } from './service-outcomes.ts';
import { compare, settle } from './service-settle.ts';
import { watch } from './service-watch.ts';

/** What was paid or used since, and what hangs on the hour. */
const settleDue: DueSweep = {
  name: 'metering.settle',
  async claim(tx, now, limit, house) {
    const rows = await duePrepaid(tx, now, Math.min(limit, 50));
    for (const row of rows) await settle(house, tx, row, now);
    return rows.length;
  },
};

/** The day of the installation's places begins at most a day apart: once a day each is enough. */
const compareDue: DueSweep = {
  name: 'metering.compare',
  lane: 'chores',
  everyMilliseconds: 10 * 60_000,
  async claim(tx, now, limit, house) {
    const today = localDate(now.getTime());
    const rows = await dueComparisons(tx, today, Math.min(limit, 50));
    for (const row of rows) await compare(house, tx, row, today, now);
    return rows.length;
  },
};

/** The worker looks through what was read, over all scopes. */
const watchDue: DueSweep = {
  name: 'metering.watch',
  lane: 'work',
  async claim(tx, now, limit, house) {
    const rows = await watchedMeters(tx, now, Math.min(limit, 50));
    for (const row of rows) await watch(house, tx, row, now);
    return rows.length;
  },
};

/** Whoever holds a line takes what waits for it within seconds: what still waits has no line. */
const PATIENCE = 2 * 60_000;

/** What never left counts as tried: it is tried again, and after so many times it is said that it did not get there. */
const neverLeft: DueSweep = {
  name: 'metering.never_left',
  lane: 'work',
  everyMilliseconds: 30_000,
  async claim(tx, now, limit, house) {
    const rows = await stuckCommands(tx, new Date(now.getTime() - PATIENCE), now, Math.min(limit, 50));
    for (const row of rows) await storeNeverLeft(house, tx, row, now);
    return rows.length;
  },
};

export const due: readonly DueSweep[] = [settleDue, compareDue, watchDue, neverLeft];
