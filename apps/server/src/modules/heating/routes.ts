import Type from 'typebox';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, pageOf, pageQuery, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, wallOf } from '../places/index.ts';
import { coldSpells, type Season as SeasonOfHeat, seasonFrom } from './domain.ts';
import { listVisits, type VisitRow, visitsOfColdHomes } from './queries.ts';
import { ColdRoom, NewVisit, nullable, Season, strict, Text, Uuid, Visit } from './schemas.ts';
import { recordVisit, seasonFor } from './service.ts';

const tags = ['heating'];
const SeasonQuery = {
  scopeId: Type.Optional(Uuid),
  /** The year in which the season begins; the latest where left out. */
  year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2999 })),
};

export function routes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/heating/season',
    {
      config: { permission: 'heating.read' },
      schema: {
        tags,
        operationId: 'getHeatingSeason',
        summary: 'The season, whether it is on, and how warm a room has to be, with the source of both',
        querystring: Type.Object(SeasonQuery, strict),
        response: {
          200: Type.Object({
            season: Season,
            standard: Type.Number(),
            seasonSource: Text,
            standardSource: Text,
          }),
        },
      },
    },
    async (request) =>
      db.read(request.acting!.actor, async (q) => {
        const { season, isOn, chain } = await asked(house, q, request.acting!, request.query);
        const [rule, standard] = await Promise.all([
          house.settings.find(q, chain, 'heating.season', season.firstDay),
          house.settings.find(q, chain, 'heating.standard_tenths', season.firstDay),
        ]);
        return {
          season: { ...season, isOn },
          standard: standard.value / 10,
          seasonSource: rule.source,
          standardSource: standard.source,
        };
      }),
  );

  app.get(
    '/heating/visits',
    {
      config: { permission: 'heating.read' },
      schema: {
        tags,
        operationId: 'listHeatingVisits',
        summary: 'Room temperatures measured in a season, the latest first',
        querystring: Type.Object(
          { ...pageQuery, ...SeasonQuery, isCold: Type.Optional(Type.Boolean()) },
          strict,
        ),
        response: { 200: pageOf(Visit) },
      },
    },
    async (request) => {
      const { cursor, limit = 20, scopeId, isCold } = request.query;
      const acting = request.acting!;
      const after = positionOf(cursor, ['instant', 'id']);
      return db.read(acting.actor, async (q) => {
        const { season } = await asked(house, q, acting, request.query);
        const rows = await listVisits(q, acting, { scopeId, season: season.name, isCold }, after, limit + 1);
        return page(rows, limit, visitView, (row) => [row.measuredAt.toISOString(), row.id]);
      });
    },
  );

  app.post(
    '/heating/visits',
    {
      config: { permission: 'heating.record' },
      schema: {
        tags,
        operationId: 'recordHeatingVisit',
        summary: 'How warm it was in a home, signed by both sides or with why one would not',
        body: NewVisit,
        response: { 201: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await recordVisit(house, request.acting!, tx, request.body, now) },
      })),
  );

  app.get(
    '/heating/cold-rooms',
    {
      config: { permission: 'heating.read' },
      schema: {
        tags,
        operationId: 'listColdRooms',
        summary:
          'Homes that were cold, from the day both sides signed it to the day both signed that it was warm',
        querystring: Type.Object({ ...pageQuery, ...SeasonQuery }, strict),
        response: { 200: Type.Object({ items: Type.Array(ColdRoom), nextCursor: nullable(Text) }) },
      },
    },
    async (request) =>
      db.read(request.acting!.actor, async (q) => {
        const { season, today } = await asked(house, q, request.acting!, request.query);
        const rows = await visitsOfColdHomes(q, request.acting!, request.query.scopeId, season.name);
        return { items: spellsOf(rows, season, today), nextCursor: null };
      }),
  );

  async function asked(
    { settings }: House,
    q: Executor,
    acting: Acting,
    query: { readonly scopeId?: string | undefined; readonly year?: number | undefined },
  ): Promise<{ season: SeasonOfHeat; isOn: boolean; today: string; chain: string[] }> {
    const wall =
      query.scopeId === undefined
        ? await wallOf(q, acting.homeScopeId)
        : await accessScope(q, acting, query.scopeId);
    if (wall === null) throw new Problem('not_found');
    const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
    const now = clock.now();
    const latest = await seasonFor(house, q, chain, wall.timeZone, now);
    if (query.year === undefined) return { ...latest, chain };
    const rule = await settings.find(q, chain, 'heating.season', `${query.year}-12-31`);
    const season = seasonFrom(query.year, rule.value);
    return { ...latest, season, isOn: latest.isOn && latest.season.name === season.name, chain };
  }
}

const celsius = (tenths: number) => tenths / 10;

function visitView(row: VisitRow) {
  const { measuredOn: _on, measuredAt, rooms, coldestTenths, standardTenths, ...rest } = row;
  return {
    ...rest,
    measuredAt: measuredAt.toISOString(),
    rooms: rooms.map(({ room, tenths }) => ({ room, celsius: celsius(tenths) })),
    coldest: celsius(coldestTenths),
    standard: celsius(standardTenths),
  };
}

function spellsOf(rows: readonly VisitRow[], season: SeasonOfHeat, today: string) {
  const homes = Map.groupBy(rows, ({ scopeId, householdId }) => `${scopeId} ${householdId}`);
  return [...homes.values()].flatMap((visits) => {
    const { scopeId, scopeName, householdId, householdLabel } = visits[0]!;
    const measured = visits.map((row) => ({
      visitId: row.id,
      day: row.measuredOn,
      at: row.measuredAt.getTime(),
      tenths: row.coldestTenths,
      isCold: row.isCold,
      isSigned: row.isSigned,
    }));
    return coldSpells(measured, season, today).map(({ coldestTenths, visitIds, ...spell }) => ({
      scopeId,
      scopeName,
      householdId,
      householdLabel,
      ...spell,
      coldest: celsius(coldestTenths),
      visitIds: [...visitIds],
    }));
  });
}
