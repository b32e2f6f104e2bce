import { expect } from 'vitest';
import type { Answer, Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import type { Somebody } from '../work-orders/fixtures.ts';
import { due } from './due.ts';

/** Routes of a world, laid out by its manager and walked by its workers. */
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

export const aPoint = (more: Json = {}): Json => ({
  label: '消防泵房',
  buildingId: null,
  facilityId: null,
  spot: '地下一层',
  categoryCode: 'water.pump-room',
  minutes: 10,
  deviceId: null,
  ...more,
});

/** Twice a day at twelve and at six in the evening, within an hour, from the world's first day on. */
export const aTimetable = (more: Json = {}): Json => ({
  validFrom: '2026-11-23',
  everyDays: 1,
  times: [12 * 60, 18 * 60],
  withinMinutes: 60,
  ...more,
});

export const laysOut = (who: Somebody, scopeId: string, more: Json = {}): Promise<Answer> =>
  who.client.post('/patrol/routes', {
    scopeId,
    label: '设备房巡查',
    reason: '物业服务合同',
    timetable: aTimetable(),
    checkpoints: [aPoint()],
    ...more,
  });

export async function aRoute(world: World, more: Json = {}): Promise<Json> {
  const made = await laysOut(world.people.manager, world.near.compound, more);
  expect([made.status, made.body.code]).toEqual([201, undefined]);
  return routeOf(world, made.body.id);
}

export async function routeOf(world: World, id: string, who = world.people.manager): Promise<Json> {
  const { body } = await who.client.get('/patrol/routes?limit=100');
  return body.items.find((one: Json) => one.id === id);
}

/** What has come due is done, once. */
export async function patrols(world: World): Promise<void> {
  const { house } = world.server;
  await runDueOnce({ worker: world.worker, sweeps: due, house, clock: world.clock, log: quiet });
}

export async function passesTo(world: World, moment: string): Promise<void> {
  world.clock.advance(new Date(moment).getTime() - world.clock.now().getTime());
  await patrols(world);
}

export async function roundsOf(world: World, routeId: string, who = world.people.manager): Promise<Json[]> {
  const answer = await who.client.get(`/patrol/rounds?routeId=${routeId}&limit=100`);
  expect(answer.status).toBe(200);
  return answer.body.items;
}

export const checks = (who: Somebody, round: Json, at: number, more: Json = {}): Promise<Answer> =>
  who.client.post(`/patrol/rounds/${round['id']}/checks?scopeId=${round['scopeId']}`, {
    checkpointId: round['checks'][at].checkpointId,
    result: 'well',
    ...more,
  });
