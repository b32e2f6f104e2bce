import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import type { WarningRow } from './queries-prepaid.ts';
import type { WarningBody } from './schemas.ts';

/** Weather warnings are the authority's: somebody writes down what it told, for the place they answer for. */

const longest = 7 * 86_400_000;

export async function writeWarning(
  acting: Acting,
  tx: Tx,
  body: WarningBody,
  id: string,
  now: Date,
): Promise<WarningRow> {
  const wall = await accessScope(tx, acting, body.scopeId);
  const [startsAt, endsAt] = [new Date(body.startsAt), new Date(body.endsAt)];
  if (endsAt <= startsAt || endsAt <= now || endsAt.getTime() - startsAt.getTime() > longest)
    throw new Problem('metering.warning_invalid', {}, [{ path: '/endsAt', code: 'invalid', params: {} }]);
  const row: WarningRow = {
    id,
    scopeId: wall.scopeId,
    level: body.level,
    event: body.event.trim(),
    issuer: body.issuer.trim(),
    startsAt,
    endsAt,
    recordedByName: acting.displayName,
    liftedAt: null,
  };
  tx.write(
    sql`insert into metering.warning (scope_id, warning_id, city_id, street_id, company_id, level, event, issuer, starts_at, ends_at, recorded_at,
          recorded_by, recorded_by_name)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${row.level}, ${row.event}, ${row.issuer}, ${startsAt},
          ${endsAt}, ${now}, ${acting.accountId}, ${acting.displayName})`,
  );
  return row;
}

export function lift(tx: Tx, row: WarningRow, now: Date): void {
  tx.write(
    sql`update metering.warning set lifted_at = ${now} where scope_id = ${row.scopeId} and warning_id = ${row.id}`,
  );
}
