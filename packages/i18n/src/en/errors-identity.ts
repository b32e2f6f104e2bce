import type { Labels } from '../message.ts';
import type { identityErrorLabels as zh } from '../zh-CN/errors-identity.ts';

export const identityErrorLabels = {
  'errors.auth.phone_invalid': 'This is not a mobile number. It has 11 digits',
  'errors.auth.password_weak':
    'This password is easy to guess. Choose another of at least {least} characters',
  'errors.auth.password_staff_only': 'Passwords are for staff. Please sign in with a code',
  'errors.auth.membership_unknown': 'This role is not yours, or it has ended',
  'errors.auth.membership_none':
    'No home or post is registered for this number. Please ask your property desk',
  'errors.auth.persona_unknown': 'There is no such demonstration role',
  'fieldErrors.phone': 'Enter the 11 digits of a mobile number',
  'fieldErrors.short': 'Too short',
  'fieldErrors.long': 'Too long',
  'fieldErrors.common': 'Too common, easy to guess',
} as const satisfies Labels<typeof zh>;
