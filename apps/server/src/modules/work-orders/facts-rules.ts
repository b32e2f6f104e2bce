import { CHINA, type Instant, localDate, type WorkingCalendar } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { wallOf } from '../places/index.ts';
import { type CalendarVersion, composeCalendar } from './domain.ts';

/**
 * What a city or a company has adjusted: catalogue entries and the working calendar, each a row that holds from its
 * date on and is never altered. Remembered for some seconds by a process; a change begins tomorrow at the earliest,
 * so that nobody can see the old one when the new one counts.
 */
const keptMilliseconds = 5_000;

export interface CategoryVersion {
  readonly scopeId: string;
  readonly code: string;
  readonly version: number;
  readonly validFrom: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly keywordsZh: readonly string[];
  readonly keywordsEn: readonly string[];
  readonly photosRequired: boolean;
  readonly duty: string;
  readonly respondMinutes: number;
  readonly arriveMinutes: number | null;
  readonly resolveMinutes: number;
  readonly calendar: 'always' | 'working';
  readonly isActive: boolean;
  readonly reason: string;
  readonly changedByName: string;
  readonly changedAt: Date;
}

interface Kept<Value> {
  readonly value: Value;
  readonly until: number;
}

/** What was read lately, a few seconds long. */
export class Memory<Value> {
  readonly #kept = new Map<string, Kept<Value>>();
  readonly #most: number;
  constructor(most: number) {
    this.#most = most;
  }
  get(key: string): Value | undefined {
    const known = this.#kept.get(key);
    return known !== undefined && known.until > performance.now() ? known.value : undefined;
  }
  /** What was known before, however old. */
  last(key: string): Value | undefined {
    return this.#kept.get(key)?.value;
  }
  keep(key: string, value: Value): Value {
    this.#kept.delete(key);
    if (this.#kept.size >= this.#most) this.#kept.delete(this.#kept.keys().next().value as string);
    this.#kept.set(key, { value, until: performance.now() + keptMilliseconds });
    return value;
  }
  forget(): void {
    this.#kept.clear();
  }
}

const categoryVersions = new Memory<ReadonlyMap<string, readonly CategoryVersion[]>>(2_000);
const calendarVersions = new Memory<readonly CalendarVersion[]>(2_000);
const calendars = new Memory<{ readonly stamp: string; readonly calendar: WorkingCalendar }>(2_000);

/** After a change in this process. */
export function forgetRules(): void {
  categoryVersions.forget();
  calendarVersions.forget();
}

const versionColumns = sql`v.scope_id as "scopeId", v.category_code as code, v.version, v.valid_from as "validFrom", v.name_zh as "nameZh", v.name_en as "nameEn",
  v.keywords_zh as "keywordsZh", v.keywords_en as "keywordsEn", v.are_photos_required as "photosRequired", v.duty,
  v.respond_minutes as "respondMinutes", v.arrive_minutes as "arriveMinutes", v.resolve_minutes as "resolveMinutes", v.calendar,
  v.is_active as "isActive", v.reason, v.changed_by_name as "changedByName", v.changed_at as "changedAt"`;

/** Every version a scope has written, by code, the newest first; remembered. */
export async function categoryVersionsOf(
  q: Executor,
  scopeId: string,
): Promise<ReadonlyMap<string, readonly CategoryVersion[]>> {
  const known = categoryVersions.get(scopeId);
  if (known !== undefined) return known;
  return categoryVersions.keep(
    scopeId,
    Map.groupBy(await readCategoryVersions(q, scopeId), ({ code }) => code),
  );
}

/** The same from the table itself, for whoever is about to write the next one. */
export function readCategoryVersions(
  q: Executor,
  scopeId: string,
  code: string | null = null,
): Promise<CategoryVersion[]> {
  return q.query<CategoryVersion>(
    sql`select ${versionColumns} from work_orders.category_version v
      where v.scope_id = ${scopeId} and (${code}::text is null or v.category_code = ${code}) order by v.category_code, v.version desc`,
  );
}

/** Whose rules hold for a matter: those of the city and the company it was written under. */
export interface RuleWall {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly companyId: string | null;
}

/** The nearest first: what a company says counts before what its city says. */
export function levelsOf(wall: Omit<RuleWall, 'scopeId'>): string[] {
  return [wall.companyId, wall.cityId].filter((id) => id !== null);
}

/** The last written version that has begun on that day. */
export function versionOn(
  versions: readonly CategoryVersion[] | undefined,
  on: string,
): CategoryVersion | null {
  let found: CategoryVersion | null = null;
  for (const one of versions ?? [])
    if (one.validFrom <= on && (found === null || one.validFrom > found.validFrom)) found = one;
  return found;
}

/** What is in force for a code at that moment, or null where the catalogue itself decides. */
export async function adjustmentOf(
  q: Executor,
  code: string,
  wall: RuleWall,
  at: Instant,
): Promise<CategoryVersion | null> {
  const levels = await Promise.all(levelsOf(wall).map((scopeId) => categoryVersionsOf(q, scopeId)));
  const written = levels.map((level) => level.get(code)).filter((versions) => versions !== undefined);
  if (written.length === 0) return null;
  const zone = (await wallOf(q, wall.scopeId))?.timeZone ?? CHINA;
  const on = localDate(at, zone);
  for (const versions of written) {
    const found = versionOn(versions, on);
    if (found !== null) return found;
  }
  return null;
}

/** Every calendar version of a scope, the oldest first; remembered. */
export async function calendarVersionsOf(q: Executor, scopeId: string): Promise<readonly CalendarVersion[]> {
  return (
    calendarVersions.get(scopeId) ?? calendarVersions.keep(scopeId, await readCalendarVersions(q, scopeId))
  );
}

export function readCalendarVersions(q: Executor, scopeId: string): Promise<CalendarVersion[]> {
  return q.query<CalendarVersion>(
    sql`select v.version, v.valid_from as "validFrom", v.weekdays, v.hours, v.days, v.known_to as "knownTo", v.source
      from work_orders.calendar_version v where v.scope_id = ${scopeId} order by v.version`,
  );
}

/**
 * The working calendar of a matter. The same object as long as nothing has changed, for the kernel remembers the
 * opening hours of each day by it.
 */
export async function workingOf(q: Executor, wall: RuleWall): Promise<WorkingCalendar> {
  const scopes = levelsOf(wall).reverse();
  const key = `${wall.scopeId} ${scopes.join()}`;
  const known = calendars.get(key);
  if (known !== undefined && scopes.every((scopeId) => calendarVersions.get(scopeId) !== undefined))
    return known.calendar;
  const [levels, own] = await Promise.all([
    Promise.all(scopes.map((scopeId) => calendarVersionsOf(q, scopeId))),
    wallOf(q, wall.scopeId),
  ]);
  const zone = own?.timeZone ?? CHINA;
  const stamp = `${zone} ${levels.map((versions) => versions.length).join()}`;
  const before = calendars.last(key);
  const calendar = before?.stamp === stamp ? before.calendar : composeCalendar(zone, levels);
  calendars.keep(key, { stamp, calendar });
  return calendar;
}
