import { maskName, maskPhone, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { toHalfWidth, type Wall } from './domain.ts';
import { type Purpose, readSearch } from './domain-people.ts';
import { findSamePerson, findSealedPerson, type PeopleFilter } from './queries-people.ts';
import { wallOf } from './queries-walls.ts';
import { gramOf, gramsOf, indexVersion, nameIndexOf } from './tables-grams.ts';
import { personFields } from './tables.ts';

/** The words typed at the desk as a question to the indexes; a refusal of what nothing can be found by. */
export function peopleFilter(crypto: Crypto, words: string | undefined): PeopleFilter {
  if (words === undefined) return { by: 'all' };
  const search = readSearch(words);
  if (search === null)
    throw new Problem('validation.failed', {}, [{ path: 'querystring/q', code: 'too_little', params: {} }]);
  switch (search.by) {
    case 'phone':
      return { by: 'phone', index: (scopeId) => crypto.scopeIndex(scopeId, 'phone', search.phone) };
    case 'last_four':
      return {
        by: 'last_four',
        index: (scopeId) => crypto.scopeIndex(scopeId, 'phone_last4', search.digits),
      };
    case 'characters':
      return {
        by: 'grams',
        index: (scopeId) => search.characters.map((part) => gramOf(crypto, scopeId, 'character', part)),
      };
    case 'initials':
      return { by: 'grams', index: (scopeId) => [gramOf(crypto, scopeId, 'initials', search.letters)] };
    case 'name':
      return { by: 'name', index: (scopeId) => nameIndexOf(crypto, scopeId, search.name) };
  }
}

export const tidyName = (typed: string): string => typed.trim().replace(/\s+/g, ' ');
export const tidyPhone = (typed: string): string =>
  toHalfWidth(typed)
    .replace(/\D/g, '')
    .replace(/^86(?=1\d{10}$)/, '');

export interface NewPerson {
  readonly name: string;
  readonly phone: string | null;
}

/** Somebody new in the scope, found from this moment on; or the one who was entered before with name and phone. */
export async function enterPerson(
  tx: Tx,
  crypto: Crypto,
  wall: Wall,
  { name: given, phone: typed }: NewPerson,
  now: Date,
): Promise<{ personId: string; accountId: string | null }> {
  const { scopeId, cityId, streetId, companyId } = wall;
  const name = tidyName(given);
  const phone = typed === null ? null : tidyPhone(typed);
  const nameIndex = nameIndexOf(crypto, scopeId, name);
  const phoneIndex = phone === null ? null : crypto.scopeIndex(scopeId, 'phone', phone);
  const known = await findSamePerson(tx, scopeId, nameIndex, phoneIndex);
  if (known !== null) return known;
  const personId = uuidv7(now.getTime());
  tx.write(
    sql`insert into places.person (scope_id, person_id, city_id, street_id, company_id, name_cipher, name_masked, name_index,
          phone_cipher, phone_masked, phone_index, phone_last4_index, index_version, created_at)
        values (${scopeId}, ${personId}, ${cityId}, ${streetId}, ${companyId}, ${crypto.seal(name, personFields.name, personId)},
          ${maskName(name)}, ${nameIndex}, ${phone === null ? null : crypto.seal(phone, personFields.phone, personId)},
          ${phone === null ? null : maskPhone(phone)}, ${phoneIndex},
          ${phone === null ? null : crypto.scopeIndex(scopeId, 'phone_last4', phone.slice(-4))}, ${indexVersion}, ${now})`,
  );
  writeGrams(tx, scopeId, personId, gramsOf(crypto, scopeId, name));
  return { personId, accountId: null };
}

export function writeGrams(tx: Tx, scopeId: string, personId: string, grams: readonly Buffer[]): void {
  tx.write(
    sql`insert into places.person_gram (scope_id, gram, person_id)
        select ${scopeId}, gram, ${personId} from unnest(${grams}::bytea[]) as gram on conflict do nothing`,
  );
}

export interface Disclosure {
  readonly wall: Pick<Wall, 'scopeId' | 'cityId' | 'streetId' | 'companyId'>;
  /** Null: of whom there is only an account. */
  readonly personId: string | null;
  readonly subjectAccountId: string | null;
  readonly purpose: Purpose;
  readonly words: string | null;
  readonly workOrderId: string | null;
  /** Who looks is not of the staff: as what, and of whom. */
  readonly as?: { readonly role: string; readonly organisationName: string };
}

/** What the subject reads: when, who in which office of whom, what for. In the transaction that shows it. */
export async function disclose(tx: Tx, acting: Acting, disclosure: Disclosure, now: Date): Promise<void> {
  const { wall } = disclosure;
  const as = disclosure.as ?? {
    role: acting.role,
    organisationName: (await wallOf(tx, acting.homeScopeId))?.name ?? '',
  };
  tx.write(
    sql`insert into places.disclosure (scope_id, disclosure_id, city_id, street_id, company_id, person_id, subject_account_id,
          account_id, role, organisation_name, purpose, words, work_order_id, at)
        values (${wall.scopeId}, ${uuidv7(now.getTime())}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId},
          ${disclosure.personId}, ${disclosure.subjectAccountId}, ${acting.accountId}, ${as.role},
          ${as.organisationName}, ${disclosure.purpose}, ${disclosure.words}, ${disclosure.workOrderId}, ${now})`,
  );
}

/** Name and phone of one person in plain text: audited, and told to the subject. Null: not there, or erased. */
export async function revealPerson(
  tx: Tx,
  acting: Acting,
  crypto: Crypto,
  wall: Wall,
  personId: string,
  why: { readonly purpose: Purpose; readonly words: string | null },
  now: Date,
): Promise<{ name: string; phone: string | null } | null> {
  const sealed = await findSealedPerson(tx, wall.scopeId, personId);
  if (sealed?.name_cipher == null) return null;
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall,
    accountId: acting.accountId,
    action: 'person.revealed',
    objectType: 'person',
    objectId: personId,
    detail: { ...why, role: acting.role },
    at: now,
  });
  await disclose(
    tx,
    acting,
    { wall, personId, subjectAccountId: sealed.account_id, workOrderId: null, ...why },
    now,
  );
  return openPerson(crypto, { ...sealed, name_cipher: sealed.name_cipher });
}

