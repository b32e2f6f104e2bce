import { Button, EmptyState, ErrorState, Segmented, Skeleton } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Send } from 'lucide-react';
import { api } from '../api.ts';
import { problemText } from '../app/errors.ts';
import { queryKeys } from '../app/query.ts';
import { type DeliveriesSearch, deliveryStates, url } from '../app/routes.ts';
import { useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ExportLinks } from '../components/export-links.tsx';
import { ownCompounds, ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { DeliveryTable } from '../features/deliveries/delivery-table.tsx';
import css from './deliveries.module.css';

type Filter = 'all' | (typeof deliveryStates)[number];

/** Who was told, by what, and what became of it. */
export default function DeliveriesPage() {
  const text = useText();
  const { t } = text;
  useTitle(t('deliveries.title'));
  const navigate = useNavigate();
  const seesMany = useSeesMany();
  const { acting } = useMe();
  const search = useSearch({ from: '/shell/deliveries' });
  const scopeId = search.scope ?? ownCompounds(acting)[0]?.id ?? acting.scopeId;
  const state = search.state ?? null;
  const list = useInfiniteQuery({
    queryKey: queryKeys.deliveries(scopeId, null, state),
    queryFn: ({ pageParam, signal }) =>
      api.deliveries(
        {
          scopeId,
          limit: 50,
          ...(state === null ? {} : { state }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (part: DeliveriesSearch): void => {
    void navigate({ ...url.deliveries({ ...search, ...part }), replace: true });
  };
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('deliveries.title')}</h1>
        <Segmented<Filter>
          label={t('deliveries.state')}
          isLabelHidden
          value={state ?? 'all'}
          options={[
            { value: 'all', label: t('deliveries.all') },
            ...deliveryStates.map((value) => ({ value, label: t(`deliveries.states.${value}`) })),
          ]}
          onChange={(value) => {
            change({ state: value === 'all' ? undefined : value });
          }}
        />
        {seesMany && (
          <ScopePicker
            className={css.scope ?? ''}
            label={t('console.column.scope')}
            isLabelHidden
            value={scopeId}
            onChange={(scope) => {
              change({ scope });
            }}
          />
        )}
        <ExportLinks list="deliveries" query={{ scopeId, ...(state === null ? {} : { state }) }} />
      </header>
      <p className={css.intro}>{t('deliveries.intro')}</p>
      {list.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={Send} title={t('deliveries.empty')} text={t('deliveries.emptyWords')} />
      )}
      {rows.length > 0 && <DeliveryTable rows={rows} />}
      {list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('deliveries.more')}
        </Button>
      )}
    </div>
  );
}
