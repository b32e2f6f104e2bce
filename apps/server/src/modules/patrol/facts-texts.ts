import { tKey } from '@gongzhi/i18n';
import { toLocal } from '@gongzhi/kernel';

/** An order's words are the place's words, as if somebody there had written them down. */
export function findingText(params: {
  readonly route: string;
  readonly checkpoint: string;
  readonly words: string;
}): string {
  // What is stored is searched and copied: plain spaces.
  return tKey('zh-CN', 'patrol.orderText', params).replaceAll('\u2009', ' ');
}

const two = (number: number): string => String(number).padStart(2, '0');

/** 11-23 20:00, by the place's clock: read alike in every language. */
export function openingText(at: Date, timeZone: string): string {
  const { month, day, hour, minute } = toLocal(at.getTime(), timeZone);
  return `${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}
