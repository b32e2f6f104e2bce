import { EmptyState, ErrorState, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { patrolApi } from './api.ts';
import { FreedPlot } from './freed-plot.tsx';
import css from '../../components/matters.module.css';

/** What the sensors spared those who walk, from the checks that were really left out. */
export function FreedPanel({ scopeId }: { scopeId: string | undefined }) {
  const text = useText();
  const { t, number } = text;
  const freed = useQuery({
    queryKey: [...queryKeys.patrols, 'freed', scopeId ?? null],
    queryFn: () => patrolApi.freed(scopeId),
  });
  if (freed.isPending) return <Skeleton label={t('common.loading')} lines={6} isCard />;
  if (freed.isError)
    return <ErrorState text={problemText(freed.error, text)} onRetry={() => void freed.refetch()} />;
  const { data } = freed;
  if (data.plannedHours === 0)
    return <EmptyState icon={Hourglass} title={t('patrol.freed.none')} text={t('patrol.freed.noneWords')} />;
  return (
    <>
      <p>
        {t('patrol.freed.sum', {
          weeks: number(data.weeks.length),
          hours: number(data.sparedHours),
          checks: number(data.sparedChecks),
          planned: number(data.plannedHours),
        })}
      </p>
      <FreedPlot freed={data} />
      <p className={css.quiet}>{t('patrol.freed.how')}</p>
      <div className={css.scroll} role="group" aria-label={t('patrol.freed.title')} tabIndex={0}>
        <table className={css.table}>
          <caption className="gz-hidden">{t('patrol.freed.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('patrol.freed.column.week')}</th>
              <th scope="col" className={css.number}>
                {t('patrol.freed.column.planned')}
              </th>
              <th scope="col" className={css.number}>
                {t('patrol.freed.column.spared')}
              </th>
              <th scope="col" className={css.number}>
                {t('patrol.freed.column.checks')}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.weeks.toReversed().map((week) => (
              <tr key={week.week}>
                <td>{week.week}</td>
                <td className={css.number}>{number(week.plannedHours)}</td>
                <td className={css.number}>{number(week.sparedHours)}</td>
                <td className={css.number}>{number(week.sparedChecks)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
