import type { Ask } from './asking.ts';
import type { ListExport, Say } from './lists.ts';
import type { OutValue } from './table-writer.ts';

const pageSize = 100;

export interface Wanted {
  readonly scopeId: string | undefined;
  /** The list's own, as its address has them. */
  readonly filters: Readonly<Record<string, string>>;
  readonly say: Say;
  /** Whoever has gone away reads no more. */
  readonly isGone?: () => boolean;
}

/** A list as rows, page by page, however long it is. */
export async function* rowsOf(
  ask: Ask,
  list: ListExport,
  { scopeId, filters, say, isGone = () => false }: Wanted,
): AsyncGenerator<readonly OutValue[]> {
  const query = new URLSearchParams(filters);
  query.delete('cursor');
  query.delete('limit');
  if (scopeId !== undefined && !list.path.includes(':scopeId')) query.set('scopeId', scopeId);
  if (list.items === undefined) query.set('limit', String(pageSize));
  const path = list.path.replace(':scopeId', scopeId ?? '');
  let cursor: string | null = null;
  do {
    if (cursor !== null) query.set('cursor', cursor);
    const body = (await ask(path, query)) as { items: unknown[]; nextCursor: string | null };
    for (const item of list.items?.(body) ?? body.items) yield* list.rows(item, say);
    cursor = list.items === undefined ? body.nextCursor : null;
  } while (cursor !== null && !isGone());
}
