import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { House } from '../../platform/house.ts';
import {
  type EscalationRules,
  type Mode,
  type OfferSettings,
  ruleAt,
  type RuleSubject,
  type RuleVersion,
} from './domain.ts';

export interface RuleRow extends RuleVersion {
  /** Whose word it was: of a compound that has passed on, the predecessor's. */
  readonly companyId: string | null;
  readonly reason: string;
  readonly changedByName: string;
  readonly changedAt: Date;
}

interface Row extends Omit<RuleRow, 'startsAt'> {
  readonly startsAt: Date;
}

const toRule = (row: Row): RuleRow => ({ ...row, startsAt: row.startsAt.getTime() });
const columns = sql`v.scope_id as "scopeId", v.subject, v.category_code as "categoryCode", v.version, v.starts_at as "startsAt", v.value, v.company_id as "companyId",
  v.reason, v.changed_by_name as "changedByName", v.changed_at as "changedAt"`;

export interface RuleWall {
  readonly scopeId: string;
  readonly companyId: string | null;
  readonly streetId: string | null;
  readonly cityId: string | null;
}

/** The nearest first: a compound, its company, the street, the city. */
export const levelsOf = ({ scopeId, companyId, streetId, cityId }: RuleWall): string[] => [
  ...new Set([scopeId, companyId, streetId, cityId].filter((id) => id !== null)),
];

/** What another company said of a compound was its own manner, and holds for no successor. */
export const ofPresent = (rows: readonly RuleRow[], wall: RuleWall): RuleRow[] =>
  rows.filter(({ scopeId, companyId }) => scopeId !== wall.scopeId || companyId === wall.companyId);

/** Everything these places ever said, also what is to come; the latest word first. */
export async function readRules(q: Executor, scopeIds: readonly string[]): Promise<RuleRow[]> {
  const rows = await q.query<Row>(
    sql`select ${columns} from dispatch.rule_version v where v.scope_id = any (${scopeIds}::uuid[])
        order by v.changed_at desc, v.version desc limit 2000`,
  );
  return rows.map(toRule);
}

/** Of each place and matter the word that holds at that moment. Read anew each time: a change counts for the next order. */
async function wordsAt(q: Executor, wall: RuleWall, now: Date): Promise<RuleRow[]> {
  const rows = await q.query<Row>(
    sql`select distinct on (v.scope_id, v.subject, v.category_code) ${columns} from dispatch.rule_version v
        where v.scope_id = any (${levelsOf(wall)}::uuid[]) and v.starts_at <= ${now}
          and (v.scope_id <> ${wall.scopeId} or v.company_id is not distinct from ${wall.companyId})
        order by v.scope_id, v.subject, v.category_code, v.starts_at desc, v.version desc`,
  );
  return rows.map(toRule);
}

/** How a place dispatches now: what people said, else the dated settings of the installation. */
export interface PlaceRules {
  mode(categoryCode: string): Mode;
  readonly offers: OfferSettings;
  readonly escalation: EscalationRules;
}

export async function rulesAt(q: Executor, house: House, wall: RuleWall, now: Date): Promise<PlaceRules> {
  const chain = levelsOf(wall);
  const [words, modes, offers, escalation] = await Promise.all([
    wordsAt(q, wall, now),
    house.settings.get(q, chain, 'dispatch.modes', now),
    house.settings.get(q, chain, 'dispatch.offers', now),
    house.settings.get(q, chain, 'dispatch.escalation', now),
  ]);
  const said = (subject: RuleSubject, code = '') =>
    ruleAt(words, chain, subject, code, now.getTime())?.value ?? null;
  return {
    mode: (code) => (said('mode', code) as Mode | null) ?? modes.byCategory[code] ?? modes.default,
    offers: (said('offers') as OfferSettings | null) ?? offers,
    escalation: (said('escalation') as EscalationRules | null) ?? escalation,
  };
}

/** What compounds of a company say themselves, for the page of their company. */
export async function rulesBelow(
  q: Executor,
  companyId: string,
  now: Date,
): Promise<(RuleRow & { readonly scopeName: string })[]> {
  const rows = await q.query<Row & { scopeName: string }>(
    sql`select * from (
          select distinct on (v.scope_id, v.subject, v.category_code) ${columns}, s.name as "scopeName"
          from dispatch.rule_version v join places.scope s on s.scope_id = v.scope_id
          where s.company_id = ${companyId} and v.company_id = s.company_id and s.kind = 'compound' and v.starts_at <= ${now}
          order by v.scope_id, v.subject, v.category_code, v.starts_at desc, v.version desc
        ) w where w.value is not null order by w."scopeName", w."scopeId", w."categoryCode" limit 200`,
  );
  return rows.map((row) => ({ ...toRule(row), scopeName: row.scopeName }));
}

/** How many orders wait there for somebody to take them. */
export async function countWaiting(q: Executor, scopeId: string): Promise<number> {
  const [row] = await q.query<{ count: number }>(
    sql`select count(*)::int as count from dispatch.task t
        where t.state <> 'closed' and (t.scope_id = ${scopeId} or t.company_id = ${scopeId} or t.street_id = ${scopeId} or t.city_id = ${scopeId})`,
  );
  return row?.count ?? 0;
}

export interface RuleStart {
  readonly scopeId: string;
  readonly subject: RuleSubject;
  readonly categoryCode: string;
  readonly version: number;
  readonly afterOrderId: string | null;
}

/** A word that has begun and is still to be brought to what waits (worker role). */
export async function claimRuleStart(tx: Tx, now: Date): Promise<RuleStart | null> {
  const [row] = await claimByScope<RuleStart>(tx, {
    columns: sql`r.scope_id as "scopeId", r.subject, r.category_code as "categoryCode", r.version, r.after_order_id as "afterOrderId"`,
    from: sql`dispatch.rule_start r`,
    scope: sql`r.scope_id`,
    id: sql`concat_ws(' ', r.subject, r.category_code, r.version)`,
    idType: 'text',
    due: sql`r.starts_at <= ${now}`,
    order: sql`r.starts_at`,
    limit: 1,
    // The last piece deletes it.
    lock: sql`for update`,
  });
  return row ?? null;
}

/** Orders there that somebody is or will be asked about, or told of; by id, as others lock them. */
export function openTasksBelow(
  q: Executor,
  { scopeId, afterOrderId }: RuleStart,
  limit: number,
): Promise<{ scopeId: string; orderId: string }[]> {
  return q.query(
    sql`select t.scope_id as "scopeId", t.work_order_id as "orderId" from dispatch.task t
        where (t.state <> 'closed' or t.watch_due_at is not null)
          and (t.scope_id = ${scopeId} or t.company_id = ${scopeId} or t.street_id = ${scopeId} or t.city_id = ${scopeId})
          and (${afterOrderId}::uuid is null or t.work_order_id > ${afterOrderId}::uuid)
        order by t.work_order_id limit ${limit}`,
  );
}

export function broughtTo(tx: Tx, start: RuleStart, lastOrderId: string | null): void {
  const { scopeId, subject, categoryCode, version } = start;
  tx.write(
    lastOrderId === null
      ? sql`delete from dispatch.rule_start
            where scope_id = ${scopeId} and subject = ${subject} and category_code = ${categoryCode} and version = ${version}`
      : sql`update dispatch.rule_start set after_order_id = ${lastOrderId}
            where scope_id = ${scopeId} and subject = ${subject} and category_code = ${categoryCode} and version = ${version}`,
  );
}
