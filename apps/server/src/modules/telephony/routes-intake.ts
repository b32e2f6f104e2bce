import Type from 'typebox';
import { keepRoom } from '../../platform/files/room.ts';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { EventResult, IdPath, Line, ScopeOption, strict, Text, Uuid } from './schemas.ts';
import { listLines } from './queries.ts';
import { deskOf, makeLine, revokeLine } from './service.ts';
import { takeEvents } from './service-intake.ts';

const tags = ['telephony'];
const maxBytes = 256 * 1024;

/** The provider's side: its lines, and what it tells of them. */
export async function intakeRoutes(app: App, house: House): Promise<void> {
  lineRoutes(app, house);
  // Bytes as they came: a signature is over them.
  await app.register(async (inner) => {
    inner.addHook(
      'onRequest',
      keepRoom({ bytes: 16 * maxBytes, bytesPerAccount: 4 * maxBytes, mostBytes: maxBytes }),
    );
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, body, done) =>
      done(null, body),
    );
    inner.setErrorHandler((error) => {
      if ((error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE')
        throw new Problem('request.too_large');
      throw error;
    });
    eventRoute(inner as unknown as App, house);
  });
}

function eventRoute(app: App, house: House): void {
  app.post(
    '/telephony/events',
    {
      config: { permission: 'public' },
      bodyLimit: maxBytes,
      schema: {
        tags,
        operationId: 'takePhoneEvents',
        summary: 'What happens on a desk’s telephone, signed by its provider; at most 100 events a request',
        description:
          'x-gongzhi-line names the line; x-gongzhi-signature is sha256=<hex> of HMAC-SHA256 with its secret over <x-gongzhi-timestamp>.<body>. Events may come late, twice and in any order. See docs/telephony.md.',
        consumes: ['application/json'],
        headers: Type.Object({
          'x-gongzhi-line': Type.String({ maxLength: 80 }),
          'x-gongzhi-timestamp': Type.String({ maxLength: 40 }),
          'x-gongzhi-signature': Type.String({ maxLength: 100 }),
        }),
        response: { 200: Type.Object({ results: Type.Array(EventResult) }) },
      },
    },
    async (request) => {
      const headers = request.headers as Record<string, string>;
      const body = request.body as unknown;
      if (!Buffer.isBuffer(body)) throw new Problem('request.malformed');
      const { results } = await takeEvents(house, {
        line: headers['x-gongzhi-line'] ?? '',
        timestamp: headers['x-gongzhi-timestamp'] ?? '',
        signature: headers['x-gongzhi-signature'] ?? '',
        body,
        address: request.ip,
      });
      return { results: results.map((one) => ({ ...one, faults: [...one.faults] })) };
    },
  );
}

function lineRoutes(app: App, house: House): void {
  const { db, clock } = house;
  app.get(
    '/telephony/lines',
    {
      config: { permission: 'telephony.manage' },
      schema: {
        tags,
        operationId: 'listPhoneLines',
        summary: 'The telephone lines of a desk, and when each was last heard of',
        querystring: ScopeOption,
        response: { 200: Type.Object({ scopeId: Uuid, items: Type.Array(Line) }) },
      },
    },
    async (request) =>
      db.read(request.acting!.actor, async (q) => {
        const { scopeId } = await deskOf(q, request.acting!, request.query.scopeId);
        const rows = await listLines(q, scopeId);
        return {
          scopeId,
          items: rows.map((row) => ({
            ...row,
            madeAt: row.madeAt.toISOString(),
            heardAt: row.heardAt?.toISOString() ?? null,
            revokedAt: row.revokedAt?.toISOString() ?? null,
          })),
        };
      }),
  );

  app.post(
    '/telephony/lines',
    {
      config: { permission: 'telephony.manage' },
      schema: {
        tags,
        operationId: 'makePhoneLine',
        summary: 'A line whose provider may tell what happens on it; its secret is shown this once',
        body: Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
            scopeId: Type.Optional(Uuid),
          },
          strict,
        ),
        response: { 201: Type.Object({ line: Text, secret: Text }) },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { name, scopeId } = request.body;
      reply.header('cache-control', 'no-store');
      const made = await db.act(acting.actor, async (tx) => {
        const wall = await deskOf(tx, acting, scopeId);
        return makeLine(house, acting, tx, wall, name, clock.now());
      });
      return reply.code(201).send(made);
    },
  );

  app.post(
    '/telephony/lines/:id/revoke',
    {
      config: { permission: 'telephony.manage' },
      schema: {
        tags,
        operationId: 'revokePhoneLine',
        summary: 'Its signature opens nothing any more',
        params: IdPath,
        querystring: ScopeOption,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      await db.act(acting.actor, async (tx) => {
        const wall = await deskOf(tx, acting, request.query.scopeId);
        await revokeLine(tx, wall, request.params.id, clock.now());
      });
      return reply.code(204).send(null);
    },
  );
}
