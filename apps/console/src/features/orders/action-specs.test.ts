import { describe, expect, it } from 'vitest';
import type { OrderAction } from '../../api-types.ts';
import { mainAction, mayDo, offered } from './action-specs.ts';

const offer = (action: OrderAction['action'], reasonCode: string | null = null): OrderAction => ({
  action,
  isAllowed: reasonCode === null,
  reasonCode,
});

describe('what the desk is offered', () => {
  const actions = [
    offer('comment'),
    offer('cancel'),
    offer('accept', 'not_yours'),
    offer('assign'),
    offer('close', 'callbacks_first'),
    offer('confirm', 'not_yours'),
  ];

  it('is in the desk’s order, the comment apart', () => {
    expect(offered(actions).allowed.map(({ action }) => action)).toEqual(['assign', 'cancel']);
    expect(mayDo(actions, 'comment')).toBe(true);
  });

  it('shows what isn’t possible with its reason, but not what others do anyway', () => {
    expect(offered(actions).refused).toEqual([offer('close', 'callbacks_first')]);
  });

  it('lets one button stand out', () => {
    expect(mainAction(offered(actions).allowed)).toBe('assign');
    expect(mainAction([offer('cancel')])).toBeUndefined();
  });

  it('offers a worker’s step to a steward who has the order', () => {
    expect(offered([offer('accept')]).allowed).toHaveLength(1);
  });
});
