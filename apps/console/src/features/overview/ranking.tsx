import { EmptyState, Segmented } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { Trophy } from 'lucide-react';
import { url } from '../../app/routes.ts';
import {
  type OverviewBy,
  type OverviewPer,
  overviewPer,
  type OverviewSearch,
  type OverviewSort,
} from '../../app/routes-overview.ts';
import { useText } from '../../app/text.ts';
import type { Overview } from './api.ts';
import { NumberLink, useFigure } from './figure.tsx';
import { behind, columns, countPer, type Measure, sortOf, standing, trend } from './measures.ts';
import css from './overview.module.css';
import { cutOf, groupsIn, listOf, queueOf, type Row, rowsOf } from './rows.ts';

interface RankingProps {
  found: Overview;
  search: OverviewSearch;
  onChange: (part: OverviewSearch) => void;
}

/** Worst first: whoever needs somebody today stands on top. Every number opens its orders, every name its overview. */
export function Ranking({ found, search, onChange }: RankingProps) {
  const { t } = useText();
  const possible = groupsIn(found);
  const by = found.by ?? 'category';
  const per = search.per ?? 'count';
  const sort = search.sort ?? 'late';
  const rows = rowsOf(found, by, sort);
  const all = cutOf(found, by, rows.length);
  return (
    <section className={css.part} aria-labelledby="overview-ranking">
      <h2 id="overview-ranking" className={css.heading}>
        {t('overview.ranking')}
      </h2>
      <div className={css.choices}>
        <Segmented<OverviewBy>
          label={t('overview.by')}
          isLabelHidden
          // What was just pressed, while its rows are on their way.
          value={search.by !== undefined && possible.includes(search.by) ? search.by : by}
          options={possible.map((value) => ({ value, label: t(`overview.by.${value}`) }))}
          onChange={(value) => {
            onChange({ by: value });
          }}
        />
        <Segmented<OverviewPer>
          label={t('overview.per')}
          isLabelHidden
          value={per}
          options={overviewPer.map((value) => ({ value, label: t(`overview.per.${value}`) }))}
          onChange={(value) => {
            onChange({ per: value === 'count' ? undefined : value });
          }}
        />
      </div>
      {rows.length === 0 ? (
        <EmptyState icon={Trophy} title={t('console.report.empty')} text={t('console.report.emptyWords')} />
      ) : (
        <Table rows={rows} by={by} per={per} sort={sort} found={found} search={search} onChange={onChange} />
      )}
      {all !== null && <p className={css.note}>{t('overview.cut', { count: rows.length, all })}</p>}
    </section>
  );
}

function Table({
  rows,
  by,
  per,
  sort,
  found,
  search,
  onChange,
}: RankingProps & { rows: readonly Row[]; by: OverviewBy; per: OverviewPer; sort: OverviewSort }) {
  const { t } = useText();
  const hasStanding = by !== 'category';
  const head = (key: string, label: string, sorts: OverviewSort | undefined) => (
    <th key={key} scope="col" aria-sort={sorts === sort ? 'descending' : undefined}>
      {sorts === undefined ? (
        label
      ) : (
        <button
          type="button"
          className={css.sort}
          aria-pressed={sorts === sort}
          title={t('overview.sortBy')}
          onClick={() => {
            onChange({ sort: sorts === 'late' ? undefined : sorts });
          }}
        >
          {label}
        </button>
      )}
    </th>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section
      className={css.scroll}
      tabIndex={0}
      aria-label={t('overview.table', { by: t(`overview.by.${by}`) })}
    >
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col" className={css.rank}>
              {t('overview.rank')}
            </th>
            <th scope="col" className={css.name}>
              {t(`overview.by.${by}`)}
            </th>
            {hasStanding &&
              standing.map(({ key, queue }) =>
                head(`now-${key}`, t(`overview.now.${key}`), queue === 'late' ? 'late' : undefined),
              )}
            {columns.map((measure) =>
              head(
                measure.key,
                t(`overview.measure.${measure.key}`),
                !hasStanding && measure.key === 'late' ? 'late' : sortOf[measure.key],
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <Line key={row.key} row={row} rank={at + 1} per={per} found={found} search={search} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({
  row,
  rank,
  per,
  found,
  search,
}: {
  row: Row;
  rank: number;
  per: OverviewPer;
  found: Overview;
  search: OverviewSearch;
}) {
  const { number, named } = useText();
  const figure = useFigure();
  const name = named(row.name);
  const count = (value: number): string => figure('count', countPer(value, per, row.size));
  const shown = (measure: Measure, figures: Row['now']): string =>
    measure.kind === 'count' ? count(figures[measure.key] ?? 0) : figure(measure.kind, figures[measure.key]);
  return (
    <tr>
      <td className={css.rank}>{number(rank)}</td>
      <th scope="row" className={css.name}>
        {row.scopeId === null ? (
          name
        ) : (
          <Link {...url.overview({ ...search, scope: row.scopeId, by: undefined })}>{name}</Link>
        )}
      </th>
      {row.standing !== null &&
        standing.map(({ key, queue }) => {
          const value = row.standing?.[key] ?? 0;
          return (
            <td key={key} data-heat={key === 'late' && value > 0 ? 'late' : undefined}>
              <NumberLink list={queueOf(row.standingFilter, queue)} count={value} shown={count(value)} />
            </td>
          );
        })}
      {columns.map((measure) => (
        <td key={measure.key}>
          <NumberLink
            list={listOf(found, row.filter, measure.figure)}
            count={behind(measure, row.now)}
            shown={shown(measure, row.now)}
          />
          {row.before !== null && (
            <span className={css.before} data-trend={trend(measure, row.now, row.before) ?? undefined}>
              {shown(measure, row.before)}
            </span>
          )}
        </td>
      ))}
    </tr>
  );
}
