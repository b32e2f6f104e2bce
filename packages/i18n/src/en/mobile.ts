import type { Labels } from '../message.ts';
import type { mobileLabels as zh } from '../zh-CN/mobile.ts';

export const mobileLabels = {
  'mobile.appName': 'Gongzhi',
} as const satisfies Labels<typeof zh>;
