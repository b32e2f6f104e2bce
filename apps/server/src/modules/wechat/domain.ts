/**
 * What an official account is told and what it answers. Pure: the protocol's XML, what a message means, which answer it
 * gets. Signatures and ciphers are in service-envelope.ts, links in service-links.ts.
 */

const MINUTE = 60_000;

/** WeChat's clock and ours may differ by this much; what is older is a repetition by somebody else. */
export const freshFor = 5 * MINUTE;
/** Somebody who asked for it is looking at the chat right now. */
export const bindLifetime = 10 * MINUTE;
/** Words wait as long as it takes to find one's password. */
export const wordsLifetime = 60 * MINUTE;
/** Longer than WeChat repeats, longer than a signed request is fresh. */
export const rememberFor = 60 * MINUTE;
/** What a report may hold. */
export const longestWords = 2_000;
export const messagesAMinute = 20;

export function isFresh(timestamp: string, now: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) * 1_000 - now) <= freshFor;
}

export type Fields = ReadonlyMap<string, string>;

const mostFields = 100;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * One element with texts in it, which is all the protocol has. Null for anything else: a document type (and with it every
 * entity that unfolds), attributes, instructions, a name twice, tags that do not fit. What lies deeper is passed over.
 */
export function parseFields(xml: string): Fields | null {
  const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.-]{0,63})\s*(\/?)>|([^<]+)/y;
  const found = new Map<string, string>();
  const open: string[] = [];
  let text = '';
  let isOver = false;
  while (token.lastIndex < xml.length) {
    const match = token.exec(xml);
    if (match === null) return null;
    const [, raw, slash, name, isEmpty, plain] = match;
    if (name === undefined) {
      const words = raw ?? unescapeText(plain ?? '');
      if (words === null) return null;
      if (open.length === 2) text += words;
      else if (open.length < 2 && words.trim() !== '') return null;
      continue;
    }
    if (slash === '/') {
      if (isEmpty === '/' || open.pop() !== name) return null;
      if (open.length === 1) found.set(name, text);
      isOver = open.length === 0;
      continue;
    }
    if (isOver || open.length > 8 || (open.length === 0 && name !== 'xml')) return null;
    if (open.length === 1) {
      if (found.has(name) || found.size >= mostFields) return null;
      text = '';
      // Known from now on, so that the same name inside of itself is no second one.
      found.set(name, '');
    }
    if (isEmpty === '/') isOver = open.length === 0;
    else open.push(name);
  }
  return isOver && open.length === 0 ? found : null;
}

/** Only what XML itself names; null where an entity would have to be looked up. */
function unescapeText(text: string): string | null {
  let isKnown = true;
  const plain = text.replace(/&([^;&]{0,10};?)/g, (whole, inside: string) => {
    const number = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));$/.exec(inside);
    const code = number === null ? Number.NaN : Number.parseInt(number[1] ?? number[2]!, number[1] ? 16 : 10);
    const named = inside.endsWith(';') ? entities[inside.slice(0, -1)] : undefined;
    if (named !== undefined) return named;
    if (code > 0 && code <= 0x10_ffff) return String.fromCodePoint(code);
    isKnown = false;
    return whole;
  });
  return isKnown ? plain : null;
}

const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** Texts as CDATA, numbers bare, in the order given. */
export function writeFields(fields: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(fields).map(
    ([name, value]) => `<${name}>${typeof value === 'number' ? value : cdata(value)}</${name}>`,
  );
  return `<xml>${lines.join('')}</xml>`;
}

export interface Incoming {
  /** The open id: who wrote. */
  readonly from: string;
  /** The account it was written to. */
  readonly to: string;
  /** The same for every repetition of one message: its number, or for events who and when and what. */
  readonly key: string;
  readonly matter: Matter;
}

export type Matter =
  | { readonly kind: 'subscribe' | 'unsubscribe' | 'scan' | 'silent' | 'other' }
  | { readonly kind: 'click'; readonly button: string }
  | { readonly kind: 'text' | 'location'; readonly words: string };

