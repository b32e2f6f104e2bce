import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../db/sql.ts';
import { type GroundFloor, openGroundFloor, staffOf } from '../events/fixtures.ts';
import { audit, type AuditEntry } from './audit.ts';

let floor: GroundFloor;
beforeAll(async () => {
  floor = await openGroundFloor();
});
afterAll(() => floor.close());

function anEntry(scopeId: string, accountId: string | null): AuditEntry {
  return {
    auditId: randomUUID(),
    scopeId,
    wall: { cityId: null, streetId: null, companyId: null },
    accountId,
    action: 'person.unmasked',
    objectType: 'person',
    objectId: randomUUID(),
    detail: { purpose: 'callback' },
    at: floor.clock.now(),
  };
}

test('an act and its record stand or fall together, under the name of who acted', async () => {
  const scopeId = randomUUID();
  const actor = staffOf(scopeId);
  const kept = anEntry(scopeId, actor.accountId);
  await floor.db.act(actor, async (tx) => audit(tx, kept));
  await floor.db
    .act(actor, async (tx) => {
      audit(tx, anEntry(scopeId, actor.accountId));
      throw new Error('changed my mind');
    })
    .catch(() => {});
  await expect(floor.db.act(actor, async (tx) => audit(tx, anEntry(scopeId, randomUUID())))).rejects.toThrow(
    'row-level security',
  );
  const rows = await floor.db.read(actor, (q) =>
    q.query<{ audit_id: string; detail: unknown }>(
      sql`select audit_id, detail from platform.audit where scope_id = ${scopeId}`,
    ),
  );
  expect(rows).toEqual([{ audit_id: kept.auditId, detail: { purpose: 'callback' } }]);
});

test('nobody of the app changes or removes a record', async () => {
  const actor = staffOf(randomUUID());
  for (const statement of [sql`update platform.audit set action = 'x'`, sql`delete from platform.audit`]) {
    await expect(floor.db.act(actor, (tx) => tx.query(statement))).rejects.toThrow('permission denied');
  }
});
