import { Card } from '@gongzhi/ui/Card.tsx';
import { Segmented } from '@gongzhi/ui/Choice.tsx';
import { ShareBar } from '@gongzhi/ui/Plots.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { ErrorState } from '@gongzhi/ui/States.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import css from './RatingsPage.module.css';

type Found = Awaited<ReturnType<typeof api.ownRatings>>;
type Counts = Found['spans'][number]['overall'];

/** What residents said of one's own work: sums, from how many, and never who. */
export default function RatingsPage() {
  const words = useWords();
  const { t } = words;
  const found = useQuery({ queryKey: ['orders', 'own ratings'], queryFn: api.ownRatings });
  return (
    <>
      <PageHead title={t('mobile.ratings.title')} back={url.work()} />
      {found.data === undefined ? (
        found.error === null ? (
          <Skeleton lines={6} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, found.error)}
            {...traceOf(found.error)}
            onRetry={() => {
              void found.refetch();
            }}
          />
        )
      ) : (
        <Spans found={found.data} />
      )}
    </>
  );
}

function Spans({ found }: { found: Found }) {
  const { t } = useWords();
  const [days, setDays] = useState(String(found.spans[0]?.days ?? 90));
  const span = found.spans.find((one) => String(one.days) === days) ?? found.spans[0];
  if (span === undefined) return null;
  return (
    <Card labelledBy="ratings">
      <Segmented
        label={t('mobile.ratings.title')}
        isLabelHidden
        value={days}
        onChange={setDays}
        options={found.spans.map((one) => ({
          value: String(one.days),
          label: t('mobile.ratings.days', { days: one.days }),
        }))}
      />
      <h2 id="ratings" className={css.heading}>
        {t('mobile.ratings.from', { done: span.done, rated: span.rated })}
      </h2>
      {span.overall === null ? (
        <p>{t('mobile.ratings.few', { count: found.least })}</p>
      ) : (
        <>
          <Said name={t('mobile.ratings.overall')} counts={span.overall} least={found.least} />
          {(['speed', 'manner', 'quality'] as const).map((aspect) => (
            <Said key={aspect} name={t(`aspects.${aspect}`)} counts={span[aspect]} least={found.least} />
          ))}
        </>
      )}
      <p className={css.quiet}>{t('mobile.ratings.never')}</p>
    </Card>
  );
}

function Said({ name, counts, least }: { name: string; counts: Counts; least: number }) {
  const { t } = useWords();
  return (
    <section className={css.said} aria-label={name}>
      <h3 className={css.name}>{name}</h3>
      {counts === null ? (
        <p className={css.quiet}>{t('mobile.ratings.few', { count: least })}</p>
      ) : (
        <>
          <ShareBar
            label={t('mobile.ratings.share', {
              name,
              satisfied: counts.satisfied,
              basically: counts.basicallySatisfied,
              unsatisfied: counts.unsatisfied,
            })}
            parts={[
              { tone: 'done', value: counts.satisfied },
              { tone: 'due', value: counts.basicallySatisfied },
              { tone: 'late', value: counts.unsatisfied },
            ]}
          />
          <ul className={css.counts}>
            <li>
              <strong>{counts.satisfied}</strong> {t('ratings.satisfied')}
            </li>
            <li>
              <strong>{counts.basicallySatisfied}</strong> {t('ratings.basically_satisfied')}
            </li>
            <li>
              <strong>{counts.unsatisfied}</strong> {t('ratings.unsatisfied')}
            </li>
          </ul>
        </>
      )}
    </section>
  );
}
