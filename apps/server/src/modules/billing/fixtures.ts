import type { Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { calculating, posting } from './due.ts';

/** Billing as tests speak of it. */

export const NOVEMBER = '2026-11-01';

export const aTariff = (scopeId: string, more: Record<string, unknown> = {}) => ({
  scopeId,
  item: 'property_fee',
  name: '物业服务费',
  rule: { kind: 'area', rateE4: 23_000 },
  terms: { dueDays: 15 },
  validFrom: '2026-01-01',
  source: '物业服务合同第 8 条',
  replaces: null,
  ...more,
});

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** Whatever a run waits for is done, whole. */
export async function works(world: World): Promise<void> {
  const { worker, clock } = world;
  const { house } = world.server;
  await runDueOnce({ worker, sweeps: [calculating, posting], house, clock, log: quiet });
}

export async function asksRun(world: World, who: Somebody, period = NOVEMBER): Promise<Json> {
  const run = expectStatus(
    await who.client.post('/billing/runs', { scopeId: world.near.compound, period }),
    201,
  );
  await works(world);
  return seesRun(world, who, run.id);
}

export async function seesRun(world: World, who: Somebody, runId: string): Promise<Json> {
  const path = `/billing/runs/${runId}?scopeId=${world.near.compound}`;
  return expectStatus(await who.client.get(path), 200).run;
}

export const decides = (
  world: World,
  who: Somebody,
  run: Json,
  action: 'approve' | 'cancel',
  more: Record<string, unknown> = {},
) =>
  who.client.post(`/billing/runs/${run.id}/commands?scopeId=${world.near.compound}`, {
    action,
    expectedVersion: run.version,
    ...more,
  });

/** A month billed: asked by the desk, approved by the manager, posted. */
export async function bills(world: World, period = NOVEMBER): Promise<Json> {
  const run = await asksRun(world, world.people.desk, period);
  expectStatus(await decides(world, world.people.manager, run, 'approve'), 200);
  await works(world);
  return seesRun(world, world.people.desk, run.id);
}

/** A line corrected as it has to be: the desk asks, the manager allows. Without an amount nothing comes in its place. */
export async function corrects(
  world: World,
  lineId: string,
  body: { readonly reason: string; readonly expectedSettledFen: number; readonly amountFen?: number },
): Promise<Json> {
  const { desk, manager } = world.people;
  const of = `?scopeId=${world.near.compound}`;
  const asked = expectStatus(await desk.client.post(`/bills/lines/${lineId}/corrections${of}`, body), 201);
  return expectStatus(
    await manager.client.post(`/billing/corrections/${asked.id}/commands${of}`, {
      action: 'approve',
      expectedVersion: asked.version,
      expectedSettledFen: body.expectedSettledFen,
    }),
    200,
  );
}
