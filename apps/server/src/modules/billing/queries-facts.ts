import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import {
  addMonths,
  type Agreement,
  type FeePart,
  type Payer,
  type PayerRule,
  type Rule,
  type Terms,
} from './domain.ts';
import type { LineWall } from './tables.ts';

/** What a month of a whole compound is calculated from, a statement each. */

export interface TariffRow {
  readonly id: string;
  readonly item: string;
  readonly name: string;
  readonly rule: Rule;
  readonly terms: Terms;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
  readonly source: string;
  readonly createdAt: Date;
  readonly createdByName: string;
}

const tariffColumns = sql`t.tariff_id as id, t.item, t.name, t.rule, t.terms, t.valid_from::text as "validFrom", t.valid_to::text as "validTo", t.source,
  t.created_at as "createdAt", t.created_by_name as "createdByName"`;

/** Every version, item by item, the latest first. */
export function tariffVersions(
  q: Executor,
  { scopeId, companyId }: Pick<LineWall, 'scopeId' | 'companyId'>,
): Promise<TariffRow[]> {
  return q.query(
    sql`select ${tariffColumns} from billing.tariff t
        where t.scope_id = ${scopeId} and t.company_id is not distinct from ${companyId}::uuid
        order by t.item, t.valid_from desc, t.tariff_id desc limit 2000`,
  );
}

/** Of each item the version that holds: what began last, unless it has ended. */
export async function tariffsOn(
  q: Executor,
  { scopeId, companyId }: Pick<LineWall, 'scopeId' | 'companyId'>,
  day: LocalDate,
): Promise<TariffRow[]> {
  const rows = await q.query<TariffRow>(
    sql`select distinct on (t.item) ${tariffColumns} from billing.tariff t
        where t.scope_id = ${scopeId} and t.company_id is not distinct from ${companyId}::uuid and t.valid_from <= ${day}::date
        order by t.item, t.valid_from desc, t.tariff_id desc`,
  );
  return rows.filter(({ validTo, rule }) => (validTo === null || day < validTo) && rule.kind !== 'none');
}

export async function findTariff(q: Executor, scopeId: string, tariffId: string): Promise<TariffRow | null> {
  const [row] = await q.query<TariffRow>(
    sql`select ${tariffColumns} from billing.tariff t where t.scope_id = ${scopeId} and t.tariff_id = ${tariffId}`,
  );
  return row ?? null;
}

export function tariffsById(
  q: Executor,
  scopeId: string,
  tariffIds: readonly string[],
): Promise<TariffRow[]> {
  return q.query(
    sql`select ${tariffColumns} from billing.tariff t where t.scope_id = ${scopeId} and t.tariff_id = any (${tariffIds}::uuid[])`,
  );
}

export function agreementsIn(
  q: Executor,
  { scopeId, companyId }: Pick<LineWall, 'scopeId' | 'companyId'>,
  period: LocalDate,
): Promise<(Agreement & { householdId: string })[]> {
  return q.query(
    sql`select a.agreement_id as id, a.household_id as "householdId", a.kind, a.item, a.params, a.starts_on::text as "startsOn", a.ends_on::text as "endsOn"
        from billing.agreement a
        where a.scope_id = ${scopeId} and a.company_id is not distinct from ${companyId}::uuid and a.starts_on < ${addMonths(period, 1)}::date
          and (a.ends_on is null or a.ends_on > ${period}::date)
        order by a.agreement_id`,
  );
}

export function payerRulesIn(
  q: Executor,
  { scopeId, companyId }: Pick<LineWall, 'scopeId' | 'companyId'>,
  period: LocalDate,
): Promise<PayerRule[]> {
  return q.query(
    sql`select p.payer_id as id, p.household_id as "householdId", p.building_id as "buildingId", p.item, p.payer, p.party_id as "partyId",
          p.party_name as "partyName", p.share_bp as "shareBp", p.starts_on::text as "startsOn", p.ends_on::text as "endsOn"
        from billing.payer p
        where p.scope_id = ${scopeId} and p.company_id is not distinct from ${companyId}::uuid and p.starts_on <= ${period}::date
          and (p.ends_on is null or p.ends_on > ${period}::date)
        order by p.payer_id`,
  );
}

