import { useQuery } from '@tanstack/react-query';
import { useText } from '../../app/text.ts';
import { hotlineApi, hotlineKeys } from './api.ts';
import css from './rates.module.css';
import { Pending } from '../../components/pending.tsx';

/** The month's cases beside how many live there and on how much floor, by the compound's age; each compound below. */
export function DensityTable({ month }: { month: string }) {
  const { t, number } = useText();
  const density = useQuery({
    queryKey: hotlineKeys.density(month),
    queryFn: () => hotlineApi.density(month),
  });
  if (!density.isSuccess) return <Pending of={density} lines={4} />;
  const figure = (value: number | null) => (value === null ? '–' : number(value));
  const { groups, rows, rowCount } = density.data;
  return (
    <div className={css.part}>
      <h2 className={css.heading}>{t('hotline.rates.density')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label={t('hotline.rates.density')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col" className={css.name}>
                {t('hotline.rates.age')}
              </th>
              <th scope="col">{t('hotline.rates.compounds')}</th>
              <th scope="col">{t('hotline.rates.cases')}</th>
              <th scope="col">{t('hotline.rates.households')}</th>
              <th scope="col">{t('hotline.rates.perThousand')}</th>
              <th scope="col">{t('hotline.rates.perArea')}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.age}>
                <th scope="row" className={css.name}>
                  {t(`hotline.age.${group.age}`)}
                </th>
                <td>{number(group.compounds)}</td>
                <td>{number(group.cases)}</td>
                <td>{number(group.households)}</td>
                <td>{figure(group.perThousandHouseholds)}</td>
                <td>{figure(group.perTenThousandSquareMetres)}</td>
              </tr>
            ))}
          </tbody>
          {rows.length > 0 && (
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row" className={css.name}>
                    {row.name}
                    <span className={css.zero}> {row.builtYear ?? ''}</span>
                  </th>
                  <td>1</td>
                  <td>{number(row.cases)}</td>
                  <td>{number(row.households)}</td>
                  <td>{figure(row.perThousandHouseholds)}</td>
                  <td>{figure(row.perTenThousandSquareMetres)}</td>
                </tr>
              ))}
            </tbody>
          )}
        </table>
      </section>
      {rowCount > rows.length && (
        <p className={css.note}>{t('hotline.rates.densityCut', { count: rows.length, all: rowCount })}</p>
      )}
    </div>
  );
}
