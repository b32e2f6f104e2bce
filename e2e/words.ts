import { type Locale, type MessageKey, tables, tKey } from '../packages/i18n/src/index.ts';

export type { Locale, MessageKey };

/** What the pages say, in Chinese unless told otherwise: tests press what people read, whatever it is called today. */
export function says(
  key: MessageKey,
  params: Record<string, string | number> = {},
  locale: Locale = 'zh-CN',
) {
  return tKey(locale, key, params);
}

/** Beginnings of keys: `mobile.`, `errors.`, `actions.`. Seen on a page, one is a label that is missing. */
const beginnings = [...new Set(Object.keys(tables['zh-CN']).map((key) => key.split('.')[0] ?? key))];

/** Labels without a gap, by their text, where the two languages differ. */
const plain = {
  'zh-CN': new Map(),
  en: new Map(),
} satisfies Record<Locale, Map<string, MessageKey>>;
for (const key of Object.keys(tables['zh-CN']) as MessageKey[]) {
  const [zh, en] = [says(key), says(key, {}, 'en')];
  if (zh === en || typeof tables.en[key] !== 'string') continue;
  if (!zh.includes('{')) (plain['zh-CN'] as Map<string, MessageKey>).set(zh, key);
  if (!en.includes('{')) (plain.en as Map<string, MessageKey>).set(en, key);
}

/** A language is called by its own name everywhere. */
const languages: ReadonlySet<string> = new Set([says('locales.zh-CN'), says('locales.en')]);

/**
 * What of these texts of a page in one language is a bare key, a gap nobody filled, or a label of the other one.
 * A company writes its job titles itself, and some read like a label of ours; the code of a matter reads like a key:
 * those texts are `typed`.
 */
export function wrongWords(
  texts: readonly string[],
  locale: Locale,
  typed: ReadonlySet<string> = new Set(),
): string[] {
  const bareKey = new RegExp(`(?:^|[^\\w./-])(?:${beginnings.join('|')})\\.[a-z]\\w*`, 'u');
  const other: Map<string, MessageKey> = plain[locale === 'en' ? 'zh-CN' : 'en'];
  const own: Map<string, MessageKey> = plain[locale];
  return texts.flatMap((text) => {
    const trimmed = text.trim();
    if (typed.has(trimmed)) return [];
    if (bareKey.test(trimmed)) return [`bare key: ${trimmed}`];
    if (/\{\w+\}/.test(trimmed)) return [`unfilled: ${trimmed}`];
    const key = other.get(trimmed);
    if (key !== undefined && !own.has(trimmed) && !languages.has(trimmed)) return [`${key}: ${trimmed}`];
    return [];
  });
}
