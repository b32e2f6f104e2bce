import { err, formatYuan, HOUR, ok, type Result } from '@gongzhi/kernel';
import { callAfterFinish } from './callbacks.ts';
import { settle, stopResolveClock } from './clocks.ts';
import { correctCategory, noticesOfSettling } from './corrections.ts';
import {
  closeStep,
  type Draft,
  decisionOf,
  draftOf,
  notify,
  openDeskStep,
  openWorkerStep,
  set,
  tell,
} from './draft.ts';
import {
  answered,
  closed,
  confirmFor,
  disputed,
  rated,
  recordCallback,
  reopened,
  replied,
} from './endings.ts';
import { ended, endPause, merged, partsClosed, partsReopened, split, unmerged } from './families.ts';
import { BEFORE_WORK, refusalOf } from './transitions.ts';
import { visitCommand } from './visits.ts';
import {
  type Action,
  ACTIONS,
  type AssigneeFacts,
  type Command,
  type Context,
  type Decision,
  type OrderState,
  type ReasonCode,
  type Refusal,
  refusal,
  type Relation,
  type Standing,
  type WorkOrderSettings,
} from './types.ts';

/**
 * The whole of an order's life: settles what time has brought, asks the table, checks what came with the command,
 * and answers with the next state and everything that follows from it. Changes nothing itself.
 */
export function decide(order: OrderState, command: Command, ctx: Context): Result<Decision, Refusal> {
  const settled = settle(order, ctx.now);
  const draft = draftOf(settled.order, settled.events);
  noticesOfSettling(draft, ctx, settled.events);
  const reason =
    refusalOf(command.action, draft.order, ctx.who, ctx.now, ctx.settings, ctx.standing) ??
    apply(draft, command, ctx);
  if (reason !== null) return err(refusal(reason));
  // A corrected limit may already have run out; and the next due is always that of the state it stands beside.
  const after = settle(draft.order, ctx.now);
  draft.order = after.order;
  draft.events.push(...after.events);
  noticesOfSettling(draft, ctx, after.events);
  return ok(decisionOf(draft));
}

/** What a due claim does: no command, only what time has brought. Nothing to do gives no events. */
export function markDue(order: OrderState, ctx: Omit<Context, 'who' | 'accountId'>): Decision {
  const system: Context = { ...ctx, who: ['system'], accountId: null };
  const settled = settle(order, ctx.now);
  const draft = draftOf(settled.order, settled.events);
  noticesOfSettling(draft, system, settled.events);
  return decisionOf(draft);
}

export interface ActionState {
  readonly action: Action;
  readonly isAllowed: boolean;
  readonly reasonCode: ReasonCode | null;
}

/** Every action with whether these relations may take it now, and why not: what pages show enabled and disabled. */
export function allowedActions(
  order: OrderState,
  who: readonly Relation[],
  now: number,
  settings: WorkOrderSettings,
  standing?: Standing,
): ActionState[] {
  const settled = settle(order, now).order;
  return ACTIONS.map((action) => {
    const reasonCode = refusalOf(action, settled, who, now, settings, standing);
    return { action, isAllowed: reasonCode === null, reasonCode };
  });
}

function isBlank(text: string | null | undefined): boolean {
  return text == null || text.trim() === '';
}

/** Whoever gets to work on it, in whatever part, reads it: of a complaint about a colleague no one but another manager. */
export function staffFault(order: OrderState, one: AssigneeFacts): ReasonCode | null {
  if (!one.isStaffHere) return 'assignee_not_here';
  if (order.accusedAccountId === null) return null;
  if (order.accusedAccountId === one.accountId) return 'assignee_is_accused';
  return one.isManager === true ? null : 'accused_needs_manager';
}

function assigneeFault(order: OrderState, assignee: AssigneeFacts, ctx: Context): ReasonCode | null {
  const fault = staffFault(order, assignee);
  if (fault !== null) return fault;
  // Answering questions needs no trade.
  if (ctx.category.skill !== 'office' && !assignee.skills.includes(ctx.category.skill))
    return 'assignee_lacks_skill';
  return null;
}

