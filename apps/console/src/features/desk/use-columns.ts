import { useQuery } from '@tanstack/react-query';
import { type ColumnChoice, deskApi, deskKeys } from '../../api-desk.ts';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';

export type ColumnName = ColumnChoice['name'];

/** What the table shows to whoever has chosen nothing, and while the choice is on its way. */
export const usualColumns: readonly ColumnChoice[] = (
  ['number', 'matter', 'place', 'status', 'assignee', 'due', 'urges', 'created'] as const
).map((name) => ({ name, width: null }));

export const allColumns: readonly ColumnName[] = [
  'number',
  'matter',
  'scope',
  'place',
  'status',
  'priority',
  'assignee',
  'due',
  'urges',
  'created',
];

/** Without a compound's own column its name stands before the place; hence it is left out unless it is chosen. */
export function useColumns(): {
  columns: readonly ColumnChoice[];
  keep: (columns: ColumnChoice[]) => Promise<void>;
} {
  const may = useMay('desk.tools');
  const kept = useQuery({
    queryKey: deskKeys.columns,
    queryFn: deskApi.columns,
    enabled: may,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    columns: kept.data?.columns ?? usualColumns,
    async keep(columns) {
      // Seen at once; taken back when it could not be kept.
      const before = kept.data;
      queryClient.setQueryData(deskKeys.columns, { columns });
      try {
        await deskApi.keepColumns(columns);
      } catch (problem) {
        queryClient.setQueryData(deskKeys.columns, before);
        throw problem;
      }
    },
  };
}
