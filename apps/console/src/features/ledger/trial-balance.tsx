import { EmptyState, ErrorState, Skeleton, StatusChip } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { BookOpen } from 'lucide-react';
import { isStatus, problemText } from '../../app/errors.ts';
import { type LedgerSearch, url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { ledgerApi, ledgerKeys } from './api.ts';
import css from './css.ts';
import { accountWords, yuan } from './words.ts';
import { RecordsTable } from '../../components/records.tsx';

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
      <RecordsTable
        label={t('ledger.view.balance')}
        heads={[
          { word: t('ledger.column.account') },
          { word: t('ledger.column.code') },
          { word: t('ledger.column.kind') },
          ...(['debit', 'credit', 'balance', 'postings'] as const).map((column) => ({
            word: t(`ledger.column.${column}`),
            isFigure: true,
          })),
        ]}
        foot={
          <tr>
            <th scope="row" colSpan={3}>
              {t('ledger.total')}
            </th>
            <td className={css.figure}>{yuan(debitFen)}</td>
            <td className={css.figure}>{yuan(creditFen)}</td>
            <td />
            <td />
          </tr>
        }
      >
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
      </RecordsTable>
    </section>
  );
}
