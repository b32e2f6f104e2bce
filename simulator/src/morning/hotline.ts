import { DAY, HOUR, localDate } from '@gongzhi/kernel';
import { homeCompound } from '../data/street.ts';
import type { Actor } from './actor.ts';
import type { Stage } from './stage.ts';

/** Cases of the 12345 hotline, each left where somebody of the demonstration has to do something about it. */

interface Case {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly orders: readonly { readonly id: string; readonly scopeId: string }[];
}
interface Units {
  readonly items: readonly { readonly id: string; readonly kind: string; readonly name: string }[];
}
interface Me {
  readonly acting: {
    readonly scopes: readonly { readonly id: string; readonly kind: string; readonly name: string }[];
  };
}

type More = Readonly<Record<string, unknown>>;

export interface HotlineCast {
  readonly street: Actor;
  readonly city: Actor;
  readonly socialWorker: Actor;
}

/** Homes measured in the heating season: one still cold, one warm again. Out of season nobody measures. */
export async function playHeating({ desk, now, pass }: Stage): Promise<void> {
  const compound = (await desk.get<Me>('/me')).acting.scopes.find(({ name }) => name === homeCompound)?.id;
  const { season } = await desk.get<{ season: { isOn: boolean } }>('/heating/season');
  if (compound === undefined || !season.isOn) return;
  const { items } = await desk.get<{ items: readonly { readonly id: string }[] }>(
    `/places/scopes/${compound}/households?limit=3`,
  );
  const [cold, mended, warm] = items;
  if (cold === undefined || mended === undefined || warm === undefined) return;
  const measure = (householdId: string, rooms: readonly (readonly [string, number])[], note?: string) => {
    pass(25);
    return desk.post('/heating/visits', {
      scopeId: compound,
      householdId,
      measuredAt: new Date(now()).toISOString(),
      rooms: rooms.map(([room, celsius]) => ({ room, celsius })),
      staffSignature: { how: 'spoken', name: '蒋春霞' },
      residentSignature: { how: 'spoken', name: '住户本人' },
      ...(note === undefined ? {} : { note }),
    });
  };
  await measure(
    cold.id,
    [
      ['客厅', 17.2],
      ['北屋', 15.8],
    ],
    '北屋暖气片上半截不热',
  );
  await measure(mended.id, [['客厅', 16.9]]);
  await measure(warm.id, [
    ['客厅', 20.4],
    ['主卧', 19.8],
  ]);
  await measure(mended.id, [['客厅', 19.1]], '放气以后');
}

