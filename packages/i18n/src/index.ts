import { allLabels as en } from './en/index.ts';
import { createSentences } from './sentences.ts';
import { createTranslator } from './translate.ts';
import { allLabels as zh } from './zh-CN/index.ts';

export {
  fill,
  type Locale,
  locales,
  type Message,
  type ParamValue,
  placeholdersOf,
  thin,
} from './message.ts';
export { createSentences, type Sentences, type TimelineLine } from './sentences.ts';
export { createTranslator, type Translator } from './translate.ts';
export { formatDated, formatDuration, formatExact, formatSpan, formatWhen } from './when.ts';

/** Every label there is; for the server and tests. An app imports './mobile-app.ts' or './console-app.ts' instead. */
export const tables = { 'zh-CN': zh, en } as const;

const all = createTranslator(tables);
export const t = all.t;
export const tKey = all.tKey;
export const has = all.has;

const sentences = createSentences(all);
export const eventText = sentences.eventText;
export const noticeText = sentences.noticeText;
export const problemText = sentences.problemText;

export type MessageKey = keyof typeof zh;