/** What follows from an allowed command; answers the reason when what came with it will not do. */
function apply(draft: Draft, command: Command, ctx: Context): ReasonCode | null {
  const { now, category, working } = ctx;
  const order = draft.order;
  switch (command.action) {
    case 'triage': {
      if (command.category && command.category.code !== order.categoryCode) {
        const fault = correctCategory(draft, command.category, ctx);
        if (fault !== null) return fault;
      }
      set(draft, { status: 'triaged', priority: command.priority ?? draft.order.priority });
      tell(draft, 'work_order.triaged', { priority: draft.order.priority });
      return null;
    }
    case 'change_category':
      if (command.category.code === order.categoryCode) return 'same_category';
      return correctCategory(draft, command.category, ctx);
    case 'assign': {
      const fault = assigneeFault(order, command.assignee, ctx);
      if (fault !== null) return fault;
      closeStep(draft, 'assigned', null, ctx);
      handTo(draft, command.assignee.accountId, ctx);
      tell(draft, 'work_order.assigned', {
        assigneeAccountId: command.assignee.accountId,
        ...(order.status === 'disputed' ? { visit: 1 + order.disputeCount + order.reopenCount } : {}),
      });
      notify(draft, ctx, 'work_order.assigned', ['assignee']);
      return null;
    }
    case 'accept':
      set(draft, { status: 'accepted', acceptedAt: order.acceptedAt ?? now });
      draft.stepChanges.push({ type: 'accept', at: now });
      tell(draft, 'work_order.accepted', { assigneeAccountId: order.assigneeAccountId });
      notify(draft, ctx, 'work_order.accepted', ['reporter'], { assigneeAccountId: order.assigneeAccountId });
      return null;
    case 'refuse': {
      if (isBlank(command.reason)) return 'reason_required';
      closeStep(draft, 'refused', command.reason.trim(), ctx);
      openDeskStep(draft, ctx);
      set(draft, { status: 'triaged', assigneeAccountId: null });
      tell(draft, 'work_order.refused', {
        reason: command.reason.trim(),
        assigneeAccountId: order.assigneeAccountId,
      });
      notify(draft, ctx, 'work_order.refused', ['desk'], { reason: command.reason.trim() });
      return null;
    }
    case 'transfer': {
      if (isBlank(command.reason)) return 'reason_required';
      if (command.assignee.accountId === order.assigneeAccountId) return 'same_assignee';
      const fault = assigneeFault(order, command.assignee, ctx);
      if (fault !== null) return fault;
      if (order.status === 'paused') endPause(draft, ctx);
      closeStep(draft, 'transferred', command.reason.trim(), ctx);
      handTo(draft, command.assignee.accountId, ctx);
      tell(draft, 'work_order.transferred', {
        reason: command.reason.trim(),
        fromAccountId: order.assigneeAccountId,
        assigneeAccountId: command.assignee.accountId,
      });
      notify(draft, ctx, 'work_order.transferred', ['assignee'], {}, order.assigneeAccountId);
      notify(draft, ctx, 'work_order.assigned', ['assignee']);
      return null;
    }
    case 'depart':
      set(draft, { status: 'departed', departedAt: now });
      draft.stepChanges.push({ type: 'depart', at: now });
      tell(draft, 'work_order.departed', { assigneeAccountId: order.assigneeAccountId });
      notify(draft, ctx, 'work_order.departed', ['reporter'], { assigneeAccountId: order.assigneeAccountId });
      return null;
    case 'arrive':
      arrived(draft, ctx);
      set(draft, { status: 'arrived' });
      return null;
    case 'start': {
      const photoIds = command.photoIds ?? [];
      if (category.photosRequired && photoIds.length === 0) return 'before_photos_required';
      // Who starts to work has come: the missing mark is filled, so that one tap is enough in a hurry.
      if (order.arriveDueAt !== null && order.status !== 'arrived') arrived(draft, ctx);
      set(draft, { status: 'in_progress', startedAt: order.startedAt ?? now });
      draft.stepChanges.push({ type: 'start', at: now });
      tell(draft, 'work_order.started', {}, { photoIds });
      return null;
    }
    case 'pause': {
      const until = command.until ?? null;
      if (until !== null && until <= now) return 'until_in_past';
      draft.order = stopResolveClock(order, now, category, working);
      set(draft, {
        status: 'paused',
        pausedFrom: order.status,
        pausedReason: command.reason,
        pausedNote: isBlank(command.note) ? null : command.note!.trim(),
        pausedUntil: until,
      });
      draft.stepChanges.push({ type: 'pause', at: now });
      tell(draft, 'work_order.paused', {
        reason: command.reason,
        note: draft.order.pausedNote,
        until: until === null ? null : new Date(until).toISOString(),
        isClockStopped: draft.order.resolveDueAt === null,
      });
      notify(draft, ctx, 'work_order.paused', ['reporter', 'desk', 'assignee'], { reason: command.reason });
      return null;
    }
    case 'resume': {
      const back = order.pausedFrom ?? 'in_progress';
      endPause(draft, ctx);
      set(draft, { status: back });
      draft.stepChanges.push({ type: 'resume', at: now });
      tell(draft, 'work_order.resumed');
      notify(draft, ctx, 'work_order.resumed', ['reporter', 'assignee']);
      return null;
    }
    case 'finish': {
      if (isBlank(command.workDone)) return 'work_done_required';
      const photoIds = command.photoIds ?? [];
      if (category.photosRequired && photoIds.length === 0) return 'photos_required';
      const before = command.beforePhotoIds ?? [];
      if (category.photosRequired && order.status !== 'in_progress' && before.length === 0)
        return 'before_photos_required';
      // What staff found has nobody to call: unanswered, it closes by itself, unconfirmed.
      const answerDueAt = now + ctx.settings.callbackAfterHours * HOUR;
      const isStaffs = order.kind === 'found_by_staff';
      set(draft, {
        status: 'finished',
        finishedAt: now,
        workDone: command.workDone.trim(),
        callbackAttempts: 0,
        autoCloseAt: isStaffs ? answerDueAt : null,
      });
      set(draft, callAfterFinish(draft.order, now, ctx.settings, ctx.lot));
      closeStep(draft, 'finished', null, ctx, command.workDone.trim());
      tell(
        draft,
        'work_order.finished',
        { workDone: command.workDone.trim() },
        { photoIds: [...before, ...photoIds] },
      );
      notify(draft, ctx, 'work_order.finished', ['reporter']);
      // What was agreed falls due with the work done, and not before; done again after a reopening, not once more.
      if (order.chargeState === 'agreed' && order.chargeNo !== order.chargeDueNo) {
        const total = formatYuan(BigInt(order.chargeFen ?? '0'));
        const facts = { total, quoteNo: order.chargeNo };
        set(draft, { chargeDueNo: order.chargeNo });
        tell(draft, 'work_order.charge_due', facts, { facts });
        notify(draft, ctx, 'work_order.charge_due', ['reporter'], { total });
      }
      return null;
    }
    case 'confirm':
      answered(draft, ctx, null, false);
      return null;
    case 'dispute':
      if (isBlank(command.reason)) return 'reason_required';
      disputed(draft, ctx, command.reason.trim(), command.photoIds ?? [], false);
      return null;
    case 'rate':
      rated(
        draft,
        {
          score: command.score,
          words: isBlank(command.words) ? null : command.words!.trim(),
          aspects: command.aspects ?? {},
        },
        ctx,
        { photoIds: command.photoIds ?? [] },
      );
      return null;
    case 'reply_rating':
      if (isBlank(command.text)) return 'text_required';
      replied(draft, command.text.trim(), ctx);
      return null;
    case 'confirm_for':
      return confirmFor(draft, command, ctx);
    case 'record_callback':
      return recordCallback(draft, command, ctx);
    case 'close':
      closed(draft, ctx, 'unconfirmed', { note: isBlank(command.note) ? null : command.note!.trim() });
      notify(draft, ctx, 'work_order.closed', ['reporter']);
      return null;
    case 'force_close':
      if (isBlank(command.reason)) return 'reason_required';
      ended(draft, ctx, 'forced', command.reason.trim());
      set(draft, { status: 'closed', outcome: 'forced', closedAt: now });
      tell(draft, 'work_order.force_closed', { reason: command.reason.trim() });
      notify(draft, ctx, 'work_order.force_closed', ['reporter', 'assignee', 'desk']);
      return null;
    case 'cancel': {
      const isOwn = ctx.who.includes('reporter') && BEFORE_WORK.includes(order.status);
      if (!isOwn && isBlank(command.reason)) return 'reason_required';
      const why = isBlank(command.reason) ? null : command.reason!.trim();
      ended(draft, ctx, 'cancelled', why);
      set(draft, { status: 'cancelled', outcome: 'cancelled', closedAt: now });
      tell(draft, 'work_order.cancelled', { reason: why });
      notify(draft, ctx, 'work_order.cancelled', ['reporter', 'assignee', 'desk'], { reason: why });
      return null;
    }
    case 'refer': {
      if (isBlank(command.receiver)) return 'receiver_required';
      const receiver = command.receiver.trim();
      const reference = isBlank(command.reference) ? null : command.reference!.trim();
      ended(draft, ctx, 'referred', receiver);
      set(draft, {
        status: 'closed',
        outcome: 'referred',
        closedAt: now,
        referredTo: receiver,
        referredReference: reference,
      });
      tell(draft, 'work_order.referred', {
        receiver,
        reference,
        note: isBlank(command.note) ? null : command.note!.trim(),
      });
      notify(draft, ctx, 'work_order.referred', ['reporter', 'assignee'], { receiver });
      return null;
    }
    case 'merge':
      return merged(draft, command, ctx);
    case 'unmerge':
      if (isBlank(command.reason)) return 'reason_required';
      unmerged(draft, command.reason.trim(), ctx);
      return null;
    case 'split':
      return split(draft, command, ctx);
    case 'close_parts':
      return partsClosed(draft, command.openParts, ctx);
    case 'reopen_parts':
      partsReopened(draft);
      return null;
    case 'link':
    case 'unlink':
      if (command.target.isSame) return 'target_same';
      tell(
        draft,
        command.action === 'link' ? 'work_order.linked' : 'work_order.unlinked',
        { number: command.target.number, otherId: command.target.id, because: 'relates_to' },
        { isInternal: true },
      );
      return null;
    case 'move': {
      if (isBlank(command.reason)) return 'reason_required';
      if (isBlank(command.reference)) return 'document_required';
      // The other side's clock is the same one: it runs there as it would have run here.
      if (order.status === 'paused') endPause(draft, ctx);
      ended(draft, ctx, 'moved', command.receiver);
      set(draft, {
        status: 'closed',
        outcome: 'moved',
        closedAt: now,
        referredTo: command.receiver,
        referredReference: command.reference.trim(),
      });
      const { toScopeId, toOrderId, toScopeName, receiver, decidedBy, decider } = command;
      tell(draft, 'work_order.moved', {
        toScopeId,
        toOrderId,
        toScopeName,
        receiver,
        decidedBy,
        decider,
        reference: command.reference.trim(),
        reason: command.reason.trim(),
      });
      notify(draft, ctx, 'work_order.moved', ['reporter', 'assignee'], { receiver });
      return null;
    }
    case 'reopen':
      if (isBlank(command.reason)) return 'reason_required';
      reopened(draft, command.reason.trim(), ctx);
      return null;
    case 'urge':
      set(draft, { urgeCount: order.urgeCount + 1, urgedAt: now });
      tell(draft, 'work_order.urged', { count: order.urgeCount + 1 });
      notify(draft, ctx, 'work_order.urged', ['assignee', 'desk'], { count: order.urgeCount + 1 });
      return null;
    case 'comment': {
      if (isBlank(command.text)) return 'text_required';
      const isInternal = command.isInternal ?? false;
      if (isInternal && ctx.who.every((relation) => relation === 'reporter')) return 'internal_not_yours';
      const photoIds = command.photoIds ?? [];
      const voiceId = command.voiceId ?? null;
      tell(
        draft,
        'work_order.commented',
        { text: command.text.trim(), ...(voiceId === null ? {} : { voiceId }) },
        { isInternal, photoIds },
      );
      notify(
        draft,
        ctx,
        'work_order.commented',
        isInternal ? ['assignee', 'desk'] : ['reporter', 'assignee', 'desk'],
      );
      return null;
    }
    case 'offer_windows':
    case 'make_appointment':
    case 'agree_appointment':
    case 'nobody_home':
      return visitCommand(draft, command, ctx);
  }
}

function handTo(draft: Draft, accountId: string, ctx: Context): void {
  openWorkerStep(draft, accountId, ctx);
  const { safety, crewAccountIds } = draft.order;
  set(draft, {
    status: 'assigned',
    assigneeAccountId: accountId,
    departedAt: null,
    // Other hands, another look: a check-list answered by somebody else counts for nothing.
    safety: safety === 'none' ? 'none' : 'needed',
    crewAccountIds: crewAccountIds.filter((id) => id !== accountId),
  });
}

function arrived(draft: Draft, ctx: Context): void {
  set(draft, { arrivedAt: draft.order.arrivedAt ?? ctx.now });
  draft.stepChanges.push({ type: 'arrive', at: ctx.now });
  tell(draft, 'work_order.arrived', { assigneeAccountId: draft.order.assigneeAccountId });
  notify(draft, ctx, 'work_order.arrived', ['reporter'], {
    assigneeAccountId: draft.order.assigneeAccountId,
  });
}
