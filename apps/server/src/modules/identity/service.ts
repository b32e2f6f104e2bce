import { randomInt } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import { signingIn } from '../../platform/db/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { type Acting, hashSecret, newSecret } from '../../platform/sessions/sessions.ts';
import {
  addressKey,
  attemptsLeft,
  chooseMembership,
  codeRule,
  limitsOf,
  normaliseCode,
  normalisePhone,
  passwordFault,
  passwordRule,
} from './domain.ts';
import { hashPassword, verifyPassword } from './service-passwords.ts';
import {
  enteringAs,
  findAccount,
  findAccountByPhone,
  findPasswordHash,
  insertSession,
  lastMembershipOf,
  listPersonas,
  moveSession,
  removeCode,
  removeSession,
  removeSessionsOf,
  restate,
  storeCode,
  storePassword,
  takeCodeAttempt,
  updatePreferences,
} from './queries.ts';
import { findFactor, findTicket, insertTicket, takeTicket } from './queries-second-factor.ts';
import { isProved, type Proof } from './service-second-factor.ts';
import { phoneField } from './tables.ts';
import type { CodeSender } from './service-senders.ts';
import { type LivingMembership, livingCapacities, livingMemberships } from './queries-memberships.ts';
import {
  admit,
  attemptKeys,
  refuseLocked,
  releaseAttempt,
  reserveAttempt,
  throttleKey,
} from './service-throttle.ts';

/** Where a request of somebody unknown comes from, and the session the browser still holds. */
export interface Entrance {
  readonly address: string;
  readonly previousSession: Buffer | null;
}

export interface NewSession {
  readonly secret: string;
  readonly accountId: string;
}

/** The first factor was right, and there is a second. */
export interface Ticket {
  readonly ticket: string;
}

/** 'opened', or asked for more, or a refusal that must be committed because it counts. */
type Verdict = { readonly session: NewSession } | Ticket | { readonly refusal: Problem };

function phoneOf(text: string): string {
  const phone = normalisePhone(text);
  if (phone === null)
    throw new Problem('auth.phone_invalid', {}, [{ path: '/phone', code: 'phone', params: {} }]);
  return phone;
}

export class Entry {
  readonly #house: House;
  readonly #sender: CodeSender;

  constructor(house: House, sender: CodeSender) {
    this.#house = house;
    this.#sender = sender;
  }

  #codeSeal(phone: string, code: string): Buffer {
    return Buffer.from(this.#house.crypto.sign('identity.login_code', `${phone}\0${code}`), 'base64url');
  }

