import type { Finding, HealthFacts, HealthKnown, Overrider, Policy, SayCode, Seen } from '@gongzhi/gate';
import { MINUTE } from '@gongzhi/kernel';
import { type Crypto, sealingOf } from '../../platform/crypto/crypto.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import type { Wall } from '../places/index.ts';
import { scopesOver } from './domain/scopes.ts';
import { type PolicyInForce, policyContents, type WantedPasses } from './queries-batch.ts';
import type { Arrival } from './service-arrivals.ts';
import type { DayKeys, Recognised } from './service-credentials.ts';
import type { HealthAnswer } from './service-health.ts';
import { type CheckedPass, type HeldGate, type PolicyContent, sealedFields } from './tables.ts';
import { digitsIndexOf } from './tables-passes.ts';

/** The reasons of a passage, as they are sealed. */
export interface Why {
  readonly say: SayCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly checks: readonly string[];
  readonly failed: readonly Finding[];
  readonly temperatureTenths: number | null;
  readonly mask: boolean | null;
  readonly health: {
    readonly source: 'answered' | 'kept' | null;
    readonly asOf: number | null;
    readonly fault: string | null;
  } | null;
  readonly lists: readonly string[];
  readonly overriders: readonly Overrider[];
  /** Of an override: why, and who said so. */
  readonly reason?: string;
  readonly by?: string;
}

type Wanted = WantedPasses & {
  readonly steps: readonly { readonly scopeId: string; readonly ref: string; readonly step: number }[];
};

/** Which passes, and which uses of codes, a batch has to look up. */
export function wantedOf(crypto: Crypto, keys: DayKeys, arrivals: readonly Arrival[]): Wanted {
  const refs = new Map<string, { scopeId: string; value: string }>();
  const ids = new Map<string, { scopeId: string; value: string }>();
  const marks = {
    cards: new Map<string, { scopeId: string; value: Buffer }>(),
    plates: new Map<string, { scopeId: string; value: Buffer }>(),
    digits: new Map<string, { scopeId: string; value: Buffer }>(),
  };
  const steps = new Map<string, { scopeId: string; ref: string; step: number }>();
  for (const { from, attempt, offline } of arrivals) {
    const { scopeId } = from;
    // Whom the gate took it for, whatever it was shown.
    if (offline !== null && offline.ref !== null)
      refs.set(`${scopeId} ${offline.ref}`, { scopeId, value: offline.ref });
    const { claim } = attempt;
    switch (claim.way) {
      case 'code': {
        const { ref, step } = claim.code;
        refs.set(`${scopeId} ${ref}`, { scopeId, value: ref });
        steps.set(`${scopeId} ${ref} ${step}`, { scopeId, ref, step });
        break;
      }
      case 'spoken':
        ids.set(`${scopeId} ${claim.passId}`, { scopeId, value: claim.passId });
        break;
      case 'card':
        marks.cards.set(`${scopeId} ${claim.card}`, {
          scopeId,
          value: keys.mark('card', scopeId, claim.card),
        });
        break;
      case 'plate':
        marks.plates.set(`${scopeId} ${claim.plate}`, {
          scopeId,
          value: keys.mark('plate', scopeId, claim.plate),
        });
        break;
      case 'six_digits':
        marks.digits.set(`${scopeId} ${claim.digits}`, {
          scopeId,
          value: digitsIndexOf(crypto, scopeId, claim.digits),
        });
        break;
      default:
    }
  }
  return {
    refs: [...refs.values()],
    ids: [...ids.values()],
    cards: [...marks.cards.values()],
    plates: [...marks.plates.values()],
    digits: [...marks.digits.values()],
    steps: [...steps.values()],
  };
}

const mostOpened = 50_000;

