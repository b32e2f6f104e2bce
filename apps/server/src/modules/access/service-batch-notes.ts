import { type Seen, type Verdict } from '@gongzhi/gate';
import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { holdSecondsOf } from './domain.ts';
import type { NewOrder } from './queries-barriers.ts';
import type { DeviceWithSecret, HeardDevice } from './queries-batch.ts';
import type { Arrival } from './service-arrivals.ts';
import type { Why } from './service-batch-facts.ts';
import type { HeldGate } from './tables.ts';

/** What a check leaves behind beside its link: its reasons, and that its device was heard. */

/** A device is written down as heard of at most this often; a clock that is off at once. */
const heardEvery = 20_000;

/** What is written down of the reasons; null: there were none to write. */
export function whyOf(
  {
    answer,
    override,
    attempt,
    offline,
    consent,
  }: Pick<Arrival, 'answer' | 'override' | 'offline' | 'consent'> & {
    readonly attempt: Pick<Arrival['attempt'], 'temperatureTenths' | 'wearsMask'>;
  },
  seen: Seen,
  verdict: Verdict,
): Why | null {
  const { findings, policies, say, params } = verdict;
  const failed = findings.filter(({ code }) => code !== null);
  const isPlain =
    policies.length === 0 &&
    failed.length === 0 &&
    override === null &&
    consent === undefined &&
    offline === null &&
    seen.lists.length === 0;
  if (isPlain) return null;
  // What was measured is a measure's to keep, for it goes with the measure: under none there is nothing to destroy it by.
  const isMeasured = policies.length > 0;
  return {
    say: offline?.say ?? say,
    params,
    checks: findings.map(({ check }) => check),
    failed,
    temperatureTenths: isMeasured ? attempt.temperatureTenths : null,
    mask: isMeasured ? attempt.wearsMask : null,
    health:
      !isMeasured || (seen.health === null && answer === null)
        ? null
        : {
            source: seen.health?.source ?? null,
            asOf: seen.health?.asOf ?? null,
            fault: answer?.fault ?? null,
          },
    lists: seen.lists.map(({ id }) => id),
    overriders: verdict.overriders,
    ...(override === null ? {} : { reason: override.reason, by: override.byName }),
    ...(consent === undefined ? {} : { by: consent.byName }),
  };
}

/** To the barrier of its lane, or to the one somebody consented to open. What was decided offline has passed long ago. */
export function orderOf(
  { attempt, override, offline, consent }: Arrival,
  gate: HeldGate,
  device: DeviceWithSecret | undefined,
  now: Date,
): NewOrder[] {
  const deviceId = consent === undefined ? (device?.opensDeviceId ?? null) : consent.barrierId;
  if (deviceId === null || offline !== null) return [];
  return [
    {
      id: uuidv7(now.getTime()),
      gate,
      deviceId,
      cause: consent === undefined ? 'verdict' : 'consent',
      passageId: attempt.id,
      holdSeconds: holdSecondsOf(attempt.urgent),
      byName: consent?.byName ?? override?.byName ?? null,
    },
  ];
}

/** True: its clock is not ours. */
export function hear(
  heard: Map<string, HeardDevice>,
  device: DeviceWithSecret,
  { attempt, offline, receivedAt, from }: Arrival,
  now: Date,
  mostMs: number,
): boolean {
  // What was decided offline was sent later than it happened: the clock is what the sending says of it.
  const said = offline !== null ? offline.deviceNow : attempt.at;
  const skewMs = said === null ? null : said - receivedAt;
  const isOff = skewMs !== null && Math.abs(skewMs) > mostMs;
  const isDue = device.lastSeenAt === null || now.getTime() - device.lastSeenAt.getTime() >= heardEvery;
  const wasOff =
    device.clockOffAt !== null && device.lastSeenAt !== null && device.clockOffAt >= device.lastSeenAt;
  if (isDue || isOff !== wasOff)
    heard.set(device.id, {
      scopeId: from.scopeId,
      deviceId: device.id,
      lastSeenAt: now,
      skewMs,
      clockOffAt: isOff ? now : null,
    });
  return isOff;
}

/** For pages that show it: that somebody came by, and nothing of whom. */
export function tellOfPassages(tx: Tx, gate: HeldGate, isStopped: boolean, now: Date): void {
  const { cityId, streetId, companyId } = gate;
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: gate.scopeId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind: isStopped ? 'gate.stopped' : 'gate.passed',
    version: 1,
    objectId: gate.id,
    payload: {},
    occurredAt: now,
  });
}
