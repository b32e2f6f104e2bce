import { type LocalDate, localDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import type { Wall } from '../places/index.ts';
import { type DeviceKind, defaultRules, type Rule, ruleOn } from './domain.ts';
import { ruleVersions, type StoredRuleVersion } from './queries.ts';

/** Which rules hold where and when: compound, company, street, city, and the product's own behind them. */

/** The nearest first. */
export function chainOf(wall: Wall): string[] {
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId];
  return [...new Set(chain.filter((id) => id !== null))];
}

/** Asked for with every batch of readings, written some times a year. */
const keptMilliseconds = 5_000;
const mostKept = 10_000;
const kept = new Map<string, { versions: readonly StoredRuleVersion[]; until: number }>();

export async function versionsOf(q: Executor, scopeIds: readonly string[]): Promise<StoredRuleVersion[]> {
  const tick = performance.now();
  const missing = scopeIds.filter((id) => (kept.get(id)?.until ?? 0) <= tick);
  if (missing.length > 0) {
    const rows = await ruleVersions(q, missing);
    if (kept.size > mostKept) kept.clear();
    for (const id of missing)
      kept.set(id, { versions: rows.filter((row) => row.scopeId === id), until: tick + keptMilliseconds });
  }
  return scopeIds.flatMap((id) => kept.get(id)?.versions ?? []);
}

/** After a rule was written in this process. */
export function forgetRules(): void {
  kept.clear();
}

export function rulesOf(
  versions: readonly StoredRuleVersion[],
  wall: Wall,
  kind: DeviceKind,
  now: number,
): Rule[] {
  const chain = chainOf(wall);
  const today: LocalDate = localDate(now, wall.timeZone);
  return defaultRules
    .filter((rule) => rule.kind === kind)
    .flatMap(({ code }) => ruleOn(versions, chain, code, today)?.rule ?? []);
}
