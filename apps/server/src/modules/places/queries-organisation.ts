import type { LocalDate } from '@gongzhi/kernel';
import type { Actor } from '../../platform/db/actor.ts';
import type { Executor } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import type { OrganisationKind, ScopeKind, TreeOrder } from './domain.ts';
import { inReach, type NamePosition } from './queries.ts';

/**
 * The organisation as a tree, a level at a time: streets, their communities, their compounds; or companies, their
 * departments, their compounds. Only what lies within reach is counted, and what is counted can be opened.
 */
export interface TreeRow {
  readonly id: string;
  readonly kind: ScopeKind;
  readonly name: string;
  /** Who serves a compound, and since when; null above it. */
  readonly companyId: string | null;
  readonly companyName: string | null;
  readonly departmentId: string | null;
  readonly departmentName: string | null;
  readonly servedSince: string | null;
  /** Null for a compound itself. */
  readonly compounds: number | null;
  readonly households: number | null;
  readonly staff: number | null;
}

/** The compounds an actor meets, as the rows the tree is made of. */
const compounds = (actor: Actor): Statement =>
  sql`select s.scope_id, s.street_id, s.community_id, s.company_id, s.department_id from places.scope s
      where s.kind = 'compound' and ${inReach(actor)}`;

/** Which level stands under which node; the top has none. */
function levelOf(
  actor: Actor,
  order: TreeOrder,
  underKind: ScopeKind | null,
): 'street' | 'community' | 'company' | 'department' | 'compound' {
  if (order === 'company')
    return underKind === null ? 'company' : underKind === 'company' ? 'department' : 'compound';
  if (underKind === null) return actor.kind === 'city' ? 'street' : 'community';
  return underKind === 'street' ? 'community' : 'compound';
}

export async function listTree(
  q: Executor,
  actor: Actor,
  { order, under }: { order: TreeOrder; under: { id: string; kind: ScopeKind } | null },
  today: LocalDate,
  after: NamePosition | null,
  limit: number,
): Promise<TreeRow[]> {
  const level = levelOf(actor, order, under?.kind ?? null);
  const within = under === null ? empty : sql`and ${columnOf(under.kind)} = ${under.id}`;
  const from = after === null ? empty : sql`and (s.name, s.scope_id) > (${after.name}, ${after.id}::uuid)`;
  if (level === 'compound')
    return q.query(sql`
      with page as materialized (
        select s.scope_id, s.name, s.company_id, s.department_id from places.scope s
        where s.kind = 'compound' and ${inReach(actor)} ${within} ${from} order by s.name, s.scope_id limit ${limit})
      ${compoundRows(today)}`);
  return q.query(sql`
    with reached as materialized (${compounds(actor)}),
      page as materialized (
        select s.scope_id, s.kind, s.name, count(c.scope_id)::integer as compounds
        from places.scope s join reached c on ${columnOf(level, 'c')} = s.scope_id
        where true ${under === null ? empty : sql`and ${columnOf(under.kind, 'c')} = ${under.id}`} ${from}
        group by s.scope_id, s.kind, s.name order by s.name, s.scope_id limit ${limit})
    select p.scope_id as id, p.kind, p.name, null::uuid as "companyId", null as "companyName", null::uuid as "departmentId",
      null as "departmentName", null::date as "servedSince", p.compounds, null::integer as households,
      (select count(*)::integer from places.staff w where w.scope_id = p.scope_id and w.starts_on <= ${today}::date
        and (w.ends_on is null or ${today}::date < w.ends_on)) as staff
    from page p order by p.name, p.scope_id`);
}

/** Compounds of a node that the level below it is not named for: without a community, a department, a company. */
export async function listLoose(
  q: Executor,
  actor: Actor,
  { order, under }: { order: TreeOrder; under: { id: string; kind: ScopeKind } | null },
  today: LocalDate,
  limit: number,
): Promise<TreeRow[]> {
  const level = levelOf(actor, order, under?.kind ?? null);
  if (level === 'compound') return [];
  return q.query(sql`
    with page as materialized (
      select s.scope_id, s.name, s.company_id, s.department_id from places.scope s
      where s.kind = 'compound' and ${inReach(actor)} and ${columnOf(level)} is null
        ${under === null ? empty : sql`and ${columnOf(under.kind)} = ${under.id}`}
      order by s.name, s.scope_id limit ${limit})
    ${compoundRows(today)}`);
}

/** Whatever bears these words, wherever it stands. */
export async function searchTree(
  q: Executor,
  actor: Actor,
  words: string,
  today: LocalDate,
  after: NamePosition | null,
  limit: number,
): Promise<TreeRow[]> {
  return q.query(sql`
    with page as materialized (
      select s.scope_id, s.name, s.company_id, s.department_id from places.scope s
      where s.kind = 'compound' and ${inReach(actor)} and strpos(lower(s.name), lower(${words})) > 0
        ${after === null ? empty : sql`and (s.name, s.scope_id) > (${after.name}, ${after.id}::uuid)`}
      order by s.name, s.scope_id limit ${limit})
    ${compoundRows(today)}`);
}

