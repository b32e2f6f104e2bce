import { Segmented, TextField } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import {
  type HotlineBy,
  hotlineGroups,
  type HotlineRatesSearch,
  type HotlineSearch,
  url,
} from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ExportLinks } from '../components/export-links.tsx';
import { DensityTable } from '../features/hotline/density.tsx';
import { hotlineApi, hotlineKeys, type RateRow, type Rates } from '../features/hotline/api.ts';
import css from '../features/hotline/rates.module.css';
import { Pending } from '../components/pending.tsx';

const FIGURES = [
  'received',
  'replied',
  'called',
  'excluded',
  'valid',
  'contacted',
  'solved',
  'satisfied',
  'basically',
] as const;
const RATES = ['response', 'solution', 'satisfaction'] as const;

/** The month's ranking: each figure opens its list, both ways of averaging stand side by side. */
export default function HotlineRatesPage() {
  const { t, number } = useText();
  useTitle(t('hotline.rates.title'));
  const search = useSearch({ from: '/shell/hotline-rates' });
  const navigate = useNavigate();
  const by = search.by ?? 'unit';
  const go = (next: HotlineRatesSearch): void => {
    void navigate({ ...url.hotlineRates({ ...search, ...next }), replace: true });
  };
  const rates = useQuery({
    queryKey: hotlineKeys.rates(by, search.month ?? null),
    queryFn: () => hotlineApi.rates({ by, ...(search.month === undefined ? {} : { month: search.month }) }),
    placeholderData: keepPreviousData,
  });
  const found = rates.data;
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('hotline.rates.title')}</h1>
        <Segmented<HotlineBy>
          label={t('console.compare.by')}
          isLabelHidden
          options={hotlineGroups.map((value) => ({ value, label: t(`hotline.by.${value}`) }))}
          value={by}
          onChange={(value) => go({ by: value })}
        />
        <TextField
          label={t('hotline.rates.month')}
          isLabelHidden
          type="month"
          value={search.month ?? found?.period.month ?? ''}
          onChange={(month) => go({ month: month === '' ? undefined : month })}
        />
        {found !== undefined && (
          <ExportLinks list="hotline-rates" query={{ by, month: found.period.month }} />
        )}
      </header>
      <Pending of={rates} lines={10} />
      {found !== undefined && (
        <div className={css.body}>
          <p className={css.note}>
            {t('hotline.rates.period', { first: found.period.firstDay, last: found.period.lastDay })}
            {' · '}
            {t('hotline.rates.rule', {
              contacted: number(found.weights.contacted),
              solved: number(found.weights.solved),
              satisfied: number(found.weights.satisfied),
              basically: number(found.weights.basically),
              source: found.source ?? t('hotline.rates.rule.builtIn'),
            })}
          </p>
          <RateTable found={found} by={by} />
          <p className={css.note}>
            {t('hotline.rates.recompute')}
            <ExportLinks list="hotline-callbacks" query={{ month: found.period.month }} />
          </p>
          <DensityTable month={found.period.month} />
        </div>
      )}
    </div>
  );
}

/** The address that opens what a figure of this row has counted. */
function listOf(by: HotlineBy, row: RateRow, figure: (typeof FIGURES)[number]): HotlineSearch {
  const key = row.key === '' ? '-' : row.key;
  const where = by === 'month' ? {} : { [by]: key };
  return { figure, month: row.period.month, ...where };
}

function RateTable({ found, by }: { found: Rates; by: HotlineBy }) {
  const { t, number, percent } = useText();
  const share = (value: number | null) => (value === null ? '–' : percent(value));
  const score = (value: number | null) => (value === null ? '–' : value.toFixed(1));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('hotline.rates.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            {by !== 'month' && <th scope="col">{t('hotline.column.rank')}</th>}
            <th scope="col" className={css.name}>
              {by === 'month' ? t('hotline.rates.month') : t(`hotline.column.${by}`)}
            </th>
            {FIGURES.map((figure) => (
              <th key={figure} scope="col">
                {t(`hotline.figure.${figure}`)}
              </th>
            ))}
            {RATES.map((rate) => (
              <th key={rate} scope="col">
                {t(`hotline.rate.${rate}`)}
              </th>
            ))}
            <th scope="col">{t('hotline.rate.score')}</th>
          </tr>
        </thead>
        <tbody>
          {found.rows.map((row) => (
            <tr key={row.key}>
              {by !== 'month' && <td>{row.rank ?? '–'}</td>}
              <th scope="row" className={css.name}>
                {row.name === '' ? t('hotline.rates.nowhere') : row.name}
              </th>
              {FIGURES.map((figure) => (
                <td key={figure}>
                  {row.counts[figure] === 0 ? (
                    <span className={css.zero}>0</span>
                  ) : (
                    <Link {...url.hotline(listOf(by, row, figure))}>{number(row.counts[figure])}</Link>
                  )}
                </td>
              ))}
              {RATES.map((rate) => (
                <td key={rate}>{share(row.rates[rate])}</td>
              ))}
              <td>
                <strong>{score(row.rates.score)}</strong>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {by !== 'month' && (
            <tr>
              <td />
              <th scope="row" className={css.name}>
                {t('hotline.rates.mean')}
              </th>
              <td colSpan={FIGURES.length} className={css.why}>
                {t('hotline.rates.mean.why')}
              </td>
              {RATES.map((rate) => (
                <td key={rate}>{share(found.mean[rate])}</td>
              ))}
              <td>
                <strong>{score(found.mean.score)}</strong>
              </td>
            </tr>
          )}
          <tr>
            {by !== 'month' && <td />}
            <th scope="row" className={css.name}>
              {t('hotline.rates.pooled')}
            </th>
            {FIGURES.map((figure) => (
              <td key={figure}>{number(found.pooled.counts[figure])}</td>
            ))}
            {RATES.map((rate) => (
              <td key={rate}>{share(found.pooled.rates[rate])}</td>
            ))}
            <td>
              <strong>{score(found.pooled.rates.score)}</strong>
            </td>
          </tr>
        </tfoot>
      </table>
      {found.rows.length === 0 && <p className={css.note}>{t('hotline.rates.none')}</p>}
    </section>
  );
}
