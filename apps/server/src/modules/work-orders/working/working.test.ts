import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../../test/world.ts';
import { aWorkOrder, DAY, expectStatus, HOUR, MINUTE, type Somebody } from '../fixtures.ts';
import { working } from './fixtures.ts';

/** Who works, what they wait for, what they check, whom they hand it to. */
let world: World;
let job: ReturnType<typeof working>;
beforeAll(async () => {
  world = await aWorld();
  job = working(world);
});
afterAll(() => world.close());

const jobsOf = async (who: Somebody): Promise<string[]> =>
  (await who.lists('&assignee=me&status=assigned,accepted,departed,arrived,in_progress,paused')).map(
    ({ id }) => id,
  );

describe('joint work', () => {
  it('a helper finds the job in their list, marks their own time, speaks and shows, and finishes nothing', async () => {
    const { li, zhao, xu, wang, farWorker } = world.people;
    let order = await world.anOrder('in_progress');
    expect((await zhao.looksAt(order)).status).toBe(404);
    expect((await job.tries(li, order, 'add_helper', { accountId: farWorker.accountId })).status).toBe(422);
    order = await job.does(li, order, 'add_helper', { accountId: zhao.accountId });
    expect(await jobsOf(zhao)).toContain(order.id);
    expect(await zhao.lists('&queue=mine')).toEqual([expect.objectContaining({ id: order.id })]);
    expect(await zhao.inbox()).toContain('work_order.helper_added');
    expect(await zhao.sees(order)).toMatchObject({ isHelper: true, assigneeName: '李师傅' });
    order = await job.does(zhao, order, 'helper_arrive');
    expect((await job.tries(zhao, order, 'helper_arrive')).body.params.reason).toBe('already_marked');
    world.clock.advance(40 * MINUTE);
    const photo = await zhao.uploads();
    order = await zhao.does(order, 'comment', { text: '换好了另一头', photoIds: [photo] });
    expect(await wang.seesPhoto(photo)).toBe(true);
    expect((await zhao.tries(order, 'finish', { workDone: '好了' })).body.params.reason).toBe('not_yours');
    expect((await job.tries(zhao, order, 'add_line', job.line('5'))).body.params.reason).toBe('not_yours');
    order = await job.does(zhao, order, 'helper_leave');
    expect(order.sheet.crew).toMatchObject([{ name: '赵师傅', isMe: true }]);
    expect((await wang.timelineOf(order)).at(-1)).toMatchObject({
      kind: 'work_order.helper_left',
      actorName: '赵师傅',
      params: { minutes: 40 },
    });
    // Gone from the list, not from what they have seen.
    expect(await jobsOf(zhao)).not.toContain(order.id);
    expect((await zhao.looksAt(order)).status).toBe(200);
    order = await job.does(li, order, 'add_helper', { accountId: xu.accountId });
    order = await job.does(li, order, 'remove_helper', { accountId: xu.accountId });
    expect((await xu.looksAt(order)).status).toBe(404);
    expect((await li.timelineOf(order)).at(-1)!.params).toMatchObject({ helperName: '徐师傅' });
  });
});

describe('parts and visits', () => {
  it('a part lets the work rest until the morning it is expected, and reminds; its coming ends the rest', async () => {
    const { li, wang } = world.people;
    let order = await world.anOrder('in_progress');
    const part = { what: '进口阀芯', supplier: '城南水暖', expectedOn: '2026-11-25' };
    expect(
      (await job.tries(li, order, 'order_part', { ...part, expectedOn: '2026-11-22' })).body.params.reason,
    ).toBe('until_in_past');
    order = await job.does(li, order, 'order_part', part);
    expect(order).toMatchObject({
      status: 'paused',
      pausedReason: 'waiting_parts',
      pausedUntil: '2026-11-25T01:00:00.000Z',
    });
    expect((await job.sees(wang, order)).parts).toMatchObject([{ what: '进口阀芯', supplier: null }]);
    world.clock.set(new Date('2026-11-25T01:00:00.001Z'));
    await world.claims();
    expect(await li.inbox()).toContain('work_order.pause_ended');
    order = await li.sees(order);
    expect((await job.tries(li, order, 'part_arrived', { partId: order.id })).status).toBe(422);
    const [ordered] = (await job.sees(li, order)).parts;
    order = await job.does(li, order, 'part_arrived', { partId: ordered.id });
    expect(order.status).toBe('in_progress');
    expect((await job.tries(li, order, 'part_arrived', { partId: ordered.id })).status).toBe(422);
  });

  it('several visits are listed with what was done and what is left, and the order stays in work', async () => {
    const { li, wang } = world.people;
    let order = await world.anOrder('in_progress');
    const from = new Date(world.clock.now().getTime() + DAY).toISOString();
    const to = new Date(world.clock.now().getTime() + DAY + 2 * HOUR).toISOString();
    expect(
      (await job.tries(li, order, 'plan_visit', { from: to, to: from, purpose: '粉刷' })).body.params.reason,
    ).toBe('span_wrong');
    order = await job.does(li, order, 'plan_visit', { from, to, purpose: '防水干透后粉刷' });
    order = await job.does(li, order, 'plan_visit', { from, to, purpose: '复查' });
    expect(await wang.inbox()).toContain('work_order.visit_planned');
    const [first, second] = order.sheet.visits;
    order = await job.does(li, order, 'complete_visit', {
      visitId: first.id,
      done: '刷了两遍',
      left: '边角',
    });
    order = await job.does(li, order, 'cancel_visit', { visitId: second.id, reason: '一次做完了' });
    expect((await job.tries(li, order, 'complete_visit', { visitId: second.id, done: 'x' })).status).toBe(
      422,
    );
    expect([order.status, (await job.sees(wang, order)).visits]).toMatchObject([
      'in_progress',
      [
        { position: 1, doneWords: '刷了两遍', leftWords: '边角' },
        { position: 2, doneAt: null },
      ],
    ]);
  });
});

