import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { useQuery } from '@tanstack/react-query';
import { HandCoins } from 'lucide-react';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { Link } from '../app/router.tsx';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import css from '../features/accounts/accounts.module.css';
import { accountsQuery, usePaper } from '../features/accounts/api.ts';
import { PaperView } from '../features/accounts/Paper.tsx';
import { periodWords, yuan } from '../features/accounts/yuan.ts';
import { PlaceSwitch, useHere } from '../features/session/here.tsx';
import { useMe } from '../features/session/me.ts';

/** What comes in from the compound's common parts and goes out of them, and the maintenance fund: the owners' own money. */
export default function AccountsPage({ params }: { params: { scopeId?: string; id?: string } }) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const here = useHere(me);
  const scopeId = params.scopeId ?? here.scopeId;
  const list = useQuery(accountsQuery(scopeId));
  const items = list.data?.items ?? [];
  const shown = params.id ?? items[0]?.id;
  const others = items.filter(({ id }) => id !== shown);
  return (
    <>
      <PageHead title={t('accounts.title')} back={params.id === undefined ? url.home() : url.accounts()} />
      {params.id === undefined && <PlaceSwitch me={me} here={here} />}
      {list.data === undefined &&
        (list.error === null ? (
          <Skeleton lines={6} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, list.error)}
            {...traceOf(list.error)}
            onRetry={() => {
              void list.refetch();
            }}
          />
        ))}
      {list.data !== undefined && shown === undefined && (
        <EmptyState icon={HandCoins} title={t('accounts.none')} text={t('accounts.none.hint')} />
      )}
      {shown !== undefined && <Shown scopeId={scopeId} id={shown} />}
      {others.length > 0 && (
        <Card label={t('accounts.others')}>
          <h2 className={css.heading}>{t('accounts.others')}</h2>
          <ul className={css.periods}>
            {others.map((item) => (
              <li key={item.id}>
                <Link to={url.paper({ scopeId, id: item.id })} className={css.period}>
                  <span>{periodWords(t, item)}</span>
                  <span className={css.amount}>{yuan(item.closing.commonFen)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function Shown({ scopeId, id }: { scopeId: string; id: string }) {
  const words = useWords();
  const { t } = words;
  const paper = usePaper(scopeId, id);
  if (paper.paper !== undefined)
    return (
      <>
        <PaperView paper={paper.paper} />
        {paper.hasMore && (
          <Button isBusy={paper.isFetching} onPress={paper.fetchMore}>
            {t('accounts.moreLines', {
              shown: paper.paper.figures.lines.length,
              count: paper.paper.figures.lineCount,
            })}
          </Button>
        )}
      </>
    );
  return paper.error === null ? (
    <Skeleton lines={6} isCard label={t('mobile.page.loading')} />
  ) : (
    <ErrorState
      text={problemSentence(words, paper.error)}
      {...traceOf(paper.error)}
      onRetry={() => {
        void paper.refetch();
      }}
    />
  );
}
