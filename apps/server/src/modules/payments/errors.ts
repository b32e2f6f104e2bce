import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** What cannot be; params: reason. */
  'payments.invalid': 422,
  /** Something of it is under way already; params: paymentId. */
  'payments.under_way': 409,
  /** It is paid, closed or failed; params: state. */
  'payments.over': 409,
  /** Less is open than is to be paid; params: label, dueFen. */
  'payments.amount_stale': 409,
  /** Nobody takes money in this way here; params: way. */
  'payments.no_provider': 422,
  /** Nothing came back; it may be tried again and is never paid twice. */
  'payments.provider_silent': 503,
  /** params: code, the provider's own word. */
  'payments.provider_refuses': 422,
  /** Inside WeChat nobody is known who has not bound it. */
  'payments.no_wechat': 409,
  /** The merchant is bound to another official account, or is no merchant of WeChat's; params: way. */
  'payments.not_in_wechat': 422,
  /** Not from the provider, or about nothing that is known here. */
  'payments.unsigned': 401,
  'payments.other_company': 422,
  /** More than the meter may hold; params: most, in yuan. */
  'payments.meter_full': 422,
  /** What was bought for a meter goes back whole, and only when it is certain that it is not on it; params: reason. */
  'payments.topup_kept': 409,
  /** Only yuan are taken; params: currency. */
  'payments.other_currency': 422,
  /** Somebody was faster. */
  'payments.stale': 409,
  'payments.needs_second_person': 403,
  /** params: reason. */
  'payments.refund_invalid': 422,
  /** params: state. */
  'payments.refund_over': 409,
  /** Carried out there though given up here, and what it had become is spent; params: missing, in yuan. */
  'payments.refund_spent': 409,
  'payments.no_till': 409,
  'payments.till_open': 409,
  /** params: state. */
  'payments.till_state': 409,
  /** More than was counted and is not brought yet, or than the book says is there; params: most, in yuan. */
  'payments.deposit_too_much': 422,
  /** params: state. */
  'payments.deposit_state': 409,
  /** Somebody's proposal is confirmed or turned down first. */
  'payments.deposit_proposed': 409,
  /** Nobody has proposed anything of it. */
  'payments.deposit_not_proposed': 409,
  /** Somebody has proposed this line of the bank's list for a deposit: that is confirmed or turned down first. */
  'payments.line_proposed': 409,
  'payments.slip_taken': 409,
  'payments.invoice_asked': 409,
  /** Paid off the balance: the payment that the balance came from has the invoice. */
  'payments.invoice_elsewhere': 409,
  /** Some of it went back since it was asked for; params: left, in yuan. */
  'payments.invoice_changed': 409,
  'payments.no_file': 404,
  /** params: line. */
  'payments.bank_file': 422,
  /** params: netFen, amountFen. */
  'payments.bank_differs': 409,
  'payments.reconciled': 409,
} as const satisfies ErrorTable;

export const constraints: ConstraintTable = {
  till_session_open: 'payments.till_open',
  cash_deposit_slip: 'payments.slip_taken',
  cash_deposit_by_two: 'payments.needs_second_person',
  bank_line_proposed: 'payments.line_proposed',
  invoice_request_once: 'payments.invoice_asked',
  reconciliation_day: 'payments.reconciled',
};
