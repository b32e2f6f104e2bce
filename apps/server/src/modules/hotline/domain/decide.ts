import { DAY, err, type Instant, ok, type Result } from '@gongzhi/kernel';
import { handDue, isLower, levelsBelow } from './shares.ts';
import { aboveOf, areJointsMany, holderOf, openJoints, refusalOf } from './transitions.ts';
import {
  type CallbackAnswer,
  type CaseEvent,
  type CaseState,
  type Command,
  type Context,
  type Decision,
  type EventKind,
  type Hand,
  type HandEnd,
  type HotlineSettings,
  type ReasonCode,
  type Refusal,
  refusal,
  type Unit,
} from './types.ts';

/** A case in the making: the state changes, the events gather. */
interface Draft {
  state: CaseState;
  readonly events: CaseEvent[];
}

const isBlank = (text: string | null | undefined) => text == null || text.trim() === '';
const iso = (at: Instant) => new Date(at).toISOString();

function set(draft: Draft, change: Partial<CaseState>): void {
  draft.state = { ...draft.state, ...change };
}

function tell(draft: Draft, kind: EventKind, params: Record<string, unknown> = {}): void {
  draft.events.push({ kind, params });
}

function changeHand(draft: Draft, no: number, change: Partial<Hand>): void {
  set(draft, { hands: draft.state.hands.map((hand) => (hand.no === no ? { ...hand, ...change } : hand)) });
}

function endHand(draft: Draft, no: number, endReason: HandEnd, now: Instant): void {
  changeHand(draft, no, { endedAt: now, endReason });
}

function openHand(draft: Draft, unit: Unit, dueAt: Instant, now: Instant, more: Partial<Hand> = {}): Hand {
  const hand: Hand = {
    no: draft.state.hands.reduce((most, { no }) => Math.max(most, no), 0) + 1,
    level: unit.level,
    unitId: unit.unitId,
    name: unit.name,
    receivedAt: now,
    dueAt,
    signedAt: null,
    endedAt: null,
    endReason: null,
    lateAt: null,
    joint: null,
    ...more,
  };
  set(draft, { hands: [...draft.state.hands, hand] });
  return hand;
}

function hold(draft: Draft, unit: Unit, dueAt: Instant, now: Instant, more: Partial<Hand> = {}): void {
  set(draft, { holderNo: openHand(draft, unit, dueAt, now, more).no });
}

/** The share of a hand as the time stands now; a hand that only replies or leads to the end has all of it. */
function dueOfHand(state: CaseState, unit: Unit, settings: HotlineSettings, now: Instant): Instant {
  return handDue(unit.level, now, state.dueAt, settings.shares, levelsBelow(unit.level));
}

/** The case's time has moved: who holds it gets its share anew, and is late no more when that lies ahead. */
function shareAnew(draft: Draft, dueAt: Instant, settings: HotlineSettings, now: Instant): void {
  set(draft, { dueAt, lateAt: dueAt > now ? null : draft.state.lateAt });
  const hand = holderOf(draft.state);
  const due =
    hand.signedAt === null
      ? dueOfHand(draft.state, hand, settings, now)
      : leadDue(draft.state, hand, settings, now);
  changeHand(draft, hand.no, { dueAt: due, lateAt: due > now ? null : hand.lateAt });
}

/** Who leads works till the reply's share begins: nobody comes below any more. */
function leadDue(state: CaseState, unit: Unit, settings: HotlineSettings, now: Instant): Instant {
  if (unit.level === 'street' || unit.level === 'city' || unit.level === 'district') return state.dueAt;
  return handDue(unit.level, now, state.dueAt, settings.shares, []);
}

const street = (state: CaseState): Hand | undefined =>
  state.hands.findLast((hand) => hand.level === 'street' && hand.joint === null);

export function startCase(facts: {
  readonly unit: Unit;
  readonly receivedAt: Instant;
  readonly dueAt: Instant;
  readonly now: Instant;
  readonly compoundId: string | null;
  readonly settings: HotlineSettings;
  readonly params?: Readonly<Record<string, unknown>>;
}): Decision {
  const { unit, receivedAt, dueAt, now, compoundId, settings } = facts;
  const state: CaseState = {
    status: 'received',
    round: 1,
    receivedAt,
    firstDueAt: dueAt,
    dueAt,
    lateAt: null,
    hands: [],
    holderNo: 1,
    leadNo: null,
    objectedFrom: null,
    objectedBy: null,
    contactedAt: null,
    answeredAt: null,
    answer: null,
    repliedAt: null,
    reply: null,
    closedAt: null,
    outcome: null,
    hangReason: null,
    hangReviewAt: null,
    hangReminded: false,
    extensionCount: 0,
    callbackCount: 0,
    exclusion: 'none',
    exclusionAskedBy: null,
    repeatOfId: null,
    compoundId,
  };
  const draft: Draft = { state, events: [] };
  hold(draft, unit, dueOfHand(state, unit, settings, now), now);
  tell(draft, 'hotline_case.received', { unit: unit.name, due: iso(dueAt), ...facts.params });
  return { state: draft.state, events: draft.events };
}

