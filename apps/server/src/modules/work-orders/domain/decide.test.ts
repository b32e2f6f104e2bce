import { DAY, HOUR } from '@gongzhi/kernel';
import { describe, expect, it } from 'vitest';
import {
  aReport,
  at,
  category,
  DESK,
  kinds,
  lamp,
  leak,
  LI,
  li,
  minutes,
  person,
  Story,
  tap,
  WANG,
  wang,
} from './fixtures.ts';
import { submitOrder } from './submit.ts';
import { type Decision, defaultSettings } from './types.ts';

const told = (decision: Decision): string[] =>
  decision.notifications.map(
    (n) => `${n.template.slice('work_order.'.length)}→${n.to}${n.accountId ? `:${n.accountId}` : ''}`,
  );

describe('the whole life', () => {
  it('goes from report to rated and closed, each hand its own step', () => {
    const s = aReport();
    expect(s.order.status).toBe('submitted');
    expect(kinds(s.last)).toEqual(['submitted']);
    expect(told(s.last)).toEqual(['submitted→desk']);
    expect(s.last.stepChanges).toMatchObject([{ type: 'open', role: 'desk', visit: 1, at: s.now }]);

    s.after(2).does('desk', { action: 'assign', assignee: li });
    expect(s.order).toMatchObject({ status: 'assigned', assigneeAccountId: LI });
    expect(s.last.stepChanges.map((c) => c.type)).toEqual(['close', 'open']);
    expect(told(s.last)).toEqual([`assigned→assignee:${LI}`]);

    s.after(1).does('assignee', { action: 'accept' });
    expect(s.order).toMatchObject({ status: 'accepted', acceptedAt: s.now });
    expect(told(s.last)).toEqual(['accepted→reporter']);

    s.after(5).does('assignee', { action: 'depart' });
    s.after(7).does('assignee', { action: 'arrive' });
    expect(s.order.arrivedAt).toBe(s.now);
    s.does('assignee', { action: 'start' });
    s.after(30).does('assignee', { action: 'finish', workDone: ' 换了阀门 ', photoIds: ['p'] });
    expect(s.order).toMatchObject({
      status: 'finished',
      workDone: '换了阀门',
      callbackDueAt: s.now + 72 * HOUR,
    });
    expect(s.last.events[0]?.photoIds).toEqual(['p']);
    expect(s.last.stepChanges).toMatchObject([
      { type: 'close', result: 'finished', workDone: '换了阀门', accountId: LI },
    ]);

    s.after(10).does('reporter', { action: 'confirm' });
    expect(s.order).toMatchObject({ status: 'confirmed', callbackDueAt: null, autoCloseAt: s.now + 7 * DAY });
    s.after(1).does('reporter', { action: 'rate', score: 'satisfied', words: '又快又好' });
    expect(kinds(s.last)).toEqual(['rated', 'closed']);
    expect(s.order).toMatchObject({
      status: 'closed',
      outcome: 'confirmed',
      rating: 'satisfied',
      nextDueAt: null,
    });
  });

  it('lets a worker skip marks: starting means having come', () => {
    const s = aReport().accepted().after(9).does('assignee', { action: 'start' });
    expect(kinds(s.last)).toEqual(['arrived', 'started']);
    expect(s.order).toMatchObject({
      status: 'in_progress',
      arrivedAt: s.now,
      startedAt: s.now,
      departedAt: null,
    });
    const quick = aReport().arrived().does('assignee', { action: 'finish', workDone: '拧紧了' });
    expect(quick.order).toMatchObject({ status: 'finished', startedAt: null });
  });

  it('needs nobody to go anywhere for a question', () => {
    const s = aReport(category('fee.question')).does('desk', {
      action: 'assign',
      assignee: person(DESK, 'none'),
    });
    expect(s.order.arriveDueAt).toBeNull();
    s.does('assignee', { action: 'accept' });
    expect(s.refused('assignee', { action: 'depart' })).toBe('no_visit_needed');
    expect(s.refused('assignee', { action: 'arrive' })).toBe('no_visit_needed');
    s.does('assignee', { action: 'finish', workDone: '按面积和单价算的' });
    expect(s.order.status).toBe('finished');
    // With a visit to make, one cannot finish from afar.
    expect(aReport().accepted().refused('assignee', { action: 'finish', workDone: 'x' })).toBe(
      'wrong_status',
    );
  });
});

