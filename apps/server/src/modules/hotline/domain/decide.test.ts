import { DAY, HOUR } from '@gongzhi/kernel';
import { tables } from '@gongzhi/i18n';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  ACTIONS,
  allowedActions,
  type CaseState,
  type Command,
  type Context,
  decide,
  handDue,
  holderOf,
  type HotlineSettings,
  markDue,
  nextDueOf,
  openJoints,
  REASONS,
  type Relation,
  RELATIONS,
  startCase,
  type Unit,
} from '../domain.ts';
import { MOST_JOINTS } from './transitions.ts';

const settings: HotlineSettings = {
  shares: { city: 1, district: 1, street: 2, community: 2, company: 12, reply: 2 },
  objectionHours: 24,
  mostExtensions: 1,
  mostReviewDays: 90,
  exclusionGrounds: ['outside_duties'],
};
const street: Unit = { level: 'street', unitId: 'street', name: '潘家园街道' };
const community: Unit = { level: 'community', unitId: 'community', name: '松榆里社区' };
const company: Unit = { level: 'company', unitId: 'company', name: '愿景物业' };
const other: Unit = { level: 'community', unitId: 'other', name: '磨房南里社区' };
const start = Date.parse('2026-11-23T02:00:00Z');
const at = (unit: Unit, hours = 190) =>
  startCase({ unit, receivedAt: start, dueAt: start + hours * HOUR, now: start, compoundId: null, settings })
    .state;

const everyone = [...RELATIONS];
const ctx = (more: Partial<Context> = {}): Context => ({
  who: everyone,
  now: start + HOUR,
  accountId: 'me',
  settings,
  orders: [],
  ...more,
});
function does(state: CaseState, command: Command, more: Partial<Context> = {}): CaseState {
  const decided = decide(state, command, ctx(more));
  if (!decided.ok) throw new Error(`${command.action}: ${decided.error.reason}`);
  return decided.value.state;
}
function refusal(state: CaseState, command: Command, more: Partial<Context> = {}): string {
  const decided = decide(state, command, ctx(more));
  return decided.ok ? 'allowed' : decided.error.reason;
}
const pass = (to: Unit): Command => ({
  action: 'pass',
  to,
  compoundId: to.level === 'company' ? 'compound' : null,
});
const signed = () => does(does(at(street), pass(company)), { action: 'sign' });
const contacted = () => does(signed(), { action: 'contact', how: 'phone' });
const answered = () => does(contacted(), { action: 'answer', text: '电梯已修好' });
const replied = () => does(answered(), { action: 'reply', text: '已答复' });
const solved: Command = {
  action: 'record_callback',
  isValid: true,
  wasContacted: true,
  isSolved: true,
  satisfaction: 'satisfied',
};

describe('the share of each hand', () => {
  test.each([
    // 190 hours among street 2, community 2, company 12, reply 2 of 18, and for the city 1 and 1 more.
    ['city', 20, 1],
    ['district', 19, 1],
    ['street', 18, 2],
    ['community', 16, 2],
    ['company', 14, 12],
  ] as const)('%s has %i parts of which %i are its own', (level, parts, own) => {
    const due = handDue(level, 0, parts * HOUR, settings.shares, belowOf(level));
    expect(due).toBe(own * HOUR);
  });
  const order = ['city', 'district', 'street', 'community', 'company'] as const;
  const belowOf = (level: (typeof order)[number]) => order.slice(order.indexOf(level) + 1);

  it('straight to the company skips who never holds it', () => {
    expect(handDue('company', 0, 14 * HOUR, settings.shares, [])).toBe(12 * HOUR);
  });
  it('of time that is over is over', () => {
    expect(handDue('street', 10, 10, settings.shares, [])).toBe(10);
    expect(handDue('street', 11, 10, settings.shares, [])).toBe(10);
  });
  it('shrinks for all that follow when a hand was late, and leaves nobody nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 999 }), (hours, spent) => {
        const due = hours * HOUR;
        const now = Math.floor((due * spent) / 1000);
        const share = handDue('company', now, due, settings.shares, []);
        expect(share).toBeGreaterThanOrEqual(now);
        expect(share).toBeLessThan(due);
      }),
    );
  });
});

