/** Words that belong to no one module: units, buttons, yes and no. */
export const commonLabels = {
  'common.confirm': '确定',
} as const;