const compoundRows = (today: LocalDate): Statement => sql`
  select p.scope_id as id, 'compound' as kind, p.name, p.company_id as "companyId", c.name as "companyName",
    p.department_id as "departmentId", d.name as "departmentName",
    (select v.starts_on from places.service_period v where v.scope_id = p.scope_id and v.company_id = p.company_id
      and v.starts_on <= ${today}::date and (v.ends_on is null or ${today}::date < v.ends_on)
      order by v.starts_on desc limit 1) as "servedSince",
    null::integer as compounds,
    (select count(*)::integer from places.household h where h.scope_id = p.scope_id) as households, null::integer as staff
  from page p left join places.scope c on c.scope_id = p.company_id left join places.scope d on d.scope_id = p.department_id
  order by p.name, p.scope_id`;

function columnOf(kind: string, alias: 's' | 'c' = 's'): Statement {
  const columns = {
    s: {
      street: sql`s.street_id`,
      community: sql`s.community_id`,
      company: sql`s.company_id`,
      department: sql`s.department_id`,
    },
    c: {
      street: sql`c.street_id`,
      community: sql`c.community_id`,
      company: sql`c.company_id`,
      department: sql`c.department_id`,
    },
  }[alias] as Readonly<Record<string, Statement>>;
  return columns[kind] ?? sql`null::uuid`;
}

export interface OrganisationRow {
  readonly organisation_id: string;
  readonly scope_id: string;
  readonly kind: OrganisationKind;
  readonly name: string;
  /** Owned today, of those within reach. */
  readonly building_count: number;
}

/** Of one city: whoever may refer a matter must be able to name who received it. */
export function listOrganisations(
  q: Executor,
  cityId: string | null,
  filter: { kind?: OrganisationKind | undefined; q?: string | undefined },
  today: LocalDate,
  after: NamePosition | null,
  limit: number,
): Promise<OrganisationRow[]> {
  return q.query(sql`
    select o.organisation_id, o.scope_id, o.kind, o.name,
      (select count(*)::integer from places.building_owner w where w.organisation_id = o.organisation_id and w.owner_scope_id = o.scope_id
        and w.starts_on <= ${today}::date and (w.ends_on is null or ${today}::date < w.ends_on)) as building_count
    from places.organisation o join places.scope s on s.scope_id = o.scope_id
    where (s.city_id = ${cityId} or s.scope_id = ${cityId})
      ${filter.kind === undefined ? empty : sql`and o.kind = ${filter.kind}`}
      ${filter.q === undefined ? empty : sql`and strpos(lower(o.name), lower(${filter.q})) > 0`}
      ${after === null ? empty : sql`and (o.name, o.organisation_id) > (${after.name}, ${after.id}::uuid)`}
    order by o.name, o.organisation_id limit ${limit}`);
}

export interface OwnedRow {
  readonly scopeId: string;
  readonly scopeName: string;
  readonly buildingId: string;
  readonly buildingName: string;
  readonly since: string;
}

/** What a unit owns today, of what lies within reach (row-level security). */
export function listOwned(
  q: Executor,
  organisationId: string,
  today: LocalDate,
  limit: number,
): Promise<OwnedRow[]> {
  return q.query(sql`
    select w.scope_id as "scopeId", s.name as "scopeName", w.building_id as "buildingId", b.name as "buildingName", w.starts_on as since
    from places.building_owner w join places.building b on b.scope_id = w.scope_id and b.building_id = w.building_id
      join places.scope s on s.scope_id = w.scope_id
    where w.organisation_id = ${organisationId}
      and w.starts_on <= ${today}::date and (w.ends_on is null or ${today}::date < w.ends_on)
    order by s.name, b.position, b.name limit ${limit}`);
}

export async function isOrganisationKnown(
  q: Executor,
  cityId: string,
  kind: OrganisationKind,
  name: string,
): Promise<boolean> {
  const rows = await q.query(
    sql`select 1 from places.organisation o join places.scope s on s.scope_id = o.scope_id
        where s.city_id = ${cityId} and o.kind = ${kind} and o.name = ${name} limit 1`,
  );
  return rows.length > 0;
}

export interface ServedRow {
  readonly id: string;
  readonly name: string;
  readonly companyName: string;
  readonly streetName: string | null;
}

/** Compounds of the city that another company serves: names of places and who serves them are public. */
export function servedByOthers(
  q: Executor,
  cityId: string | null,
  companyId: string | null,
  words: string | undefined,
  limit: number,
): Promise<ServedRow[]> {
  return q.query(sql`
    select s.scope_id as id, s.name, c.name as "companyName", t.name as "streetName"
    from places.scope s join places.scope c on c.scope_id = s.company_id left join places.scope t on t.scope_id = s.street_id
    where s.city_id = ${cityId} and s.kind = 'compound' and s.company_id is distinct from ${companyId}
      ${words === undefined ? empty : sql`and (strpos(lower(s.name), lower(${words})) > 0 or strpos(lower(c.name), lower(${words})) > 0)`}
    order by s.name, s.scope_id limit ${limit}`);
}
