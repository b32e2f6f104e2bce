import { type Seen, type Verdict } from '@gongzhi/gate';
import type { DeviceWithSecret, HeardDevice } from './queries-batch.ts';
import type { Arrival } from './service-arrivals.ts';
import type { Why } from './service-batch-facts.ts';

/** What a check leaves behind beside its link: its reasons, and that its device was heard. */

/** A device is written down as heard of at most this often; a clock that is off at once. */
const heardEvery = 20_000;

/** What is written down of the reasons; null: there were none to write. */
export function whyOf(
  { answer, override, attempt, offline }: Arrival,
  seen: Seen,
  verdict: Verdict,
): Why | null {
  const { findings, policies, say, params } = verdict;
  const failed = findings.filter(({ code }) => code !== null);
  const isPlain =
    policies.length === 0 &&
    failed.length === 0 &&
    override === null &&
    offline === null &&
    seen.lists.length === 0;
  if (isPlain) return null;
  return {
    say: offline?.say ?? say,
    params,
    checks: findings.map(({ check }) => check),
    failed,
    temperatureTenths: attempt.temperatureTenths,
    mask: attempt.wearsMask,
    health:
      seen.health === null && answer === null
        ? null
        : {
            source: seen.health?.source ?? null,
            asOf: seen.health?.asOf ?? null,
            fault: answer?.fault ?? null,
          },
    lists: seen.lists.map(({ id }) => id),
    overriders: verdict.overriders,
    ...(override === null ? {} : { reason: override.reason, by: override.byName }),
  };
}

/** True: its clock is not ours. */
export function hear(
  heard: Map<string, HeardDevice>,
  device: DeviceWithSecret,
  { attempt, offline, receivedAt, from }: Arrival,
  now: Date,
  mostMs: number,
): boolean {
  // What was decided offline was sent later than it happened: its time says nothing of the clock.
  const skewMs = attempt.at === null || offline !== null ? null : attempt.at - receivedAt;
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
