import { Button, buttonClass, EmptyState, ErrorState, Skeleton, TextField } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CircleCheckBig } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { problemText } from '../app/errors.ts';
import { useHotkeys } from '../app/hotkeys.ts';
import { type HotlineSearch, url } from '../app/routes.ts';
import { useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ExportLinks } from '../components/export-links.tsx';
import { type CallbackQuery, type CaseQuery, hotlineApi, hotlineKeys } from '../features/hotline/api.ts';
import { CallbackTable, CaseTable } from '../features/hotline/case-table.tsx';
import { QueuesNav } from '../features/hotline/queues-nav.tsx';
import css from '../features/hotline/queue.module.css';

const LIMIT = 50;

/** What the hotline has sent: each queue, or what a figure of the rates has counted. */
export default function HotlinePage() {
  const { t, tk } = useText();
  const search = useSearch({ from: '/shell/hotline' });
  const queue =
    search.figure === undefined && search.number === undefined ? (search.queue ?? 'mine') : undefined;
  const mayEnter = useMay('hotline.take_in');
  const mayClients = useMay('hotline.client');
  const page = useRef<HTMLDivElement>(null);
  const title =
    search.figure !== undefined
      ? t('hotline.list.figure', { figure: tk(`hotline.figure.${search.figure}`) })
      : search.number !== undefined
        ? search.number
        : t(`hotline.queue.${queue ?? 'all'}`);
  useTitle(`${t('hotline.title')} · ${title}`);
  const move = (step: 1 | -1): void => {
    const rows = [...(page.current?.querySelectorAll<HTMLElement>('[data-case]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
  };
  useHotkeys({ j: () => move(1), k: () => move(-1) });
  return (
    <div className={css.page} ref={page}>
      <QueuesNav chosen={queue} />
      <div className={css.middle}>
        <div className={css.bar}>
          <h1 className={css.title}>
            {t('hotline.title')} · {title}
          </h1>
          <NumberSearch />
          {search.figure !== undefined && (
            <Link className={buttonClass('quiet', 'small')} {...url.hotline()}>
              {t('hotline.list.clear')}
            </Link>
          )}
          {mayEnter && (
            <>
              <Link className={buttonClass('primary', 'small')} {...url.hotlineNew()}>
                {t('hotline.new')}
              </Link>
              <Link className={buttonClass('secondary', 'small')} {...url.hotlineFile()}>
                {t('hotline.file')}
              </Link>
            </>
          )}
          {mayClients && (
            <Link className={buttonClass('secondary', 'small')} {...url.hotlineClients()}>
              {t('hotline.clients')}
            </Link>
          )}
        </div>
        <div className={css.body}>
          {search.figure !== undefined && !isOfCases(search.figure) ? (
            <Callbacks search={search} title={title} />
          ) : (
            <Cases search={search} title={title} />
          )}
        </div>
      </div>
    </div>
  );
}

/** Figures of cases; all others count callbacks, and a case may have been called about twice. */
function isOfCases(figure: HotlineSearch['figure']): figure is 'received' | 'replied' {
  return figure === 'received' || figure === 'replied';
}

/** Where a figure was counted; `-` stands for what has no name. */
function placeOf({ unit, street, topic }: HotlineSearch) {
  const whole = (word: string) => (word === '-' ? '' : word);
  return {
    ...(unit === undefined ? {} : { unitId: unit }),
    ...(street === undefined ? {} : street === '-' ? { withoutStreet: true } : { streetId: street }),
    ...(topic === undefined ? {} : whole(topic) === '' ? { withoutTopic: true } : { topic }),
  };
}

function Cases({ search, title }: { search: HotlineSearch; title: string }) {
  const text = useText();
  const { t } = text;
  const query: CaseQuery = {
    limit: LIMIT,
    ...placeOf(search),
    ...(!isOfCases(search.figure)
      ? search.number === undefined
        ? { queue: search.queue ?? 'mine' }
        : { number: search.number }
      : { figure: search.figure, ...(search.month === undefined ? {} : { month: search.month }) }),
  };
  const list = useInfiniteQuery({
    queryKey: hotlineKeys.cases(query),
    queryFn: ({ pageParam }) =>
      hotlineApi.cases({ ...query, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.isPending)
    return (
      <div className={css.loading}>
        <Skeleton label={t('common.loading')} lines={8} />
      </div>
    );
  if (list.isError)
    return <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />;
  if (rows.length === 0)
    return (
      <EmptyState
        icon={CircleCheckBig}
        title={t(query.queue === 'mine' ? 'hotline.empty.mine' : 'hotline.empty')}
      />
    );
  const { limit: _, ...exported } = query;
  return (
    <>
      <CaseTable rows={rows} label={title} />
      <More
        isMore={list.hasNextPage}
        isBusy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
      <div className={css.more}>
        <ExportLinks list="hotline-cases" query={exported} />
      </div>
    </>
  );
}

function Callbacks({ search, title }: { search: HotlineSearch; title: string }) {
  const text = useText();
  const { t } = text;
  const { figure } = search;
  const query: CallbackQuery = {
    limit: LIMIT,
    ...placeOf(search),
    ...(search.month === undefined ? {} : { month: search.month }),
    ...(figure === undefined || isOfCases(figure) ? {} : { figure }),
  };
  const list = useInfiniteQuery({
    queryKey: hotlineKeys.callbacks(query),
    queryFn: ({ pageParam }) =>
      hotlineApi.callbacks({ ...query, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.isPending)
    return (
      <div className={css.loading}>
        <Skeleton label={t('common.loading')} lines={8} />
      </div>
    );
  if (list.isError)
    return <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />;
  if (rows.length === 0) return <EmptyState icon={CircleCheckBig} title={t('hotline.empty')} />;
  const { limit: _, ...exported } = query;
  return (
    <>
      <CallbackTable rows={rows} label={title} />
      <More
        isMore={list.hasNextPage}
        isBusy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
      <div className={css.more}>
        <ExportLinks list="hotline-callbacks" query={exported} />
      </div>
    </>
  );
}

function More({ isMore, isBusy, onMore }: { isMore: boolean; isBusy: boolean; onMore: () => void }) {
  const { t } = useText();
  if (!isMore) return null;
  return (
    <Button className={css.more ?? ''} isBusy={isBusy} onPress={onMore}>
      {t('common.more')}
    </Button>
  );
}

function NumberSearch() {
  const { t } = useText();
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  const find = (event: FormEvent): void => {
    event.preventDefault();
    if (number.trim() !== '') void navigate(url.hotline({ number: number.trim() }));
  };
  return (
    <form className={css.search} role="search" onSubmit={find}>
      <TextField
        label={t('hotline.search')}
        isLabelHidden
        placeholder={t('hotline.search')}
        maxLength={40}
        value={number}
        onChange={setNumber}
      />
    </form>
  );
}
