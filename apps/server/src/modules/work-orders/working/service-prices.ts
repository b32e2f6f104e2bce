import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { accessScope } from '../../places/index.ts';
import type { Static } from 'typebox';
import { type PriceRow, priceVersions } from './queries.ts';
import type { NewPrice } from './schemas.ts';
import { money } from './service-desk.ts';

/** A price as it is to be from a day on: a new row, for a used one never changes. */
export async function addPrice(
  tx: Tx,
  acting: Acting,
  body: Static<typeof NewPrice>,
  now: Date,
): Promise<{ readonly row: PriceRow; readonly scopeKind: 'company' | 'department' }> {
  const wall = await accessScope(tx, acting, body.scopeId);
  if (wall.kind !== 'company' && wall.kind !== 'department')
    throw new Problem('work_order.price_scope', {}, [{ path: '/scopeId', code: 'invalid', params: {} }]);
  if (body.validFrom < localDate(now.getTime(), wall.timeZone))
    throw new Problem('work_order.price_day', {}, [{ path: '/validFrom', code: 'minimum', params: {} }]);
  const id = uuidv7(now.getTime());
  const code = body.code ?? id;
  const version = ((await priceVersions(tx, body.scopeId, code))[0]?.version ?? 0) + 1;
  if (body.expectedVersion !== version - 1)
    throw new Problem('work_order.price_stale', { version: version - 1 });
  const row: PriceRow = {
    id,
    scopeId: body.scopeId,
    code,
    version,
    kind: body.kind,
    name: body.name.trim(),
    unit: body.unit.trim(),
    priceFen: Number(money(body.price, '/price')),
    warrantyMonths: body.warrantyMonths,
    validFrom: body.validFrom,
    isWithdrawn: body.isWithdrawn ?? false,
    writtenName: acting.displayName,
    writtenAt: now,
  };
  const companyId = wall.kind === 'company' ? wall.scopeId : wall.companyId;
  tx.write(
    sql`insert into work_orders.price (scope_id, price_id, city_id, street_id, company_id, code, version, kind, name, unit, price_fen,
        warranty_months, valid_from, is_withdrawn, created_by, written_name, created_at)
      values (${row.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${companyId}, ${code}, ${version}, ${row.kind}, ${row.name}, ${row.unit},
        ${money(body.price, '/price').toString()}, ${row.warrantyMonths}, ${row.validFrom}, ${row.isWithdrawn}, ${acting.accountId},
        ${row.writtenName}, ${now})`,
  );
  return { row, scopeKind: wall.kind };
}
