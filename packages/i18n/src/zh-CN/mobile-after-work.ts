/** The phone after the work: rating, the answer to it, several things from one report. */
export const mobileAfterWorkLabels = {
  'mobile.headline.split': '分成几件,分别办理',
} as const;
