import { EmptyState, StatusChip } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, BookOpen } from 'lucide-react';
import { type LedgerSearch, url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { ExportLinks } from '../../components/export-links.tsx';
import { ledgerApi, ledgerKeys, type Posting } from './api.ts';
import css from './css.ts';
import { accountWords, nameOf, sourceLink, yuan } from './words.ts';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';
import { More } from '../../components/more.tsx';

/** Somebody's accounts are together in the trial balance: these are whose they are. */
const isWhose = (account: string): boolean => /^(?:household|party|meter):[a-z]+$/.test(account);

/** What stands behind a balance: whose it is, and every posting that made it. */
export function AccountView({ scopeId, search }: { scopeId: string; search: LedgerSearch }) {
  const text = useText();
  const { t } = text;
  const { account } = search;
  const name = account === undefined ? '' : accountWords(text, nameOf(account));
  return (
    <section className={css.part}>
      <Link {...url.ledger({ scope: search.scope, day: search.day })} className={css.link}>
        <BackWords words={t('ledger.back')} />
      </Link>
      {account !== undefined && isWhose(account) ? (
        <>
          <h2 className={css.heading}>{t('ledger.owners.title', { account: name })}</h2>
          <Owners scopeId={scopeId} account={account} search={search} />
        </>
      ) : (
        <>
          <h2 className={css.heading}>
            {account === undefined
              ? t('ledger.column.source')
              : t('ledger.postings.title', { account: name })}
          </h2>
          <Postings scopeId={scopeId} search={search} />
        </>
      )}
    </section>
  );
}

function BackWords({ words }: { words: string }) {
  return (
    <>
      <ArrowLeft size={14} aria-hidden /> {words}
    </>
  );
}

function Owners({ scopeId, account, search }: { scopeId: string; account: string; search: LedgerSearch }) {
  const { t } = useText();
  const list = useInfiniteQuery({
    queryKey: ledgerKeys.of('owners', scopeId, account),
    queryFn: ({ pageParam }) =>
      ledgerApi.owners({
        scopeId,
        account,
        limit: 100,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (!list.isSuccess) return <Pending of={list} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return <EmptyState icon={BookOpen} title={t('ledger.owners.none')} />;
  return (
    <>
      <RecordsTable
        label={t('ledger.column.owner')}
        heads={[{ word: t('ledger.column.owner') }, { word: t('ledger.column.balance'), isFigure: true }]}
      >
        {rows.map((row) => (
          <tr key={row.ownerId}>
            <td>
              <Link {...url.ledger({ ...search, account: row.account })} className={css.link}>
                {row.label ?? row.ownerId}
              </Link>
            </td>
            <td className={css.figure}>{yuan(row.balanceFen)}</td>
          </tr>
        ))}
      </RecordsTable>
      <More list={list} />
    </>
  );
}

function asked(scopeId: string, { account, source, day }: LedgerSearch) {
  const [sourceKind, sourceId] = source?.split(':') ?? [];
  return {
    scopeId,
    limit: 100,
    ...(account === undefined ? {} : { account }),
    ...(sourceKind === undefined || sourceId === undefined ? {} : { sourceKind, sourceId }),
    ...(day === undefined ? {} : { to: day }),
  };
}

function Postings({ scopeId, search }: { scopeId: string; search: LedgerSearch }) {
  const { t } = useText();
  const query = asked(scopeId, search);
  const list = useInfiniteQuery({
    queryKey: ledgerKeys.of('postings', scopeId, search.account, search.source, search.day),
    queryFn: ({ pageParam }) =>
      ledgerApi.postings({ ...query, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (!list.isSuccess) return <Pending of={list} lines={10} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return <EmptyState icon={BookOpen} title={t('ledger.postings.none')} />;
  const { limit: _limit, ...filters } = query;
  return (
    <>
      <ExportLinks list="ledger-postings" query={filters} />
      <RecordsTable
        label={t('ledger.column.postings')}
        heads={[
          { word: t('ledger.column.day') },
          { word: t('ledger.column.debit') },
          { word: t('ledger.column.credit') },
          { word: t('ledger.column.amount'), isFigure: true },
          { word: t('ledger.column.source') },
          { word: t('ledger.column.recorded') },
        ]}
      >
        {rows.map((row) => (
          <PostingRow key={row.id} row={row} scopeId={scopeId} search={search} />
        ))}
      </RecordsTable>
      <More list={list} />
    </>
  );
}

function PostingRow({ row, scopeId, search }: { row: Posting; scopeId: string; search: LedgerSearch }) {
  const text = useText();
  const { tk, t, exact } = text;
  const side = (one: Posting['debit']) => (
    <Link
      {...url.ledger({ scope: search.scope, day: search.day, account: one.account })}
      className={css.link}
    >
      {accountWords(text, one.name)}
      {one.label !== null && ` · ${one.label}`}
    </Link>
  );
  const page = sourceLink(scopeId, row.source);
  const words = tk(`ledger.source.${row.source.kind}`, {}, 'ledger.column.source');
  return (
    <tr>
      <td className={css.day}>{row.bookedOn}</td>
      <td>{side(row.debit)}</td>
      <td>{side(row.credit)}</td>
      <td className={css.figure}>
        {yuan(row.amountFen)}
        {row.reverses !== null && (
          <>
            {' '}
            <StatusChip tone="moving" word={t('ledger.reverses')} />
          </>
        )}
        {row.reversedBy !== null && (
          <>
            {' '}
            <StatusChip tone="waiting" word={t('ledger.reversed')} />
          </>
        )}
      </td>
      <td>
        <Link
          {...(page ?? url.ledger({ scope: search.scope, source: `${row.source.kind}:${row.source.id}` }))}
          className={css.link}
        >
          {words}
        </Link>
      </td>
      <td className={css.day}>
        <time dateTime={row.recordedAt}>{exact(row.recordedAt)}</time>
      </td>
    </tr>
  );
}
