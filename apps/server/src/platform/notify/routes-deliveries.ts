import { isUuid } from '@gongzhi/kernel';
import Type from 'typebox';
import { signingIn } from '../db/actor.ts';
import { sql } from '../db/sql.ts';
import type { House } from '../house.ts';
import type { App } from '../http/app.ts';
import { page, pageOf, pageQuery, idPosition } from '../http/pagination.ts';
import { Problem } from '../http/problem.ts';
import type { Acting } from '../sessions/sessions.ts';
import { isSigned } from './receipts.ts';

const states = ['waiting', 'sent', 'delivered', 'failed', 'none'] as const;
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const DateTime = Type.String({ format: 'date-time' });
const Delivery = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    scopeId: Type.String({ format: 'uuid' }),
    objectId: nullable(Type.String({ format: 'uuid' })),
    template: nullable(Type.String()),
    urgency: nullable(Type.String()),
    channel: Type.String(),
    state: Type.Enum([...states]),
    attempts: Type.Integer(),
    /** A phone or an address, masked. */
    recipientMasked: nullable(Type.String()),
    error: nullable(Type.String()),
    nextTryAt: nullable(DateTime),
    createdAt: nullable(DateTime),
    updatedAt: DateTime,
  },
  { title: 'Delivery' },
);

interface Row {
  delivery_id: string;
  scope_id: string;
  object_id: string | null;
  template: string | null;
  urgency: string | null;
  channel: string;
  state: (typeof states)[number];
  attempts: number;
  recipient_masked: string | null;
  last_error: string | null;
  next_try_at: Date | null;
  created_at: Date | null;
  updated_at: Date;
}

export interface DeliveryRouteOptions {
  /** Throws not_found when this actor does not reach the scope. */
  readonly reachOf: (
    q: Parameters<Parameters<House['db']['read']>[1]>[0],
    acting: Acting,
    scopeId: string,
  ) => Promise<unknown>;
}

/** The delivery log of a scope or of one matter, and the door for what providers say later. */
export function deliveryRoutes(app: App, house: House, options: DeliveryRouteOptions): void {
  app.get(
    '/deliveries',
    {
      config: { permission: 'delivery.list' },
      schema: {
        tags: ['inbox'],
        operationId: 'listDeliveries',
        summary: 'Who was told, by what, and what became of it; newest first',
        querystring: Type.Object(
          {
            ...pageQuery,
            scopeId: Type.String({ format: 'uuid' }),
            objectId: Type.Optional(Type.String({ format: 'uuid' })),
            state: Type.Optional(Type.Enum([...states])),
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(Delivery) },
      },
    },
    async (request) => {
      const acting = request.acting as Acting;
      const { scopeId, objectId = null, state = null, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      const rows = await house.db.read(acting.actor, async (q) => {
        await options.reachOf(q, acting, scopeId);
        return q.query<Row>(
          sql`select delivery_id, scope_id, object_id, template, urgency, channel, state, attempts, recipient_masked, last_error, next_try_at, created_at, updated_at
              from platform.delivery
              where scope_id = ${scopeId} and (${objectId}::uuid is null or object_id = ${objectId}::uuid)
                and (${state}::text is null or state = ${state}::text) and (${before}::uuid is null or delivery_id < ${before}::uuid)
              order by delivery_id desc limit ${limit + 1}`,
        );
      });
      return page(
        rows,
        limit,
        (row) => ({
          id: row.delivery_id,
          scopeId: row.scope_id,
          objectId: row.object_id,
          template: row.template,
          urgency: row.urgency,
          channel: row.channel,
          state: row.state,
          attempts: row.attempts,
          recipientMasked: row.recipient_masked,
          error: row.last_error,
          nextTryAt: row.next_try_at?.toISOString() ?? null,
          createdAt: row.created_at?.toISOString() ?? null,
          updatedAt: row.updated_at.toISOString(),
        }),
        (row) => [row.delivery_id],
      );
    },
  );

  app.post(
    '/message-receipts',
    {
      config: { permission: 'public' },
      schema: {
        tags: ['inbox'],
        operationId: 'takeMessageReceipt',
        summary: 'A provider says whether a message arrived',
        description:
          'Signed like our own requests: x-gongzhi-signature over `<x-gongzhi-timestamp>.<id>.<outcome>`, at most five minutes old. The same receipt again changes nothing.',
        headers: Type.Object({
          'x-gongzhi-timestamp': Type.String({ maxLength: 40 }),
          'x-gongzhi-signature': Type.String({ maxLength: 100 }),
        }),
        body: Type.Object(
          {
            id: Type.String({ pattern: '^[0-9a-f-]{36}\\.[0-9a-f-]{36}$' }),
            outcome: Type.Enum(['delivered', 'failed']),
            reference: Type.Optional(Type.String({ maxLength: 100 })),
          },
          { additionalProperties: false },
        ),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const secret = house.config.sms?.secret;
      const { id, outcome, reference = null } = request.body;
      const headers = request.headers as Record<string, string>;
      const now = house.clock.now();
      const isGenuine =
        secret !== undefined &&
        isSigned(
          secret,
          headers['x-gongzhi-timestamp'] ?? '',
          `${id}.${outcome}`,
          headers['x-gongzhi-signature'] ?? '',
          now.getTime(),
        );
      if (!isGenuine) throw new Problem('message.receipt_unsigned');
      const [scopeId = '', deliveryId = ''] = id.split('.');
      if (!isUuid(scopeId) || !isUuid(deliveryId)) throw new Problem('not_found');
      await house.db.act(signingIn, async (tx) => {
        tx.write(
          sql`insert into platform.receipt (scope_id, delivery_id, outcome, provider_reference, received_at)
              values (${scopeId}, ${deliveryId}, ${outcome}, ${reference}, ${now}) on conflict do nothing`,
        );
      });
      return reply.code(204).send(null);
    },
  );
}