const party = /^[A-Za-z0-9_-]{6,64}$/;

/** What a message means; null when it is none. */
export function incomingOf(fields: Fields): Incoming | null {
  const of = (name: string): string => fields.get(name) ?? '';
  const from = of('FromUserName');
  const to = of('ToUserName');
  const type = of('MsgType');
  if (!party.test(from) || !party.test(to) || !/^\d{1,12}$/.test(of('CreateTime')) || type === '')
    return null;
  if (type === 'event') {
    const key = ['event', from, of('CreateTime'), of('Event'), of('EventKey')].join('\0');
    return { from, to, key, matter: eventOf(of('Event'), of('EventKey')) };
  }
  if (!/^\d{1,20}$/.test(of('MsgId'))) return null;
  return { from, to, key: ['message', from, of('MsgId')].join('\0'), matter: matterOf(type, of) };
}

function eventOf(event: string, button: string): Matter {
  switch (event) {
    case 'subscribe':
    case 'unsubscribe':
      return { kind: event };
    case 'SCAN':
      return { kind: 'scan' };
    case 'CLICK':
      return { kind: 'click', button };
    default:
      // VIEW, LOCATION (where a phone is, by itself), receipts of template messages: nobody waits for an answer, and
      // nothing of it is kept.
      return { kind: 'silent' };
  }
}

function matterOf(type: string, of: (name: string) => string): Matter {
  switch (type) {
    case 'text':
      return { kind: 'text', words: of('Content') };
    // What WeChat heard, where the account has that switched on.
    case 'voice':
      return of('Recognition').trim() === '' ? { kind: 'other' } : { kind: 'text', words: of('Recognition') };
    case 'location':
      return { kind: 'location', words: of('Label') };
    default:
      return { kind: 'other' };
  }
}

export type AnswerName = 'welcome' | 'again' | 'report' | 'orders' | 'bind' | 'words' | 'help';

export interface Reply {
  readonly name: AnswerName;
  readonly language: 'zh-CN' | 'en';
  /** What the report begins with. */
  readonly words: string;
}

/** Words that ask for a page and report nothing, each list in all languages. */
export interface Keywords {
  readonly report: readonly string[];
  readonly orders: readonly string[];
  readonly bind: readonly string[];
}

const asked = ['report', 'orders', 'bind'] as const;

/** Which answer somebody gets; null: none, as after leaving. */
export function replyTo(matter: Matter, keywords: Keywords): Reply | null {
  switch (matter.kind) {
    case 'unsubscribe':
    case 'silent':
      return null;
    case 'subscribe':
      return inChinese('welcome');
    case 'scan':
      return inChinese('again');
    case 'other':
      return inChinese('help');
    case 'click': {
      // A menu of an English account has keys of its own: `report:en`.
      const [button = '', language] = matter.button.split(':');
      const name = asked.find((one) => one === button) ?? 'help';
      return { name, language: language === 'en' ? 'en' : 'zh-CN', words: '' };
    }
    case 'location':
      return matter.words.trim() === '' ? inChinese('report') : wordsReply(matter.words);
    case 'text': {
      const said = matter.words
        .trim()
        .toLowerCase()
        .replace(/[\s.!?\u3002\uff01\uff1f]+$/u, '');
      if (said === '') return inChinese('help');
      const name = asked.find((one) => keywords[one].includes(said));
      return name === undefined
        ? wordsReply(matter.words)
        : { name, language: languageOf(matter.words), words: '' };
    }
  }
}

const inChinese = (name: AnswerName): Reply => ({ name, language: 'zh-CN', words: '' });

function wordsReply(words: string): Reply {
  const cut = [...words.trim()].slice(0, longestWords).join('');
  return { name: 'words', language: languageOf(cut), words: cut };
}

/** WeChat no longer says which language somebody reads: what they write does. */
export function languageOf(text: string): 'zh-CN' | 'en' {
  return /\p{Script=Latin}/u.test(text) && !/\p{Script=Han}/u.test(text) ? 'en' : 'zh-CN';
}
