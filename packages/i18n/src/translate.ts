import {
  fill,
  type Locale,
  type Message,
  type Messages,
  type ParamValue,
  type Placeholder,
} from './message.ts';

type Needed<Text> = { readonly [Name in Placeholder<Text>]: ParamValue };

/** Parameters are demanded when the Chinese message has placeholders, and optional otherwise. */
type Arguments<Text> = [Placeholder<Text>] extends [never]
  ? [params?: Readonly<Record<string, ParamValue>>]
  : [params: Needed<Text> & Readonly<Record<string, ParamValue>>];

export interface Translator<Chinese extends Messages> {
  /** The label of a key known at compile time. */
  t<Key extends keyof Chinese & string>(locale: Locale, key: Key, ...rest: Arguments<Chinese[Key]>): string;
  /**
   * The label of a key put together at run time (`errors.${code}`, `events.${kind}`): the fallback key's label
   * when there is none, so a page from before an update shows a sentence and never a bare key.
   */
  tKey(
    locale: Locale,
    key: string,
    params?: Readonly<Record<string, ParamValue | null | undefined>>,
    fallback?: keyof Chinese & string,
  ): string;
  /** Whether a key has a label. */
  has(key: string): key is keyof Chinese & string;
}

/** A translator over one set of tables: the whole (index.ts), or what one app needs (mobile-app.ts, console-app.ts). */
export function createTranslator<Chinese extends Messages>(tables: {
  readonly 'zh-CN': Chinese;
  readonly en: Readonly<Record<keyof Chinese, Message>>;
}): Translator<Chinese> {
  const look = (locale: Locale, key: string): Message | undefined =>
    Object.hasOwn(tables['zh-CN'], key) ? (tables[locale] as Messages)[key] : undefined;

  return {
    t: (locale, key, ...rest) => fill(locale, look(locale, key) ?? key, rest[0] ?? {}),
    tKey: (locale, key, params = {}, fallback) => {
      const message =
        look(locale, key) ?? (fallback === undefined ? key : (look(locale, fallback) ?? fallback));
      const given: Record<string, ParamValue> = {};
      for (const [name, value] of Object.entries(params)) if (value != null) given[name] = value;
      return fill(locale, message, given);
    },
    has: (key): key is keyof Chinese & string => Object.hasOwn(tables['zh-CN'], key),
  };
}
