import { addDays, localDate, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { consentsOfPerson, isActiveElsewhere } from '../identity/index.ts';
import {
  disclosuresOfPerson,
  findPersonRow,
  findSealedPerson,
  markErased,
  openPerson,
  relationsOfPeople,
  type Wall,
} from '../places/index.ts';
import { type ErasurePlan, planErasure } from './domain.ts';
import { countReported, ordersCalling, reportedBy, saidBy, uploadedBy } from './queries-personal.ts';

/** Everything that is held about one person of a scope, as far as the reader's wall goes: the subject's own or a manager's. */
export async function gatherPerson(q: Executor, { crypto }: House, wall: Wall, personId: string) {
  const { scopeId } = wall;
  const [row, sealed, relations] = await Promise.all([
    findPersonRow(q, scopeId, personId),
    findSealedPerson(q, scopeId, personId),
    relationsOfPeople(q, [scopeId], [personId]),
  ]);
  if (row === null || sealed?.name_cipher == null) return null;
  const plain = openPerson(crypto, { ...sealed, name_cipher: sealed.name_cipher });
  const accountId = sealed.account_id;
  const homes = [...new Set(relations.map((one) => one.household_id))];
  const [looks, consents, reported, said, uploaded] = await Promise.all([
    disclosuresOfPerson(q, scopeId, personId),
    consentsOfPerson(q, scopeId, personId, accountId),
    accountId === null ? [] : reportedBy(q, scopeId, accountId),
    accountId === null ? [] : saidBy(q, scopeId, accountId, homes),
    accountId === null ? [] : uploadedBy(q, scopeId, accountId),
  ]);
  return {
    scope: { id: scopeId, name: wall.name },
    person: { id: personId, name: plain.name, phone: plain.phone, enteredAt: row.created_at.toISOString() },
    relations: relations.map((one) => ({
      household: one.label,
      relation: one.relation,
      startsOn: one.starts_on,
      endsOn: one.ends_on,
    })),
    looks: looks.map((one) => ({
      at: one.at.toISOString(),
      organisation: one.organisation_name,
      role: one.role,
      purpose: one.purpose,
      words: one.words,
    })),
    consents: consents.map((one) => ({
      ...one,
      givenAt: one.givenAt.toISOString(),
      revokedAt: one.revokedAt?.toISOString() ?? null,
    })),
    reported: reported.map((one) => ({
      ...one,
      createdAt: one.createdAt.toISOString(),
      closedAt: one.closedAt?.toISOString() ?? null,
    })),
    said: said.map((one) => ({ ...one, at: one.at.toISOString() })),
    uploaded: uploaded.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() })),
  };
}

/** What would go and what would stay, and why; for whoever answers for the data of the place. */
export async function erasureOf(
  q: Executor,
  { crypto }: House,
  wall: Wall,
  personId: string,
  now: Date,
): Promise<{ plan: ErasurePlan; isErased: boolean }> {
  const { scopeId } = wall;
  const [row, sealed, relations, looks] = await Promise.all([
    findPersonRow(q, scopeId, personId),
    findSealedPerson(q, scopeId, personId),
    relationsOfPeople(q, [scopeId], [personId]),
    disclosuresOfPerson(q, scopeId, personId),
  ]);
  if (row === null) throw new Problem('not_found');
  const today = localDate(now.getTime(), wall.timeZone);
  const accountId = row.account_id;
  const householdIds = [...new Set(relations.map((one) => one.household_id))];
  const plain =
    sealed?.name_cipher == null ? null : openPerson(crypto, { ...sealed, name_cipher: sealed.name_cipher });
  const [consents, reported, calling, isUsedElsewhere] = await Promise.all([
    consentsOfPerson(q, scopeId, personId, accountId),
    accountId === null ? { open: 0, ended: 0, openIds: [] } : countReported(q, scopeId, accountId),
    plain === null ? [] : ordersCalling(q, crypto, scopeId, { ...plain, accountId, householdIds }),
    accountId === null ? false : isActiveElsewhere(q, accountId, scopeId, today),
  ]);
  const open = new Set([...reported.openIds, ...calling.filter(({ isOpen }) => isOpen).map(({ id }) => id)]);
  const plan = planErasure({
    isErased: row.erased_at !== null,
    livingRelations: relations.filter(({ ends_on: end }) => end === null || end >= addDays(today, 1)).length,
    relations: relations.length,
    openOrders: open.size,
    endedOrders: reported.ended,
    contacts: calling.length,
    looks: looks.length,
    consents: consents.length,
    hasAccount: accountId !== null,
    isUsedElsewhere,
  });
  return { plan, isErased: row.erased_at !== null };
}

/** From this moment on nobody sees or finds the person; the worker empties the rows. */
export async function orderErasure(
  tx: Tx,
  house: House,
  acting: Acting,
  wall: Wall,
  personId: string,
  words: string,
  now: Date,
): Promise<ErasurePlan> {
  const { plan, isErased } = await erasureOf(tx, house, wall, personId, now);
  if (isErased) throw new Problem('person.erased_already');
  if (!plan.mayErase) {
    const why = plan.lines.find(({ verdict }) => verdict === 'refused');
    throw new Problem(`person.erasure_${why?.reason ?? 'refused'}`, { count: why?.count ?? 0 });
  }
  const { scopeId } = wall;
  // Of two managers at once one marks it.
  if (!(await markErased(tx, scopeId, personId, now))) throw new Problem('person.erased_already');
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall,
    accountId: acting.accountId,
    action: 'person.erased',
    objectType: 'person',
    objectId: personId,
    detail: { words, role: acting.role },
    at: now,
  });
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
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
    kind: 'person.erased',
    version: 1,
    objectId: personId,
    payload: {},
    occurredAt: now,
  });
  return plan;
}