/** The whole of a case's life: asks the table, checks what came with the command, answers with what follows. */
export function decide(before: CaseState, command: Command, ctx: Context): Result<Decision, Refusal> {
  const settled = markDue(before, ctx.now);
  const draft: Draft = { state: settled.state, events: [...settled.events] };
  const reason = refusalOf(command.action, draft.state, ctx.who, ctx) ?? apply(draft, command, ctx);
  return reason === null ? ok({ state: draft.state, events: draft.events }) : err(refusal(reason));
}

/** What time has brought: a hand's share ran out, the case's deadline passed, a review fell due. Told once each. */
export function markDue(before: CaseState, now: Instant): Decision {
  const draft: Draft = { state: before, events: [] };
  const { status } = before;
  if (status === 'closed' || status === 'replied') return draft;
  if (status === 'hanging') {
    if (!before.hangReminded && before.hangReviewAt !== null && before.hangReviewAt < now) {
      set(draft, { hangReminded: true });
      tell(draft, 'hotline_case.review_due', { due: iso(before.hangReviewAt) });
    }
    return draft;
  }
  const hand = holderOf(before);
  if (hand.lateAt === null && hand.dueAt < now) {
    changeHand(draft, hand.no, { lateAt: hand.dueAt });
    tell(draft, 'hotline_case.hand_late', { unit: hand.name, due: iso(hand.dueAt) });
  }
  if (before.lateAt === null && before.dueAt < now) {
    set(draft, { lateAt: before.dueAt });
    tell(draft, 'hotline_case.late', { unit: hand.name, due: iso(before.dueAt) });
  }
  return draft;
}

