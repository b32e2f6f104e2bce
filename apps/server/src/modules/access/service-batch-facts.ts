import type { Finding, HealthFacts, HealthKnown, Overrider, Policy, SayCode } from '@gongzhi/gate';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Executor } from '../../platform/db/database.ts';
import { type PolicyInForce, policyContents, type WantedPasses } from './queries-batch.ts';
import type { Arrival } from './service-arrivals.ts';
import { type DayKeys, digitsIndex } from './service-credentials.ts';
import type { HealthAnswer } from './service-health.ts';
import { type CheckedPass, type PolicyContent, sealedFields } from './tables.ts';

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
  for (const { from, attempt } of arrivals) {
    const { scopeId } = from;
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
          value: digitsIndex(crypto, scopeId, claim.digits),
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

/** What this decision may rest on: the answer just given, else what was kept. */
export function healthOf(
  crypto: Crypto,
  pass: CheckedPass | null,
  answer: HealthAnswer | null,
): HealthKnown | null {
  if (answer?.facts != null) return { facts: answer.facts, asOf: answer.asOf, source: 'answered' };
  if (pass?.health == null || pass.healthAsOf === null) return null;
  const facts = JSON.parse(crypto.open(pass.health, sealedFields.health, pass.id)) as HealthFacts;
  return { facts, asOf: pass.healthAsOf.getTime(), source: 'kept' };
}

export function policyOf(row: PolicyInForce, content: PolicyContent): Policy {
  const { checks, onNoAnswer, answerWithinMilliseconds, answerHoldsMinutes } = content;
  return {
    id: row.id,
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

  async of(q: Executor, inForce: readonly PolicyInForce[]): Promise<ReadonlyMap<string, readonly Policy[]>> {
    const name = ({ id, version }: { id: string; version: number }) => `${id} ${version}`;
    const missing = inForce.filter((row) => !this.#kept.has(name(row)));
    if (missing.length > 0)
      for (const row of await policyContents(q, missing)) {
        if (this.#kept.size >= mostContents) this.#kept.delete(this.#kept.keys().next().value as string);
        this.#kept.set(name(row), row.content);
      }
    const policies = new Map<string, Policy[]>();
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
