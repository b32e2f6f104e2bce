import { randomUUID } from 'node:crypto';
import type { Stage } from './stage.ts';

/** What headquarters and the office have written down: prices, callbacks, offices to refer to, answers, queues. */

interface Me {
  readonly acting: { readonly scopeId: string };
}

const materials = [
  ['valve-angle', '角阀', '个', '35.50', 6],
  ['hose-50', '不锈钢软管 50 厘米', '根', '28.00', 6],
  ['tap-core', '水龙头阀芯', '个', '26.00', 3],
  ['tap-kitchen', '厨房冷热水龙头', '个', '168.00', 12],
  ['trap-basin', '洗脸池下水管', '套', '45.00', 6],
  ['breaker-1p', '单极空气开关 32A', '个', '52.00', 12],
  ['socket-5', '五孔插座', '个', '22.00', 12],
  ['lock-core', '门锁锁芯', '个', '120.00', 12],
  ['flush-set', '马桶水箱配件', '套', '65.00', 6],
] as const;
const labour = [
  ['visit', '上门检修', '次', '30.00', 0],
  ['hour', '维修人工', '小时', '60.00', 3],
  ['drain', '疏通下水道', '次', '80.00', 1],
] as const;

export async function playRules(stage: Stage): Promise<void> {
  const { company, manager, desk, day, pass } = stage;
  const [head, office] = [await company.get<Me>('/me'), await manager.get<Me>('/me')];
  const companyId = head.acting.scopeId;
  const today = day(-6);
  const price = (
    scopeId: string,
    kind: 'material' | 'labour',
    [code, name, unit, yuan, warrantyMonths]: readonly [string, string, string, string, number],
    more: { expectedVersion?: number; validFrom?: string; isWithdrawn?: boolean } = {},
  ) => ({
    scopeId,
    code,
    kind,
    name,
    unit,
    price: yuan,
    warrantyMonths,
    expectedVersion: 0,
    validFrom: today,
    ...more,
  });
  for (const one of materials) await company.post('/work-orders/prices', price(companyId, 'material', one));
  for (const one of labour) await company.post('/work-orders/prices', price(companyId, 'labour', one));
  // The office's own word about one thing; what has changed since; what is to come; what is gone.
  await manager.post(
    '/work-orders/prices',
    price(office.acting.scopeId, 'material', ['gasket', '密封胶圈', '个', '3.00', 0]),
  );
  pass(40);
  await company.post(
    '/work-orders/prices',
    price(companyId, 'material', ['valve-angle', '角阀', '个', '38.00', 6], {
      expectedVersion: 1,
      validFrom: day(-1),
    }),
  );
  await company.post(
    '/work-orders/prices',
    price(companyId, 'labour', ['hour', '维修人工', '小时', '68.00', 3], {
      expectedVersion: 1,
      validFrom: day(30),
    }),
  );
  await company.post(
    '/work-orders/prices',
    price(companyId, 'material', ['socket-5', '五孔插座', '个', '22.00', 12], {
      expectedVersion: 1,
      validFrom: day(-2),
      isWithdrawn: true,
    }),
  );

  const silence = { delayHours: 72, attempts: 3, retryHours: 24 };
  const soon = { delayHours: 2, attempts: 2, retryHours: 24 };
  const rules = (categoryCode: string | null, said: object, reason: string) => ({
    scopeId: companyId,
    categoryCode,
    expectedVersion: 0,
    validFrom: day(-5),
    rules: { unanswered: silence, unsatisfied: { ...soon, delayHours: 0 }, ...said },
    reason,
  });
  await company.put(
    '/work-orders/callbacks/rules',
    rules(
      null,
      { emergency: soon, sample: { ...soon, percent: 10 } },
      '今年的服务承诺:紧急的都回访,其余抽一成',
    ),
  );
  await company.put(
    '/work-orders/callbacks/rules',
    rules('water.leak.home', { emergency: soon, all: soon }, '漏水容易反复,每单都问'),
  );
  pass(10);
  await manager.put('/work-orders/callbacks/script', {
    scopeId: office.acting.scopeId,
    expectedVersion: 0,
    questions: [
      {
        key: 'q1',
        kind: 'yes_no',
        textZh: '师傅进门前穿鞋套了吗?',
        textEn: 'Did the worker put on shoe covers?',
      },
      {
        key: 'q2',
        kind: 'choice',
        textZh: '从报修到有人上门,您觉得快吗?',
        textEn: 'How did the wait feel to you?',
        options: [
          { key: 'o1', textZh: '快', textEn: 'Quick' },
          { key: 'o2', textZh: '还可以', textEn: 'Fine' },
          { key: 'o3', textZh: '太慢', textEn: 'Too slow' },
        ],
      },
      { key: 'q3', kind: 'text', textZh: '还有什么要我们改进的?', textEn: 'What should we do better?' },
    ],
  });

  // Offices that take over what isn't the company's: names and numbers of nobody.
  const receivers = [
    ['water-works', 'water', '青澜自来水客服', 'Qinglan Water', '000-96116', '24 小时'],
    ['power-grid', 'power', '青澜供电服务', 'Qinglan Power', '000-95598', '24 小时'],
    ['gas-works', 'gas', '青澜燃气抢修', 'Qinglan Gas repairs', '000-96777', '24 小时'],
    ['heat-works', 'heating', '青澜热力客服', 'Qinglan Heating', '000-96069', '8:00–20:00'],
  ] as const;
  for (const [code, kind, nameZh, nameEn, phone, open] of receivers)
    await company.put(`/work-orders/receivers/${code}`, {
      scopeId: companyId,
      kind,
      nameZh,
      nameEn,
      phone,
      hours: open,
      isActive: true,
      expectedVersion: 0,
    });

  const template = (name: string, purpose: string, textZh: string, textEn: string) => ({
    name,
    purpose,
    textZh,
    textEn,
    isActive: true,
    expectedVersion: 0,
  });
  const templates = [
    template(
      '已派师傅',
      'comment',
      '您好,{matter}已经派给{worker},{due}前办好。',
      'Hello, {matter} was given to {worker} and will be done by {due}.',
    ),
    template(
      '等配件',
      'comment',
      '您好,{place}要换的配件已经订了,到货就上门,给您添麻烦了。',
      'Hello, the part for {place} is on order; we come as soon as it arrives. We are sorry for the wait.',
    ),
    template(
      '没联系上',
      'callback',
      '您好,{company}给您打过电话没联系上,{number} 办好了吗?请在手机上告诉我们。',
      'Hello, {company} could not reach you. Is {number} done? Please tell us on your phone.',
    ),
  ];
  for (const one of templates) await manager.put(`/work-orders/templates/${randomUUID()}`, one);

  const filter = (name: string, query: object, isShared: boolean, position: number) => ({
    name,
    isShared,
    query,
    position,
    expectedVersion: 0,
  });
  await manager.put(
    `/work-orders/filters/${randomUUID()}`,
    filter('漏水没办完的', { queue: 'open', category: 'water.leak.home' }, true, 1),
  );
  await desk.put(
    `/work-orders/filters/${randomUUID()}`,
    filter('已经超时的', { queue: 'open', late: true }, false, 2),
  );
}
