import { createHash } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import { tKey } from '@gongzhi/i18n';
import { asFile, sendTable } from '../../../platform/exports/reply.ts';
import { keepRoom } from '../../../platform/files/room.ts';
import type { App } from '../../../platform/http/app.ts';
import { runCommand } from '../../../platform/http/command.ts';
import { idPosition, page, positionOf } from '../../../platform/http/pagination.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import { tableLimits } from '../../../platform/imports/table.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { accessScope } from '../queries-walls.ts';
import { findTarget } from './carry-out.ts';
import { kinds } from './columns.ts';
import { findJob, type FaultRow, insertJob, insertParts, listFaults, listJobs, queueJob } from './jobs.ts';
import { loadedWall } from './planner.ts';
import { columnRoutes } from './routes-columns.ts';
import {
  FaultFileQuery,
  FaultPage,
  FaultsQuery,
  ImportItem,
  ImportPage,
  ImportPath,
  ImportScope,
  ImportsQuery,
  SendQuery,
  StartImport,
  TemplatePath,
  TemplateQuery,
} from './schemas.ts';
import { faultText } from './say.ts';
import { templateOf } from './template.ts';
import { itemOf } from './view.ts';

const tags = ['imports'];
const { bytes: maxBytes } = tableLimits;
const room = { bytes: 4 * maxBytes, bytesPerAccount: 2 * maxBytes, mostBytes: maxBytes };

export async function importRoutes(app: App, house: House): Promise<void> {
  // A room of its own for the raw body: no other route takes a whole register.
  await app.register(async (inner) => {
    inner.addHook('onRequest', keepRoom(room));
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, body, done) =>
      done(null, body),
    );
    inner.setErrorHandler((error) => {
      if ((error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE')
        throw new Problem('import.too_large', { megabytes: maxBytes / 1024 / 1024 });
      throw error;
    });
    sendRoute(inner as unknown as App, house);
  });
  readRoutes(app, house);
  columnRoutes(app, house);
  startRoute(app, house);
}

function sendRoute(app: App, house: House): void {
  app.post(
    '/places/imports',
    {
      config: { permission: 'place.import' },
      bodyLimit: maxBytes,
      schema: {
        tags,
        operationId: 'sendImport',
        summary: 'Send a list to be checked: a workbook or a CSV, at most 32 MB and 200,000 rows',
        consumes: ['application/octet-stream'],
        querystring: SendQuery,
        response: { 201: ImportItem },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { scopeId, kind, name, sheet, locale = 'zh-CN' } = request.query;
      const target = await house.db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        return findTarget(q, scopeId);
      });
      if (target === null) throw new Problem('not_found');
      if (!kinds[kind].targets.includes(target.kind))
        throw new Problem('import.not_here', { kind: target.kind });
      const { body } = request;
      if (!Buffer.isBuffer(body) || body.length === 0)
        throw new Problem('validation.failed', {}, [{ path: '', code: 'required', params: {} }]);
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const importId = uuidv7(now.getTime());
        const wall = loadedWall(target);
        insertJob(tx, {
          importId,
          wall,
          accountId: acting.accountId,
          kind,
          sourceName: name,
          sha256: createHash('sha256').update(body).digest(),
          bytes: body.length,
          locale,
          sheet: sheet ?? null,
          mapping: {},
          state: 'waiting',
          now,
        });
        await insertParts(tx, wall, importId, body, house.crypto);
        const job = await findJob(tx, scopeId, importId);
        return { status: 201, body: itemOf(job!, acting) };
      });
    },
  );
}

