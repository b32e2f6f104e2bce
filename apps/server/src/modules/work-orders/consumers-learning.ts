import type { Consumer } from '../../platform/events/dispatcher.ts';
import { learn } from './domain.ts';
import { correctionsSharing, keepLearnt, lastCorrectedWords } from './queries-learning.ts';

/** After each correction the words it held are weighed anew; doing it twice gives the same. */
export const learnFromCorrections: Consumer = {
  name: 'work_orders.learn',
  kinds: ['work_order.category_changed'],
  async handle(events, tx) {
    for (const event of events) {
      const words = await lastCorrectedWords(tx, event.scopeId, event.objectId);
      if (words.length === 0) continue;
      const cityId = event.wall.cityId ?? event.scopeId;
      const touched = new Set(words);
      const learnt = learn(await correctionsSharing(tx, cityId, words)).filter(({ word }) =>
        touched.has(word),
      );
      keepLearnt(tx, cityId, learnt, event.occurredAt);
    }
  },
};
