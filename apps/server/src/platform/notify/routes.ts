import Type from 'typebox';
import { sql } from '../db/sql.ts';
import type { House } from '../house.ts';
import type { App } from '../http/app.ts';
import { page, pageOf, pageQuery, idPosition } from '../http/pagination.ts';
import { Problem } from '../http/problem.ts';
import type { Acting } from '../sessions/sessions.ts';

const InboxItem = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    scopeId: Type.String({ format: 'uuid' }),
    template: Type.String(),
    params: Type.Record(Type.String(), Type.Unknown()),
    createdAt: Type.String({ format: 'date-time' }),
    readAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    link: Type.Union([Type.String(), Type.Null()]),
  },
  { title: 'InboxItem' },
);

interface Row {
  notification_id: string;
  scope_id: string;
  template: string;
  params: Record<string, unknown>;
  link: string | null;
  created_at: Date;
  read_at: Date | null;
}

/** An account's own messages. They lie in many scopes, so the account is what the queries name. */
export function inboxRoutes(app: App, house: House): void {
  const config = { permission: 'inbox.read' } as const;
  const tags = ['inbox'];

  app.get(
    '/inbox',
    {
      config,
      schema: {
        tags,
        operationId: 'listInbox',
        summary: 'My messages, newest first',
        querystring: Type.Object(
          { ...pageQuery, unread: Type.Optional(Type.Boolean()) },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(InboxItem) },
      },
    },
    async (request) => {
      const acting = request.acting as Acting;
      const { cursor, limit = 20, unread = false } = request.query;
      const before = idPosition(cursor);
      const rows = await house.db.read(acting.actor, (q) =>
        q.query<Row>(
          sql`select notification_id, scope_id, template, params, link, created_at, read_at from platform.notification
              where account_id = ${acting.accountId} and (${before}::uuid is null or notification_id < ${before}::uuid)
                and (not ${unread}::boolean or read_at is null)
              order by notification_id desc limit ${limit + 1}`,
        ),
      );
      return page(
        rows,
        limit,
        (row) => ({
          id: row.notification_id,
          scopeId: row.scope_id,
          template: row.template,
          params: row.params,
          createdAt: row.created_at.toISOString(),
          readAt: row.read_at?.toISOString() ?? null,
          link: row.link,
        }),
        (row) => [row.notification_id],
      );
    },
  );

  app.get(
    '/inbox/unread-count',
    {
      config,
      schema: {
        tags,
        operationId: 'countUnread',
        summary: 'How many I have not read, counted up to 100',
        response: { 200: Type.Object({ count: Type.Integer() }) },
      },
    },
    async (request) => {
      const acting = request.acting as Acting;
      const rows = await house.db.read(acting.actor, (q) =>
        q.query<{ count: number }>(
          sql`select count(*) as count from (select from platform.notification
              where account_id = ${acting.accountId} and read_at is null limit 100) unread`,
        ),
      );
      return { count: rows[0]?.count ?? 0 };
    },
  );

  app.post(
    '/inbox/:id/read',
    {
      config,
      schema: {
        tags,
        operationId: 'readMessage',
        summary: 'I have read it',
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const acting = request.acting as Acting;
      const { id } = request.params;
      await house.db.act(acting.actor, async (tx) => {
        const rows = await tx.query(
          sql`update platform.notification set read_at = coalesce(read_at, ${house.clock.now()})
              where account_id = ${acting.accountId} and notification_id = ${id} returning 1`,
        );
        if (rows.length === 0) throw new Problem('not_found');
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/inbox/read-all',
    {
      config,
      schema: {
        tags,
        operationId: 'readAllMessages',
        summary: 'I have read them all',
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const acting = request.acting as Acting;
      await house.db.act(acting.actor, async (tx) => {
        tx.write(
          sql`update platform.notification set read_at = ${house.clock.now()} where account_id = ${acting.accountId} and read_at is null`,
        );
      });
      return reply.code(204).send(null);
    },
  );
}
