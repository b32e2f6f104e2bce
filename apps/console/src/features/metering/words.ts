import { useText } from '../../app/text.ts';
import type { ListedMeter } from './api.ts';

const faults = [
  'no_answer',
  'garbled',
  'disconnected',
  'wrong_address',
  'not_done',
  'overtaken',
  'protected',
  'not_now',
  'refused',
  'retired',
  'ended',
  'host_refused',
] as const;

const blocks = ['protected', 'weather', 'holiday', 'calendar_unknown', 'weekend', 'night'] as const;

type MeterKind = ListedMeter['kind'];

/** Amounts as people say them, and what went wrong on a line. */
export function useMeterWords() {
  const { t, number, locale } = useText();
  const money = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'CNY',
    // ¥, as everywhere else, and not CN¥.
    currencyDisplay: 'narrowSymbol',
  });
  return {
    yuan: (fen: number) => money.format(fen / 100),
    /** `refused:not_authorised` and `not_now:night` say first what happened. */
    fault: (said: string) => {
      const [what = '', why = ''] = said.split(':');
      const found = faults.find((one) => what === one);
      const block = blocks.find((one) => why === one);
      const sentence = t(`metering.fault.${found ?? 'other'}`);
      return found === 'not_now' && block !== undefined
        ? t('metering.fault.why', { what: sentence, why: t(`metering.block.${block}`) })
        : sentence;
    },
    unit: (kind: MeterKind) => t(`metering.unit.${kind}`),
    amount: (value: number, kind: MeterKind) => `${number(value)} ${t(`metering.unit.${kind}`)}`,
    name: (meter: { readonly kind: MeterKind; readonly serial: string }) =>
      t('metering.of', { kind: t(`metering.kind.${meter.kind}`), serial: meter.serial }),
  };
}
