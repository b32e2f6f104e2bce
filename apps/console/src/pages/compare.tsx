import { EmptyState, Segmented, StripPlot, useNow } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Compared, ComparedFigures, ComparedRow } from '../api-types.ts';
import { queryKeys } from '../app/query.ts';
import { type CompareBy, type CompareSearch, compareGroups, url } from '../app/routes.ts';
import { useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { DateRange } from '../components/date-range.tsx';
import { ExportLinks } from '../components/export-links.tsx';
import { ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import css from '../features/compare/compare.module.css';
import {
  lastDays,
  listOf,
  type Measure,
  type MeasureKey,
  measures,
  sortRows,
  trend,
} from '../features/compare/measures.ts';
import { Pending } from '../components/pending.tsx';

/** More bars than this can't be read; the table has them all. */
const TOP = 15;
/** Of fewer there is no spread to see. */
const FEW = 4;

/** Side by side, and each beside itself in the period before; every figure opens the list it counted. */
export default function ComparePage() {
  const { t } = useText();
  useTitle(t('console.nav.compare'));
  const search = useSearch({ from: '/shell/compare' });
  const now = useNow();
  const mayWorkers = useMay('work_order.compare_staff');
  const seesMany = useSeesMany();
  const navigate = useNavigate();
  // The day in China, wherever the browser stands.
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(now);
  const usual = lastDays(today, 30);
  const [from, to] = [search.from ?? usual.from, search.to ?? usual.to];
  const by = search.by ?? 'category';
  const change = (part: CompareSearch): void => {
    void navigate({ ...url.compare({ ...search, ...part }), replace: true });
  };
  const groups = compareGroups.filter((group) => group !== 'worker' || mayWorkers);
  const compared = useQuery({
    queryKey: queryKeys.compare(by, search.scope ?? null, from, to),
    queryFn: () =>
      api.compare({ by, from, to, ...(search.scope === undefined ? {} : { scopeId: search.scope }) }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('console.nav.compare')}</h1>
        <Segmented<CompareBy>
          label={t('console.compare.by')}
          isLabelHidden
          options={groups.map((value) => ({ value, label: t(`console.compare.by.${value}`) }))}
          value={by}
          onChange={(value) => {
            change({ by: value });
          }}
        />
        <DateRange label={t('console.filter.created')} from={from} to={to} onChange={change} />
        {seesMany && (
          <ScopePicker
            label={t('console.column.scope')}
            isLabelHidden
            value={search.scope}
            onChange={(scope) => {
              change({ scope });
            }}
          />
        )}
        <ExportLinks
          list="comparison"
          query={{ by, from, to, ...(search.scope === undefined ? {} : { scopeId: search.scope }) }}
        />
      </header>
      <Pending of={compared} lines={10} />
      {compared.data !== undefined &&
        (compared.data.rows.length === 0 ? (
          <EmptyState icon={Scale} title={t('console.report.empty')} text={t('console.report.emptyWords')} />
        ) : (
          <Body key={by} found={compared.data} by={by} search={{ ...search, from, to }} />
        ))}
    </div>
  );
}

type Search = CompareSearch & { from: string; to: string };

function Body({ found, by, search }: { found: Compared; by: CompareBy; search: Search }) {
  const { t, percent } = useText();
  const isAbout = found.mediansWithin > 0;
  const [sort, setSort] = useState<{ key: MeasureKey; isDescending: boolean }>({
    key: 'total',
    isDescending: true,
  });
  const rows = sortRows(found.rows, sort.key, sort.isDescending);
  const measure = measures.find(({ key }) => key === sort.key) as Measure;
  return (
    <div className={css.body}>
      <p className={css.note}>
        {t('console.compare.period', {
          from: found.from,
          to: found.to,
          previousFrom: found.previousFrom,
          previousTo: found.previousTo,
        })}{' '}
        {t('console.compare.few')}{' '}
        {found.isOfBusiest
          ? t('console.compare.busiest')
          : found.isCut && t('console.compare.cut', { count: found.rows.length })}{' '}
        {found.mediansWithin > 0 && t('console.compare.within', { share: percent(found.mediansWithin) })}
      </p>
      <div className={css.plots}>
        <Bars rows={rows.slice(0, TOP)} measure={measure} by={by} isAbout={isAbout} />
        <Spread rows={rows} measure={measure} by={by} isAbout={isAbout} />
      </div>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t('console.report.figures')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t(`console.compare.by.${by}`)}</th>
              {measures.map(({ key }) => (
                <th
                  key={key}
                  scope="col"
                  aria-sort={key === sort.key ? (sort.isDescending ? 'descending' : 'ascending') : 'none'}
                >
                  <button
                    type="button"
                    className={css.sort}
                    aria-pressed={key === sort.key}
                    onClick={() => {
                      setSort({ key, isDescending: key === sort.key ? !sort.isDescending : true });
                    }}
                  >
                    {t(`console.compare.${key}`)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row
              row={{ key: '', label: '', labelEn: '', now: found.total.now, before: found.total.before }}
              by={by}
              search={search}
              isTotal
              isAbout={isAbout}
            />
            {rows.map((row) => (
              <Row key={row.key} row={row} by={by} search={search} isTotal={false} isAbout={isAbout} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function useNameOf(by: CompareBy): (row: ComparedRow) => string {
  const { t, named } = useText();
  return (row) =>
    row.label === ''
      ? t(by === 'worker' ? 'console.nobody' : 'console.compare.nowhere')
      : named({ zh: row.label, en: row.labelEn });
}

/** A figure as people read it: counts, shares of a hundred, minutes below two hours and hours above, about so many of what is no count. */
function useFigure(isAbout: boolean): (measure: Measure, figures: ComparedFigures | null) => string {
  const { t, number, percent } = useText();
  return ({ key, kind }, figures) => {
    const value = figures?.[key] ?? null;
    if (value === null) return '–';
    if (kind === 'share') return percent(value);
    if (kind === 'count') return number(value);
    const took =
      value < 120
        ? t('console.compare.minutes', { count: number(Math.round(value)) })
        : t('console.compare.hours', { count: number(Math.round(value / 6) / 10) });
    return isAbout ? t('console.compare.about', { took }) : took;
  };
}

function Row({
  row,
  by,
  search,
  isTotal,
  isAbout,
}: {
  row: ComparedRow;
  by: CompareBy;
  search: Search;
  isTotal: boolean;
  isAbout: boolean;
}) {
  const { t } = useText();
  const nameOf = useNameOf(by);
  const figure = useFigure(isAbout);
  return (
    <tr className={isTotal ? css.total : undefined}>
      <th scope="row">{isTotal ? t('console.compare.all') : nameOf(row)}</th>
      {measures.map((measure) => {
        const list = listOf(search, by, isTotal ? null : row.key, measure.figure);
        const shown = figure(measure, row.now);
        return (
          <td key={measure.key}>
            {list === null || shown === '–' ? shown : <Link {...url.desk(list)}>{shown}</Link>}
            <span className={css.before} data-trend={trend(measure, row) ?? undefined}>
              {figure(measure, row.before)}
            </span>
          </td>
        );
      })}
    </tr>
  );
}

interface Plot {
  rows: readonly ComparedRow[];
  measure: Measure;
  by: CompareBy;
  isAbout: boolean;
}

/** The chosen column as bars; the line across each is the period before. The table below has the same figures. */
function Bars({ rows, measure, by, isAbout }: Plot) {
  const { t } = useText();
  const nameOf = useNameOf(by);
  const figure = useFigure(isAbout);
  const valueOf = (figures: ComparedFigures | null): number => figures?.[measure.key] ?? 0;
  const most =
    measure.kind === 'share'
      ? 1
      : Math.max(1, ...rows.flatMap(({ now, before }) => [valueOf(now), valueOf(before)]));
  const share = (figures: ComparedFigures | null): string => `${(valueOf(figures) / most) * 100}%`;
  return (
    <figure className={css.plot}>
      <figcaption className={css.caption}>
        {t('console.compare.plot', { measure: t(`console.compare.${measure.key}`) })}
      </figcaption>
      {rows.map((row) => (
        <div key={row.key} className={css.bar} aria-hidden="true">
          <span className={css.name} title={nameOf(row)}>
            {nameOf(row)}
          </span>
          <span className={css.track}>
            <span className={css.fill} style={{ width: share(row.now) }} />
            {row.before?.[measure.key] != null && (
              <span className={css.mark} style={{ insetInlineStart: share(row.before) }} />
            )}
          </span>
          <span className={css.value}>{figure(measure, row.now)}</span>
        </div>
      ))}
    </figure>
  );
}

/** Where each of them stands among all; the table below names every figure. */
function Spread({ rows, measure, by, isAbout }: Plot) {
  const { t } = useText();
  const nameOf = useNameOf(by);
  const figure = useFigure(isAbout);
  const points = rows.flatMap((row) => {
    const value = row.now[measure.key];
    return value === null
      ? []
      : [{ key: row.key, value, title: `${nameOf(row)} ${figure(measure, row.now)}` }];
  });
  const [first] = rows;
  if (first === undefined || points.length < FEW) return null;
  const label = t('console.compare.spread', {
    measure: t(`console.compare.${measure.key}`),
    count: points.length,
  });
  return (
    <figure className={css.plot}>
      <figcaption className={css.caption}>{label}</figcaption>
      <StripPlot
        label={label}
        points={points}
        format={(value) => figure(measure, { ...first.now, [measure.key]: value })}
        {...(measure.kind === 'share' ? { most: 1 } : {})}
      />
    </figure>
  );
}
