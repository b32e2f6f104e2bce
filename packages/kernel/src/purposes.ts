/**
 * What somebody may let another person do in their name. Kernel, because the session carries them, identity records
 * them, and every room that acts for a resident asks for one.
 */
export const CONSENT_PURPOSES = ['follow', 'report', 'confirm', 'pay'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];
