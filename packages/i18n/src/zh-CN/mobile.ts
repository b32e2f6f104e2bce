/** Labels of apps/mobile, written first here; keys begin with 'mobile.'. Owned by that app's page engineers. */
export const mobileLabels = {
  'mobile.appName': '共治',
} as const;
