import { describe, expect, it } from 'vitest';
import type { OrderRow } from '../../api-types.ts';
import { dueOf } from './status.ts';

const at = (clock: string): string => `2026-11-21T${clock}:00.000Z`;
const now = (clock: string): number => Date.parse(at(clock));
const order = (more: Partial<OrderRow> & { acceptedAt?: string | null }) => ({
  status: 'assigned' as const,
  createdAt: at('08:00'),
  respondDueAt: at('08:30'),
  arriveDueAt: at('10:00'),
  resolveDueAt: at('16:00'),
  nextDueAt: null,
  isLate: false,
  ...more,
});

describe('the deadline that presses', () => {
  it('is fine, then soon, then late, by the clock and not by the last answer', () => {
    const working = order({ status: 'accepted' });
    expect(dueOf(working, now('08:30'))).toMatchObject({ state: 'fine', kind: 'arrive', share: 0.25 });
    expect(dueOf(working, now('09:00'))).toMatchObject({ state: 'soon', leftMs: 3_600_000 });
    expect(dueOf(working, now('10:01'))).toMatchObject({ state: 'late', leftMs: -60_000, share: 1 });
  });

  it('stays at the one missed first once the server has marked it', () => {
    const late = order({ isLate: true });
    expect(dueOf(late, now('11:00'))).toMatchObject({ state: 'late', kind: 'respond' });
  });

  it('knows that a due the server never marked was met', () => {
    expect(dueOf(order({}), now('09:30'))).toMatchObject({ state: 'soon', kind: 'arrive' });
    const handedOn = order({ isLate: true, acceptedAt: at('08:10') });
    expect(dueOf(handedOn, now('11:00'))).toMatchObject({ state: 'late', kind: 'arrive' });
  });

  it('looks at the resolve clock only once somebody is there', () => {
    expect(dueOf(order({ status: 'in_progress' }), now('09:00'))).toMatchObject({
      state: 'fine',
      kind: 'resolve',
    });
    expect(dueOf(order({ status: 'disputed' }), now('15:30'))).toMatchObject({
      state: 'soon',
      kind: 'resolve',
    });
  });

  it('stands while paused and ends with the order, which stays late if it was', () => {
    expect(dueOf(order({ status: 'paused', resolveDueAt: null }), now('20:00'))).toEqual({
      state: 'paused',
      wasLate: false,
    });
    expect(dueOf(order({ status: 'closed', isLate: true }), now('20:00'))).toEqual({
      state: 'none',
      wasLate: true,
    });
    expect(dueOf(order({ status: 'confirmed' }), now('20:00'))).toEqual({ state: 'none', wasLate: false });
  });

  it('waits for the resident until somebody ought to call', () => {
    const done = order({ status: 'finished', nextDueAt: at('21:00') });
    expect(dueOf(done, now('20:00'))).toEqual({ state: 'waiting', at: now('21:00') });
    expect(dueOf({ ...done, nextDueAt: null }, now('20:00'))).toEqual({ state: 'none', wasLate: false });
  });
});
