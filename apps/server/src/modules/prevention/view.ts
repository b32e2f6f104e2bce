import { localDate } from '@gongzhi/kernel';
import type { AttachedOrder } from '../work-orders/index.ts';
import { allowedActions, type Effect, partsOf, STATES } from './domain.ts';
import type { Sums } from './queries.ts';
import type { EntryRow, NamedProject, StepRow } from './tables.ts';

/** Rows as the wire has them. */

const iso = (date: Date | null) => date?.toISOString() ?? null;
const instant = (at: number) => new Date(at).toISOString();

function effectView(effect: Effect | null) {
  if (effect === null) return null;
  const { before, after } = effect;
  return {
    ...effect,
    before: { from: instant(before.from), until: instant(before.until) },
    after: { from: instant(after.from), until: instant(after.until) },
  };
}

export function projectView(row: NamedProject, now: Date) {
  return {
    id: row.id,
    scopeId: row.scopeId,
    scopeName: row.scopeName,
    state: row.state,
    subjectKind: row.subjectKind,
    facilityLabel: row.facilityLabel,
    buildingName: row.buildingName,
    categoryNameZh: row.categoryNameZh,
    categoryNameEn: row.categoryNameEn,
    reasons: row.reasons.map(partsOf),
    weeks: [...row.weeks],
    orderCount: row.orderCount,
    isStrong: row.state !== 'proposed' || row.strength >= 0,
    firstAt: row.firstAt.toISOString(),
    proposedAt: row.proposedAt.toISOString(),
    openSteps: row.openSteps,
    doneSteps: row.doneSteps,
    nextDueOn: row.nextDueOn,
    isStepLate:
      row.state === 'accepted' && row.nextDueOn !== null && row.nextDueOn < localDate(now.getTime()),
    effect: effectView(row.effect),
    version: row.version,
  };
}

export function detailView(
  row: NamedProject,
  parts: {
    readonly steps: readonly StepRow[];
    readonly orders: readonly AttachedOrder[];
    readonly story: readonly EntryRow[];
    readonly mayManage: boolean;
  },
  now: Date,
) {
  const { steps, orders, story, mayManage } = parts;
  const today = localDate(now.getTime());
  return {
    ...projectView(row, now),
    cause: row.cause,
    decidedAt: iso(row.decidedAt),
    decidedByName: row.decidedByName,
    declineReason: row.declineReason,
    acceptedAt: iso(row.acceptedAt),
    doneAt: iso(row.doneAt),
    workDone: row.workDone,
    watchUntil: iso(row.watchUntil),
    closedAt: iso(row.closedAt),
    actions: mayManage ? allowedActions({ state: row.state, steps }) : [],
    steps: steps.map(({ ownerAccountId: _, endedAt, ...step }) => ({
      ...step,
      isLate: step.state === 'open' && step.dueOn < today,
      endedAt: iso(endedAt),
    })),
    orders: orders.map(({ createdAt, ...order }) => ({ ...order, createdAt: createdAt.toISOString() })),
    story: story.map(({ at, params, ...entry }) => ({
      ...entry,
      params: { ...params },
      at: at.toISOString(),
    })),
  };
}

export function sumsView(sums: readonly Sums[]) {
  // What merely repeats is no more than that.
  const of = (state: (typeof STATES)[number]) => {
    const found = sums.find((one) => one.state === state);
    return found === undefined ? 0 : found.count - found.weak;
  };
  return {
    counts: Object.fromEntries(STATES.map((state) => [state, of(state)])) as Record<
      (typeof STATES)[number],
      number
    >,
    avoided: Math.round(10 * sums.reduce((sum, one) => sum + one.avoided, 0)) / 10,
    measured: sums.reduce((sum, one) => sum + one.measured, 0),
    weak: sums.reduce((sum, one) => sum + one.weak, 0),
  };
}
