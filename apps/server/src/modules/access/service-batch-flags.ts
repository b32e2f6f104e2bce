import { type Overrider, rankOf } from '@gongzhi/gate';
import { DAY, uuidv7 } from '@gongzhi/kernel';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { Wall } from '../places/index.ts';
import { type FlagKind, flagsOf } from './domain/flags.ts';
import type { SaidBefore } from './queries-batch.ts';
import { insertFlags, type NewFlag, otherEntries, type UsedStep } from './queries-uploads.ts';
import type { Arrival, Decided, Taken } from './service-arrivals.ts';
import type { FoundPasses } from './service-credentials.ts';
import { openWhy } from './service-passages.ts';

/** What could only be known of an offline decision now, written down together with it: none without the other. */

/** Further back nobody's last entry elsewhere is looked for. */
const LOOK_BACK = 8 * DAY;

/** What the word of somebody at the gate was about. */
export interface Stopped {
  readonly overriders: readonly string[];
  /** By what is known here; false: nothing stood in the way. */
  readonly isStanding: boolean;
  readonly way: string | null;
}

export const stoppedOf = (decided: Decided): Stopped => ({
  overriders: decided.overriders,
  isStanding: decided.failed.some(({ outcome }) => rankOf(outcome) >= rankOf('refer')),
  way: decided.way,
});

export function stoppedBefore(crypto: Crypto, said: SaidBefore): Stopped {
  const why = openWhy(crypto, said.id, said.why);
  return {
    overriders: why?.overriders ?? [],
    isStanding: (why?.failed ?? []).some(({ outcome }) => rankOf(outcome) >= rankOf('refer')),
    way: said.way,
  };
}

/** Whether these may speak for everything that stood in the way; of what nobody knows, nobody may. */
function mayOverride(stopped: Stopped | null, as: readonly Overrider[]): boolean {
  if (stopped === null) return false;
  return !stopped.isStanding || as.some((who) => stopped.overriders.includes(who));
}

/**
 * Its question had reached us and our answer had not reached the gate, which then decided alone, and otherwise: ours is
 * what the record says, and whoever stood there was told the other.
 */
const wasToldOtherwise = (decided: Decided, offline: NonNullable<Arrival['offline']>): boolean =>
  rankOf(decided.outcome) < rankOf('refer') !== rankOf(offline.outcome) < rankOf('refer');
const toldOtherwise: readonly FlagKind[] = ['outcome_differs'];

export interface OfflineFacts {
  readonly arrivals: readonly Arrival[];
  readonly taken: readonly Taken[];
  readonly found: FoundPasses;
  /** What an override was about; null: no such passage. */
  stopped(arrival: Arrival): Stopped | null;
  /** A step that somebody else's passage used. */
  usedBy(scopeId: string, ref: string, step: number): UsedStep | undefined;
  /** Whoever decided it was no longer that gate's. */
  isByGone(arrival: Arrival): boolean;
  wallOf(scopeId: string): Wall;
}

export async function flagOffline(tx: Tx, facts: OfflineFacts, now: Date): Promise<void> {
  const { arrivals, taken, found } = facts;
  const receivedAt = now.getTime();
  const made = arrivals.flatMap((arrival, i) => {
    const decided = taken[i];
    const { offline } = arrival;
    if (offline === null || decided?.kind !== 'decided') return [];
    return decided.isRepeat && !wasToldOtherwise(decided, offline) ? [] : [{ arrival, offline, decided }];
  });
  if (made.length === 0) return;
  const elsewhere = new Map<string, string>();
  const usedUp = Map.groupBy(
    made.filter(({ decided }) => decided.passId !== null && decided.differs?.say === 'pass_used_up'),
    ({ arrival }) => `${arrival.from.scopeId} ${arrival.gateId}`,
  );
  for (const group of usedUp.values()) {
    const { from, gateId } = group[0]!.arrival;
    const passIds = group.map(({ decided }) => decided.passId!);
    const since = new Date(receivedAt - LOOK_BACK);
    for (const one of await otherEntries(tx, from.scopeId, gateId, passIds, since))
      elsewhere.set(`${gateId} ${one.passId}`, one.gateId);
  }
  const flags = new Map<string, { arrival: Arrival; flags: NewFlag[] }>();
  for (const { arrival, offline, decided } of made) {
    const { from, gateId, attempt, override } = arrival;
    const { ref, step } = offline;
    const pass = ref === null ? undefined : found.byRef(from.scopeId, ref);
    const use = ref === null || step === null ? undefined : facts.usedBy(from.scopeId, ref, step);
    const isStepUsed = use !== undefined && use.passageId !== attempt.id;
    const kinds = decided.isRepeat
      ? toldOtherwise
      : flagsOf(
          {
            at: offline.saidAt,
            deviceAt: offline.deviceAt,
            outcome: offline.outcome,
            listAt: offline.listAt,
            hasPass: ref !== null,
            // Somebody answers for it with a reason: it is no mistake of the list.
            isUrgent: attempt.urgent !== null || override !== null,
          },
          {
            receivedAt,
            skew: offline.deviceNow - receivedAt,
            pass:
              pass === undefined
                ? null
                : { isStopped: pass.status !== 'active', stoppedAt: pass.updatedAt.getTime() },
            isUsedElsewhere: isStepUsed || decided.differs?.say === 'pass_used_up',
            outcome: harder(decided, offline, pass),
            isOverrideBeyond: override !== null && !mayOverride(facts.stopped(arrival), offline.as),
            isDeviceGone: facts.isByGone(arrival),
          },
        );
    const other = isStepUsed ? use.gateId : elsewhere.get(`${gateId} ${decided.passId}`);
    const name = `${from.scopeId} ${gateId} ${from.deviceId}`;
    const own = flags.get(name) ?? { arrival, flags: [] };
    flags.set(name, own);
    for (const kind of kinds)
      own.flags.push({
        id: uuidv7(receivedAt),
        kind,
        passageId: attempt.id,
        otherGateId: kind === 'used_twice' && other !== gateId ? (other ?? null) : null,
        passId: pass?.id ?? decided.passId,
        decidedAt: new Date(offline.at),
      });
  }
  for (const { arrival, flags: own } of flags.values())
    if (own.length > 0) tell(tx, facts.wallOf(arrival.from.scopeId), arrival, own, now);
}

function tell(tx: Tx, wall: Wall, { gateId, from }: Arrival, flags: readonly NewFlag[], now: Date): void {
  const { scopeId, cityId, streetId, companyId } = wall;
  insertFlags(tx, wall, { gateId, deviceId: from.deviceId }, flags, now);
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind: 'gate.flagged',
    version: 1,
    objectId: gateId,
    payload: { count: flags.length },
    occurredAt: now,
  });
}

/** What we would have decided; null where what stopped it came about only afterwards. */
function harder(
  { differs }: Decided,
  { saidAt, outcome }: NonNullable<Arrival['offline']>,
  pass: { readonly updatedAt: Date } | undefined,
) {
  if (differs === null || rankOf(differs.outcome) <= rankOf(outcome)) return outcome;
  const isOfPass = differs.say.startsWith('pass_');
  return isOfPass && pass !== undefined && pass.updatedAt.getTime() > saidAt ? null : differs.outcome;
}
