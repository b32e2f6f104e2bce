import { randomBytes } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import type { CallState } from './domain.ts';

/** The department whose telephone this is: one's own, or the one named by whoever oversees several. */
export async function deskOf(q: Executor, acting: Acting, scopeId: string | undefined): Promise<Wall> {
  const wall = await accessScope(q, acting, scopeId ?? acting.homeScopeId);
  if (wall.kind !== 'department') throw new Problem('telephony.no_desk');
  return wall;
}

/** The secret is shown this once; the database holds it sealed. */
export function makeLine(
  house: House,
  acting: Acting,
  tx: Tx,
  wall: Wall,
  name: string,
  now: Date,
): { line: string; secret: string } {
  const id = uuidv7(now.getTime());
  const secret = randomBytes(32).toString('base64url');
  tx.write(
    sql`insert into telephony.line (scope_id, line_id, city_id, street_id, company_id, name, secret_cipher, made_by, made_name, made_at)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${name.trim()},
          ${house.crypto.seal(secret, 'telephony.line', id)}, ${acting.accountId}, ${acting.displayName}, ${now})`,
  );
  tell(tx, wall, 'phone_line.changed', id, {}, now);
  return { line: `${wall.scopeId}.${id}`, secret };
}

export async function revokeLine(tx: Tx, wall: Wall, id: string, now: Date): Promise<void> {
  const gone = await tx.query(
    sql`update telephony.line set revoked_at = ${now} where scope_id = ${wall.scopeId} and line_id = ${id} and revoked_at is null returning 1 as gone`,
  );
  if (gone.length === 0) throw new Problem('not_found');
  tell(tx, wall, 'phone_line.changed', id, {}, now);
}

/** Sits down at a telephone, or gets up. Whoever sat there before has got up: two people do not sit on one chair. */
export async function takeSeat(
  acting: Acting,
  tx: Tx,
  wall: Wall,
  extension: string | null,
  now: Date,
): Promise<void> {
  await tx.query(
    sql`update telephony.seat set account_id = null, account_name = null, seated_at = ${now}
        where scope_id = ${wall.scopeId} and account_id = ${acting.accountId} returning 1 as up`,
  );
  if (extension === null) return;
  tx.write(
    sql`insert into telephony.seat (scope_id, extension, city_id, street_id, company_id, account_id, account_name, seated_at)
        values (${wall.scopeId}, ${extension}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${acting.accountId},
          ${acting.displayName}, ${now})
        on conflict (scope_id, extension) do update
          set account_id = excluded.account_id, account_name = excluded.account_name, seated_at = excluded.seated_at`,
  );
}

const internal = { householdId: null, reporterAccountId: null, isPublic: false, isInternal: true } as const;

type Told = 'phone_call.changed' | 'phone_task.changed' | 'phone_line.changed';

function tell(tx: Tx, wall: Wall, kind: Told, objectId: string, payload: object, now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: { ...wall, ...internal },
    kind,
    version: 1,
    objectId,
    payload: { ...payload },
    occurredAt: now,
  });
}

/** Open pages of the desk look again; no number is in it. */
export function tellCall(
  tx: Tx,
  wall: Wall,
  id: string,
  state: CallState,
  extensions: readonly string[],
  now: Date,
): void {
  tell(tx, wall, 'phone_call.changed', id, { state, extensions }, now);
}

export function tellTask(tx: Tx, wall: Wall, id: string, now: Date): void {
  tell(tx, wall, 'phone_task.changed', id, {}, now);
}
