import { Button, cx, EmptyState, StatusChip } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { type DragEvent, useEffect, useRef } from 'react';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import type { BoardData, BoardWaiting, Candidate } from './api.ts';
import css from './board.module.css';

export const DRAGGED = 'application/x-gongzhi-order';

/** What waits for somebody: late and urgent first, with how long it has and who is asked just now. */
export function Tray({
  board,
  now,
  chosen,
  best,
  isBusy,
  onChoose,
  onGive,
}: {
  board: BoardData;
  now: number;
  chosen: string | null;
  best: Candidate | undefined;
  isBusy: boolean;
  onChoose: (id: string) => void;
  onGive: (accountId: string) => void;
}) {
  const { t } = useText();
  return (
    <section className={css.tray} aria-labelledby="tray">
      <h2 id="tray" className={css.heading}>
        {t('board.waiting', { count: board.waiting.length })}
      </h2>
      {board.waiting.length === 0 && <EmptyState icon={CircleCheck} title={t('board.nothing')} />}
      {board.isCut && <p className={css.meta}>{t('board.cut')}</p>}
      <ul className={css.cards}>
        {board.waiting.map((order) => (
          <WaitingItem
            key={order.id}
            order={order}
            now={now}
            isChosen={order.id === chosen}
            onChoose={onChoose}
          >
            {order.id === chosen && (
              <div className={css.acts}>
                {best !== undefined && (
                  <Button
                    size="small"
                    variant="primary"
                    isBusy={isBusy}
                    onPress={() => {
                      onGive(best.accountId);
                    }}
                  >
                    {t('board.giveBest', { name: best.displayName, minutes: Math.round(best.minutes) })}
                  </Button>
                )}
                <Link {...url.order(order.scopeId, order.id)} className={css.link}>
                  {t('board.open')}
                </Link>
              </div>
            )}
          </WaitingItem>
        ))}
      </ul>
    </section>
  );
}

function WaitingItem({
  order,
  now,
  isChosen,
  onChoose,
  children,
}: {
  order: BoardWaiting;
  now: number;
  isChosen: boolean;
  onChoose: (id: string) => void;
  children: React.ReactNode;
}) {
  const { t, named, duration } = useText();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isChosen) button.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const left = order.respondDueAt === null ? null : Date.parse(order.respondDueAt) - now;
  const isLate = left !== null && left < 0;
  const drag = (event: DragEvent): void => {
    event.dataTransfer.setData(DRAGGED, order.id);
    // Choosing it would sort the lanes under the hand that drags.
    event.dataTransfer.effectAllowed = 'move';
  };
  return (
    <li className={cx(css.item, isChosen && css.chosen)} data-order={order.id} draggable onDragStart={drag}>
      <button
        ref={button}
        type="button"
        className={css.pick}
        aria-pressed={isChosen}
        onClick={() => {
          onChoose(order.id);
        }}
      >
        <span className={css.line}>
          {order.isEmergency && <StatusChip tone="late" word={t('board.emergency')} />}
          <strong>{named({ zh: order.categoryNameZh, en: order.categoryNameEn })}</strong>
        </span>
        <span className={css.meta}>
          {order.scopeName} {order.placeLabel}
        </span>
        <span className={cx(css.meta, isLate && css.late)}>
          {t('board.waited', { span: duration(now - Date.parse(order.createdAt)) })}
          {left !== null &&
            ` · ${t(isLate ? 'board.overdue' : 'board.dueIn', { span: duration(Math.abs(left)) })}`}
        </span>
        {order.asked.length > 0 && (
          <span className={css.meta}>
            {order.asked.length > 2
              ? t('board.askedMany', { count: order.asked.length })
              : t('board.asked', {
                  names: order.asked.map(({ displayName }) => displayName).join(t('common.listSeparator')),
                  span: duration(Math.max(0, Date.parse(order.asked[0]?.expiresAt ?? '') - now)),
                })}
          </span>
        )}
        {order.state === 'exhausted' && <span className={css.late}>{t('asking.state.exhausted')}</span>}
      </button>
      {children}
    </li>
  );
}
