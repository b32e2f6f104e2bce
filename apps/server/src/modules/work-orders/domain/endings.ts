import { DAY, HOUR, maskName } from '@gongzhi/kernel';
import { attemptsOf, callAfterConfirm, callAfterRating, NO_CALL, ruleOf } from './callbacks.ts';
import { startRound, unmeetResolveClock } from './clocks.ts';
import { safetyOf } from './safety.ts';
import { type Draft, notify, openDeskStep, set, tell } from './draft.ts';
import type { AspectScores, Command, Context, Outcome, Params, Rating, ReasonCode } from './types.ts';

/** How a finished order goes on: confirmed, disputed, called about, rated, closed, opened again. */

export function closed(draft: Draft, ctx: Context, outcome: Outcome, params: Params): void {
  // A call that a rule wants is made also after the matter has closed; to ask whether it is done is then past.
  const isConfirmed = outcome === 'confirmed';
  set(draft, {
    ...(isConfirmed ? {} : NO_CALL),
    status: 'closed',
    outcome,
    closedAt: ctx.now,
    autoCloseAt: null,
  });
  tell(draft, 'work_order.closed', { outcome, ...params });
}

export interface Score {
  readonly score: Rating;
  readonly words: string | null;
  readonly aspects: AspectScores;
}

/** The resident says it is done: on the page, or to the desk on the phone, there perhaps with a score. */
export function answered(
  draft: Draft,
  ctx: Context,
  score: Score | null,
  isByCallback: boolean,
  said: { readonly params?: Params; readonly photoIds?: readonly string[] } = {},
): void {
  const order = draft.order;
  set(draft, {
    status: 'confirmed',
    confirmedAt: ctx.now,
    autoCloseAt: ctx.now + ctx.settings.autoCloseAfterHours * HOUR,
  });
  set(draft, isByCallback ? NO_CALL : callAfterConfirm(draft.order, ctx.now, ctx.settings, ctx.lot));
  tell(draft, 'work_order.confirmed', { isByCallback, ...said.params }, { photoIds: said.photoIds ?? [] });
  notify(draft, ctx, 'work_order.confirmed', ['assignee']);
  if (score !== null) rated(draft, score, ctx, { isByCallback });
  // What staff found is never rated, so its confirmation closes.
  else if (order.kind === 'found_by_staff') closed(draft, ctx, 'confirmed', { isBySystem: true });
}

/** A rating given closes what was confirmed. */
export function rated(
  draft: Draft,
  { score, words, aspects }: Score,
  ctx: Context,
  { isByCallback = false, photoIds = [] as readonly string[] } = {},
): void {
  const isConfirmed = draft.order.status === 'confirmed';
  set(draft, { rating: score, ratingWords: words, ratedAt: ctx.now, ratingAspects: aspects });
  tell(
    draft,
    'work_order.rated',
    { score, words, ...aspects, ...(isByCallback ? { isByCallback } : {}) },
    { photoIds },
  );
  if (!isByCallback) {
    notify(draft, ctx, 'work_order.rated', score === 'unsatisfied' ? ['assignee', 'desk'] : ['assignee'], {
      score,
    });
    const before = draft.order.callbackReason;
    set(draft, callAfterRating(draft.order, ctx.now, ctx.settings));
    if (before === null && draft.order.callbackReason !== null) set(draft, { callbackAttempts: 0 });
  }
  if (isConfirmed) closed(draft, ctx, 'confirmed', { isBySystem: true });
}

/** Once, and reworded for a while; every wording stays in the timeline. */
export function replied(draft: Draft, text: string, ctx: Context): void {
  const isEdit = draft.order.ratingReply !== null;
  set(draft, { ratingReply: text, ratingReplyAt: draft.order.ratingReplyAt ?? ctx.now });
  tell(draft, 'work_order.rating_replied', { text, isEdit });
  if (!isEdit) notify(draft, ctx, 'work_order.rating_replied', ['reporter', 'assignee']);
}

/** Not done after all: the finish is taken back, the desk has its turn again, and the clock runs on with what was left. */
export function disputed(
  draft: Draft,
  ctx: Context,
  reason: string | null,
  photoIds: readonly string[],
  isByCallback: boolean,
): void {
  const worker = draft.order.assigneeAccountId;
  const count = draft.order.disputeCount + 1;
  draft.order = unmeetResolveClock(draft.order, ctx.now, ctx.category, ctx.working);
  set(draft, {
    ...NO_CALL,
    status: 'disputed',
    assigneeAccountId: null,
    workDone: null,
    confirmedAt: null,
    autoCloseAt: null,
    disputeCount: count,
    disputeReason: reason,
  });
  openDeskStep(draft, ctx);
  tell(draft, 'work_order.disputed', { reason, isByCallback, count }, { photoIds });
  notify(draft, ctx, 'work_order.disputed', ['desk', 'assignee'], {}, worker);
  if (count >= ctx.settings.disputesToManager) {
    tell(draft, 'work_order.manager_wanted', { count }, { isInternal: true });
    notify(draft, ctx, 'work_order.manager_wanted', ['manager'], { count });
  }
}

