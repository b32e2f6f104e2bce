import { describe, expect, it } from 'vitest';
import type { Order } from '../../api-types.ts';
import { makeText } from '../../app/text.ts';
import { differencesOf } from './use-command.ts';

const order = (more: Partial<Order> = {}) =>
  ({
    status: 'submitted',
    assigneeAccountId: null,
    assigneeName: null,
    categoryCode: 'a',
    categoryNameZh: '甲',
    categoryNameEn: 'A',
    urgeCount: 0,
    ...more,
  }) as Order;

describe('what changed under a form', () => {
  const text = makeText('en');

  it('is said field by field, in words', () => {
    const after = order({ status: 'assigned', assigneeAccountId: 'x', assigneeName: 'Li', urgeCount: 2 });
    expect(differencesOf(order(), after, text)).toEqual([
      'its status went from “New” to “Asked”.',
      'it is now with Li.',
      'it was urged again, 2 times in all.',
    ]);
  });

  it('is never nothing: a comment changes the version too', () => {
    expect(differencesOf(order(), order(), text)).toHaveLength(1);
  });
});
