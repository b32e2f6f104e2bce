import { rankOf, saidAs } from '@gongzhi/gate';
import { DAY, uuidv7 } from '@gongzhi/kernel';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { wallOf } from '../places/index.ts';
import { readAttempt } from './domain.ts';
import { CLOCK_TOLERANCE, type FlagKind, flagsOf } from './domain/flags.ts';
import type { GuardDevice } from './queries-guard.ts';
import {
  insertFlags,
  type NewFlag,
  openFlagsOf,
  otherEntries,
  passesOfRefs,
  storeClock,
  usesOfSteps,
} from './queries-uploads.ts';
import type { OfflineDecisionBody } from './schemas-guard.ts';
import type { Arrival, Taken } from './service-arrivals.ts';
import { actorOfGates, type Intake } from './service-intake.ts';

/** What a gate decided while the line was cut: written into its chain as it was, and looked at with all that is known now. */

/** Further back nobody's last entry elsewhere is looked for. */
const LOOK_BACK = 8 * DAY;

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

function arrivalOf(
  { scopeId, deviceId, gateId, secretHash }: GuardDevice,
  decision: OfflineDecisionBody,
  by: { readonly accountId: string; readonly displayName: string } | null,
  receivedAt: number,
): Arrival {
  const { id, direction, text, spokenId, urgent, temperatureTenths, wearsMask, verdict, override } = decision;
  const isOwn = by?.accountId === decision.byAccountId;
  // What is later than now was not: a clock that runs ahead writes nothing into tomorrow.
  const at = Math.min(decision.at, receivedAt);
  return {
    from: { scopeId, deviceId, secretHash, accountId: null },
    gateId,
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
    offline: { at, outcome: verdict.outcome, say: verdict.say, latencyUs: decision.latencyUs },
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
  device: GuardDevice,
  upload: Upload,
  by: { readonly accountId: string; readonly displayName: string } | null,
): Promise<Uploaded> {
  const now = house.clock.now();
  const receivedAt = now.getTime();
  const { decisions } = upload;
  // In their order: one gate is one lane, and what is put into it comes out in the order it was put.
  const taken = await Promise.all(
    decisions.map((decision) => intake.take(arrivalOf(device, decision, by, receivedAt))),
  );
  const flags = await flagAll(house, device, upload, taken, now);
  return {
    now: receivedAt,
    taken: decisions.filter((_, i) => taken[i]!.kind === 'decided').map(({ id }) => id),
    refused: decisions.flatMap(({ id }, i) => {
      const one = taken[i]!;
      return one.kind === 'refused' ? [{ id, code: one.fault }] : [];
    }),
    flags,
  };
}

async function flagAll(
  house: House,
  { scopeId, deviceId, gateId }: GuardDevice,
  { deviceNow, decisions }: Upload,
  taken: readonly Taken[],
  now: Date,
): Promise<Uploaded['flags']> {
  const receivedAt = now.getTime();
  const skew = deviceNow - receivedAt;
  return house.db.act(actorOfGates([scopeId]), async (tx) => {
    const refs = [...new Set(decisions.flatMap(({ ref }) => ref ?? []))];
    const steps = decisions.flatMap(({ ref, step }) =>
      ref === null || step === null ? [] : [{ ref, step }],
    );
    const usedUp = taken.flatMap((one) =>
      one.kind === 'decided' && one.passId !== null && one.differs?.say === 'pass_used_up'
        ? [one.passId]
        : [],
    );
    const [wall, passes, uses, others] = await Promise.all([
      wallOf(tx, scopeId),
      refs.length === 0 ? [] : passesOfRefs(tx, scopeId, refs),
      steps.length === 0 ? [] : usesOfSteps(tx, scopeId, steps),
      usedUp.length === 0 ? [] : otherEntries(tx, scopeId, gateId, usedUp, new Date(receivedAt - LOOK_BACK)),
    ]);
    const passOf = new Map(passes.map((pass) => [pass.ref, pass]));
    const useOf = new Map(uses.map((use) => [`${use.ref} ${use.step}`, use]));
    const otherOf = new Map(others.map((one) => [one.passId, one.gateId]));
    const found: NewFlag[] = [];
    for (const [i, decision] of decisions.entries()) {
      const one = taken[i]!;
      if (one.kind !== 'decided') continue;
      const { ref, step, verdict, override } = decision;
      const pass = ref === null ? null : (passOf.get(ref) ?? null);
      const use = ref === null || step === null ? undefined : useOf.get(`${ref} ${step}`);
      const isStepUsed = use !== undefined && use.passageId !== decision.id;
      const kinds = flagsOf(
        {
          at: decision.at,
          deviceAt: decision.deviceAt,
          outcome: verdict.outcome,
          listAt: listAtOf(decision.listVersion),
          hasPass: ref !== null,
          // Somebody answers for it with a reason: it is no mistake of the list.
          isUrgent: decision.urgent !== null || override !== null,
        },
        {
          receivedAt,
          skew,
          pass:
            pass === null
              ? null
              : { isStopped: pass.status !== 'active', stoppedAt: pass.updatedAt.getTime() },
          isUsedElsewhere: isStepUsed || one.differs?.say === 'pass_used_up',
          outcome: harder(one, decision, pass),
        },
      );
      const otherGateId = isStepUsed
        ? use.gateId === gateId
          ? null
          : use.gateId
        : one.passId === null
          ? null
          : (otherOf.get(one.passId) ?? null);
      for (const kind of kinds)
        found.push({
          id: uuidv7(receivedAt),
          kind,
          passageId: decision.id,
          otherGateId: kind === 'used_twice' ? otherGateId : null,
          passId: pass?.id ?? one.passId,
          decidedAt: new Date(Math.min(decision.at, receivedAt)),
        });
    }
    if (wall !== null && found.length > 0) {
      insertFlags(tx, wall, { gateId, deviceId }, found, now);
      recordEvent(tx, {
        eventId: uuidv7(receivedAt),
        scopeId,
        wall: {
          cityId: wall.cityId,
          streetId: wall.streetId,
          companyId: wall.companyId,
          householdId: null,
          reporterAccountId: null,
          isPublic: false,
          isInternal: true,
        },
        kind: 'gate.flagged',
        version: 1,
        objectId: gateId,
        payload: { count: found.length },
        occurredAt: now,
      });
    }
    storeClock(tx, scopeId, deviceId, skew, Math.abs(skew) > CLOCK_TOLERANCE, now);
    const open = await openFlagsOf(
      tx,
      scopeId,
      decisions.map(({ id }) => id),
    );
    return open.map(({ decidedAt, ...flag }) => ({ ...flag, decidedAt: decidedAt.getTime() }));
  });
}

/** What we would have decided; null where what stopped it came about only afterwards. */
function harder(
  one: Extract<Taken, { kind: 'decided' }>,
  { at, verdict }: OfflineDecisionBody,
  pass: { readonly updatedAt: Date } | null,
) {
  const { differs } = one;
  if (differs === null || rankOf(differs.outcome) <= rankOf(verdict.outcome)) return verdict.outcome;
  const isOfPass = differs.say.startsWith('pass_');
  return isOfPass && pass !== null && pass.updatedAt.getTime() > at ? null : differs.outcome;
}
