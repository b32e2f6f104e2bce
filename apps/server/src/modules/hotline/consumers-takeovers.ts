import type { Tx } from '../../platform/db/database.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import { wallOf } from '../places/index.ts';

/** Open cases follow their compound to its new company; the hand goes on where it stood, under the new name. */
export const walledTables = [
  'hotline_case',
  'caller',
  'hand',
  'event',
  'case_order',
  'callback',
  'exclusion',
] as const;

/** For update: an order's step that is being written onto a case just now is waited for, and goes with it. */
async function passOver(tx: Tx, scopeId: string, cityId: string, from: string, to: string): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    sql`select c.case_id as id from hotline.hotline_case c
        where c.scope_id = ${cityId} and c.compound_id = ${scopeId} and c.company_id = ${from} and c.is_open for update`,
  );
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const [company, compound] = [await wallOf(tx, to), await wallOf(tx, scopeId)];
  const name = `${company?.name ?? ''} · ${compound?.name ?? ''}`;
  for (const table of walledTables)
    tx.write(
      sql`update hotline.${raw(table)} set company_id = ${to} where scope_id = ${cityId} and case_id = any (${ids}::uuid[])`,
    );
  tx.write(
    sql`update hotline.hand set unit_id = ${to}, unit_name = ${name}
        where scope_id = ${cityId} and case_id = any (${ids}::uuid[]) and unit_id = ${from} and level = 'company' and joint_kind is null`,
  );
  tx.write(
    sql`update hotline.hotline_case set version = version + 1,
          holder_unit_id = case when holder_unit_id = ${from} then ${to}::uuid else holder_unit_id end,
          holder_name = case when holder_unit_id = ${from} then ${name} else holder_name end,
          lead_unit_id = case when lead_unit_id = ${from} then ${to}::uuid else lead_unit_id end,
          lead_name = case when lead_unit_id = ${from} then ${name} else lead_name end
        where scope_id = ${cityId} and case_id = any (${ids}::uuid[])`,
  );
}

export const followTakeovers: Consumer = {
  name: 'hotline.takeovers',
  kinds: ['takeover.applied'],
  async handle(events, tx) {
    for (const { scopeId, wall, payload } of events) {
      const { fromCompanyId, toCompanyId, isFirst } = payload;
      if (isFirst !== true || typeof fromCompanyId !== 'string' || typeof toCompanyId !== 'string') continue;
      if (wall.cityId !== null) await passOver(tx, scopeId, wall.cityId, fromCompanyId, toCompanyId);
    }
  },
};
