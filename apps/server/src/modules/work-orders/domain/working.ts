import { err, type Instant, ok, type Result } from '@gongzhi/kernel';
import type { Charge } from './charges.ts';
import { settle } from './clocks.ts';
import { noticesOfSettling } from './corrections.ts';
import { decide, staffFault } from './decide.ts';
import { applyCharge, type ChargeCommand } from './charging.ts';
import { closeStep, type Draft, decisionOf, draftOf, notify, openDeskStep, set, tell } from './draft.ts';
import { endPause } from './families.ts';
import { judgeSafety } from './safety.ts';
import { ENDED, UNFINISHED, WITH_WORKER } from './transitions.ts';
import {
  type Decision,
  type OrderState,
  ownStanding,
  type ReasonCode,
  type Refusal,
  refusal,
  type Relation,
  type Standing,
  type Status,
} from './types.ts';
import {
  type ChargeEntry,
  type Made,
  WORKING_ACTIONS,
  type WorkingAction,
  type WorkingCommand,
  type WorkingContext,
} from './working-words.ts';

/**
 * The work itself, decided as the order's life is (decide.ts): the same settling, the same refusals, one version. What
 * it costs is agreed before it is due; what is dangerous is checked before it begins.
 */
export interface WorkingDecision extends Decision {
  readonly charge: Charge | null;
  /** What is written into the record of the quotation, if anything. */
  readonly entry: ChargeEntry | null;
}

const AT_WORK: readonly Status[] = ['accepted', 'departed', 'arrived', 'in_progress', 'paused'];

type Guard = (order: OrderState) => ReasonCode | null;
const isQuoted: Guard = (order) => (order.chargeState === 'quoted' ? null : 'no_quote_open');
const isQuotable: Guard = ({ chargeState }) =>
  chargeState === 'draft' || chargeState === 'declined'
    ? null
    : chargeState === 'quoted'
      ? 'quote_open'
      : 'nothing_to_quote';

interface Row {
  readonly from: readonly Status[];
  readonly who: readonly Relation[];
  readonly guard: Guard | null;
}
const row = (from: readonly Status[], who: readonly Relation[], guard: Guard | null = null): Row => ({
  from,
  who,
  guard,
});

/** Who may do what from where, as TRANSITIONS says it of the order's life. */
export const WORKING_RULES: Readonly<Record<WorkingAction, Row>> = {
  add_line: row(AT_WORK, ['assignee', 'desk']),
  remove_line: row(AT_WORK, ['assignee', 'desk'], (o) =>
    o.chargeState === 'none' ? 'nothing_to_quote' : null,
  ),
  set_discount: row(AT_WORK, ['assignee', 'desk'], (o) =>
    o.chargeState === 'none' ? 'nothing_to_quote' : null,
  ),
  set_payer: row(UNFINISHED, ['desk']),
  send_quote: row(AT_WORK, ['assignee', 'desk'], isQuotable),
  withdraw_quote: row(AT_WORK, ['assignee', 'desk'], isQuoted),
  // In the app, by signing on the worker's phone, or on the desk's telephone: whose word it is goes into the record.
  agree: row(AT_WORK, ['reporter', 'assignee', 'desk'], isQuoted),
  decline: row(AT_WORK, ['reporter', 'assignee', 'desk'], isQuoted),
  ask: row(AT_WORK, ['reporter'], isQuoted),
  add_helper: row(WITH_WORKER, ['assignee', 'desk']),
  remove_helper: row(WITH_WORKER, ['assignee', 'desk'], (o) =>
    o.crewAccountIds.length === 0 ? 'no_helper' : null,
  ),
  helper_arrive: row(WITH_WORKER, ['helper']),
  helper_leave: row(WITH_WORKER, ['helper']),
  order_part: row(AT_WORK, ['assignee', 'desk']),
  part_arrived: row(AT_WORK, ['assignee', 'desk']),
  plan_visit: row(AT_WORK, ['assignee', 'desk']),
  complete_visit: row(AT_WORK, ['assignee']),
  cancel_visit: row(AT_WORK, ['assignee', 'desk']),
  answer_safety: row(AT_WORK, ['assignee'], (o) =>
    o.safety === 'needed' ? null : o.safety === 'stopped' ? 'safety_stopped' : 'safety_not_needed',
  ),
  reset_safety: row(UNFINISHED, ['desk'], (o) => (o.safety === 'stopped' ? null : 'safety_not_needed')),
  hand_back: row(WITH_WORKER, ['assignee']),
  invite_contractor: row(UNFINISHED, ['desk']),
  revoke_contractor: row([...UNFINISHED, 'finished', 'confirmed'], ['desk']),
};

