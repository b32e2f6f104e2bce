import { settingDefinitions } from '../../../apps/server/src/platform/settings/keys.ts';

/** The door to the rules of money, beside those to the orders' (../rules.ts) and the hotline's. */
export {
  addMonths,
  billedTo,
  type BilledLine,
  dueNow,
  type HomeFacts,
  monthOf,
  nextStep,
  openOf,
  postingsOf,
  priceOf,
  receivableOf,
  settleWith,
  type Standing,
} from '../../../apps/server/src/modules/billing/domain.ts';
export {
  billingBatches,
  type LineWall,
  type LoadedArrears,
  type LoadedBilling,
  type LoadedLine,
  type LoadedReminder,
  type LoadedRun,
  type LoadedSettlement,
  type LoadedTariff,
} from '../../../apps/server/src/modules/billing/index.ts';
export {
  bookBatches,
  type LoadedBook,
  type LoadedPosting,
} from '../../../apps/server/src/modules/ledger/index.ts';
export {
  decide as learn,
  expectedOf,
  NOTES,
  ORDER_LASTS,
  type Way,
} from '../../../apps/server/src/modules/payments/domain.ts';
export {
  type LoadedPayment,
  type LoadedTill,
  moneyAccount,
  paymentBatches,
  type PaymentRow,
  settledAs,
} from '../../../apps/server/src/modules/payments/index.ts';

/** How a household is reminded where nobody has set anything else. */
export const ladder = settingDefinitions['billing.reminders'].default;
