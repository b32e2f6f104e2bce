import { formatWhen } from '@gongzhi/i18n/when.ts';
import { localDate } from '@gongzhi/kernel/time.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { saveAs } from '@gongzhi/ui/client/save.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { nowFor, useNow } from '@gongzhi/ui/useNow.ts';
import { infiniteQueryOptions, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Download, EyeOff } from 'lucide-react';
import { api } from '../api.ts';
import type { Disclosure } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { remembered } from '../app/seen.ts';
import { useWords } from '../app/words.ts';
import css from './MyDataPage.module.css';

const disclosures = infiniteQueryOptions({
  queryKey: ['disclosures'],
  queryFn: (asking) =>
    asking.pageParam === null
      ? remembered('disclosures', asking, () => api.disclosures(null))
      : api.disclosures(asking.pageParam),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

/** What is held about the person who reads this, and who looked at it. */
export default function MyDataPage() {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t('myData.title')} back={url.me()} />
      <Seen />
      <Everything />
      <Card label={t('myData.erase')}>
        <h2 className={css.heading}>{t('myData.erase')}</h2>
        <p className={css.quiet}>{t('myData.eraseText')}</p>
      </Card>
    </>
  );
}

/** A file on the phone: what is held, in one piece. */
function Everything() {
  const words = useWords();
  const { t } = words;
  const download = useMutation({
    mutationFn: api.ownData,
    onSuccess: (data) => {
      saveAs(data, `my-data-${localDate(Date.now())}.json`);
      notify(t('myData.downloaded'));
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  return (
    <Card label={t('myData.all')}>
      <h2 className={css.heading}>{t('myData.all')}</h2>
      <p className={css.quiet}>{t('myData.allText')}</p>
      <Button
        isWide
        icon={Download}
        isBusy={download.isPending}
        onPress={() => {
          download.mutate();
        }}
      >
        {t('myData.download')}
      </Button>
    </Card>
  );
}

function Seen() {
  const words = useWords();
  const { t } = words;
  const seen = useInfiniteQuery(disclosures);
  const all = seen.data?.pages.flatMap(({ items }) => items);
  return (
    <Card label={t('myData.seen')}>
      <h2 className={css.heading}>{t('myData.seen')}</h2>
      <p className={css.quiet}>{t('myData.seenText')}</p>
      {all === undefined &&
        (seen.error === null ? (
          <Skeleton lines={4} label={t('common.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, seen.error)}
            {...traceOf(seen.error)}
            onRetry={() => {
              void seen.refetch();
            }}
          />
        ))}
      {all?.length === 0 && <EmptyState icon={EyeOff} title={t('myData.none')} text={t('myData.noneText')} />}
      {all !== undefined && all.length > 0 && (
        <ul className={css.list}>
          {all.map((one) => (
            <Look key={one.id} one={one} />
          ))}
        </ul>
      )}
      {seen.hasNextPage && (
        <Button
          isWide
          isBusy={seen.isFetchingNextPage}
          onPress={() => {
            void seen.fetchNextPage();
          }}
        >
          {t('mobile.orders.more')}
        </Button>
      )}
    </Card>
  );
}

function Look({ one }: { one: Disclosure }) {
  const { t, tKey, locale } = useWords();
  const now = useNow();
  return (
    <li className={css.look}>
      <p className={css.purpose}>{t(`purposes.${one.purpose}`)}</p>
      {one.words !== null && <p>{one.words}</p>}
      <p>
        {t('myData.by', {
          organisation: one.organisationName,
          role: tKey(`roles.${one.role}`, {}, 'words.someone'),
        })}
      </p>
      <p className={css.quiet}>
        <time dateTime={one.at}>
          {t('myData.at', { when: formatWhen(locale, one.at, nowFor(one.at, now)), place: one.scopeName })}
        </time>
      </p>
    </li>
  );
}
