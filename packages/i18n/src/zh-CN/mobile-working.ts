/** The work itself on the phone: costs, helpers, visits, checks, hand-overs, and a contractor's one page. */
export const mobileWorkingLabels = {
  'mobile.say.beforePhotos': '开工前照片,这类事必须有',
} as const;
