import { Button, buttonClass } from '@gongzhi/ui/Button.tsx';
import { cardClass } from '@gongzhi/ui/Card.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { cx } from '@gongzhi/ui/tone.ts';
import { nowFor, useNow } from '@gongzhi/ui/useNow.ts';
import { formatWhen } from '@gongzhi/i18n/when.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ClipboardList } from 'lucide-react';
import type { OrderRow } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { Link, usePlace } from '../app/router.tsx';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { followedOrders, myOrders } from '../features/work-orders/queries.ts';
import { categoryOf, ENDED_STATUSES, headline, OPEN_STATUSES, toneOf } from '../features/work-orders/say.ts';
import { WaitingCard } from '../features/work-orders/WaitingCard.tsx';
import css from './OrdersPage.module.css';

export default function OrdersPage() {
  const { t } = useWords();
  const place = usePlace();
  const asked = place?.search.get('list');
  const list = asked === 'finished' || asked === 'followed' ? asked : 'open';
  return (
    <>
      <PageHead title={t('mobile.orders.title')} />
      <nav className={css.lists} aria-label={t('mobile.orders.which')}>
        <Link to={url.orders()} className={css.list} aria-current={list === 'open' ? 'page' : undefined}>
          {t('mobile.orders.open')}
        </Link>
        <Link
          to={url.orders({ list: 'finished' })}
          className={css.list}
          aria-current={list === 'finished' ? 'page' : undefined}
        >
          {t('mobile.orders.finished')}
        </Link>
        <Link
          to={url.orders({ list: 'followed' })}
          className={css.list}
          aria-current={list === 'followed' ? 'page' : undefined}
        >
          {t('mobile.orders.followed')}
        </Link>
      </nav>
      <List key={list} list={list} />
    </>
  );
}

type ListName = 'open' | 'finished' | 'followed';

const NONE = {
  open: 'mobile.orders.noneOpen',
  finished: 'mobile.orders.noneFinished',
  followed: 'mobile.orders.noneFollowed',
} as const;

function List({ list }: { list: ListName }) {
  const words = useWords();
  const { t } = words;
  const orders = useInfiniteQuery(
    list === 'followed' ? followedOrders : myOrders(list === 'finished' ? ENDED_STATUSES : OPEN_STATUSES),
  );
  const isEnded = (order: OrderRow): boolean => ENDED_STATUSES.split(',').includes(order.status);
  const all = orders.data?.pages.flatMap(({ items }) => items);
  if (all === undefined)
    return orders.error === null ? (
      <Skeleton lines={4} isCard label={t('mobile.page.loading')} />
    ) : (
      <ErrorState
        text={problemSentence(words, orders.error)}
        {...traceOf(orders.error)}
        onRetry={() => {
          void orders.refetch();
        }}
      />
    );
  if (all.length === 0)
    return (
      <EmptyState
        icon={ClipboardList}
        title={t(NONE[list])}
        action={
          <Link to={url.report()} className={buttonClass('primary')}>
            {t('mobile.home.report')}
          </Link>
        }
      />
    );
  return (
    <>
      <ul className={css.items}>
        {all.map((order) => (
          <li key={order.id}>
            {isEnded(order) ? <EndedRow order={order} /> : <WaitingCard order={order} />}
          </li>
        ))}
      </ul>
      {orders.hasNextPage && (
        <Button
          isWide
          isBusy={orders.isFetchingNextPage}
          onPress={() => {
            void orders.fetchNextPage();
          }}
        >
          {t('mobile.orders.more')}
        </Button>
      )}
    </>
  );
}

function EndedRow({ order }: { order: OrderRow }) {
  const words = useWords();
  const now = useNow();
  return (
    <Link to={url.order({ scopeId: order.scopeId, id: order.id })} className={cx(cardClass, css.row)}>
      <span className={css.head}>
        <strong>{categoryOf(words.locale, order)}</strong>
        <StatusChip tone={toneOf(order)} word={words.t(endedWord(order))} />
      </span>
      <span className={css.small}>{order.description}</span>
      <span className={css.small}>
        {order.placeLabel} · {formatWhen(words.locale, order.updatedAt, nowFor(order.updatedAt, now))}
      </span>
      <span className="gz-hidden">{headline(words, order)}</span>
    </Link>
  );
}

function endedWord(order: OrderRow) {
  if (order.status === 'cancelled') return 'mobile.orders.wordCancelled';
  return order.status === 'confirmed' ? 'mobile.orders.wordConfirmed' : 'mobile.orders.wordClosed';
}
