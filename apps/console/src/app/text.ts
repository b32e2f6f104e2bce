import {
  eventText,
  formatDuration,
  formatExact,
  formatWhen,
  type Locale,
  type MessageKey,
  noticeText,
  problemText,
  t,
  tKey,
  type Texts,
} from '@gongzhi/i18n/console-app.ts';
import type { Placeholder } from '@gongzhi/i18n/message.ts';
import { useLocale } from '@gongzhi/ui';
import { useMemo } from 'react';

/** Demanded where the sentence has placeholders. */
type Rest<Key extends MessageKey> = [Placeholder<Texts[Key]>] extends [never]
  ? [params?: Readonly<Record<string, string | number>>]
  : [params: { readonly [Name in Placeholder<Texts[Key]>]: string | number }];
type Params = Readonly<Record<string, unknown>>;

// The parameters are checked by `Rest`; the table's own type is too deep to be passed on.
const untyped: (locale: Locale, key: string, params?: object) => string = t as never;

/** Everything the console says, in the reader's language. */
export interface Text {
  locale: Locale;
  t<Key extends MessageKey>(key: Key, ...rest: Rest<Key>): string;
  /** For keys put together at run time, such as `errors.${code}`; the fallback's label where there is none. */
  tk(key: string, params?: Params, fallback?: MessageKey): string;
  /** A line of an order's timeline as a sentence. */
  event(line: Parameters<typeof eventText>[1], now: number): string;
  /** An inbox message as a sentence. */
  notice(template: string, params: Params): string;
  /** A refusal of the server's as a sentence. */
  problem(problem: { code: string; params: Params }): string;
  /** As people say it: 3 minutes ago, today 14:20. */
  when(at: string | number, now: number): string;
  exact(at: string | number): string;
  /** At most two units; takes milliseconds. */
  duration(ms: number): string;
  number(value: number): string;
  percent(share: number): string;
  /** Of a pair the server sends, the one in the reader's language. */
  named(names: { zh: string; en: string }): string;
}

export function makeText(locale: Locale): Text {
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return {
    locale,
    t: (key, ...rest) => untyped(locale, key, rest[0]),
    tk: (key, params = {}, fallback) => tKey(locale, key, plain(params), fallback),
    event: (line, now) => eventText(locale, line, now),
    notice: (template, params) => noticeText(locale, template, params),
    problem: (problem) => problemText(locale, problem),
    when: (at, now) => formatWhen(locale, at, now),
    exact: (at) => formatExact(locale, at),
    duration: (ms) => formatDuration(locale, ms),
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    named: ({ zh, en }) => (locale === 'zh-CN' ? zh : en),
  };
}

/** A server's params may hold anything; a sentence takes words and numbers. */
function plain(params: Params): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params))
    if (typeof value === 'string' || typeof value === 'number') kept[name] = value;
  return kept;
}

export function useText(): Text {
  const locale = useLocale();
  return useMemo(() => makeText(locale), [locale]);
}
