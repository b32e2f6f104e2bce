import { Button, EmptyState, ErrorState, Segmented, Skeleton, useNow } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ChartNoAxesColumn } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { api } from '../api.ts';
import type { ReportBy, ReportFigures, ReportRow } from '../api-types.ts';
import { problemText } from '../app/errors.ts';
import { queryKeys } from '../app/query.ts';
import { reportGroups, type ReportSearch, url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { DateRange } from '../components/date-range.tsx';
import { ExportLinks } from '../components/export-links.tsx';
import { ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { firstOrder, listOf, type Order, presets, rangeOf, sortRows } from '../features/report/figures.ts';
import { ReportTable } from '../features/report/report-table.tsx';
import css from './report.module.css';

/** The plot's library is larger than the rest of the console; it comes when a report is looked at. */
const Plot = lazy(() => import('../features/report/plot.tsx'));

/** More bars than this can't be read; the table has them all. */
const TOP = 20;

/** How much was done in time: by category, month or place; every figure opens its list. */
export default function ReportPage() {
  const text = useText();
  const { t } = text;
  useTitle(t('console.nav.report'));
  const search = useSearch({ from: '/shell/report' });
  const by = search.by ?? 'category';
  const report = useQuery({
    queryKey: queryKeys.report(by, search.scope ?? null, search.from ?? null, search.to ?? null),
    queryFn: () => api.onTime(queryOf(by, search)),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={css.page}>
      <Controls search={search} by={by} />
      {report.isPending && (
        <div className={css.loading}>
          <Skeleton label={t('common.loading')} lines={10} />
        </div>
      )}
      {report.isError && (
        <ErrorState text={problemText(report.error, text)} onRetry={() => void report.refetch()} />
      )}
      {report.data !== undefined &&
        (report.data.totals.total === 0 ? (
          <EmptyState
            icon={ChartNoAxesColumn}
            title={t('console.report.empty')}
            text={t('console.report.emptyWords')}
          />
        ) : (
          <Body key={by} rows={report.data.rows} totals={report.data.totals} by={by} search={search} />
        ))}
    </div>
  );
}

function queryOf(by: ReportBy, { scope, from, to }: ReportSearch) {
  return {
    by,
    ...(scope === undefined ? {} : { scopeId: scope }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function Controls({ search, by }: { search: ReportSearch; by: ReportBy }) {
  const { t } = useText();
  const navigate = useNavigate();
  const seesMany = useSeesMany();
  const change = (part: ReportSearch): void => {
    void navigate({ ...url.report({ ...search, ...part }), replace: true });
  };
  const now = useNow();
  // The day in China, wherever the browser stands.
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(now);
  return (
    <header className={css.head}>
      <h1 className={css.title}>{t('console.nav.report')}</h1>
      <Segmented<ReportBy>
        label={t('console.report.by')}
        isLabelHidden
        options={reportGroups.map((value) => ({ value, label: t(`console.report.by.${value}`) }))}
        value={by}
        onChange={(value) => {
          change({ by: value });
        }}
      />
      <DateRange label={t('console.filter.created')} from={search.from} to={search.to} onChange={change} />
      <div className={css.presets}>
        {presets.map((preset) => {
          const range = rangeOf(preset, today);
          const isChosen = range.from === search.from && range.to === search.to;
          return (
            <Button
              key={preset}
              size="small"
              variant={isChosen ? 'secondary' : 'quiet'}
              aria-pressed={isChosen}
              onPress={() => {
                change(range);
              }}
            >
              {t(`console.report.preset.${preset}`)}
            </Button>
          );
        })}
      </div>
      <ExportLinks list="on-time" query={queryOf(by, search)} />
      {seesMany && (
        <ScopePicker
          className={css.scope ?? ''}
          label={t('console.column.scope')}
          isLabelHidden
          value={search.scope}
          onChange={(scope) => {
            change({ scope });
          }}
        />
      )}
    </header>
  );
}

function Body({
  rows,
  totals,
  by,
  search,
}: {
  rows: readonly ReportRow[];
  totals: ReportFigures;
  by: ReportBy;
  search: ReportSearch;
}) {
  const { t, number, percent, named } = useText();
  const navigate = useNavigate();
  const [order, setOrder] = useState<Order>(firstOrder(by));
  const nameOf = useCallback((row: ReportRow) => named({ zh: row.label, en: row.labelEn }), [named]);
  const sorted = useMemo(() => sortRows(rows, order, nameOf), [rows, order, nameOf]);
  const plotted = useMemo(() => (by === 'month' ? sorted.slice(-24) : sorted.slice(0, TOP)), [by, sorted]);
  const onPick = useCallback(
    (row: ReportRow) => {
      void navigate(url.desk(listOf(search, by, row.key, 'total')));
    },
    [navigate, search, by],
  );
  const figures: [string, string, 'late' | 'done' | undefined][] = [
    [t('console.report.total'), number(totals.total), undefined],
    [t('console.report.rate'), totals.rate === null ? '–' : percent(totals.rate), undefined],
    [t('console.report.onTime'), number(totals.onTime), 'done'],
    [t('console.report.late'), number(totals.late), 'late'],
    [t('console.report.open'), number(totals.open), undefined],
  ];
  return (
    <>
      <dl className={css.figures}>
        {figures.map(([label, value, tone]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd data-tone={tone}>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={css.body}>
        <figure className={css.plot} tabIndex={0}>
          <figcaption className={css.caption}>
            <span>
              {rows.length > plotted.length
                ? t('console.report.top', { count: plotted.length, all: rows.length })
                : t('console.report.plot', { by: t(`console.report.by.${by}`) })}
            </span>
            <Key />
          </figcaption>
          <Suspense fallback={<Skeleton label={t('common.loading')} lines={8} />}>
            <Plot
              rows={plotted}
              by={by}
              label={t('console.report.plotLabel', {
                by: t(`console.report.by.${by}`),
                count: plotted.length,
              })}
              nameOf={nameOf}
              onPick={onPick}
            />
          </Suspense>
        </figure>
        <div className={css.table} tabIndex={0} role="region" aria-label={t('console.report.figures')}>
          <ReportTable
            rows={sorted}
            totals={totals}
            by={by}
            search={search}
            order={order}
            onOrder={setOrder}
            nameOf={nameOf}
          />
        </div>
      </div>
    </>
  );
}

function Key() {
  const { t } = useText();
  return (
    <span className={css.key}>
      <span data-tone="done">{t('lateness.onTime')}</span>
      <span data-tone="late">{t('lateness.late')}</span>
      <span data-tone="rest">{t('console.report.undecided')}</span>
    </span>
  );
}
