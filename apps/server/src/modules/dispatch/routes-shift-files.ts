import { Value } from 'typebox/value';
import { keepRoom } from '../../platform/files/room.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { ShiftColumns } from './domain.ts';
import {
  accountsOf,
  listShiftFiles,
  readShiftFile,
  rememberedColumns,
  takeShifts,
  withdrawShifts,
} from './import-shifts.ts';
import { departmentOf } from './routes-roster.ts';
import { DepartmentQuery, IdPath, Made } from './schemas-roster.ts';
import { ShiftColumnsBody, ShiftFileAnswer, ShiftFileList, ShiftFileQuery } from './schemas-shift-files.ts';

const tags = ['dispatch'];
const maxBytes = 2 * 1024 * 1024;

/** Shifts from a file: tried, taken in, listed, and taken back. */
export async function shiftFileRoutes(app: App, house: House): Promise<void> {
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
    sendRoute(inner as unknown as App, house);
  });

  app.get(
    '/dispatch/shift-files',
    {
      config: { permission: 'roster.write' },
      schema: {
        tags,
        operationId: 'listShiftFiles',
        summary: 'Files of shifts taken in here, the latest first, with what was wrong in them',
        querystring: DepartmentQuery,
        response: { 200: ShiftFileList },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return house.db.read(acting.actor, async (q) => {
        const wall = await departmentOf(q, acting, request.query.scopeId);
        const rows = await listShiftFiles(q, wall.scopeId);
        return {
          items: rows.map((row) => ({
            ...row,
            faults: row.faults.map((fault) => ({ ...fault, params: { ...fault.params } })),
            sentAt: row.sentAt.toISOString(),
            withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
          })),
        };
      });
    },
  );

  app.post(
    '/dispatch/shift-files/:id/withdraw',
    {
      config: { permission: 'roster.write' },
      schema: {
        tags,
        operationId: 'withdrawShiftFile',
        summary: 'Its shifts from today on are no longer planned',
        params: IdPath,
        querystring: DepartmentQuery,
        response: { 200: Made },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { id } = request.params;
      const wall = await house.db.read(acting.actor, (q) => departmentOf(q, acting, request.query.scopeId));
      return runCommand(house, request, reply, wall.scopeId, async (tx, now) => {
        await withdrawShifts(tx, acting, wall, id, now);
        return { status: 200, body: { id } };
      });
    },
  );
}

function sendRoute(app: App, house: House): void {
  app.post(
    '/dispatch/shift-files',
    {
      config: { permission: 'roster.write' },
      bodyLimit: maxBytes,
      schema: {
        tags,
        operationId: 'sendShiftFile',
        summary:
          'Shifts from a file (XLSX, CSV; 2,000 rows): tried, or taken in; wrong rows stay out and say why',
        consumes: ['application/octet-stream'],
        querystring: ShiftFileQuery,
        response: { 200: ShiftFileAnswer },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { name, trial = false, scopeId } = request.query;
      const bytes = request.body as unknown;
      if (!Buffer.isBuffer(bytes) || bytes.length === 0)
        throw new Problem('validation.failed', {}, [{ path: '', code: 'required', params: {} }]);
      const said = columnsIn(request.query.columns);
      const [wall, remembered] = await house.db.read(acting.actor, async (q) => {
        const found = await departmentOf(q, acting, scopeId);
        return [found, await rememberedColumns(q, found.scopeId)] as const;
      });
      const read = await readShiftFile(bytes, said, remembered);
      const phones = await accountsOf(house, read);
      return runCommand(house, request, reply, wall.scopeId, async (tx, now) => {
        const result = await takeShifts(tx, acting, wall, { name, bytes, read, phones }, trial, now);
        return {
          status: 200,
          body: {
            ...result,
            titles: [...result.titles],
            columns: { ...result.columns },
            missing: [...result.missing],
            shifts: [...result.shifts],
            faults: result.faults.map((fault) => ({ ...fault, params: { ...fault.params } })),
          },
        };
      });
    },
  );
}

/** Which column is which, as somebody chose it on the page. */
function columnsIn(text: string | undefined): ShiftColumns | null {
  if (text === undefined) return null;
  const refused = new Problem('validation.failed', {}, [{ path: '/columns', code: 'invalid', params: {} }]);
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw refused;
  }
  if (!Value.Check(ShiftColumnsBody, said)) throw refused;
  return said;
}
