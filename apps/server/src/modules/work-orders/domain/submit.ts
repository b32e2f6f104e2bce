import { err, type Instant, ok, type Result, type WorkingCalendar } from '@gongzhi/kernel';
import { areDuesCovered, nextDueAt, settle, startRound } from './clocks.ts';
import { noticesOfSettling } from './corrections.ts';
import { type Draft, decisionOf, draftOf, notify, openDeskStep, tell } from './draft.ts';
import { partFault } from './families.ts';
import { safetyOf } from './safety.ts';
import {
  type CategoryFacts,
  type Context,
  type Decision,
  noVisit,
  type OrderState,
  type PlaceType,
  type Refusal,
  refusal,
  type SplitPart,
  type Window,
} from './types.ts';
import { windowsFault } from './visits.ts';

export interface Submission {
  readonly category: CategoryFacts;
  readonly place: PlaceType;
  /** Neighbours may see it (without who reported it). */
  readonly isPublic: boolean;
  /** The hard deadline of a special need; null otherwise. */
  readonly neededBy: Instant | null;
  readonly photoIds?: readonly string[];
  /** When somebody can be at home. */
  readonly windows?: readonly Window[];
  /** Whom of the staff it is about. */
  readonly accusedAccountId?: string | null;
}

/** Takes a request in. The desk's turn begins at once, and so do the three clocks. */
export function submitOrder(
  submission: Submission,
  ctx: Omit<Context, 'category'> & { readonly working?: WorkingCalendar },
): Result<Decision, Refusal> {
  const { category, place, neededBy, isPublic } = submission;
  if (category.place !== 'both' && category.place !== place) return err(refusal('wrong_place'));
  if (category.kind === 'special_need') {
    if (neededBy === null) return err(refusal('needed_by_required'));
    if (neededBy <= ctx.now) return err(refusal('needed_by_past'));
  } else if (neededBy !== null) {
    return err(refusal('needed_by_not_used'));
  }
  if (isPublic && place === 'home') return err(refusal('home_not_public'));
  if (isPublic && category.isConfidential) return err(refusal('confidential_not_public'));
  const accusedAccountId = submission.accusedAccountId ?? null;
  if (accusedAccountId !== null && !category.isConfidential) return err(refusal('accused_not_used'));
  const windows = submission.windows ?? [];
  if (windows.length > 0) {
    if (place !== 'home') return err(refusal('not_at_home'));
    if (category.isEmergency || category.kind === 'special_need')
      return err(refusal('emergency_no_appointment'));
    const fault = windowsFault(windows, ctx);
    if (fault !== null) return err(refusal(fault));
  }
  const full: Context = { ...ctx, category };
  const draft = begun(submission, { createdAt: ctx.now, clockStartAt: ctx.now }, full);
  // The reporter hears of it when the desk entered it for them.
  notify(draft, full, 'work_order.submitted', ['desk', 'reporter']);
  return ok(decisionOf(draft));
}

/**
 * One of the things a report told of, as an order of its own. Its clocks began when it was told, not when the desk
 * saw that it was several: what is late by then is late.
 */
export function submitPart(
  parent: OrderState,
  parentId: string,
  part: SplitPart,
  ctx: Omit<Context, 'category'>,
): Result<Decision, Refusal> {
  const { category } = part;
  const fault = partFault(parent, category);
  if (fault !== null) return err(refusal(fault));
  const full: Context = { ...ctx, category };
  const draft = begun(
    {
      category,
      place: parent.place,
      isPublic: parent.isPublic && !category.isConfidential,
      neededBy: category.kind === 'special_need' ? parent.neededBy : null,
      photoIds: part.photoIds,
      // When somebody is at home holds for each thing that somebody comes for.
      windows: category.isEmergency || category.kind === 'special_need' ? [] : parent.visit.windows,
      accusedAccountId: category.isConfidential ? parent.accusedAccountId : null,
    },
    { createdAt: parent.createdAt, clockStartAt: parent.clockStartAt, parentId },
    full,
  );
  const settled = settle(draft.order, ctx.now);
  draft.order = settled.order;
  draft.events.push(...settled.events);
  noticesOfSettling(draft, full, settled.events);
  return ok(decisionOf(draft));
}

function begun(
  { category, place, neededBy, isPublic, photoIds = [], windows = [], accusedAccountId = null }: Submission,
  begins: Pick<OrderState, 'createdAt' | 'clockStartAt'> & { readonly parentId?: string },
  ctx: Context,
): Draft {
  const blank: OrderState = {
    status: 'submitted',
    kind: category.kind,
    categoryCode: category.code,
    isEmergency: category.isEmergency,
    isConfidential: category.isConfidential,
    priority: category.isEmergency ? 'urgent' : 'normal',
    place,
    isPublic,
    assigneeAccountId: null,
    accusedAccountId,
    visit: { ...noVisit, windows },
    createdAt: begins.createdAt,
    clockStartAt: begins.clockStartAt,
    neededBy,
    respondDueAt: null,
    arriveDueAt: null,
    resolveDueAt: null,
    acceptedAt: null,
    arrivedAt: null,
    finishedAt: null,
    respondLateAt: null,
    arriveLateAt: null,
    resolveLateAt: null,
    pauses: [],
    resolveRemainingMs: null,
    departedAt: null,
    startedAt: null,
    pausedFrom: null,
    pausedReason: null,
    pausedNote: null,
    pausedUntil: null,
    chargeState: 'none',
    chargeFen: null,
    chargeNo: null,
    chargeDueNo: null,
    safety: safetyOf(category.code),
    crewAccountIds: [],
    workDone: null,
    callbackReason: null,
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
    ratingAspects: {},
    ratingReply: null,
    ratingReplyAt: null,
    referredTo: null,
    referredReference: null,
    urgeCount: 0,
    urgedAt: null,
    reopenCount: 0,
    disputeCount: 0,
    disputeReason: null,
    duplicateOfId: null,
    parentId: begins.parentId ?? null,
    partCount: 0,
    nextDueAt: null,
  };
  const started = startRound(blank, begins.clockStartAt, category, ctx.working);
  const draft = draftOf({ ...started, nextDueAt: nextDueAt(started) });
  openDeskStep(draft, ctx);
  const isCovered = areDuesCovered(begins.clockStartAt, started.resolveDueAt, category, ctx.working);
  tell(
    draft,
    'work_order.submitted',
    {
      categoryCode: category.code,
      ...(isCovered ? {} : { isCalendarKnown: false }),
      ...(begins.parentId === undefined ? {} : { because: 'part' }),
    },
    { photoIds },
  );
  return draft;
}
