import { createHash, randomBytes, randomInt } from 'node:crypto';
import { HOUR, MINUTE, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, householdPattern, type Wall } from '../places/index.ts';
import { isWholeHome } from './domain/parcels.ts';
import { findOpenGate } from './queries-bundle.ts';
import { lockGate } from './queries-gates.ts';
import { type FoundPass, isPairingTaken, lockPairing, passesAtGate, searchesSince } from './queries-guard.ts';
import type { GateSearchBody } from './schemas-guard.ts';
import { signerOf } from './service-bundle.ts';
import { sealProofKey } from './service-proofs.ts';

/** A guard's phone becomes a gate's, its guard looks for somebody, a shift leaves word for the next. */

const PAIRING_LASTS = 15 * MINUTE;
/** A guard who searches more than this has no gate in mind. */
export const SEARCHES_AN_HOUR = 30;
const MOST_FOUND = 12;

const pairingIndex = (house: House, code: string): Buffer => house.crypto.cityIndex(`gate pairing ${code}`);

async function gateOf(tx: Tx, acting: Acting, scopeId: string, gateId: string) {
  const wall = await accessScope(tx, acting, scopeId);
  const gate = await findOpenGate(tx, scopeId, gateId);
  if (gate === null) throw new Problem('not_found');
  return { wall, gate };
}

export async function registerPhone(
  house: House,
  tx: Tx,
  acting: Acting,
  gateId: string,
  body: { readonly scopeId: string; readonly label: string },
  now: Date,
): Promise<{ deviceId: string; gateId: string; label: string; code: string; expiresAt: string }> {
  const { scopeId } = body;
  const { wall } = await gateOf(tx, acting, scopeId, gateId);
  // A gate that is retired meanwhile takes its phones with it: the second of the two sees what the first has done.
  const gate = await lockGate(tx, scopeId, gateId);
  if (gate === null || gate.retiredAt !== null) throw new Problem('not_found');
  const { cityId, streetId, companyId } = wall;
  const deviceId = uuidv7(now.getTime());
  const label = body.label.trim();
  let code = drawCode();
  while (await isPairingTaken(tx, scopeId, pairingIndex(house, code), now)) code = drawCode();
  const expiresAt = new Date(now.getTime() + PAIRING_LASTS);
  tx.write(
    sql`insert into access.gate_device (scope_id, device_id, city_id, street_id, company_id, gate_id, kind, label, credential_version, version, created_at)
        values (${scopeId}, ${deviceId}, ${cityId}, ${streetId}, ${companyId}, ${gateId}, 'guard_phone', ${label}, 0, 1, ${now})`,
  );
  tx.write(
    sql`insert into access.guard_pairing (scope_id, pairing_id, city_id, street_id, company_id, device_id, code_index, created_by, created_at, expires_at)
        values (${scopeId}, ${uuidv7(now.getTime())}, ${cityId}, ${streetId}, ${companyId}, ${deviceId}, ${pairingIndex(house, code)},
          ${acting.accountId}, ${now}, ${expiresAt})`,
  );
  note(tx, acting, wall, 'gate_device.registered', deviceId, { gateId, kind: 'guard_phone' }, now);
  return { deviceId, gateId, label, code, expiresAt: expiresAt.toISOString() };
}

const drawCode = (): string => String(randomInt(0, 100_000_000)).padStart(8, '0');

