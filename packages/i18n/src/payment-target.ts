import type { paymentSharedLabels } from './zh-CN/payments-shared.ts';

type Key = Extract<keyof typeof paymentSharedLabels, `payments.target.${string}`>;
export type SayTarget = (key: Key, params?: Record<string, string>) => string;

/** What a part of a payment is for, in the reader's words: both apps say it alike. */
export function targetName(
  say: SayTarget,
  { kind, label }: { readonly kind: string; readonly label: string },
): string {
  if (kind === 'prepay') return say('payments.target.prepay');
  return kind === 'meter_topup' ? say('payments.target.meter_topup', { serial: label }) : label;
}