export interface CostRow {
  readonly id: string;
  readonly item: string;
  readonly period: LocalDate;
  readonly buildingId: string | null;
  readonly totalFen: number;
  readonly source: string;
  readonly createdAt: Date;
  readonly createdByName: string;
}

export function costsOf(
  q: Executor,
  { scopeId, companyId }: Pick<LineWall, 'scopeId' | 'companyId'>,
  period: LocalDate,
): Promise<CostRow[]> {
  return q.query(
    sql`select c.cost_id as id, c.item, c.period::text as period, c.building_id as "buildingId", c.total_fen::float8 as "totalFen", c.source,
          c.created_at as "createdAt", c.created_by_name as "createdByName"
        from billing.shared_cost c
        where c.scope_id = ${scopeId} and c.company_id is not distinct from ${companyId}::uuid and c.period = ${period}::date order by c.cost_id`,
  );
}

/** What was used of an item this year before a month, home by home; taken-back lines do not count. */
export function usedThisYear(
  q: Executor,
  scopeId: string,
  period: LocalDate,
): Promise<{ householdId: string; item: string; milli: number }[]> {
  return q.query(
    sql`select l.household_id as "householdId", l.item, sum(l.quantity_milli)::float8 as milli from billing.bill_line l
        where l.scope_id = ${scopeId} and l.voided_at is null and l.quantity_milli is not null
          and l.period >= ${`${period.slice(0, 4)}-01-01`}::date and l.period < ${period}::date
        group by 1, 2`,
  );
}

/**
 * Where the bills of an item ended on each of these meters. A later month ends later (domain/uses.ts leaves out what would
 * not), so the newest line that speaks of the meter is looked at and no other. A line that was taken back ends nowhere, what
 * stands in its place does.
 */
export function billedReadings(
  q: Executor,
  scopeId: string,
  of: readonly { readonly item: string; readonly householdId: string; readonly meterId: string }[],
): Promise<{ item: string; meterId: string; readingId: string; milli: number; on: LocalDate }[]> {
  return q.query(
    sql`select g.item, g.meter_id::text as "meterId", x.reading_id as "readingId", x.milli, x.ended_on as on
        from unnest(${of.map(({ item }) => item)}::text[], ${of.map(({ householdId }) => householdId)}::uuid[], ${of.map(({ meterId }) => meterId)}::uuid[])
          as g (item, household_id, meter_id)
        cross join lateral (
          select u->>'toId' as reading_id, (u->>'toMilli')::float8 as milli, u->>'toOn' as ended_on
          from billing.bill_line l cross join lateral jsonb_array_elements(l.basis->'readings') u
          where l.scope_id = ${scopeId} and l.item = g.item and l.household_id = g.household_id and l.voided_at is null
            and jsonb_typeof(l.basis->'readings') = 'array' and u->>'meterId' = g.meter_id::text and u->>'toId' is not null
          order by l.period desc, u->>'toOn' desc, l.line_id desc limit 1) x`,
  );
}

/** What each home was billed for a month, item by item: the household's own part and others'. */
export function billedIn(
  q: Executor,
  scopeId: string,
  period: LocalDate,
): Promise<{ householdId: string; item: string; fen: number }[]> {
  return q.query(
    // Not a join: of a month that was posted a moment ago the planner knows nothing, and would look every bill through for every line.
    // Asked whether it is true, it makes none of it, and looks each line's bill up in a hash of that month's.
    sql`select l.household_id as "householdId", l.item, sum(l.amount_fen)::float8 as fen from billing.bill_line l
        where l.scope_id = ${scopeId} and l.period = ${period}::date and l.voided_at is null
          and (l.bill_id in (select b.bill_id from billing.bill b
            where b.scope_id = ${scopeId} and b.run_id = any (array(select r.run_id from billing.run r where r.scope_id = ${scopeId} and r.period = ${period}::date)))) is true
        group by 1, 2`,
  );
}