function readRoutes(app: App, { db, crypto }: House): void {
  const jobOf = (acting: Acting, scopeId: string, importId: string) =>
    db.read(acting.actor, async (q) => {
      await accessScope(q, acting, scopeId);
      const job = await findJob(q, scopeId, importId);
      if (job === null) throw new Problem('not_found');
      return job;
    });

  app.get(
    '/places/imports',
    {
      config: { permission: 'place.import' },
      schema: {
        tags,
        operationId: 'listImports',
        summary: 'What was brought into a place, the latest first',
        querystring: ImportsQuery,
        response: { 200: ImportPage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      const rows = await db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        return listJobs(q, scopeId, before, limit + 1);
      });
      return page(
        rows,
        limit,
        (job) => itemOf(job, acting),
        (job) => [job.importId],
      );
    },
  );

  app.get(
    '/places/imports/:importId',
    {
      config: { permission: 'place.import' },
      schema: {
        tags,
        operationId: 'getImport',
        summary: 'How far an import is, and what was found',
        params: ImportPath,
        querystring: ImportScope,
        response: { 200: ImportItem },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return itemOf(await jobOf(acting, request.query.scopeId, request.params.importId), acting);
    },
  );

  app.get(
    '/places/imports/:importId/faults',
    {
      config: { permission: 'place.import' },
      schema: {
        tags,
        operationId: 'listImportFaults',
        summary: 'What is wrong with the file, cell by cell, in its order',
        params: ImportPath,
        querystring: FaultsQuery,
        response: { 200: FaultPage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, cursor, limit = 50 } = request.query;
      const after = positionOf(cursor, { line: 'integer', position: 'integer' }) ?? { line: 0, position: -1 };
      const job = await jobOf(acting, scopeId, request.params.importId);
      const opened = job.accountId === acting.accountId ? crypto : null;
      const rows = await db.read(acting.actor, (q) => listFaults(q, job, after, limit + 1, opened));
      return page(
        rows,
        limit,
        ({ position: _, ...row }) => row,
        (row) => [row.line, row.position],
      );
    },
  );

  app.get(
    '/places/imports/:importId/faults/file',
    {
      config: { permission: 'place.import' },
      schema: {
        tags,
        operationId: 'exportImportFaults',
        summary: 'What is wrong with the file, as a workbook or CSV',
        produces: ['application/octet-stream'],
        params: ImportPath,
        querystring: FaultFileQuery,
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { scopeId, format, locale } = request.query;
      const job = await jobOf(acting, scopeId, request.params.importId);
      const opened = job.accountId === acting.accountId ? crypto : null;
      const label = (key: string) => tKey(locale, `imports.faults.${key}`);
      async function* rows() {
        let after = { line: 0, position: -1 };
        for (;;) {
          const batch: FaultRow[] = await db.read(acting.actor, (q) =>
            listFaults(q, job, after, 1_000, opened),
          );
          for (const { line, column, value, code, params } of batch)
            yield [line, column, value ?? '', faultText(locale, code, params)];
          const last = batch.at(-1);
          if (batch.length < 1_000 || last === undefined) return;
          after = last;
        }
      }
      return sendTable(reply, {
        format,
        name: label('download'),
        sheet: label('right').slice(0, 30),
        columns: ['line', 'column', 'value', 'right'].map((key) => ({
          title: label(key),
          width: key === 'right' ? 60 : 16,
        })),
        rows: rows(),
      });
    },
  );

  app.get(
    '/places/import-templates/:kind',
    {
      config: { permission: 'place.import' },
      schema: {
        tags,
        operationId: 'getImportTemplate',
        summary: 'An empty form to fill in',
        produces: ['application/octet-stream'],
        params: TemplatePath,
        querystring: TemplateQuery,
      },
    },
    async (request, reply) => {
      const { format, locale } = request.query;
      const bytes = await templateOf(request.params.kind, format, locale);
      const name = `${tKey(locale, 'imports.template.name')}-${tKey(locale, `imports.kind.${request.params.kind}`)}`;
      return asFile(reply, name, format).send(bytes) as never;
    },
  );
}

function startRoute(app: App, house: House): void {
  app.post(
    '/places/imports/:importId/start',
    {
      config: { permission: 'place.import' },
      schema: {
        tags,
        operationId: 'startImport',
        summary: 'Bring in what was checked: all of it or nothing, or the good rows when told to',
        params: ImportPath,
        querystring: ImportScope,
        body: StartImport,
        response: { 200: ImportItem },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      const { importId } = request.params;
      const { skipRejected } = request.body;
      return runCommand(house, request, reply, scopeId, async (tx) => {
        await accessScope(tx, acting, scopeId);
        const job = await findJob(tx, scopeId, importId);
        if (job === null) throw new Problem('not_found');
        if (job.state !== 'checked') throw new Problem('import.not_checked', { state: job.state });
        if (job.rowsRejected > 0 && !skipRejected)
          throw new Problem('import.has_rejected', { count: job.rowsRejected });
        if (!(await queueJob(tx, job, skipRejected)))
          throw new Problem('import.not_checked', { state: job.state });
        return { status: 200, body: itemOf({ ...job, state: 'queued', rowsDone: 0 }, acting) };
      });
    },
  );
}
