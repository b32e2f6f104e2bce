import {
  type Locale,
  type MessageKey,
  type ParamValue,
  t,
  type Texts,
  tKey,
} from '@gongzhi/i18n/mobile-app.ts';
import type { Placeholder } from '@gongzhi/i18n/message.ts';
import { useLocale } from '@gongzhi/ui/words.tsx';
import { useMemo } from 'react';

type Params<Key extends MessageKey> = [Placeholder<Texts[Key]>] extends [never]
  ? [params?: Readonly<Record<string, ParamValue>>]
  : [params: { readonly [Name in Placeholder<Texts[Key]>]: ParamValue }];

export type Translate = <Key extends MessageKey>(key: Key, ...rest: Params<Key>) => string;

export interface Words {
  locale: Locale;
  t: Translate;
  /** For keys made at run time; the fallback's sentence where there is no such key. */
  tKey: (key: string, params: Readonly<Record<string, unknown>>, fallback: MessageKey) => string;
}

export function wordsIn(locale: Locale): Words {
  return {
    locale,
    // The parameters are checked by `Params` above; the table's own type is too deep to pass on.
    t: (key, ...rest) => (t as unknown as (l: Locale, k: string, p?: object) => string)(locale, key, rest[0]),
    tKey: (key, params, fallback) => tKey(locale, key, plain(params), fallback),
  };
}

/** What an event carries may be anything; only text and figures go into a sentence. */
function plain(params: Readonly<Record<string, unknown>>): Record<string, ParamValue> {
  const given: Record<string, ParamValue> = {};
  for (const [name, value] of Object.entries(params))
    if (typeof value === 'string' || typeof value === 'number') given[name] = value;
  return given;
}

export function useWords(): Words {
  const locale = useLocale();
  return useMemo(() => wordsIn(locale), [locale]);
}
