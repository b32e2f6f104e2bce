import { addDays, startOfDay } from '@gongzhi/kernel';
import type { App } from '../../../platform/http/app.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import type { Executor } from '../../../platform/db/database.ts';
import { accessScope } from '../../places/index.ts';
import { countListed } from '../queries-list.ts';
import type { ListFilter } from '../schemas.ts';
import { actingOf, homeOf } from './reach.ts';
import {
  columnsOf,
  type FilterRow,
  filtersOf,
  insertFilter,
  keepColumns,
  lockFilter,
  removeFilter,
  updateFilter,
} from './queries-filters.ts';
import {
  COLUMNS,
  type FilterQueryBody,
  IdPath,
  ListColumns,
  SavedFilter,
  SavedFilterBody,
  SavedFilters,
} from './schemas.ts';

const tags = ['desk'];
/** Counting stops here: a queue of a thousand is read as "many". */
export const COUNT_LIMIT = 1000;

/** Queues of one's own and of the desk, and the columns of the table. */
export function filterRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/filters',
    {
      config: { permission: 'desk.tools' },
      schema: {
        tags,
        operationId: 'listSavedFilters',
        summary: 'Saved queues of mine and of my desk, with how many orders each holds',
        response: { 200: SavedFilters },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return house.db.read(acting.actor, async (q) => {
        const rows = await filtersOf(q, acting.homeScopeId, acting.accountId);
        const now = house.clock.now();
        const items = await Promise.all(
          rows.map(async (row) => view(row, await countOf(q, acting, row.query, now))),
        );
        return { items, countLimit: COUNT_LIMIT };
      });
    },
  );

  app.put(
    '/work-orders/filters/:id',
    {
      config: { permission: 'desk.tools' },
      schema: {
        tags,
        operationId: 'saveFilter',
        summary: 'Save a queue under a name, for oneself or for the desk',
        params: IdPath,
        body: SavedFilterBody,
        response: { 200: SavedFilter },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { id } = request.params;
      const { expectedVersion, isShared, name, query, position } = request.body;
      const now = house.clock.now();
      return house.db.act(acting.actor, async (tx) => {
        const wall = await homeOf(tx, acting);
        if (query.scope !== undefined) await accessScope(tx, acting, query.scope);
        const before = await lockFilter(tx, wall.scopeId, id);
        if ((before?.version ?? 0) !== expectedVersion)
          throw new Problem('desk.stale', { version: before?.version ?? 0, name: before?.name ?? '' });
        const filter = {
          id,
          name: name.trim(),
          query,
          position,
          ownerAccountId: isShared ? null : acting.accountId,
          version: expectedVersion + 1,
        };
        if (before === null) insertFilter(tx, wall, filter, acting.accountId, now);
        else updateFilter(tx, wall.scopeId, filter, acting.accountId, now);
        return view(filter, await countOf(tx, acting, query, now));
      });
    },
  );

  app.delete(
    '/work-orders/filters/:id',
    {
      config: { permission: 'desk.tools' },
      schema: {
        tags,
        operationId: 'removeFilter',
        summary: 'Take a saved queue away',
        params: IdPath,
        response: { 204: { type: 'null' } },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      await house.db.act(acting.actor, async (tx) => {
        const before = await lockFilter(tx, acting.homeScopeId, request.params.id);
        if (before === null) throw new Problem('not_found');
        removeFilter(tx, acting.homeScopeId, before.id, acting.accountId, house.clock.now());
      });
      return reply.code(204).send(null as never);
    },
  );

  app.get(
    '/work-orders/columns',
    {
      config: { permission: 'desk.tools' },
      schema: {
        tags,
        operationId: 'getColumns',
        summary: 'Which columns I see in the table',
        response: { 200: ListColumns },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const kept = await house.db.read(acting.actor, (q) =>
        columnsOf(q, acting.homeScopeId, acting.accountId),
      );
      // A column that is gone from the product is gone from the choice.
      const known = kept?.filter(({ name }) => (COLUMNS as readonly string[]).includes(name));
      return {
        columns: (known ?? DEFAULT_COLUMNS) as { name: (typeof COLUMNS)[number]; width: number | null }[],
      };
    },
  );

  app.put(
    '/work-orders/columns',
    {
      config: { permission: 'desk.tools' },
      schema: {
        tags,
        operationId: 'keepColumns',
        summary: 'Keep which columns I see, in which order and how wide',
        body: ListColumns,
        response: { 200: ListColumns },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { columns } = request.body;
      const doubled = columns.findIndex((one, i) => columns.findIndex(({ name }) => name === one.name) < i);
      if (doubled >= 0)
        throw new Problem('validation.failed', {}, [
          { path: `/columns/${doubled}/name`, code: 'invalid', params: {} },
        ]);
      if (!columns.some(({ name }) => name === 'number'))
        throw new Problem('validation.failed', {}, [
          { path: '/columns', code: 'required', params: { name: 'number' } },
        ]);
      await house.db.act(acting.actor, async (tx) => {
        keepColumns(tx, await homeOf(tx, acting), acting.accountId, columns, house.clock.now());
      });
      return { columns };
    },
  );
}

/** A compound's name stands before the place as long as it has no column of its own. */
const DEFAULT_COLUMNS = COLUMNS.filter((name) => name !== 'priority' && name !== 'scope').map((name) => ({
  name,
  width: null,
}));

function view(row: FilterRow, count: number) {
  return {
    id: row.id,
    name: row.name,
    isShared: row.ownerAccountId === null,
    query: row.query,
    position: row.position,
    version: row.version,
    count,
  };
}

/** The kept question as the list understands it; days are those of the place. */
function filterOf(query: FilterQueryBody, timeZone: string): ListFilter {
  const { scope, from, to, ...rest } = query;
  return {
    ...rest,
    ...(scope === undefined ? {} : { scopeId: scope }),
    ...(from === undefined ? {} : { from: new Date(startOfDay(from, timeZone)).toISOString() }),
    ...(to === undefined ? {} : { to: new Date(startOfDay(addDays(to, 1), timeZone)).toISOString() }),
  };
}

async function countOf(q: Executor, acting: Acting, query: FilterQueryBody, now: Date): Promise<number> {
  try {
    const home = await homeOf(q, acting);
    const filter = filterOf(query, home.timeZone);
    const scope = filter.scopeId === undefined ? null : await accessScope(q, acting, filter.scopeId);
    return await countListed(
      q,
      acting,
      { filter, scope, statuses: query.status?.split(',') ?? [], now },
      COUNT_LIMIT,
    );
  } catch (error) {
    // A compound that is no longer ours: the queue stays, and holds nothing.
    if (error instanceof Problem && error.code === 'not_found') return 0;
    throw error;
  }
}
