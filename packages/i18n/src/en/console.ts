import type { Labels } from '../message.ts';
import type { consoleLabels as zh } from '../zh-CN/console.ts';

export const consoleLabels = {
  'console.appName': 'Gongzhi',
} as const satisfies Labels<typeof zh>;