/** What was billed for a season's heat, and to whom: what a refund is a part of, and who gets it. */
export function seasonFees(
  q: Executor,
  scopeId: string,
  season: string,
): Promise<(FeePart & { readonly householdId: string; readonly item: string; readonly days: number })[]> {
  return q.query(
    sql`select l.household_id as "householdId", l.item, l.payer, l.party_id as "partyId", max(b.party_name) as "partyName",
          sum(l.amount_fen)::float8 as fen, max((l.basis->>'ofDays')::integer) as days
        from billing.bill_line l join billing.bill b on b.scope_id = l.scope_id and b.bill_id = l.bill_id
        where l.scope_id = ${scopeId} and l.voided_at is null and l.basis->>'kind' = 'heating' and l.basis->>'season' = ${season}
        group by 1, 2, 3, 4 order by 1, 2, 4, 3`,
  );
}

/** Sources that have their line already. */
export async function billedSources(
  q: Executor,
  scopeId: string,
  kinds: readonly string[],
): Promise<Set<string>> {
  const rows = await q.query<{ source: string }>(
    sql`select l.source_kind || ' ' || l.source_id as source from billing.bill_line l
        where l.scope_id = ${scopeId} and l.voided_at is null and l.source_kind = any (${kinds}::text[])`,
  );
  return new Set(rows.map(({ source }) => source));
}

export interface LateLine {
  readonly lineId: string;
  readonly householdId: string;
  readonly payer: Payer;
  readonly partyId: string | null;
  readonly partyName: string | null;
  readonly item: string;
  readonly name: string;
  readonly dueOn: LocalDate;
  readonly amountFen: number;
  readonly surcharge: NonNullable<Terms['surcharge']>;
  readonly settled: readonly { readonly on: LocalDate; readonly fen: number }[];
  readonly chargedFen: number;
}

/**
 * Lines whose contract knows a surcharge, late and open, or settled late since the run before. What was charged of it once is
 * not charged again, also where somebody took it back or put less in its place: what was waived stays so.
 */
export function lateLines(
  q: Executor,
  { scopeId, companyId }: Pick<LineWall, 'scopeId' | 'companyId'>,
  day: LocalDate,
): Promise<LateLine[]> {
  return q.query(
    sql`select l.line_id as "lineId", l.household_id as "householdId", l.payer, l.party_id as "partyId", b.party_name as "partyName", l.item, l.name,
          l.due_on::text as "dueOn", l.amount_fen::float8 as "amountFen", l.basis->'surcharge' as surcharge,
          coalesce((select jsonb_agg(jsonb_build_object('on', s.settled_on::text, 'fen', s.amount_fen))
            from billing.settlement s where s.scope_id = l.scope_id and s.line_id = l.line_id), '[]') as settled,
          coalesce((select sum(c.amount_fen) from billing.bill_line c where c.scope_id = l.scope_id and c.household_id = l.household_id
            and c.source_kind = 'surcharge' and c.corrects is null and c.source_id like l.line_id::text || ':%'), 0)::float8 as "chargedFen"
        from billing.bill_line l join billing.bill b on b.scope_id = l.scope_id and b.bill_id = l.bill_id
        where l.scope_id = ${scopeId} and l.company_id is not distinct from ${companyId}::uuid and l.voided_at is null and l.amount_fen > 0
          and l.basis ? 'surcharge' and l.due_on < ${day}::date
          and (l.settled_fen < l.amount_fen or exists (select from billing.settlement s where s.scope_id = l.scope_id and s.line_id = l.line_id
            and s.settled_on > l.due_on and s.settled_on > ${day}::date - 93))
        order by l.line_id`,
  );
}
