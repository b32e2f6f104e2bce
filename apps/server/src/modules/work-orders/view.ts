import type { Static } from 'typebox';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  allowedActions,
  type EventKind,
  eventFor,
  isMarkedLate,
  type OrderState,
  type Params,
  type Relation,
  station,
  type ViewRules,
  viewFor,
  type Window,
  withoutReporter,
} from './domain.ts';
import { type Category, relationsBy, relationsTo } from './facts.ts';
import type { StoredEvent } from './queries.ts';
import type { ListedRow } from './queries-list.ts';
import type { RelatedRow } from './queries-family.ts';
import type { TimelineEntry, WorkOrder, WorkOrderRow } from './schemas.ts';
import type { Done } from './service.ts';
import type { Order, StepRow } from './tables.ts';

/** Rows as this reader may see them. What a viewer may not know is left out here, by the domain's rules. */

const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();
const isoDate = (date: Date | null): string | null => (date === null ? null : date.toISOString());

type Row = Static<typeof WorkOrderRow>;
type Whole = Static<typeof WorkOrder>;

/** Whose door it is tells who complained: hidden with the reporter of a confidential matter. */
function isHomeHidden(isHome: boolean, isConfidential: boolean, rules: ViewRules): boolean {
  return isHome && isConfidential && !rules.seesReporter;
}

export function rowView(
  row: ListedRow,
  acting: Acting,
  category: Category | undefined,
  place: { readonly name: string; readonly companyId: string | null } | undefined,
): Row {
  const who = relationsBy(acting, {
    id: row.work_order_id,
    householdId: row.household_id,
    reporterAccountId: row.reporter_account_id,
    assigneeAccountId: row.assignee_account_id,
    accusedAccountId: row.accused_account_id,
    crewAccountIds: row.crew_account_ids,
    companyId: row.company_id,
    servedBy: place?.companyId ?? null,
  });
  const rules = viewFor(
    {
      isPublic: row.is_public,
      isConfidential: row.is_confidential,
      status: row.status as OrderState['status'],
    },
    who,
  );
  return {
    id: row.work_order_id,
    scopeId: row.scope_id,
    scopeName: place?.name ?? '',
    number: row.number,
    status: row.status as Row['status'],
    station: station({
      status: row.status as OrderState['status'],
      pausedFrom: row.paused_from as OrderState['pausedFrom'],
    }),
    kind: row.kind as Row['kind'],
    categoryCode: row.category_code,
    categoryNameZh: category?.nameZh ?? row.category_code,
    categoryNameEn: category?.nameEn ?? row.category_code,
    isEmergency: row.is_emergency,
    priority: row.priority as Row['priority'],
    placeLabel: isHomeHidden(row.place === 'home', row.is_confidential, rules) ? '' : row.place_label,
    isPublic: row.is_public,
    isMine: who.includes('reporter'),
    assigneeAccountId: rules.seesAssignee ? row.assignee_account_id : null,
    assigneeName: rules.seesAssignee ? row.assignee_name : null,
    contactMasked: rules.seesReporter ? row.contact_masked : null,
    description: row.description,
    createdAt: row.created_at,
    respondDueAt: row.respond_due_at,
    arriveDueAt: row.arrive_due_at,
    resolveDueAt: row.resolve_due_at,
    nextDueAt: row.next_due_at,
    isLate: row.is_late,
    urgeCount: row.urge_count,
    version: row.version,
    updatedAt: row.updated_at,
  };
}