describe('a case', () => {
  it('has nobody sent to the spot before it lies in a compound', () => {
    const offered = (state: CaseState) =>
      allowedActions(state, everyone, ctx()).find(({ action }) => action === 'open_order');
    expect(offered(does(at(street), { action: 'sign' }))).toMatchObject({
      isAllowed: false,
      reasonCode: 'no_place',
    });
    expect(offered(signed())).toMatchObject({ isAllowed: true });
  });

  it('comes down, is signed for, answered, replied to, called back and filed', () => {
    let state = does(at({ level: 'city', unitId: 'city', name: '市' }), pass(street));
    state = does(state, pass(community));
    state = does(state, pass(company));
    expect(state.hands.map(({ level, endReason }) => [level, endReason])).toEqual([
      ['city', 'passed'],
      ['street', 'passed'],
      ['community', 'passed'],
      ['company', null],
    ]);
    state = does(state, { action: 'sign' });
    expect(holderOf(state).level).toBe('company');
    expect(state.leadNo).toBe(4);
    state = does(does(state, { action: 'contact', how: 'visit' }), { action: 'answer', text: '好了' });
    expect([state.status, holderOf(state).level]).toEqual(['answered', 'street']);
    state = does(does(state, { action: 'reply', text: '已答复' }), solved);
    expect([state.status, state.outcome]).toEqual(['closed', 'called_back']);
    expect(nextDueOf(state)).toBeNull();
  });

  it('is passed on by nobody who has signed: the first receiver leads', () => {
    expect(refusal(does(at(street), { action: 'sign' }), pass(company))).toBe('wrong_status');
    const back = does(answered(), { action: 'send_back', reason: '没说清' });
    expect([back.status, holderOf(back).unitId, holderOf(back).signedAt]).toEqual([
      'handling',
      'company',
      start + HOUR,
    ]);
    expect(refusal(back, pass(other))).toBe('wrong_status');
  });

  test.each([
    ['up', company, community, 'not_lower'],
    ['sideways', community, other, 'not_lower'],
    ['from the city to a compound', { level: 'city', unitId: 'c', name: 'c' } as Unit, company, 'not_lower'],
  ] as const)('is not passed %s', (_, from, to, reason) => {
    expect(refusal(at(from), pass(to))).toBe(reason);
  });

  it('is answered only after the caller, the orders and who was called in', () => {
    const answer: Command = { action: 'answer', text: '好了' };
    expect(refusal(signed(), answer)).toBe('caller_first');
    expect(refusal(contacted(), answer, { orders: [{ number: '1', isOpen: true }] })).toBe('order_open');
    const helped = does(contacted(), { action: 'call_in', kind: 'whistle', to: other, ask: '一起到场' });
    expect(openJoints(helped)).toHaveLength(1);
    expect(refusal(helped, answer)).toBe('joint_open');
    const done = does(helped, { action: 'joint_done', unitId: 'other', text: '已到场' });
    expect(refusal(done, answer, { orders: [{ number: '1', isOpen: false }] })).toBe('allowed');
    expect(refusal(helped, { action: 'call_in', kind: 'assist', to: other, ask: '再来' })).toBe(
      'joint_already',
    );
    let many = contacted();
    const helper = (n: number) => ({ ...other, unitId: `other ${n}` });
    const callIn = (n: number): Command => ({ action: 'call_in', kind: 'assist', to: helper(n), ask: '来' });
    for (let n = 1; n < MOST_JOINTS; n++) many = does(many, callIn(n));
    expect(refusal(many, callIn(MOST_JOINTS))).toBe('allowed');
    many = does(does(many, callIn(MOST_JOINTS)), { action: 'joint_done', unitId: 'other 1', text: '已到场' });
    expect(refusal(many, callIn(MOST_JOINTS + 1))).toBe('joint_many');
    expect(refusal(many, callIn(1))).toBe('allowed');
    expect(refusal(contacted(), { action: 'call_in', kind: 'assist', to: company, ask: '自己' })).toBe(
      'own_unit',
    );
    expect(
      refusal(answered(), { action: 'reply', text: 'x' }, { orders: [{ number: '1', isOpen: true }] }),
    ).toBe('order_open');
  });

  it('is replied to from the street’s own hands at once, and by nobody else', () => {
    const own = does(does(at(street), { action: 'sign' }), { action: 'contact', how: 'phone' });
    expect(refusal(own, { action: 'answer', text: '好了' })).toBe('street_answers');
    expect(does(own, { action: 'reply', text: '已答复' }).status).toBe('replied');
    expect(refusal(contacted(), { action: 'reply', text: 'x' })).toBe('not_yours');
    for (const who of RELATIONS.filter((one) => one !== 'street'))
      expect(refusal(answered(), { action: 'reply', text: 'x' }, { who: [who] })).toBe('not_yours');
  });

  const object: Command = { action: 'object', ground: 'not_our_area', reason: '不在本小区' };
  it('is objected to within the hours, to the hand above, decided by another person', () => {
    const held = does(at(street), pass(company));
    const edge = holderOf(held).receivedAt + 24 * HOUR;
    expect(refusal(held, object, { now: edge })).toBe('allowed');
    expect(refusal(held, object, { now: edge + 1 })).toBe('objection_window_over');
    expect(refusal(at(street), object)).toBe('nobody_above');
    const objected = does(held, object, { accountId: 'they' });
    expect(refusal(objected, { action: 'uphold', reason: '是' }, { accountId: 'they' })).toBe(
      'second_person',
    );
    const back = does(objected, { action: 'uphold', reason: '确实不归' });
    expect([back.status, holderOf(back).unitId, back.leadNo]).toEqual(['received', 'street', null]);
    const stays = does(objected, { action: 'overrule', reason: '就是您这里' });
    expect([stays.status, holderOf(stays).unitId]).toEqual(['received', 'company']);
    const late = does(does(signed(), object, { accountId: 'they' }), { action: 'overrule', reason: '不' });
    expect([late.status, late.leadNo]).toEqual(['signed', 2]);
  });

  it('is extended once, with a reason the caller was told, and its hand with it', () => {
    const until = start + 300 * HOUR;
    const extend: Command = { action: 'extend', until, reason: '等配件', toldCaller: '电话告知' };
    expect(refusal(signed(), { ...extend, toldCaller: ' ' })).toBe('caller_not_told');
    expect(refusal(signed(), { ...extend, until: start + 190 * HOUR })).toBe('until_not_later');
    const before = signed();
    const longer = does(before, extend);
    expect(longer.dueAt).toBe(until);
    expect(longer.firstDueAt).toBe(start + 190 * HOUR);
    expect(holderOf(longer).dueAt).toBeGreaterThan(holderOf(before).dueAt);
    expect(refusal(longer, { ...extend, until: until + DAY })).toBe('extensions_used');
  });

  it('hangs with a review date and is reminded of it once', () => {
    const now = start + HOUR;
    const hang = (reviewAt: number): Command => ({ action: 'hang', reason: '等更新改造', reviewAt });
    expect(refusal(contacted(), hang(now))).toBe('review_past');
    expect(refusal(contacted(), hang(now + 90 * DAY + 1))).toBe('review_too_far');
    const hanging = does(contacted(), hang(now + 90 * DAY));
    // Its deadline passes without a word: that is what hanging means.
    expect(markDue(hanging, start + 2_000 * HOUR).events).toEqual([]);
    expect(markDue(hanging, now + 90 * DAY).events).toEqual([]);
    const due = markDue(hanging, now + 90 * DAY + 1);
    expect(due.events.map(({ kind }) => kind)).toEqual(['hotline_case.review_due']);
    expect(markDue(due.state, now + 91 * DAY).events).toEqual([]);
    expect(refusal(hanging, { action: 'answer', text: '好了' })).toBe('wrong_status');
    const resumed = does(hanging, { action: 'resume', until: now + 10 * DAY });
    expect([resumed.status, resumed.dueAt, resumed.hangReviewAt]).toEqual(['handling', now + 10 * DAY, null]);
  });

  it('is late strictly after the instant, each hand and the case once', () => {
    const held = does(at(street), pass(company), { now: start });
    const due = holderOf(held).dueAt;
    expect(markDue(held, due).events).toEqual([]);
    const first = markDue(held, due + 1);
    expect(first.events.map(({ kind }) => kind)).toEqual(['hotline_case.hand_late']);
    const second = markDue(first.state, held.dueAt + 1);
    expect(second.events.map(({ kind }) => kind)).toEqual(['hotline_case.late']);
    expect(markDue(second.state, held.dueAt + DAY).events).toEqual([]);
  });

  test.each([
    [{ isValid: false }, 'invalid_has_answers'],
    [{ isValid: false, invalidReason: 'unreachable', isSolved: true }, 'invalid_has_answers'],
    [{ isValid: false, invalidReason: 'unreachable' }, 'allowed'],
    [{ isValid: true, wasContacted: true }, 'valid_needs_answers'],
    [{ isValid: true, wasContacted: true, isSolved: false }, 'allowed'],
    [{ isValid: true, wasContacted: true, isSolved: true, redoUntil: start + DAY }, 'solved_no_redo'],
    [{ isValid: true, wasContacted: true, isSolved: false, redoUntil: start + HOUR }, 'redo_needs_due'],
    [{ isValid: true, wasContacted: true, isSolved: false, redoUntil: start + DAY }, 'allowed'],
  ] as const)('a callback of %j is %s', (answer, expected) => {
    expect(refusal(replied(), { action: 'record_callback', ...answer })).toBe(expected);
  });

  it('not solved is done again by who led, with nothing of the first round answered', () => {
    const again = does(replied(), {
      action: 'record_callback',
      isValid: true,
      wasContacted: true,
      isSolved: false,
      redoUntil: start + 9 * DAY,
    });
    expect([again.status, again.round, again.contactedAt, again.reply, holderOf(again).unitId]).toEqual([
      'signed',
      2,
      null,
      null,
      'company',
    ]);
    expect(refusal(again, { action: 'answer', text: '好了' })).toBe('caller_first');
  });

  it('is excluded by a second person, for a ground of the settings', () => {
    const ask: Command = { action: 'ask_exclusion', ground: 'outside_duties', reason: '不属于物业职责' };
    expect(refusal(replied(), ask)).toBe('no_callback');
    const closed = does(replied(), solved);
    expect(refusal(closed, { ...ask, ground: 'made_up' })).toBe('ground_unknown');
    const asked = does(closed, ask, { accountId: 'they' });
    const decideIt: Command = { action: 'decide_exclusion', isApproved: true, reason: '核实' };
    expect(refusal(asked, decideIt, { accountId: 'they' })).toBe('second_person');
    const excluded = does(asked, decideIt);
    expect(excluded.exclusion).toBe('approved');
    expect(refusal(excluded, ask)).toBe('already_excluded');
  });
});

describe('the table', () => {
  it('answers for every action and relation alike, whatever the state', () => {
    const states = [at(street), signed(), contacted(), answered(), replied(), does(replied(), solved)];
    for (const state of states)
      for (const who of [...RELATIONS.map((one): Relation[] => [one]), []]) {
        const actions = allowedActions(state, who, ctx());
        expect(actions.map(({ action }) => action)).toEqual([...ACTIONS]);
        if (who.length === 0) expect(actions.filter(({ isAllowed }) => isAllowed)).toEqual([]);
      }
  });

  it('has a sentence in both languages for every reason', () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const said = Object.keys(tables[locale])
        .filter((key) => key.startsWith('hotlineReasons.'))
        .map((key) => key.slice('hotlineReasons.'.length));
      expect(said.sort()).toEqual(Object.keys(REASONS).sort());
    }
  });
});
