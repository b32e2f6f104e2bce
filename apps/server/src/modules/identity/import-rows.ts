import { maskPhone } from '@gongzhi/kernel';
import type { Role } from '../../platform/permissions/permissions.ts';
import type { BulkTable } from '../places/index.ts';
import { normalisePhone } from './domain.ts';
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
export const loaders = { account, phoneRegistry, membership, persona } as const;
