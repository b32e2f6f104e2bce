import { HOUR, type Instant } from '@gongzhi/kernel';
import {
  CALLBACK_REASONS,
  type CallbackReason,
  type CallbackRule,
  type OrderState,
  type WorkOrderSettings,
} from './types.ts';

/** Who is called, why and when. A call wanted by a rule is made also after the resident has answered on the page. */

type Call = Pick<OrderState, 'callbackReason' | 'callbackDueAt' | 'callbackWantedAt'>;

export const NO_CALL: Call = { callbackReason: null, callbackDueAt: null, callbackWantedAt: null };

/** The figures of a reason; silence has its own three, so that every order comes to an end. */
export function ruleOf(reason: CallbackReason, settings: WorkOrderSettings): CallbackRule | null {
  if (reason === 'unanswered') {
    return {
      delayHours: settings.callbackAfterHours,
      attempts: settings.callbackAttempts,
      retryHours: settings.callbackRetryHours,
    };
  }
  return settings.callbackRules[reason] ?? null;
}

/** Calls that must be made in vain before an unanswered order may be closed. */
export function attemptsOf(order: Pick<OrderState, 'callbackReason'>, settings: WorkOrderSettings): number {
  return ruleOf(order.callbackReason ?? 'unanswered', settings)?.attempts ?? settings.callbackAttempts;
}

/**
 * An order's lot in the sample: from 0 up to, but not including, 100, by the last 32 bits of its id, which are random
 * in every id of ours. Drawn by nobody and the same for whoever looks: a sample can be checked afterwards.
 */
export function lotOf(orderId: string): number {
  return (Number.parseInt(orderId.slice(-8), 16) / 2 ** 32) * 100;
}

function holds(
  reason: CallbackReason,
  order: OrderState,
  settings: WorkOrderSettings,
  lot: number | undefined,
): boolean {
  switch (reason) {
    case 'emergency':
      return order.isEmergency;
    case 'all':
      return true;
    case 'sample':
      return lot !== undefined && lot < (settings.callbackRules.sample?.percent ?? 0);
    case 'unanswered':
      return order.confirmedAt === null;
    case 'unsatisfied':
      return order.rating === 'unsatisfied';
  }
}

/** The earliest call that a rule asks for; of two at one instant, the more urgent reason. */
function earliest(
  order: OrderState,
  settings: WorkOrderSettings,
  lot: number | undefined,
  dueOf: (reason: CallbackReason, rule: CallbackRule) => Instant | null,
): Call {
  let call: Call = NO_CALL;
  for (const reason of CALLBACK_REASONS) {
    const rule = ruleOf(reason, settings);
    if (rule === null || !holds(reason, order, settings, lot)) continue;
    const dueAt = dueOf(reason, rule);
    if (dueAt !== null && (call.callbackDueAt === null || dueAt < call.callbackDueAt)) {
      call = { callbackReason: reason, callbackDueAt: dueAt, callbackWantedAt: null };
    }
  }
  return call;
}

/** Whom to call about what was finished just now. What staff found has nobody to call. */
export function callAfterFinish(
  order: OrderState,
  now: Instant,
  settings: WorkOrderSettings,
  lot: number | undefined,
): Call {
  if (order.kind === 'found_by_staff') return NO_CALL;
  return earliest(order, settings, lot, (_, rule) => now + rule.delayHours * HOUR);
}

/** The resident said on the page that it is done: silence is over, the other rules hold on, counted from the finish. */
export function callAfterConfirm(
  order: OrderState,
  now: Instant,
  settings: WorkOrderSettings,
  lot: number | undefined,
): Call {
  if (order.kind === 'found_by_staff') return NO_CALL;
  const { callbackReason, callbackDueAt, callbackWantedAt } = order;
  // Wanted already, or tried in vain: that call stays.
  const isUnderWay = callbackWantedAt !== null || order.callbackAttempts > 0;
  if (callbackReason !== null && callbackReason !== 'unanswered' && isUnderWay) {
    return { callbackReason, callbackDueAt, callbackWantedAt };
  }
  return earliest(order, settings, lot, (_, rule) =>
    Math.max(now, (order.finishedAt ?? now) + rule.delayHours * HOUR),
  );
}

/** Somebody is not satisfied: asked about it if the rule says so, and no later than they would have been anyway. */
export function callAfterRating(order: OrderState, now: Instant, settings: WorkOrderSettings): Call {
  const rule = settings.callbackRules.unsatisfied;
  const { callbackReason, callbackDueAt, callbackWantedAt } = order;
  if (order.rating !== 'unsatisfied' || rule === undefined) {
    return { callbackReason, callbackDueAt, callbackWantedAt };
  }
  const dueAt = now + rule.delayHours * HOUR;
  return {
    callbackReason: 'unsatisfied',
    callbackDueAt:
      callbackWantedAt !== null ? null : callbackDueAt === null ? dueAt : Math.min(dueAt, callbackDueAt),
    callbackWantedAt,
  };
}
