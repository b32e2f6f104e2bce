import type { Role } from '../../platform/permissions/permissions.ts';

export interface AccountTable {
  account_id: string;
  display_name: string;
  /** Null when the account was erased. */
  phone_cipher: Buffer | null;
  phone_masked: string;
  locale: 'zh-CN' | 'en';
  is_large_type: boolean;
  is_demonstration: boolean;
  created_at: Date;
  disabled_at: Date | null;
}

export interface PasswordTable {
  account_id: string;
  hash: string;
  changed_at: Date;
}

export interface LoginCodeTable {
  phone_index: Buffer;
  code_hash: Buffer;
  sent_at: Date;
  expires_at: Date;
  attempts: number;
}

export interface SessionTable {
  session_hash: Buffer;
  account_id: string;
  scope_id: string;
  membership_id: string;
  csrf_token: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
}

export interface MembershipTable {
  scope_id: string;
  membership_id: string;
  account_id: string;
  role: Role;
  starts_on: string;
  ends_on: string | null;
}

export interface PersonaTable {
  persona_id: string;
  account_id: string;
  scope_id: string;
  membership_id: string;
  role: Role;
  place_label: string;
  position: number;
}

/** What an account's phone is sealed under. */
export const phoneField = 'identity.account.phone';
