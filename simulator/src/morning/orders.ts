import { Actor, type Seen } from './actor.ts';
import { atHour, hours, type Stage } from './stage.ts';

interface Home {
  readonly id: string;
  readonly scopeId: string;
}
interface Me {
  readonly account: { readonly id: string };
  readonly acting: { readonly households: readonly Home[] };
}
interface Candidates {
  readonly items: readonly { readonly accountId: string; readonly role: string }[];
}
interface Prices {
  readonly items: readonly { readonly id: string; readonly code: string }[];
}
interface Sheet {
  readonly contractors: readonly { readonly id: string }[];
  readonly visits: readonly { readonly id: string }[];
  readonly safety: {
    readonly lists: readonly {
      readonly code: string;
      readonly items: readonly {
        readonly code: string;
        readonly mayNotApply: boolean;
        readonly needsPhoto: boolean;
      }[];
    }[];
  } | null;
}

const GO = ['accept', 'depart', 'arrive', 'start'] as const;

/** Orders that show what the work itself can be: each left at the moment somebody has to do something about it. */
export async function playOrders(stage: Stage): Promise<void> {
  const { resident, neighbour, worker, steward, desk, until, pass, day, url } = stage;
  const homeOf = async (who: Actor): Promise<Home> => {
    const [home] = (await who.get<Me>('/me')).acting.households;
    if (home === undefined) throw new Error('nobody lives there');
    return home;
  };
  const [hers, theirs] = [await homeOf(resident), await homeOf(neighbour)];
  const workerId = (await worker.get<Me>('/me')).account.id;
  const atHome = (who: Actor, home: Home, categoryCode: string, description: string, more: object = {}) =>
    who.post<Seen>('/work-orders', {
      scopeId: home.scopeId,
      categoryCode,
      description,
      place: { type: 'home', householdId: home.id },
      ...more,
    });
  const inPublic = (who: Actor, categoryCode: string, description: string, spot: string) =>
    who.post<Seen>('/work-orders', {
      scopeId: hers.scopeId,
      categoryCode,
      description,
      place: { type: 'public', spot },
    });
  /** Given to our worker, and on as far as they come. */
  const takes = async (order: Seen, steps: number): Promise<void> => {
    pass(4);
    await desk.does(order, 'assign', { assigneeAccountId: workerId });
    for (const action of GO.slice(0, steps)) {
      pass(5);
      await worker.does(order, action);
    }
  };
  const adds = async (order: Seen, codes: readonly (readonly [string, string])[]): Promise<void> => {
    const { items } = await worker.get<Prices>(`/work-orders/prices?scopeId=${order.scopeId}`);
    for (const [code, quantity] of codes) {
      const priceId = items.find((one) => one.code === code)?.id;
      await worker.works(order, 'add_line', { priceId, quantity });
    }
  };
  const sheetOf = (who: Actor, order: Seen): Promise<Sheet> =>
    who.get<Sheet>(`/work-orders/${order.id}/working?scopeId=${order.scopeId}`);

  // Five days ago: repaired against payment, agreed and done. Whoever reports it again is in warranty.
  until(hours(5 * 24 - 2));
  const paid = await atHome(neighbour, theirs, 'water.tap', '厨房水龙头关不紧,一直滴水,换过垫片也没用。');
  await takes(paid, 4);
  await adds(paid, [
    ['tap-core', '1'],
    ['visit', '1'],
  ]);
  // The drain was mended three weeks ago: another thing, so no warranty.
  await desk.works(paid, 'set_payer', { payer: 'household', reason: '上次修的是下水道,不是同一处' });
  await worker.works(paid, 'send_quote');
  pass(6);
  await neighbour.post(`/work-orders/${paid.id}/working?scopeId=${paid.scopeId}`, {
    action: 'agree',
    quoteNo: 1,
    total: '56.00',
  });
  pass(20);
  await worker.does(paid, 'finish', { workDone: '换了阀芯,试水不滴了' });
  pass(90);
  await neighbour.does(paid, 'confirm');
  await neighbour.does(paid, 'rate', {
    score: 'basically_satisfied',
    words: '修得好,就是等了一上午。',
    aspects: { speed: 'unsatisfied', manner: 'satisfied', quality: 'satisfied' },
  });

  // Four days ago: done, and nobody has said anything since. The desk is to call.
  until(hours(4 * 24));
  const silent = await atHome(resident, hers, 'water.pressure', '四楼以下水都小,我家洗澡时热水器点不着。');
  await takes(silent, 4);
  pass(25);
  await worker.does(silent, 'finish', { workDone: '清洗了入户阀门前的过滤网,水压恢复' });

  // Three days ago: not satisfied, so called about at once; the office has answered.
  until(hours(3 * 24));
  const unhappy = await atHome(neighbour, theirs, 'water.drain', '阳台地漏反味,下水也慢。');
  await takes(unhappy, 4);
  pass(30);
  await worker.does(unhappy, 'finish', { workDone: '疏通地漏,换了防臭芯' });
  pass(60);
  await neighbour.does(unhappy, 'confirm');
  await neighbour.does(unhappy, 'rate', {
    score: 'unsatisfied',
    words: '师傅人好,可是第二天又老样子。',
    aspects: { speed: 'satisfied', manner: 'satisfied', quality: 'unsatisfied' },
  });
  pass(45);
  await desk.does(unhappy, 'reply_rating', { text: '对不起,没修到位。我们再约师傅上门,不收费。' });

  // Yesterday: a part is awaited, one visit is done and the next is agreed.
  until(hours(26));
  const parts = await atHome(resident, hers, 'water.tap', '厨房冷热水龙头底座裂了,一开水就从底下渗。');
  await takes(parts, 4);
  await worker.works(parts, 'plan_visit', {
    from: new Date(stage.now() + hours(1)).toISOString(),
    to: new Date(stage.now() + hours(2)).toISOString(),
    purpose: '拆下龙头看型号',
  });
  pass(60);
  const first = (await sheetOf(worker, parts)).visits[0];
  await worker.works(parts, 'complete_visit', {
    visitId: first?.id,
    done: '先装了临时堵头,关掉了厨房角阀',
    left: '等新龙头到了再装',
  });
  await worker.works(parts, 'plan_visit', {
    from: atHour(day(2), 9),
    to: atHour(day(2), 11),
    purpose: '装新龙头,试水',
  });
  await worker.works(parts, 'order_part', {
    what: '单孔冷热水龙头 一只',
    supplier: '城南水暖器材行',
    expectedOn: day(1),
  });

  // Told twice: one is told in the other, and a neighbour follows.
  pass(15);
  const gate = await inPublic(resident, 'gate.fault', '单元门禁刷卡没反应,老人进不来。', '1号楼1单元门口');
  await neighbour.post(`/work-orders/${gate.id}/follow?scopeId=${gate.scopeId}`, {});
  pass(10);
  const twin = await inPublic(steward, 'gate.fault', '巡查:1号楼1单元刷卡不开门,读卡器不亮。', '1号楼1单元');
  pass(5);
  await desk.does(twin, 'merge', { number: gate.number });

  // A firm from outside, with a link of its own.
  until(hours(22));
  const outside = await inPublic(
    steward,
    'building.facade',
    '东墙三楼高处有两块瓷砖翘起来,下面是人行道。',
    '3号楼东墙',
  );
  pass(10);
  await desk.works(outside, 'invite_contractor', {
    contractor: '宏固外墙工程队',
    task: '检查 3号楼东墙,拆下松动的瓷砖,先围挡',
    days: 7,
    dueAt: atHour(day(2), 18),
  });
  const link = (await sheetOf(desk, outside)).contractors[0];
  const { path } = await desk.get<{ path: string }>(
    `/work-orders/${outside.id}/contractor-links/${link?.id ?? ''}?scopeId=${outside.scopeId}`,
  );
  const token = path.split('/').at(-1) ?? '';
  pass(50);
  const firm = Actor.outside(url, 'contractor');
  await firm.post(`/jobs/${token}`, { action: 'accept' });
  pass(30);
  await firm.post(`/jobs/${token}`, {
    action: 'say',
    text: '明早八点到,要一把 6 米梯子和围挡,请先通知一楼住户。',
  });

  // Dangerous work: stopped by one point of its check-list until the desk has seen to it.
  until(hours(5));
  const danger = await inPublic(steward, 'water.roof', '3号楼顶层楼道天花板漏水,雨停了还在滴。', '3号楼顶层');
  await takes(danger, 3);
  const safety = (await sheetOf(worker, danger)).safety;
  await worker.works(danger, 'answer_safety', {
    // What would need a picture has not been reached.
    answers: (safety?.lists ?? []).flatMap(({ code: list, items }) =>
      items.map(({ code: item, needsPhoto }, at) =>
        at === 0
          ? { list, item, answer: 'no', words: '屋顶没有可靠的挂点,安全带系不住' }
          : needsPhoto
            ? { list, item, answer: 'no', words: '还没做' }
            : { list, item, answer: 'yes' },
      ),
    ),
  });

  // Two pairs of hands.
  until(hours(3));
  const together = await inPublic(steward, 'water.sewage', '东门井盖往外冒污水,路面都湿了。', '小区东门');
  await takes(together, 2);
  const { items } = await desk.get<Candidates>(
    `/dispatch/orders/${together.id}/candidates?scopeId=${together.scopeId}`,
  );
  const helper = items.find(({ accountId, role }) => role === 'worker' && accountId !== workerId);
  if (helper !== undefined) await desk.works(together, 'add_helper', { accountId: helper.accountId });

  // Several things in one report, taken apart by the desk.
  until(hours(2.5));
  const several = await atHome(
    resident,
    hers,
    'building.window',
    '北屋窗户关不严,另外门口的对讲机也没声音了。',
    { hasSeveral: true },
  );
  pass(8);
  await desk.does(several, 'split', {
    parts: [
      { categoryCode: 'building.window', description: '北屋窗户关不严' },
      { categoryCode: 'gate.intercom', description: '门口的对讲机没声音' },
    ],
  });

  // She said when somebody is at home, and the worker has chosen an hour.
  until(hours(2));
  const visit = await atHome(resident, hers, 'water.meter', '水表走得特别快,关了所有龙头还在转。', {
    windows: [
      { from: atHour(day(1), 14), to: atHour(day(1), 17) },
      { from: atHour(day(2), 9), to: atHour(day(2), 12) },
    ],
  });
  await takes(visit, 1);
  await worker.does(visit, 'make_appointment', { from: atHour(day(1), 15), to: atHour(day(1), 16) });

  // In warranty: the neighbour's tap again.
  until(hours(1.5));
  const again = await atHome(neighbour, theirs, 'water.tap', '前几天换过阀芯的水龙头又开始滴水了。');
  await takes(again, 1);

  // A price before her eyes, waiting for her word.
  until(hours(1));
  const quoted = await atHome(resident, hers, 'water.drain', '洗脸池下水很慢,放一池水要十几分钟。');
  await takes(quoted, 4);
  await adds(quoted, [
    ['trap-basin', '1'],
    ['drain', '1'],
  ]);
  await desk.works(quoted, 'set_payer', { payer: 'household', reason: '月初修的是马桶水箱,不是同一处' });
  await worker.works(quoted, 'send_quote');

  const note = (orderId: string, text: string, isPinned = false) =>
    desk.post('/work-orders/notes', {
      scopeId: hers.scopeId,
      subject: 'order',
      subjectId: orderId,
      text,
      isPinned,
    });
  await note(parts.id, '供货商说明天上午到货,到了先打电话给住户。', true);
  await note(danger.id, '已让师傅先下来,找防水公司带挂点的吊篮。');
}