describe('a check-list before the work', () => {
  it('stands before the start; a no stops it and calls the desk, who alone lets it be asked again', async () => {
    const { wang, li, desk } = world.people;
    let order = await wang.reports(aWorkOrder().about('power.trip').atHome(world.home));
    order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
    order = await li.does(order, 'accept');
    order = await li.does(order, 'arrive');
    expect((await li.tries(order, 'start')).body.params.reason).toBe('safety_first');
    expect((await li.tries(order, 'finish', { workDone: '好了' })).body.params.reason).toBe('safety_first');
    const { safety } = await job.sees(li, order);
    expect([safety.state, safety.lists[0].source]).toEqual(['needed', expect.stringContaining('GB 26860')]);
    const answers = (no?: string) =>
      safety.lists.flatMap((list: Json) =>
        list.items.map((item: Json) => ({
          list: list.code,
          item: item.code,
          answer: item.code === no ? 'no' : 'yes',
        })),
      );
    expect((await job.tries(li, order, 'answer_safety', { answers: answers().slice(1) })).body).toMatchObject(
      {
        status: 422,
        params: { reason: 'safety_incomplete' },
      },
    );
    order = await job.does(li, order, 'answer_safety', { answers: answers('tested') });
    expect(order.safety).toBe('stopped');
    expect(await desk.inbox()).toContain('work_order.safety_stopped');
    expect((await li.tries(order, 'start')).body.params.reason).toBe('safety_stopped');
    order = await job.does(desk, order, 'reset_safety', { reason: '已拉闸' });
    order = await job.does(li, order, 'answer_safety', { answers: answers() });
    order = await li.does(order, 'start');
    expect(order.status).toBe('in_progress');
    expect((await job.sees(desk, order)).safety.answers).toHaveLength(2 * answers().length);
    // What staff check is theirs.
    expect((await wang.timelineOf(order)).filter(({ kind }) => kind.includes('safety'))).toEqual([]);
    expect(await wang.sees(order)).toMatchObject({ safety: null });
    expect(
      await world.ask(
        `select distinct by_name, list_date::text from work_orders.safety_answer where work_order_id = $1`,
        [order.id],
      ),
    ).toEqual([{ by_name: '李师傅', list_date: '2012-06-01' }]);
  });

  it('asks for a picture where it says so, also one that waited on the phone', async () => {
    const { committee, desk, li } = world.people;
    let order = await committee.reports(aWorkOrder().about('water.sewage').inPublic());
    order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
    order = await li.does(order, 'accept');
    const { safety } = await job.sees(li, order);
    const answers = safety.lists.flatMap((list: Json) =>
      list.items.map((item: Json) => ({ list: list.code, item: item.code, answer: 'yes' })),
    );
    const lacking = await job.tries(li, order, 'answer_safety', { answers });
    expect(lacking.body.params.reason).toBe('safety_photo_missing');
    const photoIds = [await li.uploads(), await li.uploads()];
    order = await job.does(li, order, 'answer_safety', { answers, photoIds });
    expect(order.sheet.safety.answers.filter((answer: Json) => answer.photo !== null)).toHaveLength(2);
    expect([await desk.seesPhoto(photoIds[0]!), await world.people.chen.seesPhoto(photoIds[0]!)]).toEqual([
      true,
      false,
    ]);
  });
});

