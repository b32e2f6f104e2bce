import type { LocalDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, join, sql, type Statement } from '../../platform/db/sql.ts';
import type { Period, Relation } from './domain.ts';

/** People as staff find them: masked, with the households they belong to. */

export interface PersonRow {
  scope_id: string;
  person_id: string;
  account_id: string | null;
  name_masked: string;
  phone_masked: string | null;
  erased_at: Date | null;
  created_at: Date;
  version: number;
}

const personColumns = sql`p.scope_id, p.person_id, p.account_id, p.name_masked, p.phone_masked, p.erased_at, p.created_at, p.version`;

export interface PersonPosition {
  readonly scopeId: string;
  readonly personId: string;
}

/** What is looked for, in the words of each scope's indexes: they are keyed by scope. */
export type PeopleFilter =
  | { readonly by: 'all' }
  | { readonly by: 'phone' | 'last_four' | 'name'; readonly index: (scopeId: string) => Buffer }
  /** Every one of them; with `name`, or the whole name. */
  | { readonly by: 'grams'; readonly index: (scopeId: string) => readonly Buffer[] };

/**
 * The people of these scopes in a fixed order, a page at a time: of each scope the index is read in order from where
 * the page begins, and never more than a page of it, so that the commonest surname of a street costs what a rare one
 * does.
 */
export async function findPeople(
  q: Executor,
  scopeIds: readonly string[],
  filter: PeopleFilter,
  after: PersonPosition | null,
  limit: number,
): Promise<PersonRow[]> {
  const [first, ...others] = scopeIds.filter((id) => after === null || id >= after.scopeId).toSorted();
  if (first === undefined) return [];
  // Mostly the first scope fills the page, and what lies behind it need not be read.
  const rows = await findWithin(q, [first], filter, after, limit);
  if (rows.length >= limit || others.length === 0) return rows;
  return [...rows, ...(await findWithin(q, others, filter, null, limit - rows.length))];
}

function findWithin(
  q: Executor,
  scopes: readonly string[],
  filter: PeopleFilter,
  after: PersonPosition | null,
  limit: number,
): Promise<PersonRow[]> {
  // A page begins in the middle of its first scope and at the beginning of all others.
  const begin = (column: 'g' | 'p'): Statement => {
    if (after === null) return empty;
    return column === 'g'
      ? sql`and (s.scope_id <> ${after.scopeId} or g.person_id > ${after.personId})`
      : sql`and (s.scope_id <> ${after.scopeId} or p.person_id > ${after.personId})`;
  };
  if (filter.by === 'grams') {
    const grams = scopes.map(filter.index);
    const columns = (grams[0] ?? []).map((_, i) => grams.map((own) => own[i] as Buffer));
    const names = columns.map((_, i) => `g${i}`).join(', ');
    const named = (text: string): Statement => ({ text, values: [], name: '' });
    // One gram is read in the order of its index, as far as the page goes. Of several, whoever has them all: counted
    // together, for the planner, who knows nothing of HMACs, would read the second list anew for each of the first.
    const matching =
      columns.length === 1
        ? sql`g.gram = s.g0 ${begin('g')}`
        : sql`g.gram = any (array[${named(names)}]) ${begin('g')}
            group by g.person_id having count(*) = ${columns.length}`;
    return q.query(sql`
      select ${personColumns}
      from unnest(${scopes}::uuid[]${join(
        columns.map((own) => sql`, ${own}::bytea[]`),
        '',
      )}) as s (scope_id, ${named(names)})
        cross join lateral (
          select g.person_id from places.person_gram g
          where g.scope_id = s.scope_id and ${matching}
          order by g.person_id limit ${limit}
        ) hit
        join places.person p on p.scope_id = s.scope_id and p.person_id = hit.person_id and p.erased_at is null
      order by p.scope_id, p.person_id limit ${limit}`);
  }
  const indexes = filter.by === 'all' ? null : scopes.map(filter.index);
  const matches: Record<Exclude<PeopleFilter['by'], 'grams'>, Statement> = {
    all: empty,
    phone: sql`and p.phone_index = s.wanted`,
    last_four: sql`and p.phone_last4_index = s.wanted`,
    name: sql`and p.name_index = s.wanted`,
  };
  return q.query(sql`
    select ${personColumns}
    from unnest(${scopes}::uuid[], ${indexes ?? scopes.map(() => null)}::bytea[]) as s (scope_id, wanted)
      cross join lateral (
        select * from places.person p
        where p.scope_id = s.scope_id and p.erased_at is null ${matches[filter.by]} ${begin('p')}
        order by p.person_id limit ${limit}
      ) p
    order by p.scope_id, p.person_id limit ${limit}`);
}

