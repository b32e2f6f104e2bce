import { localDate } from '@gongzhi/kernel';
import { tKey } from '@gongzhi/i18n';
import Type from 'typebox';
import type { Executor } from '../db/database.ts';
import type { App } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import type { House } from '../house.ts';
import type { Acting } from '../sessions/sessions.ts';
import { Refused } from './asking.ts';
import { sayerOf } from './lists.ts';
import { rowsOf } from './read-list.ts';
import { sendRefusal, sendTable } from './reply.ts';

export interface ExportOptions {
  /** Throws not_found when this actor does not reach the scope. */
  readonly placeOf: (
    q: Executor,
    acting: Acting,
    scopeId: string,
  ) => Promise<{ name: string; timeZone: string }>;
}

export function exportRoutes(app: App, house: House, { placeOf }: ExportOptions): void {
  const { lists } = house;
  const byName = new Map(lists.map((list) => [list.name, list]));
  app.get(
    '/exports/:list',
    {
      config: { permission: 'list.export' },
      schema: {
        tags: ['exports'],
        operationId: 'exportList',
        summary: 'A list as a workbook or CSV, with the filters of the list itself',
        description: `Lists: ${lists.map(({ name }) => name).join(', ')}. Every other parameter is the list's own.`,
        produces: ['application/octet-stream'],
        params: Type.Object({ list: Type.String({ maxLength: 40 }) }, { additionalProperties: false }),
        querystring: Type.Object(
          {
            format: Type.Unsafe<'xlsx' | 'csv'>({ type: 'string', enum: ['xlsx', 'csv'] }),
            locale: Type.Unsafe<'zh-CN' | 'en'>({ type: 'string', enum: ['zh-CN', 'en'] }),
            scopeId: Type.Optional(Type.String({ format: 'uuid' })),
          },
          { additionalProperties: Type.String({ maxLength: 400 }) },
        ),
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const list = byName.get(request.params.list);
      if (list === undefined) throw new Problem('not_found');
      const { format, locale, scopeId, ...filters } = request.query as {
        format: 'xlsx' | 'csv';
        locale: 'zh-CN' | 'en';
        scopeId?: string;
      } & Record<string, string>;
      const isInPath = list.path.includes(':scopeId');
      if (isInPath && scopeId === undefined)
        throw new Problem('validation.failed', {}, [
          { path: 'querystring/scopeId', code: 'required', params: {} },
        ]);
      const place = await house.db.read(acting.actor, (q) =>
        placeOf(q, acting, scopeId ?? acting.homeScopeId),
      );
      const asked = house.asking.as(acting);
      async function* rows() {
        try {
          yield* rowsOf(asked.ask, list!, {
            scopeId,
            filters,
            say: sayerOf(locale, place.timeZone),
            isGone: () => request.raw.destroyed,
          });
        } finally {
          asked.end();
        }
      }
      const title = tKey(locale, `exports.list.${list.name}`);
      try {
        return await sendTable(reply, {
          format,
          name: `${title}-${place.name}-${localDate(house.clock.now().getTime(), place.timeZone)}`,
          sheet: title,
          columns: list.columns.map(([key, width]) => ({ title: tKey(locale, key), width })),
          rows: rows(),
        });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return sendRefusal(reply, error);
      }
    },
  );
}
