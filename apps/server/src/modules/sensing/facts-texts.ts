import { tKey } from '@gongzhi/i18n';
import { toLocal } from '@gongzhi/kernel';
import type { Rule } from './domain.ts';
import type { DeviceRow, Evidence } from './tables.ts';

/** An order's words are the place's words, as if somebody there had written them down. */
const locale = 'zh-CN';

/** What is stored is searched and copied: plain spaces. */
const plain = (text: string) => text.replaceAll('\u2009', ' ');
const two = (number: number) => String(number).padStart(2, '0');

/** 11-23 14:05:09 */
function clock(at: Date, timeZone: string): string {
  const { month, day, hour, minute, second } = toLocal(at.getTime(), timeZone);
  return `${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

export function orderText(
  device: DeviceRow,
  rule: Rule,
  since: Date,
  evidence: readonly Evidence[],
  timeZone: string,
): string {
  const readings = evidence.map(({ at, value }) => `${clock(new Date(at), timeZone)} ${value}`).join('; ');
  const params = {
    device: device.label,
    what: tKey(locale, `sensing.rules.${rule.code}`, {}, 'sensing.rules.other'),
    since: clock(since, timeZone),
    readings,
  };
  return plain(tKey(locale, evidence.length === 0 ? 'sensing.orderTextBare' : 'sensing.orderText', params));
}

export function withdrawnText(rule: Rule): string {
  const minutes = Math.max(1, Math.round(rule.clearForSeconds / 60));
  return plain(tKey(locale, 'sensing.withdrawn', { minutes }));
}
