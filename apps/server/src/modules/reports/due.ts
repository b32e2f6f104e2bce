import { sql } from '../../platform/db/sql.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import type { House } from '../../platform/house.ts';
import { expiredRuns } from './queries.ts';
import { claimTurn, makeTurn } from './service-turns.ts';
import type { ReportRow } from './tables.ts';

/** Claimed and not begun yet, by house: in tests several are open in one process. */
let claimed = new WeakMap<House, ReportRow>();
let gone = new WeakMap<House, string[]>();

export function forgetClaims(): void {
  claimed = new WeakMap();
  gone = new WeakMap();
}

/** One a turn: the lease is on disk before it is begun, and other reports of other workers go beside it. */
export const makeReports: DueSweep = {
  name: 'reports.make',
  lane: 'work',
  everyMilliseconds: 5_000,
  async claim(tx, now, _limit, house) {
    const report = await claimTurn(tx, now);
    if (report === null) return 0;
    claimed.set(house, report);
    return 1;
  },
  async after(house) {
    const report = claimed.get(house);
    claimed.delete(house);
    if (report !== undefined) await makeTurn(house, report);
  },
};

/** Kept as long as was wished. */
export const expireReports: DueSweep = {
  name: 'reports.expire',
  lane: 'chores',
  everyMilliseconds: 10 * 60_000,
  async claim(tx, now, limit, house) {
    const runs = await expiredRuns(tx, now, limit);
    for (const { scopeId, id, fileId } of runs) {
      tx.write(sql`delete from platform.file where scope_id = ${scopeId} and file_id = ${fileId}`);
      tx.write(sql`update reports.edition set file_id = null where scope_id = ${scopeId} and run_id = ${id}`);
    }
    gone.set(
      house,
      runs.map(({ fileId }) => fileId),
    );
    return runs.length;
  },
  async after(house) {
    for (const id of gone.get(house) ?? []) await house.files.remove(id);
    gone.delete(house);
  },
};
