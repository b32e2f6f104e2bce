import type { FastifyRequest } from 'fastify';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, pageOf, idPosition } from '../../platform/http/pagination.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { slipState, waitedDays } from './domain/parcels.ts';
import { listParcels, listSlips, type ParcelRow, type SlipRow } from './queries-parcels.ts';
import {
  Cancel,
  GoodsSlip,
  IdPath,
  NewGoodsSlip,
  NewParcel,
  Parcel,
  ParcelAct,
  ParcelsQuery,
  ScopeOnly,
  SlipAct,
  SlipsQuery,
} from './schemas-parcels.ts';
import {
  actOnParcel,
  askSlip,
  cancelSlip,
  checkSlip,
  codesDrawnAgain,
  homesOf,
  isResident,
  takeIn,
} from './service-parcels.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;
const drawnAgain = { drawnAgain: codesDrawnAgain };

function parcelView(row: ParcelRow, acting: Acting, now: Date) {
  return {
    ...row,
    // Whoever hands it out asks for the code; reading it from the list would make asking pointless.
    code: isResident(acting) ? row.code : null,
    arrivedAt: row.arrivedAt.toISOString(),
    waitedDays: waitedDays(row.arrivedAt.getTime(), now.getTime()),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

function slipView({ askedBy: _, ...row }: SlipRow, now: Date) {
  return {
    ...row,
    items: row.items.map((item) => ({ ...item })),
    validFrom: row.validFrom.toISOString(),
    validTo: row.validTo.toISOString(),
    state: slipState(row.state, row.validTo.getTime(), now.getTime()),
    checkedAt: row.checkedAt?.toISOString() ?? null,
  };
}

export function parcelRoutes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/access/parcels',
    {
      config: { permission: 'parcel.read' },
      schema: {
        tags,
        operationId: 'listParcels',
        summary: 'Parcels at the gate: of the own home, or all of a compound for who keeps them',
        querystring: ParcelsQuery,
        response: { 200: pageOf(Parcel) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, state, code, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const filter = { scopeId, homes: homesOf(acting), state, code };
        const rows = await listParcels(q, filter, before, limit + 1);
        return page(
          rows,
          limit,
          (row) => parcelView(row, acting, now),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/access/parcels',
    {
      config: { permission: 'parcel.keep' },
      schema: {
        tags,
        operationId: 'takeInParcel',
        summary: 'Take a parcel in for a home; its people are told shelf and code',
        body: NewParcel,
        response: { 201: Parcel },
      },
    },
    (request, reply) =>
      runCommand(
        house,
        request,
        reply,
        request.body.scopeId,
        async (tx, now) => ({
          status: 201,
          body: parcelView(await takeIn(tx, actingOf(request), request.body, now), actingOf(request), now),
        }),
        drawnAgain,
      ),
  );

  app.post(
    '/access/parcels/:id/commands',
    {
      config: { permission: 'parcel.read' },
      schema: {
        tags,
        operationId: 'commandParcel',
        summary: 'Hand a parcel out against its code, say that one has it, or send it back',
        params: IdPath,
        querystring: ScopeOnly,
        body: ParcelAct,
        response: { 200: Parcel },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const acting = actingOf(request);
        const row = await actOnParcel(tx, acting, scopeId, request.params.id, request.body, now);
        return { status: 200, body: parcelView(row, acting, now) };
      });
    },
  );

  app.get(
    '/access/goods-slips',
    {
      config: { permission: 'goods_slip.read' },
      schema: {
        tags,
        operationId: 'listGoodsSlips',
        summary: 'Slips for goods that leave a home: the own, or all of a compound at its gate',
        querystring: SlipsQuery,
        response: { 200: pageOf(GoodsSlip) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, isOpen = false, code, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const filter = { scopeId, homes: homesOf(acting), openAt: isOpen ? now : null, code };
        const rows = await listSlips(q, filter, before, limit + 1);
        return page(
          rows,
          limit,
          (row) => slipView(row, now),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/access/goods-slips',
    {
      config: { permission: 'gate.own' },
      schema: {
        tags,
        operationId: 'askGoodsSlip',
        summary: 'Say what leaves the own home and when, to be shown at the gate',
        body: NewGoodsSlip,
        response: { 201: GoodsSlip },
      },
    },
    (request, reply) =>
      runCommand(
        house,
        request,
        reply,
        request.body.scopeId,
        async (tx, now) => ({
          status: 201,
          body: slipView(await askSlip(house, tx, actingOf(request), request.body, now), now),
        }),
        drawnAgain,
      ),
  );

  app.post(
    '/access/goods-slips/:id/cancel',
    {
      config: { permission: 'gate.own' },
      schema: {
        tags,
        operationId: 'cancelGoodsSlip',
        summary: 'Nothing leaves after all',
        params: IdPath,
        querystring: ScopeOnly,
        body: Cancel,
        response: { 200: GoodsSlip },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const { expectedVersion } = request.body;
        const row = await cancelSlip(tx, actingOf(request), scopeId, request.params.id, expectedVersion, now);
        return { status: 200, body: slipView(row, now) };
      });
    },
  );

  app.post(
    '/access/goods-slips/:id/check',
    {
      config: { permission: 'goods_slip.check' },
      schema: {
        tags,
        operationId: 'checkGoodsSlip',
        summary: 'At the gate: what goes out agrees with the slip, or is held with what does not',
        params: IdPath,
        querystring: ScopeOnly,
        body: SlipAct,
        response: { 200: GoodsSlip },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const row = await checkSlip(tx, actingOf(request), scopeId, request.params.id, request.body, now);
        return { status: 200, body: slipView(row, now) };
      });
    },
  );
}
