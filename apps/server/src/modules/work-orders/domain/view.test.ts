import { describe, expect, it } from 'vitest';
import { aReport, at, category, lamp, li, tap } from './fixtures.ts';
import type { OrderEvent, Relation } from './types.ts';
import { eventFor, queuesOf, station, viewFor } from './view.ts';

describe('the five stations', () => {
  it('move forward with the order, and stand still while it is paused', () => {
    const s = aReport();
    expect(station(s.order)).toBe(0);
    expect(station(s.assigned().order)).toBe(0); // asked is not found: a refusal takes nothing back
    expect(station(s.does('assignee', { action: 'accept' }).order)).toBe(1);
    expect(station(s.does('assignee', { action: 'depart' }).order)).toBe(2);
    expect(station(s.does('assignee', { action: 'pause', reason: 'weather' }).order)).toBe(2);
    s.does('assignee', { action: 'resume' });
    expect(station(s.does('assignee', { action: 'arrive' }).order)).toBe(3);
    expect(station(s.does('assignee', { action: 'start' }).order)).toBe(3);
    expect(station(s.does('assignee', { action: 'pause', reason: 'unsafe' }).order)).toBe(3);
    s.does('assignee', { action: 'resume' });
    expect(station(s.does('assignee', { action: 'finish', workDone: 'x' }).order)).toBe(4);
    expect(station(s.does('reporter', { action: 'dispute', reason: 'x' }).order)).toBe(0);
  });
});

describe('the queues', () => {
  it('hold an order where the desk would look for it', () => {
    const s = aReport(tap); // due to be accepted in thirty working minutes
    expect(queuesOf(s.order, s.now)).toEqual(['unassigned', 'due_hour', 'open']);
    s.now = s.order.respondDueAt!;
    expect(queuesOf(s.order, s.now)).toContain('due_hour');
    expect(queuesOf(s.order, s.now)).not.toContain('late');
    s.now += 1;
    expect(queuesOf(s.order, s.now)).toContain('late');
    expect(queuesOf(s.does('desk', { action: 'assign', assignee: li }).order, s.now)).not.toContain(
      'unassigned',
    );

    const paused = aReport().working().does('assignee', { action: 'pause', reason: 'waiting_resident' });
    expect(queuesOf(paused.order, paused.now)).toEqual(['waiting_resident', 'open']);
    const finished = aReport().finished();
    expect(queuesOf(finished.order, finished.now)).toEqual(['waiting_resident', 'open']);
    const disputed = aReport().finished().does('reporter', { action: 'dispute', reason: 'x' });
    expect(queuesOf(disputed.order, disputed.now)).toContain('disputed');
    const wanted = finished.does('desk', { action: 'record_callback', result: 'unreachable' });
    wanted.now = wanted.order.callbackDueAt!;
    wanted.does('desk', { action: 'comment', text: '打' });
    expect(queuesOf(wanted.order, wanted.now)).toEqual(['callback', 'open']);
    expect(queuesOf(aReport().confirmed().order, wanted.now)).toEqual([]);
  });
});

describe('what each viewer sees', () => {
  const rules = (code: string, who: readonly Relation[], isPublic = false) =>
    viewFor(
      aReport(category(code), at('2026-11-20 10:00'), {
        place: category(code).place === 'home' ? 'home' : 'public',
        isPublic,
      }).order,
      who,
    );

  it('shows neighbours a public order without who reported it', () => {
    expect(rules('power.light.street', [], true)).toMatchObject({
      canSee: true,
      seesReporter: false,
      seesContact: false,
      seesInternal: false,
      seesAssignee: false,
    });
    expect(rules('power.light.street', []).canSee).toBe(false);
  });

  it('shows residents nothing internal, and staff everything', () => {
    expect(rules('water.leak.home', ['reporter'])).toMatchObject({ seesInternal: false, seesReporter: true });
    expect(rules('water.leak.home', ['desk'])).toMatchObject({
      seesInternal: true,
      seesReporter: true,
      seesContact: true,
    });
  });

  it('keeps the reporter of a confidential matter from the worker and from overseers', () => {
    expect(rules('security.throwing', ['assignee']).seesReporter).toBe(false);
    expect(rules('security.throwing', ['overseer']).seesReporter).toBe(false);
    expect(rules('security.throwing', ['desk']).seesReporter).toBe(true);
    expect(rules('security.throwing', ['reporter']).seesReporter).toBe(true);
  });

  it('leaves a predecessor its history and its notes, and whom to call to who serves the place now', () => {
    expect(rules('water.leak.home', ['predecessor'])).toMatchObject({
      canSee: true,
      seesInternal: true,
      seesReporter: true,
      seesContact: false,
    });
    expect(rules('security.throwing', ['predecessor'])).toMatchObject({
      seesReporter: false,
      seesRating: false,
    });
  });

  it('takes the contact from the worker when the order has ended', () => {
    const s = aReport(lamp, at('2026-11-20 10:00'), { place: 'public' });
    expect(viewFor(s.order, ['assignee']).seesContact).toBe(true);
    s.does('reporter', { action: 'cancel' });
    expect(viewFor(s.order, ['assignee']).seesContact).toBe(false);
    expect(viewFor(s.order, ['desk']).seesContact).toBe(true);
  });

  it('hides staff’s words inside what residents see', () => {
    const refused: OrderEvent = {
      kind: 'work_order.refused',
      isInternal: false,
      params: { reason: '业主难缠', assigneeAccountId: 'li', assigneeName: '李师傅' },
      photoIds: [],
    };
    expect(eventFor(refused, ['reporter'])?.params).toEqual({});
    expect(eventFor(refused, ['desk'])?.params).toEqual(refused.params);
    expect(eventFor({ ...refused, isInternal: true }, ['reporter'])).toBeNull();
    expect(eventFor({ ...refused, isInternal: true }, ['reporter', 'desk'])).not.toBeNull();
  });

  it('gives neighbours the course of things, not people’s words, names or pictures', () => {
    const event = (kind: OrderEvent['kind'], params: OrderEvent['params']): OrderEvent => ({
      kind,
      isInternal: false,
      params,
      photoIds: ['p'],
    });
    expect(eventFor(event('work_order.commented', { text: 'x' }), [])).toBeNull();
    expect(
      eventFor(event('work_order.rated', { score: 'satisfied', words: '谢谢李师傅' }), []),
    ).toMatchObject({
      params: { score: 'satisfied' },
      photoIds: [],
    });
    expect(
      eventFor(event('work_order.accepted', { assigneeName: '李', assigneeAccountId: 'li' }), [])?.params,
    ).toEqual({});
    expect(
      eventFor(event('work_order.rated', { score: 'satisfied', words: 'x' }), ['reporter'])?.params,
    ).toMatchObject({
      words: 'x',
    });
  });
});

it("keeps the staff's own words about people from the neighbours", () => {
  const told = (kind: 'work_order.force_closed' | 'work_order.referred', params: Record<string, string>) =>
    eventFor({ kind, isInternal: false, params, photoIds: [] }, [])?.params;
  expect(told('work_order.force_closed', { reason: 'owes fees' })).toEqual({});
  expect(
    told('work_order.referred', { receiver: 'Gas company', note: 'call Zhang', reference: '7' }),
  ).toEqual({
    receiver: 'Gas company',
  });
});
