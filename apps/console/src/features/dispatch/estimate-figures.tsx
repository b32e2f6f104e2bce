import { EmptyState, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Timer } from 'lucide-react';
import { useText } from '../../app/text.ts';
import css from '../organisation/organisation.module.css';
import { dispatchApi } from './api.ts';
import { Pending } from '../../components/pending.tsx';

const minute = 60_000;

/** How long it takes in each compound, and how far off what residents are told is. */
export function EstimateFigures({ scopeId }: { scopeId: string }) {
  const { t, duration, number, percent, when } = useText();
  const now = useNow();
  const figures = useQuery({
    queryKey: ['estimates', scopeId],
    queryFn: () => dispatchApi.estimates(scopeId),
  });
  if (!figures.isSuccess) return <Pending of={figures} lines={6} />;
  const places = figures.data.items.filter(({ legs }) => legs.length > 0);
  if (places.length === 0)
    return <EmptyState icon={Timer} title={t('times.none')} text={t('times.noneWords')} />;
  return (
    <>
      <p className={css.words}>{t('times.words')}</p>
      <div className={css.scroll} role="group" aria-label={t('board.view.times')} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('times.place')}</th>
              <th scope="col">{t('times.leg')}</th>
              <th scope="col">{t('times.count')}</th>
              <th scope="col">{t('times.median')}</th>
              <th scope="col">{t('times.late')}</th>
              <th scope="col">{t('times.error')}</th>
              <th scope="col">{t('times.within')}</th>
              <th scope="col">{t('times.bias')}</th>
            </tr>
          </thead>
          <tbody>
            {places.flatMap((place) =>
              place.legs.map(({ leg, isEmergency, count, median, late, tested }) => (
                <tr key={`${place.scopeId} ${leg} ${isEmergency}`}>
                  <th scope="row" title={when(place.learntAt, now)}>
                    {place.scopeName}
                  </th>
                  <td>
                    {t(`times.leg.${leg}`)}
                    {isEmergency && ` · ${t('board.emergency')}`}
                  </td>
                  <td>{number(count)}</td>
                  <td>{duration(median * minute)}</td>
                  <td>{duration(late * minute)}</td>
                  <td>{tested === null ? '–' : `± ${duration(tested.medianError * minute)}`}</td>
                  <td>{tested === null ? '–' : percent(tested.within)}</td>
                  <td>
                    {tested === null
                      ? '–'
                      : Math.abs(tested.bias) < 1
                        ? t('times.onTime')
                        : t(tested.bias > 0 ? 'times.later' : 'times.sooner', {
                            span: duration(Math.abs(tested.bias) * minute),
                          })}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </>
  );
}
