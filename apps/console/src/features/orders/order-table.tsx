import { Button, cx, ErrorState, Spinner } from '@gongzhi/ui';
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { OrderRow } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import type { ColumnChoice } from '../../api-desk.ts';
import type { DeskSearch, Sort } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { CompactRow, FullRow } from './order-rows.tsx';
import css from './order-table.module.css';
import type { OrderList } from './use-order-list.ts';
import { reveal, useWindow } from './use-window.ts';

const FULL_ROW = 40;
const COMPACT_ROW = 62;
const HEAD = 32;
/** The next page is asked for before its place is reached. */
const AHEAD = 30;

export interface TableHandle {
  /** Shows a row and puts the keyboard on it. */
  focusRow(index: number): void;
}

interface OrderTableProps {
  list: OrderList;
  search: DeskSearch;
  sort: Sort;
  label: string;
  /** More than one compound in view: say which. */
  showsScope: boolean;
  /** An order is open beside: two lines a row in a narrow column. */
  isCompact: boolean;
  openId: string | undefined;
  cursorId: string | null;
  onCursor: (id: string) => void;
  onSort: (sort: Sort) => void;
  handle: Ref<TableHandle>;
  columns: readonly ColumnChoice[];
  /** Rows marked for something that is done with several. */
  selected: ReadonlySet<string>;
  onSelect: (id: string, isOn: boolean) => void;
}

export function OrderTable({
  list,
  search,
  sort,
  label,
  showsScope,
  isCompact,
  openId,
  cursorId,
  onCursor,
  onSort,
  handle,
  columns,
  selected,
  onSelect,
}: OrderTableProps) {
  const text = useText();
  const { t } = text;
  const box = useRef<HTMLDivElement>(null);
  const rowHeight = isCompact ? COMPACT_ROW : FULL_ROW;
  const head = isCompact ? 0 : HEAD;
  const { rows, nextCursor, loadMore } = list;
  const { start, end } = useWindow(box, rows.length, rowHeight, head);
  const openIndex = rows.findIndex((row) => row.id === openId);

  useEffect(() => {
    if (nextCursor !== null && end + AHEAD >= rows.length && list.moreError === null) loadMore();
  }, [end, rows.length, nextCursor, loadMore, list.moreError]);

  // Opening an order makes rows higher; the opened one must not run away from the eye.
  const latestOpen = useRef(openIndex);
  latestOpen.current = openIndex;
  useEffect(() => {
    if (box.current !== null && latestOpen.current >= 0)
      reveal(box.current, latestOpen.current, rowHeight, head);
  }, [rowHeight, head]);

  // Narrow rows are other elements than wide ones: whoever stood on a row when it was exchanged stands on the new one.
  const stoodOn = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (stoodOn.current !== null) focusLink(box.current, stoodOn.current);
  }, [isCompact]);

  useImperativeHandle(handle, () => ({
    focusRow(index) {
      const row = rows[index];
      const element = box.current;
      if (row === undefined || element === null) return;
      reveal(element, index, rowHeight, head);
      const focus = (): boolean => focusLink(element, row.id);
      // A row far away is drawn only after the scroll has been seen.
      if (!focus()) requestAnimationFrame(() => requestAnimationFrame(focus));
    },
  }));

  const tabStop = rows.some((row) => row.id === cursorId) ? cursorId : rows[Math.max(openIndex, 0)]?.id;
  const shared = (row: OrderRow) => ({
    row,
    search,
    isOpen: row.id === openId,
    hasMoved: list.moved.has(row.id),
    changes: list.changes.get(row.id) ?? 0,
    isTabStop: row.id === tabStop,
    onFocus: onCursor,
    showsScope,
    columns,
    isSelected: selected.has(row.id),
    onSelect,
  });

  return (
    <div
      ref={box}
      className={css.box}
      onFocus={({ target }) => {
        stoodOn.current = target.getAttribute('data-row');
      }}
      onBlur={() => {
        stoodOn.current = null;
      }}
    >
      <table
        className={cx(css.table, isCompact && css.compact)}
        aria-label={label}
        aria-rowcount={nextCursor === null ? rows.length + 1 : -1}
      >
        <thead className={isCompact ? 'gz-hidden' : css.head}>
          <tr aria-rowindex={1}>
            <th className={css.select}>
              <span className="gz-hidden">{t('desk.select')}</span>
            </th>
            {columns.map(({ name, width }) => {
              const style = width === null ? undefined : { width };
              if (name === 'due' || name === 'created')
                return (
                  <SortHead
                    key={name}
                    sort={name}
                    chosen={sort}
                    onSort={onSort}
                    className={css[headOf[name]]}
                    style={style}
                  >
                    {t(`console.column.${name}`)}
                  </SortHead>
                );
              return (
                <th key={name} className={css[headOf[name]]} style={style}>
                  {t(`desk.column.${name}`)}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          <Gap height={start * rowHeight} />
          {rows.slice(start, end).map((row, index) => {
            const Row = isCompact ? CompactRow : FullRow;
            return <Row key={row.id} {...shared(row)} rowIndex={start + index + 2} />;
          })}
          <Gap height={(rows.length - end) * rowHeight} />
        </tbody>
      </table>
      <div className={css.foot}>
        {list.isLoadingMore && <Spinner label={t('console.list.loadingMore')} />}
        {list.moreError !== null && (
          <ErrorState text={problemText(list.moreError, text)} onRetry={loadMore} />
        )}
        {nextCursor === null && rows.length > 20 && <p>{t('console.list.end', { count: rows.length })}</p>}
        {nextCursor !== null && !list.isLoadingMore && list.moreError === null && (
          <Button variant="quiet" onPress={loadMore}>
            {t('console.list.more')}
          </Button>
        )}
      </div>
    </div>
  );
}

function focusLink(box: HTMLElement | null, id: string): boolean {
  const link = box?.querySelector<HTMLElement>(`[data-row="${id}"]`) ?? null;
  link?.focus({ preventScroll: true });
  return link !== null;
}

const headOf: Readonly<Record<ColumnChoice['name'], string>> = {
  number: 'number',
  matter: 'matter',
  scope: 'scopeHead',
  place: 'place',
  status: 'status',
  priority: 'priority',
  assignee: 'who',
  due: 'dueHead',
  urges: 'urges',
  created: 'created',
};

/** The rows that are not drawn, as one empty stretch. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" className={css.gap}>
      <td style={{ height }} />
    </tr>
  );
}

function SortHead({
  sort,
  chosen,
  onSort,
  className,
  style,
  children,
}: {
  sort: Sort;
  chosen: Sort;
  onSort: (sort: Sort) => void;
  className: string | undefined;
  style: { width: number } | undefined;
  children: string;
}) {
  const isChosen = sort === chosen;
  // Due: the nearest first. Created: the newest first. The server knows no other way round.
  const direction = sort === 'due' ? 'ascending' : 'descending';
  return (
    <th className={className} style={style} aria-sort={isChosen ? direction : 'none'}>
      <button
        type="button"
        className={css.sort}
        onClick={() => {
          onSort(sort);
        }}
      >
        {children}
        <span aria-hidden="true" className={css.arrow}>
          {isChosen ? (direction === 'ascending' ? '↑' : '↓') : ''}
        </span>
      </button>
    </th>
  );
}
