import { randomBytes } from 'node:crypto';
import { localDate, uuidv7 } from '@gongzhi/kernel';
import { Secret, TOTP } from 'otpauth';
import { audit } from '../../platform/audit/audit.ts';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Settings } from '../../platform/settings/settings.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { normaliseCode } from './domain.ts';
import {
  type FactorDuty,
  factorDuty,
  factorRule,
  normaliseRecoveryCode,
  stepOf,
} from './domain-second-factor.ts';
import type { LivingMembership } from './queries-memberships.ts';
import {
  confirmFactor,
  countRecoveryCodes,
  factorField,
  findFactor,
  lockFactor,
  proposeFactor,
  removeFactor,
  replaceRecoveryCodes,
  takeRecoveryCode,
  takeStep,
} from './queries-second-factor.ts';
import { enteringAs, findAccount, removeSessionsOf } from './queries.ts';
import { livingMemberships } from './queries-memberships.ts';
import { attemptKeys, releaseAttempt, reserveAttempt } from './service-throttle.ts';
import { attemptsLeft } from './domain.ts';

/** Crockford's letters: none that is taken for another. 8 of them are 40 bits, behind the same lock-outs as passwords. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function newRecoveryCode(): string {
  const code = [...randomBytes(8)].map((byte) => letters[byte % letters.length]).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

function hashOf(crypto: Crypto, accountId: string, code: string): Buffer {
  return Buffer.from(
    crypto.sign('identity.recovery_code', `${accountId}\0${normaliseRecoveryCode(code)}`),
    'base64url',
  );
}

function totpOf(secret: Secret, label: string): TOTP {
  return new TOTP({
    issuer: 'Gongzhi',
    label,
    secret,
    algorithm: 'SHA1',
    digits: factorRule.digits,
    period: factorRule.periodSeconds,
  });
}

/** The step that a code belongs to, or null: too early, too late, or never. */
export function stepOfCode(secret: Secret, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret, '').validate({
    token: code,
    timestamp: now.getTime(),
    window: factorRule.window,
  });
  return delta === null ? null : stepOf(now.getTime()) + delta;
}

export type Proof = { readonly totp: string } | { readonly recoveryCode: string };

/** In a transaction that acts as this account on its way in. Uses up what it accepts. */
export async function isProved(
  tx: Tx,
  crypto: Crypto,
  accountId: string,
  proof: Proof,
  now: Date,
): Promise<boolean> {
  if ('recoveryCode' in proof)
    return takeRecoveryCode(tx, accountId, hashOf(crypto, accountId, proof.recoveryCode), now);
  const factor = await findFactor(tx, accountId);
  if (factor?.secret_cipher == null) return false;
  const secret = Secret.fromBase32(crypto.open(factor.secret_cipher, factorField, accountId));
  const step = stepOfCode(secret, normaliseCode(proof.totp), now);
  return step !== null && takeStep(tx, accountId, step);
}

/** What the dated settings ask of somebody in this capacity today. */
export async function dutyOf(
  q: Executor,
  settings: Settings,
  membership: LivingMembership,
  isEnrolled: boolean,
  now: Date,
): Promise<FactorDuty> {
  const { wall } = membership.reach;
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  const today = localDate(now.getTime(), wall.timeZone);
  const [rule, graceDays] = await Promise.all([
    settings.find(q, chain, 'identity.second_factor_roles', today),
    settings.get(q, chain, 'identity.second_factor_grace_days', today),
  ]);
  return factorDuty({
    role: membership.role,
    isEnrolled,
    roles: rule.value,
    graceDays,
    ruleFrom: rule.validFrom,
    startsOn: membership.startsOn,
    today,
  });
}

export interface FactorState extends FactorDuty {
  readonly isEnrolled: boolean;
  readonly enrolledAt: Date | null;
  readonly recoveryCodesLeft: number;
}

export class SecondFactor {
  readonly #house: House;

  constructor(house: House) {
    this.#house = house;
  }

  async state(acting: Acting): Promise<FactorState> {
    const { db, clock, settings } = this.#house;
    const now = clock.now();
    return db.act(enteringAs(acting.accountId), async (tx) => {
      const [factor, recoveryCodesLeft, memberships] = await Promise.all([
        findFactor(tx, acting.accountId),
        countRecoveryCodes(tx, acting.accountId),
        livingMemberships(tx, acting.accountId, now),
      ]);
      const own = memberships.find((m) => m.membershipId === acting.membershipId);
      const isEnrolled = factor?.confirmed_at != null;
      const duty =
        own === undefined
          ? { isRequired: false, requiredFrom: null, mustEnrol: false }
          : await dutyOf(tx, settings, own, isEnrolled, now);
      return { ...duty, isEnrolled, enrolledAt: factor?.confirmed_at ?? null, recoveryCodesLeft };
    });
  }

