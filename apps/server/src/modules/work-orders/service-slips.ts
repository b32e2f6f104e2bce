import { createHash, randomBytes } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import type { Actor } from '../../platform/db/actor.ts';
import { signingIn } from '../../platform/db/actor.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { admitRequest } from '../identity/index.ts';
import { wallOf } from '../places/index.ts';
import { deskPhoneOf } from './desk/queries-phones.ts';
import { station } from './domain.ts';
import { categoryOf, relationsTo } from './facts.ts';
import { findOrder } from './queries.ts';
import type { Order } from './tables.ts';

/** The slip that the desk prints, and what its code shows to whoever holds it. */

const secretBytes = 16;
const DAY = 86_400_000;

/** Which compound, so that one place is asked; and a secret that nobody guesses. */
function tokenOf(scopeId: string, secret: Buffer): string {
  return Buffer.concat([Buffer.from(scopeId.replaceAll('-', ''), 'hex'), secret]).toString('base64url');
}

function partsOf(token: string): { scopeId: string; hash: Buffer } | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 16 + secretBytes || bytes.toString('base64url') !== token) return null;
  const hex = bytes.toString('hex', 0, 16);
  const scopeId = [8, 4, 4, 4, 12].reduce<[string, number]>(
    ([text, at], length) => [`${text}${text === '' ? '' : '-'}${hex.slice(at, at + length)}`, at + length],
    ['', 0],
  )[0];
  return { scopeId, hash: hashOf(bytes.subarray(16)) };
}

const hashOf = (secret: Buffer): Buffer => createHash('sha256').update(secret).digest();

/** Papers of a place are handed out by who serves it now. */
function mayHandOut(acting: Acting, order: Order): void {
  if (relationsTo(acting, order).includes('predecessor'))
    throw new Problem('permission.denied', { permission: 'slip.print' });
}

export async function printSlip(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  orderId: string,
  now: Date,
) {
  const [order, wall] = await Promise.all([findOrder(tx, acting, scopeId, orderId), wallOf(tx, scopeId)]);
  if (order === null || wall === null) throw new Problem('not_found');
  mayHandOut(acting, order);
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  const [category, days] = await Promise.all([
    categoryOf(tx, order.state.categoryCode),
    house.settings.get(tx, chain, 'work_order.slip_days', now),
  ]);
  const secret = randomBytes(secretBytes);
  const expiresAt = new Date(now.getTime() + days * DAY);
  const { cityId, streetId, companyId } = order.wall;
  tx.write(
    sql`insert into work_orders.slip (scope_id, slip_id, city_id, street_id, company_id, work_order_id, secret_hash, printed_by_account_id, printed_at, expires_at)
        values (${scopeId}, ${uuidv7(now.getTime())}, ${cityId}, ${streetId}, ${companyId}, ${orderId}, ${hashOf(secret)}, ${acting.accountId}, ${now}, ${expiresAt})`,
  );
  return {
    token: tokenOf(scopeId, secret),
    expiresAt: expiresAt.toISOString(),
    number: order.number,
    scopeName: wall.name,
    categoryNameZh: category?.nameZh ?? '',
    categoryNameEn: category?.nameEn ?? '',
    description: order.description,
    createdAt: new Date(order.state.createdAt).toISOString(),
    deskPhone: await deskPhoneOf(tx, wall, now),
  };
}

/** All that were printed for the order open nothing any more. */
export async function revokeSlips(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  orderId: string,
  now: Date,
): Promise<number> {
  const order = await findOrder(tx, acting, scopeId, orderId);
  if (order === null) throw new Problem('not_found');
  mayHandOut(acting, order);
  const gone = await tx.query(
    sql`update work_orders.slip set revoked_at = ${now}
        where scope_id = ${scopeId} and work_order_id = ${orderId} and revoked_at is null returning 1 as gone`,
  );
  return gone.length;
}

const slipLimit = { name: 'slip_address', most: 60, within: 60_000 } as const;

interface StatusRow {
  number: string;
  status: Parameters<typeof station>[0]['status'];
  paused_from: Parameters<typeof station>[0]['pausedFrom'];
  is_confidential: boolean;
  assignee_name: string | null;
  assignee_title: string | null;
  created_at: Date;
  accepted_at: Date | null;
  arrived_at: Date | null;
  started_at: Date | null;
  finished_at: Date | null;
  closed_at: Date | null;
  resolve_due_at: Date | null;
}

/** Missing, withdrawn, run out and made up all look the same: no slip. That is an answer, and no failure of the page. */
export async function readSlip(house: House, token: string, address: string) {
  const now = house.clock.now();
  const parts = partsOf(token);
  const found = await house.db.act(signingIn, async (tx) => {
    await admitRequest(tx, house.crypto, slipLimit, address, now);
    return parts === null ? null : orderOfSlip(tx, parts.scopeId, parts.hash, now);
  });
  if (parts === null || found === null) return { slip: null };
  const { scopeId } = parts;
  // The code was right: its matter is read as its scope reads it, and only these columns of it.
  const atPlace: Actor = { ...signingIn, kind: 'scope', scopeIds: [scopeId] };
  const [row] = await house.db.read(atPlace, (q) =>
    q.query<StatusRow>(
      sql`select o.number, o.status, o.paused_from, o.is_confidential, o.assignee_name, o.assignee_title, o.created_at, o.accepted_at,
            o.arrived_at, o.started_at, o.finished_at, o.closed_at, o.resolve_due_at
          from work_orders.work_order o where o.scope_id = ${scopeId} and o.work_order_id = ${found}`,
    ),
  );
  if (row === undefined) return { slip: null };
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  const isWithWorker = row.accepted_at !== null;
  const slip = {
    number: row.number,
    station: station({ status: row.status, pausedFrom: row.paused_from }),
    isPaused: row.status === 'paused',
    isCancelled: row.status === 'cancelled',
    isEnded: row.status === 'closed' || row.status === 'cancelled',
    assigneeName: isWithWorker ? row.assignee_name : null,
    assigneeTitle: isWithWorker ? row.assignee_title : null,
    createdAt: row.created_at.toISOString(),
    acceptedAt: iso(row.accepted_at),
    arrivedAt: iso(row.arrived_at),
    startedAt: iso(row.started_at),
    finishedAt: iso(row.finished_at),
    closedAt: iso(row.closed_at),
    dueAt: iso(row.resolve_due_at),
  };
  return { slip };
}

async function orderOfSlip(q: Executor, scopeId: string, hash: Buffer, now: Date): Promise<string | null> {
  const [row] = await q.query<{ id: string }>(
    sql`select s.work_order_id as id from work_orders.slip s
        where s.scope_id = ${scopeId} and s.secret_hash = ${hash} and s.revoked_at is null and s.expires_at > ${now}`,
  );
  return row?.id ?? null;
}
