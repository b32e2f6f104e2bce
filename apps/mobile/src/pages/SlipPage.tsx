import { Card } from '@gongzhi/ui/Card.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { Avatar } from '@gongzhi/ui/Status.tsx';
import { formatWhen } from '@gongzhi/i18n/when.ts';
import { nowFor, useNow } from '@gongzhi/ui/useNow.ts';
import { useQuery } from '@tanstack/react-query';
import { ScanLine } from 'lucide-react';
import { api } from '../api.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { useWords } from '../app/words.ts';
import css from '../features/family/family.module.css';
import { Stations } from '../features/work-orders/Stations.tsx';

const EVERY_MS = 60_000;

/** What the code on a slip opens, for whoever holds it: how far the matter is, and nothing of who or where. */
export default function SlipPage({ params }: { params: { token: string } }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  const slip = useQuery({
    queryKey: ['slip', params.token],
    queryFn: () => api.slip(params.token),
    refetchInterval: EVERY_MS,
    retry: false,
  });
  const title = t('family.slip.title');
  if (slip.data === undefined || slip.data.slip === null) {
    return (
      <>
        <PageHead title={title} />
        {slip.data !== undefined ? (
          <EmptyState icon={ScanLine} title={t('family.slip.gone')} text={t('family.slip.goneText')} />
        ) : slip.error === null ? (
          <Skeleton lines={5} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, slip.error)}
            {...traceOf(slip.error)}
            onRetry={() => {
              void slip.refetch();
            }}
          />
        )}
      </>
    );
  }
  const data = slip.data.slip;
  const times = [
    ['stations.0', data.createdAt],
    ['stations.1', data.acceptedAt],
    ['stations.3', data.startedAt ?? data.arrivedAt],
    ['stations.4', data.finishedAt ?? data.closedAt],
  ] as const;
  const state = data.isCancelled
    ? t('statuses.cancelled')
    : data.isPaused
      ? t('statuses.paused')
      : t(`stations.${data.station as 0 | 1 | 2 | 3 | 4}`);
  return (
    <>
      <PageHead title={title} />
      <Card label={t('family.slip.number')}>
        <p className={css.number}>{data.number}</p>
        <p className={css.state}>{state}</p>
        {!data.isCancelled && <Stations at={data.station} isStanding={data.isPaused} />}
      </Card>
      {data.assigneeName !== null && (
        <Card label={t('family.slip.worker')} className={css.person ?? ''}>
          <Avatar name={data.assigneeName} size="large" />
          <div>
            <p className={css.name}>{data.assigneeName}</p>
            <p className={css.quiet}>{data.assigneeTitle}</p>
          </div>
        </Card>
      )}
      <Card label={t('family.slip.times')}>
        <dl className={css.times}>
          {times.map(
            ([word, at]) =>
              at !== null && (
                <div key={word}>
                  <dt>{t(word)}</dt>
                  <dd>
                    <time dateTime={at}>{formatWhen(locale, at, nowFor(at, now))}</time>
                  </dd>
                </div>
              ),
          )}
        </dl>
      </Card>
      <p className={css.quiet}>{t('family.slip.private')}</p>
    </>
  );
}
