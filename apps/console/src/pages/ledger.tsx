import { EmptyState, Segmented, TextField } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { BookOpen } from 'lucide-react';
import { useLive } from '../app/live.tsx';
import { queryClient } from '../app/query.ts';
import { type LedgerSearch, ledgerViews, url } from '../app/routes.ts';
import { useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ExportLinks } from '../components/export-links.tsx';
import { ownCompounds, ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { ledgerApi, ledgerKeys } from '../features/ledger/api.ts';
import { ChainView } from '../features/ledger/chain.tsx';
import css from '../features/ledger/css.ts';
import { PeriodsView } from '../features/ledger/periods.tsx';
import { AccountView } from '../features/ledger/postings.tsx';
import { TrialBalanceView } from '../features/ledger/trial-balance.tsx';
import { RecordsPage, RecordsTable } from '../components/records.tsx';
import { Pending } from '../components/pending.tsx';
import { More } from '../components/more.tsx';

/** The proof: what every account holds, every posting behind it, months that close and a chain that tells. */
export default function LedgerPage() {
  const { t } = useText();
  useTitle(t('ledger.title'));
  const search = useSearch({ from: '/shell/ledger' });
  const navigate = useNavigate();
  const seesMany = useSeesMany();
  const own = ownCompounds(useMe().acting);
  const scopeId = search.scope ?? (own.length === 1 ? own[0]?.id : undefined);
  const go = (next: LedgerSearch): void => {
    void navigate({ ...url.ledger({ ...search, ...next }), replace: true });
  };
  // A payment, a bill, a month that closed: what is shown is asked for again.
  useLive((message) => {
    if (
      message.type === 'resync' ||
      (message.type === 'change' && /^(?:ledger|bill|payment)/.test(message.change.kind))
    )
      void queryClient.invalidateQueries({ queryKey: ledgerKeys.all });
  });
  const view = search.view ?? 'balance';
  const isOpen = search.account !== undefined || search.source !== undefined;
  return (
    <RecordsPage
      title={t('ledger.title')}
      choices={
        <>
          <Segmented
            label={t('ledger.title')}
            isLabelHidden
            options={ledgerViews.map((value) => ({ value, label: t(`ledger.view.${value}`) }))}
            value={view}
            onChange={(next) => go({ view: next, account: undefined, source: undefined })}
          />
          {seesMany && (
            <ScopePicker
              label={t('accounts.compound')}
              isLabelHidden
              placeholder={t('ledger.pick')}
              value={search.scope}
              onChange={(scope) => go({ scope, account: undefined, source: undefined })}
            />
          )}
          {view === 'balance' && scopeId !== undefined && (
            <>
              <span aria-hidden>{t('ledger.asOf')}</span>
              <TextField
                label={t('ledger.asOf')}
                isLabelHidden
                type="date"
                value={search.day ?? ''}
                onChange={(day) => go({ day: day === '' ? undefined : day })}
              />
              {!isOpen && (
                <ExportLinks
                  list="trial-balance"
                  query={{ scopeId, ...(search.day === undefined ? {} : { day: search.day }) }}
                />
              )}
            </>
          )}
        </>
      }
    >
      <p className={css.note}>{t('ledger.intro')}</p>
      {scopeId === undefined ? (
        <Books search={search} />
      ) : view === 'periods' ? (
        <PeriodsView scopeId={scopeId} />
      ) : view === 'chain' ? (
        <ChainView scopeId={scopeId} />
      ) : isOpen ? (
        <AccountView scopeId={scopeId} search={search} />
      ) : (
        <TrialBalanceView scopeId={scopeId} search={search} />
      )}
    </RecordsPage>
  );
}

/** Every compound whose books one reaches. */
function Books({ search }: { search: LedgerSearch }) {
  const { t, number } = useText();
  const list = useInfiniteQuery({
    queryKey: ledgerKeys.of('books'),
    queryFn: ({ pageParam }) =>
      ledgerApi.books({ limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (!list.isSuccess) return <Pending of={list} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return <EmptyState icon={BookOpen} title={t('ledger.none')} />;
  return (
    <>
      <RecordsTable
        label={t('ledger.pick')}
        heads={[
          { word: t('accounts.compound') },
          { word: t('ledger.column.closedTo') },
          { word: t('ledger.column.blocks'), isFigure: true },
        ]}
      >
        {rows.map((book) => (
          <tr key={book.bookId + book.scopeId}>
            <td>
              <Link {...url.ledger({ ...search, scope: book.scopeId })} className={css.link}>
                {book.scopeName}
              </Link>
            </td>
            <td className={css.day}>{book.closedTo ?? t('ledger.period.open')}</td>
            <td className={css.figure}>{number(book.blocks)}</td>
          </tr>
        ))}
      </RecordsTable>
      <More list={list} />
    </>
  );
}
