import { faultOfPolicy, type Policy } from '@gongzhi/gate';
import { DAY, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, findBuilding } from '../places/index.ts';
import { holdNotices, lockMeasure } from './queries-measures.ts';
import type { MeasureBody, MeasureCommandBody } from './schemas.ts';
import { keep, tellOfGate } from './service-gates.ts';
import { type PolicyContent, REACHES, type Reach } from './tables.ts';

/** A measure is a competent authority's: carried out from a moment on, until another, and it falls back by itself. */

const pathOf = {
  authority_missing: '/authority',
  document_missing: '/documentNo',
  end_missing: '/endsAt',
  end_before_start: '/endsAt',
  too_long: '/endsAt',
  no_checks: '/checks',
  seals: '/seals',
} as const;

type Facts = Pick<
  MeasureBody,
  | 'authority'
  | 'documentNo'
  | 'startsAt'
  | 'endsAt'
  | 'checks'
  | 'onNoAnswer'
  | 'answerWithinMilliseconds'
  | 'answerHoldsMinutes'
  | 'seals'
  | 'tracing'
  | 'followUp'
>;

/** Its beginning, its end, and what it contains; a measure that is none, or that would close a way out, is refused. */
function contentOf(body: Facts): { from: Date; to: Date; content: PolicyContent } {
  const from = new Date(body.startsAt);
  const to = body.endsAt === null ? null : new Date(body.endsAt);
  const checks = body.checks as Policy['checks'];
  const fault = faultOfPolicy({
    authority: body.authority,
    documentNo: body.documentNo,
    from: from.getTime(),
    to: to?.getTime() ?? null,
    checks,
    seals: body.seals ?? [],
  });
  if (fault !== null || to === null) {
    const why = fault ?? 'end_missing';
    throw new Problem(why === 'seals' ? 'access.measure_seals' : 'access.measure_invalid', { fault: why }, [
      { path: pathOf[why], code: why, params: {} },
    ]);
  }
  const { onNoAnswer, answerWithinMilliseconds, answerHoldsMinutes } = body;
  const content: PolicyContent = {
    checks,
    allows: { tracing: body.tracing ?? false, followUp: body.followUp ?? null },
    onNoAnswer,
    answerWithinMilliseconds,
    answerHoldsMinutes,
    authority: body.authority.trim(),
    documentNo: body.documentNo.trim(),
    startsAt: from.toISOString(),
    endsAt: to.toISOString(),
  };
  return { from, to, content };
}

function storeVersion(
  tx: Tx,
  acting: Acting,
  row: {
    readonly scopeId: string;
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
    readonly id: string;
    readonly version: number;
    readonly reach: Reach;
  },
  content: PolicyContent,
  now: Date,
): void {
  tx.write(
    sql`insert into access.policy_version (scope_id, policy_id, version, city_id, street_id, company_id, reach, content, written_by, written_by_name, written_at)
        values (${row.scopeId}, ${row.id}, ${row.version}, ${row.cityId}, ${row.streetId}, ${row.companyId}, ${row.reach}, ${JSON.stringify(content)}::jsonb,
          ${acting.accountId}, ${acting.displayName}, ${now})`,
  );
}

/** A day for what was being typed when the clock went on; a measure that began long ago was never carried out. */
const mostBackdated = DAY;

