import type { Labels } from '../message.ts';
import type { commonLabels as zh } from '../zh-CN/common.ts';

export const commonLabels = {
  'common.confirm': 'OK',
} as const satisfies Labels<typeof zh>;
