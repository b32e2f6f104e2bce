import { addDays, isLocalDate, localDate, startOfDay } from '@gongzhi/kernel';
import type { App } from '../../../platform/http/app.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import { mayAttempt } from '../../../platform/permissions/permissions.ts';
import { accessScope } from '../../places/index.ts';
import { WITHIN } from '../domain.ts';
import { comparedFromSums } from './queries-compared-sums.ts';
import { comparedRows, type CountedRow, namesOf } from './queries-comparison.ts';
import { type ComparedFigures, Comparison, ComparisonQuery, LEAST_RATINGS } from './schemas-comparison.ts';

const MOST_ROWS = 300;
/** The buildings of places with so many are more than are shown, but of the largest. */
const MOST_ORDERS = 5_000;
const MOST_DAYS = 732;

/** Workers, categories, buildings and places side by side, each beside itself in the period before. */
export function comparisonRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/reports/comparison',
    {
      config: { permission: 'work_order.report' },
      schema: {
        operationId: 'compareWork',
        tags: ['work-orders'],
        summary: 'Counts, times and ratings by worker, category, building or place, beside the period before',
        querystring: ComparisonQuery,
        response: { 200: Comparison },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { by, scopeId, from, to } = request.query;
      if (by === 'worker' && !mayAttempt(acting.role, 'work_order.compare_staff')) {
        throw new Problem('permission.denied', { permission: 'work_order.compare_staff' });
      }
      const days = spanOf(from, to);
      const previousFrom = addDays(from, -days);
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const home = await accessScope(q, acting, scopeId ?? acting.homeScopeId);
        const at = (day: string) => new Date(startOfDay(day, home.timeZone));
        const chain = [home.scopeId, home.companyId, home.streetId, home.cityId].filter((id) => id !== null);
        const scope = scopeId === undefined ? null : home;
        const { timeZone } = home;
        const current = {
          scope,
          from,
          to,
          fromAt: at(from),
          toAt: at(addDays(to, 1)),
          timeZone,
          now,
        };
        const input = {
          by,
          scope,
          previousFrom: at(previousFrom),
          from: at(from),
          to: at(addDays(to, 1)),
          now,
          current,
          previous: {
            ...current,
            from: previousFrom,
            to: addDays(from, -1),
            fromAt: at(previousFrom),
            toAt: at(from),
          },
          today: localDate(now.getTime(), timeZone),
          most: MOST_ROWS,
          mostOrders: MOST_ORDERS,
        };
        const [{ basically }, kept] = await Promise.all([
          house.settings.get(q, chain, 'work_order.rate_weights', now),
          comparedFromSums(q, acting, input),
        ]);
        const counted = kept?.rows ?? (await comparedRows(q, acting, input));
        const rows = counted.filter((row) => !row.isTotal && row.isNow);
        const shown = rows.slice(0, MOST_ROWS);
        const before = new Map(
          counted.filter((row) => !row.isTotal && !row.isNow).map((row) => [row.key, row] as const),
        );
        const names = await namesOf(
          q,
          by,
          shown.flatMap(({ key }) => (key === null ? [] : [key])),
        );
        const figures = (row: CountedRow | undefined) =>
          row === undefined ? null : figuresOf(row, basically);
        const totalOf = (isNow: boolean) => counted.find((row) => row.isTotal && row.isNow === isNow);
        return {
          from,
          to,
          previousFrom,
          previousTo: addDays(from, -1),
          rows: shown.map((row) => ({
            key: row.key ?? '',
            label: row.label ?? names.get(row.key ?? '')?.label ?? '',
            labelEn: row.label ?? names.get(row.key ?? '')?.labelEn ?? '',
            now: figuresOf(row, basically),
            before: figures(before.get(row.key)),
          })),
          total: {
            now: figures(totalOf(true)) ?? figuresOf(nothing, basically),
            before: figures(totalOf(false)),
          },
          isCut: rows.length > shown.length || kept?.isOfSome === true,
          isOfBusiest: kept?.isOfSome === true,
          mediansWithin: kept === null ? 0 : WITHIN,
        };
      });
    },
  );
}

function spanOf(from: string, to: string): number {
  for (const [name, day] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isLocalDate(day) || day < '1900-01-01' || day > '2999-12-31') {
      throw new Problem('validation.failed', {}, [
        { path: `querystring/${name}`, code: 'date', params: { value: day } },
      ]);
    }
  }
  const days = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1;
  if (days < 1 || days > MOST_DAYS) {
    throw new Problem('validation.failed', {}, [
      { path: 'querystring/to', code: 'invalid', params: { limit: MOST_DAYS } },
    ]);
  }
  return days;
}

const nothing: CountedRow = {
  key: null,
  isTotal: true,
  isNow: true,
  label: null,
  total: 0,
  done: 0,
  onTime: 0,
  late: 0,
  firstTime: 0,
  reopened: 0,
  secondVisit: 0,
  rated: 0,
  satisfied: 0,
  basicallySatisfied: 0,
  unsatisfied: 0,
  accept: null,
  arrive: null,
  resolve: null,
};

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const tenth = (minutes: number | null): number | null =>
  minutes === null ? null : Math.round(minutes * 10) / 10;

export function figuresOf(row: CountedRow, basically: number): ComparedFigures {
  const { total, done, onTime, late, firstTime, reopened, secondVisit, rated } = row;
  const isTold = rated >= LEAST_RATINGS;
  return {
    total,
    done,
    onTime,
    late,
    onTimeRate: share(onTime, onTime + late),
    firstTime,
    firstTimeRate: share(firstTime, done),
    reopened,
    secondVisit,
    rated,
    satisfied: isTold ? row.satisfied : null,
    basicallySatisfied: isTold ? row.basicallySatisfied : null,
    unsatisfied: isTold ? row.unsatisfied : null,
    satisfaction: isTold ? (row.satisfied + basically * row.basicallySatisfied) / rated : null,
    acceptMinutes: tenth(row.accept),
    arriveMinutes: tenth(row.arrive),
    resolveMinutes: tenth(row.resolve),
  };
}
