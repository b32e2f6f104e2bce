import type { Json, TestServer } from '../test/server.ts';

interface Case {
  readonly id: string;
  readonly scopeId: string;
}

/** Cases of the hotline that pages are shown with: in a company's hands, answered, and called back about. */
export interface HotlineCases {
  readonly hotlineAtCompany: Case;
  readonly hotlineAnswered: Case;
  readonly hotlineCalled: Case;
}

export async function hotlineCases(server: TestServer): Promise<HotlineCases> {
  const [street, desk] = [await server.as('street'), await server.as('desk')];
  type Client = typeof street;
  const scopes: Json[] = (await desk.get('/me')).body.acting.scopes;
  const compound = scopes.find(({ kind }) => kind === 'compound')?.id;
  // By the product's own clock, which may be another than ours: the call was made when this order was.
  const receivedAt = (await desk.get('/work-orders?limit=1&queue=unassigned')).body.items[0]?.createdAt;
  let count = 0;
  const step = async (who: Client, { id }: Case, action: string, more: object = {}): Promise<Case> => {
    const { version } = (await who.get(`/hotline/cases/${id}`)).body;
    const answer = await who.post(`/hotline/cases/${id}/commands`, {
      action,
      expectedVersion: version,
      ...more,
    });
    if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`);
    return answer.body as Case;
  };
  const taken = async (): Promise<Case> => {
    count += 1;
    const answer = await street.post('/hotline/cases', {
      number: `PG${Date.now()}${count}`,
      receivedAt,
      topic: '物业管理/公共照明',
      description: '三号楼二层楼道灯坏了半个月，晚上老人上下楼看不见。',
      placeText: '万隆小区 3 号楼',
      callerName: '葛素珍',
      callerPhone: '16900010001',
    });
    if (answer.status !== 201) throw new Error(`taking in: ${JSON.stringify(answer.body)}`);
    return answer.body as Case;
  };
  const atCompany = async (): Promise<Case> => {
    const held = await taken();
    await step(street, held, 'pass', { toScopeId: compound });
    await step(desk, held, 'sign');
    return step(desk, held, 'contact', { how: 'phone' });
  };
  const hotlineAtCompany = await atCompany();
  const hotlineAnswered = await step(desk, await atCompany(), 'answer', { text: '灯已修好' });
  const called = await taken();
  await step(street, called, 'sign');
  await step(street, called, 'contact', { how: 'visit' });
  await step(street, called, 'reply', { text: '已与来电人说明' });
  const hotlineCalled = await step(street, called, 'record_callback', {
    isValid: true,
    wasContacted: true,
    isSolved: true,
    satisfaction: 'satisfied',
  });
  return { hotlineAtCompany, hotlineAnswered, hotlineCalled };
}
