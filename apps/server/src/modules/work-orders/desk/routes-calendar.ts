import {
  addDays,
  calendarOn,
  type DayMark,
  missingFrom,
  startOfDay,
  workingOn,
  MINUTE,
} from '@gongzhi/kernel';
import type { App } from '../../../platform/http/app.ts';
import type { House } from '../../../platform/house.ts';
import { accessScope, type Wall, wallsOf } from '../../places/index.ts';
import { calendarFaults, reasonOf } from '../domain.ts';
import { workingOf } from '../facts.ts';
import { forgetRules, levelsOf } from '../facts-rules.ts';
import { countRunning, insertCalendar, type WrittenCalendar, writtenCalendars } from './queries-calendar.ts';
import { actingOf } from './reach.ts';
import { CalendarBody, CalendarQuery, CalendarVersionView, CalendarView } from './schemas-rules.ts';
import { earliestIn, mayEdit, refuseFields, refuseStale, scopeToEdit, todayIn } from './service-rules.ts';

const tags = ['desk'];
/** From the autumn in which a notice comes out to the end of the year that it is about. */
const MOST_DAYS = 460;
const EDITORS = ['company', 'city'];

/** Working hours and days off of a place, over the country's holidays. */
export function calendarRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/calendar',
    {
      config: { permission: 'rules.read' },
      schema: {
        tags,
        operationId: 'getCalendar',
        summary: 'Which days and hours count at a place, and who says so',
        querystring: CalendarQuery,
        response: { 200: CalendarView },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, from, to } = request.query;
      refuseFields(
        Number.isNaN(Date.parse(from)) ||
          Number.isNaN(Date.parse(to)) ||
          from > to ||
          addDays(from, MOST_DAYS) < to
          ? [{ path: 'querystring/to', code: 'invalid', params: {} }]
          : [],
      );
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const levels = levelsOf(wall);
        const [working, versions, walls, openOrders] = await Promise.all([
          workingOf(q, wall),
          writtenCalendars(q, levels),
          wallsOf(q, levels),
          countRunning(q, acting, wall),
        ]);
        const names = new Map(walls.map((one) => [one.scopeId, one.name]));
        const days = [];
        for (let date = from; date <= to; date = addDays(date, 1)) {
          const start = startOfDay(date, working.zone);
          const end = startOfDay(addDays(date, 1), working.zone);
          days.push({
            date,
            reason: reasonOf(date, working),
            minutes: workingOn(date, start, end, working) / MINUTE,
          });
        }
        const today = calendarOn(todayIn(wall, now), working);
        let last = working;
        while (last.later !== undefined) last = last.later.calendar;
        return {
          scopeId: wall.scopeId,
          scopeName: wall.name,
          kind: wall.kind,
          timeZone: working.zone,
          mayEdit: mayEdit(acting, wall, EDITORS),
          earliest: earliestIn(wall, now),
          today: todayIn(wall, now),
          weekdays: [...today.weekdays],
          hours: today.hours.map(({ from: opens, to: closes }) => ({ from: opens, to: closes })),
          knownTo: last.holidays.to,
          missingFrom: missingFrom(last.holidays.to, todayIn(wall, now)),
          source: last.holidays.source,
          days,
          ownVersion: Math.max(
            0,
            ...versions.filter((one) => one.scopeId === wall.scopeId).map((one) => one.version),
          ),
          openOrders,
          versions: versions.map((one) => view(one, names.get(one.scopeId) ?? '')),
        };
      });
    },
  );

  app.put(
    '/work-orders/calendar',
    {
      config: { permission: 'rules.write' },
      schema: {
        tags,
        operationId: 'saveCalendar',
        summary: 'Working hours and days off from a day on; open orders are counted again',
        body: CalendarBody,
        response: { 200: CalendarVersionView },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, expectedVersion, days, ...body } = request.body;
      const now = house.clock.now();
      return house.db.act(acting.actor, async (tx) => {
        const wall: Wall = await scopeToEdit(tx, acting, scopeId, EDITORS);
        const version = {
          ...body,
          version: expectedVersion + 1,
          days: Object.fromEntries(days.map(({ date, mark }) => [date, mark])) as Record<string, DayMark>,
        };
        const faults = calendarFaults(version, todayIn(wall, now));
        // Only a city knows the official notice for all.
        if (version.knownTo !== null && wall.kind !== 'city')
          faults.push({ path: '/knownTo', code: 'invalid' });
        refuseFields(faults.map((fault) => ({ ...fault, params: { earliest: earliestIn(wall, now) } })));
        const [latest] = (await writtenCalendars(tx, [scopeId])).sort((a, b) => b.version - a.version);
        refuseStale(latest, expectedVersion);
        const by = { accountId: acting.accountId, name: acting.displayName };
        insertCalendar(tx, wall, version, by, now);
        tx.afterCommit(forgetRules);
        return view(
          {
            ...version,
            scopeId,
            changedByName: by.name,
            changedAt: now,
            recountDueAt: now,
            recounted: 0,
            moved: 0,
          },
          wall.name,
        );
      });
    },
  );
}

function view(version: WrittenCalendar, scopeName: string) {
  return {
    scopeId: version.scopeId,
    scopeName,
    version: version.version,
    validFrom: version.validFrom,
    weekdays: version.weekdays === null ? null : [...version.weekdays],
    hours: version.hours === null ? null : version.hours.map(({ from, to }) => ({ from, to })),
    days: Object.entries(version.days).map(([date, mark]) => ({ date, mark })),
    knownTo: version.knownTo,
    source: version.source,
    changedByName: version.changedByName,
    changedAt: version.changedAt.toISOString(),
    recounted: version.recounted,
    moved: version.moved,
    isRecounting: version.recountDueAt !== null,
  };
}
