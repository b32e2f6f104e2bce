import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { keepRoom } from '../../platform/files/room.ts';
import { wallOf } from '../places/index.ts';
import { type ColumnMapping, FAULT_CODES, INTAKE_FIELDS } from './domain.ts';
import { cityOf } from './facts.ts';
import { listBatches, listMappings, readHotlineFile, saveMapping, takeBatch } from './import-batch.ts';
import { nullable, oneOf, strict, Text, Time, Uuid } from './schemas.ts';
import { listClients, makeClient, revokeClient, takeSigned } from './service-clients.ts';

const tags = ['hotline'];
const maxBytes = 4 * 1024 * 1024;
const Field = oneOf(INTAKE_FIELDS);
const Mapping = Type.Object(
  Object.fromEntries(INTAKE_FIELDS.map((field) => [field, Type.Optional(Type.String({ maxLength: 100 }))])),
  { ...strict, title: 'HotlineMapping' },
);
const Fault = Type.Object({
  line: Type.Integer(),
  field: nullable(Field),
  code: oneOf(FAULT_CODES),
  params: Type.Record(Text, Type.Union([Text, Type.Number()])),
});
const Result = Type.Object(
  {
    batchId: nullable(Uuid),
    titles: Type.Array(Text),
    mapping: Mapping,
    missing: Type.Array(Field),
    rows: Type.Integer(),
    taken: Type.Integer(),
    known: Type.Integer(),
    faults: Type.Array(Fault),
  },
  { title: 'HotlineBatchResult' },
);
const Client = Type.Object({
  id: Uuid,
  name: Text,
  unitId: Uuid,
  unitName: Text,
  madeName: Text,
  madeAt: Time,
  revokedAt: nullable(Time),
});

