import type { Labels } from '../message.ts';
import type { organisationErrorLabels as zh } from '../zh-CN/errors-organisation.ts';

export const organisationErrorLabels = {
  'secondStep.title': 'One more step',
  'secondStep.words': 'Open the authenticator on your phone and type the 6 digits it shows now.',
  'secondStep.code': 'Code',
  'secondStep.recovery': 'Recovery code',
  'secondStep.recoveryWords': 'One of the codes you were given when you set this up. Each works once.',
  'secondStep.useRecovery': 'No phone at hand? Use a recovery code',
  'secondStep.useCode': 'Use the code',
  'secondStep.submit': 'Check and sign in',
  'secondStep.back': 'Sign in as somebody else',
  'errors.auth.second_factor_enrol': 'Your post asks for a second factor. Please set it up first',
  'errors.auth.ticket_expired': 'That took too long. Please sign in again from the beginning',
  'errors.auth.second_factor_wrong': 'This code is wrong or was used already. Wait for the next one',
  'errors.auth.second_factor_exists':
    'The second factor is on already. For another phone, turn it off and set it up again',
  'errors.auth.second_factor_none': 'There is no second factor yet',
  'errors.auth.second_factor_not_begun': 'Scan the picture first, then type the code',
  'errors.auth.second_factor_mandatory':
    'Your post asks for a second factor, so it stays on. For another phone, ask your manager to reset it',
  'errors.auth.second_factor_staff_only': 'The second factor is for staff',
  'errors.staff.role_not_yours': 'This post is not yours to give',
  'errors.staff.not_yourself': 'You cannot change your own post. Ask another manager',
  'errors.staff.exists': 'Somebody with this number has this post here already',
  'errors.staff.phone_taken':
    'This number was registered a moment ago, or its account is closed. Please try again',
  'errors.staff.starts_in_past': 'The first day cannot lie before today',
  'errors.staff.ends_in_past': 'The last day cannot lie before yesterday. Yesterday ends it at once',
  'errors.staff.has_left': 'Has left already. To take them on again, add them anew',
  'errors.staff.same_role': 'That is the present post',
  'errors.staff.role_taken':
    'They had this post here before. End the present one, then add them in the new post',
  'errors.staff.skill_lapsed': 'This certificate has lapsed. Enter a day that is still to come',
  'errors.staff.skill_unknown': 'This skill was never entered',
  'errors.staff.works_elsewhere': 'They also work elsewhere. Ask their superior there to reset it',
  'errors.place.stale': 'Somebody has just changed this. It is up to date now: look again, then go on',
  'errors.grid.code_taken': 'There is a grid with this code',
  'errors.grid.half_not_yours':
    'The property names the steward; the committee and the street name the social worker',
  'errors.grid.half_unknown': 'This colleague does not hold that post today. Please choose again',
  'errors.grid.building_unknown': 'This building was not found. Please choose again',
  'errors.takeover.planned_already': 'A takeover is planned already. Change or cancel that one',
  'errors.takeover.over': 'This takeover has taken effect or was cancelled, and cannot be changed',
  'errors.takeover.department_unknown': 'This department was not found. Please choose again',
  'errors.takeover.same_department': 'This department serves the compound already',
  'errors.takeover.not_before_today': 'It cannot take effect before today',
  'errors.takeover.too_far': 'That is too far ahead. Choose a day within two years',
  'errors.takeover.before_predecessor': 'The present company begins on {startsOn}. Choose a day after that',
  'errors.takeover.emergency_too_long':
    'An emergency service needs a last day, at most {months} months ahead',
  'errors.takeover.emergency_not_yours': 'An emergency takeover is for the street or the city to decide',
  'errors.takeover.nobody_serves': 'No company serves this compound at present',
  'errors.owner.organisation_unknown': 'This property-right unit was not found. Please choose again',
  'fieldErrors.taken': 'There is one already',
} as const satisfies Labels<typeof zh>;