  /** For staff. The secret leaves the house once, to be scanned; nothing depends on it until a code of it has come. */
  async begin(acting: Acting): Promise<{ secret: string; uri: string }> {
    const { db, clock, crypto } = this.#house;
    const now = clock.now();
    if (acting.role === 'resident') throw new Problem('auth.second_factor_staff_only');
    return db.act(enteringAs(acting.accountId), async (tx) => {
      const [factor, account] = await Promise.all([
        findFactor(tx, acting.accountId),
        findAccount(tx, acting.accountId),
      ]);
      if (account === null) throw new Problem('auth.session_required');
      if (factor?.confirmed_at != null) throw new Problem('auth.second_factor_exists');
      const secret = new Secret({ size: 20 });
      const sealed = crypto.seal(secret.base32, factorField, acting.accountId);
      if (!(await proposeFactor(tx, acting.accountId, sealed, now)))
        throw new Problem('auth.second_factor_exists');
      return { secret: secret.base32, uri: totpOf(secret, account.phone_masked).toString() };
    });
  }

  /** The first code proves that the telephone has the secret. Other sessions end: they were opened with less. */
  async confirm(acting: Acting, code: string, address: string): Promise<string[]> {
    return this.#prove(acting, { totp: code }, address, false, (tx, now) => {
      confirmFactor(tx, acting.accountId, now);
      removeSessionsOf(tx, acting.accountId, acting.sessionHash);
      return this.#newCodes(tx, acting.accountId, now);
    });
  }

  async renewCodes(acting: Acting, proof: Proof, address: string): Promise<string[]> {
    return this.#prove(acting, proof, address, true, (tx, now) => this.#newCodes(tx, acting.accountId, now));
  }

  async remove(acting: Acting, proof: Proof, address: string): Promise<void> {
    if ((await this.state(acting)).isRequired) throw new Problem('auth.second_factor_mandatory');
    await this.#prove(acting, proof, address, true, (tx, now) => {
      removeFactor(tx, acting.accountId, now);
      replaceRecoveryCodes(tx, acting.accountId, [], now);
    });
  }

  #newCodes(tx: Tx, accountId: string, now: Date): string[] {
    const codes = Array.from({ length: factorRule.recoveryCodes }, newRecoveryCode);
    const hashes = codes.map((code) => hashOf(this.#house.crypto, accountId, code));
    replaceRecoveryCodes(tx, accountId, hashes, now);
    return codes;
  }

  async #prove<T>(
    acting: Acting,
    proof: Proof,
    address: string,
    isConfirmed: boolean,
    then: (tx: Tx, now: Date) => T,
  ): Promise<T> {
    const { db, clock, crypto, sessions } = this.#house;
    const { accountId } = acting;
    const now = clock.now();
    const keys = attemptKeys(this.#house, 'totp', accountId, address);
    const outcome = await db.act(enteringAs(accountId), async (tx) => {
      const factor = await lockFactor(tx, accountId);
      const isWanting = factor?.secret_cipher == null || (factor.confirmed_at !== null) !== isConfirmed;
      if (isWanting)
        throw new Problem(isConfirmed ? 'auth.second_factor_none' : 'auth.second_factor_not_begun');
      const failures = await reserveAttempt(tx, keys, now);
      // A wrong one must be counted, so the transaction goes through.
      if (!(await isProved(tx, crypto, accountId, proof, now))) return { failures };
      releaseAttempt(tx, keys);
      recordFactor(tx, acting, isConfirmed ? 'second_factor_changed' : 'second_factor_enrolled', now);
      return { value: then(tx, now) };
    });
    if ('failures' in outcome)
      throw new Problem('auth.second_factor_wrong', { attemptsLeft: attemptsLeft(outcome.failures) });
    sessions.forget(accountId);
    return outcome.value;
  }
}

/** Of an account, in its own scope of the moment. */
function recordFactor(tx: Tx, acting: Acting, what: string, now: Date): void {
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: acting.homeScopeId,
    wall: { cityId: null, streetId: null, companyId: null },
    accountId: acting.accountId,
    action: `account.${what}`,
    objectType: 'account',
    objectId: acting.accountId,
    detail: {},
    at: now,
  });
}