/** To agree to a price for somebody is to pay for them: a consent that says so is needed. */
const FOR_PAY: readonly WorkingAction[] = ['agree', 'decline'];

export function workingRefusal(
  action: WorkingAction,
  order: OrderState,
  who: readonly Relation[],
  standing: Standing = ownStanding,
): ReasonCode | null {
  const rule = WORKING_RULES[action];
  if (!rule.who.some((relation) => who.includes(relation))) return 'not_yours';
  if (standing.mandate !== null && FOR_PAY.includes(action) && !standing.mandate.includes('pay'))
    return 'not_in_consent';
  if (!rule.from.includes(order.status)) return ENDED.includes(order.status) ? 'order_ended' : 'wrong_status';
  return rule.guard?.(order) ?? null;
}

export interface WorkingActionState {
  readonly action: WorkingAction;
  readonly isAllowed: boolean;
  readonly reasonCode: ReasonCode | null;
}

/** Every act about the work with whether these relations may take it now: what pages enable. */
export function workingActions(
  order: OrderState,
  who: readonly Relation[],
  now: Instant,
  standing?: Standing,
): WorkingActionState[] {
  const settled = settle(order, now).order;
  return WORKING_ACTIONS.map((action) => {
    const reasonCode = workingRefusal(action, settled, who, standing);
    return { action, isAllowed: reasonCode === null, reasonCode };
  });
}

