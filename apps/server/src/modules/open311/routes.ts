import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { streetCodeOf } from '../places/index.ts';
import { clientsOf } from './queries-staff.ts';
import {
  ClientBody,
  ClientList,
  ClientPath,
  NewClient,
  OrderPath,
  Publication,
  PublicationBody,
  SenderAnswer,
  SenderBody,
  Service,
  ServiceBody,
  ServiceList,
  ServicePath,
  StreetQuery,
} from './schemas.ts';
import {
  accessStreet,
  approveText,
  createClient,
  listServices,
  publication,
  revealSender,
  revokeClient,
  saveService,
} from './service.ts';

const tags = ['open311'];
const DAY = 86_400_000;

/** The staff's side: what is offered, who may report, what is said. */
export function routes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/open311/services',
    {
      config: { permission: 'open311.read' },
      schema: {
        tags,
        operationId: 'listOpen311Services',
        summary: 'What a street could offer to other software, and what it does',
        querystring: StreetQuery,
        response: { 200: ServiceList },
      },
    },
    (request) => {
      const acting = request.acting as Acting;
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessStreet(q, acting, scopeId);
        const [items, jurisdictionId] = await Promise.all([listServices(q, wall), streetCodeOf(q, scopeId)]);
        const base = house.config.publicUrl ?? `${request.protocol}://${request.headers.host ?? 'localhost'}`;
        return { endpoint: `${base.replace(/\/+$/, '')}/open311/v2`, jurisdictionId, items };
      });
    },
  );

  app.post(
    '/open311/services/:code',
    {
      config: { permission: 'open311.manage' },
      schema: {
        tags,
        operationId: 'saveOpen311Service',
        summary: 'Begin or end to offer a category; what it says and asks',
        params: ServicePath,
        querystring: StreetQuery,
        body: ServiceBody,
        response: { 200: Service },
      },
    },
    (request, reply) => {
      const acting = request.acting as Acting;
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const wall = await accessStreet(tx, acting, scopeId);
        return {
          status: 200,
          body: await saveService(acting, tx, wall, request.params.code, request.body, now),
        };
      });
    },
  );

  app.get(
    '/open311/clients',
    {
      config: { permission: 'open311.manage' },
      schema: {
        tags,
        operationId: 'listOpen311Clients',
        summary: 'Whose software may report to a street',
        querystring: StreetQuery,
        response: { 200: ClientList },
      },
    },
    (request) => {
      const acting = request.acting as Acting;
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        await accessStreet(q, acting, scopeId);
        const rows = await clientsOf(q, scopeId, new Date(clock.now().getTime() - 30 * DAY));
        return {
          items: rows.map((row) => ({
            ...row,
            createdAt: row.createdAt.toISOString(),
            revokedAt: row.revokedAt?.toISOString() ?? null,
          })),
        };
      });
    },
  );

  app.post(
    '/open311/clients',
    {
      config: { permission: 'open311.manage' },
      schema: {
        tags,
        operationId: 'createOpen311Client',
        summary: 'A key for other software; shown this once',
        querystring: StreetQuery,
        body: ClientBody,
        response: { 201: NewClient },
      },
    },
    (request, reply) => {
      const acting = request.acting as Acting;
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const wall = await accessStreet(tx, acting, scopeId);
        return { status: 201, body: createClient(acting, tx, wall, request.body, now) };
      });
    },
  );

  app.post(
    '/open311/clients/:id/revoke',
    {
      config: { permission: 'open311.manage' },
      schema: {
        tags,
        operationId: 'revokeOpen311Client',
        summary: 'The key opens nothing any more; what it reported stays',
        params: ClientPath,
        querystring: StreetQuery,
        response: { 200: Type.Object({ id: Type.String({ format: 'uuid' }) }) },
      },
    },
    (request, reply) => {
      const acting = request.acting as Acting;
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await revokeClient(acting, tx, await accessStreet(tx, acting, scopeId), id, now);
        return { status: 200, body: { id } };
      });
    },
  );

  app.get(
    '/open311/publications/:id',
    {
      config: { permission: 'open311.publication' },
      schema: {
        tags,
        operationId: 'readOpen311Publication',
        summary: 'What strangers read of an order, and what other software sent about it',
        params: OrderPath,
        querystring: StreetQuery,
        response: { 200: Publication },
      },
    },
    (request) => {
      const acting = request.acting as Acting;
      return db.read(acting.actor, (q) =>
        publication(house, acting, q, request.query.scopeId, request.params.id),
      );
    },
  );

  app.post(
    '/open311/publications/:id',
    {
      config: { permission: 'open311.publication' },
      schema: {
        tags,
        operationId: 'approveOpen311Text',
        summary: 'The words that strangers read of an order',
        params: OrderPath,
        querystring: StreetQuery,
        body: PublicationBody,
        response: { 200: Publication },
      },
    },
    (request, reply) => {
      const acting = request.acting as Acting;
      const key = { scopeId: request.query.scopeId, id: request.params.id };
      return runCommand(house, request, reply, key.scopeId, async (tx, now) => ({
        status: 200,
        body: await approveText(house, acting, tx, key, request.body, now),
      }));
    },
  );

  app.post(
    '/open311/publications/:id/sender',
    {
      config: { permission: 'open311.publication' },
      schema: {
        tags,
        operationId: 'revealOpen311Sender',
        summary: 'Who reported it through other software, for a recorded purpose',
        params: OrderPath,
        querystring: StreetQuery,
        body: SenderBody,
        response: { 200: SenderAnswer },
      },
    },
    (request) => {
      const acting = request.acting as Acting;
      const key = { scopeId: request.query.scopeId, id: request.params.id };
      return db.act(acting.actor, (tx) =>
        revealSender(house, acting, tx, key, request.body.purpose, clock.now()),
      );
    },
  );
}
