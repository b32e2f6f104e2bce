import type { Executor } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import {
  type Allowance,
  type Bucket,
  type HealthDeclaration,
  measureThatAsks,
  ofHealthCodes,
  take,
} from './domain.ts';
import { homeBuildings, measuresOnHealth, type MeasureOnHealth } from './queries-health.ts';
import { ownPasses } from './queries-passes.ts';
import { type HealthCodes, healthCodesOf, heard } from './service-health.ts';
import { stateOf } from './service-passes.ts';
import type { PassRow } from './tables-passes.ts';

/**
 * Somebody's own health code, on their own phone, while a measure asks for it and not a day longer. What is declared goes
 * to the service and stays there: nothing of it is written down here, and a code is made anew each time it is wanted.
 */

export interface AskedPass {
  readonly pass: PassRow;
  readonly measure: MeasureOnHealth;
}

/** A phone waits longer than a queue at a gate. */
const PATIENCE = 5_000;
const mostBuckets = 20_000;

/** Of whom a measure asks it: the own pass, a child's. A car has no health. */
export async function askedOf(
  q: Executor,
  acting: Acting,
  scopeId: string,
  now: Date,
): Promise<readonly AskedPass[]> {
  const wall = await accessScope(q, acting, scopeId);
  const [measures, passes] = await Promise.all([
    measuresOnHealth(q, wall, now),
    ownPasses(q, scopeId, acting.accountId, now),
  ]);
  if (measures.length === 0) return [];
  const standing = passes.filter((pass) => pass.kind !== 'vehicle' && stateOf(pass, now) === 'standing');
  const homes = await homeBuildings(
    q,
    scopeId,
    standing.map(({ id }) => id),
  );
  return standing.flatMap((pass) => {
    const home = homes.find(({ passId }) => passId === pass.id)?.buildingId ?? null;
    const measure = measureThatAsks(measures, home, now.getTime());
    return measure === null ? [] : [{ pass, measure }];
  });
}

export interface ShownHealthCode {
  readonly code: string;
  readonly madeAt: string;
  readonly expiresAt: string;
}

export interface OwnHealth {
  /** Says how somebody is; their code. */
  declare(
    acting: Acting,
    of: { readonly scopeId: string; readonly passId: string },
    declaration: HealthDeclaration,
  ): Promise<ShownHealthCode>;
  show(acting: Acting, of: { readonly scopeId: string; readonly passId: string }): Promise<ShownHealthCode>;
}

export function openOwnHealth(house: House): OwnHealth {
  const buckets = new Map<string, Bucket>();
  const admit = (accountId: string, now: number, allowance: Allowance): void => {
    const left = take(buckets.get(accountId), now, 1, allowance);
    if (left === null)
      throw new Problem('access.too_many_health_codes', {
        retryAfterSeconds: Math.ceil(1 / allowance.perSecond),
      });
    buckets.delete(accountId);
    buckets.set(accountId, left);
    if (buckets.size > mostBuckets) buckets.delete(buckets.keys().next().value as string);
  };
  const asks = async <Value>(
    ask: (service: HealthCodes, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> => {
    const said = await heard(healthCodesOf(house), PATIENCE, ask);
    if (said.fault !== null) throw new Problem('access.health_unavailable', { retryAfterSeconds: 10 });
    return said.value as Value;
  };

  /** Whose it is, and that a measure asks for it now; the service is asked outside of any transaction. */
  const admitted = async (acting: Acting, scopeId: string, passId: string) => {
    const now = house.clock.now();
    const asked = await house.db.read(acting.actor, (q) => askedOf(q, acting, scopeId, now));
    if (!asked.some(({ pass }) => pass.id === passId)) throw new Problem('access.health_not_asked');
    admit(acting.accountId, now.getTime(), ofHealthCodes);
    return { reference: passId };
  };
  const codeOf = async (reference: string): Promise<ShownHealthCode> => {
    const made = await asks((service, signal) => service.makeCode({ reference }, signal));
    if (made === null) throw new Problem('access.health_unknown');
    return { ...made, madeAt: house.clock.now().toISOString() };
  };

  return {
    async declare(acting, { scopeId, passId }, declaration) {
      const subject = await admitted(acting, scopeId, passId);
      await asks((service, signal) => service.declare(subject, declaration, signal));
      return codeOf(passId);
    },
    async show(acting, { scopeId, passId }) {
      await admitted(acting, scopeId, passId);
      return codeOf(passId);
    },
  };
}
