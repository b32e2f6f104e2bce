import { Icon, ToneIcon, useNow } from '@gongzhi/ui';
import { Check, Clock3, Minus, OctagonAlert, Pause } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Order } from '../../api-types.ts';
import { useText } from '../../app/text.ts';
import { DutyWords } from '../desk/receiver-picker.tsx';
import { FieldPast } from '../desk/field-past.tsx';
import { Contact } from './contact.tsx';
import { type Deadline, deadlinesOf } from './deadlines.ts';
import css from './order-facts.module.css';
import { Photos } from './photos.tsx';
import type { SectionProps } from './sections.ts';

/** What it is about: the caller's own words first, then where, who, by when, and what came of it. */
export function OrderFacts({ order }: SectionProps) {
  const { t, tk, exact, when } = useText();
  const now = useNow();
  return (
    <section className={css.facts} aria-label={t('console.order.facts')}>
      <blockquote className={css.words}>{order.description}</blockquote>
      <Photos scopeId={order.scopeId} photos={order.photos} label={t('console.order.photos')} />
      <Deadlines deadlines={deadlinesOf(order, now)} remainingSeconds={order.resolveRemainingSeconds} />
      <FieldPast order={order} fields={['resolveDueAt', 'arriveDueAt', 'respondDueAt']} />
      <dl className={css.list}>
        <Fact label={t('console.order.place')}>
          {order.scopeName} {order.placeLabel}{' '}
          <span className={css.aside}>{tk(`places.${order.place}`)}</span>
        </Fact>
        <Fact label={t('console.order.contact')}>
          {order.contactMasked !== null && <Contact key={order.id} order={order} />}
        </Fact>
        <Fact label={t('console.order.kind')}>
          {tk(`kinds.${order.kind}`)} <FieldPast order={order} fields={['categoryCode', 'kind']} />
        </Fact>
        <Fact label={t('console.field.priority')}>
          {tk(`priorities.${order.priority}`)} <FieldPast order={order} fields={['priority']} />
        </Fact>
        <Fact label={t('desk.field.isPublic')}>
          {order.isPublic ? t('common.yes') : t('common.no')}{' '}
          <FieldPast order={order} fields={['isPublic', 'isConfidential']} />
        </Fact>
        <Fact label={t('console.order.created')}>
          <time dateTime={order.createdAt} title={exact(order.createdAt)}>
            {when(order.createdAt, now)}
          </time>
        </Fact>
        <Fact label={t('console.order.neededBy')}>{order.neededBy !== null && exact(order.neededBy)}</Fact>
        <Fact label={t('console.order.duty')}>
          {tk(`duties.${order.duty}`)}
          <DutyWords order={order} />
        </Fact>
        {order.status === 'paused' && (
          <Fact label={t('console.order.paused')}>
            {tk(`pauseReasons.${order.pausedReason}`, {}, 'console.due.paused')}
            {order.pausedNote !== null && order.pausedNote !== '' && (
              <span className={css.quote}>{order.pausedNote}</span>
            )}
            {order.pausedUntil !== null && (
              <span className={css.quote}>
                {t('console.order.until', { when: when(order.pausedUntil, now) })}
              </span>
            )}
          </Fact>
        )}
        <Fact label={t('console.order.referredTo')}>
          {order.referredTo}
          {order.referredReference !== null && <span className={css.aside}> {order.referredReference}</span>}
        </Fact>
        <Fact label={t('console.order.callbacks')}>
          {order.callbackAttempts > 0 &&
            t('console.order.callbackAttempts', { count: order.callbackAttempts })}
        </Fact>
        <Fact label={t('console.order.workDone')}>{order.workDone}</Fact>
      </dl>
      <Photos scopeId={order.scopeId} photos={order.workPhotos} label={t('console.order.workPhotos')} />
      <Outcome order={order} />
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  const isNothing = (part: ReactNode): boolean =>
    part === null || part === undefined || part === '' || part === false;
  if (Array.isArray(children) ? children.every(isNothing) : isNothing(children)) return null;
  return (
    <div className={css.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const MARK = {
  met: Check,
  missed: OctagonAlert,
  late: OctagonAlert,
  running: Clock3,
  stopped: Pause,
  void: Minus,
} as const;

const HOUR = 3_600_000;

/** Planned and actual, one under the other, as at a station. */
function Deadlines({
  deadlines,
  remainingSeconds,
}: {
  deadlines: readonly Deadline[];
  remainingSeconds: number | null;
}) {
  const { t, when, exact, duration } = useText();
  const now = useNow();
  if (deadlines.length === 0) return null;
  const word = ({ state, dueAt, doneAt }: Deadline): string => {
    const due = Date.parse(dueAt ?? '');
    switch (state) {
      case 'met':
        return t('console.deadline.met');
      case 'missed':
        return t('console.deadline.missed', { span: duration(Date.parse(doneAt ?? '') - due) });
      case 'late':
        return t('console.due.late', { span: duration(now - due) });
      case 'running': {
        // The minute stands beside it; within the last hour it is what counts.
        const left = due - now;
        return t('console.due.left', { span: duration(left < HOUR ? left : left - (left % HOUR)) });
      }
      case 'stopped':
        return t('console.order.remaining', { span: duration((remainingSeconds ?? 0) * 1000) });
      case 'void':
        return t('console.deadline.void');
    }
  };
  return (
    <table className={css.deadlines}>
      <caption className="gz-hidden">{t('console.order.deadlines')}</caption>
      <thead className="gz-hidden">
        <tr>
          <th>{t('console.deadline.what')}</th>
          <th>{t('console.deadline.by')}</th>
          <th>{t('console.deadline.state')}</th>
        </tr>
      </thead>
      <tbody>
        {deadlines.map((deadline) => (
          <tr key={deadline.kind} data-state={deadline.state}>
            <th scope="row">{t(`console.clock.${deadline.kind}`)}</th>
            <td title={deadline.dueAt === null ? undefined : exact(deadline.dueAt)}>
              {deadline.dueAt === null ? t('console.due.paused') : when(deadline.dueAt, now)}
            </td>
            <td className={css.state}>
              <Icon of={MARK[deadline.state]} size={14} />
              {word(deadline)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const ASPECTS = ['speed', 'manner', 'quality'] as const;

/** How it ended; unconfirmed is never dressed up as satisfied. */
function Outcome({ order }: { order: Order }) {
  const { t, tk } = useText();
  if (order.outcome === null && order.rating === null) return null;
  const isGood = order.rating === 'satisfied' || order.rating === 'basically_satisfied';
  return (
    <div className={css.outcome}>
      {order.outcome !== null && (
        <p>
          <ToneIcon tone={order.outcome === 'confirmed' ? 'done' : 'waiting'} size="16px" />
          {tk(`outcomes.${order.outcome}`)}
        </p>
      )}
      {order.rating !== null && (
        <p>
          <ToneIcon tone={isGood ? 'done' : 'late'} size="16px" />
          {t('console.order.rating', { rating: tk(`ratings.${order.rating}`) })}
        </p>
      )}
      {order.ratingWords !== null && order.ratingWords !== '' && (
        <p className={css.quote}>{order.ratingWords}</p>
      )}
      {ASPECTS.filter((aspect) => order.ratingAspects[aspect] !== undefined).map((aspect) => (
        <p key={aspect} className={css.aside}>
          {t('console.after.aspect', {
            aspect: t(`aspects.${aspect}`),
            score: tk(`ratings.${order.ratingAspects[aspect] ?? 'none'}`),
          })}
        </p>
      ))}
      {order.ratingReply !== null && (
        <p className={css.quote}>{t('console.after.reply', { text: order.ratingReply })}</p>
      )}
    </div>
  );
}
