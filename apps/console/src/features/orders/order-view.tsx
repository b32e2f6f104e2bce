import {
  announce,
  EmptyState,
  ErrorState,
  Icon,
  IconButton,
  Skeleton,
  StatusChip,
  useNow,
} from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileQuestion, Maximize2, OctagonAlert, Siren, TriangleAlert, X } from 'lucide-react';
import { Suspense, useEffect, useRef } from 'react';
import { api } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { isStatus, problemText, traceOf } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { figure } from './due-cell.tsx';
import css from './order-view.module.css';
import { SectionBoundary } from './section-boundary.tsx';
import { columns, sectionsIn } from './sections.ts';
import { dueOf, toneOf } from './status.ts';
import { useTimeline } from './use-timeline.ts';

export interface OrderViewProps {
  scopeId: string;
  id: string;
  /** The action whose form is open; the page's keys open it too. */
  action: string | null;
  onAction: (action: string | null) => void;
  onChanged?: (order: Order) => void;
  /** Beside the table: can be closed, and opened as a page of its own. */
  onClose?: () => void;
}

export function OrderView({ scopeId, id, action, onAction, onChanged, onClose }: OrderViewProps) {
  const text = useText();
  const { t } = text;
  const order = useQuery({ queryKey: queryKeys.order(id), queryFn: () => api.order(scopeId, id) });
  // Asked for together with the order, not after it.
  useTimeline(scopeId, id);
  useSpokenStatus(order.data);

  if (order.isPending) return <Skeleton label={t('common.loading')} lines={8} isCard />;
  if (order.isError) {
    if (isStatus(order.error, 404))
      return (
        <EmptyState
          icon={FileQuestion}
          title={t('console.order.missing')}
          text={t('console.order.missingWords')}
        />
      );
    const trace = traceOf(order.error);
    return (
      <ErrorState
        text={problemText(order.error, text)}
        onRetry={() => void order.refetch()}
        {...(trace === undefined ? {} : { trace })}
      />
    );
  }
  const changed = onChanged ?? (() => undefined);
  return (
    <article className={css.view} aria-label={t('console.order.label', { number: order.data.number })}>
      <Head order={order.data} onClose={onClose} />
      <div className={css.columns}>
        {columns.map((column) => (
          <div key={column} className={css.column} data-column={column}>
            {sectionsIn(column, order.data).map(({ id: name, Body }) => (
              <SectionBoundary
                key={`${name}.${id}`}
                fallback={<p className={css.broken}>{t('desk.section.failed')}</p>}
              >
                <Suspense fallback={<Skeleton label={t('common.loading')} lines={2} />}>
                  <Body order={order.data} action={action} onAction={onAction} onChanged={changed} />
                </Suspense>
              </SectionBoundary>
            ))}
          </div>
        ))}
      </div>
    </article>
  );
}

function Head({ order, onClose }: { order: Order; onClose: (() => void) | undefined }) {
  const text = useText();
  const { t, tk, named } = text;
  const now = useNow();
  const due = dueOf(order, now);
  return (
    <header className={css.head}>
      <div className={css.titles}>
        <h2 className={css.title}>
          {order.isEmergency && (
            <span className={css.emergency}>
              <Icon of={Siren} size={16} />
              {t('emergency')}
            </span>
          )}
          {named({ zh: order.categoryNameZh, en: order.categoryNameEn })}
          <StatusChip tone={toneOf(order.status)} word={tk(`console.status.${order.status}`)} />
        </h2>
        <p className={css.sub}>
          <span className={css.number}>{order.number}</span>
          <span>
            {order.scopeName} {order.placeLabel}
          </span>
        </p>
      </div>
      {(due.state === 'late' || due.state === 'soon' || due.state === 'fine') && (
        <p className={css.due} data-state={due.state} title={text.exact(due.at)}>
          <span className={css.dueKind}>{t(`console.clock.${due.kind}`)}</span>
          <span className={css.dueFigure}>
            {due.state !== 'fine' && (
              <Icon of={due.state === 'late' ? OctagonAlert : TriangleAlert} size={18} />
            )}
            {figure(due, text, now)}
          </span>
        </p>
      )}
      {onClose !== undefined && (
        <div className={css.tools}>
          <Link
            {...url.order(order.scopeId, order.id)}
            className={css.tool}
            aria-label={t('console.order.openPage')}
          >
            <Icon of={Maximize2} size={18} />
          </Link>
          <IconButton icon={X} label={t('console.order.close')} onPress={onClose} />
        </div>
      )}
    </header>
  );
}

/** A status that changes by itself while one looks is said once, politely. */
function useSpokenStatus(order: Order | undefined): void {
  const { t, tk } = useText();
  const last = useRef<{ id: string; status: string } | null>(null);
  useEffect(() => {
    if (order === undefined) return;
    if (last.current?.id === order.id && last.current.status !== order.status)
      announce(
        t('console.order.nowIs', { number: order.number, status: tk(`console.status.${order.status}`) }),
      );
    last.current = { id: order.id, status: order.status };
  }, [order, t, tk]);
}
