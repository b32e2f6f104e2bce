import { addDays, type ConsentPurpose, type LocalDate, localDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { type Statement, sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import type { Wall } from '../places/index.ts';
import type { GivenBy, Kinship, RevokedBy } from './domain-consents.ts';

export interface ConsentRow {
  readonly scopeId: string;
  readonly consentId: string;
  readonly householdId: string;
  readonly personId: string;
  readonly grantorAccountId: string | null;
  readonly grantorName: string;
  readonly delegateAccountId: string;
  readonly delegateName: string;
  readonly delegatePhone: string;
  readonly kinship: Kinship;
  readonly purposes: readonly ConsentPurpose[];
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly givenBy: GivenBy;
  readonly givenAt: Date;
  readonly recordedByName: string | null;
  readonly calledAt: Date | null;
  readonly note: string | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: RevokedBy | null;
  readonly revokedNote: string | null;
}

const columns = sql`c.scope_id as "scopeId", c.consent_id as "consentId", c.household_id as "householdId", c.person_id as "personId",
  c.grantor_account_id as "grantorAccountId", c.grantor_name_masked as "grantorName", c.delegate_account_id as "delegateAccountId",
  c.delegate_name_masked as "delegateName", c.delegate_phone_masked as "delegatePhone", c.kinship, c.purposes,
  c.starts_on as "startsOn", c.ends_on as "endsOn", c.given_by as "givenBy", c.given_at as "givenAt",
  c.recorded_by_name as "recordedByName", c.called_at as "calledAt", c.note, c.revoked_at as "revokedAt",
  c.revoked_by as "revokedBy", c.revoked_note as "revokedNote"`;

/** Of the two accounts it lies between, whichever scope it belongs to. */
export function consentsOfAccount(q: Executor, accountId: string): Promise<ConsentRow[]> {
  return q.query(
    sql`select ${columns} from identity.consent c
        where c.delegate_account_id = ${accountId} or c.grantor_account_id = ${accountId}
        order by c.given_at desc, c.consent_id limit 100`,
  );
}

/** What a person may act on: not withdrawn, and not over on the day before or after, wherever the place's midnight is. */
export function standingConsentsFor(q: Executor, accountId: string, now: Date): Promise<ConsentRow[]> {
  const day = localDate(now.getTime());
  return q.query(
    sql`select ${columns} from identity.consent c
        where c.delegate_account_id = ${accountId} and c.revoked_at is null
          and c.starts_on <= ${addDays(day, 1)}::date and c.ends_on >= ${addDays(day, -1)}::date
        order by c.given_at, c.consent_id`,
  );
}

export async function findConsent(
  q: Executor,
  scopeId: string,
  consentId: string,
): Promise<ConsentRow | null> {
  const [row] = await q.query<ConsentRow>(
    sql`select ${columns} from identity.consent c where c.scope_id = ${scopeId} and c.consent_id = ${consentId}`,
  );
  return row ?? null;
}

/** Two who withdraw it at one moment: the second waits here and finds it withdrawn. */
export async function lockConsent(tx: Tx, scopeId: string, consentId: string): Promise<ConsentRow | null> {
  const [row] = await tx.query<ConsentRow>(
    sql`select ${columns} from identity.consent c where c.scope_id = ${scopeId} and c.consent_id = ${consentId} for no key update`,
  );
  return row ?? null;
}

/** Held until this transaction ends: a withdrawal waits for it, and what comes after a withdrawal finds nothing here. */
export async function holdsConsent(
  tx: Tx,
  scopeId: string,
  consentId: string,
  accountId: string,
): Promise<boolean> {
  const rows = await tx.query(
    sql`select 1 as held from identity.consent c
        where c.scope_id = ${scopeId} and c.consent_id = ${consentId} and c.delegate_account_id = ${accountId}
          and c.revoked_at is null for share`,
  );
  return rows.length > 0;
}

export function consentsOfHousehold(
  q: Executor,
  scopeId: string,
  householdId: string,
): Promise<ConsentRow[]> {
  return q.query(
    sql`select ${columns} from identity.consent c where c.scope_id = ${scopeId} and c.household_id = ${householdId}
        order by c.revoked_at is not null, c.given_at desc, c.consent_id limit 50`,
  );
}

/** For the desk that hears a number: for whom somebody may speak in these scopes. */
export function consentsOfDelegate(
  q: Executor,
  scopeIds: readonly string[],
  accountId: string,
): Promise<ConsentRow[]> {
  return q.query(
    sql`select ${columns} from identity.consent c
        where c.scope_id = any (${scopeIds}::uuid[]) and c.delegate_account_id = ${accountId} and c.revoked_at is null
        order by c.given_at desc, c.consent_id limit 20`,
  );
}

export interface NewConsent
  extends Omit<ConsentRow, 'revokedAt' | 'revokedBy' | 'revokedNote' | 'recordedByName'> {
  readonly wall: {
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
  };
  readonly recordedBy: { readonly accountId: string; readonly name: string } | null;
}

export function insertConsent(c: NewConsent): Statement {
  return sql`insert into identity.consent (scope_id, consent_id, city_id, street_id, company_id, household_id, person_id, grantor_account_id,
      grantor_name_masked, delegate_account_id, delegate_name_masked, delegate_phone_masked, kinship, purposes, starts_on, ends_on,
      given_by, given_at, recorded_by_account_id, recorded_by_name, called_at, note)
    values (${c.scopeId}, ${c.consentId}, ${c.wall.cityId}, ${c.wall.streetId}, ${c.wall.companyId}, ${c.householdId}, ${c.personId}, ${c.grantorAccountId},
      ${c.grantorName}, ${c.delegateAccountId}, ${c.delegateName}, ${c.delegatePhone}, ${c.kinship}, ${c.purposes}, ${c.startsOn}, ${c.endsOn},
      ${c.givenBy}, ${c.givenAt}, ${c.recordedBy?.accountId ?? null}, ${c.recordedBy?.name ?? null}, ${c.calledAt}, ${c.note})`;
}

export function revokeConsent(
  consent: Pick<ConsentRow, 'scopeId' | 'consentId'>,
  by: { readonly as: RevokedBy; readonly accountId: string; readonly note: string | null },
  now: Date,
): Statement {
  return sql`update identity.consent set revoked_at = ${now}, revoked_by = ${by.as}, revoked_by_account_id = ${by.accountId}, revoked_note = ${by.note}
    where scope_id = ${consent.scopeId} and consent_id = ${consent.consentId} and revoked_at is null`;
}

/** The one that a new one replaces, whether it had run out or not. */
export async function standingBetween(
  tx: Tx,
  between: Pick<ConsentRow, 'scopeId' | 'personId' | 'householdId' | 'delegateAccountId'>,
): Promise<ConsentRow | null> {
  const [row] = await tx.query<ConsentRow>(
    sql`select ${columns} from identity.consent c
        where c.scope_id = ${between.scopeId} and c.person_id = ${between.personId} and c.household_id = ${between.householdId}
          and c.delegate_account_id = ${between.delegateAccountId} and c.revoked_at is null for no key update`,
  );
  return row ?? null;
}

/** Whom to tell about a household's matter besides those who live there. Worker only; the places say who belongs. */
export async function delegatesOf(
  tx: Tx,
  scopeId: string,
  householdId: string,
  today: LocalDate,
): Promise<{ consentId: string; accountId: string; personId: string }[]> {
  return tx.query(
    sql`select c.consent_id as "consentId", c.delegate_account_id as "accountId", c.person_id as "personId" from identity.consent c
        where c.scope_id = ${scopeId} and c.household_id = ${householdId} and c.revoked_at is null
          and c.starts_on <= ${today}::date and ${today}::date < c.ends_on
        order by c.given_at, c.consent_id`,
  );
}

/** The longest that a place allows at a time. */
export function longestDays(house: House, q: Executor, wall: Wall, now: Date): Promise<number> {
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  return house.settings.get(q, chain, 'consent.longest_days', now);
}
