import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readMigrations } from '../../platform/db/migrate.ts';
import { type GroundFloor, openGroundFloor } from '../../platform/events/fixtures.ts';

let floor: GroundFloor;
beforeEach(async () => {
  floor = await openGroundFloor();
});
afterEach(() => floor.close());

/** As it was before: what decides about it, and the wall around it. */
const before = `create table access.vehicle_charge (household_id uuid, amount_fen bigint not null);
  alter table access.vehicle_charge enable row level security, force row level security;
  grant select, insert on access.vehicle_charge to gongzhi_app`;
const inSteps = (...steps: readonly string[]) =>
  `begin; set local role gongzhi_owner; ${steps.join(';')}; commit`;

it.each([
  ['is gone where each charge had a home to bill', randomUUID(), false],
  ['stays where a charge was billed to nobody, closed to new ones and behind its wall', null, true],
])('the table of charges %s', async (_what, householdId, stays) => {
  const { admin } = floor;
  const migration = (await readMigrations()).find(({ name }) => name.endsWith('_no_vehicle_charges.sql'))!;
  await admin.query(inSteps(before));
  await admin.query('insert into access.vehicle_charge values ($1, 15000)', [householdId]);
  await admin.query(inSteps(migration.body));
  const check = await admin.query({ text: migration.check, rowMode: 'array' });
  const left = await admin.query(
    `select relforcerowsecurity as "isWalled", has_table_privilege('gongzhi_app', oid, 'insert') as "isOpen"
     from pg_class where oid = to_regclass('access.vehicle_charge')`,
  );
  expect(check.rows).toEqual([[true]]);
  expect(left.rows).toEqual(stays ? [{ isWalled: true, isOpen: false }] : []);
});
