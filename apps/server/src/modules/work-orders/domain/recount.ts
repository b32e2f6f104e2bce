import { clockOf, settle, standingDues } from './clocks.ts';
import { type Draft, decisionOf, draftOf, notify, set, tell } from './draft.ts';
import { noticesOfSettling } from './corrections.ts';
import { UNFINISHED } from './transitions.ts';
import { CLOCKS, type Context, type Decision, type OrderState } from './types.ts';

/**
 * The working calendar has changed for days to come: what is still running is counted again from where the round
 * began. Days that have passed are told the same as before, so nothing that happened is judged otherwise: a clock
 * that was met or has run out stays. Null when nothing moves.
 */
export function recountDues(order: OrderState, ctx: Omit<Context, 'who' | 'accountId'>): Decision | null {
  if (!UNFINISHED.includes(order.status)) return null;
  const system: Context = { ...ctx, who: ['system'], accountId: null };
  const settled = settle(order, ctx.now);
  const draft: Draft = draftOf(settled.order, settled.events);
  const before = settled.order;
  const dues = standingDues(before, ctx.category, ctx.working);
  const moved: Partial<Record<string, string | null>> = {};
  const change: Partial<Record<'respondDueAt' | 'arriveDueAt' | 'resolveDueAt', number | null>> = {};
  for (const clock of CLOCKS) {
    const { dueAt, metAt } = clockOf(before, clock);
    const next = dues[`${clock}DueAt`];
    if (metAt !== null || dueAt === null || next === null || dueAt <= ctx.now || next === dueAt) continue;
    // A limit is given its new hour, never one that has passed already.
    change[`${clock}DueAt`] = Math.max(next, ctx.now);
    moved[`${clock}Was`] = new Date(dueAt).toISOString();
    moved[`${clock}Becomes`] = new Date(Math.max(next, ctx.now)).toISOString();
  }
  if (Object.keys(change).length === 0) return null;
  set(draft, change);
  tell(draft, 'work_order.dues_moved', { ...moved, cause: 'calendar' } as Record<string, string>);
  noticesOfSettling(draft, system, settled.events);
  notify(draft, system, 'work_order.dues_moved', ['assignee']);
  const after = settle(draft.order, ctx.now);
  draft.order = after.order;
  draft.events.push(...after.events);
  return decisionOf(draft);
}
