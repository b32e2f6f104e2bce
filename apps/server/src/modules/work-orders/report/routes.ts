import { addDays, isLocalDate, localDate, startOfDay } from '@gongzhi/kernel';
import type { House } from '../../../platform/house.ts';
import type { App } from '../../../platform/http/app.ts';
import { Problem } from '../../../platform/http/problem.ts';
import { accessScope } from '../../places/index.ts';
import { onTimeRows, totalsOf } from './queries.ts';
import { comparisonRoutes } from './routes-comparison.ts';
import { ratingRoutes } from './routes-ratings.ts';
import { OnTimeQuery, OnTimeReport } from './schemas.ts';

/** How much of the work was done in time: by category, month or place. */
export function reportRoutes(app: App, house: House): void {
  comparisonRoutes(app, house);
  ratingRoutes(app, house);
  app.get(
    '/work-orders/reports/on-time',
    {
      config: { permission: 'work_order.report' },
      schema: {
        operationId: 'reportOnTime',
        tags: ['work-orders'],
        summary: 'Orders on time, by category, month or place',
        querystring: OnTimeQuery,
        response: { 200: OnTimeReport },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { by, scopeId, from, to } = request.query;
      for (const [name, day] of [
        ['from', from],
        ['to', to],
      ] as const) {
        // A calendar of four-digit years ends somewhere; a report of orders well before.
        if (day !== undefined && (!isLocalDate(day) || day < '1900-01-01' || day > '2999-12-31')) {
          throw new Problem('validation.failed', {}, [
            { path: `querystring/${name}`, code: 'date', params: { value: day } },
          ]);
        }
      }
      return house.db.read(acting.actor, async (q) => {
        const home = await accessScope(q, acting, scopeId ?? acting.homeScopeId);
        const { timeZone } = home;
        const now = house.clock.now();
        const today = localDate(now.getTime(), timeZone);
        // Nothing is reported after tomorrow, wherever the day begins first.
        const period = { from: from ?? '1900-01-01', to: to ?? addDays(today, 1) };
        const rows = await onTimeRows(q, acting, {
          by,
          scope: scopeId === undefined ? null : home,
          ...period,
          fromAt: new Date(startOfDay(period.from, timeZone)),
          toAt: new Date(startOfDay(addDays(period.to, 1), timeZone)),
          timeZone,
          today,
          now,
        });
        return { rows, totals: totalsOf(rows) };
      });
    },
  );
}
