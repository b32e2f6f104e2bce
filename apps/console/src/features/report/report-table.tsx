import { Link } from '@tanstack/react-router';
import type { ReportBy, ReportFigures, ReportRow } from '../../api-types.ts';
import { type ReportSearch, url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { type Column, type FigureKind, listOf, nextOrder, type Order } from './figures.ts';
import css from './report-table.module.css';

const COLUMNS: readonly Exclude<Column, 'label'>[] = ['total', 'dueTotal', 'onTime', 'late', 'open', 'rate'];
const LINKED: Partial<Record<Column, FigureKind>> = {
  total: 'total',
  onTime: 'onTime',
  late: 'late',
  open: 'open',
};

/** The same figures as the plot, all of them, each opening its list. */
export function ReportTable({
  rows,
  totals,
  by,
  search,
  order,
  onOrder,
  nameOf,
}: {
  rows: readonly ReportRow[];
  totals: ReportFigures;
  by: ReportBy;
  search: ReportSearch;
  order: Order;
  onOrder: (order: Order) => void;
  nameOf: (row: ReportRow) => string;
}) {
  const { t } = useText();
  const head = (column: Column, words: string) => (
    <th
      key={column}
      scope="col"
      className={column === 'label' ? css.label : css.figure}
      aria-sort={order.column === column ? (order.isDescending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className={css.sort}
        onClick={() => {
          onOrder(nextOrder(order, column));
        }}
      >
        {words}
        <span aria-hidden="true" className={css.arrow}>
          {order.column === column ? (order.isDescending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
  return (
    <table className={css.table}>
      <caption className="gz-hidden">
        {t('console.report.table', { by: t(`console.report.by.${by}`) })}
      </caption>
      <thead>
        <tr>
          {head('label', t(`console.report.by.${by}`))}
          {COLUMNS.map((column) => head(column, t(`console.report.${column}`)))}
        </tr>
        <tr className={css.totals}>
          <th scope="row" className={css.label}>
            {t('console.report.all')}
          </th>
          {COLUMNS.map((column) => (
            <Figure key={column} column={column} figures={totals} search={search} by={by} rowKey={null} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row" className={css.label} title={nameOf(row)}>
              {nameOf(row)}
            </th>
            {COLUMNS.map((column) => (
              <Figure key={column} column={column} figures={row} search={search} by={by} rowKey={row.key} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figure({
  column,
  figures,
  search,
  by,
  rowKey,
}: {
  column: Exclude<Column, 'label'>;
  figures: ReportFigures;
  search: ReportSearch;
  by: ReportBy;
  rowKey: string | null;
}) {
  const { number, percent } = useText();
  const value = figures[column];
  const linked = LINKED[column];
  if (column === 'rate')
    return (
      <td className={css.figure}>
        {value === null ? (
          '–'
        ) : (
          <span className={css.rate}>
            <span className={css.track} aria-hidden="true">
              <span className={css.share} style={{ transform: `scaleX(${value})` }} />
            </span>
            <span className={css.percent}>{percent(value)}</span>
          </span>
        )}
      </td>
    );
  const shown = number(value ?? 0);
  return (
    <td className={css.figure} data-late={column === 'late' && (value ?? 0) > 0}>
      {linked === undefined || value === 0 ? (
        <span className={value === 0 ? css.zero : undefined}>{shown}</span>
      ) : (
        <Link {...url.desk(listOf(search, by, rowKey, linked))}>{shown}</Link>
      )}
    </td>
  );
}
