import { localDate, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  accessScope,
  currentHouseholds,
  findHousehold,
  findPerson,
  personReach,
  type Wall,
} from '../places/index.ts';
import { maskPlate } from './domain/issuing.ts';
import {
  answerFault,
  appealFault,
  type Entry,
  entryFault,
  entryState,
  type SubjectKind,
} from './domain/lists.ts';
import {
  entryFields,
  type EntryRow,
  insertEntry,
  lockEntry,
  storeAnswer,
  storeAppeal,
  storeLift,
} from './queries-lists.ts';
import { keepMeasure, measureInForce } from './queries-measures.ts';
import { findPass, isCarOfHome } from './queries-passes.ts';
import type { NewListEntryBody } from './schemas-lists.ts';
import { chainOf, plateOf, tellHome } from './service-parcels.ts';
import { plateIndexOf } from './tables-passes.ts';

/** Putting somebody on a list, taking them off, and hearing what they say to it. */

interface Subject {
  readonly kind: SubjectKind;
  readonly id: string | null;
  readonly plateIndex: Buffer | null;
  /** As the list shows it: masked. */
  readonly name: string;
  readonly isResident: boolean;
}

/** The one thing that is named; null: none, or nothing that is there. */
async function subjectOf(
  house: House,
  tx: Tx,
  wall: Wall,
  body: NewListEntryBody,
  now: Date,
): Promise<Subject | null> {
  const { scopeId } = wall;
  if (body.passId !== undefined) {
    const pass = await findPass(tx, scopeId, body.passId);
    if (pass === null) return null;
    const isResident =
      ['resident', 'family', 'tenant', 'minor', 'card'].includes(pass.kind) ||
      pass.vehicleKind === 'resident' ||
      (pass.vehicleKind === 'monthly' && pass.householdId !== null);
    const name = pass.nameMasked ?? pass.plateMasked ?? pass.ref;
    return { kind: 'pass', id: pass.id, plateIndex: null, name, isResident };
  }
  if (body.personId !== undefined) {
    const person = await findPerson(tx, scopeId, body.personId);
    const reach = person === null ? null : await personReach(tx, scopeId, body.personId);
    if (person === null || reach === null) return null;
    const today = localDate(now.getTime(), wall.timeZone);
    const isResident = currentHouseholds(reach, today).length > 0;
    return { kind: 'person', id: person.personId, plateIndex: null, name: person.nameMasked, isResident };
  }
  if (body.householdId !== undefined) {
    const household = await findHousehold(tx, scopeId, body.householdId);
    return household === null
      ? null
      : { kind: 'household', id: household.id, plateIndex: null, name: household.label, isResident: true };
  }
  const plate = plateOf(body.plate, '/plate');
  if (plate === null) return null;
  const plateIndex = plateIndexOf(house.crypto, scopeId, plate);
  // Somebody's own car takes them home as their door does.
  const isResident = await isCarOfHome(tx, scopeId, plateIndex, now);
  return { kind: 'plate', id: null, plateIndex, name: maskPlate(plate), isResident };
}

/** Its own compound's, its community's or its street's. */
async function standingMeasure(tx: Tx, wall: Wall, policyId: string, now: Date) {
  keepMeasure(tx, policyId);
  const measure = await measureInForce(tx, wall, policyId);
  return measure !== null && measure.startsAt <= now && measure.endsAt > now ? measure : null;
}

export async function addEntry(
  house: House,
  tx: Tx,
  acting: Acting,
  body: NewListEntryBody,
  now: Date,
): Promise<string> {
  const wall = await accessScope(tx, acting, body.scopeId);
  const subject = await subjectOf(house, tx, wall, body, now);
  const endsAt = new Date(body.endsAt);
  const measure = body.policyId === undefined ? null : await standingMeasure(tx, wall, body.policyId, now);
  const days = await house.settings.get(tx, chainOf(wall), 'access.list_days', now);
  const fault = entryFault(
    {
      kind: body.kind,
      // A notice of isolation ends with its measure at the latest.
      endsAt: endsAt.getTime(),
      hasSubject: subject !== null,
      isResident: subject?.isResident ?? false,
      hasMeasure: measure !== null && body.documentNo !== undefined && endsAt <= measure.endsAt,
    },
    now.getTime(),
    days,
  );
  if (fault !== null || subject === null) {
    const paths = {
      time_past: '/endsAt',
      days_most: '/endsAt',
      lives_here: '/kind',
      authority: '/policyId',
    } as const;
    const path = fault === null || fault === 'subject' ? '/plate' : paths[fault];
    const code = fault ?? 'subject';
    throw new Problem('access.entry_invalid', { reason: code }, [{ path, code, params: { limit: days } }]);
  }
  const id = uuidv7(now.getTime());
  insertEntry(
    tx,
    {
      wall,
      id,
      kind: body.kind,
      subjectKind: subject.kind,
      subjectId: subject.id,
      plateIndex: subject.plateIndex,
      subjectName: subject.name,
      reasonCipher: house.crypto.seal(body.reason.trim(), entryFields.reason, id),
      authority: body.authority.trim(),
      documentNo: body.documentNo?.trim() ?? null,
      policyId: body.kind === 'isolation' ? (body.policyId ?? null) : null,
      author: { accountId: acting.accountId, name: acting.displayName },
      endsAt,
    },
    now,
  );
  record(tx, acting, wall, id, 'added', body.kind, now);
  return id;
}