/** What was unsealed a moment ago is not unsealed again, as long as the row holds the very same. */
export class OpenedFacts {
  readonly #crypto: Crypto;
  readonly #kept = new Map<string, { readonly sealing: string; readonly facts: HealthFacts }>();

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  of(passId: string, cipher: Buffer): HealthFacts {
    const kept = this.#kept.get(passId);
    const sealing = sealingOf(cipher);
    if (kept?.sealing === sealing) return kept.facts;
    const facts = JSON.parse(this.#crypto.open(cipher, sealedFields.health, passId)) as HealthFacts;
    if (this.#kept.size >= mostOpened) this.#kept.delete(this.#kept.keys().next().value as string);
    this.#kept.set(passId, { sealing, facts });
    return facts;
  }
}

/** What this decision may rest on: the answer just given, else what was kept. */
export function healthOf(
  opened: OpenedFacts,
  pass: CheckedPass | null,
  answer: HealthAnswer | null,
): HealthKnown | null {
  if (answer?.facts != null) return { facts: answer.facts, asOf: answer.asOf, source: 'answered' };
  if (pass?.health == null || pass.healthAsOf === null) return null;
  return { facts: opened.of(pass.id, pass.health), asOf: pass.healthAsOf.getTime(), source: 'kept' };
}

/** A measure at a gate, and what else it allows there. */
export interface StandingPolicy extends Policy {
  readonly scopeId: string;
  readonly followUpDays: number | null;
}

export function policyOf(row: PolicyInForce, content: PolicyContent): StandingPolicy {
  const { checks, onNoAnswer, answerWithinMilliseconds, answerHoldsMinutes } = content;
  return {
    id: row.id,
    scopeId: row.scopeId,
    followUpDays: content.allows?.followUp?.days ?? null,
    version: row.version,
    buildingId: row.buildingId,
    from: row.startsAt.getTime(),
    to: row.endsAt.getTime(),
    checks,
    onNoAnswer,
    answerWithinMilliseconds,
    answerHoldsMinutes,
  };
}

const mostContents = 20_000;

/**
 * What measures contain. A version never changes, so it is kept; which version stands is asked anew by every batch, in its
 * own transaction: nothing that has ended or changed is ever applied from memory.
 */
export class PolicyContents {
  readonly #kept = new Map<string, PolicyContent>();

  /** By the scope that ordered them. */
  async of(
    q: Executor,
    inForce: readonly PolicyInForce[],
  ): Promise<ReadonlyMap<string, readonly StandingPolicy[]>> {
    const name = ({ id, version }: { id: string; version: number }) => `${id} ${version}`;
    const missing = inForce.filter((row) => !this.#kept.has(name(row)));
    if (missing.length > 0)
      for (const row of await policyContents(q, missing)) {
        if (this.#kept.size >= mostContents) this.#kept.delete(this.#kept.keys().next().value as string);
        this.#kept.set(name(row), row.content);
      }
    const policies = new Map<string, StandingPolicy[]>();
    for (const row of inForce) {
      const content = this.#kept.get(name(row));
      if (content === undefined) throw new Error('a measure in force has no version');
      const list = policies.get(row.scopeId) ?? [];
      list.push(policyOf(row, content));
      policies.set(row.scopeId, list);
    }
    return policies;
  }
}

/** What holds in a compound at this moment. */
export interface ScopeFacts {
  readonly wall: Wall;
  /** Its own, its community's and its street's: all of them are asked, and none lifts another. */
  readonly policies: readonly StandingPolicy[];
  readonly driftSteps: number;
  readonly skewMs: number;
  readonly graceMs: number;
}

export async function scopeFacts(
  house: House,
  tx: Tx,
  walls: readonly Wall[],
  policies: ReadonlyMap<string, readonly StandingPolicy[]>,
  now: Date,
): Promise<ReadonlyMap<string, ScopeFacts>> {
  const standing = (wall: Wall) => scopesOver(wall).flatMap((id) => policies.get(id) ?? []);
  // All asked for at once: what is not remembered from a moment ago travels together.
  const known = await Promise.all(
    walls.map(async (wall): Promise<ScopeFacts> => {
      const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
      const [driftSteps, skewSeconds, graceMinutes] = await Promise.all([
        house.settings.get(tx, chain, 'access.code_drift_steps', now),
        house.settings.get(tx, chain, 'access.clock_skew_seconds', now),
        house.settings.get(tx, chain, 'access.shift_grace_minutes', now),
      ]);
      return {
        wall,
        policies: standing(wall),
        driftSteps,
        skewMs: skewSeconds * 1_000,
        graceMs: graceMinutes * MINUTE,
      };
    }),
  );
  return new Map(known.map((one) => [one.wall.scopeId, one]));
}

/** All that a decision is made of. */
export function seenOf(
  opened: OpenedFacts,
  {
    arrival: { attempt, answer, offline },
    gate,
    scope,
    recognised: { credential, pass },
    lists,
    counted,
    at,
    counts,
  }: {
    readonly arrival: Arrival;
    readonly gate: HeldGate;
    readonly scope: ScopeFacts;
    readonly recognised: Recognised;
    /** `kind id` of entries in force. */
    readonly lists: readonly string[];
    /** Entries of this pass earlier in the batch. */
    readonly counted: number;
    readonly at: number;
    readonly counts: Pick<Seen, 'inside' | 'freeSpaces'>;
  },
): Seen {
  return {
    at,
    timeZone: scope.wall.timeZone,
    direction: attempt.direction,
    gate: {
      id: gate.id,
      kind: gate.kind,
      direction: gate.direction,
      buildingId: gate.buildingId,
      hours: gate.hours,
    },
    credential:
      credential.fault === null && counted > 0
        ? { ...credential, pass: { ...credential.pass, entriesUsed: credential.pass.entriesUsed + counted } }
        : credential,
    urgent: attempt.urgent,
    lists: lists.map((text) => {
      const [kind, id] = text.split(' ') as ['deny' | 'watch' | 'isolation', string];
      return { id, kind };
    }),
    temperatureTenths: attempt.temperatureTenths,
    health: healthOf(opened, pass, offline === null ? answer : null),
    shownHealth: answer?.fault === 'foreign' || answer?.fault === 'unreadable' ? answer.fault : null,
    wearsMask: attempt.wearsMask,
    ...counts,
  };
}
