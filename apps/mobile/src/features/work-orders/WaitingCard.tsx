import { cardClass } from '@gongzhi/ui/Card.tsx';
import { Avatar, StatusChip, ToneIcon } from '@gongzhi/ui/Status.tsx';
import { cx } from '@gongzhi/ui/tone.ts';
import { useNow } from '@gongzhi/ui/useNow.ts';
import type { Awaited, OrderRow } from '../../api-types.ts';
import { Link } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useSpokenChange } from '../../app/useSpokenChange.ts';
import { useWords } from '../../app/words.ts';
import { expectedWords } from './say-arrival.ts';
import { categoryOf, dueSentence, headline, toneOf } from './say.ts';
import { Stations } from './Stations.tsx';
import css from './WaitingCard.module.css';

/** While somebody is still to come. */
const COMING: readonly OrderRow['status'][] = ['submitted', 'triaged', 'assigned', 'accepted', 'departed'];

/** Who, where, how long: an order while one waits for it. The whole card opens it. */
export function WaitingCard({
  order,
  awaited,
}: {
  order: OrderRow;
  awaited?: Awaited | 'asked' | undefined;
}) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  const due = dueSentence(words, order, now);
  const said = headline(words, order);
  const title = categoryOf(locale, order);
  useSpokenChange(t('mobile.order.spoken', { title, headline: said }));
  return (
    <Link to={url.order({ scopeId: order.scopeId, id: order.id })} className={cx(cardClass, css.card)}>
      <span className={css.head}>
        {order.assigneeName === null ? (
          <ToneIcon tone={toneOf(order)} size="2rem" />
        ) : (
          <Avatar name={order.assigneeName} />
        )}
        <span className={css.who}>
          <strong className={css.headline}>{said}</strong>
          <span className={css.what}>
            {title} · {order.placeLabel}
          </span>
        </span>
      </span>
      <Stations at={order.station} isStanding={order.status === 'paused'} />
      {awaited !== undefined && COMING.includes(order.status) && (
        <span className={css.expected}>
          {awaited !== 'asked' && awaited.expected !== null && expectedWords(words, awaited.expected, now)}
        </span>
      )}
      <Due order={order} due={due} />
    </Link>
  );
}

function Due({ order, due }: { order: OrderRow; due: { text: string; isLate: boolean } | null }) {
  const { t } = useWords();
  if (order.status === 'paused') return <StatusChip tone="waiting" word={t('mobile.order.clockStands')} />;
  if (order.status === 'finished') return <StatusChip tone="due" word={t('mobile.order.yourTurn')} />;
  if (due === null) return null;
  return due.isLate ? (
    <StatusChip tone="late" word={due.text} />
  ) : (
    <span className={css.due}>{due.text}</span>
  );
}
