import { uuidv7 } from '@gongzhi/kernel';
import type { Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import type { Somebody } from '../work-orders/fixtures.ts';
import { expireReports, makeReports } from './due.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** Every Monday at eight: last week's orders of whoever keeps it. */
export const weekly: Json = {
  expectedVersion: 0,
  name: '上周工单',
  kind: 'orders',
  aboutScopeId: null,
  filters: {},
  columns: ['exports.column.number', 'exports.column.words'],
  period: 'last_week',
  isShared: false,
  schedule: { every: 'week', day: 1, hour: 8, isWorkdaysOnly: false },
  format: 'xlsx',
  locale: 'zh-CN',
  keepDays: 30,
};

export const tryKeep = (who: Somebody, wish: Json, id: string = uuidv7(Date.parse('2026-11-23T02:00:00Z'))) =>
  who.client.send('PUT', `/reports/${id}`, { ...weekly, ...wish });

async function sweep(world: World, one: typeof makeReports): Promise<number> {
  const { worker, clock } = world;
  const { house } = world.server;
  const done = await runDueOnce({ worker, sweeps: [one], house, clock, log: quiet });
  return done[one.name] ?? 0;
}
/** Whatever is due is made; how often something was begun. */
export const makes = (world: World) => sweep(world, makeReports);
export const expires = (world: World) => sweep(world, expireReports);
