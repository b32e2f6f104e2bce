import Type from 'typebox';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { page, pageOf, pageQuery, positionOf } from '../../platform/http/pagination.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall } from '../places/index.ts';
import {
  addCounts,
  AGE_GROUPS,
  ageGroup,
  meanOf,
  noCounts,
  type Period,
  perTenThousandSquareMetres,
  perThousandHouseholds,
  ranked,
  type RateCounts,
  ratesOf,
  shiftMonth,
  sumOf,
} from './domain.ts';
import { cityOf } from './facts.ts';
import { Month, ruled, ruledMonth } from './facts-month.ts';
import {
  CALLBACK_FIGURES,
  countByCompound,
  countByGroup,
  type CountRow,
  GROUPS,
  listCallbacks,
} from './queries-rates.ts';
import { nullable, oneOf, Satisfaction, strict, Text, Time, Uuid } from './schemas.ts';

const tags = ['hotline'];
const Count = Type.Integer();
const Rate = nullable(Type.Number());
const Counts = Type.Object({
  received: Count,
  replied: Count,
  called: Count,
  excluded: Count,
  valid: Count,
  contacted: Count,
  solved: Count,
  satisfied: Count,
  basically: Count,
});
const Rates = Type.Object({ response: Rate, solution: Rate, satisfaction: Rate, score: Rate });
const Weights = Type.Object({
  contacted: Type.Number(),
  solved: Type.Number(),
  satisfied: Type.Number(),
  basically: Type.Number(),
});
const PeriodView = Type.Object({ month: Text, firstDay: Text, lastDay: Text, from: Time, to: Time });
const MonthQuery = { month: Type.Optional(Month) };

const periodView = ({ month, firstDay, lastDay, from, to }: Period) => ({
  month,
  firstDay,
  lastDay,
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});
const countsOf = ({ key: _k, name: _n, ...counts }: CountRow): RateCounts => counts;

