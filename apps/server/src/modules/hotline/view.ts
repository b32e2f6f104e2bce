import type { Executor } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { wallOf } from '../places/index.ts';
import { orderFacts } from '../work-orders/index.ts';
import {
  allowedActions,
  draftReply,
  type EventKind,
  holderOf,
  markDue,
  type Satisfaction,
} from './domain.ts';
import { actsFor, hotlineSettings, relationsTo } from './facts.ts';
import {
  callbacksOf,
  callerOf,
  eventsOf,
  exclusionsOf,
  findCase,
  ordersOf,
  repeatsOf,
  sameMatterAs,
} from './queries.ts';
import type { ListRow } from './queries-list.ts';

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const isoDate = (at: Date | null) => at?.toISOString() ?? null;
const DAY = 86_400_000;

export function itemOf(row: ListRow, acting: Acting, now: Date) {
  const hand = {
    no: 0,
    level: row.holderLevel,
    unitId: row.holderUnitId,
    name: row.holderName,
    receivedAt: 0,
    dueAt: 0,
    signedAt: null,
    endedAt: null,
    endReason: null,
    lateAt: null,
    joint: null,
  };
  const isWaiting = row.status !== 'closed' && row.status !== 'replied' && row.status !== 'hanging';
  return {
    id: row.id,
    scopeId: row.scopeId,
    number: row.number,
    urgency: row.urgency,
    topic: row.topic,
    description: row.description,
    placeText: row.placeText,
    status: row.status,
    isConfidential: row.isConfidential,
    isRepeat: row.isRepeat,
    receivedAt: row.receivedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    isLate: row.lateAt !== null || (isWaiting && row.dueAt < now),
    holderLevel: row.holderLevel,
    holderName: row.holderName,
    holderDueAt: row.holderDueAt.toISOString(),
    isHolderLate: row.holderLateAt !== null || (isWaiting && row.holderDueAt < now),
    leadName: row.leadName,
    isMine: isWaiting && actsFor(acting, hand, row.compoundId),
    exclusion: row.exclusion,
    repliedAt: isoDate(row.repliedAt),
    round: row.round,
    streetName: row.streetName,
    callback:
      row.calledAt === null
        ? null
        : {
            calledAt: row.calledAt.toISOString(),
            unitName: row.calledUnit ?? '',
            isValid: row.isValid === true,
            isExcluded: row.isExcluded === true,
            wasContacted: row.wasContacted,
            isSolved: row.isSolved,
            satisfaction: row.satisfaction,
          },
  };
}