/** What follows from an allowed command; the reason when what came with it will not do. */
function apply(draft: Draft, command: Command, ctx: Context): ReasonCode | null {
  const { now, settings } = ctx;
  const { state } = draft;
  const hand = holderOf(state);
  switch (command.action) {
    case 'pass': {
      const { to, compoundId } = command;
      if (!isLower(to.level, hand.level)) return 'not_lower';
      // Above the street nobody knows whose compound it is: that is the street's to say.
      if (isLower(to.level, 'street') && !['street', 'community'].includes(hand.level)) return 'not_lower';
      if (to.level === 'company' && compoundId === null) return 'no_place';
      endHand(draft, hand.no, 'passed', now);
      if (compoundId !== null) set(draft, { compoundId });
      hold(draft, to, dueOfHand(draft.state, to, settings, now), now);
      tell(draft, 'hotline_case.passed', {
        from: hand.name,
        unit: to.name,
        due: iso(holderOf(draft.state).dueAt),
        note: isBlank(command.note) ? null : command.note!.trim(),
      });
      return null;
    }
    case 'sign': {
      changeHand(draft, hand.no, { signedAt: now, dueAt: leadDue(state, hand, settings, now) });
      set(draft, { status: 'signed', leadNo: hand.no });
      tell(draft, 'hotline_case.signed', { unit: hand.name });
      return null;
    }
    case 'contact':
      set(draft, {
        contactedAt: state.contactedAt ?? now,
        status: state.status === 'signed' ? 'handling' : state.status,
      });
      tell(draft, 'hotline_case.contacted', {
        how: command.how,
        note: isBlank(command.note) ? null : command.note!.trim(),
      });
      return null;
    case 'open_order':
      set(draft, { status: state.status === 'signed' ? 'handling' : state.status });
      tell(draft, 'hotline_case.order_opened', { number: command.number });
      return null;
    case 'call_in': {
      const { to } = command;
      if (isBlank(command.ask)) return 'text_required';
      if (to.unitId === hand.unitId) return 'own_unit';
      if (openJoints(state).some((joint) => joint.unitId === to.unitId)) return 'joint_already';
      if (areJointsMany(state, to.unitId)) return 'joint_many';
      // Whistling is the street's and the community's; a company asks others to help.
      openHand(draft, to, hand.dueAt, now, { joint: command.kind });
      tell(draft, 'hotline_case.called_in', { kind: command.kind, unit: to.name, ask: command.ask.trim() });
      return null;
    }
    case 'joint_done': {
      const joint = openJoints(state).find(({ unitId }) => unitId === command.unitId);
      if (joint === undefined) return 'not_yours';
      if (isBlank(command.text)) return 'text_required';
      endHand(draft, joint.no, 'done', now);
      tell(draft, 'hotline_case.joint_done', { unit: joint.name, text: command.text.trim() });
      return null;
    }
    case 'object':
      if (isBlank(command.reason)) return 'text_required';
      set(draft, { status: 'objected', objectedFrom: state.status, objectedBy: ctx.accountId });
      tell(draft, 'hotline_case.objected', {
        unit: hand.name,
        ground: command.ground,
        reason: command.reason.trim(),
      });
      return null;
    case 'uphold': {
      if (isBlank(command.reason)) return 'text_required';
      const above = aboveOf(state);
      if (above === null) return 'nobody_above';
      endHand(draft, hand.no, 'objected', now);
      set(draft, { status: 'received', leadNo: null, objectedFrom: null, objectedBy: null });
      // What was called in for the wrong receiver ends with it.
      for (const joint of openJoints(draft.state)) endHand(draft, joint.no, 'done', now);
      hold(draft, above, dueOfHand(draft.state, above, settings, now), now);
      tell(draft, 'hotline_case.upheld', { unit: above.name, reason: command.reason.trim() });
      return null;
    }
    case 'overrule':
      if (isBlank(command.reason)) return 'text_required';
      set(draft, { status: state.objectedFrom ?? 'received', objectedFrom: null, objectedBy: null });
      tell(draft, 'hotline_case.overruled', { unit: hand.name, reason: command.reason.trim() });
      return null;
    case 'extend':
      if (isBlank(command.reason)) return 'text_required';
      if (isBlank(command.toldCaller)) return 'caller_not_told';
      if (command.until <= state.dueAt || command.until <= now) return 'until_not_later';
      shareAnew(draft, command.until, settings, now);
      set(draft, { extensionCount: state.extensionCount + 1 });
      tell(draft, 'hotline_case.extended', {
        due: iso(command.until),
        was: iso(state.dueAt),
        reason: command.reason.trim(),
        told: command.toldCaller.trim(),
      });
      return null;
    case 'hang': {
      if (isBlank(command.reason)) return 'text_required';
      const fault = reviewFault(command.reviewAt, now, settings);
      if (fault !== null) return fault;
      set(draft, {
        status: 'hanging',
        hangReason: command.reason.trim(),
        hangReviewAt: command.reviewAt,
        hangReminded: false,
      });
      tell(draft, 'hotline_case.hung', { reason: command.reason.trim(), review: iso(command.reviewAt) });
      return null;
    }
    case 'review': {
      if (isBlank(command.note)) return 'text_required';
      const fault = reviewFault(command.reviewAt, now, settings);
      if (fault !== null) return fault;
      set(draft, { hangReviewAt: command.reviewAt, hangReminded: false });
      tell(draft, 'hotline_case.reviewed', { note: command.note.trim(), review: iso(command.reviewAt) });
      return null;
    }
    case 'resume':
      if (command.until <= now) return 'until_not_later';
      set(draft, { status: 'handling', hangReason: null, hangReviewAt: null, hangReminded: false });
      shareAnew(draft, command.until, settings, now);
      tell(draft, 'hotline_case.resumed', { due: iso(command.until) });
      return null;
    case 'answer': {
      if (isBlank(command.text)) return 'text_required';
      const to = street(state);
      if (to === undefined) return 'nobody_above';
      endHand(draft, hand.no, 'answered', now);
      set(draft, { status: 'answered', answeredAt: now, answer: command.text.trim() });
      hold(draft, to, state.dueAt, now);
      tell(draft, 'hotline_case.answered', { unit: hand.name, text: command.text.trim() });
      return null;
    }
    case 'send_back': {
      if (isBlank(command.reason)) return 'text_required';
      const lead = state.hands.find(({ no }) => no === state.leadNo);
      if (lead === undefined) return 'nobody_above';
      endHand(draft, hand.no, 'sent_back', now);
      giveBack(draft, lead, settings, now);
      set(draft, { status: 'handling', answeredAt: null });
      tell(draft, 'hotline_case.sent_back', { unit: lead.name, reason: command.reason.trim() });
      return null;
    }
    case 'reply':
      if (isBlank(command.text)) return 'text_required';
      endHand(draft, hand.no, 'replied', now);
      set(draft, { status: 'replied', repliedAt: now, reply: command.text.trim() });
      tell(draft, 'hotline_case.replied', { unit: hand.name, isLate: now > state.dueAt });
      return null;
    case 'record_callback':
      return recordCallback(draft, command, ctx);
    case 'ask_exclusion':
      if (isBlank(command.reason)) return 'text_required';
      if (!settings.exclusionGrounds.includes(command.ground)) return 'ground_unknown';
      set(draft, { exclusion: 'asked', exclusionAskedBy: ctx.accountId });
      tell(draft, 'hotline_case.exclusion_asked', { ground: command.ground, reason: command.reason.trim() });
      return null;
    case 'decide_exclusion':
      if (isBlank(command.reason)) return 'text_required';
      set(draft, { exclusion: command.isApproved ? 'approved' : 'refused' });
      tell(draft, 'hotline_case.exclusion_decided', {
        isApproved: command.isApproved,
        reason: command.reason.trim(),
      });
      return null;
    case 'link_repeat':
      if (command.isSelf) return 'repeat_self';
      set(draft, { repeatOfId: command.firstId });
      tell(draft, 'hotline_case.repeat_linked', { number: command.number });
      return null;
    case 'unlink_repeat':
      if (isBlank(command.reason)) return 'text_required';
      set(draft, { repeatOfId: null });
      tell(draft, 'hotline_case.repeat_unlinked', { reason: command.reason.trim() });
      return null;
    case 'dismiss':
      if (isBlank(command.reason)) return 'text_required';
      endHand(draft, hand.no, 'dismissed', now);
      set(draft, { status: 'closed', outcome: 'not_dispatched', closedAt: now });
      tell(draft, 'hotline_case.dismissed', { ground: command.ground, reason: command.reason.trim() });
      return null;
    case 'note':
      if (isBlank(command.text)) return 'text_required';
      tell(draft, 'hotline_case.noted', { text: command.text.trim() });
      return null;
  }
}

