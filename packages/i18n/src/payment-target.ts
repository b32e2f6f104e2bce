import type { billingSharedLabels } from './zh-CN/billing-shared.ts';
import type { paymentSharedLabels } from './zh-CN/payments-shared.ts';

type Key =
  | Extract<keyof typeof paymentSharedLabels, `payments.target.${string}`>
  | Extract<keyof typeof billingSharedLabels, `bills.item.${string}` | 'bills.surchargeOf'>;
export type SayTarget = (key: Key, params?: Record<string, string>) => string;

const late = 'surcharge:';

/** What a payment keeps of the line it pays, so that it is told in the reader's words as the bill tells it (bill-basis.ts). */
export const targetLabel = ({ item, name }: { readonly item: string; readonly name: string }): string =>
  item === 'surcharge' ? `${late}${name}` : name;

/** What a part of a payment is for, in the reader's words: both apps, the receipt and the provider's page say it alike. */
export function targetName(
  say: SayTarget,
  { kind, label }: { readonly kind: string; readonly label: string },
): string {
  if (kind === 'prepay') return say('payments.target.prepay');
  if (kind === 'meter_topup') return say('payments.target.meter_topup', { serial: label });
  if (label === 'repair' || label === 'vehicle_pass' || label === 'prepaid_meter')
    return say(`bills.item.${label}`);
  return label.startsWith(late) ? say('bills.surchargeOf', { name: label.slice(late.length) }) : label;
}
