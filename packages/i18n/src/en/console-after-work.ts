import type { Labels } from '../message.ts';
import type { consoleAfterWorkLabels as zh } from '../zh-CN/console-after-work.ts';

export const consoleAfterWorkLabels = {
  'console.status.split': 'In parts',
} as const satisfies Labels<typeof zh>;
