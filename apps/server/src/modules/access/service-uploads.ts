import { type Overrider, OVERRIDERS, saidAs } from '@gongzhi/gate';
import type { House } from '../../platform/house.ts';
import { readAttempt } from './domain.ts';
import type { FlagKind } from './domain/flags.ts';
import { gateAt } from './domain/stays.ts';
import type { GateDeviceKey } from './queries-barriers.ts';
import { openFlagsOf } from './queries-uploads.ts';
import type { OfflineDecisionBody } from './schemas-guard.ts';
import { actorOfGates } from './service-actor.ts';
import type { Arrival, Taken } from './service-arrivals.ts';
import type { Intake } from './service-intake.ts';
import { unprovenOf } from './service-proofs.ts';

/**
 * What a gate decided while the line was cut: written into its chain as it was, and looked at with all that is known now
 * (service-batch-flags.ts), in one transaction.
 */

type UploadingDevice = Pick<GateDeviceKey, 'scopeId' | 'deviceId' | 'gateId' | 'formerGates' | 'secretHash'>;

export interface Upload {
  readonly deviceNow: number;
  readonly decisions: readonly OfflineDecisionBody[];
}

export interface Uploaded {
  readonly now: number;
  readonly taken: string[];
  readonly refused: { id: string; code: string }[];
  readonly flags: { id: string; kind: FlagKind; decidedAt: number }[];
}

export interface Uploader {
  readonly accountId: string;
  readonly displayName: string;
  readonly role: string;
}

/** As whom a role speaks at a gate: a steward at the desk is the desk. */
export function overriderOf(role: string): Overrider[] {
  const as = role === 'steward' ? 'desk' : role;
  return OVERRIDERS.filter((one) => one === as);
}

function arrivalOf(
  device: UploadingDevice,
  decision: OfflineDecisionBody,
  by: Uploader | null,
  receivedAt: number,
  deviceNow: number,
): Arrival {
  const { scopeId, deviceId, secretHash } = device;
  const { id, direction, text, spokenId, urgent, temperatureTenths, wearsMask, verdict, override } = decision;
  const isOwn = by !== null && by.accountId === decision.byAccountId;
  // What is later than now was not: a clock that runs ahead writes nothing into tomorrow.
  const at = Math.min(decision.at, receivedAt);
  return {
    from: { scopeId, deviceId, secretHash, accountId: null },
    // A decision is its own gate's, wherever its device stands by now.
    gateId: decision.gateId ?? gateAt(device, at),
    attempt: {
      ...readAttempt({
        id,
        direction,
        ...(text === null ? {} : saidAs(text)),
        ...(spokenId === null ? {} : { passId: spokenId }),
      }),
      at,
      urgent,
      temperatureTenths,
      wearsMask,
    },
    receivedAt,
    startedAt: performance.now(),
    answer: null,
    override:
      override === null
        ? null
        : { of: override.of, reason: override.reason, byName: isOwn ? by.displayName : '' },
    offline: {
      at,
      outcome: verdict.outcome,
      say: verdict.say,
      latencyUs: decision.latencyUs,
      saidAt: decision.at,
      deviceAt: decision.deviceAt,
      deviceNow,
      ref: decision.ref,
      step: decision.step,
      listAt: listAtOf(decision.listVersion),
      deviceId: decision.deviceId === deviceId ? null : (decision.deviceId ?? null),
      isGateNamed: decision.gateId !== undefined,
      // The phone is the guard's; who was signed in then and is now may speak as themselves.
      as: isOwn ? ['guard', ...overriderOf(by.role)] : ['guard'],
    },
  };
}

/** When the list was made, of which a decision names the version. */
function listAtOf(version: string | null): number | null {
  const at = Number.parseInt(version?.split('.')[0] ?? '', 36);
  return Number.isNaN(at) ? null : at;
}

export async function takeUpload(
  house: House,
  intake: Intake,
  device: UploadingDevice,
  { deviceNow, decisions }: Upload,
  by: Uploader | null,
): Promise<Uploaded> {
  const receivedAt = house.clock.now().getTime();
  const actor = actorOfGates([device.scopeId]);
  const unproven = await house.db.read(actor, (q) => unprovenOf(house, q, device, decisions));
  // In their order: one gate is one lane, and what is put into it comes out in the order it was put.
  const taken = await Promise.all(
    decisions.map(async (decision): Promise<Taken> => {
      if (unproven.has(decision.id)) return { kind: 'refused', fault: 'gate_unknown' };
      return intake.take(arrivalOf(device, decision, by, receivedAt, deviceNow));
    }),
  );
  const ids = decisions.map(({ id }) => id);
  const open = await house.db.read(actor, (q) => openFlagsOf(q, device.scopeId, ids));
  return {
    now: receivedAt,
    taken: decisions.filter((_, i) => taken[i]!.kind === 'decided').map(({ id }) => id),
    refused: decisions.flatMap(({ id }, i) => {
      const one = taken[i]!;
      return one.kind === 'refused' ? [{ id, code: one.fault }] : [];
    }),
    flags: open.map(({ decidedAt, ...flag }) => ({ ...flag, decidedAt: decidedAt.getTime() })),
  };
}