export function decideWorking(
  order: OrderState,
  command: WorkingCommand,
  ctx: WorkingContext,
): Result<WorkingDecision, Refusal> {
  const settled = settle(order, ctx.now);
  const draft = draftOf(settled.order, settled.events);
  noticesOfSettling(draft, ctx, settled.events);
  const why = workingRefusal(command.action, draft.order, ctx.who, ctx.standing);
  if (why !== null) return err(refusal(why));
  const made = apply(draft, command, ctx);
  if (typeof made === 'string') return err(refusal(made));
  const after = settle(draft.order, ctx.now);
  draft.order = after.order;
  draft.events.push(...after.events);
  noticesOfSettling(draft, ctx, after.events);
  return ok({ ...decisionOf(draft), charge: ctx.charge, entry: null, ...made });
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

function apply(draft: Draft, command: WorkingCommand, ctx: WorkingContext): Made | ReasonCode {
  switch (command.action) {
    case 'add_line':
    case 'remove_line':
    case 'set_discount':
    case 'set_payer':
    case 'send_quote':
    case 'withdraw_quote':
    case 'agree':
    case 'decline':
    case 'ask':
      return applyCharge(draft, command, ctx);
    default:
      return applyRest(draft, command, ctx);
  }
}

function applyRest(
  draft: Draft,
  command: Exclude<WorkingCommand, ChargeCommand>,
  ctx: WorkingContext,
): Made | ReasonCode {
  const { order } = draft;
  const { now } = ctx;
  switch (command.action) {
    case 'add_helper': {
      const { helper } = command;
      const fault = staffFault(order, helper);
      if (fault !== null) return fault;
      if (helper.accountId === order.assigneeAccountId) return 'same_assignee';
      if (order.crewAccountIds.includes(helper.accountId)) return 'helper_already';
      set(draft, { crewAccountIds: [...order.crewAccountIds, helper.accountId] });
      tell(draft, 'work_order.helper_added', { helperAccountId: helper.accountId });
      notify(draft, ctx, 'work_order.helper_added', ['assignee'], {}, helper.accountId);
      return {};
    }
    case 'remove_helper':
      if (!order.crewAccountIds.includes(command.accountId)) return 'no_helper';
      set(draft, { crewAccountIds: order.crewAccountIds.filter((id) => id !== command.accountId) });
      tell(draft, 'work_order.helper_removed', { helperAccountId: command.accountId });
      return {};
    case 'helper_arrive':
      if (ctx.helper === null || ctx.helper.arrivedAt !== null) return 'already_marked';
      tell(draft, 'work_order.helper_arrived', {});
      return {};
    case 'helper_leave':
      if (ctx.helper === null || ctx.helper.arrivedAt === null || ctx.helper.leftAt !== null)
        return 'already_marked';
      tell(draft, 'work_order.helper_left', {
        minutes: Math.round((now - ctx.helper.arrivedAt) / 60_000),
      });
      return {};
    case 'order_part': {
      if (isBlank(command.what)) return 'text_required';
      if (command.until <= now) return 'until_in_past';
      tell(draft, 'work_order.part_ordered', {
        what: command.what.trim(),
        supplier: command.supplier,
        expectedOn: command.expectedOn,
      });
      notify(draft, ctx, 'work_order.part_ordered', ['reporter'], { what: command.what.trim() });
      // Work rests until then, and the pause's own reminder says when to go on.
      return order.status === 'paused'
        ? {}
        : also(draft, ctx, {
            action: 'pause',
            reason: 'waiting_parts',
            note: command.what.trim(),
            until: command.until,
          });
    }
    case 'part_arrived':
      tell(draft, 'work_order.part_arrived', { what: command.what });
      notify(draft, ctx, 'work_order.part_arrived', ['reporter', 'assignee'], { what: command.what });
      return command.isLast && order.status === 'paused' && order.pausedReason === 'waiting_parts'
        ? also(draft, ctx, { action: 'resume' })
        : {};
    case 'plan_visit':
      if (isBlank(command.purpose)) return 'text_required';
      if (command.from <= now) return 'until_in_past';
      if (command.to <= command.from) return 'span_wrong';
      tell(draft, 'work_order.visit_planned', {
        plannedFrom: new Date(command.from).toISOString(),
        plannedTo: new Date(command.to).toISOString(),
        purpose: command.purpose.trim(),
      });
      notify(draft, ctx, 'work_order.visit_planned', ['reporter']);
      return {};
    case 'complete_visit':
      if (isBlank(command.done)) return 'work_done_required';
      tell(draft, 'work_order.visit_done', { done: command.done.trim(), left: command.left });
      return {};
    case 'cancel_visit':
      if (isBlank(command.reason)) return 'reason_required';
      tell(draft, 'work_order.visit_cancelled', { reason: command.reason.trim() });
      notify(draft, ctx, 'work_order.visit_cancelled', ['reporter']);
      return {};
    case 'answer_safety': {
      const judged = judgeSafety(command.lists, command.answers);
      if ('fault' in judged) return judged.fault;
      set(draft, { safety: judged.state });
      const photoIds = command.answers.flatMap(({ photoId }) => photoId ?? []);
      const isStopped = judged.state === 'stopped';
      draft.events.push({
        kind: isStopped ? 'work_order.safety_stopped' : 'work_order.safety_passed',
        isInternal: true,
        params: {
          lists: command.lists.map(({ code }) => code),
          no: command.answers.filter(({ answer }) => answer === 'no').map(({ item }) => item),
        },
        photoIds,
      });
      if (isStopped) notify(draft, ctx, 'work_order.safety_stopped', ['desk']);
      return {};
    }
    case 'reset_safety':
      if (isBlank(command.reason)) return 'reason_required';
      // Never straight to passed: whoever begins answers again.
      set(draft, { safety: 'needed' });
      draft.events.push({
        kind: 'work_order.safety_reset',
        isInternal: true,
        params: { reason: command.reason.trim() },
        photoIds: [],
      });
      notify(draft, ctx, 'work_order.safety_reset', ['assignee']);
      return {};
    case 'hand_back':
      if (isBlank(command.reason)) return 'reason_required';
      if (order.status === 'paused') endPause(draft, ctx);
      closeStep(draft, 'transferred', command.reason.trim(), ctx);
      openDeskStep(draft, ctx);
      set(draft, {
        status: 'triaged',
        assigneeAccountId: null,
        departedAt: null,
        safety: order.safety === 'none' ? 'none' : 'needed',
      });
      tell(draft, 'work_order.handed_back', {
        reason: command.reason.trim(),
        assigneeAccountId: order.assigneeAccountId,
      });
      notify(draft, ctx, 'work_order.handed_back', ['desk'], { reason: command.reason.trim() });
      return {};
    case 'invite_contractor':
      if (isBlank(command.contractor) || isBlank(command.task)) return 'text_required';
      if (command.expiresAt <= now) return 'until_in_past';
      tell(draft, 'work_order.contractor_invited', { contractor: command.contractor.trim() });
      return {};
    case 'revoke_contractor':
      draft.events.push({
        kind: 'work_order.contractor_revoked',
        isInternal: true,
        params: { contractor: command.contractor },
        photoIds: [],
      });
      return {};
  }
}

/** One act of the order's own life that follows from this one. */
function also(draft: Draft, ctx: WorkingContext, command: Parameters<typeof decide>[1]): Made | ReasonCode {
  const decided = decide(draft.order, command, ctx);
  if (!decided.ok) return decided.error.reason;
  draft.order = decided.value.order;
  draft.events.push(...decided.value.events);
  draft.stepChanges.push(...decided.value.stepChanges);
  draft.notifications.push(...decided.value.notifications);
  return {};
}
