import type { Labels } from '../message.ts';
import type { mobileAfterWorkLabels as zh } from '../zh-CN/mobile-after-work.ts';

export const mobileAfterWorkLabels = {
  'mobile.headline.split': 'Several things, each done by itself',
} as const satisfies Labels<typeof zh>;
