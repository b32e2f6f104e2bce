import { addDays } from '@gongzhi/kernel/time.ts';

/** People say the last day on which something holds, the house keeps the first on which it doesn't. */
export const lastDayOf = (endsOn: string): string => addDays(endsOn, -1);
export const endOf = (today: string, days: number): string => addDays(today, days);
