import { addDays, startOfDay } from '@gongzhi/kernel';
import type { App } from '../../../platform/http/app.ts';
import { type FieldProblem, Problem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import { sql } from '../../../platform/db/sql.ts';
import { accessScope, type Wall } from '../../places/index.ts';
import { areDuesCovered, explainClocks, whatIf } from '../domain.ts';
import { adjusted, type Category, catalogueOf, categoryOf, workingOf } from '../facts.ts';
import {
  type CategoryVersion as Version,
  categoryVersionsOf,
  forgetRules,
  levelsOf,
  readCategoryVersions,
  versionOn,
} from '../facts-rules.ts';
import { ScopeQuery } from '../schemas.ts';
import { pastOrders } from './queries-what-if.ts';
import { actingOf } from './reach.ts';
import {
  CatalogueEntries,
  CategoryBody,
  CategoryVersion,
  CategoryVersions,
  Clocks,
  ClocksQuery,
  CodePath,
  WhatIf,
  WhatIfBody,
} from './schemas-rules.ts';
import { earliestIn, mayEdit, refuseFields, refuseStale, scopeToEdit, todayIn } from './service-rules.ts';

const tags = ['desk'];
const EDITORS = ['company', 'city'];
/** Some streets' months; looked at in well under a second. */
const MOST_JUDGED = 50_000;
const MOST_SHOWN = 200;

/** What can be reported, as a company or a city adjusts it from a day on; and what that would mean. */
export function catalogueRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/catalogue/entries',
    {
      config: { permission: 'rules.read' },
      schema: {
        tags,
        operationId: 'listCatalogueEntries',
        summary: 'The catalogue of a place: what counts today, and what is going to',
        querystring: ScopeQuery,
        response: { 200: CatalogueEntries },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, request.query.scopeId);
        const today = todayIn(wall, now);
        const [all, ...written] = await Promise.all([
          catalogueOf(q),
          ...levelsOf(wall).map((scopeId) => categoryVersionsOf(q, scopeId)),
        ]);
        const own = (await categoryVersionsOf(q, wall.scopeId)) ?? new Map();
        const items = [...all.values()]
          .filter(({ cityId }) => cityId === null || cityId === wall.cityId)
          .map((base) => {
            const current = written
              .map((level) => versionOn(level.get(base.code), today))
              .find((v) => v !== null);
            const mine = own.get(base.code) ?? [];
            return {
              code: base.code,
              kind: base.kind,
              group: base.group,
              place: base.place,
              isEmergency: base.isEmergency,
              current: versionView(base, current ?? null, wall),
              upcoming: mine
                .filter((version) => version.validFrom > today)
                .map((version) => versionView(base, version, wall))
                .reverse(),
              ownVersion: mine[0]?.version ?? 0,
            };
          });
        return {
          scopeId: wall.scopeId,
          scopeName: wall.name,
          mayEdit: mayEdit(acting, wall, EDITORS),
          earliest: earliestIn(wall, now),
          items,
        };
      });
    },
  );

  app.get(
    '/work-orders/catalogue/entries/:code/versions',
    {
      config: { permission: 'rules.read' },
      schema: {
        tags,
        operationId: 'listCategoryVersions',
        summary: 'What an entry of the catalogue said before, and who changed it',
        params: CodePath,
        querystring: ScopeQuery,
        response: { 200: CategoryVersions },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { code } = request.params;
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, request.query.scopeId);
        const base = await categoryOf(q, code);
        if (base === null) throw new Problem('not_found');
        const levels = await Promise.all(
          levelsOf(wall).map((scopeId) => readCategoryVersions(q, scopeId, code)),
        );
        return { items: [...levels.flat(), null].map((version) => versionView(base, version, wall)) };
      });
    },
  );

  app.put(
    '/work-orders/catalogue/entries/:code',
    {
      config: { permission: 'rules.write' },
      schema: {
        tags,
        operationId: 'saveCategoryVersion',
        summary: 'Adjust an entry of the catalogue from a day on',
        params: CodePath,
        body: CategoryBody,
        response: { 200: CategoryVersion },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { code } = request.params;
      const { scopeId, expectedVersion, ...body } = request.body;
      const now = house.clock.now();
      const saved = await house.db.act(acting.actor, async (tx) => {
        const wall = await scopeToEdit(tx, acting, scopeId, EDITORS);
        const base = await categoryOf(tx, code);
        if (base === null || (base.cityId !== null && base.cityId !== wall.cityId))
          throw new Problem('not_found');
        const [latest] = await readCategoryVersions(tx, scopeId, code);
        const city =
          wall.kind === 'company' && wall.cityId !== null
            ? versionOn(await readCategoryVersions(tx, wall.cityId, code), body.validFrom)
            : null;
        refuseFields([...faultsOf(body, base, earliestIn(wall, now)), ...slowerThan(city, body)]);
        refuseStale(
          latest,
          expectedVersion,
          latest === undefined ? {} : { changed: changedFields(latest, body) },
        );
        const version: Version = {
          scopeId,
          code,
          version: expectedVersion + 1,
          ...body,
          changedByName: acting.displayName,
          changedAt: now,
        };
        tx.write(
          sql`insert into work_orders.category_version (scope_id, category_code, version, city_id, street_id, company_id, valid_from, name_zh, name_en,
                keywords_zh, keywords_en, are_photos_required, duty, respond_minutes, arrive_minutes, resolve_minutes, calendar, is_active, reason,
                changed_by, changed_by_name, changed_at)
              values (${scopeId}, ${code}, ${version.version}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${version.validFrom}, ${version.nameZh}, ${version.nameEn},
                ${version.keywordsZh}, ${version.keywordsEn}, ${version.photosRequired}, ${version.duty}, ${version.respondMinutes}, ${version.arriveMinutes},
                ${version.resolveMinutes}, ${version.calendar}, ${version.isActive}, ${version.reason}, ${acting.accountId}, ${version.changedByName}, ${now})`,
        );
        tx.afterCommit(forgetRules);
        return versionView(base, version, wall);
      });
      return saved;
    },
  );

  app.get(
    '/work-orders/catalogue/clocks',
    {
      config: { permission: 'rules.read' },
      schema: {
        tags,
        operationId: 'previewClocks',
        summary: 'When something reported at a moment would be due, and how the time was counted',
        querystring: ClocksQuery,
        response: { 200: Clocks },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, at, arriveMinutes = null, ...rest } = request.query;
      const limits = { ...rest, arriveMinutes };
      refuseFields(limitFaults(limits, 'querystring/'));
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const working = await workingOf(q, wall);
        const start = Date.parse(at);
        const clocks = explainClocks(start, limits, working);
        const last = Math.max(...clocks.map((clock) => clock.dueAt));
        let known = working;
        while (known.later !== undefined) known = known.later.calendar;
        return {
          timeZone: working.zone,
          isCovered: areDuesCovered(start, last, limits, working),
          knownTo: known.holidays.to,
          clocks: clocks.map(({ clock, dueAt, days }) => ({
            clock,
            dueAt: new Date(dueAt).toISOString(),
            days: [...days],
          })),
        };
      });
    },
  );

  app.post(
    '/work-orders/catalogue/what-if',
    {
      config: { permission: 'rules.read' },
      schema: {
        tags,
        operationId: 'whatIf',
        summary: 'Which orders of a time would have been late under other limits',
        body: WhatIfBody,
        response: { 200: WhatIf },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, from, to, changes } = request.body;
      refuseFields([
        ...changes.flatMap((change, i) => limitFaults(change, `/changes/${i}/`)),
        ...(from > to || addDays(from, 400) < to ? [{ path: '/to', code: 'invalid', params: {} }] : []),
      ]);
      const now = house.clock.now().getTime();
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const limitsOf = new Map(changes.map((change) => [change.categoryCode, change]));
        const [orders, catalogue] = await Promise.all([
          pastOrders(
            q,
            acting,
            wall,
            [...limitsOf.keys()],
            new Date(startOfDay(from, wall.timeZone)),
            new Date(startOfDay(addDays(to, 1), wall.timeZone)),
            MOST_JUDGED + 1,
          ),
          catalogueOf(q, [...limitsOf.keys()]),
        ]);
        const isCut = orders.length > MOST_JUDGED;
        const judged = orders.slice(0, MOST_JUDGED);
        const calendars = new Map<string, Awaited<ReturnType<typeof workingOf>>>();
        for (const order of judged)
          if (!calendars.has(order.scopeId)) calendars.set(order.scopeId, await workingOf(q, order));
        const rows = new Map<string, { total: number; was: Tally; would: Tally }>();
        const changed: Changed[] = [];
        let changedTotal = 0;
        for (const order of judged) {
          const limits = limitsOf.get(order.categoryCode);
          const working = calendars.get(order.scopeId);
          if (limits === undefined || working === undefined) continue;
          const { was, would } = whatIf(order.facts, limits, working, now);
          const row = rows.get(order.categoryCode) ?? { total: 0, was: tally(), would: tally() };
          rows.set(order.categoryCode, row);
          row.total += 1;
          count(row.was, was);
          count(row.would, would);
          if (was.join() === would.join()) continue;
          changedTotal += 1;
          if (changed.length < MOST_SHOWN)
            changed.push({
              id: order.id,
              scopeId: order.scopeId,
              number: order.number,
              categoryCode: order.categoryCode,
              createdAt: order.createdAt.toISOString(),
              was,
              would,
            });
        }
        return {
          isCut,
          rows: [...limitsOf.keys()].flatMap((code) => {
            const base = catalogue.get(code);
            if (base === undefined) return [];
            const row = rows.get(code) ?? { total: 0, was: tally(), would: tally() };
            return [{ categoryCode: code, nameZh: base.nameZh, nameEn: base.nameEn, ...row }];
          }),
          changed,
          changedTotal,
        };
      });
    },
  );
}

