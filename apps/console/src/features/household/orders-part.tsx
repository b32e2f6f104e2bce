import { Button, StatusChip, useNow } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../api.ts';
import type { HouseholdDetail, OrderRow } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { toneOf } from '../orders/status.ts';
import css from './household.module.css';
import { Pending } from '../../components/pending.tsx';

const ENDED: ReadonlySet<string> = new Set(['closed', 'cancelled']);

/** What was reported about this home, as far as the reader's office goes. */
export function HouseholdOrders({ household }: { household: HouseholdDetail }) {
  const { t } = useText();
  const may = useMay('work_order.queues');
  const orders = useInfiniteQuery({
    queryKey: queryKeys.householdOrders(household.id),
    queryFn: ({ pageParam, signal }) =>
      api.orders(
        {
          scopeId: household.scopeId,
          householdId: household.id,
          limit: 50,
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled: may,
  });
  if (!may) return null;
  const rows = orders.data?.pages.flatMap((page) => page.items) ?? [];
  const open = rows.filter((row) => !ENDED.has(row.status));
  const past = rows.filter((row) => ENDED.has(row.status));
  return (
    <section className={css.part} aria-label={t('household.orders')}>
      <h2 className={css.heading}>{t('household.orders')}</h2>
      <Pending of={orders} lines={3} />
      {orders.isSuccess && rows.length === 0 && <p className={css.aside}>{t('household.noOrders')}</p>}
      {rows.length > 0 && (
        <>
          <h3 className={css.sub}>{t('household.ordersOpen')}</h3>
          {open.length === 0 ? (
            <p className={css.aside}>{t('household.noOrdersOpen')}</p>
          ) : (
            <Rows rows={open} />
          )}
          {past.length > 0 && (
            <details className={css.fold}>
              <summary>
                {t('household.ordersPast')} ({past.length}
                {orders.hasNextPage ? '+' : ''})
              </summary>
              <Rows rows={past} />
            </details>
          )}
          {orders.hasNextPage && (
            <Button
              size="small"
              isBusy={orders.isFetchingNextPage}
              onPress={() => void orders.fetchNextPage()}
            >
              {t('console.list.more')}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function Rows({ rows }: { rows: readonly OrderRow[] }) {
  const { tk, named, when } = useText();
  const now = useNow();
  return (
    <ul className={css.rows}>
      {rows.map((row) => (
        <li key={row.id}>
          <StatusChip tone={toneOf(row.status)} word={tk(`console.status.${row.status}`)} />
          <span className={css.matter}>
            <Link {...url.order(row.scopeId, row.id)}>
              {named({ zh: row.categoryNameZh, en: row.categoryNameEn })}
            </Link>
            <span className={css.words}>{row.description}</span>
          </span>
          <span className={css.aside}>{when(row.createdAt, now)}</span>
        </li>
      ))}
    </ul>
  );
}
