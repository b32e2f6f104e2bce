import type { Labels } from '../message.ts';
import type { mobileAfterWorkLabels as zh } from '../zh-CN/mobile-after-work.ts';

export const mobileAfterWorkLabels = {
  'mobile.headline.split': 'Several things, each done by itself',
  'mobile.rate.more': 'Say more: speed, manner, quality, photos',
  'mobile.rate.answer': 'The rating and the answer',
  'mobile.rate.reply': 'The desk answered: {text}',
  'mobile.related.title': 'Belongs together',
  'mobile.related.parts': 'In {count} parts',
  'mobile.related.merged':
    'The same matter as another order; it is done there, and you will hear how it goes.',
  'mobile.ratings.title': 'What people say',
  'mobile.ratings.days': 'The last {days} days',
  'mobile.ratings.from': '{done} done, {rated} rated',
  'mobile.ratings.few': 'Fewer than {count} ratings are not shown: so few would say who',
  'mobile.ratings.overall': 'Altogether',
  'mobile.ratings.never': 'Sums only, never who; confidential complaints are left out',
  'mobile.ratings.share':
    '{name}: {satisfied} satisfied, {basically} fairly satisfied, {unsatisfied} not satisfied',
} as const satisfies Labels<typeof zh>;
