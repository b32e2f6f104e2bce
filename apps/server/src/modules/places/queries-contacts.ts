import type { LocalDate } from '@gongzhi/kernel';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Executor } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import { personFields } from './tables.ts';

/** Who can be called about a household's matter; still sealed. */
export interface SealedContact {
  readonly personId: string;
  readonly accountId: string | null;
  readonly nameCipher: Buffer;
  readonly phoneCipher: Buffer;
}

/**
 * The person of an account in this scope; without one (or without a phone) somebody who lives in the household on
 * that day: owners before tenants before family. Row-level security lets staff of the scope read it, and nobody else.
 */
export async function findContact(
  q: Executor,
  scopeId: string,
  who: { readonly accountId: string | null; readonly householdId: string | null },
  today: LocalDate,
): Promise<SealedContact | null> {
  const [row] = await q.query<SealedContact>(sql`
    select p.person_id as "personId", p.account_id as "accountId", p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher"
    from places.person p
      left join places.occupancy o on o.scope_id = p.scope_id and o.person_id = p.person_id and o.voided_at is null
        and o.starts_on <= ${today}::date and (o.ends_on is null or ${today}::date < o.ends_on)
    where p.scope_id = ${scopeId} and p.phone_cipher is not null and p.erased_at is null
      and (${who.accountId === null ? sql`false` : sql`p.account_id = ${who.accountId}`}
        ${who.householdId === null ? empty : sql`or o.household_id = ${who.householdId}`})
    order by (p.account_id is not distinct from ${who.accountId}::uuid and p.account_id is not null) desc,
      array_position(array['owner', 'tenant', 'family'], o.relation), p.person_id
    limit 1`);
  return row ?? null;
}

/** For the one who may call and has said why; the caller records it. */
export function openContact(crypto: Crypto, sealed: SealedContact): { name: string; phone: string } {
  return {
    name: crypto.open(sealed.nameCipher, personFields.name, sealed.personId),
    phone: crypto.open(sealed.phoneCipher, personFields.phone, sealed.personId),
  };
}
