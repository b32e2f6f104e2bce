import { Button, EmptyState, ErrorState, Skeleton } from '@gongzhi/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Printer, QrCode } from 'lucide-react';
import { useEffect } from 'react';
import { api } from '../api.ts';
import { problemText } from '../app/errors.ts';
import { queryKeys } from '../app/query.ts';
import { useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { Qr } from '../features/places/qr.tsx';
import css from './labels.module.css';

const PAGE = 100;

/** Labels for lifts, gates and lamps: what a resident scans says which one it is. Printed on paper or foil, cut apart. */
export default function LabelsPage() {
  const text = useText();
  const { t } = text;
  const { scope: asked } = useSearch({ from: '/shell/places/labels' });
  const { acting } = useMe();
  const scopeId = asked ?? acting.scopeId;
  useTitle(t('console.labels.title'));
  const scope = useQuery({ queryKey: queryKeys.scope(scopeId), queryFn: () => api.scope(scopeId) });
  const facilities = useInfiniteQuery({
    queryKey: ['facilities', scopeId, 'labels'],
    queryFn: ({ pageParam }) =>
      api.facilities(scopeId, { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = facilities;
  useEffect(() => {
    // All of them: a sheet with the first hundred would look whole.
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const all = facilities.data?.pages.flatMap(({ items }) => items) ?? [];
  const name = scope.data?.name ?? '';
  const isReady = facilities.isSuccess && !hasNextPage;
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <div>
          <h1 className={css.title}>{t('console.labels.title')}</h1>
          <p className={css.text}>{t('console.labels.text', { place: name })}</p>
        </div>
        <Button
          variant="primary"
          icon={Printer}
          isDisabled={!isReady || all.length === 0}
          onPress={() => {
            window.print();
          }}
        >
          {t('console.labels.print', { count: all.length })}
        </Button>
      </header>
      {facilities.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {facilities.isError && (
        <ErrorState text={problemText(facilities.error, text)} onRetry={() => void facilities.refetch()} />
      )}
      {isReady && all.length === 0 && <EmptyState icon={QrCode} title={t('console.labels.none')} />}
      <ul className={css.sheet}>
        {all.map((facility) => (
          <li key={facility.id} className={css.label}>
            <Qr
              text={`${window.location.origin}/m/report?facility=${scopeId}.${facility.id}`}
              label={t('console.labels.code', { name: facility.label })}
            />
            <p className={css.name}>{facility.label}</p>
            <p className={css.text}>{name}</p>
            <p className={css.text}>{t('console.labels.scan')}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