interface Tally {
  respond: number;
  arrive: number;
  resolve: number;
  any: number;
}
type Clock = 'respond' | 'arrive' | 'resolve';
interface Changed {
  id: string;
  scopeId: string;
  number: string;
  categoryCode: string;
  createdAt: string;
  was: Clock[];
  would: Clock[];
}

const tally = (): Tally => ({ respond: 0, arrive: 0, resolve: 0, any: 0 });
function count(into: Tally, late: readonly Clock[]): void {
  for (const clock of late) into[clock] += 1;
  if (late.length > 0) into.any += 1;
}

function versionView(base: Category, version: Version | null, wall: Wall) {
  const category = adjusted(base, version);
  return {
    level:
      version === null
        ? ('base' as const)
        : version.scopeId === wall.companyId
          ? ('company' as const)
          : ('city' as const),
    version: version?.version ?? 0,
    validFrom: version?.validFrom ?? null,
    reason: version?.reason ?? '',
    changedByName: version?.changedByName ?? '',
    changedAt: version?.changedAt.toISOString() ?? null,
    nameZh: category.nameZh,
    nameEn: category.nameEn,
    keywordsZh: [...category.keywordsZh],
    keywordsEn: [...category.keywordsEn],
    photosRequired: category.photosRequired,
    duty: category.duty as never,
    respondMinutes: category.respondMinutes,
    arriveMinutes: category.arriveMinutes,
    resolveMinutes: category.resolveMinutes,
    calendar: category.calendar,
    isActive: category.isActive,
  };
}

