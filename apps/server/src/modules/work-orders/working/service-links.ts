import { DAY, uuidv7 } from '@gongzhi/kernel';
import { createHash } from 'node:crypto';
import { sql } from '../../../platform/db/sql.ts';
import type { Crypto } from '../../../platform/crypto/crypto.ts';
import { actorOf } from '../service.ts';
import type { WorkingBody } from './schemas.ts';
import type { Desk, Prepared } from './service-desk.ts';

/**
 * The link of somebody from outside: 16 bytes of scope, 16 of the link, 32 that only this installation's key can make.
 * The table holds a hash of the secret, so what a copy of the database shows opens nothing; the desk is shown the
 * link again for as long as it lives, because it is made anew and not read.
 */
const purpose = 'work_orders.contractor_link';

export interface LinkToken {
  readonly scopeId: string;
  readonly linkId: string;
  readonly secret: string;
}

export function secretOf(crypto: Crypto, linkId: string): string {
  return crypto.sign(purpose, linkId);
}

export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

export function tokenOf(crypto: Crypto, scopeId: string, linkId: string): string {
  const secret = Buffer.from(secretOf(crypto, linkId), 'base64url');
  return Buffer.concat([bytesOf(scopeId), bytesOf(linkId), secret]).toString('base64url');
}

/** Null: nothing that was ever given out looks like this. */
export function readToken(token: string): LinkToken | null {
  if (!/^[\w-]{86}$/.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 64) return null;
  return {
    scopeId: idOf(bytes.subarray(0, 16)),
    linkId: idOf(bytes.subarray(16, 32)),
    secret: bytes.subarray(32).toString('base64url'),
  };
}

export function newLink(desk: Desk, body: Extract<WorkingBody, { action: 'invite_contractor' }>): Prepared {
  const { tx, house, acting, order, now } = desk;
  const { wall } = order;
  const linkId = uuidv7(now.getTime());
  const expiresAt = new Date(now.getTime() + body.days * DAY);
  const [contractor, task] = [body.contractor.trim(), body.task.trim()];
  return {
    command: { action: 'invite_contractor', contractor, task, expiresAt: expiresAt.getTime() },
    write: () =>
      tx.write(
        sql`insert into work_orders.contractor_link (scope_id, link_id, city_id, street_id, company_id, work_order_id, secret_hash,
            contractor, task, due_at, contact_purpose, expires_at, state, created_by, created_by_name, created_at)
          values (${wall.scopeId}, ${linkId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${order.id},
            ${hashOf(secretOf(house.crypto, linkId))}, ${contractor}, ${task}, ${body.dueAt === undefined ? null : new Date(body.dueAt)},
            ${body.contactPurpose?.trim() || null}, ${expiresAt}, 'invited', ${acting.accountId}, ${actorOf(acting).name}, ${now})`,
      ),
  };
}

export function revokeLink({ tx, order, now }: Desk, linkId: string): void {
  tx.write(
    sql`update work_orders.contractor_link set revoked_at = ${now}
        where scope_id = ${order.wall.scopeId} and link_id = ${linkId} and revoked_at is null`,
  );
}
