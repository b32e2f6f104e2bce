import { describe, expect, it } from 'vitest';
import { href } from '../../app/routes.ts';
import { targetOf } from './link.ts';

const opened = (link: string | null): string | null => {
  const target = targetOf(link);
  return target === null ? null : href(target);
};

describe('where a message leads', () => {
  it('opens the order, whichever app the link was written for', () => {
    expect(opened('/desk/?scope=s1&order=o1')).toBe('/desk/orders/s1/o1');
    expect(opened('/m/orders/s1/o1')).toBe('/desk/orders/s1/o1');
    expect(opened('/m/work/s1/o1')).toBe('/desk/orders/s1/o1');
  });
  it('opens a queue', () => {
    expect(opened('/desk/?queue=late')).toBe('/desk/?queue=late');
  });
  it('goes nowhere else', () => {
    expect([opened(null), opened('https://elsewhere.example/desk/?order=1'), opened('/m/gate')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
