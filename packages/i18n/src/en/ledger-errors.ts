import type { Labels } from '../message.ts';
import type { ledgerErrorLabels as zh } from '../zh-CN/ledger-errors.ts';

export const ledgerErrorLabels = {
  'errors.ledger.invalid': 'This cannot be booked; nothing was changed',
  'errors.ledger.key_reused': 'Something else was booked under this number; nothing was booked now',
  'errors.ledger.period_closed': 'That month is closed: book the correction in the current one',
  'errors.ledger.reversed_already': 'This posting has been reversed before',
  'errors.ledger.overdrawn': 'There is not enough left; nothing was taken',
  'errors.ledger.cannot_close': 'This month cannot be closed now: {reason}',
  'errors.ledger.entry_invalid': 'This cannot be entered: {reason}',
  'errors.ledger.withdrawn_already': 'This entry was withdrawn before',
  'errors.ledger.too_many_lines': 'More than {most} lines in these months: publish fewer months at once',
  'errors.ledger.stale': 'Something has changed just now: look again, then publish',
  'ledgerReasons.in_future': 'that day is yet to come',
  'ledgerReasons.not_over': 'the month is not over yet',
  'ledgerReasons.closed_already': 'it is closed already',
  'ledgerReasons.earlier_open': 'an earlier month is still open',
  'ledgerReasons.order': 'the months are the wrong way round',
  'ledgerReasons.nothing': 'there is nothing to publish',
  'ledgerReasons.no_reason': 'another version needs a reason',
  'ledgerReasons.no_version': 'these months were not published before, so there is nothing to correct',
  'inbox.accounts.published':
    'The accounts of your compound’s common parts were published anew: open them to see every entry',
  'inbox.ledger.broken':
    'The ledger of {compound} does not hold: a posting was changed, is missing or was added. Please look at “Seal and proof” at once',
} as const satisfies Labels<typeof zh>;