/** Six days ago: what has come through by now. Answers what is left to be called back about. */
export async function playHotline(stage: Stage, cast: HotlineCast): Promise<() => Promise<void>> {
  const { street, city, socialWorker } = cast;
  const { desk, worker, now, pass } = stage;
  const [compound, community] = [
    (await desk.get<Me>('/me')).acting.scopes.find(({ name }) => name === homeCompound)?.id,
    (await socialWorker.get<Me>('/me')).acting.scopes.find(({ kind }) => kind === 'community')?.id,
  ];
  if (compound === undefined || community === undefined) throw new Error('nobody to give a case to');
  const day = localDate(now()).replaceAll('-', '');
  let count = 40;
  const takeIn = (who: Actor, description: string, more: More = {}): Promise<Case> => {
    count += 7;
    return who.post<Case>('/hotline/cases', {
      number: `${day}${String(count).padStart(5, '0')}`,
      receivedAt: new Date(now() - HOUR / 2).toISOString(),
      description,
      ...more,
    });
  };
  const step = async (who: Actor, { id }: Case, action: string, more: More = {}): Promise<Case> => {
    pass(2);
    const { version } = await who.get<Case>(`/hotline/cases/${id}`);
    return who.post<Case>(`/hotline/cases/${id}/commands`, { action, expectedVersion: version, ...more });
  };
  const passTo = (who: Actor, held: Case, toScopeId: string) => step(who, held, 'pass', { toScopeId });
  /** By the company's own people, as far as it can be signed for and talked about. */
  const toCompany = async (held: Case): Promise<Case> => {
    await passTo(street, held, compound);
    await step(desk, held, 'sign');
    return step(desk, held, 'contact', { how: 'phone', note: '已核实情况' });
  };
  const ownReply = async (held: Case, text: string): Promise<Case> => {
    await step(street, held, 'sign');
    await step(street, held, 'contact', { how: 'phone' });
    return step(street, held, 'reply', { text });
  };

  // From the city down to the company, with somebody who went there.
  const tank = await takeIn(city, '三号楼自来水发黄有异味一个星期了，跟物业说过一次没人来。', {
    topic: '物业管理/二次供水',
    placeText: '万隆小区 3 号楼',
    compound: '万隆小区',
    callerName: '葛素珍',
    callerPhone: '16900010001',
  });
  const { items } = await city.get<Units>(`/hotline/cases/${tank.id}/units?for=pass`);
  const office = items.find(({ kind }) => kind === 'street');
  if (office === undefined) throw new Error('the city has no street');
  await passTo(city, tank, office.id);
  await toCompany(tank);
  const opened = await step(desk, tank, 'open_order', { categoryCode: 'water.quality' });
  const [order] = opened.orders;
  if (order === undefined) throw new Error('no order behind the case');
  const { account } = await worker.get<{ account: { id: string } }>('/me');
  await desk.does(order, 'assign', { assigneeAccountId: account.id });
  for (const action of ['accept', 'start'] as const) {
    pass(20);
    await worker.does(order, action);
  }
  pass(25);
  await worker.does(order, 'finish', { workDone: '冲洗了三号楼的立管和水箱，水样送检合格' });
  await step(desk, tank, 'answer', { text: '水已经清了，水箱以后每季度洗一次。' });
  await step(street, tank, 'reply', { text: '三号楼水箱已于当天清洗，水样合格，来电人已知晓。' });

  const talked = await takeIn(street, '小区门口的早点摊占了人行道，早上推轮椅过不去。', {
    topic: '城市管理/占道经营',
    placeText: '万隆小区东门',
    callerName: '彭立群',
    callerPhone: '16900010002',
  });
  await ownReply(talked, '已与摊主约定退到红线内，城管每天早上巡一遍。');
  const noisy = await takeIn(street, '楼下饭馆排风机响到半夜，没法睡。', {
    topic: '生态环境/噪声扰民',
    placeText: '万隆小区南侧底商',
    callerName: '卫国芳',
    callerPhone: '16900010003',
  });
  await ownReply(noisy, '饭馆已给排风机加了罩子，晚上十点后不再开。');
  const unreached = await takeIn(street, '绿化带里有人种菜浇粪，味道很大。', {
    topic: '城市管理/绿化',
    placeText: '万隆小区西侧绿化带',
  });
  await ownReply(unreached, '绿化带已恢复，告知了种菜的住户。');
  const waiting = await takeIn(street, '路口红绿灯时间太短，接孩子的老人走不完。', {
    topic: '交通管理/信号灯',
    placeText: '万隆路口',
    callerName: '米淑贞',
    callerPhone: '16900010004',
  });
  await ownReply(waiting, '已请交管部门把绿灯延长八秒，本周内调整。');

  const lift = await takeIn(street, '电梯一周停了三次，上次把人关在里面二十分钟。', {
    topic: '物业管理/电梯',
    placeText: '万隆小区 5 号楼',
    callerName: '邬建华',
    callerPhone: '16900010005',
  });
  await toCompany(lift);
  await step(desk, lift, 'answer', { text: '已换门机皮带并连续试运行三天，没有再停。' });
  const fence = await takeIn(street, '小区和隔壁单位之间的围墙裂了，怕倒。', {
    topic: '住房/房屋安全',
    placeText: '万隆小区北墙',
    callerName: '樊秀英',
    callerPhone: '16900010006',
  });
  await passTo(street, fence, compound);
  await step(desk, fence, 'object', {
    ground: 'not_our_duty',
    reason: '北墙是隔壁单位的产权，不在物业服务合同里',
  });
  const pension = await takeIn(street, '社区食堂送餐总是晚到，腿脚不便的老人只能饿着。', {
    topic: '民政/养老服务',
    placeText: '万隆社区',
    callerName: '单桂兰',
    callerPhone: '16900010007',
    isConfidential: true,
  });
  await passTo(street, pension, community);
  await step(socialWorker, pension, 'sign');
  await step(socialWorker, pension, 'contact', { how: 'visit' });
  await step(socialWorker, pension, 'call_in', {
    kind: 'assist',
    toScopeId: compound,
    ask: '请物业每天中午给食堂的车留一个近的车位',
  });
  const gas = await takeIn(street, '老楼一直没有通天然气，换罐太重，什么时候能接？', {
    topic: '市政/燃气',
    placeText: '万隆小区 1 号楼',
    urgency: 'complex',
    callerName: '冀长河',
    callerPhone: '16900010008',
  });
  await step(street, gas, 'sign');
  await step(street, gas, 'contact', { how: 'phone' });
  await step(street, gas, 'hang', {
    reason: '要等明年春天的管线改造计划批下来',
    reviewAt: new Date(now() + 20 * DAY).toISOString(),
  });

  return async () => {
    // Today: what the hotline heard when it called back, and what has just come.
    const heard = { isValid: true, wasContacted: true };
    await step(street, tank, 'record_callback', { ...heard, isSolved: true, satisfaction: 'satisfied' });
    await step(street, talked, 'record_callback', {
      ...heard,
      isSolved: true,
      satisfaction: 'basically_satisfied',
    });
    await step(street, noisy, 'record_callback', { ...heard, isSolved: false, satisfaction: 'unsatisfied' });
    await step(street, noisy, 'ask_exclusion', {
      ground: 'outside_duties',
      reason: '噪声经环保部门实测未超标，来电人要求饭馆搬走',
    });
    await step(street, unreached, 'record_callback', { isValid: false, invalidReason: 'unreachable' });
    const water = await takeIn(street, '五号楼从早上起停水，没有人通知。', {
      topic: '市政/供水',
      placeText: '万隆小区 5 号楼',
      compound: '万隆小区',
      urgency: 'utility',
      callerName: '束美玲',
      callerPhone: '16900010009',
    });
    await passTo(street, water, compound);
    await takeIn(street, '三号楼的水又黄了，清洗过没几天。', {
      topic: '物业管理/二次供水',
      placeText: '万隆小区 3 号楼',
      compound: '万隆小区',
      callerName: '葛素珍',
      callerPhone: '16900010001',
      repeatOf: tank.number,
    });
  };
}
