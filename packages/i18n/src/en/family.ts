import type { Labels } from '../message.ts';
import type { familyLabels as zh } from '../zh-CN/family.ts';

/** Consent: what is refused, and what its two parties are told. */
export const familyLabels = {
  'errors.auth.capacity_ended':
    'This permission to act for somebody has ended, so nothing was sent. What you wrote is kept on this device',
  'errors.consent.invalid': 'The permission needs a correction, see the marked fields',
  'errors.consent.not_at_home': 'This person does not belong to that home now, so it cannot be given for it',
  'errors.consent.oneself': 'Nobody needs permission from themselves. Enter the phone of who shall help',
  'errors.consent.given_already': 'This was given to the same person a moment ago. Please refresh',
  'errors.consent.over': 'This permission has ended already',
  'errors.consent.not_for_this': 'You were not given permission to do this',
  'fieldErrors.past': 'Must end after today',
  'fieldErrors.too_long': 'At most {limit} days at a time',
  'fieldErrors.no_purpose': 'Choose at least one',
  'fieldErrors.no_date': 'There is no such day',
  'fieldErrors.future': 'Cannot be later than now',
  'fieldErrors.oneself': 'This is their own number',
  'inbox.consent.given.delegate': 'A family member lets you act for their home. See it under Me',
  'inbox.consent.given.grantor': 'Your permission was recorded as you said. You can withdraw it under Me',
  'inbox.consent.revoked.delegate': 'A permission to act for somebody was withdrawn',
  'inbox.consent.revoked.grantor': 'A permission you gave has ended',
  'words.onBehalf': '{actor}, for {name},',
  'events.work_order.confirmed.signature': 'The resident signed that it is done',
  'events.work_order.confirmed.in_person': 'The resident said in person that it is done, noted by {actor}',
  'events.work_order.confirmed.call': 'The resident called to say that it is done, noted by {actor}',
  'actions.confirm_for': 'Record the resident’s confirmation',
  'reasons.has_account': 'This resident confirms on their own phone',
  'reasons.not_in_consent': 'You were not given permission to do this',
  'reasons.signature_required': 'Let the resident sign first',
  'reasons.signature_not_used': 'No signature goes with words said in person',
  'reasons.name_required': 'Write down who confirmed it',
  'reasons.call_by_desk': 'The desk records what is said on the phone',
} as const satisfies Labels<typeof zh>;