export function orderView(done: Done, now: Date): Whole {
  const { order, around, category, who, settings, standing } = done;
  const s = order.state;
  const rules = viewFor(s, who);
  // Who made the complaint and who handles it; an overseer sees that there is one.
  const isTold = who.some((one) => one === 'reporter' || one === 'manager' || one === 'company');
  const photos = (type: string) =>
    rules.seesPhotos ? around.photos.filter((photo) => photo.type === type).map(({ id }) => ({ id })) : [];
  return {
    id: order.id,
    scopeId: order.wall.scopeId,
    scopeName: around.scopeName,
    number: order.number,
    status: s.status,
    station: station(s),
    kind: s.kind,
    categoryCode: s.categoryCode,
    categoryNameZh: category.nameZh,
    categoryNameEn: category.nameEn,
    isEmergency: s.isEmergency,
    priority: s.priority,
    placeLabel: isHomeHidden(s.place === 'home', s.isConfidential, rules) ? '' : order.placeLabel,
    isPublic: s.isPublic,
    isMine: who.includes('reporter'),
    assigneeAccountId: rules.seesAssignee ? s.assigneeAccountId : null,
    assigneeName: rules.seesAssignee ? order.assigneeName : null,
    assigneeTitle: rules.seesAssignee ? order.assigneeTitle : null,
    contactMasked: rules.seesReporter ? order.contactMasked : null,
    onBehalfOf: rules.seesReporter ? order.onBehalfOf : null,
    description: order.description,
    createdAt: iso(s.createdAt) as string,
    respondDueAt: iso(s.respondDueAt),
    arriveDueAt: iso(s.arriveDueAt),
    resolveDueAt: iso(s.resolveDueAt),
    nextDueAt: iso(s.nextDueAt),
    isLate: isMarkedLate(s),
    urgeCount: s.urgeCount,
    version: order.version,
    updatedAt: order.updatedAt.toISOString(),
    place: s.place,
    householdId: rules.seesContact ? order.wall.householdId : null,
    buildingId: order.buildingId,
    facilityId: order.facilityId,
    photos: photos('work_order.report'),
    beforePhotos: photos('work_order.before'),
    workPhotos: photos('work_order.work'),
    // Whose hand it is: the parties' and the staff's to see, where the reporter is.
    signatures: rules.seesAssignee && rules.seesReporter ? photos('work_order.signature') : [],
    neededBy: iso(s.neededBy),
    acceptedAt: iso(s.acceptedAt),
    arrivedAt: iso(s.arrivedAt),
    startedAt: iso(s.startedAt),
    finishedAt: iso(s.finishedAt),
    confirmedAt: iso(s.confirmedAt),
    closedAt: iso(s.closedAt),
    pausedReason: s.pausedReason,
    pausedNote: rules.seesRatingWords ? s.pausedNote : null,
    pausedUntil: iso(s.pausedUntil),
    resolveRemainingSeconds: s.resolveRemainingMs === null ? null : Math.floor(s.resolveRemainingMs / 1000),
    respondLateAt: iso(s.respondLateAt),
    arriveLateAt: iso(s.arriveLateAt),
    resolveLateAt: iso(s.resolveLateAt),
    callbackWantedAt: iso(s.callbackWantedAt),
    callbackAttempts: s.callbackAttempts,
    callbackReason: rules.seesInternal ? s.callbackReason : null,
    workDone: s.workDone,
    chargeState: rules.seesRatingWords ? s.chargeState : null,
    safety: rules.seesInternal ? s.safety : null,
    isHelper: who.includes('helper'),
    outcome: s.outcome,
    rating: rules.seesRating ? s.rating : null,
    ratingAspects: rules.seesRatingWords ? s.ratingAspects : {},
    ratingReply: rules.seesRatingWords ? s.ratingReply : null,
    ratingReplyAt: rules.seesRatingWords ? iso(s.ratingReplyAt) : null,
    ratingWords: rules.seesRatingWords ? s.ratingWords : null,
    referredTo: s.referredTo,
    referredReference: rules.seesRatingWords ? s.referredReference : null,
    reopenCount: s.reopenCount,
    duty: category.duty,
    photosRequired: category.photosRequired,
    voices: rules.seesReporter
      ? around.photos.filter(({ type }) => type === 'work_order.report_voice').map(({ id }) => ({ id }))
      : [],
    hasSeveral: order.hasSeveral,
    followerCount: around.followers,
    isFollowed: who.includes('follower'),
    ...visitView(s, rules.seesRatingWords),
    accusedName: isTold ? order.accusedName : null,
    aboutOrderId: isTold ? order.aboutOrderId : null,
    disputeCount: s.disputeCount,
    disputeReason: rules.seesAssignee && rules.seesRatingWords ? s.disputeReason : null,
    partCount: s.partCount,
    related: around.related.map((row) => relatedView(row)),
    steps: rules.seesAssignee ? around.steps.map((step) => stepView(step, rules.seesInternal)) : [],
    actions: allowedActions(s, who, now.getTime(), settings, standing).map(
      ({ action, isAllowed, reasonCode }) => ({
        action,
        isAllowed,
        reasonCode,
      }),
    ),
  };
}

