import { EmptyState, ErrorState, RelativeTime, Skeleton, StatusChip } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Grid3x3 } from 'lucide-react';
import { api } from '../api.ts';
import type { Answer } from '../api-types.ts';
import { problemText } from '../app/errors.ts';
import { queryKeys } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import css from './my-grid.module.css';

type GridOrder = Answer<'readGridDay'>['open'][number];

/** Where a steward's and a social worker's day begins: places and matters, never a list of who reports much. */
export default function MyGridPage() {
  const text = useText();
  const { t, number } = text;
  useTitle(t('organisation.myGrid'));
  const grids = useQuery({ queryKey: queryKeys.ownGrids, queryFn: api.ownGrids });
  const day = useQuery({ queryKey: queryKeys.gridDay, queryFn: api.gridDay });
  if (grids.isPending || day.isPending) return <Skeleton label={t('common.loading')} lines={8} isCard />;
  const error = grids.error ?? day.error;
  if (error !== null || grids.data === undefined || day.data === undefined)
    return (
      <ErrorState
        text={problemText(error, text)}
        onRetry={() => {
          void grids.refetch();
          void day.refetch();
        }}
      />
    );
  if (grids.data.items.length === 0)
    return (
      <EmptyState
        isPage
        icon={Grid3x3}
        title={t('organisation.noGrid')}
        text={t('organisation.noGridWords')}
      />
    );
  const { counts, open, callbacks, care, spots } = day.data;
  const figures = [
    ['organisation.open', counts.open, undefined],
    ['organisation.late', counts.late, counts.late > 0 ? 'late' : undefined],
    ['organisation.dueToday', counts.dueToday, undefined],
    ['organisation.callbacks', counts.callbacks, undefined],
  ] as const;
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t('organisation.myGrid')}</h1>
      <ul className={css.grids}>
        {grids.data.items.map((grid) => (
          <li key={grid.id} className={css.card}>
            <p className={css.name}>
              {grid.scopeName} · {grid.name}
            </p>
            <p className={css.meta}>
              {t('organisation.myGridWords', {
                households: number(grid.householdCount),
                buildings: grid.buildingNames.join(' '),
              })}
            </p>
            <p>
              {grid.partnerName === null ? (
                t('organisation.noPartner')
              ) : (
                <>
                  <span className={css.meta}>
                    {t('organisation.partner')} ·{' '}
                    {t(grid.half === 'steward' ? 'roles.social_worker' : 'roles.steward')}
                  </span>{' '}
                  <strong>{grid.partnerName}</strong>
                </>
              )}
            </p>
            <Link {...url.places({ scope: grid.scopeId, tab: 'buildings' })}>{t('organisation.site')}</Link>
          </li>
        ))}
      </ul>
      <dl className={css.figures}>
        {figures.map(([label, value, tone]) => (
          <div key={label} data-tone={tone}>
            <dd>{number(value)}</dd>
            <dt>{t(label)}</dt>
          </div>
        ))}
      </dl>
      <div className={css.columns}>
        <Orders title={t('organisation.openList')} orders={open} empty={t('organisation.nothingOpen')} />
        <div className={css.side}>
          <Orders title={t('organisation.care')} orders={care} empty={t('organisation.nothingHere')} />
          <Orders
            title={t('organisation.callbacks')}
            orders={callbacks}
            empty={t('organisation.nothingHere')}
          />
          <section className={css.block} aria-labelledby="spots">
            <h2 id="spots" className={css.heading}>
              {t('organisation.spots')}
            </h2>
            {spots.length === 0 && <p className={css.meta}>{t('organisation.nothingHere')}</p>}
            <ul>
              {spots.map((spot) => (
                <li key={spot.placeLabel} className={css.row}>
                  <span className={css.what}>{spot.placeLabel}</span>
                  <span className={css.meta}>{t('organisation.openCount', { count: spot.open })}</span>
                  {spot.isAgain && <StatusChip tone="due" word={t('organisation.again')} />}
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </div>
  );
}

function Orders({ title, orders, empty }: { title: string; orders: readonly GridOrder[]; empty: string }) {
  const { t, tk, named } = useText();
  return (
    <section className={css.block} aria-label={title}>
      <h2 className={css.heading}>
        {title} <span className={css.meta}>{orders.length}</span>
      </h2>
      {orders.length === 0 && <p className={css.meta}>{empty}</p>}
      <ul>
        {orders.map((order) => (
          <li key={order.id}>
            <Link {...url.order(order.scopeId, order.id)} className={css.row}>
              <span className={css.what}>
                {named({ zh: order.categoryNameZh, en: order.categoryNameEn })}
              </span>
              <span className={css.meta}>{order.placeLabel}</span>
              <span className={css.when}>
                {order.isLate && <StatusChip tone="late" word={t('organisation.late')} />}
                <StatusChip tone="waiting" word={tk(`console.status.${order.status}`)} />
                <RelativeTime at={order.nextDueAt ?? order.createdAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
