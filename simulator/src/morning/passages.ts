import { HOUR } from '@gongzhi/kernel';
import type { Actor } from './actor.ts';
import { atHour, type Stage } from './stage.ts';

/** What waits at the gate of the demonstration's compound: codes, guests, a van, parcels, something that moves out. */

interface Me {
  readonly acting: {
    readonly scopeId: string;
    readonly households: readonly { readonly id: string; readonly scopeId: string; readonly label: string }[];
  };
}
interface Numbered {
  readonly id: string;
  readonly version: number;
}

const homeOf = async (actor: Actor) => {
  const { acting } = await actor.get<Me>('/me');
  const home = acting.households[0];
  if (home === undefined) throw new Error('the resident has no home');
  return { scopeId: home.scopeId, householdId: home.id };
};

type PassesStage = Pick<Stage, 'resident' | 'neighbour' | 'desk' | 'manager' | 'now' | 'day'>;

export async function playPasses(stage: PassesStage): Promise<void> {
  const { resident, neighbour, desk, manager, now, day } = stage;
  const home = await homeOf(resident);
  const next = await homeOf(neighbour);
  const at = (ahead: number) => new Date(now() + ahead).toISOString();
  const scope = `?scopeId=${home.scopeId}`;
  for (const [who, whose] of [
    [resident, home],
    [neighbour, next],
  ] as const) {
    await who.post<Numbered>('/access/own/passes', whose);
  }
  const invite = (kind: string, name: string, more: Record<string, unknown>) => {
    return resident.post('/access/invitations', { ...home, kind, name, validFrom: at(0), ...more });
  };
  await invite('visitor', '高晓岚', {
    validTo: at(8 * HOUR),
    entries: 2,
    plate: '京A6K218',
    phone: '13600000031',
  });
  await invite('visitor', '马师傅', {
    validFrom: atHour(day(1), 9),
    validTo: atHour(day(1), 12),
    entries: 1,
  });
  await invite('delivery', '家电送货', { validTo: at(2 * HOUR), plate: '京AD20816' });
  await invite('helper', '杨阿姨', {
    validTo: atHour(day(90), 0),
    hours: [{ days: [2, 5], fromMinute: 8 * 60, toMinute: 12 * 60 }],
  });
  await invite('minor', '沈小禾', { bornOn: `${Number(day(0).slice(0, 4)) - 9}-04-18` });

  await manager.put('/access/car-park', {
    scopeId: home.scopeId,
    spaces: 320,
    monthlyFeeFen: 15_000,
    expectedVersion: 0,
  });
  const issue = (body: Record<string, unknown>) => {
    return desk.post('/access/passes', { scopeId: home.scopeId, validFrom: at(0), ...body });
  };
  const { householdId } = home;
  await issue({ kind: 'vehicle', vehicleKind: 'resident', plate: '京A3F907', householdId, name: '沈若兰' });
  await issue({
    kind: 'vehicle',
    vehicleKind: 'monthly',
    plate: '京AD71520',
    householdId: next.householdId,
    name: '秦守义',
    validTo: atHour(day(60), 0),
  });
  await issue({
    kind: 'contractor',
    name: '吕工',
    authority: '安顺装饰',
    permitNumber: '装修许可 2026-0417',
    householdId: next.householdId,
    hours: [{ days: [1, 2, 3, 4, 5], fromMinute: 8 * 60, toMinute: 18 * 60 }],
    validTo: atHour(day(30), 0),
  });
  await issue({ kind: 'staff', name: '保洁班', validTo: atHour(day(180), 0) });

  const parcel = async (carrier: string, tail: string, shelf: string, whose: typeof home) => {
    return desk.post<Numbered>('/access/parcels', { ...whose, carrier, tail, shelf });
  };
  await parcel('顺丰', '8821', '东门 2 架 3 层', home);
  await parcel('京东', '4470', '东门冷柜', home);
  const taken = await parcel('中通', '0913', '东门 1 架 1 层', home);
  await parcel('邮政', '5526', '东门 1 架 4 层', next);
  await resident.post(`/access/parcels/${taken.id}/commands${scope}`, {
    action: 'collect',
    expectedVersion: taken.version,
  });
  await resident.post('/access/goods-slips', {
    ...home,
    items: [
      { what: '旧冰箱', count: 1 },
      { what: '书柜', count: 2 },
    ],
    carriedBy: '搬家公司',
    plate: '京A88K52',
    validFrom: at(0),
    validTo: at(6 * HOUR),
  });
  const { id } = await manager.post<{ id: string }>('/access/list-entries', {
    scopeId: home.scopeId,
    kind: 'deny',
    plate: '京B70913',
    reason: '冒充送货,多次尾随进楼发小广告',
    authority: '静安里项目部',
    endsAt: atHour(day(30), 0),
  });
  await desk.post(`/access/list-entries/${id}/appeal${scope}`, {
    expectedVersion: 1,
    words: '车借给了朋友,本人没有来过,愿意留电话',
  });
}
