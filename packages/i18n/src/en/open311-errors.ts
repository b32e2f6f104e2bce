export const open311ErrorLabels = {
  'errors.open311.category_not_publishable':
    'Matters of homes, confidential ones and the staff’s own are not published',
  'errors.open311.stale':
    'Somebody has just changed this, and the page shows it now. Take a look and try again',
  'errors.open311.not_published': 'This order is not public yet, so there is nothing to say about it',
  'errors.open311.attribute_invalid': 'One of the questions is not complete. Please check it',
  'errors.open311.sender_unknown':
    'Nobody left a way to reach them, or it was deleted when its time was over',
  'fieldErrors.code_twice': 'This code is used twice',
  'fieldErrors.values_missing': 'A choice needs at least one option',
  'fieldErrors.values_unused': 'Only a choice has options',
  'fieldErrors.value_twice': 'An option’s code is used twice',
  'fieldErrors.text_required': 'A text that is only shown cannot ask for an answer',
  'roles.open311': 'Another app',
} as const;
