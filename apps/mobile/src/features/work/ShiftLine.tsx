import { formatWhen } from '@gongzhi/i18n/mobile-app.ts';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { api } from '../../api.ts';
import { useWords } from '../../app/words.ts';
import css from './ShiftLine.module.css';

/** Whether one is on shift, and until when or when next; nothing where nobody keeps a roster. */
export function ShiftLine() {
  const { t, locale } = useWords();
  const when = (at: string, from: number): string => formatWhen(locale, at, from);
  const now = useNow();
  const shifts = useQuery({ queryKey: ['orders', 'shifts'], queryFn: api.myShifts });
  if (shifts.data === undefined || shifts.data.duty === 'unplanned') return null;
  const { duty, until, nextFrom } = shifts.data;
  const next =
    nextFrom === null ? t('mobile.shift.none') : t('mobile.shift.next', { from: when(nextFrom, now) });
  return (
    <p className={css.line}>
      <Icon of={CalendarClock} />
      {until !== null && duty === 'on' && t('mobile.shift.on', { until: when(until, now) })}
      {until !== null && duty === 'standby' && t('mobile.shift.standby', { until: when(until, now) })}
      {duty === 'away' && t('mobile.shift.away')}
      {(duty === 'off' || duty === 'away') && <span>{next}</span>}
    </p>
  );
}
