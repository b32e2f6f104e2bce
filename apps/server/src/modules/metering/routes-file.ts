import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { keepRoom } from '../../platform/files/room.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { accessScope } from '../places/index.ts';
import { type FileResult, readReadingFile, takeReadings, Tried } from './import-readings.ts';
import { FileQuery } from './schemas.ts';
import { FileAnswer } from './schemas-answers.ts';

const maxBytes = 4 * 1024 * 1024;

/** The file is the body; what it is, its first bytes say. */
export async function fileRoutes(app: App, house: House): Promise<void> {
  await app.register(async (room) => {
    const inner = room as App;
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
    sendRoute(inner, house);
  });
}

function sendRoute(app: App, house: House): void {
  app.post(
    '/meters/readings-files',
    {
      config: { permission: 'meter.decide' },
      bodyLimit: maxBytes,
      schema: {
        tags: ['metering'],
        operationId: 'sendMeterReadings',
        summary:
          'Readings from a file (XLSX, CSV; 5,000 rows): tried, or taken in; wrong rows stay out and say why',
        consumes: ['application/octet-stream'],
        querystring: FileQuery,
        response: { 200: FileAnswer },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { scopeId, kind, trial = false } = request.query;
      const bytes = request.body as unknown;
      if (!Buffer.isBuffer(bytes) || bytes.length === 0)
        throw new Problem('validation.failed', {}, [{ path: '', code: 'required', params: {} }]);
      const { serial, value, day } = request.query;
      const { rows, titles, missing } = await readReadingFile(bytes, {
        ...(serial === undefined ? {} : { serial }),
        ...(value === undefined ? {} : { value }),
        ...(day === undefined ? {} : { day }),
      });
      const view = (result: FileResult) => ({
        ...result,
        isTrial: trial,
        titles: [...titles],
        missing: [...missing],
        faults: result.faults.slice(0, 200).map((fault) => ({ ...fault, params: { ...fault.params } })),
      });
      // Nothing is taken out of a table that nobody can read; the person says which column is what.
      if (!trial && missing.length > 0)
        throw new Problem(
          'metering.file_unreadable',
          { reason: 'no_titles' },
          missing.map((field) => ({ path: `/${field}`, code: 'required', params: {} })),
        );
      if (!trial)
        return runCommand(house, request, reply, scopeId, async (tx, now) => {
          const wall = await accessScope(tx, acting, scopeId);
          return { status: 200, body: view(await takeReadings(house, acting, tx, wall, kind, rows, now)) };
        });
      // The same rules on the same rows, and nothing of it stays.
      const tried = await house.db
        .act(acting.actor, async (tx) => {
          const wall = await accessScope(tx, acting, scopeId);
          throw new Tried(await takeReadings(house, acting, tx, wall, kind, rows, house.clock.now()));
        })
        .catch((error: unknown) => {
          if (error instanceof Tried) return error.result;
          throw error;
        });
      return reply.send(view(tried));
    },
  );
}
