import { everyPage } from '@gongzhi/ui/client/index.ts';
import { Button, EmptyState, StatusChip, type Tone } from '@gongzhi/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Answer } from '../api-types.ts';
import { useLive } from '../app/live.tsx';
import { queryClient, queryKeys } from '../app/query.ts';
import { useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ExportLinks } from '../components/export-links.tsx';
import css from '../features/organisation/organisation.module.css';
import { CancelTakeover, TakeoverForm } from '../features/organisation/takeover-form.tsx';
import { Pending } from '../components/pending.tsx';

type Takeover = Answer<'listTakeovers'>['items'][number];
const tones: Record<Takeover['state'], Tone> = {
  planned: 'waiting',
  applied: 'moving',
  done: 'done',
  cancelled: 'waiting',
};

/** Compounds that change their company, as both companies and the street see them. */
export default function TakeoversPage() {
  const { t } = useText();
  useTitle(t('takeovers.title'));
  const mayPlan = useMay('takeover.plan');
  const [form, setForm] = useState<Takeover | 'new' | null>(null);
  const [cancelling, setCancelling] = useState<Takeover | null>(null);
  const takeovers = useInfiniteQuery({
    queryKey: queryKeys.takeovers,
    queryFn: ({ pageParam }) => api.takeovers(pageParam === null ? {} : { cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  useLive((message) => {
    if (message.type === 'inbox') void queryClient.invalidateQueries({ queryKey: queryKeys.takeovers });
  });
  const items = takeovers.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('takeovers.title')}</h1>
        {mayPlan && (
          <Button
            variant="primary"
            onPress={() => {
              setForm('new');
            }}
          >
            {t('takeovers.plan')}
          </Button>
        )}
      </header>
      <p className={css.words}>{t('takeovers.words')}</p>
      <ExportLinks list="takeovers" query={{}} />
      <Pending of={takeovers} lines={5} />
      {takeovers.isSuccess && items.length === 0 && (
        <EmptyState icon={ArrowLeftRight} title={t('takeovers.none')} text={t('takeovers.noneWords')} />
      )}
      <ul className={css.list}>
        {items.map((item) => (
          <li key={item.id} className={css.card}>
            <div className={css.line}>
              <h2 className={css.heading}>{item.scopeName}</h2>
              <StatusChip tone={tones[item.state]} word={t(`takeovers.state.${item.state}`)} />
              <strong>{item.effectiveOn}</strong>
              {item.lastDay !== null && <span>{t('takeovers.until', { date: item.lastDay })}</span>}
            </div>
            <p>
              {[item.fromCompany?.name, item.fromDepartment?.name].filter(Boolean).join(' · ')} →{' '}
              <strong>
                {item.toCompany.name} · {item.toDepartment.name}
              </strong>
            </p>
            <p className={css.meta}>
              {[t(`takeovers.kind.${item.kind}`), item.decidedBy, item.documentNumber].join(' · ')}
            </p>
            {item.note !== null && <p>{item.note}</p>}
            {item.cancelledReason !== null && <p>{item.cancelledReason}</p>}
            {item.appliedAt !== null && <p>{t('takeovers.passed', { count: item.ordersPassed })}</p>}
            {item.mayChange && (
              <div className={css.line}>
                <Button
                  size="small"
                  onPress={() => {
                    setForm(item);
                  }}
                >
                  {t('takeovers.change')}
                </Button>
                <Button
                  size="small"
                  variant="quiet"
                  onPress={() => {
                    setCancelling(item);
                  }}
                >
                  {t('takeovers.cancel')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {takeovers.hasNextPage && (
        <Button isBusy={takeovers.isFetchingNextPage} onPress={() => void takeovers.fetchNextPage()}>
          {t('console.list.more')}
        </Button>
      )}
      <Left />
      {form !== null && (
        <TakeoverForm
          of={form === 'new' ? null : form}
          onClose={() => {
            setForm(null);
          }}
        />
      )}
      {cancelling !== null && (
        <CancelTakeover
          of={cancelling}
          onClose={() => {
            setCancelling(null);
          }}
        />
      )}
    </div>
  );
}

/** The predecessor's own record of what passed on. */
function Left() {
  const { t, exact } = useText();
  const may = useMay('work_order.left');
  const left = useQuery({
    queryKey: queryKeys.leftOrders,
    queryFn: () => everyPage((cursor) => api.leftOrders({ limit: 100, ...cursor })),
    enabled: may,
  });
  const items = left.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className={css.list} aria-labelledby="left">
      <h2 id="left" className={css.heading}>
        {t('takeovers.left')}
      </h2>
      <p className={css.words}>{t('takeovers.leftWords')}</p>
      <ExportLinks list="left-orders" query={{}} />
      {/* Nothing here is pressed; the keyboard scrolls it all the same. */}
      <div className={css.list} tabIndex={0} role="group" aria-label={t('takeovers.left')}>
        {items.map((item) => (
          <article key={item.id} className={css.card}>
            <p className={css.line}>
              <strong>{item.number}</strong>
              <span>{item.placeLabel}</span>
              <span className={css.meta}>
                {t('takeovers.leftTo', { to: item.to })} · {exact(item.passedAt)}
              </span>
            </p>
            {item.notes.map((note) => (
              <p key={note.at}>
                <span className={css.meta}>{note.actorName}</span> {note.text}
              </p>
            ))}
          </article>
        ))}
      </div>
    </section>
  );
}
