import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import { MOST_OPENINGS, OPENING_LASTS, OPENINGS_WITHIN, openingState } from './domain.ts';
import { findOpenGate } from './queries-bundle.ts';
import { keyedBarriers, lockOpening, type OpeningRow, ownOpenings } from './queries-openings.ts';
import { ownPasses } from './queries-passes.ts';
import type { AnswerOpeningBody, AskOpeningBody } from './schemas-barriers.ts';
import type { Decided } from './service-arrivals.ts';
import { type Intake, Overwhelmed } from './service-intake.ts';
import { stateOf } from './service-passes.ts';

/** A resident at the gate asks to be let in; whoever keeps the gate says yes or no. Nobody else, and no clock. */

const over = () => new Problem('access.opening_over');
/** Said yes to, and the server was killed before it was written down: said again, it is taken up for so long. */
const TAKEN_UP_WITHIN = 30_000;

export async function askOpening(
  tx: Tx,
  acting: Acting,
  { scopeId, gateId, passId, direction }: AskOpeningBody,
  now: Date,
): Promise<string> {
  const wall = await accessScope(tx, acting, scopeId);
  const { accountId } = acting;
  const since = new Date(now.getTime() - OPENINGS_WITHIN);
  const [passes, gate, asked] = await Promise.all([
    ownPasses(tx, scopeId, accountId, now),
    findOpenGate(tx, scopeId, gateId),
    ownOpenings(tx, scopeId, accountId, since),
  ]);
  const pass = passes.find(({ id }) => id === passId);
  if (pass === undefined) throw new Problem('not_found');
  const state = stateOf(pass, now);
  if (state !== 'standing') throw new Problem('access.opening_pass', { state });
  if (gate === null || (gate.direction !== 'both' && gate.direction !== direction))
    throw new Problem('access.place_unknown', {}, [{ path: '/gateId', code: 'unknown', params: {} }]);
  if (asked.length >= MOST_OPENINGS)
    throw new Problem('access.too_many_openings', {
      limit: MOST_OPENINGS,
      retryAfterSeconds: Math.ceil(
        (asked[MOST_OPENINGS - 1]!.askedAt.getTime() + OPENINGS_WITHIN - now.getTime()) / 1_000,
      ),
    });
  // What nobody answered is over; a second one beside it is refused by its index.
  tx.write(
    sql`update access.gate_opening set answer = 'unanswered', answered_at = expires_at
        where scope_id = ${scopeId} and account_id = ${accountId} and answer is null and expires_at <= ${now}`,
  );
  const id = uuidv7(now.getTime());
  const { cityId, streetId, companyId } = wall;
  tx.write(
    sql`insert into access.gate_opening (scope_id, opening_id, city_id, street_id, company_id, gate_id, pass_id, account_id, direction, asked_at, expires_at)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${gateId}, ${passId}, ${accountId}, ${direction}, ${now},
          ${new Date(now.getTime() + OPENING_LASTS)})`,
  );
  tell(tx, wall, { id, accountId }, 'gate_opening.asked', now);
  return id;
}

export async function withdrawOpening(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  now: Date,
): Promise<void> {
  const wall = await accessScope(tx, acting, scopeId);
  const opening = await lockOpening(tx, scopeId, id);
  if (opening === null || opening.accountId !== acting.accountId) throw new Problem('not_found');
  if (opening.answer === 'withdrawn') return;
  if (openingState(opening, now.getTime()) !== 'waiting') throw over();
  tx.write(
    sql`update access.gate_opening set answer = 'withdrawn', answered_at = ${now} where scope_id = ${scopeId} and opening_id = ${id}`,
  );
  tell(tx, wall, opening, 'gate_opening.withdrawn', now);
}

