import { billMobileLabels as chargesMobileEn } from './en/billing-mobile.ts';
import { billMobileLabels as chargesMobileZh } from './zh-CN/billing-mobile.ts';
import { mobileLabels as en } from './en/mobile.ts';
import { mobileAfterWorkLabels as afterEn } from './en/mobile-after-work.ts';
import { barrierMobileLabels as barrierEn } from './en/barrier-mobile.ts';
import { healthLabels as healthEn } from './en/health-mobile.ts';
import { dispatchMobileLabels as dispatchEn } from './en/dispatch-mobile.ts';
import { accountsLabels as accountsEn } from './en/accounts.ts';
import { guardLabels as guardEn } from './en/guard.ts';
import { meteringMobileLabels as metersEn } from './en/metering-mobile.ts';
import { myDataLabels as myDataEn } from './en/my-data.ts';
import { patrolMobileLabels as patrolEn } from './en/patrol-mobile.ts';
import { mobileWorkingLabels as workingEn } from './en/mobile-working.ts';
import { paymentLabels as payEn } from './en/payments.ts';
import { passLabels as passEn } from './en/passes.ts';
import { sharedLabels as sharedEn } from './en/shared.ts';
import { wechatMobileLabels as wechatEn } from './en/wechat-mobile.ts';
import { createSentences } from './sentences.ts';
import { createTranslator } from './translate.ts';
import { mobileLabels as zh } from './zh-CN/mobile.ts';
import { mobileAfterWorkLabels as afterZh } from './zh-CN/mobile-after-work.ts';
import { barrierMobileLabels as barrierZh } from './zh-CN/barrier-mobile.ts';
import { healthLabels as healthZh } from './zh-CN/health-mobile.ts';
import { dispatchMobileLabels as dispatchZh } from './zh-CN/dispatch-mobile.ts';
import { accountsLabels as accountsZh } from './zh-CN/accounts.ts';
import { guardLabels as guardZh } from './zh-CN/guard.ts';
import { meteringMobileLabels as metersZh } from './zh-CN/metering-mobile.ts';
import { myDataLabels as myDataZh } from './zh-CN/my-data.ts';
import { patrolMobileLabels as patrolZh } from './zh-CN/patrol-mobile.ts';
import { mobileWorkingLabels as workingZh } from './zh-CN/mobile-working.ts';
import { paymentLabels as payZh } from './zh-CN/payments.ts';
import { passLabels as passZh } from './zh-CN/passes.ts';
import { sharedLabels as sharedZh } from './zh-CN/shared.ts';
import { wechatMobileLabels as wechatZh } from './zh-CN/wechat-mobile.ts';

export { type Locale, locales, type ParamValue, thin } from './message.ts';
export { formatDated, formatDuration, formatExact, formatSpan, formatWhen } from './when.ts';

const chinese = {
  ...sharedZh,
  ...chargesMobileZh,
  ...zh,
  ...afterZh,
  ...workingZh,
  ...dispatchZh,
  ...myDataZh,
  ...metersZh,
  ...patrolZh,
  ...wechatZh,
  ...passZh,
  ...payZh,
  ...guardZh,
  ...barrierZh,
  ...healthZh,
  ...accountsZh,
} as const;

/** What apps/mobile bundles: the shared labels and its own, without the other app's. */
const labels = createTranslator({
  'zh-CN': chinese,
  en: {
    ...sharedEn,
    ...chargesMobileEn,
    ...en,
    ...afterEn,
    ...workingEn,
    ...dispatchEn,
    ...myDataEn,
    ...metersEn,
    ...patrolEn,
    ...wechatEn,
    ...passEn,
    ...payEn,
    ...guardEn,
    ...barrierEn,
    ...healthEn,
    ...accountsEn,
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
