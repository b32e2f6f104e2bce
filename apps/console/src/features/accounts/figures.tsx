import { More, type Pages } from '../../components/more.tsx';
import { useText } from '../../app/text.ts';
import css from '../ledger/css.ts';
import { yuan } from '../ledger/words.ts';
import { Photos } from '../orders/photos.tsx';
import { type Figures, sections } from './api.ts';

/** What was there, what moved, and what is left; each line with its papers. */
export function FiguresView({
  scopeId,
  figures,
  list,
}: {
  scopeId: string;
  figures: Figures;
  /** Where its further lines are asked for. */
  list: Pages;
}) {
  const { t } = useText();
  const { opening, closing, sums, lines } = figures;
  return (
    <>
      <div className={css.standing}>
        <Standing
          title={t('accounts.common')}
          opening={opening.commonFen}
          income={sums.common_income}
          spent={sums.common_expense}
          closing={closing.commonFen}
        />
        <Standing
          title={t('accounts.fund')}
          opening={opening.fundFen}
          income={sums.fund_in}
          spent={sums.fund_out}
          closing={closing.fundFen}
        />
      </div>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('accounts.form.day')}</th>
              <th scope="col">{t('accounts.form.item')}</th>
              <th scope="col" className={css.figure}>
                {t('ledger.column.amount')}
              </th>
              <th scope="col">{t('accounts.form.note')}</th>
              <th scope="col">{t('accounts.papers.column')}</th>
            </tr>
          </thead>
          {sections.map((section) => {
            const own = lines.filter((line) => line.section === section);
            return own.length === 0 ? null : (
              <tbody key={section}>
                <tr>
                  <th scope="rowgroup" colSpan={2}>
                    {t(`accounts.section.${section}`)}
                  </th>
                  <th className={css.figure}>{yuan(sums[section])}</th>
                  <td colSpan={2} />
                </tr>
                {own.map((line) => (
                  <tr key={line.entryId}>
                    <td className={css.day}>{line.occurredOn}</td>
                    <td>{line.item}</td>
                    <td className={css.figure}>{yuan(line.amountFen)}</td>
                    <td>{line.note}</td>
                    <td>
                      {line.fileIds.length === 0 ? (
                        <span className={css.note}>{t('accounts.noPapers')}</span>
                      ) : (
                        <Photos
                          scopeId={scopeId}
                          photos={line.fileIds.map((id) => ({ id }))}
                          label={line.item}
                        />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            );
          })}
        </table>
      </div>
      {list.hasNextPage && (
        <p className={css.note} role="status">
          {t('accounts.linesShown', { shown: lines.length, count: figures.lineCount })}
        </p>
      )}
      <More list={list} />
    </>
  );
}

function Standing({
  title,
  opening,
  income,
  spent,
  closing,
}: {
  title: string;
  opening: number;
  income: number;
  spent: number;
  closing: number;
}) {
  const { t } = useText();
  return (
    <section className={css.card} aria-label={title}>
      <p className={css.heading}>{title}</p>
      <p className={css.sum}>{t('accounts.left', { amount: yuan(closing) })}</p>
      <p className={css.note}>
        {t('accounts.opening')} {yuan(opening)} + {yuan(income)} − {yuan(spent)}
      </p>
    </section>
  );
}
