import { Button, cx, EmptyState, ErrorState, Skeleton, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CircleCheckBig, SearchX } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { api } from '../api.ts';
import { problemText } from '../app/errors.ts';
import { useHotkeys } from '../app/hotkeys.ts';
import { KeysHelp } from '../app/keys-help.tsx';
import { queryKeys } from '../app/query.ts';
import { type DeskSearch, url } from '../app/routes.ts';
import { useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { useMedia } from '../components/use-media.ts';
import { ExportLinks } from '../components/export-links.tsx';
import { ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { BulkBar, type BulkAction } from '../features/desk/bulk-bar.tsx';
import { ColumnChooser } from '../features/desk/column-chooser.tsx';
import { useColumns } from '../features/desk/use-columns.ts';
import { useSelection } from '../features/desk/use-selection.ts';
import { BoardStrip } from '../features/orders/board-strip.tsx';
import { FilterButton, FilterChips, NumberSearch, useDeskSearch } from '../features/orders/filters.tsx';
import { OrderTable, type TableHandle } from '../features/orders/order-table.tsx';
import { OrderView } from '../features/orders/order-view.tsx';
import { countIn, DEFAULT_QUEUE, narrowing, queryOf, sortOf } from '../features/orders/queues.ts';
import { QueuesColumn } from '../features/orders/queues-column.tsx';
import { useOrderList } from '../features/orders/use-order-list.ts';
import css from './desk.module.css';

/** The desk: queues, the table, and the order open beside it. The mouse is never needed. */
export default function DeskPage() {
  const text = useText();
  const { t, number } = text;
  const search = useSearch({ from: '/shell/' });
  const navigate = useNavigate();
  const change = useDeskSearch(search);
  const seesSeveral = useSeesMany();
  const showsScope = seesSeveral && search.scope === undefined;
  const takesCalls = useMay('work_order.create_for_caller');
  const queue = search.queue ?? DEFAULT_QUEUE;
  const counts = useQuery({
    queryKey: queryKeys.queues(search.scope),
    queryFn: () => api.queues(search.scope),
    // Orders become due by the clock, without an event.
    refetchInterval: 60_000,
  });
  const list = useOrderList(queryOf(search));
  const table = useRef<TableHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const [cursorId, setCursorId] = useState<string | null>(null);
  const [action, setAction] = useState<string | null>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [bulk, setBulk] = useState<BulkAction | null>(null);
  const selection = useSelection(list.rows);
  const { columns } = useColumns();
  const isNarrow = useMedia('(max-width: 1023px)');
  const isOpen = search.order !== undefined && search.in !== undefined;
  const name = t(`queues.${queue}`);
  useTitle(name);

  const openOrder = (index: number): void => {
    const row = list.rows[index];
    if (row !== undefined)
      void navigate({ ...url.desk({ ...search, order: row.id, in: row.scopeId }), replace: isOpen });
  };
  const close = (): void => {
    setAction(null);
    change({ order: undefined, in: undefined });
  };
  const at = list.rows.findIndex((row) => row.id === (search.order ?? cursorId));
  const move = (step: 1 | -1): void => {
    const index = at < 0 ? 0 : Math.min(list.rows.length - 1, Math.max(0, at + step));
    setAction(null);
    if (isOpen) openOrder(index);
    table.current?.focusRow(index);
  };
  /** Marks the row one stands on and the next one, and goes there. */
  const extend = (step: 1 | -1): void => {
    const from = Math.max(at, 0);
    const to = Math.min(list.rows.length - 1, Math.max(0, from + step));
    for (const index of [from, to]) {
      const row = list.rows[index];
      if (row !== undefined) selection.set(row.id, true);
    }
    if (isOpen) openOrder(to);
    table.current?.focusRow(to);
  };

  useHotkeys({
    j: () => {
      move(1);
    },
    k: () => {
      move(-1);
    },
    Enter: (event) => {
      // A focused link or button does its own thing.
      if (event.target === document.body && at >= 0) openOrder(at);
    },
    x: () => {
      const row = list.rows[Math.max(at, 0)];
      if (row !== undefined) selection.toggle(row.id);
    },
    J: () => {
      extend(1);
    },
    K: () => {
      extend(-1);
    },
    'Ctrl+a': (event) => {
      event.preventDefault();
      selection.all();
    },
    Escape: () => {
      if (action !== null) setAction(null);
      else if (!isOpen && selection.rows.length > 0) selection.clear();
      else if (isOpen) {
        close();
        table.current?.focusRow(at);
      }
    },
    a: (event) => {
      event.preventDefault();
      if (selection.rows.length > 1) {
        setBulk('assign');
        return;
      }
      if (!isOpen && at >= 0) openOrder(at);
      if (isOpen || at >= 0) setAction('assign');
    },
    r: list.refresh,
    n: (event) => {
      event.preventDefault();
      if (takesCalls) void navigate(url.newOrder());
    },
    f: (event) => {
      event.preventDefault();
      field.current?.focus();
    },
    '?': () => {
      setHelpOpen(true);
    },
  });

  return (
    <div className={css.page}>
      <h1 className="gz-hidden">{t('console.nav.desk')}</h1>
      <BoardStrip search={search} counts={counts.data} />
      <div className={css.body}>
        <QueuesColumn search={search} counts={counts.data} />
        <section className={cx(css.middle, isOpen && css.beside)} aria-label={name}>
          <div className={css.bar}>
            <h2 className={css.name}>
              {name}
              <QueueSize search={search} count={countIn(counts.data, queue)} />
            </h2>
            {seesSeveral && !isOpen && !isNarrow && (
              <ScopePicker
                className={css.scope ?? ''}
                label={t('console.column.scope')}
                isLabelHidden
                value={search.scope}
                onChange={(scope) => {
                  change({ scope, grid: undefined });
                }}
              />
            )}
            <NumberSearch search={search} field={field} />
            <FilterButton search={search} />
            {!isOpen && !isNarrow && <ColumnChooser />}
            {!isOpen && !isNarrow && <ExportLinks list="orders" query={queryOf(search)} />}
          </div>
          <FilterRow search={search} />
          {selection.rows.length > 0 && (
            <BulkBar
              rows={selection.rows}
              action={bulk}
              onAction={setBulk}
              onChanged={list.put}
              onClear={selection.clear}
            />
          )}
          {list.fresh.length > 0 && (
            <button type="button" className={css.fresh} onClick={list.refresh}>
              {t('console.list.freshShow', { count: list.fresh.length })}
              <kbd className={css.key}>r</kbd>
            </button>
          )}
          {list.status === 'loading' && (
            <div className={css.loading}>
              <Skeleton label={t('common.loading')} lines={12} />
            </div>
          )}
          {list.status === 'failed' && (
            <ErrorState text={problemText(list.error, text)} onRetry={list.refresh} />
          )}
          {list.status === 'ready' && list.rows.length === 0 && <Empty search={search} />}
          {list.status === 'ready' && list.rows.length > 0 && (
            <OrderTable
              list={list}
              search={search}
              sort={sortOf(search)}
              label={t('console.list.label', { queue: name })}
              showsScope={showsScope}
              isCompact={isOpen || isNarrow}
              openId={search.order}
              cursorId={cursorId}
              onCursor={setCursorId}
              onSort={(sort) => {
                change({ sort });
              }}
              handle={table}
              columns={columns}
              selected={selection.ids}
              onSelect={selection.set}
            />
          )}
          {list.moved.size > 0 && (
            <p className={css.note}>
              {t('console.list.movedCount', { count: number(list.moved.size) })}{' '}
              <Button variant="quiet" size="small" onPress={list.refresh}>
                {t('console.list.tidy')}
              </Button>
            </p>
          )}
        </section>
        {isOpen && search.order !== undefined && search.in !== undefined && (
          <aside className={css.order} aria-label={t('console.order.beside')}>
            <OrderView
              key={search.order}
              scopeId={search.in}
              id={search.order}
              action={action}
              onAction={setAction}
              onChanged={list.put}
              onClose={close}
            />
          </aside>
        )}
      </div>
      <KeysHelp isOpen={isHelpOpen} onOpenChange={setHelpOpen} />
    </div>
  );
}

/** The queue's size, as long as nothing narrows it down. */
function QueueSize({ search, count }: { search: DeskSearch; count: number | undefined }) {
  const { t, number } = useText();
  const isNarrowed = narrowing.some((name) => name !== 'scope' && search[name] !== undefined);
  if (isNarrowed || count === undefined) return null;
  return <span className={css.size}>{t('units.orders', { count: number(count) })}</span>;
}

function FilterRow({ search }: { search: DeskSearch }) {
  const isNarrowed = narrowing.some((name) => search[name] !== undefined);
  return isNarrowed ? (
    <div className={css.filters}>
      <FilterChips search={search} />
    </div>
  ) : null;
}

/** An empty queue is good news; an empty search isn't. */
function Empty({ search }: { search: DeskSearch }) {
  const { t, when } = useText();
  const change = useDeskSearch(search);
  const now = useNow();
  const query = useMemo(() => narrowing.filter((name) => search[name] !== undefined), [search]);
  if (query.length > 0)
    return (
      <EmptyState
        icon={SearchX}
        title={t('console.empty.filtered')}
        text={t('console.empty.filteredWords')}
        action={
          <Button
            onPress={() => {
              change(Object.fromEntries(query.map((name) => [name, undefined])));
            }}
          >
            {t('console.filter.clear')}
          </Button>
        }
      />
    );
  return (
    <EmptyState
      icon={CircleCheckBig}
      title={t('console.empty.queue', { queue: t(`queues.${search.queue ?? DEFAULT_QUEUE}`) })}
      text={t('console.empty.queueWords', { when: when(now - 60_000, now) })}
    />
  );
}
