import type { OrderRow } from '../../api-types.ts';

/**
 * What the table shows, and what it knows but does not show yet. The rule behind all of it: a row never moves under
 * a person's eye or pointer. New orders wait behind "3 new — show", a changed row changes in place and glows, and
 * one that left the queue stays where it was, faded, until the person asks for the list afresh.
 */
export interface ListState {
  readonly rows: readonly OrderRow[];
  readonly nextCursor: string | null;
  /** The server lists them now; the table doesn't yet. Newest knowledge, in the server's order. */
  readonly fresh: readonly OrderRow[];
  /** Shown, but no longer at this place in the server's list. */
  readonly moved: ReadonlySet<string>;
  /** Row id → how often it changed in the last moments; a new number makes it glow once more. */
  readonly changes: ReadonlyMap<string, number>;
}

export interface Page {
  items: readonly OrderRow[];
  nextCursor: string | null;
}

export const emptyList: ListState = {
  rows: [],
  nextCursor: null,
  fresh: [],
  moved: new Set(),
  changes: new Map(),
};

/** Starts over with the server's first page. */
export function showFirst(page: Page): ListState {
  return { ...emptyList, rows: page.items, nextCursor: page.nextCursor };
}

/** Adds the next page. A row that moved down between two pages is not shown twice. */
export function append(state: ListState, page: Page): ListState {
  const shown = new Set(state.rows.map((row) => row.id));
  const added = page.items.filter((row) => !shown.has(row.id));
  return { ...state, rows: [...state.rows, ...added], nextCursor: page.nextCursor };
}

/** One row as the server has it now. */
export function patch(state: ListState, row: OrderRow): ListState {
  const index = state.rows.findIndex((shown) => shown.id === row.id);
  const before = state.rows[index];
  if (before === undefined || !isNewer(row, before)) return state;
  return {
    ...state,
    rows: state.rows.with(index, row),
    changes: new Map(state.changes).set(row.id, (state.changes.get(row.id) ?? 0) + 1),
  };
}

/** The glow is over; a row scrolled out and in again must not glow anew. */
export function settle(state: ListState): ListState {
  return state.changes.size === 0 ? state : { ...state, changes: new Map() };
}

/**
 * Compares with the server's first page as it is now. Rows are changed in place, never inserted or removed; an
 * empty table has nothing that could jump, so it fills at once.
 */
export function peek(state: ListState, first: Page): ListState {
  if (state.rows.length === 0) return showFirst(first);
  const shownAt = new Map(state.rows.map((row, index) => [row.id, index]));
  const listed = new Set(first.items.map((row) => row.id));
  // A page that isn't the last one says nothing about what comes after its last row.
  const isWhole = first.nextCursor === null;
  // Not one familiar row means more came in than a page holds: all of it is new.
  const known = first.items.findLastIndex((row) => shownAt.has(row.id));
  const lastKnown = isWhole || known < 0 ? first.items.length - 1 : known;
  const fresh = first.items.slice(0, lastKnown + 1).filter((row) => !shownAt.has(row.id));
  const reach = isWhole
    ? state.rows.length
    : first.items.reduce((far, row) => Math.max(far, shownAt.get(row.id) ?? -1), -1);
  const moved = new Set(state.moved);
  state.rows.forEach((row, index) => {
    if (listed.has(row.id)) moved.delete(row.id);
    else if (index <= reach) moved.add(row.id);
  });
  return first.items.reduce(patch, { ...state, fresh, moved });
}

function isNewer(now: OrderRow, before: OrderRow): boolean {
  return now.version > before.version || (now.version === before.version && shownDiffers(now, before));
}

/** Lateness and urges change without a command, hence without a new version. */
function shownDiffers(now: OrderRow, before: OrderRow): boolean {
  return (
    now.isLate !== before.isLate || now.urgeCount !== before.urgeCount || now.updatedAt !== before.updatedAt
  );
}
