import { uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { homesOfScope } from '../places/index.ts';
import {
  type BilledLine,
  billedTo,
  type Exception,
  faultsOf,
  type Home,
  type HomeFacts,
  monthOf,
  priceOf,
  type Rule,
  type Terms,
} from './domain.ts';
import { agreementsIn, costsOf, payerRulesIn, tariffVersions } from './queries-facts.ts';
import type { NewTariffBody, TariffPreviewBody } from './schemas.ts';
import { formulaOf, seasonOf, sharesOf } from './service-calculating.ts';
import { accessCompound } from './reach.ts';

const field = (path: string, code: string, params: Record<string, unknown> = {}) => [{ path, code, params }];

/** What a schema cannot see: rising steps, a formula that can be read, the first day of a month. */
async function checkRule(rule: Rule, terms: Terms): Promise<void> {
  const faults = faultsOf(rule, terms);
  if (faults.length > 0)
    throw new Problem(
      'billing.invalid',
      { reason: 'rule' },
      faults.map(({ path, code }) => ({ path, code, params: {} })),
    );
  await formulaOf(rule);
}

/** A new version: it holds from its first day on, and changes nothing that was billed before. */
export async function changeTariff(tx: Tx, acting: Acting, body: NewTariffBody, now: Date): Promise<string> {
  const wall = await accessCompound(tx, acting, body.scopeId);
  await checkRule(body.rule, body.terms);
  if (monthOf(body.validFrom) !== body.validFrom)
    throw new Problem('billing.invalid', { reason: 'first_of_month' }, field('/validFrom', 'invalid'));
  if (
    body.validTo !== undefined &&
    (monthOf(body.validTo) !== body.validTo || body.validTo <= body.validFrom)
  )
    throw new Problem('billing.invalid', { reason: 'first_of_month' }, field('/validTo', 'invalid'));
  // Two who change one item at one moment: the second sees what the first made of it.
  await tx.query(
    sql`select pg_advisory_xact_lock(hashtextextended(${`tariff ${wall.scopeId} ${body.item}`}, 0))`,
  );
  const newest = (await tariffVersions(tx, wall))
    .filter(({ item }) => item === body.item)
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))[0];
  if ((newest?.id ?? null) !== body.replaces)
    throw new Problem('billing.stale', { version: newest?.id ?? '' });
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into billing.tariff (scope_id, tariff_id, city_id, street_id, company_id, item, name, rule, terms, valid_from, valid_to, source, created_at,
          created_by, created_by_name)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${body.item}, ${body.name.trim()}, ${JSON.stringify(body.rule)},
          ${JSON.stringify(body.terms)}, ${body.validFrom}, ${body.validTo ?? null}, ${body.source.trim()}, ${now}, ${acting.accountId}, ${acting.displayName})`,
  );
  return id;
}

export interface WorkedExample {
  readonly home: Home;
  readonly lines: readonly BilledLine[];
  readonly exceptions: readonly Exception[];
}

/** What a tariff would make of a home, by the very rules that bill it: nothing is stored. */
export async function preview(
  house: House,
  q: Executor,
  acting: Acting,
  body: TariffPreviewBody,
): Promise<WorkedExample> {
  const wall = await accessCompound(q, acting, body.scopeId);
  await checkRule(body.rule, body.terms);
  const homes = await homesOfScope(q, wall.scopeId);
  const home =
    body.householdId === undefined
      ? homes[0]
      : homes.find(({ householdId }) => householdId === body.householdId);
  if (home === undefined) throw new Problem('not_found');
  const period = monthOf(body.period);
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  const [agreements, payers, costs, season] = await Promise.all([
    agreementsIn(q, wall, period),
    payerRulesIn(q, wall, period),
    costsOf(q, wall, period),
    seasonOf(house, q, chain, period),
  ]);
  const tariff = {
    id: '',
    item: body.item,
    name: body.name,
    rule: body.rule,
    terms: body.terms,
    validFrom: period,
    validTo: null,
    source: '',
    createdAt: new Date(0),
    createdByName: '',
  };
  const own = agreements.filter(({ householdId }) => householdId === home.householdId);
  const meter = 'meter' in body.rule ? body.rule.meter : undefined;
  const used = body.usedMilli ?? 0;
  const facts: HomeFacts = {
    home,
    agreements:
      own.length > 0 || (body.rule.kind !== 'parking' && body.rule.kind !== 'deposit')
        ? own
        : [{ id: '', kind: body.rule.kind, item: body.item, params: {}, startsOn: period, endsOn: null }],
    used:
      meter === undefined
        ? {}
        : {
            [body.item]: {
              uses: [{ meterId: '', fromMilli: 0, toMilli: used, fromOn: period, toOn: period }],
              faults: [],
            },
          },
    usedBeforeMilli: { [body.item]: body.usedBeforeMilli ?? 0 },
    shares: sharesOf(costs, [tariff], homes).get(home.householdId) ?? [],
    cold: {},
  };
  const month = { period, issueOn: period, season: { name: season.name, days: season.days } };
  const priced = priceOf(tariff, facts, month, await formulaOf(body.rule));
  return {
    home,
    lines: priced.lines.flatMap((line) => billedTo(line, tariff, payers, home, month)),
    exceptions: priced.exceptions,
  };
}