export function openPerson(
  crypto: Crypto,
  sealed: { person_id: string; name_cipher: Buffer; phone_cipher: Buffer | null },
): { name: string; phone: string | null } {
  return {
    name: crypto.open(sealed.name_cipher, personFields.name, sealed.person_id),
    phone:
      sealed.phone_cipher === null
        ? null
        : crypto.open(sealed.phone_cipher, personFields.phone, sealed.person_id),
  };
}

/** Names and phones that came before the index, or by a road that does not write it: found again after this. */
export async function indexPeople(
  tx: Tx,
  crypto: Crypto,
  limit: number,
): Promise<{ count: number; unreadable: string[] }> {
  const rows = await claimByScope<{ scope_id: string; person_id: string; name_cipher: Buffer }>(tx, {
    columns: sql`p.scope_id, p.person_id, p.name_cipher`,
    from: sql`places.person p`,
    scope: sql`p.scope_id`,
    id: sql`p.person_id`,
    due: sql`p.index_version < ${indexVersion} and p.erased_at is null`,
    order: sql`p.index_version`,
    limit,
  });
  const unreadable: string[] = [];
  for (const { scope_id: scopeId, person_id: personId, name_cipher: cipher } of rows) {
    let name: string;
    try {
      name = crypto.open(cipher, personFields.name, personId);
    } catch {
      // Sealed with a key that is not here: nobody can find or read this row, and it is not tried again every round.
      unreadable.push(personId);
      tx.write(
        sql`update places.person set index_version = ${indexVersion} where scope_id = ${scopeId} and person_id = ${personId}`,
      );
      continue;
    }
    tx.write(sql`delete from places.person_gram where scope_id = ${scopeId} and person_id = ${personId}`);
    writeGrams(tx, scopeId, personId, gramsOf(crypto, scopeId, name));
    tx.write(
      sql`update places.person set index_version = ${indexVersion}, name_index = ${nameIndexOf(crypto, scopeId, name)}
          where scope_id = ${scopeId} and person_id = ${personId}`,
    );
  }
  return { count: rows.length, unreadable };
}

/** Whether a person of the scope may be named in a command. */
export async function assertPerson(q: Executor, scopeId: string, personId: string): Promise<void> {
  if ((await findSealedPerson(q, scopeId, personId)) === null)
    throw new Problem('residence.person_unknown', {}, [{ path: '/person/id', code: 'unknown', params: {} }]);
}
