import type { Text } from '../../app/text.ts';
import type { Report } from './api.ts';

/** When it is made, as a sentence. */
export function scheduleWords({ schedule }: Pick<Report, 'schedule'>, { t, tk }: Text): string {
  if (schedule === null) return t('reports.said.none');
  const { every, day, hour } = schedule;
  if (every === 'workday') return t('reports.said.workday', { hour });
  return every === 'week'
    ? t('reports.said.week', { day: tk(`reports.weekdays.${day ?? 1}`), hour })
    : t('reports.said.month', { day: day ?? 1, hour });
}

export function daysWords(days: { fromDay: string | null; toDay: string | null }, { t }: Text): string {
  const { fromDay: from, toDay: to } = days;
  if (from === null || to === null) return t('reports.periods.now');
  return from === to ? t('reports.oneDay', { from }) : t('reports.days', { from, to });
}
