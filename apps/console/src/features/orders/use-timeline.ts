import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api } from '../../api.ts';
import type { TimelineEntry } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';

/** All hands of an order; a long one comes in several pages. */
async function wholeTimeline(scopeId: string, id: string): Promise<TimelineEntry[]> {
  const all: TimelineEntry[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof api.timeline>> = await api.timeline(
      scopeId,
      id,
      cursor === null ? { limit: 100 } : { limit: 100, cursor },
    );
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

export function useTimeline(scopeId: string, id: string): UseQueryResult<TimelineEntry[]> {
  return useQuery({ queryKey: queryKeys.timeline(id), queryFn: () => wholeTimeline(scopeId, id) });
}
