import type { LocalDate } from '@gongzhi/kernel';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { idPosition, page, pageOf, pageQuery } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { accessScope } from '../places/index.ts';
import { addMonths, monthOf } from './domain.ts';
import { findLine, openLineRows, settlementsOfLines } from './queries-lines.ts';
import { linesOf } from './queries-reading.ts';
import { BillLine, Day, Fen, IdParams, nullable, ScopeQuery, strict, Text, Uuid } from './schemas.ts';
import { accessHomes, dayOf, linesView, MOST_ON_PAPER, prepaidOf, statementOf } from './view-accounts.ts';

const tags = ['billing'];
const OfHome = { scopeId: Uuid, householdId: Type.Optional(Uuid) };

const HomeAccount = Type.Object(
  {
    householdId: Uuid,
    householdLabel: Text,
    openFen: Fen,
    /** What closes all of it today. */
    dueFen: Fen,
    lateFen: Fen,
    prepaidFen: Fen,
    lines: Type.Array(BillLine),
  },
  { title: 'HomeAccount' },
);

/** `sourceId` is the payment, or what gave it back. */
const Settlement = Type.Object({ id: Uuid, kind: Text, sourceId: Text, amountFen: Fen, settledOn: Text });

export const StatementView = Type.Object(
  {
    householdId: Uuid,
    householdLabel: Text,
    scopeName: Text,
    from: Text,
    to: Text,
    openingOwedFen: Fen,
    openingPrepaidFen: Fen,
    closingOwedFen: Fen,
    closingPrepaidFen: Fen,
    /** With more movements it cannot be had as PDF. */
    mostOnPaper: Type.Integer(),
    entries: Type.Array(
      Type.Object({
        id: Uuid,
        on: Text,
        kind: Text,
        item: nullable(Text),
        name: nullable(Text),
        lineId: nullable(Uuid),
        owedFen: Fen,
        prepaidFen: Fen,
      }),
    ),
  },
  { title: 'HouseholdStatement' },
);

/** From when to when: a year back from today where nothing is said. */
export function statementRange(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  today: LocalDate,
): { readonly from: LocalDate; readonly to: LocalDate } {
  const to = asked.to ?? today;
  const from = asked.from ?? addMonths(monthOf(to), -11);
  if (from > to)
    throw new Problem('validation.failed', {}, [{ path: 'querystring/from', code: 'invalid', params: {} }]);
  return { from, to };
}

export function billRoutes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/bills/open',
    {
      config: { permission: 'bill.read' },
      schema: {
        tags,
        operationId: 'getOpenBills',
        summary: 'What a home owes and why, line by line, and what it has paid ahead',
        querystring: Type.Object(OfHome, strict),
        response: { 200: Type.Object({ homes: Type.Array(HomeAccount) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, householdId } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const homes = await accessHomes(q, acting, wall, householdId);
        const today = dayOf(wall, clock.now());
        const prepaid = await prepaidOf(
          q,
          wall,
          homes.map(({ id }) => id),
        );
        return {
          homes: await Promise.all(
            homes.map(async ({ id, label }) => {
              const lines = await linesView(q, scopeId, await openLineRows(q, scopeId, id), today);
              const sum = (of: (line: (typeof lines)[number]) => number) =>
                lines.reduce((total, line) => total + of(line), 0);
              return {
                householdId: id,
                householdLabel: label,
                openFen: sum((line) => line.openFen),
                dueFen: sum((line) => line.dueFen),
                lateFen: sum((line) => (line.isLate ? line.openFen : 0)),
                prepaidFen: prepaid.get(id) ?? 0,
                lines,
              };
            }),
          ),
        };
      });
    },
  );

  app.get(
    '/bills/lines',
    {
      config: { permission: 'bill.read' },
      schema: {
        tags,
        operationId: 'listBillLines',
        summary: 'Everything a home was ever billed, the latest first',
        querystring: Type.Object({ scopeId: Uuid, householdId: Uuid, ...pageQuery }, strict),
        response: { 200: pageOf(BillLine) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, householdId, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        await accessHomes(q, acting, wall, householdId);
        const rows = await linesOf(q, scopeId, householdId, before, limit + 1);
        const views = await linesView(q, scopeId, rows, dayOf(wall, clock.now()));
        return page(
          views,
          limit,
          (row) => row,
          ({ lineId }) => [lineId],
        );
      });
    },
  );

  app.get(
    '/bills/lines/:id',
    {
      config: { permission: 'bill.read' },
      schema: {
        tags,
        operationId: 'getBillLine',
        summary: 'One line: what it was for, by which tariff, and what was paid on it',
        params: IdParams,
        querystring: ScopeQuery,
        response: {
          200: Type.Object({
            line: BillLine,
            householdId: Uuid,
            householdLabel: Text,
            settlements: Type.Array(Settlement),
          }),
        },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const row = await findLine(q, scopeId, request.params.id);
        if (row === null) throw new Problem('not_found');
        const [home] = await accessHomes(q, acting, wall, row.householdId);
        const [line] = await linesView(q, scopeId, [row], dayOf(wall, clock.now()));
        const settlements = await settlementsOfLines(q, scopeId, [row.lineId]);
        return {
          line: line!,
          householdId: row.householdId,
          householdLabel: home!.label,
          settlements: settlements.map(({ id, kind, sourceId, amountFen, settledOn }) => ({
            id,
            kind,
            sourceId,
            amountFen,
            settledOn,
          })),
        };
      });
    },
  );

  app.get(
    '/bills/statement',
    {
      config: { permission: 'bill.read' },
      schema: {
        tags,
        operationId: 'getStatement',
        summary: 'What a home owed, was billed and paid between two days, from the ledger',
        querystring: Type.Object(
          { scopeId: Uuid, householdId: Uuid, from: Type.Optional(Day), to: Type.Optional(Day) },
          strict,
        ),
        response: { 200: StatementView },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, householdId } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const [home] = await accessHomes(q, acting, wall, householdId);
        const { from, to } = statementRange(request.query, dayOf(wall, clock.now()));
        const { entries, ...sums } = await statementOf(q, wall, householdId, from, to);
        return {
          householdId,
          householdLabel: home!.label,
          scopeName: wall.name,
          ...sums,
          mostOnPaper: MOST_ON_PAPER,
          entries: entries.map((entry) => ({ ...entry })),
        };
      });
    },
  );
}
