import { formatWhen } from '@gongzhi/i18n/when.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { ErrorState } from '@gongzhi/ui/States.tsx';
import { Avatar, StatusChip, ToneIcon } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useQuery } from '@tanstack/react-query';
import { PenLine } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { isWorkingAct, type Order } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { useSpokenChange } from '../app/useSpokenChange.ts';
import { useWords, type Words } from '../app/words.ts';
import { useMe } from '../features/session/me.ts';
import { ChargeCard } from '../features/working/ChargeCard.tsx';
import { VisitCard } from '../features/visits/VisitCard.tsx';
import { VoiceNotes } from '../features/voice/VoiceNotes.tsx';
import { ArrivalLines } from '../features/work-orders/ArrivalLines.tsx';
import { DutyFact } from '../features/work-orders/DutyFact.tsx';
import { FollowCard } from '../features/work-orders/FollowCard.tsx';
import { OrderPhotos } from '../features/work-orders/OrderPhotos.tsx';
import { OrderTimeline } from '../features/work-orders/OrderTimeline.tsx';
import { orderQuery, timelineQuery, useCommand } from '../features/work-orders/queries.ts';
import { ResidentBar, ResidentMore } from '../features/work-orders/ResidentActions.tsx';
import { categoryOf, dueSentence, headline, may, toneOf } from '../features/work-orders/say.ts';
import { Rated, Related } from '../features/work-orders/Related.tsx';
import { Stations } from '../features/work-orders/Stations.tsx';
import css from './OrderPage.module.css';

const ConfirmForSheet = lazy(async () => ({
  default: (await import('../features/family/ConfirmForSheet.tsx')).ConfirmForSheet,
}));

export default function OrderPage({ params }: { params: { scopeId: string; id: string } }) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const order = useQuery(orderQuery(params.scopeId, params.id));
  const isWorker = me.acting.role === 'worker';
  const back = isWorker ? url.work() : url.orders();
  if (order.data === undefined)
    return (
      <>
        <PageHead title={t('mobile.order.title')} back={back} />
        {order.error === null ? (
          <Skeleton lines={6} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, order.error)}
            {...traceOf(order.error)}
            onRetry={() => {
              void order.refetch();
            }}
          />
        )}
      </>
    );
  return (
    <>
      <PageHead title={categoryOf(words.locale, order.data)} back={back} />
      <Waiting order={order.data} />
      <VisitCard order={order.data} />
      {isWorker && may(order.data, 'confirm_for') && <SignAtTheDoor order={order.data} />}
      {!isWorker && <ResidentMore order={order.data} />}
      {!isWorker && <FollowCard order={order.data} />}
      {!isWorker && <ChargeCard order={order.data} />}
      <Related order={order.data} />
      <Rated order={order.data} />
      <Facts order={order.data} />
      <Story order={order.data} showsInternal={isWorker} />
      {!isWorker && <ResidentBar order={order.data} />}
    </>
  );
}

/** Done, and she who reported it has no phone: she signs on the worker's. */
function SignAtTheDoor({ order }: { order: Order }) {
  const { t } = useWords();
  const command = useCommand(order);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={PenLine} variant="primary" size="large" isWide onPress={() => setOpen(true)}>
        {t('family.sign.title')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ConfirmForSheet
            order={order}
            submit={async (said) => {
              if (!isWorkingAct(said)) await command.mutateAsync(said);
              return true;
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}

/** The waiting card grown up: who, and how long. */
function Waiting({ order }: { order: Order }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  const said = headline(words, order);
  const due = dueSentence(words, order, now);
  useSpokenChange(said);
  return (
    <Card labelledBy="headline" className={css.waiting ?? ''}>
      <div className={css.head}>
        {order.assigneeName === null ? (
          <ToneIcon tone={toneOf(order)} size="2.5rem" />
        ) : (
          <Avatar name={order.assigneeName} size="large" />
        )}
        <div className={css.who}>
          <h2 id="headline" className={css.headline}>
            {said}
          </h2>
          {order.assigneeName !== null && order.assigneeTitle !== null && (
            <p className={css.quiet}>{order.assigneeTitle}</p>
          )}
        </div>
      </div>
      <Stations at={order.station} isStanding={order.status === 'paused'} />
      {due !== null &&
        (due.isLate ? <StatusChip tone="late" word={due.text} /> : <p className={css.due}>{due.text}</p>)}
      <ArrivalLines order={order} now={now} />
      {order.status === 'paused' && <Paused order={order} />}
      {order.neededBy !== null && order.finishedAt === null && (
        <p>{t('mobile.order.neededBy', { when: formatWhen(locale, order.neededBy, now) })}</p>
      )}
      {order.referredTo !== null && <p>{t('mobile.order.referredTo', { receiver: order.referredTo })}</p>}
      {order.rating !== null && <p>{t('mobile.order.rated', { score: t(`ratings.${order.rating}`) })}</p>}
    </Card>
  );
}

/** Why it rests, that the clock stands, and when it goes on. */
function Paused({ order }: { order: Order }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  return (
    <div className={css.paused}>
      <StatusChip tone="waiting" word={t('mobile.order.clockStands')} />
      {order.pausedReason !== null && (
        <p>
          {t('mobile.order.pausedFor', {
            reason: words.tKey(`pauseReasons.${order.pausedReason}`, {}, 'common.unknown'),
          })}
        </p>
      )}
      {order.pausedNote !== null && order.pausedNote !== '' && <p>{order.pausedNote}</p>}
      {order.pausedUntil !== null && (
        <p>{t('mobile.order.pausedUntil', { when: formatWhen(locale, order.pausedUntil, now) })}</p>
      )}
    </div>
  );
}

function Facts({ order }: { order: Order }) {
  const { t } = useWords();
  return (
    <Card label={t('mobile.order.facts')}>
      <p className={css.description}>{order.description}</p>
      <OrderPhotos photos={order.photos} scopeId={order.scopeId} label={t('mobile.order.photos')} />
      <VoiceNotes ids={order.voices.map(({ id }) => id)} scopeId={order.scopeId} />
      <dl className={css.facts}>
        <Fact name={t('mobile.order.place')} value={`${order.scopeName} ${order.placeLabel}`} />
        <Fact name={t('mobile.order.number')} value={order.number} />
        <DutyFact order={order} />
        {order.workDone !== null && <Fact name={t('mobile.order.workDone')} value={order.workDone} />}
      </dl>
      <OrderPhotos
        photos={order.beforePhotos}
        scopeId={order.scopeId}
        label={t('mobile.order.beforePhotos')}
      />
      <OrderPhotos photos={order.workPhotos} scopeId={order.scopeId} label={t('mobile.order.workPhotos')} />
    </Card>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Story({ order, showsInternal }: { order: Order; showsInternal: boolean }) {
  const words: Words = useWords();
  const { t } = words;
  const timeline = useQuery(timelineQuery(order.scopeId, order.id));
  return (
    <Card labelledBy="story">
      <h2 id="story" className={css.heading}>
        {t('mobile.timeline.title')}
      </h2>
      {timeline.data !== undefined ? (
        <OrderTimeline entries={timeline.data.items} scopeId={order.scopeId} showsInternal={showsInternal} />
      ) : timeline.error === null ? (
        <Skeleton lines={4} label={t('mobile.page.loading')} />
      ) : (
        <ErrorState
          text={problemSentence(words, timeline.error)}
          onRetry={() => {
            void timeline.refetch();
          }}
        />
      )}
    </Card>
  );
}
