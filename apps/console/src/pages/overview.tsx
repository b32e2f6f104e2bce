import { EmptyState, ErrorState, Segmented, Skeleton, useNow } from '@gongzhi/ui';
import { localDate } from '@gongzhi/kernel/time.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { LayoutDashboard } from 'lucide-react';
import { problemText } from '../app/errors.ts';
import { url } from '../app/routes.ts';
import { type OverviewPeriod, overviewPeriods, type OverviewSearch } from '../app/routes-overview.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { DateRange } from '../components/date-range.tsx';
import type { Overview } from '../features/overview/api.ts';
import { Headline } from '../features/overview/headline.tsx';
import css from '../features/overview/overview.module.css';
import { periodOf } from '../features/overview/periods.ts';
import { Ranking } from '../features/overview/ranking.tsx';
import { Schematic } from '../features/overview/schematic.tsx';
import { Standing } from '../features/overview/standing.tsx';
import { Trend } from '../features/overview/trend.tsx';
import { useOverview, useOverviewLive } from '../features/overview/use-overview.ts';

/** A city, a company, a street or a department at a glance: all of it is in the address, so it can be sent. */
export default function OverviewPage() {
  const text = useText();
  const { t } = text;
  useTitle(t('overview.title'));
  const search = useSearch({ from: '/shell/overview' });
  const navigate = useNavigate();
  const { period, ...days } = periodOf(search, localDate(useNow()));
  const change = (part: OverviewSearch): void => {
    void navigate({ ...url.overview({ ...search, ...part }), replace: true });
  };
  const overview = useOverview({
    ...days,
    sort: search.sort ?? 'late',
    per: search.per ?? 'count',
    by: search.by ?? 'place',
    ...(search.scope === undefined ? {} : { scopeId: search.scope }),
  });
  useOverviewLive();
  const found = overview.data;
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>
          {t('overview.title')}
          {found !== undefined && <span className={css.of}>{found.scope.name}</span>}
        </h1>
        {search.scope !== undefined && (
          <Link {...url.overview({ ...search, scope: undefined })}>{t('overview.whole')}</Link>
        )}
        <Segmented<OverviewPeriod | 'days'>
          label={t('overview.period')}
          isLabelHidden
          value={period ?? 'days'}
          options={overviewPeriods.map((value) => ({ value, label: t(`overview.period.${value}`) }))}
          onChange={(value) => {
            if (value !== 'days') change({ period: value, from: undefined, to: undefined });
          }}
        />
        <Link {...url.wall(search.scope === undefined ? {} : { scope: search.scope })}>
          {t('wall.title')}
        </Link>
        <DateRange
          label={t('console.filter.created')}
          from={days.from}
          to={days.to}
          onChange={(part) => {
            change({ ...days, ...part, period: undefined });
          }}
        />
      </header>
      {overview.isPending && <Skeleton label={t('common.loading')} lines={10} isCard />}
      {overview.isError && (
        <ErrorState text={problemText(overview.error, text)} onRetry={() => void overview.refetch()} />
      )}
      {found !== undefined && (
        <div className={css.body} aria-busy={overview.isPlaceholderData}>
          <Standing found={found} />
          {isQuiet(found) ? (
            <EmptyState
              icon={LayoutDashboard}
              title={t('console.report.empty')}
              text={t('console.report.emptyWords')}
            />
          ) : (
            <Headline found={found} per={search.per ?? 'count'} />
          )}
          <div className={css.pair}>
            {!isQuiet(found) && <Trend found={found} />}
            <Schematic found={found} search={search} />
          </div>
          {!(isQuiet(found) && found.standing.open === 0) && (
            <Ranking found={found} search={search} onChange={change} />
          )}
        </div>
      )}
    </div>
  );
}

/** Nothing came in and nothing came in before; what stands in the queues does so all the same. */
const isQuiet = ({ now, before }: Overview): boolean => now.total === 0 && before.total === 0;
