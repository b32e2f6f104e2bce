import { formatExact, type Locale } from '@gongzhi/i18n/console-app.ts';
import type { Order } from '../../api-types.ts';

/** What a placeholder becomes for this order; null where the order has no such thing yet. */
export function valuesOf(order: Order, locale: Locale): Readonly<Record<string, string | null>> {
  return {
    number: order.number,
    matter: locale === 'zh-CN' ? order.categoryNameZh : order.categoryNameEn,
    place: `${order.scopeName} ${order.placeLabel}`.trim(),
    worker: order.assigneeName,
    window: windowOf(order, locale),
    due: order.resolveDueAt === null ? null : formatExact(locale, order.resolveDueAt),
    company: order.scopeName,
  };
}

/** When somebody comes: the hour that was agreed, else by when they have to. */
function windowOf(order: Order, locale: Locale): string | null {
  const { appointment } = order as Order & {
    appointment?: { from?: string | null; to?: string | null } | null;
  };
  if (typeof appointment?.from === 'string')
    return [appointment.from, appointment.to]
      .filter((at) => typeof at === 'string')
      .map((at) => formatExact(locale, at))
      .join(' – ');
  return order.arriveDueAt === null ? null : formatExact(locale, order.arriveDueAt);
}

export interface Filled {
  readonly text: string;
  /** Placeholders for which the order has nothing: they stay visible, so that nobody sends a hole. */
  readonly missing: readonly string[];
}

export function fillTemplate(text: string, values: Readonly<Record<string, string | null>>): Filled {
  const missing: string[] = [];
  const filled = text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (whole, name: string) => {
    const value = values[name];
    if (value != null && value !== '') return value;
    missing.push(name);
    return whole;
  });
  return { text: filled, missing: [...new Set(missing)] };
}
