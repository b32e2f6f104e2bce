import { maskPhone } from '@gongzhi/kernel';
import type { ConsentPurpose } from '@gongzhi/kernel';
import type { Role } from '../../platform/permissions/permissions.ts';
import type { BulkTable } from '../places/index.ts';
import { normalisePhone } from './domain.ts';
import type { Kinship } from './domain-consents.ts';
import { phoneField } from './tables.ts';

function phoneOf(text: string): string {
  const phone = normalisePhone(text);
  if (phone === null) throw new Error('an account needs a mobile number');
  return phone;
}

export interface AccountInput {
  readonly accountId: string;
  readonly displayName: string;
  readonly phone: string;
  readonly locale: 'zh-CN' | 'en';
  readonly isLargeType: boolean;
  readonly isDemonstration: boolean;
  readonly createdAt: Date;
}

const account: BulkTable<AccountInput> = {
  table: 'identity.account',
  columns: [
    'account_id',
    'display_name',
    'phone_cipher',
    'phone_masked',
    'locale',
    'is_large_type',
    'is_demonstration',
    'created_at',
  ],
  row: (a, crypto) => {
    const phone = phoneOf(a.phone);
    return [
      a.accountId,
      a.displayName,
      crypto.seal(phone, phoneField, a.accountId),
      maskPhone(phone),
      a.locale,
      a.isLargeType,
      a.isDemonstration,
      a.createdAt,
    ];
  },
};

/** One row an account: without it the phone cannot sign in. */
const phoneRegistry: BulkTable<Pick<AccountInput, 'accountId' | 'phone'>> = {
  table: 'identity.phone_registry',
  columns: ['phone_index', 'account_id'],
  row: (a, crypto) => [crypto.cityIndex(phoneOf(a.phone)), a.accountId],
};

export interface MembershipInput {
  readonly scopeId: string;
  readonly membershipId: string;
  readonly accountId: string;
  readonly role: Role;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

const membership: BulkTable<MembershipInput> = {
  table: 'identity.membership',
  columns: ['scope_id', 'membership_id', 'account_id', 'role', 'starts_on', 'ends_on'],
  row: (m) => [m.scopeId, m.membershipId, m.accountId, m.role, m.startsOn, m.endsOn],
};

/** Of a demonstration account. */
export interface PersonaInput {
  readonly personaId: string;
  readonly accountId: string;
  readonly scopeId: string;
  readonly membershipId: string;
  readonly role: Role;
  readonly placeLabel: string;
  readonly position: number;
}

const persona: BulkTable<PersonaInput> = {
  table: 'identity.persona',
  columns: ['persona_id', 'account_id', 'scope_id', 'membership_id', 'role', 'place_label', 'position'],
  row: (p) => [p.personaId, p.accountId, p.scopeId, p.membershipId, p.role, p.placeLabel, p.position],
};

/** In an order that satisfies the foreign keys, after those of places. */
export interface ConsentInput {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
  readonly consentId: string;
  readonly householdId: string;
  readonly personId: string;
  /** Masked, like the other names here. */
  readonly grantorName: string;
  readonly delegateAccountId: string;
  readonly delegateName: string;
  readonly delegatePhone: string;
  readonly kinship: Kinship;
  readonly purposes: readonly ConsentPurpose[];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly givenAt: Date;
  readonly recordedBy: { readonly accountId: string; readonly name: string };
  readonly note: string;
}

/** Given on a call by somebody without an account, and recorded at the desk. */
const consent: BulkTable<ConsentInput> = {
  table: 'identity.consent',
  columns: [
    'scope_id',
    'consent_id',
    'city_id',
    'street_id',
    'company_id',
    'household_id',
    'person_id',
    'grantor_name_masked',
    'delegate_account_id',
    'delegate_name_masked',
    'delegate_phone_masked',
    'kinship',
    'purposes',
    'starts_on',
    'ends_on',
    'given_by',
    'given_at',
    'recorded_by_account_id',
    'recorded_by_name',
    'called_at',
    'note',
  ],
  row: (c) => [
    c.scopeId,
    c.consentId,
    c.cityId,
    c.streetId,
    c.companyId,
    c.householdId,
    c.personId,
    c.grantorName,
    c.delegateAccountId,
    c.delegateName,
    c.delegatePhone,
    c.kinship,
    c.purposes,
    c.startsOn,
    c.endsOn,
    'call',
    c.givenAt,
    c.recordedBy.accountId,
    c.recordedBy.name,
    c.givenAt,
    c.note,
  ],
};

export const loaders = { account, phoneRegistry, membership, consent, persona } as const;