/** One answer counts; the same again is the same. */
async function settle(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  body: AnswerOpeningBody,
  now: Date,
): Promise<OpeningRow> {
  const wall = await accessScope(tx, acting, scopeId);
  const opening = await lockOpening(tx, scopeId, id);
  if (opening === null) throw new Problem('not_found');
  const isConsent = body.answer === 'consent';
  if (opening.answer === (isConsent ? 'consented' : 'declined')) {
    const isUnfinished = isConsent && opening.outcome === null;
    if (isUnfinished && now.getTime() >= opening.expiresAt.getTime() + TAKEN_UP_WITHIN) throw over();
    return opening;
  }
  if (openingState(opening, now.getTime()) !== 'waiting') throw over();
  const barrierId = isConsent ? await barrierFor(tx, opening, body.barrierId) : null;
  tx.write(
    sql`update access.gate_opening set answer = ${isConsent ? 'consented' : 'declined'}, answered_at = ${now}, answered_by = ${acting.accountId},
          answered_by_name = ${acting.displayName}, decline_reason = ${isConsent ? null : body.reason}, barrier_id = ${barrierId}
        where scope_id = ${scopeId} and opening_id = ${id}`,
  );
  tell(tx, wall, opening, isConsent ? 'gate_opening.consented' : 'gate_opening.declined', now);
  return { ...opening, barrierId };
}

/** The gate's only one, or the one that was named; null where there is none to order. */
async function barrierFor(tx: Tx, opening: OpeningRow, named: string | null): Promise<string | null> {
  const barriers = await keyedBarriers(tx, opening.scopeId, opening.gateId);
  if (named === null && barriers.length < 2) return barriers[0]?.id ?? null;
  if (named !== null && barriers.some(({ id }) => id === named)) return named;
  throw new Problem('access.barrier_unknown', {}, [{ path: '/barrierId', code: 'unknown', params: {} }]);
}

export interface AnsweredOpening {
  readonly opening: OpeningRow;
  readonly decided: Pick<Decided, 'outcome' | 'say' | 'params'> | null;
}

/**
 * Said yes to, whoever asked is checked like anybody whom a person vouches for: what is stopped by its pass or a measure
 * stays stopped. The passage bears the number of the question, so that it is one however often the answer comes.
 */
export async function answerOpening(
  house: House,
  intake: Intake,
  acting: Acting,
  scopeId: string,
  id: string,
  body: AnswerOpeningBody,
): Promise<AnsweredOpening> {
  const { db, clock } = house;
  const opening = await db.act(acting.actor, (tx) => settle(tx, acting, scopeId, id, body, clock.now()));
  if (body.answer === 'decline' || opening.outcome !== null)
    return {
      opening,
      decided:
        opening.outcome === null || opening.say === null
          ? null
          : { outcome: opening.outcome, say: opening.say, params: {} },
    };
  const taken = await intake
    .take({
      from: { scopeId, deviceId: null, secretHash: null, accountId: acting.accountId },
      gateId: opening.gateId,
      attempt: {
        id,
        at: null,
        direction: opening.direction,
        claim: { way: 'spoken', passId: opening.passId },
        urgent: null,
        temperatureTenths: null,
        wearsMask: null,
        healthCode: null,
      },
      receivedAt: clock.now().getTime(),
      startedAt: performance.now(),
      answer: null,
      override: null,
      offline: null,
      consent: { byName: acting.displayName, barrierId: opening.barrierId },
    })
    .catch((error: unknown) => {
      if (error instanceof Overwhelmed) throw new Problem('unavailable', { retryAfterSeconds: 1 });
      throw error;
    });
  if (taken.kind === 'refused') throw over();
  await db.act(acting.actor, async (tx) => {
    const wall = await accessScope(tx, acting, scopeId);
    tx.write(
      sql`update access.gate_opening set outcome = ${taken.outcome}, say = ${taken.say}
          where scope_id = ${scopeId} and opening_id = ${id} and outcome is null`,
    );
    tell(tx, wall, opening, 'gate_opening.decided', clock.now());
  });
  return {
    opening: { ...opening, answer: 'consented', outcome: taken.outcome, say: taken.say },
    decided: taken,
  };
}

function tell(
  tx: Tx,
  wall: Wall,
  opening: { readonly id: string; readonly accountId: string },
  kind: string,
  now: Date,
): void {
  const { scopeId, cityId, streetId, companyId } = wall;
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: null,
      reporterAccountId: opening.accountId,
      isPublic: false,
      isInternal: false,
    },
    kind,
    version: 1,
    objectId: opening.id,
    payload: {},
    occurredAt: now,
  });
}
