import { type SayCode } from '@gongzhi/gate';
import { commandState, openingState } from './domain.ts';
import type { CommandRow } from './queries-barriers.ts';
import type { OpeningRow, WaitingOpening } from './queries-openings.ts';
import type { GateDeviceRow } from './tables.ts';
import { gateDeviceView, sentencesOf } from './view.ts';

/** Barriers, orders and questions as pages are told them. */

export function commandView(row: CommandRow, now: Date) {
  const { id, cause, reason, passageId, orderedByName, holdSeconds, sentCount, detail } = row;
  return {
    id,
    cause,
    reason,
    passageId,
    orderedByName,
    holdSeconds,
    sentCount,
    detail,
    state: commandState(row, now.getTime()),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
  };
}

export function barrierView(
  device: GateDeviceRow,
  commands: readonly CommandRow[],
  now: Date,
  silentMinutes: number,
) {
  const { id, gateId, label, standing, lastSeenAt } = gateDeviceView(device, now, silentMinutes);
  return {
    id,
    gateId,
    label,
    standing,
    lastSeenAt,
    commands: commands.filter(({ deviceId }) => deviceId === id).map((row) => commandView(row, now)),
  };
}

/** Nothing is said about a check that lets through. */
export const whyStopped = (outcome: string | null, say: string | null) =>
  outcome === 'refer' || outcome === 'refuse'
    ? sentencesOf(say as SayCode, {})
    : { sentence: null, remedy: null };

export function ownOpeningView(row: OpeningRow, now: Date) {
  const { id, scopeId, gateId, gateName, direction, declineReason, answeredByName } = row;
  return {
    id,
    scopeId,
    gateId,
    gateName,
    direction,
    declineReason,
    answeredByName,
    state: openingState(row, now.getTime()),
    askedAt: row.askedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    ...whyStopped(row.outcome, row.say),
  };
}

export const openingView = ({ askedAt, expiresAt, barriers, ...row }: WaitingOpening) => ({
  ...row,
  barriers: barriers.map((one) => ({ ...one })),
  askedAt: askedAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});
