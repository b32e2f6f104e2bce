import { sql } from '../../../platform/db/sql.ts';
import type { Executor, Tx } from '../../../platform/db/database.ts';
import { loaders, type ScopeInput } from '../import-rows.ts';
import { problem } from './columns.ts';
import {
  type ImportContext,
  insertAll,
  type Outcome,
  type Planner,
  type RowOf,
  type Say,
} from './planner.ts';

interface Area {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly line: number;
}

const kindByLength = { 6: 'district', 9: 'street', 12: 'community' } as const;
const kindOf = (code: string) => kindByLength[code.length as 6 | 9 | 12];

/** Districts, streets and communities by their statistical codes: a code begins with its parent's. */
export async function planAreas(q: Executor, context: ImportContext): Promise<Planner> {
  const { scope: city } = context;
  const rows = await q.query<{ id: string; code: string; name: string }>(
    sql`select scope_id as id, code, name from places.scope
        where city_id = ${city.scopeId} and kind in ('district', 'street', 'community') and code is not null`,
  );
  const areas = new Map<string, Area>(rows.map((row) => [row.code, { ...row, line: 0 }]));
  const fresh: ScopeInput[] = [];
  const renamed: { id: string; name: string }[] = [];

  const take = (row: RowOf, say: Say): Outcome | null => {
    const code = row.text('areaCode');
    const name = row.text('areaName');
    const known = areas.get(code);
    if (known !== undefined && known.line > 0) {
      say('areaCode', problem('twice', { line: known.line }));
      return null;
    }
    if (city.code !== null && city.code.length >= 4 && !code.startsWith(city.code.slice(0, 4))) {
      say('areaCode', problem('not_inside', { place: city.name }));
      return null;
    }
    if (known !== undefined) {
      areas.set(code, { ...known, line: row.line });
      if (known.name === name) return 'unchanged';
      renamed.push({ id: known.id, name });
      return 'changed';
    }
    const kind = kindOf(code);
    const parentCode = kind === 'community' ? code.slice(0, 9) : code.slice(0, 6);
    const parent = kind === 'district' ? null : areas.get(parentCode);
    if (parent === undefined) {
      say('areaCode', problem('parent_missing', { code: parentCode }));
      return null;
    }
    const id = context.newId();
    areas.set(code, { id, name, code, line: row.line });
    fresh.push({
      scopeId: id,
      kind,
      name,
      code,
      parentId: parent?.id ?? city.scopeId,
      cityId: city.scopeId,
      districtId: kind === 'district' ? id : (areas.get(code.slice(0, 6))?.id ?? null),
      streetId: kind === 'street' ? id : kind === 'community' ? (parent?.id ?? null) : null,
      communityId: kind === 'community' ? id : null,
      companyId: null,
      departmentId: null,
      address: null,
      builtYear: null,
      timeZone: city.timeZone,
      isDemonstration: city.isDemonstration,
      createdAt: context.now,
    });
    return 'new';
  };

  return {
    take,
    async write(tx: Tx, onWritten) {
      await insertAll(tx, loaders.scope, fresh, context.crypto, onWritten);
      if (renamed.length === 0) return;
      await tx.query(sql`
        update places.scope s set name = u.name
        from unnest(${renamed.map(({ id }) => id)}::uuid[], ${renamed.map(({ name }) => name)}::text[]) as u (id, name)
        where s.scope_id = u.id and s.city_id = ${city.scopeId}`);
      onWritten(renamed.length);
    },
  };
}