export async function liftEntry(
  tx: Tx,
  acting: Acting,
  which: { readonly scopeId: string; readonly id: string; readonly expectedVersion: number },
  reason: string,
  now: Date,
): Promise<void> {
  const { wall, entry } = await held(tx, acting, which);
  const state = entryState(factsOf(entry), now.getTime());
  if (state === 'over' || state === 'lifted') throw new Problem('access.entry_over');
  if (entry.version !== which.expectedVersion) throw new Problem('access.stale');
  storeLift(tx, entry, reason.trim(), now);
  record(tx, acting, wall, entry.id, 'lifted', entry.kind, now);
}

/** Written down at the desk in the words of whoever the entry is about. */
export async function appealEntry(
  house: House,
  tx: Tx,
  acting: Acting,
  which: { readonly scopeId: string; readonly id: string; readonly expectedVersion: number },
  words: string,
  now: Date,
): Promise<void> {
  const { wall, entry } = await held(tx, acting, which);
  refuse(appealFault(factsOf(entry), now.getTime()));
  if (entry.version !== which.expectedVersion) throw new Problem('access.stale');
  storeAppeal(tx, entry, house.crypto.seal(words.trim(), entryFields.appeal, entry.id), now);
  record(tx, acting, wall, entry.id, 'appealed', entry.kind, now);
}

export async function answerAppeal(
  house: House,
  tx: Tx,
  acting: Acting,
  which: { readonly scopeId: string; readonly id: string; readonly expectedVersion: number },
  answer: { readonly isUpheld: boolean; readonly words: string },
  now: Date,
): Promise<void> {
  const { wall, entry } = await held(tx, acting, which);
  refuse(answerFault(factsOf(entry), acting.accountId, now.getTime()));
  if (entry.version !== which.expectedVersion) throw new Problem('access.stale');
  const cipher = house.crypto.seal(answer.words.trim(), entryFields.answer, entry.id);
  storeAnswer(tx, entry, { isUpheld: answer.isUpheld, cipher, byName: acting.displayName }, now);
  record(tx, acting, wall, entry.id, answer.isUpheld ? 'upheld' : 'rejected', entry.kind, now);
}

function refuse(fault: 'over' | 'already' | 'none' | 'own' | null): void {
  if (fault === null) return;
  const codes = {
    over: 'entry_over',
    already: 'appeal_already',
    none: 'appeal_none',
    own: 'appeal_own',
  } as const;
  throw new Problem(`access.${codes[fault]}`);
}

export const factsOf = (row: EntryRow): Entry => ({
  startsAt: row.startsAt.getTime(),
  endsAt: row.endsAt.getTime(),
  liftedAt: row.liftedAt?.getTime() ?? null,
  appealedAt: row.appealedAt?.getTime() ?? null,
  answeredAt: row.answeredAt?.getTime() ?? null,
  authorAccountId: row.authorAccountId,
});

async function held(
  tx: Tx,
  acting: Acting,
  { scopeId, id }: { readonly scopeId: string; readonly id: string },
): Promise<{ wall: Wall; entry: EntryRow }> {
  const wall = await accessScope(tx, acting, scopeId);
  const entry = await lockEntry(tx, scopeId, id);
  if (entry === null) throw new Problem('not_found');
  return { wall, entry };
}

function record(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  id: string,
  what: 'added' | 'lifted' | 'appealed' | 'upheld' | 'rejected',
  kind: string,
  now: Date,
): void {
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall,
    accountId: acting.accountId,
    action: `list_entry.${what}`,
    objectType: 'list_entry',
    objectId: id,
    detail: { kind, role: acting.role },
    at: now,
  });
  tellHome(tx, wall, null, `list_entry.${what}`, id, { kind }, now);
}
