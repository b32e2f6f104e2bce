import { EmptyState, ErrorState, Skeleton, StatusChip } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { BookOpen } from 'lucide-react';
import { isStatus, problemText } from '../../app/errors.ts';
import { type LedgerSearch, url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { ledgerApi, ledgerKeys } from './api.ts';
import css from './ledger.module.css';
import { accountWords, yuan } from './words.ts';

/** Every account and what it holds. Where nothing was lost both columns come to the same. */
export function TrialBalanceView({ scopeId, search }: { scopeId: string; search: LedgerSearch }) {
  const text = useText();
  const { t, number } = text;
  const mayOpen = useMay('ledger.read');
  const found = useQuery({
    queryKey: ledgerKeys.of('trial-balance', scopeId, search.day),
    queryFn: () =>
      ledgerApi.trialBalance({ scopeId, ...(search.day === undefined ? {} : { day: search.day }) }),
  });
  if (found.isPending) return <Skeleton label={t('common.loading')} lines={10} />;
  if (found.isError)
    return isStatus(found.error, 404) ? (
      <EmptyState icon={BookOpen} title={t('ledger.none')} />
    ) : (
      <ErrorState text={problemText(found.error, text)} onRetry={() => void found.refetch()} />
    );
  const { book, items, debitFen, creditFen, differenceFen } = found.data;
  const company = book.companyName ?? t('accounts.selfManaged');
  return (
    <section className={css.part}>
      <p className={css.note}>
        {book.closedTo === null
          ? t('ledger.book.open', { company })
          : t('ledger.book', { company, closed: book.closedTo })}
      </p>
      <StatusChip
        tone={differenceFen === 0 ? 'done' : 'late'}
        word={
          differenceFen === 0 ? t('ledger.balanced') : t('ledger.unbalanced', { amount: yuan(differenceFen) })
        }
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div className={css.scroll} role="region" tabIndex={0} aria-label={t('ledger.view.balance')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('ledger.column.account')}</th>
              <th scope="col">{t('ledger.column.code')}</th>
              <th scope="col">{t('ledger.column.kind')}</th>
              {(['debit', 'credit', 'balance', 'postings'] as const).map((column) => (
                <th key={column} scope="col" className={css.figure}>
                  {t(`ledger.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((line) => (
              <tr key={line.account}>
                <td>
                  {mayOpen ? (
                    <Link {...url.ledger({ ...search, account: line.account })} className={css.link}>
                      {accountWords(text, line.account)}
                    </Link>
                  ) : (
                    accountWords(text, line.account)
                  )}
                </td>
                <td className={css.code}>{line.account}</td>
                <td>{t(`ledger.kind.${line.kind}`)}</td>
                <td className={css.figure}>{yuan(line.debitFen)}</td>
                <td className={css.figure}>{yuan(line.creditFen)}</td>
                <td className={css.figure}>{yuan(line.balanceFen)}</td>
                <td className={css.figure}>{number(line.postings)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {t('ledger.total')}
              </th>
              <td className={css.figure}>{yuan(debitFen)}</td>
              <td className={css.figure}>{yuan(creditFen)}</td>
              <td />
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
