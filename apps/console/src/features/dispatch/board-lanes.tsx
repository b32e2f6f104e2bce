import { Button, cx, StatusChip } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { toneOf } from '../orders/status.ts';
import type { BoardBlock, BoardData, BoardLane, Candidate } from './api.ts';
import { DRAGGED } from './board-tray.tsx';
import css from './board.module.css';
import { type Hours, hoursAround, layOut, shareAt } from './lanes.ts';
import { exclusionWords } from './reasons.ts';

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
/** The height of one row of blocks, in step with board.module.css. */
const ROW_PX = 30;

/** Who is there stands above who is not. */
const dutyOrder: Record<BoardLane['duty'], number> = { on: 0, unplanned: 0, standby: 1, off: 2, away: 3 };

function useClock(timeZone: string): (at: number | string) => string {
  const { locale } = useText();
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  return (at) => clock.format(new Date(at));
}

/** A line for each person: when they are there, what they have in hand, and how well the chosen order would suit them. */
export function Lanes({
  board,
  now,
  candidates,
  isBusy,
  onGive,
}: {
  board: BoardData;
  now: number;
  /** Of the chosen order; null: none is chosen. */
  candidates: readonly Candidate[] | null;
  isBusy: boolean;
  onGive: (accountId: string, orderId?: string) => void;
}) {
  const { t } = useText();
  const hours = hoursAround(now);
  const clockOf = useClock(board.timeZone);
  const ranked = new Map((candidates ?? []).map((one, i) => [one.accountId, { one, i }]));
  const people =
    candidates === null
      ? board.people.toSorted((a, b) => dutyOrder[a.duty] - dutyOrder[b.duty] || b.openOrders - a.openOrders)
      : board.people.toSorted(
          (a, b) => (ranked.get(a.accountId)?.i ?? 1e6) - (ranked.get(b.accountId)?.i ?? 1e6),
        );
  return (
    <section className={css.lanes} aria-labelledby="lanes">
      <h2 id="lanes" className="gz-hidden">
        {t('board.people')}
      </h2>
      <div className={css.axis} aria-hidden="true">
        {hours.marks.map((mark) => (
          <span key={mark} style={{ insetInlineStart: percent(shareAt(mark, hours)) }}>
            {clockOf(mark)}
          </span>
        ))}
      </div>
      <ul className={css.rows}>
        {people.map((person) => (
          <Lane
            key={person.accountId}
            person={person}
            now={now}
            hours={hours}
            clockOf={clockOf}
            candidate={ranked.get(person.accountId)?.one}
            isBusy={isBusy}
            onGive={onGive}
          />
        ))}
      </ul>
    </section>
  );
}

function Lane({
  person,
  now,
  hours,
  clockOf,
  candidate,
  isBusy,
  onGive,
}: {
  person: BoardLane;
  now: number;
  hours: Hours;
  clockOf: (at: number | string) => string;
  candidate: Candidate | undefined;
  isBusy: boolean;
  onGive: (accountId: string, orderId?: string) => void;
}) {
  const text = useText();
  const { t } = text;
  const [isOver, setOver] = useState(false);
  const { drawn, rows } = layOut(person.blocks, hours, now);
  return (
    <li
      className={cx(css.lane, isOver && css.over, candidate?.rank === 1 && css.best)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onGive(person.accountId, event.dataTransfer.getData(DRAGGED));
      }}
    >
      <div className={css.who}>
        <span className={css.line}>
          <strong>{person.displayName}</strong>
          <StatusChip
            tone={person.duty === 'on' ? 'moving' : 'waiting'}
            word={t(`dispatch.duty.${person.duty}`)}
          />
        </span>
        <span className={css.meta}>
          {person.title} · {t('board.inHand', { count: person.openOrders })}
        </span>
        {candidate !== undefined && (
          <span className={css.line}>
            {candidate.rank === null ? (
              <span className={css.meta}>
                {candidate.exclusions.map((one) => exclusionWords(text, one, now)).join(' · ')}
              </span>
            ) : (
              <span className={css.rank}>
                {t('board.rank', { rank: candidate.rank, minutes: Math.round(candidate.minutes) })}
              </span>
            )}
            {candidate.mayBeSent && (
              <Button
                size="small"
                isBusy={isBusy}
                onPress={() => {
                  onGive(person.accountId);
                }}
              >
                {t('board.give')}
                <span className="gz-hidden"> {person.displayName}</span>
              </Button>
            )}
          </span>
        )}
      </div>
      <div className={css.track} style={{ minHeight: `${rows * ROW_PX + 8}px` }}>
        {person.spans.map((span) => {
          const [left, right] = [shareAt(Date.parse(span.from), hours), shareAt(Date.parse(span.to), hours)];
          return right <= left ? null : (
            <span
              key={span.from}
              className={cx(css.span, span.kind === 'standby' && css.standby)}
              style={{ insetInlineStart: percent(left), width: percent(right - left) }}
            />
          );
        })}
        <span className={css.now} style={{ insetInlineStart: percent(shareAt(now, hours)) }} />
        <ul className={css.blocks}>
          {drawn.map(({ block, left, width, row, isOpen }) => (
            <li
              key={block.id}
              style={{ insetInlineStart: percent(left), width: percent(width), top: `${row * ROW_PX + 4}px` }}
            >
              <Block block={block} isOpen={isOpen} clockOf={clockOf} />
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}

function Block({
  block,
  isOpen,
  clockOf,
}: {
  block: BoardBlock;
  isOpen: boolean;
  clockOf: (at: number | string) => string;
}) {
  const { t, tk, named } = useText();
  const name = named({ zh: block.categoryNameZh, en: block.categoryNameEn });
  const times =
    block.acceptedAt === null
      ? ''
      : `${clockOf(block.acceptedAt)}–${block.finishedAt === null ? '' : clockOf(block.finishedAt)}`;
  const due = block.dueAt === null ? '' : t('board.due', { at: clockOf(block.dueAt) });
  const words = [name, block.placeLabel, tk(`console.status.${block.status}`), times, due]
    .filter((one) => one !== '')
    .join(' · ');
  return (
    <Link
      {...url.order(block.scopeId, block.id)}
      className={cx(css.block, isOpen && css.open)}
      data-tone={block.isLate && isOpen ? 'late' : toneOf(block.status)}
      title={words}
      aria-label={words}
    >
      {name} {block.placeLabel}
    </Link>
  );
}
