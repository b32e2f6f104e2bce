import { describe, expect, it } from 'vitest';
import type { Command } from '../../api-types.ts';
import type { WaitingAct } from '../../app/store.ts';
import { anOrder } from '../work-orders/fixtures.ts';
import { nextAct, project } from './project.ts';

const act = (command: Command, refused: WaitingAct['refused'] = null): WaitingAct => ({
  id: command.action,
  accountId: 'worker-1',
  actingId: 'as-worker',
  scopeId: 'scope-1',
  orderId: 'order-1',
  orderNumber: 'A-1',
  command,
  expectedVersion: null,
  madeAt: 0,
  refused,
});

describe('an order with acts that wait', () => {
  it('stands where they lead', () => {
    const shown = project(anOrder({ status: 'assigned' }), [
      act({ action: 'accept' }),
      act({ action: 'depart' }),
      act({ action: 'arrive' }),
    ]);
    expect(shown.status).toBe('arrived');
    expect(nextAct(shown)).toBe('start');
    expect(shown.actions.filter((one) => one.isAllowed).map((one) => one.action)).toEqual([
      'start',
      'pause',
      'transfer',
      'comment',
    ]);
  });

  it('goes back to where a pause began', () => {
    const paused = project(anOrder({ status: 'arrived' }), [
      act({ action: 'pause', reason: 'waiting_parts' }),
    ]);
    expect([paused.status, paused.pausedReason, nextAct(paused)]).toEqual([
      'paused',
      'waiting_parts',
      'resume',
    ]);
    expect(
      project(anOrder({ status: 'arrived' }), [
        act({ action: 'pause', reason: 'unsafe' }),
        act({ action: 'resume' }),
      ]).status,
    ).toBe('arrived');
  });

  it('goes no further than what the server refused', () => {
    const order = anOrder({ status: 'accepted' });
    expect(
      project(order, [
        act({ action: 'depart' }, { code: 'work_order.stale', params: {} }),
        act({ action: 'arrive' }),
      ]),
    ).toBe(order);
  });

  it('skips the way where nobody has to go', () => {
    expect(nextAct(anOrder({ status: 'accepted', arriveDueAt: null }))).toBe('start');
    expect(nextAct(anOrder({ status: 'closed' }))).toBeNull();
  });
});
