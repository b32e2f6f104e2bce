import { formatDuration, formatExact, formatWhen } from '@gongzhi/i18n/when.ts';
import { useState } from 'react';
import { dueState } from './due.ts';
import css from './Time.module.css';
import { nowFor, useNow } from './useNow.ts';
import { t, useLocale } from './words.tsx';

/** As people say it; exact on tap. */
export function RelativeTime({ at }: { at: string }) {
  const locale = useLocale();
  const now = useNow();
  const [isExact, setExact] = useState(false);
  const exact = formatExact(locale, at);
  return (
    <button
      type="button"
      className={css.when}
      onClick={() => {
        setExact(!isExact);
      }}
    >
      <time dateTime={at} title={exact}>
        {isExact ? exact : formatWhen(locale, at, nowFor(at, now))}
      </time>
    </button>
  );
}

/** Nearer than this a clock time says nothing that the minutes don't. */
const HOUR_MS = 3_600_000;

/** By when, as a bar that shrinks; the sentence is what counts, the bar only shows it. */
export function DueBar({
  from,
  due,
  pausedSeconds = null,
}: {
  from: string;
  due: string;
  pausedSeconds?: number | null;
}) {
  const locale = useLocale();
  const now = useNow();
  const start = Date.parse(from);
  const end = Date.parse(due);
  const state = dueState(start, end, now, pausedSeconds);
  const left = pausedSeconds === null ? end - now : pausedSeconds * 1000;
  const share = Math.min(1, Math.max(0, left / Math.max(1, end - start)));
  const span = formatDuration(locale, left);
  const sentence =
    state === 'waiting'
      ? t(locale, 'ui.duePaused', { span })
      : state === 'late'
        ? t(locale, 'ui.dueLate', { span })
        : left < HOUR_MS
          ? t(locale, 'ui.dueSoon', { span })
          : t(locale, 'ui.dueIn', { span, when: formatWhen(locale, due, now) });
  return (
    <div className={css.due} data-tone={state}>
      <p className={css.sentence}>{sentence}</p>
      <div className={css.track} aria-hidden="true">
        <div className={css.left} style={{ transform: `scaleX(${state === 'late' ? 1 : share})` }} />
      </div>
    </div>
  );
}
