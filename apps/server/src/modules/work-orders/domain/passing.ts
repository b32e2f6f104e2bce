import { runResolveClock, settle } from './clocks.ts';
import { noticesOfSettling } from './corrections.ts';
import { closeStep, decisionOf, draftOf, notify, openDeskStep, set, tell } from './draft.ts';
import { UNFINISHED } from './transitions.ts';
import { titleOf } from './draft.ts';
import type { CategoryFacts, Context, Decision, EventKind, OrderState, Params } from './types.ts';

/**
 * The compound has another company: the order goes to the new desk as it stands. Whoever had it has it no longer, the
 * deadlines go on, and what was met stays met. A pause ends, for its reason was the predecessor's.
 */
export function passOver(
  order: OrderState,
  ctx: Omit<Context, 'who' | 'accountId'>,
  names: { readonly from: string; readonly to: string },
): Decision {
  const system: Context = { ...ctx, who: ['system'], accountId: null };
  const settled = settle(order, ctx.now);
  const draft = draftOf(settled.order, settled.events);
  noticesOfSettling(draft, system, settled.events);
  const worker = draft.order.assigneeAccountId;
  if (UNFINISHED.includes(draft.order.status)) {
    if (draft.order.status === 'paused') {
      draft.order = runResolveClock(draft.order, ctx.now, ctx.category, ctx.working);
      set(draft, { pausedFrom: null, pausedReason: null, pausedNote: null, pausedUntil: null });
    }
    closeStep(draft, 'passed_over', null, system);
    openDeskStep(draft, system);
    const { status } = draft.order;
    set(draft, {
      status: status === 'submitted' || status === 'disputed' ? status : 'triaged',
      assigneeAccountId: null,
      departedAt: null,
      // Other hands: the check-list is asked anew, and who helped has gone.
      safety: draft.order.safety === 'none' ? 'none' : 'needed',
      crewAccountIds: [],
    });
    notify(draft, system, 'work_order.passed_over', ['assignee'], names, worker);
  }
  tell(draft, 'work_order.passed_over', names);
  notify(draft, system, 'work_order.passed_over', ['reporter'], names);
  draft.order = settle(draft.order, ctx.now).order;
  return decisionOf(draft);
}

/**
 * Kinds that hold words which colleagues wrote to each other. With every internal note they stay with the predecessor;
 * the successor is told the rest of the story.
 */
export const STAYING_KINDS: readonly EventKind[] = [
  'work_order.refused',
  'work_order.transferred',
  'work_order.callback_recorded',
  'work_order.closed',
  'work_order.force_closed',
];

/**
 * The first state of a matter that came from another company's compound: the desk's turn, with the clocks as they
 * stand. Where somebody had come already, somebody else has to come again only if nobody had arrived.
 */
export function movedIn(from: OrderState, category: CategoryFacts, params: Params, now: number): Decision {
  const order: OrderState = {
    ...from,
    status: 'triaged',
    assigneeAccountId: null,
    departedAt: null,
    startedAt: null,
    finishedAt: null,
    workDone: null,
    pausedFrom: null,
    pausedReason: null,
    pausedNote: null,
    pausedUntil: null,
    callbackDueAt: null,
    callbackWantedAt: null,
    callbackAttempts: 0,
    confirmedAt: null,
    autoCloseAt: null,
    closedAt: null,
    outcome: null,
    rating: null,
    ratingWords: null,
    ratedAt: null,
    referredTo: null,
    referredReference: null,
    callbackReason: null,
    ratingAspects: {},
    ratingReply: null,
    ratingReplyAt: null,
    // What belonged together there does not lie here; and when somebody comes is agreed anew.
    duplicateOfId: null,
    parentId: null,
    partCount: 0,
    visit: { ...from.visit, windows: [], appointment: null },
  };
  const settled = settle(order, now).order;
  return {
    order: settled,
    events: [{ kind: 'work_order.moved_in', isInternal: false, params, photoIds: [] }],
    stepChanges: [{ type: 'open', role: 'desk', accountId: null, visit: 1, at: now }],
    call: null,
    notifications: [
      {
        template: 'work_order.moved_in',
        to: 'desk',
        accountId: null,
        params: { ...titleOf(category), ...params },
      },
    ],
  };
}
