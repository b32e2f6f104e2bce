import { isOfOwnHome } from '../../platform/db/actor.ts';
import { type Instant, localDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import type { SettingKey } from '../../platform/settings/settings.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { CategoryFacts, Relation, Standing, WorkOrderSettings } from './domain.ts';
import { callbackRulesFor } from './facts-callbacks.ts';
import {
  adjustmentOf,
  type CategoryVersion,
  categoryVersionsOf,
  levelsOf,
  type RuleWall,
  versionOn,
} from './facts-rules.ts';
import { isPredecessor } from './reach-predecessor.ts';
import type { Order } from './tables.ts';

export { workingOf } from './facts-rules.ts';

/** What a decision needs to know beside the order: the catalogue, the dated settings, and who somebody is to it. */

export interface Category extends CategoryFacts {
  readonly cityId: string | null;
  readonly group: string;
  readonly duty: string;
  readonly keywordsZh: readonly string[];
  readonly keywordsEn: readonly string[];
  /** False: nobody chooses it any more; orders that bear it keep it. */
  readonly isActive: boolean;
}

/** The catalogue is a reference table that changes with a release or an import: asked again every half minute. */
const catalogueMilliseconds = 30_000;
/** At most this often because of a code that is not in it; anybody can send one that never will be. */
const refreshMilliseconds = 1_000;
let catalogue: { byCode: Map<string, Category>; readAt: number } | undefined;

async function readCatalogue(q: Executor, oldest: number): Promise<Map<string, Category>> {
  const tick = performance.now();
  if (catalogue !== undefined && tick - catalogue.readAt < oldest) return catalogue.byCode;
  const rows = await q.query<Category>(
    sql`select c.code, c.city_id as "cityId", c.kind, c.category_group as "group", c.name_zh as "nameZh", c.name_en as "nameEn",
        c.keywords_zh as "keywordsZh", c.keywords_en as "keywordsEn", c.skill, c.place, c.is_emergency as "isEmergency",
        c.is_confidential as "isConfidential", c.are_photos_required as "photosRequired", c.duty,
        c.respond_minutes as "respondMinutes", c.arrive_minutes as "arriveMinutes", c.resolve_minutes as "resolveMinutes", c.calendar,
        true as "isActive"
      from work_orders.category c order by c.position, c.code`,
  );
  catalogue = { byCode: new Map(rows.map((row) => [row.code, row])), readAt: tick };
  return catalogue.byCode;
}

/** With these codes in it, if they exist: an import may just have brought them. */
export async function catalogueOf(
  q: Executor,
  codes: readonly string[] = [],
): Promise<ReadonlyMap<string, Category>> {
  const known = await readCatalogue(q, catalogueMilliseconds);
  return codes.every((code) => known.has(code)) ? known : readCatalogue(q, refreshMilliseconds);
}

/** After an import has added categories. */
export function forgetCatalogue(): void {
  catalogue = undefined;
}

/** As the reference catalogue has it; what counts for a matter is `categoryAt`. */
export async function categoryOf(q: Executor, code: string): Promise<Category | null> {
  return (await catalogueOf(q, [code])).get(code) ?? null;
}

/**
 * The category as the matter's company or city has it on the day from which it is judged: an order's is the day its
 * round began, so that a limit changed meanwhile changes nothing for it.
 */
export async function categoryAt(
  q: Executor,
  code: string,
  wall: RuleWall,
  at: Instant,
): Promise<Category | null> {
  const base = await categoryOf(q, code);
  return base === null ? null : adjusted(base, await adjustmentOf(q, code, wall, at));
}

/** The catalogue as a place has it at a moment, in its order. */
export async function catalogueAt(q: Executor, wall: RuleWall, at: Instant): Promise<Category[]> {
  const all = [...(await catalogueOf(q)).values()].filter(
    ({ cityId }) => cityId === null || cityId === wall.cityId,
  );
  return Promise.all(all.map(async (base) => adjusted(base, await adjustmentOf(q, base.code, wall, at))));
}

/** The categories of many rows of many places: what their cities and companies wrote is asked for once. */
export async function categoriesOf(
  q: Executor,
  rows: readonly { readonly category_code: string; readonly created_at: string }[],
  walls: readonly {
    readonly cityId: string | null;
    readonly companyId: string | null;
    readonly timeZone: string;
  }[],
): Promise<
  (code: string, wall: (typeof walls)[number] | undefined, createdAt: string) => Category | undefined
> {
  const levels = [...new Set(walls.flatMap((wall) => levelsOf(wall)))];
  const [base, ...written] = await Promise.all([
    catalogueOf(
      q,
      rows.map((row) => row.category_code),
    ),
    ...levels.map((scopeId) => categoryVersionsOf(q, scopeId)),
  ]);
  const byScope = new Map(levels.map((scopeId, i) => [scopeId, written[i]]));
  return (code, wall, createdAt) => {
    const found = base.get(code);
    if (found === undefined || wall === undefined) return found;
    for (const scopeId of levelsOf(wall)) {
      const versions = byScope.get(scopeId)?.get(code);
      if (versions === undefined) continue;
      const version = versionOn(versions, localDate(Date.parse(createdAt), wall.timeZone));
      if (version !== null) return adjusted(found, version);
    }
    return found;
  };
}

export function adjusted(base: Category, version: CategoryVersion | null): Category {
  if (version === null) return base;
  return {
    ...base,
    nameZh: version.nameZh,
    nameEn: version.nameEn,
    keywordsZh: version.keywordsZh,
    keywordsEn: version.keywordsEn,
    photosRequired: version.photosRequired,
    duty: version.duty,
    calendar: version.calendar,
    isActive: version.isActive,
    respondMinutes: version.respondMinutes,
    arriveMinutes: version.arriveMinutes,
    resolveMinutes: version.resolveMinutes,
  };
}

/** What staff find on their rounds has nobody to call and closes by itself: a resident's report never becomes that. */
export function isStaffsOwn(category: Category): boolean {
  return category.kind === 'found_by_staff';
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
  /** Null: of no matter in particular, as if nobody had said anything about calls. */
  categoryCode: string | null,
): Promise<WorkOrderSettings> {
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  const get = <K extends SettingKey>(key: K) => house.settings.get(q, chain, key, now);
  // Mostly remembered; when not, the twelve questions travel together.
  const [
    confirmDays,
    retryHours,
    attempts,
    closeDays,
    reopenDays,
    rateDays,
    urgeMinutes,
    fromHour,
    toHour,
    callbackRules,
    disputesToManager,
    replyEditHours,
    said,
  ] = await Promise.all([
    get('work_order.confirm_wait_days'),
    get('work_order.callback_retry_hours'),
    get('work_order.callback_attempts'),
    get('work_order.auto_close_days'),
    get('work_order.reopen_days'),
    get('work_order.rate_days'),
    get('work_order.urge_interval_minutes'),
    get('work_order.visit_from_hour'),
    get('work_order.visit_to_hour'),
    get('work_order.callback_rules'),
    get('work_order.disputes_to_manager'),
    get('work_order.reply_edit_hours'),
    categoryCode === null ? null : callbackRulesFor(q, wall, categoryCode, now),
  ]);
  return {
    callbackAfterHours: said?.unanswered.delayHours ?? 24 * confirmDays,
    callbackRetryHours: said?.unanswered.retryHours ?? retryHours,
    callbackAttempts: said?.unanswered.attempts ?? attempts,
    autoCloseAfterHours: 24 * closeDays,
    reopenWithinDays: reopenDays,
    rateWithinDays: rateDays,
    urgeEveryMinutes: urgeMinutes,
    visitFromHour: fromHour,
    visitToHour: toHour,
    callbackRules: said ?? callbackRules,
    disputesToManager,
    replyEditHours,
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

/** Whom a matter concerns by account or household. */
export interface Parties {
  readonly id: string;
  readonly householdId: string | null;
  readonly reporterAccountId: string | null;
  readonly assigneeAccountId: string | null;
  /** Whom of the staff a confidential complaint is about. */
  readonly accusedAccountId: string | null;
  /** The reader waits for it as a neighbour. */
  readonly isFollowed?: boolean;
  readonly crewAccountIds: readonly string[];
  /** The company that bears it, and the one that serves its place now. */
  readonly companyId: string | null;
  readonly servedBy: string | null;
}

/** What somebody is by office, before it is asked who reported or who does it. */
export function officeOf(acting: Acting): readonly Relation[] {
  return relationsOfRole[acting.role] ?? [];
}

/** A complaint about a colleague is the manager's, or the company's who then does the desk's part too. */
function complaintOffice(acting: Acting): Relation[] {
  if (acting.role === 'company') return ['company', 'desk'];
  return acting.role === 'desk' || acting.role === 'steward' ? [] : [...officeOf(acting)];
}

/**
 * What somebody is to an order they can see; nothing at all means: a neighbour of a public matter. Who is a worker
 * and lives there acts as one of them at a time: as a resident nobody is an assignee.
 */
export function relationsBy(acting: Acting, parties: Parties): Relation[] {
  const { id, householdId, reporterAccountId, assigneeAccountId, accusedAccountId, crewAccountIds } = parties;
  if (accusedAccountId === acting.accountId) return [];
  if (isPredecessor(acting, parties.companyId, parties.servedBy)) return ['predecessor'];
  const relations: Relation[] = accusedAccountId === null ? [...officeOf(acting)] : complaintOffice(acting);
  const isResident = acting.role === 'resident';
  const isHousehold = isResident && isOfOwnHome(acting.actor, householdId, id);
  // At work nobody speaks for a home: whoever of the staff wrote its matter down is not who agrees, confirms and rates.
  const isOwn = reporterAccountId === acting.accountId && (isResident || householdId === null);
  if (isOwn || isHousehold) relations.push('reporter');
  if (!isResident && assigneeAccountId === acting.accountId) relations.push('assignee');
  if (!isResident && crewAccountIds.includes(acting.accountId)) relations.push('helper');
  if (isResident && relations.length === 0 && parties.isFollowed === true) relations.push('follower');
  // A worker sees only what he had or has (reach.ts): what he has no part in any more, he had.
  if (relations.length === 0 && handlers.has(acting.role)) relations.push('former');
  return relations;
}

/** What the domain's table asks of who acts and of who reported it. */
export function standingOf(acting: Acting, { wall, source }: Pick<Order, 'wall' | 'source'>): Standing {
  // Homes' matters that staff wrote down once bore their account.
  const isWrittenDown = source === 'staff' && wall.householdId !== null;
  return {
    mandate: acting.onBehalf?.purposes ?? null,
    reporterHasAccount: wall.reporterAccountId !== null && !isWrittenDown,
  };
}
const handlers: ReadonlySet<string> = new Set(['worker', 'guard']);

export function relationsTo(acting: Acting, order: Order): Relation[] {
  return relationsBy(acting, {
    ...order.wall,
    id: order.id,
    assigneeAccountId: order.state.assigneeAccountId,
    accusedAccountId: order.state.accusedAccountId,
    isFollowed: order.isFollowed === true,
    crewAccountIds: order.state.crewAccountIds,
    servedBy: order.servedBy ?? null,
  });
}
