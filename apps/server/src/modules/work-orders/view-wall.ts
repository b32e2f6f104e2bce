import type { Executor } from '../../platform/db/database.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { wallsOf } from '../places/index.ts';
import { categoriesOf } from './facts.ts';
import { listOrders } from './queries-list.ts';
import type { ScopeRef } from './reach.ts';

/** An order as everybody in a room may read it: what and at which place, never who, whose door, or their words. */
export interface WallOrder {
  readonly id: string;
  readonly number: string;
  readonly placeName: string;
  readonly categoryNameZh: string;
  readonly categoryNameEn: string;
  readonly status: string;
  readonly isEmergency: boolean;
  readonly isLate: boolean;
  readonly createdAt: string;
  readonly resolveDueAt: string | null;
}

/** Confidential matters among the first ones are passed over; so many of them do not leave the wall empty. */
const SPARE = 20;

export async function ordersForWall(
  q: Executor,
  acting: Acting,
  input: {
    readonly scope: ScopeRef | null;
    readonly which: 'newest' | 'overdue';
    readonly now: Date;
    readonly limit: number;
  },
): Promise<WallOrder[]> {
  const listed = await listOrders(q, acting, {
    filter: input.which === 'overdue' ? { queue: 'late' } : {},
    isLongestOverdueFirst: input.which === 'overdue',
    scope: input.scope,
    statuses: [],
    after: null,
    now: input.now,
    limit: input.limit + SPARE,
  });
  const rows = listed.filter((row) => !row.is_confidential).slice(0, input.limit);
  const walls = await wallsOf(q, [...new Set(rows.map((row) => row.scope_id))]);
  const categoryOfRow = await categoriesOf(q, rows, walls);
  return rows.map((row) => {
    const wall = walls.find(({ scopeId }) => scopeId === row.scope_id);
    const category = categoryOfRow(row.category_code, wall, row.created_at);
    return {
      id: row.work_order_id,
      number: row.number,
      placeName: wall?.name ?? '',
      categoryNameZh: category?.nameZh ?? row.category_code,
      categoryNameEn: category?.nameEn ?? row.category_code,
      status: row.status,
      isEmergency: row.is_emergency,
      isLate: row.is_late,
      createdAt: row.created_at,
      resolveDueAt: row.resolve_due_at,
    };
  });
}
