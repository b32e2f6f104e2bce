import { localDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { wallsOf } from '../places/index.ts';
import { type Listening, listenersOf } from '../sensing/index.ts';
import { isOpenLowering, isWatching, timetableOn } from './domain.ts';
import { checkpointsOf, checksOf, timetablesOf } from './queries.ts';
import {
  findingsOf,
  type ListedLowering,
  type ListedRound,
  type ListedRoute,
  openLowerings,
  placesOf,
} from './queries-pages.ts';
import type { LoweringRow, TimetableRow } from './tables.ts';

/** Rows as the pages are told them. */

const iso = (date: Date | null) => date?.toISOString() ?? null;
const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

async function listenersByScope(
  q: Executor,
  wanted: readonly { readonly scopeId: string; readonly deviceId: string | null }[],
  now: Date,
): Promise<ReadonlyMap<string, Listening>> {
  const found = new Map<string, Listening>();
  for (const scopeId of unique(wanted.map((one) => one.scopeId))) {
    const ids = wanted.flatMap((one) =>
      one.scopeId === scopeId && one.deviceId !== null ? [one.deviceId] : [],
    );
    for (const [id, one] of await listenersOf(q, scopeId, unique(ids), now)) found.set(id, one);
  }
  return found;
}

function timetableView({ routeId: _r, ...rest }: TimetableRow) {
  return { ...rest, times: [...rest.times] };
}

export async function routeViews(q: Executor, rows: readonly ListedRoute[], now: Date) {
  const scopeIds = unique(rows.map(({ scopeId }) => scopeId));
  const ids = rows.map(({ id }) => id);
  const [timetables, checkpoints, walls] = await Promise.all([
    timetablesOf(q, scopeIds, ids),
    checkpointsOf(q, scopeIds, ids),
    wallsOf(q, scopeIds),
  ]);
  const checkpointIds = checkpoints.map(({ id }) => id);
  const [places, lowerings, listeners] = await Promise.all([
    placesOf(q, scopeIds, checkpointIds),
    openLowerings(q, scopeIds, checkpointIds),
    listenersByScope(q, checkpoints, now),
  ]);
  const placeById = new Map(places.map((one) => [one.checkpointId, one]));
  const loweringOf = new Map(lowerings.map((one): [string, LoweringRow] => [one.checkpointId, one]));
  return rows.map((route) => {
    const zone = walls.find(({ scopeId }) => scopeId === route.scopeId)?.timeZone;
    const today = localDate(now.getTime(), zone);
    const own = timetables.filter(({ routeId }) => routeId === route.id);
    const holding = timetableOn(own, today);
    const current = own.find(({ version }) => version === holding?.version);
    return {
      id: route.id,
      scopeId: route.scopeId,
      scopeName: route.scopeName,
      label: route.label,
      version: route.version,
      nextAt: iso(route.nextAt),
      timetable: current === undefined ? null : timetableView(current),
      upcoming: own.filter(({ validFrom }) => validFrom > today).map(timetableView),
      checkpoints: checkpoints
        .filter(({ routeId }) => routeId === route.id)
        .map((one) => {
          const listener = one.deviceId === null ? undefined : listeners.get(one.deviceId);
          const lowering = loweringOf.get(one.id);
          return {
            id: one.id,
            position: one.position,
            label: one.label,
            placeLabel: placeById.get(one.id)?.placeLabel ?? '',
            spot: one.spot,
            facilityId: one.facilityId,
            categoryCode: one.categoryCode,
            minutes: one.minutes,
            everyRounds: one.everyRounds,
            version: one.version,
            device:
              listener === undefined
                ? null
                : {
                    id: listener.deviceId,
                    label: listener.label,
                    kind: listener.kind,
                    isWatching: isWatching(listener, now.getTime()),
                  },
            lowering:
              lowering === undefined
                ? null
                : {
                    id: lowering.id,
                    state: lowering.state,
                    everyRounds: lowering.everyRounds,
                    untilOn: lowering.untilOn,
                  },
          };
        }),
    };
  });
}

export async function roundViews(q: Executor, rows: readonly ListedRound[]) {
  const scopeIds = unique(rows.map(({ scopeId }) => scopeId));
  const ids = rows.map(({ id }) => id);
  const checks = await checksOf(q, scopeIds, ids);
  const [places, findings] = await Promise.all([
    placesOf(q, scopeIds, unique(checks.map(({ checkpointId }) => checkpointId))),
    findingsOf(q, scopeIds, ids),
  ]);
  const placeById = new Map(places.map((one) => [one.checkpointId, one]));
  return rows.map((round) => ({
    id: round.id,
    scopeId: round.scopeId,
    scopeName: round.scopeName,
    routeId: round.routeId,
    routeLabel: round.routeLabel,
    opensAt: round.opensAt.toISOString(),
    dueAt: round.dueAt.toISOString(),
    closesAt: round.closesAt.toISOString(),
    state: round.state,
    doneAt: iso(round.doneAt),
    checks: checks
      .filter(({ roundId }) => roundId === round.id)
      .map((check) => {
        const place = placeById.get(check.checkpointId);
        const finding = findings.find(
          (one) => one.roundId === round.id && one.checkpointId === check.checkpointId,
        );
        return {
          checkpointId: check.checkpointId,
          label: place?.label ?? '',
          placeLabel: place?.placeLabel ?? '',
          spot: place?.spot ?? '',
          facilityId: place?.facilityId ?? null,
          state: check.state,
          minutes: check.minutes,
          how: check.how,
          result: check.result,
          note: check.note,
          doneByName: check.doneByName,
          doneAt: iso(check.doneAt),
          order: finding === undefined ? null : { id: finding.workOrderId, number: finding.orderNumber },
        };
      }),
  }));
}

export async function loweringViews(q: Executor, acting: Acting, rows: readonly ListedLowering[], now: Date) {
  const listeners = await listenersByScope(q, rows, now);
  return rows.map((row) => {
    const isOpen = isOpenLowering(row.state) && row.untilAt > now;
    return {
      id: row.id,
      scopeId: row.scopeId,
      scopeName: row.scopeName,
      routeLabel: row.routeLabel,
      checkpointId: row.checkpointId,
      checkpointLabel: row.checkpointLabel,
      deviceLabel: listeners.get(row.deviceId)?.label ?? null,
      everyRounds: row.everyRounds,
      untilOn: row.untilOn,
      reason: row.reason,
      state: row.state,
      ended: row.ended,
      proposedByName: row.proposedByName,
      proposedAt: row.proposedAt.toISOString(),
      decidedByName: row.decidedByName,
      decidedAt: iso(row.decidedAt),
      decidedWords: row.decidedWords,
      endedAt: iso(row.endedAt),
      version: row.version,
      mayDecide:
        row.state === 'proposed' &&
        isOpen &&
        row.proposedBy !== acting.accountId &&
        mayAttempt(acting.role, 'patrol.approve'),
      mayWithdraw: isOpen && mayAttempt(acting.role, 'patrol.lower'),
    };
  });
}
