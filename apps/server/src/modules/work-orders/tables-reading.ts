import type { AspectScores, OrderState, Pause, Visit } from './domain.ts';
import type { Order, StepRow } from './tables.ts';

/** Rows as they were read, back into the domain's state. */

type RawRow = Record<string, unknown>;
const instant = (value: unknown): number | null =>
  value === null || value === undefined ? null : (value as Date).getTime();

/** What was said of speed, manner and quality; what was not is left out. */
function aspectsOf(speed: unknown, manner: unknown, quality: unknown): AspectScores {
  return Object.fromEntries(Object.entries({ speed, manner, quality }).filter(([, score]) => score != null));
}

/** A row of `select work_order.*` as the domain knows it. */
export function orderOf(row: RawRow): Order {
  const r = row as Record<string, never>;
  const state: OrderState = {
    status: r['status']!,
    kind: r['kind']!,
    categoryCode: r['category_code']!,
    isEmergency: r['is_emergency']!,
    isConfidential: r['is_confidential']!,
    priority: r['priority']!,
    place: r['place']!,
    isPublic: r['is_public']!,
    assigneeAccountId: r['assignee_account_id'] ?? null,
    accusedAccountId: r['accused_account_id'] ?? null,
    visit: row['visit'] as Visit,
    createdAt: instant(row['created_at'])!,
    clockStartAt: instant(row['clock_start_at'])!,
    neededBy: instant(row['needed_by']),
    respondDueAt: instant(row['respond_due_at']),
    arriveDueAt: instant(row['arrive_due_at']),
    resolveDueAt: instant(row['resolve_due_at']),
    acceptedAt: instant(row['accepted_at']),
    departedAt: instant(row['departed_at']),
    arrivedAt: instant(row['arrived_at']),
    finishedAt: instant(row['finished_at']),
    respondLateAt: instant(row['respond_late_at']),
    arriveLateAt: instant(row['arrive_late_at']),
    resolveLateAt: instant(row['resolve_late_at']),
    pauses: row['pauses'] as readonly Pause[],
    resolveRemainingMs: (row['resolve_remaining_ms'] as number | null) ?? null,
    startedAt: instant(row['started_at']),
    pausedFrom: r['paused_from'] ?? null,
    pausedReason: r['paused_reason'] ?? null,
    pausedNote: r['paused_note'] ?? null,
    pausedUntil: instant(row['paused_until']),
    chargeState: r['charge_state']!,
    chargeFen: row['charge_fen'] === null ? null : String(row['charge_fen']),
    chargeNo: (row['charge_no'] as number | null) ?? null,
    chargeDueNo: (row['charge_due_no'] as number | null) ?? null,
    safety: r['safety']!,
    crewAccountIds: row['crew_account_ids'] as string[],
    workDone: r['work_done'] ?? null,
    callbackReason: r['callback_reason'] ?? null,
    callbackDueAt: instant(row['callback_due_at']),
    callbackWantedAt: instant(row['callback_wanted_at']),
    callbackAttempts: r['callback_attempts']!,
    confirmedAt: instant(row['confirmed_at']),
    autoCloseAt: instant(row['auto_close_at']),
    closedAt: instant(row['closed_at']),
    outcome: r['outcome'] ?? null,
    rating: r['rating'] ?? null,
    ratingWords: r['rating_words'] ?? null,
    ratedAt: instant(row['rated_at']),
    ratingAspects: aspectsOf(r['rating_speed'], r['rating_manner'], r['rating_quality']),
    ratingReply: r['rating_reply'] ?? null,
    ratingReplyAt: instant(row['rating_reply_at']),
    referredTo: r['referred_to'] ?? null,
    referredReference: r['referred_reference'] ?? null,
    urgeCount: r['urge_count']!,
    urgedAt: instant(row['urged_at']),
    reopenCount: r['reopen_count']!,
    disputeCount: r['dispute_count']!,
    disputeReason: r['dispute_reason'] ?? null,
    isHeld: r['held_by'] != null,
    duplicateOfId: r['duplicate_of_id'] ?? null,
    parentId: r['parent_id'] ?? null,
    partCount: r['part_count']!,
    nextDueAt: instant(row['next_due_at']),
  };
  return {
    id: r['work_order_id']!,
    wall: {
      scopeId: r['scope_id']!,
      cityId: r['city_id'] ?? null,
      streetId: r['street_id'] ?? null,
      companyId: r['company_id'] ?? null,
      householdId: r['household_id'] ?? null,
      reporterAccountId: r['reporter_account_id'] ?? null,
      isPublic: r['is_public']!,
    },
    number: r['number']!,
    description: r['description']!,
    placeLabel: r['place_label']!,
    buildingId: r['building_id'] ?? null,
    facilityId: r['facility_id'] ?? null,
    contactCipher: r['contact_cipher'] ?? null,
    contactMasked: r['contact_masked'] ?? null,
    onBehalfOf: r['on_behalf_of'] ?? null,
    assigneeName: r['assignee_name'] ?? null,
    assigneeTitle: r['assignee_title'] ?? null,
    hasSeveral: r['has_several']!,
    accusedName: r['accused_name'] ?? null,
    aboutOrderId: r['about_work_order_id'] ?? null,
    isFollowed: row['is_followed'] === true,
    servedBy: (row['served_by'] as string | null | undefined) ?? null,
    source: r['source']!,
    version: r['version']!,
    updatedAt: row['updated_at'] as Date,
    state,
  };
}

export function stepOf(row: RawRow): StepRow {
  const r = row as Record<string, never>;
  return {
    stepId: r['step_id']!,
    position: r['position']!,
    handlerAccountId: r['handler_account_id'] ?? null,
    handlerName: r['handler_name'] ?? null,
    handlerTitle: r['handler_title'] ?? null,
    role: r['role']!,
    state: r['state']!,
    openedAt: r['opened_at']!,
    acceptedAt: r['accepted_at'] ?? null,
    departedAt: r['departed_at'] ?? null,
    arrivedAt: r['arrived_at'] ?? null,
    startedAt: r['started_at'] ?? null,
    endedAt: r['ended_at'] ?? null,
    endReason: r['end_reason'] ?? null,
    visit: r['visit']!,
    workDone: r['work_done'] ?? null,
  };
}
