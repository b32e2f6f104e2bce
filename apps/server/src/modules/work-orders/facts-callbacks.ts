import { CHINA, type LocalDate, localDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { wallOf } from '../places/index.ts';
import type { CallbackRule, CallbackRules } from './domain.ts';
import { Memory } from './facts-rules.ts';

/** What is said about calls, reason by reason; what is left out is not called about. Silence always has its rule. */
export type SaidRules = CallbackRules & { readonly unanswered: CallbackRule };

export interface CallbackRuleRow {
  readonly scopeId: string;
  /** '' for every matter. */
  readonly categoryCode: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  /** Null: nothing of one's own from that day on. */
  readonly rules: SaidRules | null;
  readonly reason: string;
  readonly changedByName: string;
  readonly changedAt: Date;
}

const kept = new Memory<readonly CallbackRuleRow[]>(2_000);

export function forgetCallbackRules(): void {
  kept.forget();
}

/** Every version of these scopes from the table itself, the newest first. */
export function readCallbackRules(q: Executor, scopeIds: readonly string[]): Promise<CallbackRuleRow[]> {
  return q.query<CallbackRuleRow>(
    sql`select v.scope_id as "scopeId", v.category_code as "categoryCode", v.version, v.valid_from as "validFrom", v.rules, v.reason,
        v.changed_by_name as "changedByName", v.changed_at as "changedAt"
      from work_orders.callback_rule_version v where v.scope_id = any (${scopeIds}::uuid[]) order by v.version desc limit 2000`,
  );
}

async function versionsOf(q: Executor, scopeId: string): Promise<readonly CallbackRuleRow[]> {
  return kept.get(scopeId) ?? kept.keep(scopeId, await readCallbackRules(q, [scopeId]));
}

/** The last written version that has begun; a later word about the same day counts. */
export function ruleInForce(
  rows: readonly CallbackRuleRow[],
  code: string,
  today: LocalDate,
): CallbackRuleRow | null {
  let found: CallbackRuleRow | null = null;
  for (const row of rows)
    if (
      row.categoryCode === code &&
      row.validFrom <= today &&
      (found === null ||
        row.validFrom > found.validFrom ||
        (row.validFrom === found.validFrom && row.version > found.version))
    )
      found = row;
  return found?.rules == null ? null : found;
}

export interface CallbackWall {
  readonly scopeId: string;
  readonly companyId: string | null;
  readonly streetId: string | null;
  readonly cityId: string | null;
}

/** The nearest first: the company's word before the street's and the city's. */
export function callbackLevels(wall: Omit<CallbackWall, 'scopeId'>): string[] {
  return [...new Set([wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null))];
}

/** What somebody has said about calls for such a matter; of one level what it says of this matter before what of all. */
export async function callbackRulesFor(
  q: Executor,
  wall: CallbackWall,
  categoryCode: string,
  now: Date,
): Promise<SaidRules | null> {
  const levels = await Promise.all(callbackLevels(wall).map((scopeId) => versionsOf(q, scopeId)));
  if (levels.every((rows) => rows.length === 0)) return null;
  const today = localDate(now.getTime(), (await wallOf(q, wall.scopeId))?.timeZone ?? CHINA);
  for (const rows of levels) {
    const found = ruleInForce(rows, categoryCode, today) ?? ruleInForce(rows, '', today);
    if (found !== null) return found.rules;
  }
  return null;
}
