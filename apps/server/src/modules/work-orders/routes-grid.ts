import { localDate } from '@gongzhi/kernel';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import type { House } from '../../platform/house.ts';
import { accessScope, gridsOf } from '../places/index.ts';
import { KINDS, STATUSES } from './domain.ts';
import { type GridOrderRow, openByPlace, ordersOfGrids } from './queries-grid.ts';
import { ScopeQuery, Uuid } from './schemas.ts';

const Text = Type.String();
const Count = Type.Integer({ minimum: 0 });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });

const OpenPlaces = Type.Object({
  items: Type.Array(
    Type.Object({ householdId: nullable(Uuid), buildingId: nullable(Uuid), open: Count, late: Count }),
  ),
});

const GridOrder = Type.Object({
  id: Uuid,
  scopeId: Uuid,
  number: Text,
  status: oneOf(STATUSES),
  kind: oneOf(KINDS),
  categoryNameZh: Text,
  categoryNameEn: Text,
  placeLabel: Text,
  isEmergency: Type.Boolean(),
  isLate: Type.Boolean(),
  nextDueAt: nullable(Type.String({ format: 'date-time' })),
  createdAt: Type.String({ format: 'date-time' }),
});
const GridDay = Type.Object({
  counts: Type.Object({ open: Count, late: Count, dueToday: Count, callbacks: Count }),
  open: Type.Array(GridOrder),
  callbacks: Type.Array(GridOrder),
  care: Type.Array(GridOrder, { description: 'Special needs and emergencies: matters, not persons' }),
  spots: Type.Array(Type.Object({ placeLabel: Text, open: Count, late: Count, isAgain: Type.Boolean() }), {
    description: 'Public places where several things are open, or one that came again',
  }),
});

/** More than anybody keeps at once; the counts are of all that is read. */
const most = 500;

function toOrder(row: GridOrderRow) {
  return {
    id: row.id,
    scopeId: row.scopeId,
    number: row.number,
    status: row.status as (typeof STATUSES)[number],
    kind: row.kind as (typeof KINDS)[number],
    categoryNameZh: row.categoryNameZh,
    categoryNameEn: row.categoryNameEn,
    placeLabel: row.placeLabel,
    isEmergency: row.isEmergency,
    isLate: row.isLate,
    nextDueAt: row.nextDueAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Public places only: homes are never listed by how much is reported from them. */
function spotsOf(rows: readonly GridOrderRow[]) {
  const spots = new Map<string, { placeLabel: string; open: number; late: number; isAgain: boolean }>();
  for (const row of rows) {
    if (row.isHome || row.placeLabel === '') continue;
    const key = `${row.scopeId} ${row.placeLabel}`;
    const spot = spots.get(key) ?? { placeLabel: row.placeLabel, open: 0, late: 0, isAgain: false };
    spot.open++;
    if (row.isLate) spot.late++;
    if (row.reopenCount > 0 || row.status === 'disputed') spot.isAgain = true;
    spots.set(key, spot);
  }
  return [...spots.values()]
    .filter((spot) => spot.open > 1 || spot.isAgain)
    .sort((a, b) => b.late - a.late || b.open - a.open)
    .slice(0, 20);
}

export function gridRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/open-places',
    {
      config: { permission: 'work_order.queues' },
      schema: {
        tags: ['work-orders'],
        operationId: 'listOpenPlaces',
        summary: 'How much is open at which building and household of a compound',
        querystring: ScopeQuery,
        response: { 200: OpenPlaces },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      const items = await house.db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        return openByPlace(q, acting, scopeId);
      });
      return { items: items.map((item) => ({ ...item })) };
    },
  );

  app.get(
    '/work-orders/my-grid',
    {
      config: { permission: 'grid.mine' },
      schema: {
        tags: ['work-orders'],
        operationId: 'readGridDay',
        summary: 'The day of who keeps a grid: what is open, whom to call, where to look',
        response: { 200: GridDay },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const rows = await house.db.read(acting.actor, async (q) => {
        const grids = await gridsOf(q, acting.actor, acting.accountId);
        return grids.length === 0 ? [] : ordersOfGrids(q, acting, grids, most);
      });
      const open = rows.filter((row) => row.status !== 'closed' && row.status !== 'cancelled');
      const callbacks = rows.filter((row) => row.isCallback);
      const today = localDate(house.clock.now().getTime());
      const isToday = (date: Date | null) => date !== null && localDate(date.getTime()) === today;
      return {
        counts: {
          open: open.length,
          late: open.filter((row) => row.isLate).length,
          dueToday: open.filter((row) => isToday(row.nextDueAt)).length,
          callbacks: callbacks.length,
        },
        open: open.slice(0, 50).map(toOrder),
        callbacks: callbacks.slice(0, 50).map(toOrder),
        care: open
          .filter((row) => row.kind === 'special_need' || row.isEmergency)
          .slice(0, 20)
          .map(toOrder),
        spots: spotsOf(open),
      };
    },
  );
}