/** When people are at home is nobody's business but the parties'. */
function visitView(
  { visit }: OrderState,
  isParty: boolean,
): Pick<Whole, 'windows' | 'appointment' | 'rescheduleCount' | 'missedCount'> {
  const span = ({ from, to }: Window) => ({ from: iso(from) as string, to: iso(to) as string });
  const { appointment, windows, rescheduleCount, missedCount } = visit;
  if (!isParty) return { windows: [], appointment: null, rescheduleCount: 0, missedCount: 0 };
  return {
    windows: windows.map(span),
    appointment: appointment === null ? null : { ...span(appointment), isAgreed: appointment.isAgreed },
    rescheduleCount,
    missedCount,
  };
}

function relatedView(row: RelatedRow): Whole['related'][number] {
  const status = row.status as OrderState['status'];
  return {
    kind: row.kind,
    scopeId: row.scopeId,
    id: row.id,
    number: row.number,
    status,
    station: station({ status, pausedFrom: row.pausedFrom as OrderState['pausedFrom'] }),
    outcome: row.outcome as OrderState['outcome'],
    categoryNameZh: row.categoryNameZh,
    categoryNameEn: row.categoryNameEn,
    description: row.description,
  };
}

function stepView(step: StepRow, isStaff: boolean): Whole['steps'][number] {
  return {
    id: step.stepId,
    role: step.role,
    state: step.state,
    handlerName: step.handlerName,
    handlerTitle: step.handlerTitle,
    openedAt: step.openedAt.toISOString(),
    acceptedAt: isoDate(step.acceptedAt),
    departedAt: isoDate(step.departedAt),
    arrivedAt: isoDate(step.arrivedAt),
    startedAt: isoDate(step.startedAt),
    endedAt: isoDate(step.endedAt),
    // Why a worker refused or passed it on is between him and the desk.
    endReason: isStaff ? step.endReason : null,
    visit: step.visit,
    workDone: step.workDone,
  };
}

const ratingEvents: ReadonlySet<EventKind> = new Set(['work_order.rated', 'work_order.rating_replied']);

export function timelineView(
  events: readonly StoredEvent[],
  order: Order,
  acting: Acting,
  who: readonly Relation[] = relationsTo(acting, order),
): Static<typeof TimelineEntry>[] {
  const rules = viewFor(order.state, who);
  return events.flatMap((stored) => {
    const event = eventFor(
      {
        kind: stored.kind as EventKind,
        isInternal: stored.isInternal,
        params: stored.params as Params,
        photoIds: stored.photoIds,
      },
      who,
    );
    if (event === null || (!rules.seesRating && ratingEvents.has(event.kind))) return [];
    const isResident = stored.actorRole === 'resident';
    const isVoiceHidden = isResident && !rules.seesReporter && !stored.is_me;
    const told = isVoiceHidden ? withoutVoice(event.params) : event.params;
    const isHidden = stored.is_me ? false : isResident ? !rules.seesReporter : !rules.seesAssignee;
    return [
      {
        id: stored.eventId,
        at: stored.at.toISOString(),
        kind: event.kind,
        actorName: isHidden ? null : stored.actorName,
        actorRole: stored.actorRole,
        actorIsMe: stored.actorAccountId !== null && stored.is_me,
        isInternal: stored.isInternal,
        params: rules.seesReporter ? told : withoutReporter(told),
        photos: event.photoIds.map((id) => ({ id })),
      },
    ];
  });
}

/** A voice tells who spoke. */
function withoutVoice({ voiceId: _, ...params }: Params): Params {
  return params;
}