describe('what a command must bring', () => {
  it('assigns only staff of the place with the skill', () => {
    const s = aReport(lamp);
    expect(s.refused('desk', { action: 'assign', assignee: { ...li, isStaffHere: false } })).toBe(
      'assignee_not_here',
    );
    expect(s.refused('desk', { action: 'assign', assignee: person(LI, 'plumbing') })).toBe(
      'assignee_lacks_skill',
    );
    expect(s.refused('desk', { action: 'assign', assignee: person(LI, 'electrical') })).toBeNull();
  });

  it('asks for reasons, words and photos', () => {
    const s = aReport(category('water.upstairs')).assigned();
    expect(s.refused('assignee', { action: 'refuse', reason: '  ' })).toBe('reason_required');
    expect(s.refused('desk', { action: 'transfer', assignee: wang, reason: '' })).toBe('reason_required');
    expect(s.refused('desk', { action: 'transfer', assignee: li, reason: 'x' })).toBe('same_assignee');
    s.does('assignee', { action: 'accept' }).does('assignee', { action: 'start', photoIds: ['before'] });
    expect(s.refused('assignee', { action: 'finish', workDone: ' ' })).toBe('work_done_required');
    expect(s.refused('assignee', { action: 'finish', workDone: 'x' })).toBe('photos_required');
    expect(s.refused('assignee', { action: 'finish', workDone: 'x', photoIds: ['p'] })).toBeNull();
    expect(s.refused('desk', { action: 'cancel' })).toBe('reason_required');
    expect(s.refused('manager', { action: 'force_close', reason: '' })).toBe('reason_required');
    expect(s.refused('desk', { action: 'refer', receiver: ' ' })).toBe('receiver_required');
    expect(s.refused('desk', { action: 'comment', text: '' })).toBe('text_required');
    expect(s.refused('reporter', { action: 'comment', text: 'x', isInternal: true })).toBe(
      'internal_not_yours',
    );
    expect(s.refused('assignee', { action: 'pause', reason: 'unsafe', until: s.now })).toBe('until_in_past');
  });

  it('takes in only what fits', () => {
    const ctx = {
      who: ['reporter'] as const,
      now: at('2026-11-20 10:00'),
      accountId: null,
      settings: defaultSettings,
    };
    const why = (more: object): string | null => {
      const base = { category: leak, place: 'home' as const, isPublic: false, neededBy: null };
      const result = submitOrder({ ...base, ...more }, ctx);
      return result.ok ? null : result.error.reason;
    };
    const oxygen = category('special.oxygen');
    expect(why({})).toBeNull();
    expect(why({ place: 'public' })).toBe('wrong_place');
    expect(why({ isPublic: true })).toBe('home_not_public');
    expect(why({ neededBy: ctx.now + 1 })).toBe('needed_by_not_used');
    expect(why({ category: oxygen })).toBe('needed_by_required');
    expect(why({ category: oxygen, neededBy: ctx.now })).toBe('needed_by_past');
    expect(why({ category: oxygen, neededBy: ctx.now + 1 })).toBeNull();
    expect(why({ category: category('security.throwing'), place: 'public', isPublic: true })).toBe(
      'confidential_not_public',
    );
  });
});

describe('from hand to hand', () => {
  it('gives a refused order back to the desk', () => {
    const s = aReport().assigned().does('assignee', { action: 'refuse', reason: '在别处抢修' });
    expect(s.order).toMatchObject({ status: 'triaged', assigneeAccountId: null, acceptedAt: null });
    expect(s.last.stepChanges).toMatchObject([
      { type: 'close', result: 'refused', reason: '在别处抢修', accountId: LI },
      { type: 'open', role: 'desk' },
    ]);
    expect(told(s.last)).toEqual(['refused→desk']);
  });

  it('hands over with a reason, to whom it tells both', () => {
    const s = aReport()
      .working()
      .after(5)
      .does('desk', { action: 'transfer', assignee: wang, reason: '李师傅下班' });
    expect(s.order).toMatchObject({ status: 'assigned', assigneeAccountId: WANG, departedAt: null });
    expect(s.last.stepChanges.map((c) => ('result' in c ? c.result : c.type))).toEqual([
      'transferred',
      'open',
    ]);
    expect(told(s.last)).toEqual([`transferred→assignee:${LI}`, `assigned→assignee:${WANG}`]);
  });

  it('hands over a paused order with its clock running again', () => {
    const s = aReport().working().after(10).does('assignee', { action: 'pause', reason: 'waiting_parts' });
    s.after(100).does('assignee', { action: 'transfer', assignee: wang, reason: '换人' });
    expect(s.order).toMatchObject({ status: 'assigned', pausedReason: null, resolveRemainingMs: null });
    expect(s.order.resolveDueAt).toBe(s.order.createdAt + minutes(1440 + 100));
  });

  it('counts the first acceptance, and the first arrival, of a round', () => {
    const s = aReport().arrived();
    const first = s.now;
    s.after(90).does('desk', { action: 'transfer', assignee: wang, reason: '换人' });
    s.does('assignee', { action: 'accept' }).does('assignee', { action: 'arrive' });
    expect(s.order).toMatchObject({ acceptedAt: first, arrivedAt: first, arriveLateAt: null });
  });

  it('tells the reporter when the desk entered it for them', () => {
    const s = new Story(leak, at('2026-11-20 10:00'), {}, ['desk']);
    expect(told(s.last)).toEqual(['submitted→reporter']);
  });
});

