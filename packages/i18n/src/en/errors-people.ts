export const peopleErrorLabels = {
  'errors.residence.stale':
    'Who lives here has just changed, and the page shows it now. Take a look and try again',
  'errors.residence.person_unknown': 'That person was not found. Choose again, or enter somebody new',
  'errors.residence.relation_unknown': 'That entry was not found; it may just have been corrected',
  'errors.residence.end_not_after_start': 'The end must be later than the first day',
  'errors.residence.already_ended':
    'This has ended, and its end stays. If it was entered wrongly, correct it',
  'errors.residence.overlap': 'This person is already entered that way for some of these days',
  'errors.residence.buyer_owns': 'The buyer is the only owner already',
  'errors.residence.owned_later': 'A new owner is entered from a later day on. Enter sales in their order',
  'errors.residence.date_out_of_range': 'Check the date: not before 1900, not more than three years ahead',
  'errors.person.stale':
    'Somebody has just changed this person’s record. Take a look at it as it is now, then correct again',
  'errors.person.nothing_corrected': 'This is what stands there already; there is nothing to correct',
  'errors.person.entered_already':
    'Somebody with this name and phone is on record already. If it is the same person, use that record',
  'errors.person.erased_already': 'This person’s data has been erased already',
  'errors.person.erasure_open_orders':
    'Open reports need this person to be reached: {count}. Erase when they are done',
  'errors.person.erasure_lives_here':
    'This person still belongs to a home here, now or soon: {count}. Erase after they move out',
  'fieldErrors.too_little': 'Enter a name, initials in pinyin, a whole phone number or its last four digits',
} as const;
