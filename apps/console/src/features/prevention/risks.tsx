import { EmptyState, ErrorState, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Sprout } from 'lucide-react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { preventionApi, preventionKeys, type RiskGrid } from './api.ts';
import css from './prevention.module.css';
import { WeekBars } from './week-bars.tsx';
import { placeWords, reasonWords } from './words.ts';

/** By grid: where to look before anybody calls. */
export function Risks({ scopeId }: { scopeId: string | undefined }) {
  const text = useText();
  const { t, number } = text;
  const risks = useQuery({
    queryKey: preventionKeys.risks(scopeId ?? ''),
    queryFn: () => preventionApi.risks(scopeId ?? ''),
    enabled: scopeId !== undefined,
  });
  if (scopeId === undefined) return <EmptyState icon={Sprout} title={t('prevention.risks.pick')} />;
  if (risks.isPending) return <Skeleton label={t('common.loading')} lines={8} isCard />;
  if (risks.isError)
    return <ErrorState text={problemText(risks.error, text)} onRetry={() => void risks.refetch()} />;
  const { grids, past } = risks.data;
  const shown = grids.filter((grid) => grid.risks.length > 0);
  return (
    <>
      <p className={css.words}>
        {t('prevention.risks.intro')}{' '}
        {past === null
          ? t('prevention.risks.noPast')
          : t('prevention.risks.past', { listed: number(past.listed), came: number(past.came) })}
      </p>
      {shown.length === 0 && <EmptyState icon={Sprout} title={t('prevention.risks.none')} />}
      {shown.map((grid) => (
        <Grid key={grid.gridId ?? ''} grid={grid} />
      ))}
    </>
  );
}

function Grid({ grid }: { grid: RiskGrid }) {
  const text = useText();
  const { t, named, number } = text;
  const name = grid.gridId === null ? t('prevention.risks.rest') : grid.name;
  return (
    <section className={css.section} aria-label={name}>
      <div className={css.line}>
        <h2 className={css.heading}>{name}</h2>
        {grid.stewardName !== null && (
          <span className={css.meta}>{t('prevention.risks.steward', { name: grid.stewardName })}</span>
        )}
      </div>
      <div className={css.scroll} role="group" aria-label={name} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('prevention.risks.place')}</th>
              <th scope="col">{t('prevention.risks.matter')}</th>
              <th scope="col">{t('prevention.risks.expected')}</th>
              <th scope="col">{t('prevention.risks.chance')}</th>
              <th scope="col">{t('prevention.risks.weeks')}</th>
              <th scope="col">{t('prevention.risks.why')}</th>
            </tr>
          </thead>
          <tbody>
            {grid.risks.map((risk) => {
              const place = placeWords(risk);
              return (
                <tr key={`${place} ${risk.categoryNameZh}`}>
                  <th scope="row">{place}</th>
                  <td>{named({ zh: risk.categoryNameZh, en: risk.categoryNameEn })}</td>
                  <td className={css.number}>{number(risk.expected)}</td>
                  <td className={css.number}>{`${number(Math.round(100 * risk.chance))}%`}</td>
                  <td>
                    <WeekBars weeks={risk.weeks} />
                  </td>
                  <td>
                    <ul className={css.reasons}>
                      {risk.reasons.map((reason) => (
                        <li key={reason.code}>{reasonWords(reason, text)}</li>
                      ))}
                    </ul>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