export async function findPersonRow(
  q: Executor,
  scopeId: string,
  personId: string,
): Promise<PersonRow | null> {
  const [row] = await q.query<PersonRow>(
    sql`select ${personColumns} from places.person p where p.scope_id = ${scopeId} and p.person_id = ${personId}`,
  );
  return row ?? null;
}

export interface SealedPersonRow {
  person_id: string;
  account_id: string | null;
  name_cipher: Buffer | null;
  phone_cipher: Buffer | null;
}

export async function findSealedPerson(
  q: Executor,
  scopeId: string,
  personId: string,
): Promise<SealedPersonRow | null> {
  const [row] = await q.query<SealedPersonRow>(
    sql`select person_id, account_id, name_cipher, phone_cipher from places.person
        where scope_id = ${scopeId} and person_id = ${personId} and erased_at is null`,
  );
  return row ?? null;
}

/** Of many at once, by id; of who is erased nothing. */
export async function sealedPeople(
  q: Executor,
  scopeId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, SealedPersonRow>> {
  const rows = await q.query<SealedPersonRow>(
    sql`select person_id, account_id, name_cipher, phone_cipher from places.person
        where scope_id = ${scopeId} and person_id = any (${[...personIds]}::uuid[]) and erased_at is null`,
  );
  return new Map(rows.map((row) => [row.person_id, row]));
}

/** Whoever corrects the same person meanwhile waits here, and then finds it newer. */
export async function lockPerson(
  tx: Tx,
  scopeId: string,
  personId: string,
): Promise<(SealedPersonRow & { version: number }) | null> {
  const [row] = await tx.query<SealedPersonRow & { version: number }>(
    sql`select person_id, account_id, name_cipher, phone_cipher, version from places.person
        where scope_id = ${scopeId} and person_id = ${personId} and erased_at is null for no key update`,
  );
  return row ?? null;
}

/** Who of the scope has this phone, the earliest first; for a caller whose number is known. */
export async function findPersonByPhone(
  q: Executor,
  scopeId: string,
  phoneIndex: Buffer,
): Promise<{ personId: string; accountId: string | null } | null> {
  const [row] = await q.query<{ personId: string; accountId: string | null }>(
    sql`select person_id as "personId", account_id as "accountId" from places.person
        where scope_id = ${scopeId} and phone_index = ${phoneIndex} and erased_at is null order by person_id limit 1`,
  );
  return row ?? null;
}

/** The same person entered twice: the same name with the same phone, or with none on both sides. */
export async function findSamePerson(
  q: Executor,
  scopeId: string,
  nameIndex: Buffer,
  phoneIndex: Buffer | null,
): Promise<{ personId: string; accountId: string | null } | null> {
  if (phoneIndex === null) return null;
  const [row] = await q.query<{ personId: string; accountId: string | null }>(
    sql`select person_id as "personId", account_id as "accountId" from places.person
        where scope_id = ${scopeId} and name_index = ${nameIndex} and phone_index = ${phoneIndex} and erased_at is null
        order by person_id limit 1`,
  );
  return row ?? null;
}

export interface RelationRow {
  scope_id: string;
  occupancy_id: string;
  person_id: string;
  household_id: string;
  label: string;
  relation: Relation;
  starts_on: LocalDate;
  ends_on: LocalDate | null;
  voided_at: Date | null;
}

/** Of these people, past and coming ones too; the newest first. What never held is left out. */
export function relationsOfPeople(
  q: Executor,
  scopeIds: readonly string[],
  personIds: readonly string[],
): Promise<RelationRow[]> {
  return q.query(sql`
    select o.scope_id, o.occupancy_id, o.person_id, o.household_id, h.label, o.relation, o.starts_on, o.ends_on, o.voided_at
    from places.occupancy o
      join places.household h on h.scope_id = o.scope_id and h.household_id = o.household_id
    where o.scope_id = any (${scopeIds}::uuid[]) and o.person_id = any (${personIds}::uuid[]) and o.voided_at is null
    order by o.starts_on desc, o.occupancy_id`);
}

export interface TieRow {
  occupancy_id: string;
  person_id: string;
  account_id: string | null;
  name_masked: string;
  phone_masked: string | null;
  erased_at: Date | null;
  relation: Relation;
  starts_on: LocalDate;
  ends_on: LocalDate | null;
}

/** Everybody who belongs, belonged or will belong to a household. A resident's wall leaves the own rows. */
export function tiesOfHousehold(q: Executor, scopeId: string, householdId: string): Promise<TieRow[]> {
  return q.query(sql`
    select o.occupancy_id, o.person_id, p.account_id, p.name_masked, p.phone_masked, p.erased_at, o.relation, o.starts_on, o.ends_on
    from places.occupancy o join places.person p on p.scope_id = o.scope_id and p.person_id = o.person_id
    where o.scope_id = ${scopeId} and o.household_id = ${householdId} and o.voided_at is null
    order by o.starts_on, o.occupancy_id`);
}

/** Locks the household for what changes about its people; null when it has changed since, or is not there. */
export async function raiseHousehold(
  tx: Tx,
  scopeId: string,
  householdId: string,
  expectedVersion: number,
): Promise<number | null> {
  const [row] = await tx.query<{ version: number }>(
    sql`update places.household set version = version + 1
        where scope_id = ${scopeId} and household_id = ${householdId} and version = ${expectedVersion} returning version`,
  );
  return row?.version ?? null;
}

export interface DisclosureRow {
  disclosure_id: string;
  scope_id: string;
  scope_name: string;
  role: string;
  organisation_name: string;
  purpose: string;
  words: string | null;
  at: Date;
}

/** Who looked at an account's own data, the newest first, in every scope it is known in. */
export function disclosuresTo(
  q: Executor,
  accountId: string,
  after: string | null,
  limit: number,
): Promise<DisclosureRow[]> {
  return q.query(sql`
    select d.disclosure_id, d.scope_id, s.name as scope_name, d.role, d.organisation_name, d.purpose, d.words, d.at
    from places.disclosure d join places.scope s on s.scope_id = d.scope_id
    where d.subject_account_id = ${accountId} ${after === null ? empty : sql`and d.disclosure_id < ${after}`}
    order by d.disclosure_id desc limit ${limit}`);
}

/** The same of one person of a scope, for whoever answers for the data there. */
export function disclosuresOfPerson(
  q: Executor,
  scopeId: string,
  personId: string,
): Promise<DisclosureRow[]> {
  return q.query(sql`
    select d.disclosure_id, d.scope_id, s.name as scope_name, d.role, d.organisation_name, d.purpose, d.words, d.at
    from places.disclosure d join places.scope s on s.scope_id = d.scope_id
    where d.scope_id = ${scopeId} and d.person_id = ${personId}
    order by d.disclosure_id desc limit 1000`);
}

/** What belonging somewhere makes of a person: asked by the worker, after something about it changed. */
export interface ResidentRow {
  readonly personId: string;
  readonly accountId: string | null;
  readonly nameCipher: Buffer | null;
  readonly phoneCipher: Buffer | null;
  readonly periods: readonly Period[];
}

/** For update: a relation or a look at the data that is being written down just now is waited for, and gets the account too. */
export async function findResident(tx: Tx, scopeId: string, personId: string): Promise<ResidentRow | null> {
  const [rows, ties] = await Promise.all([
    tx.query<Omit<ResidentRow, 'periods'>>(
      sql`select person_id as "personId", account_id as "accountId", name_cipher as "nameCipher", phone_cipher as "phoneCipher"
          from places.person where scope_id = ${scopeId} and person_id = ${personId} for update`,
    ),
    tx.query<Period>(
      sql`select starts_on as "startsOn", ends_on as "endsOn" from places.occupancy
          where scope_id = ${scopeId} and person_id = ${personId} and voided_at is null`,
    ),
  ]);
  const [row] = rows;
  return row === undefined ? null : { ...row, periods: ties };
}

/** Every relation of an account in a scope, under whichever person it was entered. */
export function periodsOfAccount(tx: Tx, scopeId: string, accountId: string): Promise<Period[]> {
  return tx.query<Period>(
    sql`select starts_on as "startsOn", ends_on as "endsOn" from places.occupancy
        where scope_id = ${scopeId} and account_id = ${accountId} and voided_at is null`,
  );
}

/** The phone was somebody else's: nothing here is of that account any more. Who looked before stays told. */
export function unlinkAccount(tx: Tx, scopeId: string, personId: string): void {
  tx.write(
    sql`update places.person set account_id = null where scope_id = ${scopeId} and person_id = ${personId}`,
  );
  tx.write(
    sql`update places.occupancy set account_id = null where scope_id = ${scopeId} and person_id = ${personId}`,
  );
}

/** From now on this person is that account: what lies there is theirs, and so is who looked at it before. */
export function linkAccount(tx: Tx, scopeId: string, personId: string, accountId: string): void {
  tx.write(
    sql`update places.person set account_id = ${accountId} where scope_id = ${scopeId} and person_id = ${personId}`,
  );
  tx.write(
    sql`update places.occupancy set account_id = ${accountId} where scope_id = ${scopeId} and person_id = ${personId}`,
  );
  tx.write(
    sql`update places.disclosure set subject_account_id = ${accountId}
        where scope_id = ${scopeId} and person_id = ${personId} and subject_account_id is null`,
  );
}
