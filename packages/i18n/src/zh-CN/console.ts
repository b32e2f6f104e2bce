/** Labels of apps/console, written first here; keys begin with 'console.'. Owned by that app's page engineers. */
export const consoleLabels = {
  'console.appName': '共治',
} as const;
