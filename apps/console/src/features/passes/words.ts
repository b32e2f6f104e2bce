import type { Text } from '../../app/text.ts';
import type { Pass } from './api.ts';

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Mon, Wed 08:00–12:00. */
export const hoursText = (hours: Pass['hours'], { t }: Text): string =>
  hours
    .map(({ days, fromMinute, toMinute }) => {
      const named = days.map((day) => t(`pass.day.${day as 1}`)).join(t('common.listSeparator'));
      return `${named} ${clock(fromMinute)}–${clock(toMinute)}`;
    })
    .join(' · ');
