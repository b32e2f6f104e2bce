import { HOUR, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { searchesSince } from './queries-guard.ts';
import { listPasses } from './queries-passes.ts';
import type { PassSearchBody } from './schemas-passes.ts';
import { SEARCHES_AN_HOUR } from './service-guard.ts';
import type { PassRow } from './tables-passes.ts';

const mostFound = 20;

/**
 * By the last four of a phone, at the desk as at the gate: four digits fit many people, so whoever tries says why, so many
 * times an hour, and it is written down; never which digits.
 */
export async function searchAtDesk(
  house: House,
  tx: Tx,
  acting: Acting,
  { scopeId, digits, purpose }: PassSearchBody,
  now: Date,
): Promise<PassRow[]> {
  const { cityId, streetId, companyId } = await accessScope(tx, acting, scopeId);
  const done = await searchesSince(tx, scopeId, acting.accountId, new Date(now.getTime() - HOUR));
  if (done >= SEARCHES_AN_HOUR)
    throw new Problem('access.too_many_searches', {
      limit: SEARCHES_AN_HOUR,
      retryAfterSeconds: HOUR / 4000,
    });
  const filter = {
    scopeId,
    kinds: null,
    vehicleKind: null,
    livesAt: now,
    status: null,
    isWithoutPhone: false,
    words: { by: 'last_four' as const, digits },
  };
  const found = await listPasses(tx, house.crypto, filter, null, mostFound);
  tx.write(
    sql`insert into access.gate_search (scope_id, search_id, city_id, street_id, company_id, gate_id, account_id, by_name, kind, purpose, found, at)
        values (${scopeId}, ${uuidv7(now.getTime())}, ${cityId}, ${streetId}, ${companyId}, null, ${acting.accountId}, ${acting.displayName}, 'last',
          ${purpose}, ${found.length}, ${now})`,
  );
  return found;
}
