import type { Labels } from '../message.ts';
import type { billingErrorLabels as zh } from '../zh-CN/billing-errors.ts';

export const billingErrorLabels = {
  'errors.billing.invalid': 'Something here is not right; nothing was changed',
  'errors.billing.too_long': 'More than {most} movements in this time: choose a shorter one',
  'errors.billing.key_reused': 'This number was used for something else; nothing was recorded now',
  'errors.billing.not_settled': 'So much was never paid on this line; nothing was refunded',
  'errors.billing.run_exists': 'There is a run of this month already: open that one',
  'errors.billing.run_open': 'Another run of this compound is not finished: approve it or give it up first',
  'errors.billing.run_not_ready': 'This cannot be done with the run now; reload to see how far it is',
  'errors.billing.needs_second_person': 'Somebody other than who asked for it has to decide',
  'errors.billing.stale': 'Somebody has just changed this. What you wrote is still here: look once more',
  'errors.billing.formula': 'This formula cannot be calculated: {what}',
  'errors.billing.billed_before': 'This has been billed already',
  'errors.billing.line_voided': 'This line was taken back before',
  'errors.billing.correction_open': 'A correction of this line waits for approval: decide on that one first',
  'errors.billing.correction_over': 'This correction was decided already; reload to see how',
  'fieldErrors.bill_share': 'Together they cannot be more than the whole: {percent}% is left',
  'fieldErrors.bill_range': 'Must be after {day}',
} as const satisfies Labels<typeof zh>;
