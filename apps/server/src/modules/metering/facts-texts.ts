import { tKey } from '@gongzhi/i18n';
import { toLocal } from '@gongzhi/kernel';
import type { FindingRule, MeterRow } from './tables.ts';

/** An order's words are the place's words, as if somebody there had written them down. */
const locale = 'zh-CN';

/** What is stored is searched and copied: plain spaces. */
const plain = (text: string) => text.replaceAll('\u2009', ' ');
const two = (number: number) => String(number).padStart(2, '0');

export function orderText(meter: MeterRow, rule: FindingRule, since: Date, timeZone: string): string {
  const { month, day, hour, minute } = toLocal(since.getTime(), timeZone);
  return plain(
    tKey(locale, `metering.order.${rule}`, {
      kind: tKey(locale, `metering.kind.${meter.kind}`),
      serial: meter.serial,
      since: `${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`,
    }),
  );
}

export const withdrawnText = (rule: FindingRule): string => plain(tKey(locale, `metering.orderOver.${rule}`));
