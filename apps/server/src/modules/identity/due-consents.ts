import { localDate } from '@gongzhi/kernel';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import { notify } from '../../platform/notify/notify.ts';
import { wallOf } from '../places/index.ts';
import { endingOf, tellsUntil } from './domain-consents.ts';

interface Row {
  scope_id: string;
  consent_id: string;
  city_id: string | null;
  street_id: string | null;
  company_id: string | null;
  grantor_account_id: string | null;
  delegate_account_id: string;
  starts_on: string;
  ends_on: string;
  is_warned: boolean;
}

/** Neither finds out by being refused: a week before a consent ends, and on the day from which it no longer holds. */
export const endingConsents: DueSweep = {
  name: 'identity.consents_ending',
  lane: 'chores',
  everyMilliseconds: 10 * 60_000,
  async claim(tx, now, limit) {
    const today = localDate(now.getTime());
    const rows = await claimByScope<Row>(tx, {
      columns: sql`c.scope_id, c.consent_id, c.city_id, c.street_id, c.company_id, c.grantor_account_id, c.delegate_account_id, c.starts_on, c.ends_on,
            c.warned_at is not null as is_warned`,
      from: sql`identity.consent c`,
      scope: sql`c.scope_id`,
      id: sql`c.consent_id`,
      due: sql`c.revoked_at is null and c.ended_told_at is null and c.ends_on <= ${tellsUntil(today)}::date
            and (c.warned_at is null or c.ends_on <= ${today}::date + 1)`,
      order: sql`c.ends_on, c.consent_id`,
      limit,
    });
    let told = 0;
    for (const row of rows) {
      const place = await wallOf(tx, row.scope_id);
      const consent = { startsOn: row.starts_on, endsOn: row.ends_on, isWarned: row.is_warned };
      const ending = endingOf(consent, localDate(now.getTime(), place?.timeZone));
      if (ending === null) continue;
      told++;
      tx.write(
        ending === 'ending'
          ? sql`update identity.consent set warned_at = ${now} where scope_id = ${row.scope_id} and consent_id = ${row.consent_id}`
          : sql`update identity.consent set ended_told_at = ${now} where scope_id = ${row.scope_id} and consent_id = ${row.consent_id}`,
      );
      const wall = { cityId: row.city_id, streetId: row.street_id, companyId: row.company_id };
      for (const [party, accountId] of [
        ['delegate', row.delegate_account_id],
        ['grantor', row.grantor_account_id],
      ] as const) {
        if (accountId === null) continue;
        notify(tx, {
          scopeId: row.scope_id,
          accountId,
          template: `consent.${ending}.${party}`,
          // The last day on which it holds is on the page, in the reader's own words.
          params: {},
          link: '/m/family',
          wall,
          objectId: row.consent_id,
          at: now,
        });
      }
    }
    return told;
  },
};
