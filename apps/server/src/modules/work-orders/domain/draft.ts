import type {
  CallRecord,
  CategoryFacts,
  Context,
  Decision,
  EventKind,
  Notification,
  OrderEvent,
  OrderState,
  Params,
  StepChange,
  StepResult,
} from './types.ts';

/** A decision while it is being made: the only mutable thing in the domain, and it never leaves decide(). */
export interface Draft {
  order: OrderState;
  readonly events: OrderEvent[];
  readonly stepChanges: StepChange[];
  readonly notifications: Notification[];
  call: CallRecord | null;
}

export function draftOf(order: OrderState, events: readonly OrderEvent[] = []): Draft {
  return { order, events: [...events], stepChanges: [], notifications: [], call: null };
}

export function decisionOf(draft: Draft): Decision {
  return {
    order: draft.order,
    events: draft.events,
    stepChanges: draft.stepChanges,
    notifications: draft.notifications,
    call: draft.call,
  };
}

export function set(draft: Draft, changes: Partial<OrderState>): void {
  draft.order = { ...draft.order, ...changes };
}

export function tell(
  draft: Draft,
  kind: EventKind,
  params: Params = {},
  more: {
    readonly isInternal?: boolean;
    readonly photoIds?: readonly string[];
    readonly facts?: Params;
  } = {},
): void {
  const { isInternal = false, photoIds = [], facts } = more;
  draft.events.push({ kind, isInternal, params, photoIds, ...(facts === undefined ? {} : { facts }) });
}

export function openDeskStep(draft: Draft, ctx: Context): void {
  draft.stepChanges.push({ type: 'open', role: 'desk', accountId: null, visit: visitOf(draft), at: ctx.now });
}

/** The visit that is now being made or arranged. */
function visitOf(draft: Draft): number {
  return 1 + draft.order.disputeCount + draft.order.reopenCount;
}

export function openWorkerStep(draft: Draft, accountId: string, ctx: Context): void {
  draft.stepChanges.push({ type: 'open', role: 'worker', accountId, visit: visitOf(draft), at: ctx.now });
}

export function closeStep(
  draft: Draft,
  result: StepResult,
  reason: string | null,
  ctx: Context,
  workDone: string | null = null,
): void {
  draft.stepChanges.push({ type: 'close', result, reason, workDone, accountId: ctx.accountId, at: ctx.now });
}

export function titleOf(category: CategoryFacts): { titleZh: string; titleEn: string } {
  return { titleZh: category.nameZh, titleEn: category.nameEn };
}

/** What neighbours who wait for the same thing are told of. */
const FOLLOWED: readonly EventKind[] = [
  'work_order.accepted',
  'work_order.paused',
  'work_order.resumed',
  'work_order.finished',
  'work_order.closed',
  'work_order.force_closed',
  'work_order.cancelled',
  'work_order.referred',
  'work_order.reopened',
  'work_order.disputed',
];

/**
 * Adds a notice to each of those named, except to whoever just acted: nobody needs to be told of their own deed.
 * `worker` is whom 'assignee' means when it is not the present one.
 */
export function notify(
  draft: Draft,
  ctx: Context,
  template: EventKind,
  to: readonly Notification['to'][],
  params: Params = {},
  worker: string | null = draft.order.assigneeAccountId,
): void {
  const { isPublic, accusedAccountId } = draft.order;
  // The titles alone: what people say to each other is not the neighbours'.
  if (isPublic && FOLLOWED.includes(template))
    draft.notifications.push({
      template,
      to: 'follower',
      accountId: null,
      params: { ...titleOf(ctx.category), isFollowed: true },
    });
  for (const target of to) {
    // A complaint about a colleague is none of the desk's.
    if (target === 'desk' && accusedAccountId !== null) {
      draft.notifications.push({
        template,
        to: 'manager',
        accountId: accusedAccountId,
        params: { ...titleOf(ctx.category), ...params },
      });
      continue;
    }
    if (target === 'assignee' && (worker === null || worker === ctx.accountId)) continue;
    // Unless it was done in the reporter's name: that they are told.
    const isOwnDeed = ctx.who.includes('reporter') && (ctx.standing?.mandate ?? null) === null;
    if (target === 'reporter' && isOwnDeed) continue;
    if (target === 'desk' && ctx.who.includes('desk')) continue;
    if (target === 'manager' && ctx.who.includes('manager')) continue;
    draft.notifications.push({
      template,
      to: target,
      // Of managers, not to the one whom a complaint is about (consumers.ts).
      accountId: target === 'assignee' ? worker : target === 'manager' ? accusedAccountId : null,
      params: { ...titleOf(ctx.category), ...params },
    });
  }
}
