import { CONSENT_PURPOSES, type ConsentPurpose } from '@gongzhi/kernel';
import { describe, expect, it } from 'vitest';
import { allowedActions, decide, markDue } from './decide.ts';
import { aReport, category, context, kinds, leak } from './fixtures.ts';
import { PURPOSE_OF, TRANSITIONS } from './transitions.ts';
import { defaultSettings, ownStanding, type Standing } from './types.ts';

describe('for another, by consent', () => {
  const subsets: ConsentPurpose[][] = [[]];
  for (const purpose of CONSENT_PURPOSES) subsets.push(...subsets.map((rest) => [...rest, purpose]));
  const stages = {
    reported: () => aReport(),
    assigned: () => aReport().assigned(),
    working: () => aReport().working(),
    finished: () => aReport().finished(),
    confirmed: () => aReport().confirmed(),
    closed: () => aReport().confirmed().does('reporter', { action: 'rate', score: 'satisfied' }),
    cancelled: () => aReport().does('reporter', { action: 'cancel' }),
  };

  it('every act of a reporter belongs to a purpose', () => {
    const theirs = TRANSITIONS.filter((t) => t.who.includes('reporter'));
    expect(theirs.filter((t) => PURPOSE_OF[t.action] === undefined).map((t) => t.action)).toEqual([]);
  });

  it.each(Object.entries(stages))('each is refused without its purpose and with no other: %s', (_, stage) => {
    const { order, now } = stage();
    const allowed = (standing: Standing) =>
      allowedActions(order, ['reporter'], now, defaultSettings, standing)
        .filter(({ isAllowed }) => isAllowed)
        .map(({ action }) => action);
    const own = allowed(ownStanding);
    for (const mandate of subsets)
      expect(allowed({ mandate, reporterHasAccount: true })).toEqual(
        own.filter((action) => mandate.includes(PURPOSE_OF[action]!)),
      );
  });

  it('is refused by what decides as by what is shown', () => {
    const { order, now } = aReport().finished();
    const following: Standing = { mandate: ['follow'], reporterHasAccount: true };
    const refused = decide(
      order,
      { action: 'confirm' },
      { ...context(['reporter'], now, leak), standing: following },
    );
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'work_order.not_allowed', reason: 'not_in_consent' },
    });
  });
});

describe('somebody without an account confirms', () => {
  const finished = () => aReport().finished();
  const signed = { action: 'confirm_for', how: 'signature', photoIds: ['s1'] } as const;

  it('by signature, to desk or worker, and never says that she is satisfied', () => {
    for (const who of ['desk', 'assignee'] as const) {
      const story = finished().does(who, signed);
      expect(story.order).toMatchObject({
        status: 'confirmed',
        rating: null,
        outcome: null,
        callbackDueAt: null,
      });
      expect(kinds(story.last)).toEqual(['confirmed']);
      expect(story.last.events[0]).toMatchObject({
        params: { how: 'signature', by: null, isByCallback: false },
        photoIds: ['s1'],
      });
      // Nobody rates for her afterwards: unrated it closes by itself.
      story.after(7 * 1440 + 1);
      expect(markDue(story.order, { ...context([], story.now, leak) }).order).toMatchObject({
        status: 'closed',
        outcome: 'confirmed',
        rating: null,
      });
    }
  });

  it('with what she said, when she said it', () => {
    const story = finished().does('desk', {
      action: 'confirm_for',
      how: 'call',
      name: ' 王秀英 ',
      score: 'basically_satisfied',
      note: ' ',
    });
    expect(story.order).toMatchObject({
      status: 'closed',
      outcome: 'confirmed',
      rating: 'basically_satisfied',
    });
    expect(story.last.events[0]!.params).toMatchObject({ how: 'call', by: '王**', note: null });
  });

  it.each([
    ['a signature without its picture', 'assignee', { how: 'signature' }, 'signature_required'],
    [
      'a picture without a signature',
      'desk',
      { how: 'in_person', name: '王', photoIds: ['s'] },
      'signature_not_used',
    ],
    ['words of nobody', 'assignee', { how: 'in_person', name: ' ' }, 'name_required'],
    ['a call that the worker took', 'assignee', { how: 'call', name: '王' }, 'call_by_desk'],
    ['her own act', 'reporter', { how: 'signature', photoIds: ['s'] }, 'not_yours'],
    ['the committee’s', 'overseer', { how: 'signature', photoIds: ['s'] }, 'not_yours'],
  ] as const)('not as %s', (_, who, how, reason) => {
    expect(finished().refused(who, { action: 'confirm_for', ...how })).toBe(reason);
  });

  it('not before it is done, nor twice, nor what staff found, nor for who confirms alone', () => {
    expect(aReport().working().refused('assignee', signed)).toBe('wrong_status');
    expect(finished().does('desk', signed).refused('desk', signed)).toBe('wrong_status');
    const found = aReport(category('water.pump-room'))
      .working()
      .does('assignee', { action: 'finish', workDone: '换了泵', photoIds: ['p'] });
    expect(found.refused('desk', signed)).toBe('staff_report');
    const { order, now } = finished();
    const own = { ...context(['desk'], now, leak), standing: ownStanding };
    expect(decide(order, signed, own)).toMatchObject({ ok: false, error: { reason: 'has_account' } });
  });
});
