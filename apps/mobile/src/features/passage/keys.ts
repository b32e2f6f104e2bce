import {
  codeMessage,
  dateOfStep,
  DAY_KEY_BYTES,
  dayKeyText,
  PHONE_CODE,
  STEP,
  stepOf,
  writeCode,
} from '@gongzhi/gate';
import { type DBSchema, openDB } from 'idb';
import type { PhoneKey } from './api.ts';

/**
 * What this phone makes its codes of. The secret comes once and is kept as a key that no script can read out again;
 * what is shown is made of it here, every half minute, with or without a network.
 */
export interface KeptKey {
  passId: string;
  accountId: string;
  scopeId: string;
  ref: string;
  mark: string;
  digits: string;
  timeZone: string;
  key: CryptoKey;
}

interface Schema extends DBSchema {
  keys: { key: string; value: KeptKey };
}

const NAME = 'gongzhi-passage';
const open = () =>
  openDB<Schema>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore('keys', { keyPath: 'passId' });
    },
  });

/** Only over https, and on the very machine itself. */
export const canMakeCodes = (): boolean => globalThis.crypto?.subtle !== undefined;

/** Where the browser keeps nothing, as long as the page is open. */
const inMemory = new Map<string, KeptKey>();

/** `isKept` is false where it lives only as long as this page. */
export async function keepKey(
  given: PhoneKey,
  accountId: string,
): Promise<{ kept: KeptKey; isKept: boolean }> {
  const bytes = Uint8Array.from(atob(given.secret), (character) => character.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const { passId, scopeId, ref, mark, digits, timeZone } = given;
  const kept: KeptKey = { passId, accountId, scopeId, ref, mark, digits, timeZone, key };
  inMemory.set(passId, kept);
  try {
    const db = await open();
    await db.put('keys', kept);
    db.close();
    return { kept, isKept: true };
  } catch {
    return { kept, isKept: false };
  }
}

export async function keptKeys(accountId: string): Promise<KeptKey[]> {
  const own = new Map([...inMemory].filter(([, kept]) => kept.accountId === accountId));
  try {
    const db = await open();
    for (const kept of await db.getAll('keys')) if (kept.accountId === accountId) own.set(kept.passId, kept);
    db.close();
  } catch {
    // Storage that is forbidden: what is in memory is all there is.
  }
  return [...own.values()];
}

/** Signing out leaves nothing that opens a gate. */
export async function forgetKeys(accountId: string): Promise<void> {
  for (const [id, kept] of inMemory) if (kept.accountId === accountId) inMemory.delete(id);
  try {
    const db = await open();
    for (const kept of await db.getAll('keys'))
      if (kept.accountId === accountId) await db.delete('keys', kept.passId);
    db.close();
  } catch {
    // As above.
  }
}

const sign = async (key: CryptoKey, message: BufferSource): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.sign('HMAC', key, message));

/** The code of this half minute, and when the next one comes. */
export async function codeAt(kept: KeptKey, at: number): Promise<{ code: string; until: number }> {
  const step = stepOf(at);
  const text = new TextEncoder().encode(dayKeyText(kept.scopeId, dateOfStep(step, kept.timeZone)));
  const day = await crypto.subtle.importKey(
    'raw',
    (await sign(kept.key, text)).slice(0, DAY_KEY_BYTES),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const message = new Uint8Array(codeMessage(PHONE_CODE, kept.ref, step));
  return { code: writeCode(message, await sign(day, message)), until: (step + 1) * STEP };
}
