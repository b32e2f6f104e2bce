/** The work itself on the phone: costs, helpers, visits, checks, hand-overs, and a contractor's one page. */
export const mobileWorkingLabels = {
  'mobile.say.beforePhotos': 'Photos from before the work, needed for this kind of job',
} as const;
