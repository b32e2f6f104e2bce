import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { CategoryFacts, Relation, WorkOrderSettings } from './domain.ts';
import type { Order } from './tables.ts';

/** What a decision needs to know beside the order: the catalogue, the dated settings, and who somebody is to it. */

export interface Category extends CategoryFacts {
  readonly cityId: string | null;
  readonly group: string;
  readonly duty: string;
  readonly keywordsZh: readonly string[];
  readonly keywordsEn: readonly string[];
}

/** The catalogue is a reference table that changes with a release or an import: asked again every half minute. */
const catalogueMilliseconds = 30_000;
let catalogue: { byCode: Map<string, Category>; until: number } | undefined;

export async function catalogueOf(q: Executor): Promise<ReadonlyMap<string, Category>> {
  const tick = performance.now();
  if (catalogue !== undefined && catalogue.until > tick) return catalogue.byCode;
  const rows = await q.query<Category>(
    sql`select c.code, c.city_id as "cityId", c.kind, c.category_group as "group", c.name_zh as "nameZh", c.name_en as "nameEn",
        c.keywords_zh as "keywordsZh", c.keywords_en as "keywordsEn", c.skill, c.place, c.is_emergency as "isEmergency",
        c.is_confidential as "isConfidential", c.are_photos_required as "photosRequired", c.duty,
        c.respond_minutes as "respondMinutes", c.arrive_minutes as "arriveMinutes", c.resolve_minutes as "resolveMinutes", c.calendar
      from work_orders.category c order by c.position, c.code`,
  );
  catalogue = { byCode: new Map(rows.map((row) => [row.code, row])), until: tick + catalogueMilliseconds };
  return catalogue.byCode;
}

/** After an import has added categories. */
export function forgetCatalogue(): void {
  catalogue = undefined;
}

/** An unknown code is looked for once more in the table itself: an import may just have brought it. */
export async function categoryOf(q: Executor, code: string): Promise<Category | null> {
  const known = (await catalogueOf(q)).get(code);
  if (known !== undefined) return known;
  forgetCatalogue();
  return (await catalogueOf(q)).get(code) ?? null;
}

interface ScopeChain {
  readonly scopeId: string;
  readonly companyId: string | null;
  readonly streetId: string | null;
  readonly cityId: string | null;
}

export async function settingsOf(
  house: House,
  q: Executor,
  wall: ScopeChain,
  now: Date,
): Promise<WorkOrderSettings> {
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  const { settings } = house;
  return {
    callbackAfterHours: 24 * (await settings.get(q, chain, 'work_order.confirm_wait_days', now)),
    callbackRetryHours: await settings.get(q, chain, 'work_order.callback_retry_hours', now),
    callbackAttempts: await settings.get(q, chain, 'work_order.callback_attempts', now),
    autoCloseAfterHours: 24 * (await settings.get(q, chain, 'work_order.auto_close_days', now)),
    reopenWithinDays: await settings.get(q, chain, 'work_order.reopen_days', now),
    rateWithinDays: await settings.get(q, chain, 'work_order.rate_days', now),
    urgeEveryMinutes: await settings.get(q, chain, 'work_order.urge_interval_minutes', now),
  };
}

const relationsOfRole: Partial<Record<Acting['role'], readonly Relation[]>> = {
  steward: ['desk'],
  desk: ['desk'],
  manager: ['desk', 'manager'],
  company: ['company'],
  social_worker: ['overseer'],
  committee: ['overseer'],
  street: ['overseer'],
  city: ['overseer'],
};

/** What somebody is to an order they can see; nothing at all means: a neighbour of a public matter. */
export function relationsTo(acting: Acting, order: Order): Relation[] {
  const relations: Relation[] = [...(relationsOfRole[acting.role] ?? [])];
  const { householdId, reporterAccountId } = order.wall;
  const isHousehold =
    acting.role === 'resident' && householdId !== null && acting.actor.householdIds.includes(householdId);
  if (reporterAccountId === acting.accountId || isHousehold) relations.push('reporter');
  if (order.state.assigneeAccountId === acting.accountId) relations.push('assignee');
  return relations;
}
