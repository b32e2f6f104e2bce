import { HOUR } from '@gongzhi/kernel';
import { unmeetResolveClock } from './clocks.ts';
import { type Draft, notify, openDeskStep, set, tell } from './draft.ts';
import type { Command, Context, Outcome, Params, Rating, ReasonCode } from './types.ts';

/** How a finished order goes on: confirmed, disputed, called about, closed. */

const NO_CALL = { callbackDueAt: null, callbackWantedAt: null } as const;

export function closed(draft: Draft, ctx: Context, outcome: Outcome, params: Params): void {
  set(draft, { ...NO_CALL, status: 'closed', outcome, closedAt: ctx.now, autoCloseAt: null });
  tell(draft, 'work_order.closed', { outcome, ...params });
}

/** The resident says it is done: on the page, or to the desk on the phone, there perhaps with a score. */
export function answered(
  draft: Draft,
  ctx: Context,
  score: Rating | null,
  words: string | null,
  isByCallback: boolean,
): void {
  const order = draft.order;
  set(draft, {
    ...NO_CALL,
    status: 'confirmed',
    confirmedAt: ctx.now,
    autoCloseAt: ctx.now + ctx.settings.autoCloseAfterHours * HOUR,
  });
  tell(draft, 'work_order.confirmed', { isByCallback });
  notify(draft, ctx, 'work_order.confirmed', ['assignee']);
  if (score !== null) {
    set(draft, { rating: score, ratingWords: words, ratedAt: ctx.now });
    tell(draft, 'work_order.rated', { score, words, isByCallback });
  }
  // A rating given closes; what staff found is never rated, so its confirmation closes.
  if (score !== null || order.kind === 'found_by_staff')
    closed(draft, ctx, 'confirmed', { isBySystem: true });
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
  draft.order = unmeetResolveClock(draft.order, ctx.now, ctx.category, ctx.working);
  set(draft, { ...NO_CALL, status: 'disputed', assigneeAccountId: null, workDone: null, autoCloseAt: null });
  openDeskStep(draft, ctx);
  tell(draft, 'work_order.disputed', { reason, isByCallback }, { photoIds });
  notify(draft, ctx, 'work_order.disputed', ['desk', 'assignee'], {}, worker);
}

export function recordCallback(
  draft: Draft,
  command: Extract<Command, { action: 'record_callback' }>,
  ctx: Context,
): ReasonCode | null {
  const score = command.score ?? null;
  if (score !== null && command.result !== 'satisfied_done') return 'score_not_used';
  const note = command.note?.trim() || null;
  const attempts = draft.order.callbackAttempts + 1;
  set(draft, { callbackAttempts: attempts });
  tell(draft, 'work_order.callback_recorded', { result: command.result, note, attempts });
  switch (command.result) {
    case 'satisfied_done':
      answered(draft, ctx, score, null, true);
      return null;
    case 'not_done':
      disputed(draft, ctx, note, [], true);
      return null;
    case 'unreachable': {
      // After the last call in vain the order stays in the callback queue, now to be closed.
      const isLast = attempts >= ctx.settings.callbackAttempts;
      set(draft, {
        callbackDueAt: isLast ? null : ctx.now + ctx.settings.callbackRetryHours * HOUR,
        callbackWantedAt: isLast ? ctx.now : null,
      });
      return null;
    }
  }
}
