import { Button, EmptyState, ErrorState, Skeleton, useNow } from '@gongzhi/ui';
import { useQueries } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { FileQuestion, Printer } from 'lucide-react';
import { api } from '../api.ts';
import type { Order } from '../api-types.ts';
import { problemText } from '../app/errors.ts';
import { queryKeys } from '../app/query.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import css from './print.module.css';

const MOST = 50;
const UUID = /^[0-9a-f-]{36}$/i;

/** Sheets for a crew that works with paper: one order a page, and of people no more than the way to the door. */
export default function PrintPage() {
  const text = useText();
  const { t } = text;
  const { ids = '' } = useSearch({ from: '/shell/print' });
  useTitle(t('desk.print.title'));
  const wanted = ids
    .split(',')
    .flatMap((pair) => {
      const [scopeId = '', id = ''] = pair.split(':');
      return UUID.test(scopeId) && UUID.test(id) ? [{ scopeId, id }] : [];
    })
    .slice(0, MOST);
  const orders = useQueries({
    queries: wanted.map(({ scopeId, id }) => ({
      queryKey: queryKeys.order(id),
      queryFn: () => api.order(scopeId, id),
    })),
  });
  const failed = orders.find((one) => one.isError);
  const isReady = orders.every((one) => one.isSuccess || one.isError);
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <h1 className={css.title}>{t('desk.print.title')}</h1>
        <Button
          variant="primary"
          icon={Printer}
          isDisabled={!isReady || wanted.length === 0}
          onPress={() => {
            window.print();
          }}
        >
          {t('desk.print.go', { count: orders.filter((one) => one.isSuccess).length })}
        </Button>
      </header>
      {wanted.length === 0 && <EmptyState icon={FileQuestion} title={t('desk.print.nothing')} />}
      {!isReady && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {failed !== undefined && (
        <ErrorState
          text={problemText(failed.error, text)}
          onRetry={() => {
            for (const one of orders) if (one.isError) void one.refetch();
          }}
        />
      )}
      {isReady && orders.map((one) => one.data !== undefined && <Sheet key={one.data.id} order={one.data} />)}
    </div>
  );
}

function Sheet({ order }: { order: Order }) {
  const { t, tk, exact, named } = useText();
  const now = useNow();
  const rows: [string, string | null][] = [
    [t('console.order.place'), `${order.scopeName} ${order.placeLabel}`],
    [t('console.column.matter'), named({ zh: order.categoryNameZh, en: order.categoryNameEn })],
    [t('console.field.priority'), tk(`priorities.${order.priority}`)],
    [t('console.column.assignee'), order.assigneeName],
    [t('console.order.created'), exact(order.createdAt)],
    [t('console.clock.arrive'), order.arriveDueAt === null ? null : exact(order.arriveDueAt)],
    [t('console.clock.resolve'), order.resolveDueAt === null ? null : exact(order.resolveDueAt)],
    [t('console.order.neededBy'), order.neededBy === null ? null : exact(order.neededBy)],
    // Masked, as everywhere: whoever has to call asks the desk.
    [t('console.order.contact'), order.contactMasked],
  ];
  return (
    <article className={css.sheet} aria-label={order.number}>
      <header className={css.head}>
        <p className={css.number}>{order.number}</p>
        {order.isEmergency && <p className={css.emergency}>{t('emergency')}</p>}
      </header>
      <p className={css.words}>{order.description}</p>
      <dl className={css.facts}>
        {rows.map(([label, value]) =>
          value === null || value.trim() === '' ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <div className={css.blank}>
        <p>{t('desk.print.done')}</p>
      </div>
      <div className={css.blank}>
        <p>{t('desk.print.materials')}</p>
      </div>
      <footer className={css.foot}>
        <p>{t('desk.print.arrived')}</p>
        <p>{t('desk.print.finished')}</p>
        <p>{t('desk.print.resident')}</p>
        <p>{t('desk.print.worker')}</p>
      </footer>
      <p className={css.printed}>{t('desk.print.at', { when: exact(now) })}</p>
    </article>
  );
}
