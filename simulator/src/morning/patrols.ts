import { addDays } from '@gongzhi/kernel';
import type { Actor } from './actor.ts';

/** Somebody walks past the pump rooms every four hours; where water sensors watch, one round in two. */

export interface PatrolStage {
  readonly manager: Actor;
  readonly company: Actor;
  readonly worker: Actor;
  readonly scopeId: string;
  /** The place's own day. */
  readonly today: string;
  readonly now: () => number;
  /** By what it is called. */
  readonly device: (label: string) => string | null;
}

interface Route {
  readonly nextAt: string | null;
  readonly checkpoints: readonly { readonly id: string; readonly label: string }[];
}
interface Round {
  readonly id: string;
  readonly scopeId: string;
  readonly checks: readonly {
    readonly checkpointId: string;
    readonly label: string;
    readonly state: string;
  }[];
}

const hydrant = '楼道消火栓';
const withSensors = ['消防泵房', '生活泵房', '配电间'];

/** Lays the route out; what it gives back is called as time passes. */
export async function beginPatrols(stage: PatrolStage): Promise<() => Promise<void>> {
  const { manager, company, worker, scopeId, today, now } = stage;
  const point = (label: string, minutes: number, spot: string) => ({
    label,
    minutes,
    spot,
    buildingId: null,
    facilityId: null,
    categoryCode: 'patrol.equipment',
    deviceId: stage.device(`${label}水浸`),
  });
  await manager.post('/patrol/routes', {
    scopeId,
    label: '设备房与消防巡查',
    reason: '物业服务合同:设备房每四小时一巡',
    timetable: { validFrom: today, everyDays: 1, times: [0, 240, 480, 720, 960, 1_200], withinMinutes: 90 },
    checkpoints: [...withSensors.map((label) => point(label, 10, label)), point(hydrant, 15, '各楼一层')],
  });
  const route = async (): Promise<Route> => {
    const { items } = await manager.get<{ items: readonly Route[] }>(`/patrol/routes?scopeId=${scopeId}`);
    if (items[0] === undefined) throw new Error('the route that was just laid out is not there');
    return items[0];
  };
  const lower = async (label: string, reason: string): Promise<string> => {
    const checkpoint = (await route()).checkpoints.find((one) => one.label === label);
    const { id } = await manager.post<{ id: string }>('/patrol/lowerings', {
      scopeId,
      checkpointId: checkpoint?.id,
      everyRounds: 2,
      untilOn: addDays(today, 90),
      reason,
    });
    return id;
  };
  let nextAt = (await route()).nextAt;
  let rounds = 0;
  return async () => {
    if (nextAt === null || Date.parse(nextAt) > now()) return;
    // Rounds are opened by the worker's sweep, a moment later.
    for (let turn = 0; turn < 200; turn++) {
      const next = (await route()).nextAt;
      if (next !== nextAt) break;
      await new Promise((done) => setTimeout(done, 25));
    }
    nextAt = (await route()).nextAt;
    rounds += 1;
    const [round] = (await worker.get<{ items: readonly Round[] }>('/patrol/my-rounds')).items.slice(-1);
    if (round === undefined) throw new Error('the round that is due has not opened');
    const open = round.checks.filter(({ state }) => state === 'open');
    // The first is walked whole, the second begun.
    for (const { checkpointId, label } of rounds === 1 ? open : open.slice(0, 1))
      await worker.post(`/patrol/rounds/${round.id}/checks?scopeId=${round.scopeId}`, {
        checkpointId,
        ...(label === hydrant
          ? { result: 'finding', note: '3号楼一层消火栓箱门关不上,水带在' }
          : { result: 'well' }),
      });
    if (rounds > 1) return;
    const id = await lower('消防泵房', '水浸传感器装了三个月,没有漏报;改为隔轮看一次');
    await company.post(`/patrol/lowerings/${id}/decide?scopeId=${scopeId}`, {
      action: 'approve',
      expectedVersion: 1,
      words: '同意,到期复核',
    });
    await lower('配电间', '配电间也有水浸传感器');
  };
}