function reviewFault(at: Instant, now: Instant, settings: HotlineSettings): ReasonCode | null {
  if (at <= now) return 'review_past';
  return at > now + settings.mostReviewDays * DAY ? 'review_too_far' : null;
}

/** The first receiver leads it again: signed for already, never to be passed on. */
function giveBack(draft: Draft, lead: Hand, settings: HotlineSettings, now: Instant): void {
  hold(draft, lead, leadDue(draft.state, lead, settings, now), now, { signedAt: now });
  set(draft, { leadNo: draft.state.holderNo });
}

function callbackFault(answer: CallbackAnswer, now: Instant): ReasonCode | null {
  const { isValid, invalidReason, wasContacted, isSolved, satisfaction, redoUntil } = answer;
  if (!isValid) {
    const hasAnswers = wasContacted != null || isSolved != null || satisfaction != null || redoUntil != null;
    return hasAnswers || invalidReason == null ? 'invalid_has_answers' : null;
  }
  if (wasContacted == null || isSolved == null || invalidReason != null) return 'valid_needs_answers';
  if (redoUntil == null) return null;
  if (isSolved) return 'solved_no_redo';
  return redoUntil <= now ? 'redo_needs_due' : null;
}

function recordCallback(draft: Draft, answer: CallbackAnswer, { now, settings }: Context): ReasonCode | null {
  const fault = callbackFault(answer, now);
  if (fault !== null) return fault;
  const { state } = draft;
  set(draft, { callbackCount: state.callbackCount + 1 });
  tell(draft, 'hotline_case.called_back', {
    round: state.round,
    isValid: answer.isValid,
    invalidReason: answer.invalidReason ?? null,
    wasContacted: answer.wasContacted ?? null,
    isSolved: answer.isSolved ?? null,
    satisfaction: answer.satisfaction ?? null,
    note: isBlank(answer.note) ? null : answer.note!.trim(),
  });
  const redoUntil = answer.redoUntil ?? null;
  if (redoUntil === null) {
    set(draft, { status: 'closed', outcome: 'called_back', closedAt: now });
    return null;
  }
  const lead = state.hands.find(({ no }) => no === state.leadNo) ?? street(state);
  if (lead === undefined) return 'nobody_above';
  set(draft, {
    round: state.round + 1,
    dueAt: redoUntil,
    lateAt: null,
    contactedAt: null,
    answeredAt: null,
    answer: null,
    repliedAt: null,
    reply: null,
    status: 'signed',
  });
  giveBack(draft, lead, settings, now);
  tell(draft, 'hotline_case.redone', { unit: lead.name, due: iso(redoUntil), round: state.round + 1 });
  return null;
}
