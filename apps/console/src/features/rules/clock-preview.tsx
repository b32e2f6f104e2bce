import { ErrorState, Skeleton, TextField, useNow } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { deskApi } from '../../api-desk.ts';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import type { LimitsDraft } from './entry-editor.tsx';
import css from './rules.module.css';

/** Something reported at this moment: when it would be due, and which days were counted for it. */
export function ClockPreview({ scopeId, limits }: { scopeId: string; limits: LimitsDraft }) {
  const text = useText();
  const { t, tk, exact, duration } = text;
  const now = useNow();
  const [at, setAt] = useState(() => localOf(now));
  const question = useDeferredValue({ at, limits });
  const isMoment = !Number.isNaN(Date.parse(`${question.at}:00+08:00`));
  const preview = useQuery({
    queryKey: ['clocks', scopeId, question],
    queryFn: () =>
      deskApi.clocks({
        scopeId,
        at: new Date(`${question.at}:00+08:00`).toISOString(),
        respondMinutes: question.limits.respondMinutes,
        resolveMinutes: question.limits.resolveMinutes,
        calendar: question.limits.calendar,
        ...(question.limits.arriveMinutes === null ? {} : { arriveMinutes: question.limits.arriveMinutes }),
      }),
    enabled: isMoment,
    placeholderData: keepPreviousData,
  });
  const longest = preview.data?.clocks.at(-1)?.days ?? [];
  return (
    <section className={css.box} aria-label={t('desk.clocks')}>
      <h3 className={css.heading}>{t('desk.clocks')}</h3>
      <TextField label={t('desk.clocks.at')} type="datetime-local" value={at} onChange={setAt} />
      {preview.isPending && isMoment && <Skeleton label={t('common.loading')} lines={2} />}
      {preview.isError && (
        <ErrorState text={problemText(preview.error, text)} onRetry={() => void preview.refetch()} />
      )}
      {preview.isSuccess && (
        <>
          <dl className={css.dues} aria-live="polite">
            {preview.data.clocks.map((clock) => (
              <div key={clock.clock}>
                <dt>{tk(`console.clock.${clock.clock}`)}</dt>
                <dd>{exact(clock.dueAt)}</dd>
              </div>
            ))}
          </dl>
          {!preview.data.isCovered && (
            <p className={css.warning}>{t('desk.clocks.unknown', { date: preview.data.knownTo })}</p>
          )}
          {longest.length > 0 && (
            <ol className={css.days} aria-label={t('desk.clocks.days')}>
              {longest.slice(0, 60).map((day) => (
                <li key={day.date} data-off={day.minutes === 0}>
                  <span>{day.date}</span>
                  <span>{tk(`desk.day.${day.reason}`)}</span>
                  <span>{day.minutes > 0 ? duration(day.minutes * 60_000) : t('desk.clocks.none')}</span>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </section>
  );
}

/** Now in China, as the field writes it. */
function localOf(now: number): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 16);
}
