import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type Wall, wallOf } from '../places/index.ts';
import {
  aboveOf,
  type Hand,
  holderOf,
  type HotlineSettings,
  openJoints,
  type Relation,
  type Unit,
} from './domain.ts';
import type { Case } from './tables.ts';

/** What the domain must know and doesn't look up: who somebody is to a case, the settings, the units. */

/** The city whose hotline somebody works with. */
export async function cityOf(q: Executor, acting: Acting): Promise<Wall> {
  const home = await wallOf(q, acting.homeScopeId);
  const city = home?.cityId == null ? null : await wallOf(q, home.cityId);
  if (city !== null) return city;
  // A company's own scope may lie in no city; its compounds do.
  const [compound] = await q.query<{ cityId: string | null }>(
    sql`select s.city_id as "cityId" from places.scope s
        where s.kind = 'compound' and s.city_id is not null
          and (s.company_id = ${acting.actor.regionId}::uuid or s.scope_id = any (${acting.actor.scopeIds}::uuid[])) limit 1`,
  );
  const found = compound?.cityId == null ? null : await wallOf(q, compound.cityId);
  if (found === null) throw new Problem('hotline.no_city');
  return found;
}

const companyRoles: ReadonlySet<string> = new Set(['desk', 'manager', 'steward']);
const communityRoles: ReadonlySet<string> = new Set(['committee', 'social_worker']);

/** Whether somebody acts for this hand. No office of its own sits for a district: the city acts in its place. */
export function actsFor(acting: Acting, hand: Hand, compoundId: string | null): boolean {
  const { role, actor } = acting;
  switch (hand.level) {
    case 'city':
    case 'district':
      return role === 'city';
    case 'street':
      return role === 'street' && actor.regionId === hand.unitId;
    case 'community':
      return communityRoles.has(role) && actor.scopeIds.includes(hand.unitId);
    case 'company': {
      if (role === 'company') return actor.regionId === hand.unitId;
      if (!companyRoles.has(role) || actor.regionId !== hand.unitId) return false;
      return hand.joint !== null || (compoundId !== null && actor.scopeIds.includes(compoundId));
    }
  }
}

export function relationsTo(acting: Acting, { state, wall }: Case): Relation[] {
  const relations: Relation[] = [];
  const isOver = state.status === 'replied' || state.status === 'closed';
  const lead = state.hands.find(({ no }) => no === state.leadNo);
  const held = isOver && lead !== undefined ? lead : holderOf(state);
  if (actsFor(acting, held, state.compoundId)) relations.push('holder');
  const above = aboveOf(state);
  if (above !== null && actsFor(acting, above, state.compoundId)) relations.push('superior');
  if (acting.role === 'street' && acting.actor.regionId === wall.streetId) relations.push('street');
  if (acting.role === 'city') relations.push('city');
  if (openJoints(state).some((joint) => actsFor(acting, joint, null))) relations.push('joint');
  return relations;
}

/** The open joint hand that this person answers for. */
export function ownJoint(acting: Acting, { state }: Case): Hand | null {
  return openJoints(state).find((joint) => actsFor(acting, joint, null)) ?? null;
}

const DAY_BEFORE = '1900-01-01';

/** As they hold on a day, for a street and its city. */
export async function hotlineSettings(
  house: House,
  q: Executor,
  chain: readonly (string | null)[],
  on: Date,
): Promise<HotlineSettings> {
  const scopes = chain.filter((id) => id !== null);
  const get = <K extends Parameters<typeof house.settings.get>[2]>(key: K) =>
    house.settings.get(q, scopes, key, on.getTime() === 0 ? DAY_BEFORE : on);
  const [shares, objectionHours, mostExtensions, mostReviewDays, exclusionGrounds] = await Promise.all([
    get('hotline.hand_shares'),
    get('hotline.objection_hours'),
    get('hotline.most_extensions'),
    get('hotline.hanging_review_days'),
    get('hotline.exclusion_grounds'),
  ]);
  return { shares, objectionHours, mostExtensions, mostReviewDays, exclusionGrounds };
}

export interface FoundUnit {
  readonly unit: Unit;
  readonly streetId: string | null;
  readonly communityId: string | null;
  /** Of a company's hand. */
  readonly compoundId: string | null;
  readonly companyId: string | null;
  readonly cityId: string | null;
}

/** The unit behind a scope: a compound stands for the company that serves it. Null for what is no unit of the line. */
export async function unitOf(q: Executor, scopeId: string): Promise<FoundUnit | null> {
  const wall = await wallOf(q, scopeId);
  if (wall === null) return null;
  const common = { cityId: wall.cityId, streetId: wall.streetId, communityId: wall.communityId };
  switch (wall.kind) {
    case 'city':
    case 'district':
      return {
        ...common,
        unit: { level: wall.kind, unitId: scopeId, name: wall.name },
        streetId: null,
        communityId: null,
        compoundId: null,
        companyId: null,
      };
    case 'street':
    case 'community':
      return {
        ...common,
        unit: { level: wall.kind, unitId: scopeId, name: wall.name },
        streetId: wall.kind === 'street' ? scopeId : wall.streetId,
        communityId: wall.kind === 'community' ? scopeId : null,
        compoundId: null,
        companyId: null,
      };
    case 'compound': {
      if (wall.companyId === null) throw new Problem('hotline.invalid', { reason: 'no_company' });
      const company = await wallOf(q, wall.companyId);
      return {
        ...common,
        unit: { level: 'company', unitId: wall.companyId, name: `${company?.name ?? ''} · ${wall.name}` },
        compoundId: scopeId,
        companyId: wall.companyId,
      };
    }
    default:
      return null;
  }
}

export interface UnitChoice {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly parentName: string | null;
}

/** To whom a hand may pass it on, or whom it may call in. */
export function unitsUnder(
  q: Executor,
  at: { readonly cityId: string; readonly streetId: string | null },
): Promise<UnitChoice[]> {
  return q.query(
    sql`select s.scope_id as id, s.name, s.kind, p.name as "parentName"
        from places.scope s left join places.scope p on p.scope_id = coalesce(
          case when s.kind = 'compound' then s.company_id end, s.street_id)
        where s.city_id = ${at.cityId} and s.scope_id <> ${at.cityId}
          and ((${at.streetId}::uuid is null and s.kind in ('street', 'district'))
            or (s.street_id = ${at.streetId}::uuid and (s.kind = 'community' or (s.kind = 'compound' and s.company_id is not null))))
        order by array_position(array['district', 'street', 'community', 'compound'], s.kind), s.name, s.scope_id limit 300`,
  );
}

/** A compound of the city by its name, when there is exactly one. */
export async function compoundNamed(
  q: Executor,
  cityId: string,
  streetId: string | null,
  name: string,
): Promise<string | null> {
  const rows = await q.query<{ id: string }>(
    sql`select s.scope_id as id from places.scope s
        where s.city_id = ${cityId} and s.kind = 'compound' and s.name = ${name} and (${streetId}::uuid is null or s.street_id = ${streetId}::uuid) limit 2`,
  );
  return rows.length === 1 ? rows[0]!.id : null;
}
