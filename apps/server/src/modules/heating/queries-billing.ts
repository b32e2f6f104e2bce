import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { type ColdSpell, coldSpells, type Season } from './domain.ts';

export interface ColdHome {
  readonly householdId: string;
  readonly spell: ColdSpell;
}

/** Spells of cold of a compound in a season, as both sides signed them. */
export async function coldHomes(
  q: Executor,
  scopeId: string,
  season: Season,
  today: string,
): Promise<ColdHome[]> {
  const rows = await q.query<{
    id: string;
    householdId: string;
    day: string;
    at: Date;
    tenths: number;
    isCold: boolean;
    isSigned: boolean;
  }>(
    sql`select v.visit_id as id, v.household_id as "householdId", v.measured_on::text as day, v.measured_at as at, v.coldest_tenths as tenths,
          v.is_cold as "isCold", v.resident_signed is not null as "isSigned"
        from heating.visit v where v.scope_id = ${scopeId} and v.season = ${season.name}
        order by v.household_id, v.measured_at limit 100000`,
  );
  return [...Map.groupBy(rows, ({ householdId }) => householdId)].flatMap(([householdId, visits]) =>
    coldSpells(
      visits.map(({ id, at, ...visit }) => ({ ...visit, visitId: id, at: at.getTime() })),
      season,
      today,
    ).map((spell) => ({ householdId, spell })),
  );
}
