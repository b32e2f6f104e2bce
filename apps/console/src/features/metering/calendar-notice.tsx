import { useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { deskApi, deskKeys } from '../../api-desk.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './metering.module.css';

const DAY = 86_400_000;

/** Once the calendar of holidays is about to end, or has: from then on no meter is switched off, and somebody should know. */
export function CalendarNotice({ scopeId }: { scopeId: string }) {
  const { t } = useText();
  const mayRead = useMay('rules.read');
  const today = new Date(useNow() + 8 * 3_600_000).toISOString().slice(0, 10);
  const asked = useQuery({
    queryKey: [...deskKeys.calendar(scopeId, today), 'notice'],
    queryFn: () => deskApi.calendar({ scopeId, from: today, to: today }),
    enabled: mayRead,
    staleTime: DAY,
  });
  const from = asked.data?.missingFrom ?? null;
  return from === null ? null : (
    <p className={css.warning}>{t('metering.calendarMissing', { date: from })}</p>
  );
}
