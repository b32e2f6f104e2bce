/** The desk after the work: calls, ratings, orders that belong together, comparisons. */
export const consoleAfterWorkLabels = {
  'console.status.split': '分成几件',
} as const;
