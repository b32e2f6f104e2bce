import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ConsentPurpose } from '@gongzhi/kernel';
import { isAhead } from '../clock/clock.ts';
import type { Actor } from '../db/actor.ts';
import type { Role } from '../permissions/permissions.ts';

/** For whom somebody acts by consent, and what for. */
export interface OnBehalf {
  readonly consentId: string;
  /** Nothing when it has ended. */
  readonly purposes: readonly ConsentPurpose[];
  /** Masked: what others read beside the name of who acts. */
  readonly name: string;
  /** Of who gave it; null for somebody without an account. */
  readonly accountId: string | null;
  readonly householdId: string;
  /**
   * Withdrawn, given up or run out while a session was acting on it. The session stays where it was, reaching nothing,
   * until the person chooses: going on as somebody else by itself would send what was written under a wrong name.
   */
  readonly isEnded: boolean;
}

/** The signed-in person of a request, and in which capacity they act. */
export interface Acting {
  readonly sessionHash: Buffer;
  readonly csrfToken: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly membershipId: string;
  readonly role: Role;
  /** The scope of the membership itself: compound, department, company, community, street or city. */
  readonly homeScopeId: string;
  readonly actor: Actor;
  /** Null for who acts in their own name; then `membershipId` is a membership, else the consent. */
  readonly onBehalf: OnBehalf | null;
  readonly expiresAt: Date;
  /** No person: another system that acts through one of our rooms, under the name it was given there. */
  readonly origin?: 'open311';
  /** A second factor is asked of this role and there is none yet: only the own account can be seen to. */
  readonly mustEnrol?: boolean;
}

/** Whether this may be done: always in one's own name, for another within what they agreed to. */
export function mayFor(acting: Pick<Acting, 'onBehalf'>, purpose: ConsentPurpose): boolean {
  return acting.onBehalf === null || acting.onBehalf.purposes.includes(purpose);
}

/** What the identity module gives the platform: the platform imports no module. */
export interface SessionStore {
  resolve(sessionHash: Buffer, now: Date): Promise<Acting | null>;
}

export const sessionCookie = 'gz_session';

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The cookie's secret never reaches the database. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

export function isSameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** How long another process may still honour a session that was ended elsewhere. The ending process forgets at once. */
const cacheMilliseconds = 2_000;
const cacheSize = 20_000;

/** Resolved sessions, kept for two seconds: a phone that opens a page asks ten times within one. */
export class Sessions {
  readonly #store: SessionStore;
  readonly #cache = new Map<string, { acting: Acting; until: number }>();
  readonly #watchers = new Set<(accountId: string) => void>();
  readonly #lent = new Map<string, Acting>();
  /** Grows with every forgetting: what was read before one is not kept after it. */
  #forgotten = 0;

  constructor(store: SessionStore) {
    this.#store = store;
  }

  async resolve(secret: string, now: Date): Promise<Acting | null> {
    const hash = hashSecret(secret);
    const key = hash.toString('base64');
    const lent = this.#lent.get(key);
    if (lent !== undefined) return lent;
    const known = this.#cache.get(key);
    const isKnown = known !== undefined && isAhead(known.until, now.getTime(), cacheMilliseconds);
    if (isKnown && known.acting.expiresAt > now) return known.acting;
    this.#cache.delete(key);
    const forgotten = this.#forgotten;
    const acting = await this.#store.resolve(hash, now);
    if (acting === null || forgotten !== this.#forgotten) return acting;
    if (this.#cache.size >= cacheSize) this.#cache.delete(this.#cache.keys().next().value as string);
    this.#cache.set(key, { acting, until: now.getTime() + cacheMilliseconds });
    return acting;
  }

  /**
   * For what the house asks itself as somebody (exports/asking.ts): a secret that nobody else has heard and no table
   * holds, until it is given back.
   */
  lend(acting: Acting): { readonly secret: string; giveBack(): void } {
    const secret = newSecret();
    const key = hashSecret(secret).toString('base64');
    this.#lent.set(key, acting);
    return { secret, giveBack: () => void this.#lent.delete(key) };
  }

  /** After signing out, switching membership or changing preferences. */
  forget(accountId: string): void {
    this.#forgotten++;
    for (const [key, { acting }] of this.#cache) if (acting.accountId === accountId) this.#cache.delete(key);
    for (const watcher of this.#watchers) watcher(accountId);
  }

  /** Calls when an account's sessions are not what they were: whoever holds one open asks again. Returns how to stop. */
  watch(watcher: (accountId: string) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
