import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { formatWhen } from '@gongzhi/i18n/when.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { PASSAGE, type Parcel, parcelsQuery, passageApi } from '../features/passage/api.ts';
import css from '../features/passage/passage.module.css';
import { Digits } from '../features/passage/Qr.tsx';
import { PlaceSwitch, useHere } from '../features/session/here.tsx';
import { useMe } from '../features/session/me.ts';

/** What waits at the gate for the own home: where it lies, and what to say there. */
export default function ParcelsPage() {
  const words = useWords();
  const { t, locale } = words;
  const me = useMe();
  const here = useHere(me);
  const parcels = useQuery(parcelsQuery(here.scopeId));
  const items = parcels.data?.items ?? [];
  const waiting = items.filter(({ state }) => state === 'waiting');
  const past = items.filter(({ state }) => state !== 'waiting');
  const now = useNow();
  return (
    <>
      <PageHead title={t('pass.parcels.title')} back={url.home()} />
      <PlaceSwitch me={me} here={here} />
      {parcels.data === undefined &&
        (parcels.error === null ? (
          <Skeleton lines={4} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, parcels.error)}
            {...traceOf(parcels.error)}
            onRetry={() => {
              void parcels.refetch();
            }}
          />
        ))}
      {parcels.data !== undefined && waiting.length === 0 && (
        <EmptyState icon={Package} title={t('pass.parcels.none')} text={t('pass.parcels.noneText')} />
      )}
      {waiting.map((parcel) => (
        <Waiting key={parcel.id} parcel={parcel} />
      ))}
      {past.length > 0 && (
        <Card label={t('pass.parcels.past')}>
          <h2 className={css.heading}>{t('pass.parcels.past')}</h2>
          <ul className={css.list}>
            {past.map((parcel) => (
              <li key={parcel.id} className={css.line}>
                <span>{parcel.carrier}</span>
                <span className={css.quiet}>
                  {t(`pass.parcel.${parcel.state}`)}{' '}
                  {parcel.endedAt !== null && formatWhen(locale, parcel.endedAt, now)}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

/** A parcel that has lain longer is said with a word and a colour. */
const LONG_DAYS = 3;

function Waiting({ parcel }: { parcel: Parcel }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const have = useMutation({
    mutationFn: () => passageApi.haveParcel(parcel, newKey()),
    onSuccess: () => {
      notify(t('pass.parcels.done'), { tone: 'done' });
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
    // Taken at the shelf meanwhile, or by somebody of the home: the list says so.
    onSettled: () => client.invalidateQueries({ queryKey: [PASSAGE] }),
  });
  return (
    <Card label={t('pass.parcels.shelf', { shelf: parcel.shelf })}>
      <div className={css.line}>
        <p className={css.name}>{t('pass.parcels.shelf', { shelf: parcel.shelf })}</p>
        <StatusChip
          tone={parcel.waitedDays >= LONG_DAYS ? 'due' : 'waiting'}
          word={
            parcel.waitedDays === 0
              ? t('pass.parcels.today')
              : t('pass.parcels.days', { count: parcel.waitedDays })
          }
        />
      </div>
      {parcel.code !== null && (
        <>
          <p className={css.quiet}>{t('pass.parcels.code')}</p>
          <Digits value={parcel.code} label={t('pass.parcels.code')} />
        </>
      )}
      <p>
        {parcel.tail === null
          ? parcel.carrier
          : t('pass.parcels.one', { carrier: parcel.carrier, tail: parcel.tail })}
      </p>
      <Button
        isWide
        isBusy={have.isPending}
        onPress={() => {
          have.mutate();
        }}
      >
        {t('pass.parcels.have')}
      </Button>
    </Card>
  );
}
