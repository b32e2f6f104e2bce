import { addDays, instantOn, localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { type FieldProblem, Problem } from '../../platform/http/problem.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import { catalogueOf } from '../work-orders/index.ts';
import { escalationFaults, type EscalationRules, type RuleSubject } from './domain.ts';
import { readRules } from './queries-rules.ts';

/** A company, a street and a city each for themselves; a company also for one of its compounds. */
export function mayEditRules(acting: Acting, wall: Wall): boolean {
  if (!mayAttempt(acting.role, 'rules.write')) return false;
  if (wall.kind === 'compound') return acting.role === 'company' && wall.companyId === acting.homeScopeId;
  return acting.homeScopeId === wall.scopeId && ['company', 'street', 'city'].includes(wall.kind);
}

/** Grabbing is not forced on salaried repairers from outside: only who employs them decides. */
export const mayGrab = (wall: Wall): boolean => wall.kind === 'company' || wall.kind === 'compound';

/** What was promised for a day that has begun is changed from now on, never backwards. */
export const earliestDay = (wall: Wall, now: Date): string =>
  addDays(localDate(now.getTime(), wall.timeZone), 1);

export interface RuleChange {
  readonly scopeId: string;
  readonly subject: RuleSubject;
  readonly categoryCode: string | null;
  readonly expectedVersion: number;
  readonly startsOn: string | null;
  readonly value: unknown;
  readonly reason: string;
}

export async function sayRule(
  tx: Tx,
  acting: Acting,
  change: RuleChange,
  now: Date,
): Promise<{ version: number; startsAt: string }> {
  const { scopeId, subject, expectedVersion, startsOn, value } = change;
  const code = change.categoryCode ?? '';
  const wall = await accessScope(tx, acting, scopeId);
  if (!mayEditRules(acting, wall)) throw new Problem('permission.denied', { permission: 'rules.write' });
  if (wall.kind === 'compound' && subject !== 'mode')
    throw new Problem('permission.denied', { permission: 'rules.write' });
  await refuseFaults(tx, wall, change, now);
  const own = await readRules(tx, [scopeId]);
  const said = own.filter((row) => row.subject === subject && row.categoryCode === code);
  const latest = said.reduce<(typeof said)[number] | null>(
    (last, row) => (last === null || row.version > last.version ? row : last),
    null,
  );
  if ((latest?.version ?? 0) !== expectedVersion)
    throw new Problem('dispatch.rule_stale', {
      version: latest?.version ?? 0,
      name: latest?.changedByName ?? '',
    });
  const version = expectedVersion + 1;
  const startsAt = startsOn === null ? now : new Date(instantOn(startsOn, 0, wall.timeZone));
  tx.write(
    sql`insert into dispatch.rule_version (scope_id, subject, category_code, version, city_id, street_id, company_id, starts_at, value, reason,
          changed_by, changed_by_name, changed_at)
        values (${scopeId}, ${subject}, ${code}, ${version}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${startsAt},
          ${value === null ? null : JSON.stringify(value)}, ${change.reason.trim()}, ${acting.accountId}, ${acting.displayName}, ${now})`,
  );
  tx.write(
    sql`insert into dispatch.rule_start (scope_id, subject, category_code, version, city_id, street_id, company_id, starts_at)
        values (${scopeId}, ${subject}, ${code}, ${version}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${startsAt})`,
  );
  return { version, startsAt: startsAt.toISOString() };
}

async function refuseFaults(tx: Tx, wall: Wall, change: RuleChange, now: Date): Promise<void> {
  const { startsOn, subject, categoryCode, value } = change;
  const faults: FieldProblem[] = [];
  const earliest = earliestDay(wall, now);
  if (startsOn !== null && startsOn < earliest)
    faults.push({ path: '/startsOn', code: 'too_early', params: { earliest } });
  if (categoryCode !== null) {
    const category = (await catalogueOf(tx, [categoryCode])).get(categoryCode);
    if (category === undefined || (category.cityId !== null && category.cityId !== wall.cityId))
      faults.push({ path: '/categoryCode', code: 'unknown', params: {} });
  }
  if (subject === 'mode' && value === 'grab' && !mayGrab(wall))
    faults.push({ path: '/value', code: 'grab_of_company', params: {} });
  if (subject === 'escalation' && value !== null)
    for (const { path, code } of escalationFaults(value as EscalationRules))
      faults.push({ path: `/value${path}`, code, params: {} });
  if (faults.length > 0) throw new Problem('validation.failed', {}, faults);
}
