import type { Actor } from './actor.ts';
import type { Stage } from './stage.ts';

/** Two gates of the demonstration's compound, a phone that waits for its guard, and what the night shift left. */

const gates = [
  { code: 'E', name: '东门', kind: 'vehicle' },
  { code: 'N', name: '北门', kind: 'pedestrian' },
] as const;

interface Found {
  readonly id: string;
}

export interface GatesOfMorning {
  readonly scopeId: string;
  readonly east: string;
  readonly north: string;
}

export async function playGates(
  { resident, manager }: Pick<Stage, 'resident' | 'manager'>,
  guard: Actor,
): Promise<GatesOfMorning> {
  const { acting } = await resident.get<{ acting: { households: readonly { scopeId: string }[] } }>('/me');
  const scopeId = acting.households[0]!.scopeId;
  const made: string[] = [];
  for (const gate of gates) {
    const facts = { scopeId, direction: 'both', buildingId: null, hours: [], ...gate };
    made.push((await manager.post<Found>('/access/gates', facts)).id);
  }
  const [east, north] = made as [string, string];
  await manager.post(`/access/gates/${north}/guard-phones`, { scopeId, label: '北门值班手机' });
  await guard.post(`/access/gates/${north}/notes?scopeId=${scopeId}`, {
    text: '6号楼有老人约了早上六点的救护车,到了直接放行。北门扫码枪电池快没电了,充电器在岗亭抽屉里。',
  });
  return { scopeId, east, north };
}
