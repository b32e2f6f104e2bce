import { describe, expect, it } from 'vitest';
import { type Locale, t } from './index.ts';
import { lineName, type SayBill } from './bill-basis.ts';
import { type SayTarget, targetLabel, targetName } from './payment-target.ts';

const sayer = (locale: Locale) =>
  ((key: string, params?: Record<string, string>) =>
    (t as unknown as (...said: unknown[]) => string)(locale, key, params)) as unknown as SayBill & SayTarget;

describe('what a part of a payment is for', () => {
  it.each([
    ['property_fee', '物业服务费', '物业服务费', '物业服务费'],
    ['repair', 'repair', '维修费', 'Repair'],
    ['vehicle_pass', 'vehicle_pass', '车辆通行费', 'Vehicle pass'],
    ['prepaid_meter', 'prepaid_meter', '预付费表结清', 'Prepaid meter, settled'],
    ['surcharge', '物业服务费', '违约金：物业服务费', 'Late fee: 物业服务费'],
  ])('%s is told as the bill tells it, in the reader’s words', (item, name, chinese, english) => {
    const target = { kind: 'bill_line', label: targetLabel({ item, name }) };
    for (const [locale, words] of [
      ['zh-CN', chinese],
      ['en', english],
    ] as const) {
      expect(targetName(sayer(locale), target)).toBe(words);
      expect(lineName(sayer(locale), { item, name, amountFen: 100 })).toBe(words);
    }
  });
});