  /**
   * The same rows are written and the same answer given for every number: an unknown one gets a code that nobody
   * is ever sent. Returns the code only for the demonstration's page.
   */
  async requestCode(phoneText: string, address: string): Promise<{ demoCode?: string }> {
    const { db, clock, crypto, config, log } = this.#house;
    const phone = phoneOf(phoneText);
    const now = clock.now();
    const code = String(randomInt(10 ** codeRule.digits)).padStart(codeRule.digits, '0');
    const phoneIndex = crypto.cityIndex(phone);
    const limits = limitsOf(config.mode);
    const account = await db.act(signingIn, async (tx) => {
      await refuseLocked(tx, attemptKeys(this.#house, 'code', phone, address), now);
      const counters = [limits.codesPerAddress, ...limits.codesPerPhone].map((limit, i) => ({
        limit,
        key: throttleKey(crypto, limit.name, i === 0 ? addressKey(address) : phone),
      }));
      await admit(tx, counters, now);
      storeCode(tx, phoneIndex, this.#codeSeal(phone, code), now);
      return findAccountByPhone(tx, phoneIndex);
    });
    if (account === null) return {};
    if (config.codeSender === 'page') return account.is_demonstration ? { demoCode: code } : {};
    // Not awaited: how long a gateway takes must not tell whether the number is known. It tries several times by
    // itself, and a person whose code never comes asks again after a minute.
    this.#sender.send(phone, code).catch((error: Error) => {
      log.error({ reason: error.message }, 'a one-time code was not delivered');
    });
    return {};
  }

  async signInWithCode(
    phoneText: string,
    codeText: string,
    entrance: Entrance,
  ): Promise<NewSession | Ticket> {
    const { db, clock, crypto } = this.#house;
    const code = normaliseCode(codeText);
    const phone = phoneOf(phoneText);
    const now = clock.now();
    const phoneIndex = crypto.cityIndex(phone);
    const keys = attemptKeys(this.#house, 'code', phone, entrance.address);
    const verdict = await db.act(signingIn, async (tx): Promise<Verdict> => {
      await reserveAttempt(tx, keys, now);
      const living = await takeCodeAttempt(tx, phoneIndex, now);
      // Nothing to guess at: rolled back, so it counts as no failure.
      if (living === null) throw new Problem('auth.code_expired');
      const isRight = crypto.verify(
        'identity.login_code',
        `${phone}\0${code}`,
        living.code_hash.toString('base64url'),
      );
      const account = await findAccountByPhone(tx, phoneIndex);
      if (!isRight || account === null) {
        return {
          refusal: new Problem('auth.code_wrong', { attemptsLeft: codeRule.attempts - living.attempts }),
        };
      }
      removeCode(tx, phoneIndex);
      releaseAttempt(tx, keys);
      return this.#openOrAsk(tx, account.account_id, 'code', entrance, now);
    });
    return settled(verdict);
  }

  /** For staff. The hash is computed outside every transaction; the attempt was counted before. */
  async signInWithPassword(
    phoneText: string,
    password: string,
    entrance: Entrance,
  ): Promise<NewSession | Ticket> {
    const { db, clock, crypto } = this.#house;
    const phone = phoneOf(phoneText);
    const now = clock.now();
    const keys = attemptKeys(this.#house, 'password', phone, entrance.address);
    const { failures, account, stored } = await db.act(signingIn, async (tx) => {
      const count = await reserveAttempt(tx, keys, now);
      const known = await findAccountByPhone(tx, crypto.cityIndex(phone));
      return {
        failures: count,
        account: known,
        stored: known && (await findPasswordHash(tx, known.account_id)),
      };
    });
    const wrong = new Problem('auth.password_wrong', { attemptsLeft: attemptsLeft(failures) });
    if (!(await verifyPassword(stored, password)) || account === null) throw wrong;
    const verdict = await db.act(signingIn, async (tx) => {
      releaseAttempt(tx, keys);
      return this.#openOrAsk(tx, account.account_id, 'password', entrance, now);
    });
    return settled(verdict);
  }

  /** "Enter as …": accounts made for it, in demonstration mode only. */
  async signInAsPersona(personaId: string, entrance: Entrance): Promise<NewSession> {
    const { db, clock, config } = this.#house;
    if (config.mode !== 'demo') throw new Problem('auth.persona_unknown');
    const now = clock.now();
    const verdict = await db.act(signingIn, async (tx) => {
      const persona = (await listPersonas(tx)).find((p) => p.persona_id === personaId);
      if (persona === undefined) throw new Problem('auth.persona_unknown');
      return this.#open(tx, persona.account_id, 'code', entrance, now, persona.membership_id);
    });
    return settled(verdict) as NewSession;
  }

  /** Who has a second factor is asked for it, in whatever capacity; a ticket keeps the first for five minutes. */
  async #openOrAsk(
    tx: Tx,
    accountId: string,
    by: 'code' | 'password',
    entrance: Entrance,
    now: Date,
  ): Promise<Verdict> {
    const factor = await findFactor(tx, accountId);
    if (factor?.confirmed_at == null) return this.#open(tx, accountId, by, entrance, now);
    const ticket = newSecret();
    insertTicket(tx, { hash: hashSecret(ticket), accountId, method: by }, now);
    return { ticket };
  }

  /** The second factor: counted before it is judged, and what is accepted is used up. */
  async signInWithTicket(ticket: string, proof: Proof, entrance: Entrance): Promise<NewSession> {
    const { db, clock, crypto } = this.#house;
    const now = clock.now();
    const hash = hashSecret(ticket);
    const verdict = await db.act(signingIn, async (tx): Promise<Verdict> => {
      const found = await findTicket(tx, hash, now);
      if (found === null) throw new Problem('auth.ticket_expired');
      const accountId = found.account_id;
      const keys = attemptKeys(this.#house, 'totp', accountId, entrance.address);
      const failures = await reserveAttempt(tx, keys, now);
      await restate(tx, enteringAs(accountId));
      if (!(await isProved(tx, crypto, accountId, proof, now)))
        return {
          refusal: new Problem('auth.second_factor_wrong', { attemptsLeft: attemptsLeft(failures) }),
        };
      if (!(await takeTicket(tx, hash, now))) throw new Problem('auth.ticket_expired');
      releaseAttempt(tx, keys);
      return this.#open(tx, accountId, found.method, entrance, now);
    });
    return settled(verdict) as NewSession;
  }

  /** A new secret each time: a session planted in the browser beforehand is worth nothing afterwards. */
  async #open(
    tx: Tx,
    accountId: string,
    by: 'code' | 'password',
    entrance: Entrance,
    now: Date,
    wanted: string | null = null,
  ): Promise<Verdict> {
    const [, last, current] = await Promise.all([
      restate(tx, enteringAs(accountId)),
      lastMembershipOf(tx, accountId),
      livingCapacities(tx, accountId, now),
    ]);
    const membership = chooseMembership(current, by, wanted ?? last);
    if (membership === null) {
      const isResidentOnly = by === 'password' && current.length > 0;
      return { refusal: new Problem(isResidentOnly ? 'auth.password_staff_only' : 'auth.membership_none') };
    }
    if (entrance.previousSession !== null) removeSession(tx, entrance.previousSession);
    const secret = newSecret();
    insertSession(
      tx,
      {
        hash: hashSecret(secret),
        accountId,
        scopeId: membership.scopeId,
        membershipId: membership.membershipId,
        csrfToken: newSecret(),
      },
      now,
    );
    record(tx, membership, 'account.signed_in', { by: wanted === null ? by : 'persona' }, now);
    return { session: { secret, accountId } };
  }

  async signOut(acting: Acting): Promise<void> {
    await this.#house.db.act(acting.actor, async (tx) => removeSession(tx, acting.sessionHash));
    this.#house.sessions.forget(acting.accountId);
  }

  async signOutEverywhere(acting: Acting): Promise<void> {
    await this.#house.db.act(acting.actor, async (tx) => removeSessionsOf(tx, acting.accountId, null));
    this.#house.sessions.forget(acting.accountId);
  }

  async actAs(acting: Acting, membershipId: string): Promise<void> {
    const { db, clock, sessions } = this.#house;
    await db.act(enteringAs(acting.accountId), async (tx) => {
      const current = await livingCapacities(tx, acting.accountId, clock.now());
      const wanted = current.find((m) => m.membershipId === membershipId);
      if (wanted === undefined) throw new Problem('auth.membership_unknown');
      moveSession(tx, acting.sessionHash, wanted.scopeId, wanted.membershipId);
    });
    sessions.forget(acting.accountId);
  }

  async changePreferences(
    acting: Acting,
    wish: { locale?: 'zh-CN' | 'en' | undefined; isLargeType?: boolean | undefined },
  ): Promise<void> {
    await this.#house.db.act(acting.actor, async (tx) => updatePreferences(tx, acting.accountId, wish));
    this.#house.sessions.forget(acting.accountId);
  }

  /** The first password needs none before it: the session proves the phone. Other sessions end with the old one. */
  async changePassword(
    acting: Acting,
    wish: { current?: string | undefined; password: string },
    address: string,
  ): Promise<void> {
    const { db, clock, crypto, sessions } = this.#house;
    const now = clock.now();
    const entering = enteringAs(acting.accountId);
    const known = await db.read(entering, async (q) => {
      const [account, stored, memberships] = await Promise.all([
        findAccount(q, acting.accountId),
        findPasswordHash(q, acting.accountId),
        livingMemberships(q, acting.accountId, now),
      ]);
      if (account?.phone_cipher == null) throw new Problem('auth.session_required');
      return {
        phone: crypto.open(account.phone_cipher, phoneField, account.account_id),
        stored,
        memberships,
      };
    });
    const own = known.memberships.find((m) => m.membershipId === acting.membershipId);
    if (own === undefined || !known.memberships.some((m) => m.role !== 'resident')) {
      throw new Problem('auth.password_staff_only');
    }
    const fault = passwordFault(wish.password.normalize('NFKC'), known.phone);
    if (fault !== null) {
      throw new Problem('auth.password_weak', { reason: fault, least: passwordRule.least }, [
        { path: '/password', code: fault, params: {} },
      ]);
    }
    const keys = attemptKeys(this.#house, 'account', acting.accountId, address);
    if (known.stored !== null) {
      const failures = await db.act(entering, (tx) => reserveAttempt(tx, keys, now));
      if (!(await verifyPassword(known.stored, wish.current ?? ''))) {
        throw new Problem('auth.password_wrong', { attemptsLeft: attemptsLeft(failures) });
      }
    }
    const hash = await hashPassword(wish.password);
    await db.act(entering, async (tx) => {
      releaseAttempt(tx, keys);
      storePassword(tx, acting.accountId, hash, now);
      removeSessionsOf(tx, acting.accountId, acting.sessionHash);
      record(tx, own, 'account.password_changed', {}, now);
    });
    sessions.forget(acting.accountId);
  }
}

function settled(verdict: Verdict): NewSession | Ticket {
  if ('refusal' in verdict) throw verdict.refusal;
  return 'ticket' in verdict ? verdict : verdict.session;
}

function record(
  tx: Tx,
  membership: LivingMembership,
  action: string,
  detail: Record<string, unknown>,
  now: Date,
): void {
  const { wall } = membership.reach;
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: membership.scopeId,
    wall: { cityId: wall.cityId, streetId: wall.streetId, companyId: wall.companyId },
    accountId: membership.accountId,
    action,
    objectType: 'account',
    objectId: membership.accountId,
    detail,
    at: now,
  });
}
