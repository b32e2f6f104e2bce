import { localDate } from '@gongzhi/kernel';
import { tKey } from '@gongzhi/i18n';
import Type from 'typebox';
import type { Executor } from '../db/database.ts';
import type { App } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import type { House } from '../house.ts';
import type { Acting } from '../sessions/sessions.ts';
import { type ListExport, sayerOf } from './lists.ts';
import { sendTable } from './reply.ts';

export interface ExportOptions {
  readonly lists: readonly ListExport[];
  readonly apiPrefix: string;
  /** Throws not_found when this actor does not reach the scope. */
  readonly placeOf: (
    q: Executor,
    acting: Acting,
    scopeId: string,
  ) => Promise<{ name: string; timeZone: string }>;
}

const pageSize = 100;

/** A refusal of the list's, handed on as it is. */
class Refused extends Error {
  readonly status: number;
  readonly body: string;
  constructor(status: number, body: string) {
    super(`a list answered ${status}`);
    this.status = status;
    this.body = body;
  }
}

export function exportRoutes(app: App, house: House, { lists, apiPrefix, placeOf }: ExportOptions): void {
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
      const query = new URLSearchParams(filters);
      query.delete('cursor');
      query.delete('limit');
      if (scopeId !== undefined && !isInPath) query.set('scopeId', scopeId);
      if (list.items === undefined) query.set('limit', String(pageSize));
      const address = `${apiPrefix}${list.path.replace(':scopeId', scopeId ?? '')}`;
      const ask = async (cursor: string | null) => {
        if (cursor !== null) query.set('cursor', cursor);
        const answer = await app.inject({
          method: 'GET',
          url: `${address}?${query}`,
          headers: { cookie: request.headers.cookie ?? '', host: request.headers.host ?? '' },
        });
        if (answer.statusCode !== 200) throw new Refused(answer.statusCode, answer.body);
        return JSON.parse(answer.body) as { items: unknown[]; nextCursor: string | null };
      };
      const say = sayerOf(locale, place.timeZone);
      async function* rows() {
        let cursor: string | null = null;
        do {
          const body = await ask(cursor);
          for (const item of list!.items?.(body) ?? body.items) yield* list!.rows(item, say);
          cursor = list!.items === undefined ? body.nextCursor : null;
          // Whoever has gone away reads no more.
        } while (cursor !== null && !request.raw.destroyed);
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
        return reply
          .code(error.status)
          .header('content-type', 'application/problem+json; charset=utf-8')
          .serializer((text) => text as string)
          .send(error.body as never);
      }
    },
  );
}