export function rateRoutes(app: App, house: House): void {
  const { db } = house;

  app.get(
    '/hotline/rates',
    {
      config: { permission: 'hotline.read' },
      schema: {
        tags,
        operationId: 'reportHotlineRates',
        summary:
          'Response, solution and satisfaction over valid callbacks, and the score, by unit, street, topic or month',
        querystring: Type.Object({ ...MonthQuery, by: Type.Optional(oneOf(GROUPS)) }, strict),
        response: {
          200: Type.Object({
            period: PeriodView,
            weights: Weights,
            /** Where the weights are written down; null for those built in. */
            source: nullable(Text),
            rows: Type.Array(
              Type.Object({
                key: Text,
                name: Text,
                rank: nullable(Count),
                counts: Counts,
                rates: Rates,
                period: PeriodView,
              }),
            ),
            /** One unit one voice, as the official table has it. */
            mean: Rates,
            /** All callbacks thrown together. */
            pooled: Type.Object({ counts: Counts, rates: Rates }),
          }),
        },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { by = 'unit' } = request.query;
      return db.read(acting.actor, async (q) => {
        const city = await cityOf(q, acting);
        const rule = await ruledMonth(house, q, city, request.query.month);
        const { month } = rule.period;
        const counted =
          by === 'month'
            ? await byMonth(house, q, acting, city, month)
            : (
                await countByGroup(
                  q,
                  acting,
                  city.scopeId,
                  by,
                  new Date(rule.period.from),
                  new Date(rule.period.to),
                )
              ).map((row) => ({
                key: row.key,
                name: row.name,
                counts: countsOf(row),
                rates: ratesOf(countsOf(row), rule.weights),
                period: rule.period,
              }));
        const rows = by === 'month' ? counted.map((row) => ({ ...row, rank: null })) : ranked(counted);
        const total = counted.reduce((sum, { counts }) => addCounts(sum, counts), noCounts);
        return {
          period: periodView(rule.period),
          weights: { ...rule.weights },
          source: rule.source,
          rows: rows.map((row) => ({ ...row, period: periodView(row.period) })),
          mean: meanOf(counted.map(({ rates }) => rates)),
          pooled: { counts: total, rates: ratesOf(total, rule.weights) },
        };
      });
    },
  );

  app.get(
    '/hotline/callbacks',
    {
      config: { permission: 'hotline.read' },
      schema: {
        tags,
        operationId: 'listHotlineCallbacks',
        summary: 'The callbacks of a month, one a row: what its rates are recomputed from',
        querystring: Type.Object(
          {
            ...pageQuery,
            ...MonthQuery,
            scopeId: Type.Optional(Uuid),
            figure: Type.Optional(oneOf(CALLBACK_FIGURES)),
            unitId: Type.Optional(Uuid),
            streetId: Type.Optional(Uuid),
            topic: Type.Optional(Type.String({ maxLength: 100 })),
            withoutStreet: Type.Optional(Type.Boolean()),
            withoutTopic: Type.Optional(Type.Boolean()),
          },
          strict,
        ),
        response: {
          200: pageOf(
            Type.Object({
              caseId: Uuid,
              number: Text,
              round: Count,
              unitId: Uuid,
              unitName: Text,
              streetName: nullable(Text),
              topic: Text,
              calledAt: Time,
              isValid: Type.Boolean(),
              isExcluded: Type.Boolean(),
              wasContacted: nullable(Type.Boolean()),
              isSolved: nullable(Type.Boolean()),
              satisfaction: nullable(Satisfaction),
            }),
          ),
        },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { cursor, limit = 20, month, scopeId: _, ...filter } = request.query;
      const after = positionOf(cursor, ['instant', 'id', 'integer']);
      return db.read(acting.actor, async (q) => {
        const city = await cityOf(q, acting);
        const { period } = await ruledMonth(house, q, city, month);
        const rows = await listCallbacks(
          q,
          acting,
          city.scopeId,
          new Date(period.from),
          new Date(period.to),
          filter,
          after,
          limit + 1,
        );
        return page(
          rows,
          limit,
          (row) => ({ ...row, calledAt: row.calledAt.toISOString() }),
          (row) => [row.calledAt.toISOString(), row.caseId, row.round],
        );
      });
    },
  );

  app.get(
    '/hotline/density',
    {
      config: { permission: 'hotline.read' },
      schema: {
        tags,
        operationId: 'reportHotlineDensity',
        summary:
          "A month's cases per 1,000 households and per 10,000 square metres, by compound and by its age",
        querystring: Type.Object(MonthQuery, strict),
        response: {
          200: Type.Object({
            period: PeriodView,
            groups: Type.Array(
              Type.Object({
                age: oneOf(AGE_GROUPS),
                compounds: Count,
                cases: Count,
                households: Count,
                perThousandHouseholds: Rate,
                perTenThousandSquareMetres: Rate,
              }),
            ),
            rows: Type.Array(
              Type.Object({
                id: Uuid,
                name: Text,
                builtYear: nullable(Count),
                age: oneOf(AGE_GROUPS),
                cases: Count,
                households: Count,
                perThousandHouseholds: Rate,
                perTenThousandSquareMetres: Rate,
              }),
              { description: 'the first compounds with cases, those with most of them per household first' },
            ),
            rowCount: Type.Integer({ description: 'how many compounds had cases' }),
          }),
        },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const city = await cityOf(q, acting);
        const { period } = await ruledMonth(house, q, city, request.query.month);
        const found = await countByCompound(
          q,
          acting,
          city.scopeId,
          new Date(period.from),
          new Date(period.to),
          MOST_COMPOUNDS,
        );
        const counted = found.map((row) => ({
          ...row,
          areaHundredths: BigInt(row.areaHundredths),
          age: ageGroup(row.builtYear),
        }));
        const years = counted.filter(({ compoundId }) => compoundId === null);
        const rows = counted.flatMap((row) =>
          row.compoundId === null || row.name === null
            ? []
            : [{ ...row, id: row.compoundId, name: row.name }],
        );
        return {
          period: periodView(period),
          groups: AGE_GROUPS.flatMap((age) => {
            const own = years.filter((row) => row.age === age);
            if (own.length === 0) return [];
            const sum = sumOf(own);
            return {
              age,
              compounds: own.reduce((all, { compounds }) => all + compounds, 0),
              cases: sum.cases,
              households: sum.households,
              perThousandHouseholds: perThousandHouseholds(sum),
              perTenThousandSquareMetres: perTenThousandSquareMetres(sum),
            };
          }),
          rows: rows.map((row) => ({
            id: row.id,
            name: row.name,
            builtYear: row.builtYear,
            age: row.age,
            cases: row.cases,
            households: row.households,
            perThousandHouseholds: perThousandHouseholds(row),
            perTenThousandSquareMetres: perTenThousandSquareMetres(row),
          })),
          rowCount: years.reduce((all, { withCases }) => all + withCases, 0),
        };
      });
    },
  );
}

/** So many compounds are told one by one. */
const MOST_COMPOUNDS = 300;

const monthsBack = 6;

/** The last half year, each month by the settings that held in it. */
async function byMonth(house: House, q: Executor, acting: Acting, city: Wall, last: string) {
  const rows = [];
  for (let back = monthsBack - 1; back >= 0; back--) {
    const month = shiftMonth(last, -back);
    const { period, weights } = await ruled(house, q, city, month);
    const [row] = await countByGroup(
      q,
      acting,
      city.scopeId,
      'month',
      new Date(period.from),
      new Date(period.to),
    );
    const counts = row === undefined ? noCounts : countsOf(row);
    rows.push({ key: month, name: month, counts, rates: ratesOf(counts, weights), period });
  }
  return rows;
}
