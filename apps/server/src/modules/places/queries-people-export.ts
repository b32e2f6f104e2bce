import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Relation } from './domain.ts';

export interface RegisterRow {
  readonly person_id: string;
  readonly account_id: string | null;
  readonly name_cipher: Buffer;
  readonly phone_cipher: Buffer | null;
  readonly building: string;
  readonly unit: string;
  readonly room: string;
  readonly relation: Relation;
  readonly starts_on: string;
  readonly ends_on: string | null;
}

/** Everybody of a compound with every relation that has held or will, sealed, home after home. */
export function readRegister(q: Executor, scopeId: string): Promise<RegisterRow[]> {
  return q.query(sql`
    select p.person_id, p.account_id, p.name_cipher, p.phone_cipher, b.name as building, u.name as unit, h.room_no as room,
      o.relation, o.starts_on, o.ends_on
    from places.occupancy o
      join places.person p on p.scope_id = o.scope_id and p.person_id = o.person_id
      join places.household h on h.scope_id = o.scope_id and h.household_id = o.household_id
      join places.building b on b.scope_id = h.scope_id and b.building_id = h.building_id
      join places.unit u on u.scope_id = h.scope_id and u.unit_id = h.unit_id
    where o.scope_id = ${scopeId} and o.voided_at is null and p.erased_at is null and p.name_cipher is not null
    order by b.position, u.position, h.floor, h.room_no, o.starts_on, o.occupancy_id`);
}

export interface RegisterDisclosure {
  readonly wall: {
    readonly scopeId: string;
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
  };
  readonly people: readonly {
    readonly disclosureId: string;
    readonly personId: string;
    readonly accountId: string | null;
  }[];
  readonly accountId: string;
  readonly role: string;
  readonly organisationName: string;
  readonly purpose: string;
  readonly words: string;
  readonly at: Date;
}

const atOnce = 5_000;

/** Each of them can read that it was seen, by whom and what for. */
export async function insertDisclosures(tx: Tx, told: RegisterDisclosure): Promise<void> {
  const { wall } = told;
  for (let from = 0; from < told.people.length; from += atOnce) {
    const people = told.people.slice(from, from + atOnce);
    await tx.query(sql`
      insert into places.disclosure (scope_id, disclosure_id, city_id, street_id, company_id, person_id, subject_account_id,
        account_id, role, organisation_name, purpose, words, at)
      select ${wall.scopeId}::uuid, d.id, ${wall.cityId}::uuid, ${wall.streetId}::uuid, ${wall.companyId}::uuid, d.person, d.subject,
        ${told.accountId}::uuid, ${told.role}, ${told.organisationName}, ${told.purpose}, ${told.words}, ${told.at}::timestamptz
      from unnest(${people.map(({ disclosureId }) => disclosureId)}::uuid[], ${people.map(({ personId }) => personId)}::uuid[],
        ${people.map(({ accountId }) => accountId)}::uuid[]) as d (id, person, subject)
      on conflict (scope_id, disclosure_id) do nothing`);
  }
}
