import { mobileLabels as en } from './en/mobile.ts';
import { mobileAfterWorkLabels as afterEn } from './en/mobile-after-work.ts';
import { dispatchMobileLabels as dispatchEn } from './en/dispatch-mobile.ts';
import { guardLabels as guardEn } from './en/guard.ts';
import { myDataLabels as myDataEn } from './en/my-data.ts';
import { patrolMobileLabels as patrolEn } from './en/patrol-mobile.ts';
import { mobileWorkingLabels as workingEn } from './en/mobile-working.ts';
import { passLabels as passEn } from './en/passes.ts';
import { sharedLabels as sharedEn } from './en/shared.ts';
import { wechatMobileLabels as wechatEn } from './en/wechat-mobile.ts';
import { createSentences } from './sentences.ts';
import { createTranslator } from './translate.ts';
import { mobileLabels as zh } from './zh-CN/mobile.ts';
import { mobileAfterWorkLabels as afterZh } from './zh-CN/mobile-after-work.ts';
import { dispatchMobileLabels as dispatchZh } from './zh-CN/dispatch-mobile.ts';
import { guardLabels as guardZh } from './zh-CN/guard.ts';
import { myDataLabels as myDataZh } from './zh-CN/my-data.ts';
import { patrolMobileLabels as patrolZh } from './zh-CN/patrol-mobile.ts';
import { mobileWorkingLabels as workingZh } from './zh-CN/mobile-working.ts';
import { passLabels as passZh } from './zh-CN/passes.ts';
import { sharedLabels as sharedZh } from './zh-CN/shared.ts';
import { wechatMobileLabels as wechatZh } from './zh-CN/wechat-mobile.ts';

export { type Locale, locales, type ParamValue, thin } from './message.ts';
export { formatDuration, formatExact, formatSpan, formatWhen } from './when.ts';

const chinese = {
  ...sharedZh,
  ...zh,
  ...afterZh,
  ...workingZh,
  ...dispatchZh,
  ...myDataZh,
  ...patrolZh,
  ...wechatZh,
  ...passZh,
  ...guardZh,
} as const;

/** What apps/mobile bundles: the shared labels and its own, without the other app's. */
const labels = createTranslator({
  'zh-CN': chinese,
  en: {
    ...sharedEn,
    ...en,
    ...afterEn,
    ...workingEn,
    ...dispatchEn,
    ...myDataEn,
    ...patrolEn,
    ...wechatEn,
    ...passEn,
    ...guardEn,
  },
});
export const t = labels.t;
export const tKey = labels.tKey;
export const has = labels.has;

const sentences = createSentences(labels);
export const eventText = sentences.eventText;
export const noticeText = sentences.noticeText;
export const problemText = sentences.problemText;

export type MessageKey = keyof typeof chinese;
/** The Chinese labels as they are, for what checks placeholders. */
export type Texts = typeof chinese;
