import type { Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { nightlyLook, stepsDue } from './due.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** The night comes: every compound that is due is looked through. */
export async function looks(world: World): Promise<number> {
  const { worker, clock } = world;
  const done = await runDueOnce({
    worker,
    sweeps: [nightlyLook],
    house: world.server.house,
    clock,
    log: quiet,
  });
  return done[nightlyLook.name] ?? 0;
}

/** A day begins: whose step is due hears of it. How many were told. */
export async function daysBegin(world: World): Promise<number> {
  const { worker, clock } = world;
  const { house } = world.server;
  const done = await runDueOnce({ worker, sweeps: [stepsDue], house, clock, log: quiet });
  return done[stepsDue.name] ?? 0;
}

export interface Past {
  readonly at: Date;
  readonly text: string;
  readonly category: string;
  readonly facilityId?: string | null;
  readonly buildingId?: string | null;
  readonly householdId?: string | null;
  readonly more?: Record<string, unknown>;
}

/** Matters as they were kept, like a sample order of the world's but for what is said here. */
export async function past(world: World, sample: Json, ...matters: readonly Past[]): Promise<string[]> {
  const ids: string[] = [];
  for (const {
    at,
    text,
    category,
    facilityId = null,
    buildingId = null,
    householdId = null,
    more,
  } of matters) {
    const id = crypto.randomUUID();
    await world.admin.query(
      `insert into work_orders.work_order select * from jsonb_populate_record(null::work_orders.work_order, $1)`,
      [
        JSON.stringify({
          ...sample,
          work_order_id: id,
          number: id,
          kind: 'repair',
          category_code: category,
          description: text,
          created_at: at.toISOString(),
          facility_id: facilityId,
          building_id: buildingId,
          household_id: householdId,
          reporter_account_id: null,
          place: householdId === null ? 'public' : 'home',
          ...more,
        }),
      ],
    );
    ids.push(id);
  }
  return ids;
}
