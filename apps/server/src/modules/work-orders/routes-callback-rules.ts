import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { FieldProblem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { sql } from '../../platform/db/sql.ts';
import { accessScope, type Wall } from '../places/index.ts';
import {
  earliestIn,
  mayEdit,
  refuseFields,
  refuseStale,
  scopeToEdit,
  todayIn,
} from './desk/service-rules.ts';
import { categoryOf, settingsOf } from './facts.ts';
import {
  callbackLevels,
  type CallbackRuleRow,
  forgetCallbackRules,
  readCallbackRules,
  ruleInForce,
  type SaidRules,
} from './facts-callbacks.ts';
import { ScopeQuery } from './schemas.ts';
import { CallbackRuleTable, CallbackRuleVersion, NewCallbackRules } from './schemas-callbacks.ts';

const tags = ['callbacks'];
const EDITORS = ['company', 'street', 'city'];

/** Whom the desk calls: by reason, for every matter or for one, from a day on. */
export function callbackRuleRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/callbacks/rules',
    {
      config: { permission: 'callback.script.read' },
      schema: {
        tags,
        operationId: 'getCallbackRules',
        summary: 'Who is called back, how soon and how often; what was said here before and what is to come',
        querystring: ScopeQuery,
        response: { 200: CallbackRuleTable },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const chain = callbackLevels(wall);
        const [rows, base] = await Promise.all([
          readCallbackRules(q, chain),
          settingsOf(house, q, wall, now, null),
        ]);
        const usual: SaidRules = {
          ...base.callbackRules,
          unanswered: {
            delayHours: base.callbackAfterHours,
            attempts: base.callbackAttempts,
            retryHours: base.callbackRetryHours,
          },
        };
        const own = rows.filter((row) => row.scopeId === wall.scopeId);
        const today = todayIn(wall, now);
        const codes = [...new Set(rows.map(({ categoryCode }) => categoryCode))].filter(
          (code) => code !== '',
        );
        const counts = (code: string) => {
          const found = inForce(rows, chain, code, today);
          return found === null && code !== ''
            ? []
            : [
                {
                  categoryCode: code === '' ? null : code,
                  level: levelOf(found, wall),
                  validFrom: found?.validFrom ?? null,
                  rules: found?.rules ?? usual,
                  changedByName: found?.changedByName ?? null,
                  ownVersion: own.find((row) => row.categoryCode === code)?.version ?? 0,
                },
              ];
        };
        return {
          scopeId: wall.scopeId,
          mayEdit: mayEdit(acting, wall, EDITORS),
          earliest: earliestIn(wall, now),
          items: ['', ...codes.toSorted()].flatMap(counts),
          own: own.map(versionView),
        };
      });
    },
  );

  app.put(
    '/work-orders/callbacks/rules',
    {
      config: { permission: 'rules.write' },
      schema: {
        tags,
        operationId: 'saveCallbackRules',
        summary: 'Say who is called back, from a day on',
        body: NewCallbackRules,
        response: { 200: CallbackRuleVersion },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId, categoryCode, expectedVersion, validFrom, rules, reason } = request.body;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const wall = await scopeToEdit(tx, acting, scopeId, EDITORS);
        const code = categoryCode ?? '';
        const [rows, category] = await Promise.all([
          readCallbackRules(tx, [scopeId]),
          categoryCode === null ? null : categoryOf(tx, categoryCode),
        ]);
        const earliest = earliestIn(wall, now);
        const faults: FieldProblem[] = [];
        if (validFrom < earliest)
          faults.push({ path: '/validFrom', code: 'too_early', params: { earliest } });
        if (categoryCode !== null && category === null)
          faults.push({ path: '/categoryCode', code: 'unknown', params: {} });
        refuseFields(faults);
        refuseStale(
          rows.find((row) => row.categoryCode === code),
          expectedVersion,
        );
        const row: CallbackRuleRow = {
          scopeId,
          categoryCode: code,
          version: expectedVersion + 1,
          validFrom,
          rules,
          reason,
          changedByName: acting.displayName,
          changedAt: now,
        };
        tx.write(
          sql`insert into work_orders.callback_rule_version (scope_id, category_code, version, city_id, street_id, company_id, valid_from, rules, reason,
                changed_by, changed_by_name, changed_at)
              values (${scopeId}, ${code}, ${row.version}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${validFrom},
                ${rules === null ? null : JSON.stringify(rules)}, ${reason}, ${acting.accountId}, ${acting.displayName}, ${now})`,
        );
        forgetCallbackRules();
        return { status: 200, body: versionView(row) };
      });
    },
  );
}

/** The nearest level's own word. */
function inForce(
  rows: readonly CallbackRuleRow[],
  chain: readonly string[],
  code: string,
  today: string,
): CallbackRuleRow | null {
  for (const scopeId of chain) {
    const found = ruleInForce(
      rows.filter((row) => row.scopeId === scopeId),
      code,
      today,
    );
    if (found !== null) return found;
  }
  return null;
}

function levelOf(row: CallbackRuleRow | null, wall: Wall): 'company' | 'street' | 'city' | 'base' {
  if (row === null) return 'base';
  return row.scopeId === wall.companyId ? 'company' : row.scopeId === wall.streetId ? 'street' : 'city';
}

function versionView({ scopeId: _, changedAt, categoryCode, ...row }: CallbackRuleRow) {
  return {
    ...row,
    categoryCode: categoryCode === '' ? null : categoryCode,
    changedAt: changedAt.toISOString(),
  };
}
