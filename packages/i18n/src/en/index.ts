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
import { gateDeskLabels } from './gate-desk.ts';
import { heatingLabels } from './heating.ts';
import { exportLabels } from './exports.ts';
import { hotlineLabels } from './hotline.ts';
import { householdBillLabels } from './household-bills.ts';
import { mobileLabels } from './mobile.ts';
import { mobileAfterWorkLabels } from './mobile-after-work.ts';
import { myDataLabels } from './my-data.ts';
import { passConsoleLabels } from './passes-console.ts';
import { passLabels } from './passes.ts';
import { peopleLabels } from './people.ts';
import { mobileWorkingLabels } from './mobile-working.ts';
import { open311Labels } from './open311.ts';
import { open311ServerLabels } from './open311-server.ts';
import { organisationLabels } from './organisation.ts';
import { organisationTreeLabels } from './organisation-tree.ts';
import { preventionLabels } from './prevention.ts';
import { reportingConsoleLabels } from './reporting-console.ts';
import { patrolLabels } from './patrol.ts';
import { patrolMobileLabels } from './patrol-mobile.ts';
import { sensingLabels } from './sensing.ts';
import { shiftFileLabels } from './shift-file.ts';
import { sharedLabels } from './shared.ts';
import { triageLabels } from './triage.ts';
import { telephonyLabels } from './telephony.ts';
import { wechatLabels } from './wechat.ts';
import { wechatMobileLabels } from './wechat-mobile.ts';

/** Every label in one table: for the server and the tests. Apps take shared + their own. */
export const allLabels = {
  ...sharedLabels,
  ...dispatchConsoleLabels,
  ...dispatchRuleLabels,
  ...shiftFileLabels,
  ...dispatchMobileLabels,
  ...mobileLabels,
  ...mobileWorkingLabels,
  ...consoleLabels,
  ...open311Labels,
  ...open311ServerLabels,
  ...organisationLabels,
  ...organisationTreeLabels,
  ...consoleWorkingLabels,
  ...consoleAfterWorkLabels,
  ...callbackRuleLabels,
  ...mobileAfterWorkLabels,
  ...deskLabels,
  ...guardLabels,
  ...guardConsoleLabels,
  ...gateDeskLabels,
  ...heatingLabels,
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
  ...preventionLabels,
  ...telephonyLabels,
  ...wechatLabels,
  ...wechatMobileLabels,
} as const;
