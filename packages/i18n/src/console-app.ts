import { billAgreementLabels as agreementsEn } from './en/billing-agreements.ts';
import { billAgreementLabels as agreementsZh } from './zh-CN/billing-agreements.ts';
import { billingConsoleLabels as chargesConsoleEn } from './en/billing-console.ts';
import { billingConsoleLabels as chargesConsoleZh } from './zh-CN/billing-console.ts';
import { consoleLabels as en } from './en/console.ts';
import { consoleAfterWorkLabels as afterEn } from './en/console-after-work.ts';
import { callbackRuleLabels as callbacksEn } from './en/console-callbacks.ts';
import { barrierLabels as barrierEn } from './en/barrier.ts';
import { consoleWorkingLabels as workingEn } from './en/console-working.ts';
import { deskLabels as deskEn } from './en/desk.ts';
import { dispatchConsoleLabels as dispatchEn } from './en/dispatch-console.ts';
import { dispatchRuleLabels as rulesEn } from './en/dispatch-rules.ts';
import { open311Labels as open311En } from './en/open311.ts';
import { carParkLabels as carParkEn } from './en/carpark.ts';
import { guardConsoleLabels as guardEn } from './en/guard-console.ts';
import { gateDeskLabels as gatesEn } from './en/gate-desk.ts';
import { tracingLabels as tracingEn } from './en/tracing.ts';
import { heatingLabels as heatingEn } from './en/heating.ts';
import { accountsLabels as accountsEn } from './en/accounts.ts';
import { ledgerLabels as ledgerEn } from './en/ledger.ts';
import { hotlineLabels as hotlineEn } from './en/hotline.ts';
import { organisationLabels as organisationEn } from './en/organisation.ts';
import { organisationTreeLabels as organisationTreeEn } from './en/organisation-tree.ts';
import { householdBillLabels as billsEn } from './en/household-bills.ts';
import { overviewLabels as overviewEn } from './en/overview.ts';
import { peopleLabels as peopleEn } from './en/people.ts';
import { paymentBankLabels as payBankEn } from './en/payments-bank.ts';
import { paymentConsoleLabels as payDeskEn } from './en/payments-console.ts';
import { passConsoleLabels as passesEn } from './en/passes-console.ts';
import { formLabels as formsEn } from './en/forms.ts';
import { formFieldLabels as formFieldsEn } from './en/forms-fields.ts';
import { preventionLabels as preventionEn } from './en/prevention.ts';
import { reportLabels as reportsEn } from './en/reports.ts';
import { reportingConsoleLabels as reportingEn } from './en/reporting-console.ts';
import { meteringLabels as metersEn } from './en/metering.ts';
import { meteringDeskLabels as metersDeskEn } from './en/metering-desk.ts';
import { patrolLabels as patrolEn } from './en/patrol.ts';
import { sensingLabels as sensingEn } from './en/sensing.ts';
import { shiftFileLabels as shiftFileEn } from './en/shift-file.ts';
import { sharedLabels as sharedEn } from './en/shared.ts';
import { triageLabels as triageEn } from './en/triage.ts';
import { searchLabels as searchEn } from './en/search.ts';
import { telephonyLabels as telephonyEn } from './en/telephony.ts';
import { wallLabels as wallEn } from './en/wall.ts';
import { createSentences } from './sentences.ts';
import { createTranslator } from './translate.ts';
import { consoleLabels as zh } from './zh-CN/console.ts';
import { consoleAfterWorkLabels as afterZh } from './zh-CN/console-after-work.ts';
import { callbackRuleLabels as callbacksZh } from './zh-CN/console-callbacks.ts';
import { barrierLabels as barrierZh } from './zh-CN/barrier.ts';
import { consoleWorkingLabels as workingZh } from './zh-CN/console-working.ts';
import { deskLabels as deskZh } from './zh-CN/desk.ts';
import { dispatchConsoleLabels as dispatchZh } from './zh-CN/dispatch-console.ts';
import { dispatchRuleLabels as rulesZh } from './zh-CN/dispatch-rules.ts';
import { open311Labels as open311Zh } from './zh-CN/open311.ts';
import { carParkLabels as carParkZh } from './zh-CN/carpark.ts';
import { guardConsoleLabels as guardZh } from './zh-CN/guard-console.ts';
import { gateDeskLabels as gatesZh } from './zh-CN/gate-desk.ts';
import { tracingLabels as tracingZh } from './zh-CN/tracing.ts';
import { heatingLabels as heatingZh } from './zh-CN/heating.ts';
import { accountsLabels as accountsZh } from './zh-CN/accounts.ts';
import { ledgerLabels as ledgerZh } from './zh-CN/ledger.ts';
import { hotlineLabels as hotlineZh } from './zh-CN/hotline.ts';
import { organisationLabels as organisationZh } from './zh-CN/organisation.ts';
import { organisationTreeLabels as organisationTreeZh } from './zh-CN/organisation-tree.ts';
import { householdBillLabels as billsZh } from './zh-CN/household-bills.ts';
import { overviewLabels as overviewZh } from './zh-CN/overview.ts';
import { peopleLabels as peopleZh } from './zh-CN/people.ts';
import { paymentBankLabels as payBankZh } from './zh-CN/payments-bank.ts';
import { paymentConsoleLabels as payDeskZh } from './zh-CN/payments-console.ts';
import { passConsoleLabels as passesZh } from './zh-CN/passes-console.ts';
import { formLabels as formsZh } from './zh-CN/forms.ts';
import { formFieldLabels as formFieldsZh } from './zh-CN/forms-fields.ts';
import { preventionLabels as preventionZh } from './zh-CN/prevention.ts';
import { reportLabels as reportsZh } from './zh-CN/reports.ts';
import { reportingConsoleLabels as reportingZh } from './zh-CN/reporting-console.ts';
import { meteringLabels as metersZh } from './zh-CN/metering.ts';
import { meteringDeskLabels as metersDeskZh } from './zh-CN/metering-desk.ts';
import { patrolLabels as patrolZh } from './zh-CN/patrol.ts';
import { sensingLabels as sensingZh } from './zh-CN/sensing.ts';
import { shiftFileLabels as shiftFileZh } from './zh-CN/shift-file.ts';
import { sharedLabels as sharedZh } from './zh-CN/shared.ts';
import { triageLabels as triageZh } from './zh-CN/triage.ts';
import { searchLabels as searchZh } from './zh-CN/search.ts';
import { telephonyLabels as telephonyZh } from './zh-CN/telephony.ts';
import { wallLabels as wallZh } from './zh-CN/wall.ts';

