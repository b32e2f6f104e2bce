import { EmptyState, ErrorState, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Timer } from 'lucide-react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { formKeys, formsApi } from './api.ts';
import css from './forms.module.css';

const figures = ['asked', 'known', 'questions', 'typed', 'reused', 'corrected', 'reasked'] as const;

/** What forms cost those who fill them in: by form and street, sums and nobody's name. */
export function BurdenReport() {
  const text = useText();
  const { t, number } = text;
  const burden = useQuery({ queryKey: formKeys.burden, queryFn: formsApi.burden });
  const label = t('forms.tab.report');
  return (
    <>
      <p className={css.words}>{t('forms.report.intro')}</p>
      {burden.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {burden.isError && (
        <ErrorState text={problemText(burden.error, text)} onRetry={() => void burden.refetch()} />
      )}
      {burden.isSuccess && burden.data.items.length === 0 && (
        <EmptyState icon={Timer} title={t('forms.report.none')} text={t('forms.report.noneWords')} />
      )}
      {burden.isSuccess && burden.data.isCut && (
        <p className={css.words}>{t('forms.report.cut', { count: burden.data.items.length })}</p>
      )}
      {burden.isSuccess && burden.data.items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <div className={css.scroll} role="group" aria-label={label} tabIndex={0}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('forms.report.form')}</th>
                <th scope="col">{t('forms.report.street')}</th>
                <th scope="col">{t('forms.report.done')}</th>
                {figures.map((figure) => (
                  <th key={figure} scope="col">
                    {t(`forms.report.${figure}`)}
                  </th>
                ))}
                {burden.data.weeks.map((week) => (
                  <th key={week} scope="col">
                    {t('forms.report.minutes', { date: week.slice(5) })}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {burden.data.items.map((item) => (
                <tr key={`${item.formId} ${item.streetId}`}>
                  <th scope="row" className={css.known}>
                    {item.title}
                    <span className={css.meta}> {t('forms.revision', { revision: item.revision })}</span>
                  </th>
                  <td>{item.streetName ?? ''}</td>
                  <td className={css.number}>
                    {number(item.accepted)}/{number(item.tasks)}
                  </td>
                  {figures.map((figure) => (
                    <td key={figure} className={css.number}>
                      {number(item[figure])}
                    </td>
                  ))}
                  {item.minutes.map((minutes, i) => (
                    <td key={burden.data.weeks[i]} className={css.number}>
                      {number(minutes)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