describe('answers', () => {
  it('takes a disputed order back to the desk, which assigns again', () => {
    const s = aReport().finished().after(60).does('reporter', { action: 'dispute', reason: '还在滴' });
    expect(s.order).toMatchObject({
      status: 'disputed',
      assigneeAccountId: null,
      finishedAt: null,
      workDone: null,
    });
    expect(s.order.callbackDueAt).toBeNull();
    s.does('desk', { action: 'assign', assignee: wang });
    expect(s.order.status).toBe('assigned');
    // or the manager ends it
    const forced = aReport().finished().does('reporter', { action: 'dispute', reason: '还在滴' });
    forced.does(['manager', 'desk'], { action: 'force_close', reason: '需业主自行更换' });
    expect(forced.order).toMatchObject({ status: 'closed', outcome: 'forced' });
  });

  it('rates once, from confirmed, and later within its window only', () => {
    const s = aReport().confirmed();
    const confirmedAt = s.now;
    expect(s.refused('desk', { action: 'rate', score: 'satisfied' })).toBe('not_yours');
    s.until('2026-11-27 10:00').after(1);
    // Seven days on it has closed by itself, without a rating, and may still be rated.
    s.does('reporter', { action: 'rate', score: 'unsatisfied' });
    expect(kinds(s.last)).toEqual(['closed', 'rated', 'callback_wanted']);
    expect(s.order).toMatchObject({
      status: 'closed',
      outcome: 'confirmed',
      closedAt: confirmedAt + 7 * DAY,
      rating: 'unsatisfied',
    });
    expect(told(s.last)).toContain('rated→desk');
    expect(s.refused('reporter', { action: 'rate', score: 'satisfied' })).toBe('already_rated');

    const late = aReport().confirmed();
    late.now = late.order.confirmedAt! + 15 * DAY;
    expect(late.refused('reporter', { action: 'rate', score: 'satisfied' })).toBeNull();
    late.now += 1;
    expect(late.refused('reporter', { action: 'rate', score: 'satisfied' })).toBe('rate_window_over');
  });

  it('never counts silence as satisfaction', () => {
    const s = aReport().finished();
    expect(s.refused('desk', { action: 'close' })).toBe('callbacks_first');
    for (let call = 1; call <= 3; call++) {
      s.now = s.order.callbackDueAt ?? s.now;
      s.does('desk', { action: 'record_callback', result: 'unreachable' });
      expect(s.order.callbackAttempts).toBe(call);
      if (call < 3) {
        expect(s.order.callbackDueAt).toBe(s.now + 24 * HOUR);
        expect(s.order.callbackWantedAt).toBeNull();
      }
    }
    // After the last call it waits in the callback queue to be closed.
    expect(s.order).toMatchObject({ status: 'finished', callbackDueAt: null, callbackWantedAt: s.now });
    s.does('desk', { action: 'close' });
    expect(s.order).toMatchObject({ status: 'closed', outcome: 'unconfirmed', rating: null });
    expect(s.refused('reporter', { action: 'rate', score: 'satisfied' })).toBe('not_confirmed');
  });

  it('takes the resident’s word on the phone, with or without a score', () => {
    const plain = aReport().finished().does('desk', { action: 'record_callback', result: 'satisfied_done' });
    expect(kinds(plain.last)).toEqual(['callback_recorded', 'confirmed']);
    expect(plain.order).toMatchObject({ status: 'confirmed', rating: null });
    const scored = aReport().finished().does('desk', {
      action: 'record_callback',
      result: 'satisfied_done',
      score: 'basically_satisfied',
      note: '下次快点',
    });
    expect(kinds(scored.last)).toEqual(['callback_recorded', 'confirmed', 'rated', 'closed']);
    expect(scored.order).toMatchObject({
      status: 'closed',
      outcome: 'confirmed',
      rating: 'basically_satisfied',
    });
    const not = aReport()
      .finished()
      .does('desk', { action: 'record_callback', result: 'not_done', note: '还在滴' });
    expect(not.order.status).toBe('disputed');
    expect(
      aReport()
        .finished()
        .refused('desk', { action: 'record_callback', result: 'unreachable', score: 'satisfied' }),
    ).toBe('score_not_used');
  });

  it('neither rates nor calls about what staff found', () => {
    const s = aReport(category('building.crack'), at('2026-11-20 10:00')).working();
    s.does('assignee', { action: 'finish', workDone: '已加固', photoIds: ['p'] });
    expect(s.order).toMatchObject({ callbackDueAt: null, autoCloseAt: s.now + 72 * HOUR });
    expect(s.refused('desk', { action: 'record_callback', result: 'unreachable' })).toBe('staff_report');
    expect(s.refused('desk', { action: 'close' })).toBeNull();
    s.does('reporter', { action: 'confirm' });
    expect(s.order).toMatchObject({ status: 'closed', outcome: 'confirmed', rating: null });
    expect(s.refused('reporter', { action: 'rate', score: 'satisfied' })).toBe('staff_report');
  });
});

