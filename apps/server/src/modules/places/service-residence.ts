import { localDate, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Relation, Wall } from './domain.ts';
import {
  decideResidence,
  type ResidenceChange,
  type ResidenceCommand,
  type ResidenceFault,
  type Tie,
} from './domain-residence.ts';
import { raiseHousehold, tiesOfHousehold } from './queries-people.ts';
import { findHousehold } from './queries-lookups.ts';
import { assertPerson, enterPerson, type NewPerson } from './service-people.ts';

/** Somebody the scope knows, or somebody new. */
export type Somebody = { readonly id: string } | NewPerson;

export type ResidenceBody =
  | {
      readonly action: 'move_in';
      readonly person: Somebody;
      readonly relation: Relation;
      readonly startsOn: string;
      readonly endsOn?: string;
    }
  | { readonly action: 'move_out'; readonly occupancyId: string; readonly endsOn: string }
  | {
      readonly action: 'sell';
      readonly soldOn: string;
      readonly buyer: Somebody;
      readonly doTenantsStay: boolean;
    }
  | { readonly action: 'correct'; readonly occupancyId: string; readonly reason: string };

export const EVENT_OF = {
  move_in: 'household.moved_in',
  move_out: 'household.moved_out',
  sell: 'household.sold',
  correct: 'household.corrected',
} as const;

const pathOf: Partial<Record<ResidenceFault, string>> = {
  end_not_after_start: '/endsOn',
  relation_unknown: '/occupancyId',
};

async function personIdOf(
  tx: Tx,
  crypto: Crypto,
  wall: Wall,
  somebody: Somebody,
  now: Date,
): Promise<string> {
  if ('id' in somebody) {
    await assertPerson(tx, wall.scopeId, somebody.id);
    return somebody.id;
  }
  return (await enterPerson(tx, crypto, wall, somebody, now)).personId;
}

/** Decides on what is locked, writes what was decided, and tells; by the calendar of the place. */
export async function changeResidence(
  tools: { readonly crypto: Crypto },
  acting: Acting,
  tx: Tx,
  at: { readonly wall: Wall; readonly householdId: string },
  body: ResidenceBody,
  expectedVersion: number,
  now: Date,
): Promise<void> {
  const { wall, householdId } = at;
  const { scopeId } = wall;
  const household = await findHousehold(tx, scopeId, householdId);
  if (household === null) throw new Problem('not_found');
  const version = await raiseHousehold(tx, scopeId, householdId, expectedVersion);
  if (version === null) throw new Problem('residence.stale');
  const rows = await tiesOfHousehold(tx, scopeId, householdId);
  const ties: Tie[] = rows.map((row) => ({
    occupancyId: row.occupancy_id,
    personId: row.person_id,
    relation: row.relation,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
  }));
  const command = await commandOf(tx, tools.crypto, wall, body, now);
  const decided = decideResidence(command, ties, localDate(now.getTime(), wall.timeZone));
  if (!decided.ok) {
    const path = pathOf[decided.error];
    throw new Problem(
      `residence.${decided.error}`,
      {},
      path === undefined ? [] : [{ path, code: 'invalid', params: {} }],
    );
  }
  const occupancyIds = await write(tx, wall, householdId, decided.value, now);
  const people = [
    ...new Set(
      [...decided.value.starts, ...decided.value.ends, ...decided.value.voids].map((one) => one.personId),
    ),
  ];
  const payload = { action: body.action, personIds: people, occupancyIds };
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall,
    accountId: acting.accountId,
    action: EVENT_OF[body.action],
    objectType: 'household',
    objectId: householdId,
    detail: { ...payload, role: acting.role, ...(body.action === 'correct' ? { reason: body.reason } : {}) },
    at: now,
  });
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId: wall.cityId,
      streetId: wall.streetId,
      companyId: wall.companyId,
      householdId,
      reporterAccountId: null,
      isPublic: false,
      isInternal: false,
    },
    kind: EVENT_OF[body.action],
    version: 1,
    objectId: householdId,
    payload,
    occurredAt: now,
  });
}

async function commandOf(
  tx: Tx,
  crypto: Crypto,
  wall: Wall,
  body: ResidenceBody,
  now: Date,
): Promise<ResidenceCommand> {
  switch (body.action) {
    case 'move_in':
      return {
        action: 'move_in',
        personId: await personIdOf(tx, crypto, wall, body.person, now),
        relation: body.relation,
        startsOn: body.startsOn,
        endsOn: body.endsOn ?? null,
      };
    case 'sell':
      return {
        action: 'sell',
        soldOn: body.soldOn,
        buyerPersonId: await personIdOf(tx, crypto, wall, body.buyer, now),
        doTenantsStay: body.doTenantsStay,
      };
    default:
      return body;
  }
}

async function write(
  tx: Tx,
  wall: Wall,
  householdId: string,
  change: ResidenceChange,
  now: Date,
): Promise<string[]> {
  const { scopeId, cityId, streetId, companyId } = wall;
  const touched: string[] = [];
  for (const { occupancyId, endsOn } of change.ends) {
    touched.push(occupancyId);
    tx.write(
      sql`update places.occupancy set ends_on = ${endsOn} where scope_id = ${scopeId} and occupancy_id = ${occupancyId}`,
    );
  }
  for (const { occupancyId } of change.voids) {
    touched.push(occupancyId);
    tx.write(
      sql`update places.occupancy set voided_at = ${now} where scope_id = ${scopeId} and occupancy_id = ${occupancyId}`,
    );
  }
  for (const { personId, relation, startsOn, endsOn } of change.starts) {
    const occupancyId = uuidv7(now.getTime());
    touched.push(occupancyId);
    tx.write(
      sql`insert into places.occupancy (scope_id, occupancy_id, city_id, street_id, company_id, person_id, household_id, account_id,
            relation, starts_on, ends_on, created_at)
          select ${scopeId}, ${occupancyId}, ${cityId}, ${streetId}, ${companyId}, person_id, ${householdId}, account_id,
            ${relation}, ${startsOn}::date, ${endsOn}::date, ${now}
          from places.person where scope_id = ${scopeId} and person_id = ${personId}`,
    );
  }
  return touched;
}
