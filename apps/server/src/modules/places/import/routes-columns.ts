import type { App } from '../../../platform/http/app.ts';
import { runCommand } from '../../../platform/http/command.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import { accessScope } from '../queries-walls.ts';
import { kinds } from './columns.ts';
import { findJob } from './jobs.ts';
import { readLayoutOf, tellColumns } from './mappings.ts';
import { ImportColumns, ImportItem, ImportPath, ImportScope, TellColumns } from './schemas.ts';
import { itemOf } from './view.ts';

const tags = ['imports'];

/** Which column of a file is which of ours: looked at, and said. */
export function columnRoutes(app: App, house: House): void {
  app.get(
    '/places/imports/:importId/columns',
    {
      config: { permission: 'place.import' },
      schema: {
        tags,
        operationId: 'getImportColumns',
        summary: 'Which column of the file is taken for which of ours',
        params: ImportPath,
        querystring: ImportScope,
        response: { 200: ImportColumns },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      const { job, layout } = await house.db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const job = await findJob(q, scopeId, request.params.importId);
        return { job, layout: job === null ? null : await readLayoutOf(q, job, house.crypto) };
      });
      if (job === null || layout === null) throw new Problem('not_found');
      const isMine = job.accountId === acting.accountId;
      return {
        sheet: layout.sheet,
        sheets: [...layout.sheets],
        line: layout.line,
        columns: layout.columns.map((one) => ({ ...one, samples: isMine ? [...one.samples] : [] })),
        fields: kinds[job.kind].columns.map(({ key, isRequired }) => ({ key, isRequired })),
      };
    },
  );

  app.post(
    '/places/imports/:importId/columns',
    {
      config: { permission: 'place.import' },
      schema: {
        tags,
        operationId: 'tellImportColumns',
        summary: 'Say which column of the file is which, and have it checked by that',
        params: ImportPath,
        querystring: ImportScope,
        body: TellColumns,
        response: { 200: ImportItem },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      const { importId } = request.params;
      const { sheet, mapping, remember } = request.body;
      return runCommand(house, request, reply, scopeId, async (tx) => {
        await accessScope(tx, acting, scopeId);
        const job = await findJob(tx, scopeId, importId);
        if (job === null) throw new Problem('not_found');
        const fields = Object.entries(mapping).filter(([, key]) => key !== '');
        for (const [i, [title, key]] of fields.entries()) {
          const code = !kinds[job.kind].columns.some((column) => column.key === key)
            ? 'unknown'
            : fields.findIndex((other) => other[1] === key) < i
              ? 'twice'
              : null;
          if (code !== null)
            throw new Problem('validation.failed', {}, [{ path: `/mapping/${title}`, code, params: {} }]);
        }
        if (!(await tellColumns(tx, job, { sheet, mapping, remembers: remember })))
          throw new Problem('import.not_checked', { state: job.state });
        return {
          status: 200,
          body: itemOf({ ...job, state: 'waiting', rowsDone: 0, refusal: null }, acting),
        };
      });
    },
  );
}