describe('photos before and after', () => {
  it('are asked for where the category says so, and shown apart', async () => {
    const { wang, li, desk } = world.people;
    let order = await wang.reports(aWorkOrder().about('water.upstairs').atHome(world.home));
    order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
    order = await li.does(order, 'accept');
    expect((await li.tries(order, 'start')).body.params.reason).toBe('before_photos_required');
    const [before, after] = [await li.uploads(), await li.uploads()];
    order = await li.does(order, 'start', { photoIds: [before] });
    order = await li.does(order, 'finish', { workDone: '堵上了', photoIds: [after] });
    expect(await wang.sees(order)).toMatchObject({
      beforePhotos: [{ id: before }],
      workPhotos: [{ id: after }],
    });
  });
});

describe('a hand-over at shift change', () => {
  const offer = (who: Somebody, toAccountId: string | null, orders: readonly Json[]) =>
    who.client.post('/work-orders/handovers', {
      toAccountId,
      items: orders.map(({ id, scopeId }) => ({ orderId: id, scopeId, note: '阀门在工具间' })),
    });
  const answers = (who: Somebody, id: string, answer: string) =>
    who.client.post(`/work-orders/handovers/${id}`, { answer });
  const seenBy = async (who: Somebody, id: string) =>
    (await who.client.get('/work-orders/handovers')).body.items.find((one: Json) => one.id === id);

  it('is taken whole by who accepts it; what is gone by then is left where it is', async () => {
    const { li, zhao, xu, desk } = world.people;
    const [one, two, gone] = [
      await world.anOrder('in_progress'),
      await world.anOrder('assigned'),
      await world.anOrder('in_progress'),
    ];
    // Xu lacks the trade; somebody else's job is nobody's to give.
    expect((await offer(li, xu.accountId, [one])).body.params.reason).toBe('assignee_lacks_skill');
    expect((await offer(zhao, xu.accountId, [one])).body.code).toBe('handover.nothing');
    expect((await offer(li, li.accountId, [one])).body.code).toBe('handover.taker_unknown');
    expect((await offer(desk, zhao.accountId, [one])).status).toBe(403);
    const { id } = expectStatus(await offer(li, zhao.accountId, [one, two, gone]), 201);
    expect(await zhao.inbox()).toContain('handover.offered');
    expect(await seenBy(zhao, id)).toMatchObject({
      isForMe: true,
      state: 'offered',
      items: [{ note: '阀门在工具间' }, {}, {}],
    });
    expect((await zhao.looksAt(one)).status).toBe(404);
    expect(await seenBy(xu, id)).toBeUndefined();
    expect((await answers(xu, id, 'accept')).status).toBe(404);
    expect((await answers(li, id, 'accept')).body.code).toBe('handover.not_yours');
    await li.does(gone, 'finish', { workDone: '好了' });
    const both = await Promise.all([answers(zhao, id, 'accept'), answers(zhao, id, 'accept')]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    for (const order of [one, two])
      expect(await zhao.sees(order)).toMatchObject({ status: 'accepted', assigneeName: '赵师傅' });
    expect((await seenBy(li, id)).items.map((item: Json) => item.result).sort()).toEqual([
      'gone',
      'passed',
      'passed',
    ]);
    expect(
      (await zhao.timelineOf(one)).slice(-2).map(({ kind, params }) => [kind, params['fromName'] ?? null]),
    ).toEqual([
      ['work_order.transferred', '李师傅'],
      ['work_order.accepted', null],
    ]);
    expect(await li.inbox()).toContain('handover.answered');
  });

  it('is declined or taken back, and then nothing has moved', async () => {
    const { li, zhao } = world.people;
    const order = await world.anOrder('in_progress');
    const first = (await offer(li, zhao.accountId, [order])).body.id;
    expect((await answers(zhao, first, 'decline')).status).toBe(200);
    const second = (await offer(li, zhao.accountId, [order])).body.id;
    expect((await answers(li, second, 'withdraw')).status).toBe(200);
    expect((await answers(zhao, second, 'accept')).body.code).toBe('handover.answered');
    expect((await li.sees(order)).version).toBe(order.version);
  });

  it('back to the desk goes at once, all or none', async () => {
    const { li, desk, zhao } = world.people;
    const mine = [await world.anOrder('in_progress'), await world.anOrder('assigned')];
    let foreign = await world.anOrder('submitted');
    foreign = await desk.does(foreign, 'assign', { assigneeAccountId: zhao.accountId });
    expect((await offer(li, null, [...mine, foreign])).status).toBe(404);
    expect((await li.sees(mine[0]!)).status).toBe('in_progress');
    expect((await offer(li, null, mine)).status).toBe(201);
    for (const order of mine)
      expect(await desk.sees(order)).toMatchObject({ status: 'triaged', assigneeAccountId: null });
    expect(await desk.inbox()).toContain('work_order.handed_back');
  });
});