/** A case as this reader may see it, with what they may do and what the reply would say. */
export async function detailOf(
  house: House,
  q: Executor,
  acting: Acting,
  scopeId: string,
  id: string,
  now: Date,
) {
  const found = await findCase(q, scopeId, id);
  if (found === null) throw new Problem('not_found');
  const { wall } = found;
  const [events, links, callbacks, exclusions, caller, settings, days] = await Promise.all([
    eventsOf(q, scopeId, id),
    ordersOf(q, scopeId, id),
    callbacksOf(q, scopeId, id),
    exclusionsOf(q, scopeId, id),
    callerOf(q, scopeId, id),
    hotlineSettings(house, q, [wall.streetId, scopeId], now),
    house.settings.get(q, [scopeId], 'hotline.repeat_days', now),
  ]);
  const state = markDue(found.state, now.getTime()).state;
  const firstId = state.repeatOfId ?? id;
  const received = new Date(state.receivedAt);
  const [orders, matter, similar, place, street] = await Promise.all([
    orderFacts(
      q,
      links.map(({ workOrderId, scopeId: at }) => ({ id: workOrderId, scopeId: at })),
    ),
    repeatsOf(q, scopeId, firstId),
    sameMatterAs(
      q,
      { ...found, receivedAt: received },
      caller?.phoneIndex ?? null,
      new Date(state.receivedAt - days * DAY),
    ),
    found.placeScopeId === null ? null : wallOf(q, found.placeScopeId),
    wall.streetId === null ? null : wallOf(q, wall.streetId),
  ]);
  const who = relationsTo(acting, { ...found, state });
  const holder = holderOf(state);
  const lead = state.hands.find(({ no }) => no === state.leadNo) ?? null;
  const total = Math.max(1, state.dueAt - state.receivedAt);
  const called = callbacks.at(-1) ?? null;
  const told = (kind: EventKind) => events.filter((event) => event.kind === kind);
  const word = (value: unknown) => (typeof value === 'string' ? value : '');
  const isOver = state.status === 'closed' || state.status === 'replied' || state.status === 'hanging';
  return {
    id,
    scopeId,
    number: found.number,
    urgency: found.urgency,
    topic: found.topic,
    description: found.description,
    placeText: found.placeText,
    status: state.status,
    isConfidential: found.isConfidential,
    isRepeat: state.repeatOfId !== null,
    receivedAt: received.toISOString(),
    dueAt: new Date(state.dueAt).toISOString(),
    isLate: state.lateAt !== null,
    holderLevel: holder.level,
    holderName: holder.name,
    holderDueAt: new Date(holder.dueAt).toISOString(),
    isHolderLate: holder.lateAt !== null,
    leadName: lead?.name ?? null,
    isMine: !isOver && who.includes('holder'),
    exclusion: state.exclusion,
    repliedAt: iso(state.repliedAt),
    round: state.round,
    streetName: street?.name ?? null,
    callback:
      called === null
        ? null
        : {
            calledAt: called.calledAt.toISOString(),
            unitName: called.unitName,
            isValid: called.isValid,
            isExcluded: called.isExcluded,
            wasContacted: called.wasContacted,
            isSolved: called.isSolved,
            satisfaction: called.satisfaction as Satisfaction | null,
          },
    source: found.source,
    sourceName: found.sourceName,
    firstDueAt: new Date(state.firstDueAt).toISOString(),
    takenAt: found.takenAt.toISOString(),
    version: found.version,
    outcome: state.outcome,
    contactedAt: iso(state.contactedAt),
    answer: state.answer,
    reply: state.reply,
    closedAt: iso(state.closedAt),
    hangReason: state.hangReason,
    hangReviewAt: iso(state.hangReviewAt),
    extensionCount: state.extensionCount,
    compoundId: wall.compoundId,
    placeScopeId: found.placeScopeId,
    placeScopeName: place?.name ?? null,
    caller: caller?.masked ?? null,
    hands: state.hands.map((hand) => ({
      no: hand.no,
      level: hand.level,
      unitId: hand.unitId,
      name: hand.name,
      receivedAt: new Date(hand.receivedAt).toISOString(),
      dueAt: new Date(hand.dueAt).toISOString(),
      signedAt: iso(hand.signedAt),
      endedAt: iso(hand.endedAt),
      endReason: hand.endReason,
      isLate: hand.lateAt !== null,
      isHolder: hand.no === state.holderNo,
      isLead: hand.no === state.leadNo,
      joint: hand.joint,
      share: Math.round((1000 * Math.max(0, hand.dueAt - hand.receivedAt)) / total) / 1000,
    })),
    events: events.map((event) => ({
      id: event.eventId,
      kind: event.kind,
      actorName: event.actorName,
      actorRole: event.actorRole,
      params: event.params,
      at: event.at.toISOString(),
    })),
    orders: orders.map((order) => ({
      id: order.id,
      scopeId: order.scopeId,
      number: order.number,
      status: order.status,
      workerName: order.workerName,
      arrivedAt: isoDate(order.arrivedAt),
      finishedAt: isoDate(order.finishedAt),
      workDone: order.workDone,
      isOpen: order.isOpen,
    })),
    callbacks: callbacks.map((call) => ({
      ...call,
      satisfaction: call.satisfaction as Satisfaction | null,
      calledAt: call.calledAt.toISOString(),
    })),
    exclusions: exclusions.map(({ exclusionId, askedAt, decidedAt, ...rest }) => ({
      ...rest,
      id: exclusionId,
      askedAt: askedAt.toISOString(),
      decidedAt: isoDate(decidedAt),
    })),
    matter: matter
      .filter((other) => other.id !== id)
      .map((other) => ({ ...other, receivedAt: other.receivedAt.toISOString() })),
    suggestions: similar
      .filter((other) => !matter.some((one) => one.id === other.id))
      .map((other) => ({
        ...other,
        status: other.status as (typeof state)['status'],
        receivedAt: other.receivedAt.toISOString(),
      })),
    draft: draftReply({
      number: found.number,
      receivedAt: state.receivedAt,
      leadName: lead?.name ?? null,
      contactedAt: state.contactedAt,
      extensions: told('hotline_case.extended').map(({ params }) => ({
        until: Date.parse(word(params['due'])),
        reason: word(params['reason']),
      })),
      joints: told('hotline_case.joint_done').map(({ params }) => ({
        name: word(params['unit']),
        text: word(params['text']),
      })),
      orders: orders.map((order) => ({
        number: order.number,
        arrivedAt: order.arrivedAt?.getTime() ?? null,
        finishedAt: order.finishedAt?.getTime() ?? null,
        workerName: order.workerName,
        workDone: order.workDone,
      })),
      answer: state.answer,
    }).map(({ key, params }) => ({ key, params: { ...params } })),
    actions: allowedActions(state, who, {
      now: now.getTime(),
      accountId: acting.accountId,
      settings,
      orders: orders.map(({ number, isOpen }) => ({ number, isOpen })),
    }),
    exclusionGrounds: [...settings.exclusionGrounds],
  };
}
