import { addDays, isLocalDate, localDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { type FieldProblem, Problem } from '../../platform/http/problem.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import { catalogueOf } from '../work-orders/index.ts';
import { defaultRules, faultOfRule, type Rule } from './domain.ts';
import { forgetRules } from './facts.ts';
import { ruleVersions } from './queries.ts';
import type { SensorRuleInput } from './schemas.ts';

/**
 * A company, street or city writes for itself, a company for one of its compounds too: the pump there has its own
 * pressure. Unlike what was promised to people, a rule may begin today: a sensor that raises false alarms is put right
 * now and not at midnight.
 */
export function mayWriteRules(acting: Acting, wall: Wall): boolean {
  if (!mayAttempt(acting.role, 'rules.write')) return false;
  if (wall.kind === 'compound') return acting.role === 'company' && wall.companyId === acting.homeScopeId;
  return acting.homeScopeId === wall.scopeId && ['company', 'street', 'city'].includes(wall.kind);
}

export async function scopeOfRules(q: Executor, acting: Acting, scopeId: string): Promise<Wall> {
  const wall = await accessScope(q, acting, scopeId);
  if (!['compound', 'company', 'street', 'city'].includes(wall.kind)) throw new Problem('not_found');
  return wall;
}

export async function writeRule(
  acting: Acting,
  tx: Tx,
  code: string,
  input: SensorRuleInput,
  now: Date,
): Promise<Wall> {
  const { scopeId, expectedVersion, validFrom, source, ...fields } = input;
  const wall = await scopeOfRules(tx, acting, scopeId);
  if (!mayWriteRules(acting, wall)) throw new Problem('permission.denied', { permission: 'rules.write' });
  const usual = defaultRules.find((rule) => rule.code === code);
  if (usual === undefined) throw new Problem('sensing.rule_unknown');
  const rule: Rule = { ...fields, code, kind: usual.kind };
  const fault = faultOfRule(rule);
  if (fault !== null)
    throw new Problem('sensing.rule_invalid', { fault }, [{ path: '/condition', code: fault, params: {} }]);
  const faults: FieldProblem[] = [];
  const today = localDate(now.getTime(), wall.timeZone);
  if (!isLocalDate(validFrom) || validFrom < today)
    faults.push({ path: '/validFrom', code: 'too_early', params: { earliest: today } });
  // A date far away is a typing mistake that nobody would ever see.
  else if (validFrom > addDays(today, 366))
    faults.push({ path: '/validFrom', code: 'too_late', params: { latest: addDays(today, 366) } });
  const category = (await catalogueOf(tx, [fields.categoryCode])).get(fields.categoryCode);
  if (category === undefined || category.place === 'home')
    faults.push({ path: '/categoryCode', code: 'unknown', params: {} });
  if (faults.length > 0) throw new Problem('validation.failed', {}, faults);
  const own = (await ruleVersions(tx, [scopeId])).filter((version) => version.code === code);
  const latest = Math.max(0, ...own.map(({ version }) => version));
  if (latest !== expectedVersion) throw new Problem('sensing.stale', { version: latest });
  tx.write(
    sql`insert into sensing.rule_version (scope_id, rule_code, version, city_id, street_id, company_id, valid_from, rule, source, changed_by,
          changed_by_name, changed_at)
        values (${scopeId}, ${code}, ${latest + 1}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${validFrom}, ${JSON.stringify(rule)},
          ${source.trim()}, ${acting.accountId}, ${acting.displayName}, ${now})`,
  );
  tx.afterCommit(forgetRules);
  return wall;
}