export { type Locale, locales, type ParamValue, thin } from './message.ts';
export { formatDuration, formatExact, formatWhen } from './when.ts';

const chinese = {
  ...sharedZh,
  ...chargesConsoleZh,
  ...agreementsZh,
  ...zh,
  ...afterZh,
  ...workingZh,
  ...callbacksZh,
  ...deskZh,
  ...dispatchZh,
  ...rulesZh,
  ...shiftFileZh,
  ...carParkZh,
  ...guardZh,
  ...gatesZh,
  ...barrierZh,
  ...tracingZh,
  ...heatingZh,
  ...accountsZh,
  ...ledgerZh,
  ...hotlineZh,
  ...peopleZh,
  ...billsZh,
  ...open311Zh,
  ...organisationZh,
  ...organisationTreeZh,
  ...overviewZh,
  ...reportingZh,
  ...patrolZh,
  ...metersZh,
  ...metersDeskZh,
  ...sensingZh,
  ...triageZh,
  ...formsZh,
  ...formFieldsZh,
  ...preventionZh,
  ...searchZh,
  ...reportsZh,
  ...wallZh,
  ...telephonyZh,
  ...passesZh,
  ...payDeskZh,
  ...payBankZh,
} as const;

/** What apps/console bundles: the shared labels and its own, without the other app's. */
const labels = createTranslator({
  'zh-CN': chinese,
  en: {
    ...sharedEn,
    ...chargesConsoleEn,
    ...agreementsEn,
    ...en,
    ...afterEn,
    ...workingEn,
    ...callbacksEn,
    ...deskEn,
    ...dispatchEn,
    ...rulesEn,
    ...shiftFileEn,
    ...carParkEn,
    ...guardEn,
    ...gatesEn,
    ...barrierEn,
    ...tracingEn,
    ...heatingEn,
    ...accountsEn,
    ...ledgerEn,
    ...hotlineEn,
    ...peopleEn,
    ...billsEn,
    ...open311En,
    ...organisationEn,
    ...organisationTreeEn,
    ...overviewEn,
    ...reportingEn,
    ...triageEn,
    ...formsEn,
    ...formFieldsEn,
    ...preventionEn,
    ...searchEn,
    ...reportsEn,
    ...wallEn,
    ...telephonyEn,
    ...patrolEn,
    ...metersEn,
    ...metersDeskEn,
    ...sensingEn,
    ...passesEn,
    ...payDeskEn,
    ...payBankEn,
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