export async function orderMeasure(acting: Acting, tx: Tx, body: MeasureBody, now: Date): Promise<string> {
  const { scopeId, buildingId, name, retentionDays } = body;
  const { kind, cityId, streetId, companyId } = await accessScope(tx, acting, scopeId);
  const reach = REACHES.find((one) => one === kind);
  if (reach === undefined)
    throw new Problem('access.not_here', {}, [{ path: '/scopeId', code: 'unknown', params: {} }]);
  const { from, to, content } = contentOf(body);
  if (from.getTime() < now.getTime() - mostBackdated || to <= now)
    throw new Problem('access.measure_invalid', { fault: 'end_before_start' }, [
      { path: to <= now ? '/endsAt' : '/startsAt', code: 'range', params: {} },
    ]);
  if (buildingId !== null && (reach !== 'compound' || (await findBuilding(tx, scopeId, buildingId)) === null))
    throw new Problem('access.place_unknown', {}, [{ path: '/buildingId', code: 'unknown', params: {} }]);
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into access.policy (scope_id, policy_id, city_id, street_id, company_id, building_id, reach, name, authority, document_no, version,
          starts_at, ends_at, retention_days, created_at)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${buildingId}, ${reach}, ${name.trim()}, ${content.authority}, ${content.documentNo}, 1,
          ${from}, ${to}, ${retentionDays}, ${now})`,
  );
  const row = { scopeId, cityId, streetId, companyId, id, version: 1, reach };
  storeVersion(tx, acting, row, content, now);
  const detail = {
    documentNo: content.documentNo,
    from: content.startsAt,
    to: content.endsAt,
    buildingId,
    reach,
  };
  keep(tx, acting, row, 'measure.ordered', { type: 'measure', id }, detail, now);
  tellOfGate(tx, row, 'measure.ordered', id, now);
  return id;
}

/** A measure's place, and what lies under it where that is a street or a community. */
const placesUnder = (scopeId: string) =>
  sql`(select s.scope_id from places.scope s where ${scopeId} in (s.scope_id, s.street_id, s.community_id))`;

/** A notice of isolation stands under its measure: what has ended keeps nobody at home, whatever else stands. */
function liftNotices(tx: Tx, scopeId: string, policyId: string, reason: string, now: Date): void {
  tx.write(
    sql`update access.list_entry set lifted_at = ${now}, lift_reason = ${reason}, version = version + 1
        where scope_id in ${placesUnder(scopeId)} and policy_id = ${policyId} and lifted_at is null and ends_at > ${now}`,
  );
}

function shortenNotices(tx: Tx, scopeId: string, policyId: string, endsAt: Date): void {
  tx.write(
    sql`update access.list_entry set ends_at = ${endsAt}, version = version + 1
        where scope_id in ${placesUnder(scopeId)} and policy_id = ${policyId} and lifted_at is null and ends_at > ${endsAt}`,
  );
}

export async function commandMeasure(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  id: string,
  body: MeasureCommandBody,
  now: Date,
): Promise<void> {
  await accessScope(tx, acting, scopeId);
  holdNotices(tx, id);
  const before = await lockMeasure(tx, scopeId, id);
  if (before === null) throw new Problem('not_found');
  if (before.version !== body.expectedVersion) throw new Problem('access.stale', { version: before.version });
  if (before.endsAt <= now) throw new Problem('access.measure_over');
  const version = before.version + 1;
  if (body.action === 'end') {
    // What had not begun never stood.
    const endsAt = before.startsAt > now ? before.startsAt : now;
    tx.write(
      sql`update access.policy set ends_at = ${endsAt}, ended_by_name = ${acting.displayName}, end_reason = ${body.reason.trim()}, version = ${version}
          where scope_id = ${scopeId} and policy_id = ${id}`,
    );
    tx.write(
      sql`insert into access.policy_version (scope_id, policy_id, version, city_id, street_id, company_id, reach, content, written_by, written_by_name, written_at)
          select v.scope_id, v.policy_id, ${version}, v.city_id, v.street_id, v.company_id, v.reach, v.content, ${acting.accountId}, ${acting.displayName}, ${now}
          from access.policy_version v where v.scope_id = ${scopeId} and v.policy_id = ${id} and v.version = ${before.version} returning scope_id`,
    );
    keep(tx, acting, before, 'measure.ended', { type: 'measure', id }, {}, now);
    tellOfGate(tx, before, 'measure.ended', id, now);
    liftNotices(tx, scopeId, id, body.reason.trim(), now);
    return;
  }
  // What stood, stood: only what comes can still change, and it is measured from its real beginning.
  const hasBegun = before.startsAt <= now;
  const {
    from: startsAt,
    to,
    content,
  } = contentOf(hasBegun ? { ...body, startsAt: before.startsAt.toISOString() } : body);
  if (to <= now)
    throw new Problem('access.measure_invalid', { fault: 'end_before_start' }, [
      { path: '/endsAt', code: 'end_before_start', params: {} },
    ]);
  if (!hasBegun && startsAt.getTime() < now.getTime() - mostBackdated)
    throw new Problem('access.measure_invalid', { fault: 'end_before_start' }, [
      { path: '/startsAt', code: 'range', params: {} },
    ]);
  tx.write(
    sql`update access.policy set name = ${body.name.trim()}, authority = ${content.authority}, document_no = ${content.documentNo}, starts_at = ${startsAt},
          ends_at = ${to}, retention_days = ${body.retentionDays}, version = ${version} where scope_id = ${scopeId} and policy_id = ${id}`,
  );
  storeVersion(tx, acting, { ...before, version }, content, now);
  shortenNotices(tx, scopeId, id, to);
  keep(
    tx,
    acting,
    before,
    'measure.changed',
    { type: 'measure', id },
    { documentNo: content.documentNo },
    now,
  );
  tellOfGate(tx, before, 'measure.changed', id, now);
}
