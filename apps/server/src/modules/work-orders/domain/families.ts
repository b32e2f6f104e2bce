import { runResolveClock } from './clocks.ts';
import { closeStep, type Draft, notify, openDeskStep, set, tell } from './draft.ts';
import { NO_CALL } from './callbacks.ts';
import { UNFINISHED } from './transitions.ts';
import type { CategoryFacts, Command, Context, OrderState, ReasonCode, StepResult } from './types.ts';

/** Orders that belong together: one told twice, several told as one, and what merely concerns each other. */

/** The pause ends; the clock runs with what was left on it. */
export function endPause(draft: Draft, ctx: Context): void {
  draft.order = runResolveClock(draft.order, ctx.now, ctx.category, ctx.working);
  set(draft, { pausedFrom: null, pausedReason: null, pausedNote: null, pausedUntil: null });
}

/** The order ends without having been finished and answered: whoever had it has it no longer. */
export function ended(draft: Draft, ctx: Context, result: StepResult, reason: string | null): void {
  if (UNFINISHED.includes(draft.order.status)) closeStep(draft, result, reason, ctx);
  set(draft, {
    ...NO_CALL,
    pausedFrom: null,
    pausedReason: null,
    pausedNote: null,
    pausedUntil: null,
    autoCloseAt: null,
  });
}

/**
 * The same matter was told before: the story goes on there. Its clocks stop where they are, so nobody is late on it
 * from now on; were the merging undone, they would be found to have run all the time.
 */
export function merged(
  draft: Draft,
  { target }: Extract<Command, { action: 'merge' }>,
  ctx: Context,
): ReasonCode | null {
  if (target.isSame) return 'target_same';
  if (!target.isSameScope) return 'target_elsewhere';
  if (target.isEnded) return 'target_ended';
  if (draft.order.status === 'paused') endPause(draft, ctx);
  ended(draft, ctx, 'merged', target.number);
  set(draft, { status: 'closed', outcome: 'duplicate', closedAt: ctx.now, duplicateOfId: target.id });
  tell(draft, 'work_order.merged', { number: target.number, otherId: target.id });
  notify(draft, ctx, 'work_order.merged', ['reporter', 'assignee']);
  return null;
}

/** It was another matter after all: it has been ours all along, and so have its clocks. */
export function unmerged(draft: Draft, reason: string, ctx: Context): void {
  const worker = draft.order.assigneeAccountId;
  set(draft, {
    status: 'triaged',
    outcome: null,
    closedAt: null,
    duplicateOfId: null,
    assigneeAccountId: null,
    departedAt: null,
  });
  openDeskStep(draft, ctx);
  tell(draft, 'work_order.unmerged', { reason });
  notify(draft, ctx, 'work_order.unmerged', ['reporter', 'desk', 'assignee'], {}, worker);
}

/** Whether a category can stand where the report was made. */
export function partFault(
  order: Pick<OrderState, 'place' | 'neededBy'>,
  category: CategoryFacts,
): ReasonCode | null {
  if (category.place !== 'both' && category.place !== order.place) return 'wrong_place';
  return category.kind === 'special_need' && order.neededBy === null ? 'needed_by_required' : null;
}

/**
 * One report, several things: each becomes an order of its own (submit.ts: submitPart), with its own clocks from the
 * moment it was first told. What is left is the story the resident reads; it has no clock and no worker.
 */
export function split(
  draft: Draft,
  { parts }: Extract<Command, { action: 'split' }>,
  ctx: Context,
): ReasonCode | null {
  const order = draft.order;
  if (parts.length < 2) return 'parts_too_few';
  for (const { category } of parts) {
    const fault = partFault(order, category);
    if (fault !== null) return fault;
  }
  const photoIds = parts.flatMap((part) => part.photoIds);
  if (new Set(photoIds).size < photoIds.length) return 'photos_shared';
  const isConfidential = order.isConfidential || parts.some(({ category }) => category.isConfidential);
  closeStep(draft, 'split', null, ctx);
  set(draft, {
    status: 'split',
    partCount: parts.length,
    respondDueAt: null,
    arriveDueAt: null,
    resolveDueAt: null,
    resolveRemainingMs: null,
    // The whole text stands here: as hidden as its most private part.
    isConfidential,
    isPublic: order.isPublic && !isConfidential,
  });
  tell(draft, 'work_order.split', { count: parts.length });
  notify(draft, ctx, 'work_order.split', ['reporter'], { count: parts.length });
  return null;
}

export function partsClosed(draft: Draft, openParts: number, ctx: Context): ReasonCode | null {
  if (openParts > 0) return 'parts_open';
  set(draft, { status: 'closed', outcome: 'split', closedAt: ctx.now });
  tell(draft, 'work_order.parts_closed', { count: draft.order.partCount, isBySystem: true });
  notify(draft, ctx, 'work_order.parts_closed', ['reporter']);
  return null;
}

export function partsReopened(draft: Draft): void {
  set(draft, { status: 'split', outcome: null, closedAt: null });
  tell(draft, 'work_order.parts_reopened', { isBySystem: true });
}
