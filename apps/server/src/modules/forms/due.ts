import { instantOn, localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import { notify } from '../../platform/notify/notify.ts';
import { accountsByRole } from '../identity/index.ts';
import { type Wall, wallOf } from '../places/index.ts';
import { moveTelling } from './changes.ts';
import { tellingAfter } from './domain.ts';
import { claimTellings } from './queries.ts';
import type { TellingRow } from './tables.ts';

const NINE = 9 * 60;

/** Who fills it in: the committee's people, and who leads the department that serves the compound. */
async function fillers(tx: Tx, wall: Wall, today: string): Promise<string[]> {
  const community = wall.kind === 'community' ? wall.scopeId : wall.communityId;
  const ofCommunity =
    community === null ? [] : await accountsByRole(tx, community, ['committee', 'social_worker'], today);
  const ofDepartment =
    wall.departmentId === null ? [] : await accountsByRole(tx, wall.departmentId, ['manager'], today);
  return [...new Set([...ofCommunity, ...ofDepartment])];
}

/** Sent back is the business of who handed it over. */
async function recipients(tx: Tx, row: TellingRow, wall: Wall, today: string): Promise<string[]> {
  if (row.telling === 'returned' && row.submittedBy !== null) return [row.submittedBy];
  return fillers(tx, wall, today);
}

/** A form has come, is due tomorrow, is late, or was sent back: each is told once. */
export const tellFillers: DueSweep = {
  name: 'forms.tell',
  lane: 'chores',
  everyMilliseconds: 10_000,
  async claim(tx, now, limit) {
    const rows = await claimTellings(tx, now, limit);
    for (const row of rows) {
      const wall = await wallOf(tx, row.scopeId);
      if (wall === null) {
        moveTelling(tx, row, null);
        continue;
      }
      const today = localDate(now.getTime(), wall.timeZone);
      for (const accountId of await recipients(tx, row, wall, today))
        notify(tx, {
          scopeId: row.scopeId,
          accountId,
          template: `forms.${row.telling}`,
          params: { scopeName: wall.name, date: row.dueOn },
          link: `/desk/forms/tasks/${row.scopeId}/${row.formId}`,
          wall: { cityId: row.cityId, streetId: row.streetId, companyId: null },
          objectId: row.formId,
          at: now,
        });
      const next = tellingAfter(row.telling, row.dueOn, today);
      moveTelling(
        tx,
        row,
        next === null
          ? null
          : { telling: next.telling, at: new Date(instantOn(next.day, NINE, wall.timeZone)) },
      );
    }
    return rows.length;
  },
};
