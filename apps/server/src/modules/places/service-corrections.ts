import { maskName, maskPhone, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall } from './domain.ts';
import { findSamePerson, lockPerson } from './queries-people.ts';
import { openPerson, tidyName, tidyPhone, writeGrams } from './service-people.ts';
import { gramsOf, nameIndexOf } from './tables-grams.ts';
import { personFields } from './tables.ts';

export interface Correction {
  readonly expectedVersion: number;
  /** Left out: stays as it is. */
  readonly name?: string;
  /** Null: there is none. */
  readonly phone?: string | null;
  readonly reason: string;
}

export const personCorrected = 'person.corrected';

/**
 * A name or phone that was entered wrongly is put right, and what it is found by goes with it. Identity follows the event, so that who has the old number reaches nothing here and is told.
 */
export async function correctPerson(
  crypto: Crypto,
  acting: Acting,
  tx: Tx,
  at: { readonly wall: Wall; readonly personId: string },
  correction: Correction,
  now: Date,
): Promise<void> {
  const { wall, personId } = at;
  const { scopeId } = wall;
  const row = await lockPerson(tx, scopeId, personId);
  if (row?.name_cipher == null) throw new Problem('not_found');
  if (row.version !== correction.expectedVersion) throw new Problem('person.stale', { version: row.version });
  const before = openPerson(crypto, { ...row, name_cipher: row.name_cipher });
  const name = correction.name === undefined ? before.name : tidyName(correction.name);
  const typed = correction.phone === undefined ? before.phone : correction.phone;
  const phone = typed === null ? null : tidyPhone(typed);
  const isRenamed = name !== before.name;
  const changed = [...(isRenamed ? ['name'] : []), ...(phone === before.phone ? [] : ['phone'])];
  if (changed.length === 0) throw new Problem('person.nothing_corrected');
  const nameIndex = nameIndexOf(crypto, scopeId, name);
  const phoneIndex = phone === null ? null : crypto.scopeIndex(scopeId, 'phone', phone);
  const same = await findSamePerson(tx, scopeId, nameIndex, phoneIndex);
  // One would be there twice, and who would each relation then be of?
  if (same !== null && same.personId !== personId) throw new Problem('person.entered_already');
  tx.write(
    sql`update places.person set name_cipher = ${crypto.seal(name, personFields.name, personId)}, name_masked = ${maskName(name)},
          name_index = ${nameIndex}, phone_cipher = ${phone === null ? null : crypto.seal(phone, personFields.phone, personId)},
          phone_masked = ${phone === null ? null : maskPhone(phone)}, phone_index = ${phoneIndex},
          phone_last4_index = ${phone === null ? null : crypto.scopeIndex(scopeId, 'phone_last4', phone.slice(-4))},
          index_version = case when ${isRenamed} then 0 else index_version end, version = version + 1
        where scope_id = ${scopeId} and person_id = ${personId}`,
  );
  // Found by the new name at once; by parts of the old one until the sweep has been, within seconds.
  if (isRenamed) writeGrams(tx, scopeId, personId, gramsOf(crypto, scopeId, name));
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall,
    accountId: acting.accountId,
    action: personCorrected,
    objectType: 'person',
    objectId: personId,
    // What was corrected, never from what to what.
    detail: { changed, reason: correction.reason.trim(), role: acting.role },
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
    kind: personCorrected,
    version: 1,
    objectId: personId,
    payload: { personIds: [personId], changed, byAccountId: acting.accountId },
    occurredAt: now,
  });
}
