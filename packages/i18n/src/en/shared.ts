import { afterWorkLabels } from './after-work.ts';
import { commonLabels } from './common.ts';
import { gateLabels } from './gate.ts';
import { deskErrorLabels } from './desk-errors.ts';
import { ledgerErrorLabels } from './ledger-errors.ts';
import { billingErrorLabels } from './billing-errors.ts';
import { meteringSharedLabels } from './metering-shared.ts';
import { billingSharedLabels } from './billing-shared.ts';
import { formErrorLabels } from './forms.ts';
import { preventionErrorLabels } from './prevention.ts';
import { reportErrorLabels } from './reports.ts';
import { dispatchSharedLabels } from './dispatch-shared.ts';
import { errorLabels } from './errors.ts';
import { hotlineSharedLabels } from './hotline-shared.ts';
import { identityErrorLabels } from './errors-identity.ts';
import { organisationErrorLabels } from './errors-organisation.ts';
import { open311ErrorLabels } from './open311-errors.ts';
import { patrolErrors } from './patrol-errors.ts';
import { paymentErrorLabels } from './payments-errors.ts';
import { paymentSharedLabels } from './payments-shared.ts';
import { peopleErrorLabels } from './errors-people.ts';
import { guardSharedLabels } from './guard-shared.ts';
import { barrierSharedLabels } from './barrier-shared.ts';
import { healthSharedLabels } from './health-shared.ts';
import { tracingSharedLabels } from './tracing.ts';
import { passSharedLabels } from './passes-shared.ts';
import { eventLabels } from './events.ts';
import { messageLabels } from './messages.ts';
import { peopleSharedLabels } from './people-shared.ts';
import { familyLabels } from './family.ts';
import { reasonLabels } from './reasons.ts';
import { reportingLabels } from './reporting.ts';
import { rolesLabels } from './roles.ts';
import { uiLabels } from './ui.ts';
import { telephonyErrorLabels } from './telephony-errors.ts';
import { workOrderLabels } from './work-orders.ts';
import { workingLabels } from './working.ts';

/** What both apps show. */
export const sharedLabels = {
  ...afterWorkLabels,
  ...commonLabels,
  ...dispatchSharedLabels,
  ...errorLabels,
  ...deskErrorLabels,
  ...ledgerErrorLabels,
  ...billingErrorLabels,
  ...meteringSharedLabels,
  ...billingSharedLabels,
  ...paymentErrorLabels,
  ...paymentSharedLabels,
  ...formErrorLabels,
  ...preventionErrorLabels,
  ...reportErrorLabels,
  ...hotlineSharedLabels,
  ...identityErrorLabels,
  ...organisationErrorLabels,
  ...open311ErrorLabels,
  ...patrolErrors,
  ...peopleErrorLabels,
  ...peopleSharedLabels,
  ...guardSharedLabels,
  ...barrierSharedLabels,
  ...healthSharedLabels,
  ...tracingSharedLabels,
  ...passSharedLabels,
  ...eventLabels,
  ...messageLabels,
  ...familyLabels,
  ...gateLabels,
  ...reasonLabels,
  ...reportingLabels,
  ...rolesLabels,
  ...telephonyErrorLabels,
  ...uiLabels,
  ...workOrderLabels,
  ...workingLabels,
} as const;
