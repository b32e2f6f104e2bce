/** The telephone: what goes wrong. */
export const telephonyErrorLabels = {
  'errors.telephony.unsigned': 'The signature or its time is wrong; nothing was taken',
  'errors.telephony.no_desk': 'A line belongs to a project department’s desk; this is none',
  'errors.telephony.claimed': '{name} is calling back',
  'errors.telephony.done': 'This call has been dealt with already',
  'errors.telephony.not_claimed': 'Call back first, then say what came of it',
  'errors.telephony.rang_again': 'They have rung again meanwhile: look at that call first',
  'errors.telephony.seat_moved': 'You have just sat down at another telephone; please try again',
} as const;