/**
 * Somebody without an account said that it is done: under their signature, to the one who stands before them, or on
 * the phone to the desk. It confirms and says nothing of satisfaction, unless a score was named.
 */
export function confirmFor(
  draft: Draft,
  command: Extract<Command, { action: 'confirm_for' }>,
  ctx: Context,
): ReasonCode | null {
  const { how } = command;
  const photoIds = command.photoIds ?? [];
  const name = command.name?.trim() || null;
  if (how === 'signature' && photoIds.length === 0) return 'signature_required';
  if (how !== 'signature' && photoIds.length > 0) return 'signature_not_used';
  if (how !== 'signature' && name === null) return 'name_required';
  if (how === 'call' && !ctx.who.includes('desk')) return 'call_by_desk';
  const by = name === null ? null : maskName(name);
  const note = command.note?.trim() || null;
  const score = command.score == null ? null : { score: command.score, words: null, aspects: {} };
  answered(draft, ctx, score, false, { params: { how, by, note }, photoIds });
  return null;
}

export function recordCallback(
  draft: Draft,
  command: Extract<Command, { action: 'record_callback' }>,
  ctx: Context,
): ReasonCode | null {
  const { result } = command;
  const score = command.score ?? null;
  const aspects = command.aspects ?? {};
  if (score !== null && result !== 'satisfied_done') return 'score_not_used';
  if (score === null && Object.keys(aspects).length > 0) return 'aspects_not_used';
  const note = command.note?.trim() || null;
  const { order } = draft;
  const reason = order.callbackReason ?? 'unanswered';
  const attempts = order.callbackAttempts + 1;
  const isLast = attempts >= attemptsOf(order, ctx.settings);
  draft.call = {
    result,
    reason,
    attempts,
    isOver: result !== 'unreachable' || isLast,
    wasContacted: result === 'unreachable' ? null : (command.wasContacted ?? null),
    score,
    aspects,
    note,
  };
  set(draft, { callbackAttempts: attempts });
  tell(draft, 'work_order.callback_recorded', { result, note, attempts });
  const isFinished = order.status === 'finished';
  const given: Score | null = score === null ? null : { score, words: null, aspects };
  switch (result) {
    case 'satisfied_done':
      if (isFinished) answered(draft, ctx, given, true);
      else {
        set(draft, NO_CALL);
        // Who has rated is asked again and not rated anew: what was said on the phone stands in the call's own row.
        if (given !== null && order.rating === null) rated(draft, given, ctx, { isByCallback: true });
      }
      return null;
    case 'not_done':
      if (order.status !== 'closed') disputed(draft, ctx, note, [], true);
      else if (order.closedAt !== null && ctx.now <= order.closedAt + ctx.settings.reopenWithinDays * DAY) {
        reopened(draft, note, ctx);
      } else set(draft, NO_CALL);
      return null;
    case 'unreachable': {
      const retryHours = ruleOf(reason, ctx.settings)?.retryHours ?? ctx.settings.callbackRetryHours;
      if (!isLast) {
        set(draft, {
          callbackReason: reason,
          callbackDueAt: ctx.now + retryHours * HOUR,
          callbackWantedAt: null,
        });
      } else if (isFinished) {
        // After the last call in vain the order stays in the callback queue, now to be closed.
        set(draft, { callbackReason: reason, callbackDueAt: null, callbackWantedAt: ctx.now });
      } else set(draft, NO_CALL);
      return null;
    }
  }
}

export function reopened(draft: Draft, reason: string | null, ctx: Context): void {
  const order = draft.order;
  draft.order = startRound(order, ctx.now, ctx.category, ctx.working);
  set(draft, {
    ...NO_CALL,
    status: 'triaged',
    assigneeAccountId: null,
    outcome: null,
    closedAt: null,
    confirmedAt: null,
    rating: null,
    ratingWords: null,
    ratedAt: null,
    ratingAspects: {},
    ratingReply: null,
    ratingReplyAt: null,
    workDone: null,
    referredTo: null,
    referredReference: null,
    callbackAttempts: 0,
    autoCloseAt: null,
    reopenCount: order.reopenCount + 1,
    // What was agreed lies in the past.
    visit: { ...order.visit, windows: [], appointment: null },
    safety: safetyOf(order.categoryCode),
    crewAccountIds: [],
  });
  openDeskStep(draft, ctx);
  tell(draft, 'work_order.reopened', { reason, outcome: order.outcome, rating: order.rating });
  notify(draft, ctx, 'work_order.reopened', ['reporter', 'desk', 'assignee'], {}, order.assigneeAccountId);
}
