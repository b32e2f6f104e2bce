import { type LocalDate, localDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { Wall } from '../../places/index.ts';

const key = 'desk.phone' as const;

/** What is written at these scopes themselves, as of a day. */
export async function phonesAt(
  q: Executor,
  scopeIds: readonly string[],
  today: LocalDate,
): Promise<Map<string, string>> {
  const rows = await q.query<{ scope_id: string; value: string }>(
    sql`select distinct on (scope_id) scope_id, value from platform.setting
        where scope_id = any (${scopeIds}::uuid[]) and key = ${key}
          and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)
        order by scope_id, valid_from desc`,
  );
  return new Map(rows.map(({ scope_id, value }) => [scope_id, value]));
}

/** From today on; said again on the same day, the last word counts. */
export function writePhone(tx: Tx, scopeId: string, phone: string, today: LocalDate, by: string): void {
  tx.write(
    sql`insert into platform.setting (scope_id, key, valid_from, value, source)
        values (${scopeId}, ${key}, ${today}::date, to_jsonb(${phone}::text), ${by})
        on conflict (scope_id, key, valid_from) do update set value = excluded.value, source = excluded.source`,
  );
}

/**
 * The nearest that says one: the compound's own, else the company's, the street's, the city's. Read anew each time, so
 * that what was just corrected is what is printed.
 */
export async function deskPhoneOf(q: Executor, wall: Wall, now: Date): Promise<string | null> {
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  const phones = await phonesAt(q, chain, localDate(now.getTime(), wall.timeZone));
  return chain.map((scopeId) => phones.get(scopeId) ?? '').find((phone) => phone !== '') ?? null;
}
