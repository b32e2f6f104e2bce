import Type from 'typebox';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, pageOf, pageQuery, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { findEntry, findPublication, listEntries, listPublications, versionsOf } from './queries-accounts.ts';
import {
  Entry,
  Figures,
  Month,
  NewEntry,
  NewPublication,
  Publication,
  PublicationItem,
  strict,
  Uuid,
  Withdrawal,
} from './schemas.ts';
import { draft, enter, publish, withdraw } from './service-accounts.ts';
import { entryView, figuresView, publicationItem, publicationView } from './view-accounts.ts';

const tags = ['accounts'];
const byId = Type.Object({ id: Uuid }, strict);
/** A page of lines. */
const linesQuery = {
  cursor: pageQuery.cursor,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
};

const positionOfDay = (cursor: string | undefined) => positionOf(cursor, ['day', 'id']);

/** Whoever sees entries can be told that they make other figures by now. */
const isStaff = (acting: Acting): boolean => acting.actor.kind !== 'resident';

export function accountsRoutes(app: App, house: House): void {
  const { db } = house;
  const placeOf = (q: Executor, acting: Acting, scopeId: string) => accessScope(q, acting, scopeId);

  app.get(
    '/accounts',
    {
      config: { permission: 'accounts.read' },
      schema: {
        tags,
        operationId: 'listPublishedAccounts',
        summary: 'The accounts published to the owners: income and spending of the common parts, the fund',
        querystring: Type.Object({ ...pageQuery, scopeId: Type.Optional(Uuid) }, strict),
        response: { 200: pageOf(PublicationItem) },
      },
    },
    async (request) => {
      const { cursor, limit = 20, scopeId } = request.query;
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const scopeIds =
          scopeId !== undefined
            ? [(await placeOf(q, acting, scopeId)).scopeId]
            : acting.actor.kind === 'resident'
              ? acting.actor.scopeIds
              : [acting.homeScopeId];
        const rows = await listPublications(q, scopeIds, positionOfDay(cursor), limit + 1);
        return page(
          rows,
          limit,
          (row) => publicationItem(row, isStaff(acting)),
          (row) => [row.toMonth, row.id],
        );
      });
    },
  );

  app.get(
    '/accounts/:id',
    {
      config: { permission: 'accounts.read' },
      schema: {
        tags,
        operationId: 'getPublishedAccounts',
        summary: 'One published account with its lines, their papers and every version of it',
        params: byId,
        querystring: Type.Object({ scopeId: Uuid, ...linesQuery }, strict),
        response: { 200: Publication },
      },
    },
    async (request) =>
      db.read(request.acting!.actor, async (q) => {
        const { scopeId } = request.query;
        await placeOf(q, request.acting!, scopeId);
        const row = await findPublication(q, scopeId, request.params.id);
        if (row === null) throw new Problem('not_found');
        const versions = await versionsOf(q, row, row.fromMonth, row.toMonth);
        return publicationView(row, isStaff(request.acting!), versions, request.query);
      }),
  );

  app.get(
    '/accounts/draft',
    {
      config: { permission: 'accounts.manage' },
      schema: {
        tags,
        operationId: 'draftPublishedAccounts',
        summary: 'What would be published for these months now',
        querystring: Type.Object({ scopeId: Uuid, fromMonth: Month, toMonth: Month, ...linesQuery }, strict),
        response: {
          200: Type.Object({
            figures: Figures,
            nextCursor: Type.Union([Type.String(), Type.Null()]),
            withoutPapers: Type.Integer(),
            /** Of the months as they stand published; 0 where they were not. */
            version: Type.Integer(),
          }),
        },
      },
    },
    async (request) => {
      const { scopeId, fromMonth, toMonth } = request.query;
      return db.read(request.acting!.actor, async (q) => {
        const place = await placeOf(q, request.acting!, scopeId);
        const [figures, versions] = await Promise.all([
          draft(q, place, fromMonth, toMonth),
          versionsOf(q, place, fromMonth, toMonth),
        ]);
        return {
          ...figuresView(figures, request.query),
          withoutPapers: figures.lines.filter(({ fileIds }) => fileIds.length === 0).length,
          version: versions.length,
        };
      });
    },
  );

  app.post(
    '/accounts',
    {
      config: { permission: 'accounts.publish' },
      schema: {
        tags,
        operationId: 'publishAccounts',
        summary:
          'Publishes the accounts of some months to everybody who lives there; another version with a reason',
        body: NewPublication,
        response: { 201: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const place = await placeOf(tx, request.acting!, request.body.scopeId);
        return {
          status: 201,
          body: { id: await publish(tx, request.acting!, place, request.body, now) },
        };
      }),
  );

  app.get(
    '/accounts/entries',
    {
      config: { permission: 'accounts.manage' },
      schema: {
        tags,
        operationId: 'listAccountsEntries',
        summary: 'What was entered, the latest first, withdrawn ones too',
        querystring: Type.Object({ ...pageQuery, scopeId: Uuid }, strict),
        response: { 200: pageOf(Entry) },
      },
    },
    async (request) => {
      const { cursor, limit = 20, scopeId } = request.query;
      return db.read(request.acting!.actor, async (q) => {
        const place = await placeOf(q, request.acting!, scopeId);
        const rows = await listEntries(q, place, positionOfDay(cursor), limit + 1);
        return page(rows, limit, entryView, (row) => [row.occurredOn, row.id]);
      });
    },
  );

  app.get(
    '/accounts/entries/:id',
    {
      config: { permission: 'accounts.manage' },
      schema: {
        tags,
        operationId: 'getAccountsEntry',
        summary: 'One entry: where a posting of the ledger comes from',
        params: byId,
        querystring: Type.Object({ scopeId: Uuid }, strict),
        response: { 200: Entry },
      },
    },
    async (request) =>
      db.read(request.acting!.actor, async (q) => {
        await placeOf(q, request.acting!, request.query.scopeId);
        const row = await findEntry(q, request.query.scopeId, request.params.id);
        if (row === null) throw new Problem('not_found');
        return entryView(row);
      }),
  );

  app.post(
    '/accounts/entries',
    {
      config: { permission: 'accounts.manage' },
      schema: {
        tags,
        operationId: 'enterAccounts',
        summary: 'Something came in from the common parts or went out, or moved in the maintenance fund',
        body: NewEntry,
        response: { 201: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const place = await placeOf(tx, request.acting!, request.body.scopeId);
        return { status: 201, body: { id: await enter(tx, request.acting!, place, request.body, now) } };
      }),
  );

  app.post(
    '/accounts/entries/:id/withdrawal',
    {
      config: { permission: 'accounts.manage' },
      schema: {
        tags,
        operationId: 'withdrawAccountsEntry',
        summary: 'Takes an entry back with a reason; it is reversed, not deleted',
        params: byId,
        body: Withdrawal,
        response: { 200: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const { scopeId, reason } = request.body;
        const { id } = request.params;
        const place = await placeOf(tx, request.acting!, scopeId);
        await withdraw(tx, request.acting!, place, id, reason, now);
        return { status: 200, body: { id } };
      }),
  );
}
