import type { Labels } from '../message.ts';
import type { paymentErrorLabels as chinese } from '../zh-CN/payments-errors.ts';

export const paymentErrorLabels: Labels<typeof chinese> = {
  'errors.payments.invalid': 'Something is not right here; nothing was paid',
  'errors.payments.under_way': 'One of these is being paid already: finish or cancel that payment first',
  'errors.payments.over': 'This payment is over',
  'errors.payments.amount_stale':
    'The amount has changed and is up to date now. Please look again before you pay',
  'errors.payments.no_provider': 'Nobody takes payments this way here yet',
  'errors.payments.provider_silent':
    'The payment service does not answer. Nothing is taken twice and nothing that was taken is lost: look again in a moment',
  'errors.payments.provider_refuses': 'The payment service did not take this ({code}). No money was taken',
  'errors.payments.no_wechat':
    'To pay inside WeChat, bind it first under Me, message settings; or open this page in the phone’s browser',
  'errors.payments.not_in_wechat':
    'The merchant is bound to another official account, so nobody can pay inside this WeChat. Open the page in the phone’s browser, or choose another way',
  'errors.payments.refund_spent':
    'The money did go back, and the home’s balance lacks {missing} yuan to make up for it. Have that prepaid first, then ask again',
  'errors.payments.unsigned': 'Wrong signature',
  'errors.payments.other_company': 'This is owed to the company that served here before; please pay it there',
  'errors.payments.meter_full': 'This meter takes {most} yuan more at most',
  'errors.payments.topup_kept':
    'What was bought may be on the meter, and is not refunded. Where that is not known yet, read the meter first; what never got there goes back whole',
  'errors.payments.other_currency': 'Only yuan (CNY) are taken, not {currency}',
  'errors.payments.stale': 'Somebody was faster. This is up to date now; please look again',
  'errors.payments.needs_second_person': 'Another person has to do this',
  'errors.payments.refund_invalid': 'This cannot be refunded so: is it more than is left?',
  'errors.payments.refund_over': 'This refund has been dealt with',
  'errors.payments.no_till': 'No till is open; open one first',
  'errors.payments.till_open': 'This till is open already',
  'errors.payments.till_state': 'This cannot be done with the till now',
  'errors.payments.deposit_too_much':
    'At most {most} yuan can be brought: what was counted in this till, is not brought yet and stands in the books',
  'errors.payments.deposit_state': 'This deposit has been dealt with',
  'errors.payments.deposit_proposed': 'Something is proposed already: confirm it or turn it down first',
  'errors.payments.deposit_not_proposed': 'Nothing is proposed, so nothing can be confirmed',
  'errors.payments.line_proposed':
    'Somebody has proposed this line for cash that is on its way: confirm that or turn it down first, or choose another line',
  'errors.payments.slip_taken': 'This slip has been entered before',
  'errors.payments.invoice_asked': 'An invoice of this payment has been asked for',
  'errors.payments.invoice_elsewhere':
    'This was paid off the balance, with money paid before: ask for the invoice of the payment it came from',
  'errors.payments.invoice_changed':
    'Some of it was refunded since; {left} yuan are left. Decline it with that reason: it can be asked for anew',
  'errors.payments.no_file':
    'The payment service has no statement of that day: nothing was paid, or it is not out yet',
  'errors.payments.bank_file': 'Line {line} of the bank’s file cannot be read; nothing was taken in',
  'errors.payments.bank_differs': 'The bank paid out another amount than was due',
  'errors.payments.reconciled': 'That day has been settled',
  'fieldErrors.line_proposed': 'Proposed for other cash on its way',
  'fieldErrors.amount_stale': 'Another amount is due now',
  'fieldErrors.other_currency': 'Only yuan are taken',
  'fieldErrors.too_much': 'More than the limit',
  'fieldErrors.nothing_chosen': 'Choose at least one',
  'fieldErrors.part': 'There is no such part',
  'fieldErrors.arrived': 'It is on the meter',
  'fieldErrors.carried': 'Moved on with the meter’s balance',
  'fieldErrors.under_way': 'On its way to the meter',
  'fieldErrors.not_known_yet': 'Not known yet whether it is on the meter',
};
