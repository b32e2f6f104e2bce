import type { Labels } from '../message.ts';
import type { deskLabels as zh } from '../zh-CN/desk.ts';

export const deskLabels = {
  'desk.section.failed': 'This part did not open; the rest is not affected. Reload the page to try again',
  'desk.keys.list': 'In the list',
  'desk.keys.order': 'On an order',
  'desk.keys.page': 'Anywhere',
} as const satisfies Labels<typeof zh>;
