import { describe, expect, it } from 'vitest';
import type { Order } from '../../api-types.ts';
import { deadlinesOf } from './deadlines.ts';

const at = (clock: string): string => `2026-11-21T${clock}:00.000Z`;
const order = (more: Partial<Order> = {}) =>
  ({
    status: 'arrived',
    respondDueAt: at('08:30'),
    arriveDueAt: at('10:00'),
    resolveDueAt: at('16:00'),
    acceptedAt: null,
    arrivedAt: null,
    finishedAt: null,
    resolveRemainingSeconds: null,
    ...more,
  }) as Order;
const states = (given: Order) =>
  deadlinesOf(given, Date.parse(at('12:00'))).map(({ kind, state }) => `${kind} ${state}`);

describe('deadlines against what happened', () => {
  it('says met, missed and running', () => {
    const working = order({ acceptedAt: at('08:10'), arrivedAt: at('10:20') });
    expect(states(working)).toEqual(['respond met', 'arrive missed', 'resolve running']);
  });
  it('takes the very instant as on time', () => {
    expect(states(order({ acceptedAt: at('08:30') }))[0]).toBe('respond met');
  });
  it('says late while nobody came', () => {
    expect(states(order({ status: 'submitted' }))).toEqual([
      'respond late',
      'arrive late',
      'resolve running',
    ]);
  });
  it('shows no deadline that was never set, and a clock that stands as standing', () => {
    const paused = order({
      arriveDueAt: null,
      resolveDueAt: null,
      resolveRemainingSeconds: 60,
      acceptedAt: at('08:00'),
    });
    expect(states(paused)).toEqual(['respond met', 'resolve stopped']);
  });
  it('stops asking once the order is over', () => {
    expect(states(order({ status: 'cancelled' }))).toEqual(['respond void', 'arrive void', 'resolve void']);
  });
});
