import { billMobileLabels } from './billing-mobile.ts';
import { billingConsoleLabels } from './billing-console.ts';
import { carParkLabels } from './carpark.ts';
import { consoleLabels } from './console.ts';
import { callbackRuleLabels } from './console-callbacks.ts';
import { consoleAfterWorkLabels } from './console-after-work.ts';
import { consoleWorkingLabels } from './console-working.ts';
import { deskLabels } from './desk.ts';
import { dispatchConsoleLabels } from './dispatch-console.ts';
import { dispatchRuleLabels } from './dispatch-rules.ts';
import { dispatchMobileLabels } from './dispatch-mobile.ts';
import { guardLabels } from './guard.ts';
import { guardConsoleLabels } from './guard-console.ts';
import { barrierLabels } from './barrier.ts';
import { barrierMobileLabels } from './barrier-mobile.ts';
import { healthLabels } from './health-mobile.ts';
import { gateDeskLabels } from './gate-desk.ts';
import { tracingLabels } from './tracing.ts';
import { heatingLabels } from './heating.ts';
import { accountsLabels } from './accounts.ts';
import { ledgerLabels } from './ledger.ts';
import { exportLabels } from './exports.ts';
import { hotlineLabels } from './hotline.ts';
import { householdBillLabels } from './household-bills.ts';
import { meteringLabels } from './metering.ts';
import { meteringDeskLabels } from './metering-desk.ts';
import { meteringMobileLabels } from './metering-mobile.ts';
import { mobileLabels } from './mobile.ts';
import { mobileAfterWorkLabels } from './mobile-after-work.ts';
import { myDataLabels } from './my-data.ts';
import { passConsoleLabels } from './passes-console.ts';
import { passLabels } from './passes.ts';
import { paymentLabels } from './payments.ts';
import { paymentBankLabels } from './payments-bank.ts';
import { paymentConsoleLabels } from './payments-console.ts';
import { peopleLabels } from './people.ts';
import { mobileWorkingLabels } from './mobile-working.ts';
import { open311Labels } from './open311.ts';
import { billAgreementLabels } from './billing-agreements.ts';
import { billPaperLabels } from './billing-papers.ts';
import { open311ServerLabels } from './open311-server.ts';
import { organisationLabels } from './organisation.ts';
import { organisationTreeLabels } from './organisation-tree.ts';
import { overviewLabels } from './overview.ts';
import { formLabels } from './forms.ts';
import { formFieldLabels } from './forms-fields.ts';
import { preventionLabels } from './prevention.ts';
import { reportLabels } from './reports.ts';
import { reportingConsoleLabels } from './reporting-console.ts';
import { patrolLabels } from './patrol.ts';
import { patrolMobileLabels } from './patrol-mobile.ts';
import { sensingLabels } from './sensing.ts';
import { shiftFileLabels } from './shift-file.ts';
import { sharedLabels } from './shared.ts';
import { triageLabels } from './triage.ts';
import { searchLabels } from './search.ts';
import { telephonyLabels } from './telephony.ts';
import { wallLabels } from './wall.ts';
import { wechatLabels } from './wechat.ts';
import { wechatMobileLabels } from './wechat-mobile.ts';

/** Every label in one table: for the server and the tests. Apps take shared + their own. */
export const allLabels = {
  ...sharedLabels,
  ...dispatchConsoleLabels,
  ...dispatchRuleLabels,
  ...shiftFileLabels,
  ...dispatchMobileLabels,
  ...meteringLabels,
  ...meteringDeskLabels,
  ...meteringMobileLabels,
  ...mobileLabels,
  ...paymentLabels,
  ...paymentBankLabels,
  ...paymentConsoleLabels,
  ...mobileWorkingLabels,
  ...consoleLabels,
  ...open311Labels,
  ...billPaperLabels,
  ...billAgreementLabels,
  ...open311ServerLabels,
  ...organisationLabels,
  ...organisationTreeLabels,
  ...consoleWorkingLabels,
  ...consoleAfterWorkLabels,
  ...callbackRuleLabels,
  ...mobileAfterWorkLabels,
  ...deskLabels,
  ...guardLabels,
  ...carParkLabels,
  ...guardConsoleLabels,
  ...gateDeskLabels,
  ...barrierLabels,
  ...barrierMobileLabels,
  ...healthLabels,
  ...tracingLabels,
  ...heatingLabels,
  ...accountsLabels,
  ...billMobileLabels,
  ...billingConsoleLabels,
  ...ledgerLabels,
  ...hotlineLabels,
  ...passLabels,
  ...passConsoleLabels,
  ...peopleLabels,
  ...exportLabels,
  ...householdBillLabels,
  ...reportingConsoleLabels,
  ...myDataLabels,
  ...patrolLabels,
  ...patrolMobileLabels,
  ...sensingLabels,
  ...triageLabels,
  ...overviewLabels,
  ...formLabels,
  ...formFieldLabels,
  ...preventionLabels,
  ...searchLabels,
  ...reportLabels,
  ...wallLabels,
  ...telephonyLabels,
  ...wechatLabels,
  ...wechatMobileLabels,
} as const;