/** The ways in beside the page: a signed webhook and a file. */
export async function intakeRoutes(app: App, house: House): Promise<void> {
  // Bytes as they came: a signature is over them, and a file is no JSON.
  await app.register(async (inner) => {
    inner.addHook(
      'onRequest',
      keepRoom({ bytes: 8 * maxBytes, bytesPerAccount: 2 * maxBytes, mostBytes: maxBytes }),
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
    rawRoutes(inner as unknown as App, house);
  });
  clientRoutes(app, house);
  fileRoutes(app, house);
}

function rawRoutes(app: App, house: House): void {
  app.post(
    '/hotline/intake',
    {
      config: { permission: 'public' },
      bodyLimit: maxBytes,
      schema: {
        tags,
        operationId: 'takeHotlineCases',
        summary: 'Cases from another system, signed; at most 200 a request',
        description:
          'x-gongzhi-client names the client; x-gongzhi-signature is sha256=<hex> of HMAC-SHA256 with its secret over <x-gongzhi-timestamp>.<body>. The same signed request again gets the same answer and does nothing. See docs/hotline.md.',
        consumes: ['application/json'],
        headers: Type.Object({
          'x-gongzhi-client': Type.String({ maxLength: 80 }),
          'x-gongzhi-timestamp': Type.String({ maxLength: 40 }),
          'x-gongzhi-signature': Type.String({ maxLength: 100 }),
        }),
        response: {
          200: Type.Object({
            results: Type.Array(
              Type.Object({
                number: Text,
                result: oneOf(['taken', 'known', 'refused'] as const),
                faults: Type.Array(
                  Type.Object({
                    field: nullable(Field),
                    code: Text,
                    params: Type.Record(Text, Type.Union([Text, Type.Number()])),
                  }),
                ),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const headers = request.headers as Record<string, string>;
      const body = request.body as unknown;
      if (!Buffer.isBuffer(body)) throw new Problem('request.malformed');
      const { results } = await takeSigned(house, {
        client: headers['x-gongzhi-client'] ?? '',
        timestamp: headers['x-gongzhi-timestamp'] ?? '',
        signature: headers['x-gongzhi-signature'] ?? '',
        body,
        address: request.ip,
      });
      return {
        results: results.map((one) => ({ ...one, faults: one.faults.map((fault) => ({ ...fault })) })),
      };
    },
  );

  app.post(
    '/hotline/batches',
    {
      config: { permission: 'hotline.take_in' },
      bodyLimit: maxBytes,
      schema: {
        tags,
        operationId: 'takeHotlineFile',
        summary:
          'A file as hotlines export it (XLSX, CSV; 2,000 rows): tried, or taken in; wrong rows stay out and say why',
        consumes: ['application/octet-stream'],
        querystring: Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 200 }),
            mapping: Type.Optional(Type.String({ maxLength: 60 })),
            trial: Type.Optional(Type.Boolean()),
          },
          strict,
        ),
        response: { 200: Result },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { name, mapping, trial = false } = request.query;
      const bytes = request.body as unknown;
      if (!Buffer.isBuffer(bytes) || bytes.length === 0)
        throw new Problem('validation.failed', {}, [{ path: '', code: 'required', params: {} }]);
      const [city, mappings] = await house.db.read(acting.actor, (q) =>
        Promise.all([cityOf(q, acting), listMappings(q, acting.homeScopeId)]),
      );
      const saved = mappings.find((one) => one.name === mapping)?.columns ?? null;
      const read = await readHotlineFile(bytes, saved);
      return runCommand(house, request, reply, acting.homeScopeId, async (tx, now) => {
        const result = await takeBatch(house, acting, tx, city, { name, bytes, read }, trial, now);
        return { status: 200, body: result };
      });
    },
  );
}

function fileRoutes(app: App, house: House): void {
  const { db } = house;
  app.get(
    '/hotline/batches',
    {
      config: { permission: 'hotline.take_in' },
      schema: {
        tags,
        operationId: 'listHotlineFiles',
        summary: 'Files taken in here, the latest first, with what was wrong in them',
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                id: Uuid,
                name: Text,
                rows: Type.Integer(),
                taken: Type.Integer(),
                known: Type.Integer(),
                faults: Type.Array(Fault),
                sentName: Text,
                sentAt: Time,
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const rows = await db.read(acting.actor, (q) => listBatches(q, acting.homeScopeId));
      return {
        items: rows.map((row) => ({
          ...row,
          faults: row.faults.map((fault) => ({ ...fault, params: { ...fault.params } })),
          sentAt: row.sentAt.toISOString(),
        })),
      };
    },
  );

  app.get(
    '/hotline/mappings',
    {
      config: { permission: 'hotline.take_in' },
      schema: {
        tags,
        operationId: 'listHotlineMappings',
        summary: 'Which column of a file is which, as it was saved',
        response: {
          200: Type.Object({
            items: Type.Array(Type.Object({ name: Text, columns: Mapping, savedName: Text, savedAt: Time })),
          }),
        },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const rows = await db.read(acting.actor, (q) => listMappings(q, acting.homeScopeId));
      return {
        items: rows.map((row) => ({
          ...row,
          columns: { ...row.columns },
          savedAt: row.savedAt.toISOString(),
        })),
      };
    },
  );

  app.put(
    '/hotline/mappings/:name',
    {
      config: { permission: 'hotline.take_in' },
      schema: {
        tags,
        operationId: 'saveHotlineMapping',
        summary: 'Keep under a name which column is which',
        params: Type.Object({ name: Type.String({ minLength: 1, maxLength: 60 }) }, strict),
        body: Mapping,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const columns: ColumnMapping = request.body;
      await db.act(acting.actor, async (tx) => {
        const wall = await wallOf(tx, acting.homeScopeId);
        if (wall === null) throw new Problem('not_found');
        saveMapping(tx, acting, wall, request.params.name, columns, house.clock.now());
      });
      return reply.code(204).send(null);
    },
  );
}

function clientRoutes(app: App, house: House): void {
  const { db } = house;
  app.get(
    '/hotline/clients',
    {
      config: { permission: 'hotline.client' },
      schema: {
        tags,
        operationId: 'listHotlineClients',
        summary: 'Systems that send cases in',
        response: { 200: Type.Object({ cityId: Uuid, items: Type.Array(Client) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const city = await cityOf(q, acting);
        const rows = await listClients(q, city.scopeId);
        return {
          cityId: city.scopeId,
          items: rows.map((row) => ({
            ...row,
            madeAt: row.madeAt.toISOString(),
            revokedAt: row.revokedAt?.toISOString() ?? null,
          })),
        };
      });
    },
  );

  app.post(
    '/hotline/clients',
    {
      config: { permission: 'hotline.client' },
      schema: {
        tags,
        operationId: 'makeHotlineClient',
        summary: 'A system that may send cases in; its secret is shown this once',
        body: Type.Object(
          { name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }), unitId: Uuid },
          strict,
        ),
        response: { 201: Type.Object({ client: Text, secret: Text }) },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      reply.header('cache-control', 'no-store');
      const made = await db.act(acting.actor, async (tx) => {
        const city = await cityOf(tx, acting);
        const { id, secret } = await makeClient(
          house,
          acting,
          tx,
          city.scopeId,
          request.body,
          house.clock.now(),
        );
        return { client: `${city.scopeId}.${id}`, secret };
      });
      return reply.code(201).send(made);
    },
  );

  app.post(
    '/hotline/clients/:id/revoke',
    {
      config: { permission: 'hotline.client' },
      schema: {
        tags,
        operationId: 'revokeHotlineClient',
        summary: 'Its signature opens nothing any more',
        params: Type.Object({ id: Uuid }, strict),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      await db.act(acting.actor, async (tx) => {
        const city = await cityOf(tx, acting);
        await revokeClient(tx, city.scopeId, request.params.id, house.clock.now());
      });
      return reply.code(204).send(null);
    },
  );
}
