import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { audit } from '../../platform/audit/audit.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { lockGateway } from './queries.ts';
import { prepaidAmong } from './queries-prepaid.ts';
import type { GatewayBody } from './schemas.ts';
import { accessCompound, faultAt } from './service.ts';
import { isForbiddenHost } from './service-hosts.ts';
import type { GatewayRow } from './tables.ts';

/** What speaks for the meters behind it: called by us, calling us, or on our broker; its secret is kept as a hash. */

const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
export const isSecret = (hash: Buffer | null, secret: string): boolean =>
  hash !== null && timingSafeEqual(hash, hashSecret(secret));

export async function registerGateway(
  house: House,
  acting: Acting,
  tx: Tx,
  body: GatewayBody,
  now: Date,
): Promise<{ readonly gateway: GatewayRow; readonly secret: string | null }> {
  const wall = await accessCompound(tx, acting, body.scopeId);
  const dial = body.transport === 'dial' ? body.dial : undefined;
  if (body.transport === 'dial' && dial === undefined)
    throw faultAt('validation.failed', '/dial', 'required');
  // A demonstration's meter runs beside it. What a name leads to is judged whenever it is called (service-hosts.ts).
  if (dial !== undefined && house.config.mode === 'production' && isForbiddenHost(dial.host))
    throw faultAt('metering.host_refused', '/dial/host', 'invalid');
  const id = uuidv7(now.getTime());
  const secret = body.transport === 'dial' ? null : randomBytes(24).toString('base64url');
  const password =
    body.password === undefined ? null : house.crypto.seal(body.password, 'metering.gateway', id);
  const gateway: GatewayRow = {
    scopeId: wall.scopeId,
    cityId: wall.cityId,
    streetId: wall.streetId,
    companyId: wall.companyId,
    id,
    label: body.label.trim(),
    transport: body.transport,
    host: dial?.host ?? null,
    port: dial?.port ?? null,
    secretHash: secret === null ? null : hashSecret(secret),
    credentialVersion: 1,
    passwordCipher: password,
    version: 1,
    createdAt: now,
    retiredAt: null,
    lastSeenAt: null,
    fault: null,
    faultAt: null,
  };
  tx.write(
    sql`insert into metering.gateway (scope_id, gateway_id, city_id, street_id, company_id, label, transport, host, port, secret_hash, credential_version,
          password_cipher, version, created_at)
        values (${gateway.scopeId}, ${id}, ${gateway.cityId}, ${gateway.streetId}, ${gateway.companyId}, ${gateway.label}, ${gateway.transport},
          ${gateway.host}, ${gateway.port}, ${gateway.secretHash}, 1, ${password}, 1, ${now})`,
  );
  auditGateway(tx, acting, gateway, 'meter_gateway.registered', now);
  return { gateway, secret };
}

/**
 * It is called no more and its secret opens nothing; its meters are read by hand until they have another line. Who is paid
 * for ahead is hung behind another one first, or ended: nobody could switch it on again.
 */
export async function retireGateway(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  gatewayId: string,
  now: Date,
): Promise<void> {
  await accessCompound(tx, acting, scopeId);
  // Whoever hangs a meter behind it holds it until it hangs.
  const gateway = await lockGateway(tx, scopeId, gatewayId);
  if (gateway === null || gateway.retiredAt !== null) throw new Problem('not_found');
  tx.write(
    sql`update metering.gateway set retired_at = ${now}, secret_hash = null, credential_version = credential_version + 1, version = version + 1
        where scope_id = ${scopeId} and gateway_id = ${gatewayId}`,
  );
  const meters = await tx.query<{ id: string }>(
    sql`update metering.meter set gateway_id = null, address = null, next_read_at = null, line_state = 'none', version = version + 1
        where scope_id = ${scopeId} and gateway_id = ${gatewayId} and retired_on is null returning meter_id as id`,
  );
  // With the meters' rows in hand: who begins one now waits, and finds that it has no line.
  const serials = await prepaidAmong(
    tx,
    scopeId,
    meters.map(({ id }) => id),
  );
  if (serials.length > 0)
    throw new Problem('metering.gateway_prepaid', {
      count: serials.length,
      serials: serials.slice(0, 5).join(', '),
    });
  auditGateway(tx, acting, gateway, 'meter_gateway.retired', now);
}

function auditGateway(tx: Tx, acting: Acting, gateway: GatewayRow, action: string, now: Date): void {
  const { scopeId, cityId, streetId, companyId, id } = gateway;
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall: { cityId, streetId, companyId },
    accountId: acting.accountId,
    action,
    objectType: 'meter_gateway',
    objectId: id,
    detail: { transport: gateway.transport },
    at: now,
  });
}