describe('other ends, and beginnings again', () => {
  it('lets the reporter cancel before work starts, and the desk with a reason', () => {
    expect(aReport().arrived().does('reporter', { action: 'cancel' }).order).toMatchObject({
      status: 'cancelled',
      outcome: 'cancelled',
    });
    const s = aReport().working();
    expect(s.refused('reporter', { action: 'cancel', reason: 'x' })).toBe('wrong_status');
    s.does('desk', { action: 'cancel', reason: '与上一单重复' });
    expect(s.last.stepChanges).toMatchObject([{ type: 'close', result: 'cancelled' }]);
    expect(told(s.last)).toEqual(['cancelled→reporter', `cancelled→assignee:${LI}`]);
  });

  it('names the receiver of what is not ours', () => {
    const s = aReport(category('gas.none')).does('desk', {
      action: 'refer',
      receiver: '北京燃气',
      reference: 'G-77',
    });
    expect(s.order).toMatchObject({
      status: 'closed',
      outcome: 'referred',
      referredTo: '北京燃气',
      referredReference: 'G-77',
    });
    // The receiver may return it to the desk; the resident reports anew.
    expect(s.refused('reporter', { action: 'reopen', reason: 'x' })).toBe('outcome_final');
    expect(s.refused('desk', { action: 'reopen', reason: 'x' })).toBeNull();
  });

  it('reopens within fifteen days, to the millisecond, with new clocks and old facts', () => {
    const s = aReport().after(16).confirmed().does('reporter', { action: 'rate', score: 'satisfied' });
    expect(s.order.respondLateAt).toBe(s.order.createdAt + minutes(15));
    s.now = s.order.closedAt! + 15 * DAY;
    expect(s.refused('reporter', { action: 'reopen', reason: '又漏了' })).toBeNull();
    s.now += 1;
    expect(s.refused('reporter', { action: 'reopen', reason: '又漏了' })).toBe('reopen_window_over');
    s.now -= 1;
    s.does('reporter', { action: 'reopen', reason: '又漏了' });
    expect(s.order).toMatchObject({
      status: 'triaged',
      assigneeAccountId: null,
      rating: null,
      outcome: null,
      closedAt: null,
      reopenCount: 1,
      acceptedAt: null,
      respondDueAt: s.now + minutes(15),
      resolveDueAt: s.now + minutes(1440),
      respondLateAt: s.order.createdAt + minutes(15),
    });
    expect(told(s.last)).toEqual(['reopened→desk', `reopened→assignee:${LI}`]);
  });

  it('keeps a cancelled order shut, but open to comments', () => {
    const s = aReport().does('reporter', { action: 'cancel' });
    expect(s.refused('reporter', { action: 'reopen', reason: 'x' })).toBe('order_ended');
    expect(s.refused('desk', { action: 'assign', assignee: li })).toBe('order_ended');
    expect(s.refused('reporter', { action: 'comment', text: '谢谢' })).toBeNull();
  });

  it('counts urging, at most once in thirty minutes', () => {
    const s = aReport().assigned().does('reporter', { action: 'urge' });
    expect(told(s.last)).toEqual([`urged→assignee:${LI}`, 'urged→desk']);
    s.now += minutes(30) - 1;
    expect(s.refused('reporter', { action: 'urge' })).toBe('urged_recently');
    expect(s.refused('overseer', { action: 'urge' })).toBe('urged_recently');
    s.now += 1;
    s.does('reporter', { action: 'urge' });
    expect(s.order.urgeCount).toBe(2);
    expect(s.refused('desk', { action: 'urge' })).toBe('urged_recently');
  });

  it('keeps internal words from the reporter', () => {
    const s = aReport().assigned().does('desk', { action: 'comment', text: '注意态度', isInternal: true });
    expect(s.last.events[0]).toMatchObject({ isInternal: true });
    expect(told(s.last)).toEqual([`commented→assignee:${LI}`]);
  });
});

