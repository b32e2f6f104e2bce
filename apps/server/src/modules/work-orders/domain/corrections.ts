import { rejudge } from './clocks.ts';
import { safetyOf } from './safety.ts';
import { type Draft, notify, set, tell } from './draft.ts';
import type { CategoryFacts, Context, OrderEvent, ReasonCode } from './types.ts';

/** The desk corrects what a resident chose: limits are counted again from the start of the round, and it is told. */
export function correctCategory(draft: Draft, category: CategoryFacts, ctx: Context): ReasonCode | null {
  const order = draft.order;
  if (category.place !== 'both' && category.place !== order.place) return 'wrong_place';
  if (order.accusedAccountId !== null && !category.isConfidential) return 'accused_stays_confidential';
  if (category.kind === 'special_need' && order.neededBy === null) return 'needed_by_required';
  const wasUrgent = order.isEmergency && order.priority === 'urgent';
  const judged = rejudge(
    {
      ...order,
      kind: category.kind,
      categoryCode: category.code,
      isEmergency: category.isEmergency,
      isConfidential: category.isConfidential,
      safety: safetyOf(category.code),
      // What is confidential is hidden from neighbours at once.
      isPublic: order.isPublic && !category.isConfidential,
      priority: category.isEmergency ? 'urgent' : wasUrgent ? 'normal' : order.priority,
    },
    category,
    ctx.working,
  );
  draft.order = judged.order;
  // Work that has begun needs no arrival any more, even if the first category had none.
  if (order.startedAt !== null && order.arrivedAt === null && judged.order.arriveDueAt !== null) {
    set(draft, { arrivedAt: order.startedAt });
  }
  tell(draft, 'work_order.category_changed', {
    from: ctx.category.code,
    fromZh: ctx.category.nameZh,
    fromEn: ctx.category.nameEn,
    to: category.code,
    toZh: category.nameZh,
    toEn: category.nameEn,
    ...(judged.withdrawn.length > 0 ? { withdrawn: judged.withdrawn } : {}),
  });
  notify(draft, { ...ctx, category }, 'work_order.category_changed', ['assignee', 'reporter']);
  return null;
}

/** Who hears of what time brought. */
export function noticesOfSettling(draft: Draft, ctx: Context, events: readonly OrderEvent[]): void {
  if (events.length === 0) return;
  // Time is nobody's deed: even who happens to act now is told.
  const system: Context = { ...ctx, who: ['system'], accountId: null };
  for (const event of events) {
    switch (event.kind) {
      case 'work_order.respond_overdue':
      case 'work_order.arrive_overdue':
      case 'work_order.resolve_overdue':
      case 'work_order.pause_ended':
        notify(draft, system, event.kind, ['assignee', 'desk'], event.params);
        break;
      case 'work_order.callback_wanted':
        notify(draft, system, event.kind, ['desk'], event.params);
        break;
      case 'work_order.closed':
        notify(draft, system, event.kind, ['reporter'], event.params);
        break;
      default:
        break;
    }
  }
}
