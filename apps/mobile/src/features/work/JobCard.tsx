import { formatWhen } from '@gongzhi/i18n/when.ts';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { DueBar } from '@gongzhi/ui/Time.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { ChevronRight, MapPin } from 'lucide-react';
import type { Order } from '../../api-types.ts';
import { Link } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useWords } from '../../app/words.ts';
import { JobVisit } from '../visits/JobVisit.tsx';
import { VoiceNotes } from '../voice/VoiceNotes.tsx';
import { OrderPhotos } from '../work-orders/OrderPhotos.tsx';
import { categoryOf, deadlineOf } from '../work-orders/say.ts';
import { CallContact } from './CallContact.tsx';
import css from './JobCard.module.css';

/** One job over the whole screen: where, what, by when. */
export function JobCard({ order, waiting }: { order: Order; waiting: number }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  const deadline = deadlineOf(order);
  const isPaused = order.status === 'paused';
  return (
    <Card as="article" labelledBy="job-place" className={css.job ?? ''}>
      <div className={css.chips}>
        {order.isEmergency && <StatusChip tone="late" word={t('mobile.work.emergency')} isStrong />}
        <StatusChip
          tone={isPaused ? 'waiting' : 'moving'}
          word={t(`mobile.work.status.${workStatus(order)}`)}
        />
        {order.urgeCount > 0 && (
          <StatusChip tone="due" word={t('mobile.work.urged', { count: order.urgeCount })} />
        )}
        {waiting > 0 && <StatusChip tone="due" word={t('mobile.work.unsent', { count: waiting })} />}
      </div>
      <div>
        <p className={css.scope}>
          <Icon of={MapPin} />
          {order.scopeName}
        </p>
        <h2 id="job-place" className={css.place}>
          {order.placeLabel}
        </h2>
      </div>
      {isPaused && order.resolveRemainingSeconds !== null && order.resolveDueAt === null ? (
        <DueBar
          from={order.createdAt}
          due={new Date(now + order.resolveRemainingSeconds * 1000).toISOString()}
          pausedSeconds={order.resolveRemainingSeconds}
        />
      ) : (
        deadline !== null && (
          <div className={css.deadline}>
            <p className={css.which}>{t(`clocks.${deadline.which}`)}</p>
            <DueBar from={deadline.from} due={deadline.due} />
          </div>
        )
      )}
      {isPaused && order.pausedReason !== null && (
        <p>
          {t('mobile.order.pausedFor', {
            reason: words.tKey(`pauseReasons.${order.pausedReason}`, {}, 'common.unknown'),
          })}
        </p>
      )}
      <JobVisit order={order} />
      {order.followerCount > 0 && <p>{t('mobile.follow.count', { count: order.followerCount })}</p>}
      {order.neededBy !== null && (
        <p className={css.needed}>
          {t('mobile.order.neededBy', { when: formatWhen(locale, order.neededBy, now) })}
        </p>
      )}
      <div>
        <p className={css.what}>{categoryOf(locale, order)}</p>
        <p className={css.description}>{order.description}</p>
      </div>
      <OrderPhotos photos={order.photos} scopeId={order.scopeId} label={t('mobile.order.photos')} />
      <VoiceNotes ids={order.voices.map(({ id }) => id)} scopeId={order.scopeId} />
      <OrderPhotos
        photos={order.beforePhotos}
        scopeId={order.scopeId}
        label={t('mobile.order.beforePhotos')}
      />
      {order.contactMasked !== null && <CallContact key={order.id} order={order} />}
      <Link to={url.order({ scopeId: order.scopeId, id: order.id })} className={css.story}>
        {t('mobile.work.story')}
        <Icon of={ChevronRight} />
      </Link>
    </Card>
  );
}

type WorkStatus = 'assigned' | 'accepted' | 'departed' | 'arrived' | 'in_progress' | 'paused' | 'finished';

function workStatus(order: Order): WorkStatus {
  switch (order.status) {
    case 'assigned':
    case 'accepted':
    case 'departed':
    case 'arrived':
    case 'in_progress':
    case 'paused':
      return order.status;
    default:
      return 'finished';
  }
}
