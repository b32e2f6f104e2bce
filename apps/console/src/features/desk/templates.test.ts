import { describe, expect, it } from 'vitest';
import type { Order } from '../../api-types.ts';
import { fillTemplate, valuesOf } from './templates.ts';

const order = {
  number: '20261123-7K4QM-X',
  categoryNameZh: '家中漏水',
  categoryNameEn: 'Water leak at home',
  scopeName: '松榆里',
  placeLabel: '3号楼2单元601',
  assigneeName: '李师傅',
  arriveDueAt: '2026-11-23T03:00:00Z',
  resolveDueAt: null,
} as Order;

describe('prepared answers', () => {
  it('say what the order has, in the language of the answer', () => {
    const zh = fillTemplate('{{number}}：{{ worker }}来修{{matter}}', valuesOf(order, 'zh-CN'));
    expect(zh).toEqual({ text: '20261123-7K4QM-X：李师傅来修家中漏水', missing: [] });
    expect(fillTemplate('{{matter}}', valuesOf(order, 'en')).text).toBe('Water leak at home');
  });

  it('leave a hole visible and name it', () => {
    const filled = fillTemplate(
      '{{due}} {{worker}} {{due}}',
      valuesOf({ ...order, assigneeName: null }, 'zh-CN'),
    );
    expect(filled).toEqual({ text: '{{due}} {{worker}} {{due}}', missing: ['due', 'worker'] });
  });

  it('never read a value as a pattern', () => {
    expect(fillTemplate('{{worker}}', { worker: '$& {{number}}' }).text).toBe('$& {{number}}');
  });
});
