/** The shape of labels: flat keys, `{name}` placeholders, and a plural form where a language needs one. */

export type Locale = 'zh-CN' | 'en';

export const locales: readonly Locale[] = ['zh-CN', 'en'];

/** Chosen by the parameter `count`: `one` for exactly 1. Chinese has no need of it. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

export type Message = string | Plural;
export type Messages = Readonly<Record<string, Message>>;

/** Every key of the Chinese file and no other: what an English file must satisfy. */
export type Labels<Chinese extends Messages> = { readonly [Key in keyof Chinese]: Message };

export type ParamValue = string | number;

/** The placeholders of a message as a type: '{who} 已接单' → 'who'. */
export type Placeholder<Text> = Text extends Plural
  ? Placeholder<Text['other']>
  : Text extends `${string}{${infer Name}}${infer Rest}`
    ? Name | Placeholder<Rest>
    : never;

const PLACEHOLDER = /\{(\w+)\}/g;

export function placeholdersOf(message: Message): string[] {
  const text = typeof message === 'string' ? message : `${message.one}${message.other}`;
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((found) => found[1]!))].sort();
}

const THIN_SPACE = '\u2009';
// No lookbehind in this file: the Safari of an older phone would refuse the whole script.
const HAN_DIGIT = /(\p{Script=Han}) ?(?=\d+(?![\d年月日号]))/gu;
const DIGIT_HAN = /([\d%]) ?(?=\p{Script=Han})(?![年月日号])/gu;

/**
 * Sets a thin space (U+2009) between Chinese characters and figures: '约12分钟' → '约 12 分钟'. Dates (11月3日) and
 * house numbers (3号楼) stay closed, as people write them.
 */
export function thin(text: string): string {
  return text
    .replace(HAN_DIGIT, (whole, han: string) => (han === '月' || han === '年' ? whole : han + THIN_SPACE))
    .replace(DIGIT_HAN, `$1${THIN_SPACE}`);
}

const FULL_WIDTH: Readonly<Record<string, string>> = {
  ',': '\uff0c',
  ':': '\uff1a',
  ';': '\uff1b',
  '?': '\uff1f',
  '!': '\uff01',
};
const MARK_AFTER_HAN = /([\p{Script=Han}”」』）%]) ?([,:;?!]) ?/gu;
const MARK_AFTER_PARAMETER = /\}(?: ?([,;?!]) ?|(:)(?=[\p{Script=Han}“]))/gu;
const BRACKETED = /(\p{Script=Han}?)\(([^()]*)\)/gu;
const HAN = /\p{Script=Han}/u;

const typeset = new Map<string, string>();

/**
 * Chinese labels may be typed with ASCII punctuation; they are shown with full-width marks, as they are printed.
 * Only the label is set so, never what people wrote into it.
 */
export function setChinese(label: string): string {
  let set = typeset.get(label);
  if (set === undefined) {
    set = label
      .replace(MARK_AFTER_HAN, (_, before: string, mark: string) => before + (FULL_WIDTH[mark] ?? mark))
      .replace(
        MARK_AFTER_PARAMETER,
        (_, mark?: string, colon?: string) => `}${FULL_WIDTH[mark ?? colon ?? ''] ?? ''}`,
      )
      .replace(BRACKETED, (whole, before: string, inside: string) =>
        before !== '' || HAN.test(inside) ? `${before}\uff08${inside}\uff09` : whole,
      );
    typeset.set(label, set);
  }
  return set;
}

/** Fills a message in. A parameter nobody passed stays visible as `{name}`: a fault to see, not to hide. */
export function fill(
  locale: Locale,
  message: Message,
  params: Readonly<Record<string, ParamValue>> = {},
): string {
  const text =
    typeof message === 'string' ? message : Number(params['count']) === 1 ? message.one : message.other;
  const label = locale === 'zh-CN' ? setChinese(text) : text;
  const filled = label.replace(PLACEHOLDER, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : String(value);
  });
  return locale === 'zh-CN' ? thin(filled) : filled;
}