interface LimitsBody {
  readonly respondMinutes: number;
  readonly arriveMinutes: number | null;
  readonly resolveMinutes: number;
}

/** Nobody arrives before answering, or is done before arriving. */
function limitFaults(limits: LimitsBody, prefix = '/'): FieldProblem[] {
  const { respondMinutes, arriveMinutes, resolveMinutes } = limits;
  const faults: FieldProblem[] = [];
  if (arriveMinutes !== null && arriveMinutes < respondMinutes)
    faults.push({ path: `${prefix}arriveMinutes`, code: 'minimum', params: { limit: respondMinutes } });
  const least = arriveMinutes ?? respondMinutes;
  if (resolveMinutes < least)
    faults.push({ path: `${prefix}resolveMinutes`, code: 'minimum', params: { limit: least } });
  return faults;
}

function faultsOf(
  body: LimitsBody & {
    readonly validFrom: string;
    readonly calendar: string;
    readonly photosRequired: boolean;
  },
  base: Category,
  earliest: string,
): FieldProblem[] {
  const faults = limitFaults(body);
  if (body.validFrom < earliest || Number.isNaN(Date.parse(body.validFrom)))
    faults.push({ path: '/validFrom', code: 'too_early', params: { earliest } });
  if ((base.arriveMinutes === null) !== (body.arriveMinutes === null))
    faults.push({ path: '/arriveMinutes', code: 'visit', params: {} });
  if (base.isEmergency && body.calendar !== 'always')
    faults.push({ path: '/calendar', code: 'emergency', params: {} });
  if (base.isEmergency && body.photosRequired)
    faults.push({ path: '/photosRequired', code: 'emergency', params: {} });
  return faults;
}

/** Where the city has said how fast, a company may be faster, not slower. */
function slowerThan(city: Version | null, body: LimitsBody): FieldProblem[] {
  if (city === null) return [];
  return (['respondMinutes', 'arriveMinutes', 'resolveMinutes'] as const).flatMap((name): FieldProblem[] => {
    const [most, own] = [city[name], body[name]];
    return most !== null && own !== null && own > most
      ? [{ path: `/${name}`, code: 'slower_than_city', params: { limit: most } }]
      : [];
  });
}

/** What somebody else changed meanwhile: the fields in which the last version differs from what is being saved. */
function changedFields(latest: Version, body: object): string[] {
  return Object.entries(body)
    .filter(
      ([name, value]) =>
        name !== 'reason' && JSON.stringify(latest[name as keyof Version]) !== JSON.stringify(value),
    )
    .map(([name]) => name);
}
