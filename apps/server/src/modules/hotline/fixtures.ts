import { randomInt } from 'node:crypto';
import type { Answer, Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';

/** Cases as tests speak of them; the world is test/world.ts. */

export interface HeldCase {
  readonly id: string;
  readonly version: number;
}

export const aNumber = () => `26${randomInt(1e9, 9e9)}`;

/** A call that the hotline wrote down an hour ago, to be answered within a week unless said otherwise. */
export function aCall(world: World, more: Record<string, unknown> = {}): Record<string, unknown> {
  const now = world.clock.now().getTime();
  return {
    number: aNumber(),
    receivedAt: new Date(now - 3_600_000).toISOString(),
    dueAt: new Date(now + 7 * 86_400_000).toISOString(),
    topic: '物业管理/电梯',
    description: '3号楼电梯停了两天没人修',
    placeText: '近小区3号楼',
    callerName: '何秀兰',
    callerPhone: '13800001234',
    ...more,
  };
}

export async function takesIn(
  world: World,
  who: Somebody,
  more: Record<string, unknown> = {},
): Promise<Json> {
  return expectStatus(await who.client.post('/hotline/cases', aCall(world, more)), 201);
}

export function triesStep(
  world: World,
  who: Somebody,
  held: HeldCase,
  action: string,
  more: Record<string, unknown> = {},
): Promise<Answer> {
  world.clock.advance(1_000);
  return who.client.post(`/hotline/cases/${held.id}/commands`, {
    action,
    expectedVersion: held.version,
    ...more,
  });
}

export async function takesStep(
  world: World,
  who: Somebody,
  held: HeldCase,
  action: string,
  more: Record<string, unknown> = {},
): Promise<Json> {
  return expectStatus(await triesStep(world, who, held, action, more), 200);
}

export async function looksAt(who: Somebody, { id }: { readonly id: string }): Promise<Json> {
  return expectStatus(await who.client.get(`/hotline/cases/${id}`), 200);
}
