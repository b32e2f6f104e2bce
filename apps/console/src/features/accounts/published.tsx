import { EmptyState, StatusChip, useNow } from '@gongzhi/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { HandCoins } from 'lucide-react';
import { type AccountsSearch, url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import css from '../ledger/css.ts';
import { periodWords, yuan } from '../ledger/words.ts';
import { accountsApi, accountsKeys, together } from './api.ts';
import { FiguresView } from './figures.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

/** What the owners read, and every version of it. */
export function PublishedTab({ scopeId, search }: { scopeId: string; search: AccountsSearch }) {
  const text = useText();
  const { t, when } = text;
  const now = useNow();
  const list = useQuery({
    queryKey: accountsKeys.of('published', scopeId),
    queryFn: () => accountsApi.list({ scopeId, limit: 100 }),
  });
  if (search.item !== undefined) return <Paper scopeId={scopeId} id={search.item} search={search} />;
  if (!list.isSuccess) return <Pending of={list} lines={6} />;
  if (list.data.items.length === 0) return <EmptyState icon={HandCoins} title={t('accounts.none')} />;
  return (
    <RecordsTable
      label={t('accounts.tab.published')}
      heads={[
        { word: t('ledger.column.month') },
        { word: t('accounts.common'), isFigure: true },
        { word: t('accounts.fund'), isFigure: true },
        { word: t('accounts.versions') },
        { word: t('accounts.tab.published') },
      ]}
    >
      {list.data.items.map((row) => (
        <tr key={row.id}>
          <td className={css.day}>
            <Link {...url.accounts({ ...search, item: row.id })} className={css.link}>
              {periodWords(text, row)}
            </Link>
          </td>
          <td className={css.figure}>{yuan(row.closing.commonFen)}</td>
          <td className={css.figure}>{yuan(row.closing.fundFen)}</td>
          <td>
            {t('accounts.version', { version: row.version })}{' '}
            {row.isOutdated && <StatusChip tone="due" word={t('accounts.outdated')} />}
          </td>
          <td className={css.day}>{when(row.publishedAt, now)}</td>
        </tr>
      ))}
    </RecordsTable>
  );
}

function Paper({ scopeId, id, search }: { scopeId: string; id: string; search: AccountsSearch }) {
  const text = useText();
  const { t, exact } = text;
  const found = useInfiniteQuery({
    queryKey: accountsKeys.of('paper', scopeId, id),
    queryFn: ({ pageParam }) => accountsApi.one(scopeId, id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const pages = found.data?.pages ?? [];
  const [paper] = pages;
  const figures = together(pages.map((one) => one.figures));
  if (paper === undefined || figures === undefined) return <Pending of={found} />;
  return (
    <section className={css.part}>
      <Link {...url.accounts({ ...search, item: undefined })} className={css.link}>
        {t('accounts.tab.published')}
      </Link>
      <h2 className={css.heading}>
        {periodWords(text, paper)} · {t('accounts.version', { version: paper.version })}
      </h2>
      {paper.version < paper.latestVersion && <StatusChip tone="due" word={t('accounts.older')} />}
      {paper.reason !== null && <p>{t('accounts.corrected', { reason: paper.reason })}</p>}
      {paper.note !== null && <p>{paper.note}</p>}
      <FiguresView scopeId={scopeId} figures={figures} list={found} />
      <p className={css.note}>
        {t('accounts.published', {
          company: paper.companyName ?? t('accounts.selfManaged'),
          when: exact(paper.publishedAt),
        })}
      </p>
      {paper.head !== null && (
        <p className={css.note}>
          {t('accounts.seal', { block: paper.blockNo, head: paper.head.slice(0, 16) })}
        </p>
      )}
      {paper.versions.length > 1 && (
        <ul>
          {paper.versions.map((version) => (
            <li key={version.id}>
              <Link {...url.accounts({ ...search, item: version.id })} className={css.link}>
                {t('accounts.version', { version: version.version })}
              </Link>{' '}
              {exact(version.publishedAt)} {version.reason}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