describe('corrections', () => {
  it('counts the limits of the right category from creation, and says so', () => {
    const s = aReport(tap).after(5).does('desk', { action: 'triage', category: leak, priority: 'high' });
    expect(kinds(s.last)).toEqual(['category_changed', 'triaged']);
    expect(s.last.events[0]?.params).toMatchObject({
      from: 'water.tap',
      to: 'water.leak.home',
      fromZh: tap.nameZh,
    });
    expect(s.order).toMatchObject({
      status: 'triaged',
      priority: 'high',
      respondDueAt: s.order.createdAt + minutes(15),
      resolveDueAt: s.order.createdAt + minutes(1440),
    });
  });

  it('withdraws a late fact of the wrong limits, and marks what is late under the right ones', () => {
    const wrong = aReport(category('water.burst')).after(6).does('desk', { action: 'comment', text: 'x' });
    expect(wrong.order.respondLateAt).toBe(wrong.order.createdAt + minutes(5));
    wrong.does('desk', { action: 'change_category', category: leak });
    expect(wrong.order).toMatchObject({ respondLateAt: null, isEmergency: false, priority: 'normal' });
    expect(wrong.last.events[0]?.params).toMatchObject({ withdrawn: ['respond'] });

    const tooEasy = aReport(tap).after(16).does('desk', { action: 'change_category', category: leak });
    expect(kinds(tooEasy.last)).toEqual(['category_changed', 'respond_overdue']);
    expect(tooEasy.order.respondLateAt).toBe(tooEasy.order.createdAt + minutes(15));
  });

  it('judges a clock already met by when it was met', () => {
    const s = aReport(tap).after(16).accepted();
    expect(s.order.respondLateAt).toBeNull();
    s.does('desk', { action: 'change_category', category: leak });
    expect(s.order.respondLateAt).toBe(s.order.createdAt + minutes(15));
  });

  it('asks for no arrival of work that had begun as a question', () => {
    const s = aReport(category('fee.question')).accepted().does('assignee', { action: 'start' });
    const startedAt = s.now;
    s.after(90).does('desk', { action: 'change_category', category: leak });
    expect(s.order).toMatchObject({
      arriveDueAt: startedAt + minutes(60),
      arrivedAt: startedAt,
      arriveLateAt: null,
    });
  });

  it('hides at once what turns out confidential, and refuses what does not fit the place', () => {
    const s = aReport(category('cleaning.rubbish'), at('2026-11-20 10:00'), {
      place: 'public',
      isPublic: true,
    });
    expect(s.refused('desk', { action: 'change_category', category: leak })).toBe('wrong_place');
    expect(s.refused('desk', { action: 'change_category', category: s.facts })).toBe('same_category');
    expect(s.refused('desk', { action: 'triage', category: category('special.oxygen') })).toBe('wrong_place');
    s.does('desk', { action: 'change_category', category: category('security.throwing') });
    expect(s.order).toMatchObject({ isConfidential: true, isPublic: false, kind: 'complaint' });
    expect(
      aReport().refused('desk', { action: 'change_category', category: category('special.oxygen') }),
    ).toBe('needed_by_required');
  });
});