/** The digits, said to the guard by the manager, for a key that goes nowhere else. */
export async function pairPhone(house: House, tx: Tx, acting: Acting, code: string, now: Date) {
  const pairing = await lockPairing(tx, acting.actor.scopeIds, pairingIndex(house, code), now);
  if (pairing === null)
    throw new Problem('access.pairing_unknown', {}, [{ path: '/code', code: 'unknown', params: {} }]);
  const { scopeId, deviceId, gateId, gateName } = pairing;
  const wall = await accessScope(tx, acting, scopeId);
  // 192 bits by lot need no slow hash.
  const key = randomBytes(24).toString('base64url');
  tx.write(
    sql`update access.gate_device set secret_hash = ${hashKey(key)}, proof_key_cipher = ${sealProofKey(house, deviceId, key)},
          credential_version = credential_version + 1, version = version + 1, last_seen_at = ${now}
        where scope_id = ${scopeId} and device_id = ${deviceId}`,
  );
  tx.write(
    sql`update access.guard_pairing set used_at = ${now}, used_by = ${acting.accountId}
        where scope_id = ${scopeId} and pairing_id = ${pairing.pairingId}`,
  );
  note(tx, acting, wall, 'gate_device.paired', deviceId, { gateId }, now);
  return { scopeId, gateId, gateName, deviceId, key, publicKey: signerOf(house.crypto, scopeId).publicKey };
}

export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Whoever stands there without anything to show: found by home or by the last four of a phone, for a purpose, and written down. */
export async function searchAtGate(
  house: House,
  tx: Tx,
  acting: Acting,
  body: GateSearchBody,
  now: Date,
): Promise<FoundPass[]> {
  const { scopeId, gateId, by, purpose } = body;
  const { wall } = await gateOf(tx, acting, scopeId, gateId);
  const text = body.text.trim();
  if (by === 'last' ? !/^\d{4}$/.test(text) : !isWholeHome(text))
    throw new Problem('validation.failed', {}, [
      { path: '/text', code: by === 'last' ? 'last_four' : 'home', params: {} },
    ]);
  const done = await searchesSince(tx, scopeId, acting.accountId, new Date(now.getTime() - HOUR));
  if (done >= SEARCHES_AN_HOUR)
    throw new Problem('access.too_many_searches', {
      limit: SEARCHES_AN_HOUR,
      retryAfterSeconds: HOUR / 4000,
    });
  const found = await passesAtGate(
    tx,
    scopeId,
    gateId,
    by === 'last'
      ? { last4Index: house.crypto.scopeIndex(scopeId, 'phone_last4', text) }
      : { homePattern: `${householdPattern(text)}($|[^0-9])` },
    now,
    MOST_FOUND,
  );
  tx.write(
    sql`insert into access.gate_search (scope_id, search_id, city_id, street_id, company_id, gate_id, account_id, by_name, kind, purpose, found, at)
        values (${scopeId}, ${uuidv7(now.getTime())}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${gateId}, ${acting.accountId},
          ${acting.displayName}, ${by}, ${purpose}, ${found.length}, ${now})`,
  );
  return found;
}

export async function leaveNote(
  house: House,
  tx: Tx,
  acting: Acting,
  scopeId: string,
  gateId: string,
  text: string,
  now: Date,
): Promise<{ id: string; text: string; byName: string; at: string }> {
  const { wall } = await gateOf(tx, acting, scopeId, gateId);
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into access.gate_note (scope_id, note_id, city_id, street_id, company_id, gate_id, text_cipher, account_id, by_name, at)
        values (${scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${gateId},
          ${house.crypto.seal(text.trim(), NOTE, id)}, ${acting.accountId}, ${acting.displayName}, ${now})`,
  );
  return { id, text: text.trim(), byName: acting.displayName, at: now.toISOString() };
}

export const NOTE = 'access.gate_note';

export async function seeFlag(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  flagId: string,
  now: Date,
): Promise<void> {
  await accessScope(tx, acting, scopeId);
  // Whoever saw it first saw it.
  tx.write(
    sql`update access.passage_flag set seen_at = ${now}, seen_by = ${acting.accountId}, seen_by_name = ${acting.displayName}
        where scope_id = ${scopeId} and flag_id = ${flagId} and seen_at is null`,
  );
}

function note(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  action: string,
  objectId: string,
  detail: Readonly<Record<string, unknown>>,
  now: Date,
): void {
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall,
    accountId: acting.accountId,
    action,
    objectType: 'gate_device',
    objectId,
    detail,
    at: now,
  });
}
