import type { FastifyRequest } from 'fastify';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, toHalfWidth } from '../places/index.ts';
import { freeSpaces } from './domain/car-park.ts';
import { normalisePlate } from './domain/issuing.ts';
import { countSpacesHeld, listPasses, type PassWords } from './queries-passes.ts';
import { findCarPark, storeCarPark } from './queries-vehicles.ts';
import {
  CarPark,
  CarParkBody,
  NewPassBody,
  Invitation,
  Pass,
  PassCommand,
  PassesQuery,
  PassSearch,
  PassSearchAnswer,
} from './schemas-passes.ts';
import { IdPath, ScopeOnly } from './schemas-parcels.ts';
import { searchAtDesk } from './service-pass-search.ts';
import { commandPass, issueAtDesk } from './service-desk-passes.ts';
import { invitationView, passView } from './view-passes.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

/** What was typed: a plate, digits of a phone or a code, a card, or the beginning of a home. */
export function readPassWords(typed: string): PassWords {
  const words = toHalfWidth(typed).trim();
  const plate = normalisePlate(words);
  if (plate !== null) return { by: 'plate', plate };
  if (/^\d{4}$/.test(words)) return { by: 'last_four', digits: words };
  if (/^\d{6}$/.test(words)) return { by: 'six_digits', digits: words };
  if (/^1[3-9]\d{9}$/.test(words)) return { by: 'last_four', digits: words.slice(-4) };
  if (/^[0-9A-Za-z-]{8,32}$/.test(words) && !/^\d+-\d+-\d+$/.test(words)) return { by: 'card', card: words };
  return { by: 'home', label: words };
}

/** What the desk does about passes and vehicles. */
export function passRoutes(app: App, house: House): void {
  const { db, clock, crypto } = house;

  app.get(
    '/access/passes',
    {
      config: { permission: 'pass.read' },
      schema: {
        tags,
        operationId: 'listPasses',
        summary: 'Passes of a compound, the newest first; found by home, plate, phone digits or card',
        querystring: PassesQuery,
        response: { 200: pageOf(Pass) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const {
        scopeId,
        kind,
        vehicleKind,
        status,
        isLive,
        isWithoutPhone,
        q: words,
        cursor,
        limit = 20,
      } = request.query;
      const before = idPosition(cursor);
      const now = clock.now();
      const sought = words === undefined || words.trim() === '' ? null : readPassWords(words);
      if (sought?.by === 'last_four')
        throw new Problem('access.purpose_missing', {}, [
          { path: 'querystring/q', code: 'required', params: {} },
        ]);
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const filter = {
          scopeId,
          kinds: kind === undefined ? null : [kind],
          vehicleKind: vehicleKind ?? null,
          livesAt: isLive === true ? now : null,
          status: status ?? null,
          isWithoutPhone: isWithoutPhone === true,
          words: sought,
        };
        const rows = await listPasses(q, crypto, filter, before, limit + 1);
        return page(
          rows,
          limit,
          (row) => passView(row, now),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/access/pass-searches',
    {
      config: { permission: 'pass.read' },
      schema: {
        tags,
        operationId: 'searchPasses',
        summary:
          'Passes by the last four of a phone: with a purpose, written down, so many an hour; names masked',
        body: PassSearch,
        response: { 200: PassSearchAnswer },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const rows = await searchAtDesk(house, tx, actingOf(request), request.body, now);
        return { status: 200, body: { items: rows.map((row) => passView(row, now)) } };
      }),
  );

  app.post(
    '/access/passes',
    {
      config: { permission: 'pass.issue' },
      schema: {
        tags,
        operationId: 'issuePass',
        summary: 'Issue a pass at the desk: a card, a guest, staff, a contractor, a vehicle',
        body: NewPassBody,
        response: { 201: Invitation },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const acting = actingOf(request);
        const row = await issueAtDesk(house, tx, acting, request.body, now);
        const { timeZone } = await accessScope(tx, acting, row.scopeId);
        return { status: 201, body: invitationView(house, row, timeZone, now) };
      }),
  );

  app.post(
    '/access/passes/:id/commands',
    {
      config: { permission: 'pass.issue' },
      schema: {
        tags,
        operationId: 'commandPass',
        summary: 'Put a pass on hold, take it up again, or take it back, with a reason',
        params: IdPath,
        querystring: ScopeOnly,
        body: PassCommand,
        response: { 200: Pass },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => ({
        status: 200,
        body: passView(
          await commandPass(tx, actingOf(request), scopeId, request.params.id, request.body, now),
          now,
        ),
      }));
    },
  );

  async function carPark(q: Executor, scopeId: string, now: Date) {
    const [park, held] = await Promise.all([findCarPark(q, scopeId), countSpacesHeld(q, scopeId, now)]);
    const { spaces, monthlyFeeFen, version } = park ?? { spaces: null, monthlyFeeFen: 0, version: 0 };
    return {
      scopeId,
      spaces,
      monthlyFeeFen,
      held,
      free: freeSpaces({ spaces, monthlyFeeFen }, held),
      version,
    };
  }

  app.get(
    '/access/car-park',
    {
      config: { permission: 'pass.read' },
      schema: {
        tags,
        operationId: 'getCarPark',
        summary: 'Spaces of a compound’s car park, how many are held, and what a month costs',
        querystring: ScopeOnly,
        response: { 200: CarPark },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        return carPark(q, scopeId, clock.now());
      });
    },
  );

  app.put(
    '/access/car-park',
    {
      config: { permission: 'car_park.manage' },
      schema: {
        tags,
        operationId: 'setCarPark',
        summary: 'How many spaces there are, and what a month costs',
        body: CarParkBody,
        response: { 200: CarPark },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.body;
      return db.act(acting.actor, async (tx) => {
        const now = clock.now();
        const wall = await accessScope(tx, acting, scopeId);
        if (!(await storeCarPark(tx, wall, acting.accountId, request.body, now)))
          throw new Problem('access.stale');
        return carPark(tx, scopeId, now);
      });
    },
  );
}
