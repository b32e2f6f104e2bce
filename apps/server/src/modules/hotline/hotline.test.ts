import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writesBeside } from '../../../../../test/locks.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import type { Json } from '../../../../../test/server.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { aNumber, looksAt, takesIn, takesStep, triesStep } from './fixtures.ts';
import { followOrders } from './consumers.ts';
import { followTakeovers } from './consumers-takeovers.ts';
import { hotlineDue } from './due.ts';
import { lockCase } from './queries.ts';

/** A case through the whole house: hands, walls, the work order behind it, what time brings. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const DAY = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();
const inDays = (days: number) => iso(world.clock.now().getTime() + days * DAY);
const isAllowed = (view: Json, action: string) =>
  view.actions.find((one: Json) => one.action === action).isAllowed as boolean;
const may = (view: Json) =>
  view.actions.filter((one: Json) => one.isAllowed).map((one: Json) => one.action as string);
const claims = () => {
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const { house } = world.server;
  return runDueOnce({ worker: world.worker, sweeps: [hotlineDue], house, clock: world.clock, log: quiet });
};

/** From the city down to the company of the near compound, signed for by its desk. */
async function atCompany(more: Record<string, unknown> = {}): Promise<Json> {
  const { street, desk } = world.people;
  const taken = await takesIn(world, street, more);
  const passed = await takesStep(world, street, taken, 'pass', { toScopeId: world.near.compound });
  return takesStep(world, desk, passed, 'sign');
}

describe('a case', () => {
  it('comes down city, street, community, company, and each hand has its share and its people are told', async () => {
    const { cityHall, street, committee, desk, manager } = world.people;
    let view = await takesIn(world, cityHall);
    expect([view.status, view.holderLevel]).toEqual(['received', 'city']);
    expect((await street.client.get(`/hotline/cases/${view.id}`)).status).toBe(404);
    view = await takesStep(world, cityHall, view, 'pass', { toScopeId: world.near.street });
    expect((await desk.client.get(`/hotline/cases/${view.id}`)).status).toBe(404);
    expect((await committee.client.get(`/hotline/cases/${view.id}`)).status).toBe(404);
    view = await takesStep(world, street, await looksAt(street, view), 'pass', {
      toScopeId: world.near.community,
    });
    expect((await desk.client.get(`/hotline/cases/${view.id}`)).status).toBe(404);
    view = await takesStep(world, committee, await looksAt(committee, view), 'pass', {
      toScopeId: world.near.compound,
      note: '请看电梯',
    });
    const own = await looksAt(desk, view);
    expect(own.hands.map((hand: Json) => hand.level)).toEqual(['city', 'street', 'community', 'company']);
    expect(own.hands.every((hand: Json) => Date.parse(hand.dueAt) <= Date.parse(own.dueAt))).toBe(true);
    expect(own.isMine).toBe(true);
    expect(may(own)).toEqual(['sign', 'object', 'note']);
    expect((await looksAt(street, view)).isMine).toBe(false);
    for (const who of [desk, manager]) expect(await who.inbox()).toContain('hotline_case.passed');
    expect(await world.people.farDesk.inbox()).not.toContain('hotline_case.passed');
    expect(await committee.inbox()).toContain('hotline_case.passed');
  });

  it('is nobody else’s: other streets, companies, residents and workers see nothing and do nothing', async () => {
    const view = await atCompany();
    const { farStreet, farCompany, farDesk, wang, li } = world.people;
    for (const who of [farStreet, farCompany, farDesk]) {
      expect([who.name, (await who.client.get(`/hotline/cases/${view.id}`)).status]).toEqual([who.name, 404]);
      expect((await triesStep(world, who, view, 'contact', { how: 'phone' })).status).toBe(404);
      const list = await who.client.get('/hotline/cases?queue=all&limit=100');
      expect(list.body.items.map((item: Json) => item.id)).not.toContain(view.id);
    }
    for (const who of [wang, li])
      expect((await who.client.get(`/hotline/cases/${view.id}`)).status).toBe(403);
    const list = await world.people.company.client.get('/hotline/cases?queue=all&limit=100');
    expect(list.body.items.map((item: Json) => item.id)).toContain(view.id);
  });

  it('has a number once in the city, also when two enter it at one instant', async () => {
    const number = aNumber();
    const { street, farStreet } = world.people;
    const now = world.clock.now().getTime();
    const body = { number, receivedAt: iso(now - 1), description: '楼道灯不亮' };
    const both = await Promise.all(
      [street, farStreet, street].map((who) => who.client.post('/hotline/cases', body)),
    );
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409]);
    const refused = both.find(({ status }) => status === 409)!;
    expect(refused.body.code).toBe('hotline.number_taken');
    // Nothing said: a week, as the setting has it for an ordinary one.
    const taken = both.find(({ status }) => status === 201)!.body;
    expect(Date.parse(taken.dueAt) - Date.parse(taken.receivedAt)).toBe(7 * DAY);
  });

  it('refuses what cannot be: a call in the future, a deadline before it, a page that is old', async () => {
    const { street } = world.people;
    const now = world.clock.now().getTime();
    const enters = (more: Record<string, unknown>) =>
      street.client.post('/hotline/cases', {
        number: aNumber(),
        receivedAt: iso(now - 1),
        description: 'x',
        ...more,
      });
    expect((await enters({ receivedAt: iso(now + DAY) })).body.fields).toMatchObject([
      { path: '/receivedAt', code: 'in_future' },
    ]);
    expect((await enters({ dueAt: iso(now - 2) })).body.fields).toMatchObject([
      { path: '/dueAt', code: 'due_before_received' },
    ]);
    expect((await enters({ description: '  ' })).status).toBe(422);
    expect((await enters({ repeatOf: '99999999' })).body.fields).toMatchObject([{ path: '/repeatOf' }]);
    const taken = await takesIn(world, street);
    await takesStep(world, street, taken, 'sign');
    const stale = await triesStep(world, street, taken, 'contact', { how: 'phone' });
    expect([stale.status, stale.body.code]).toEqual([409, 'hotline.stale']);
  });

  it('is signed for by one of two who press at once', async () => {
    const { street, desk, manager } = world.people;
    const taken = await takesIn(world, street);
    const passed = await takesStep(world, street, taken, 'pass', { toScopeId: world.near.compound });
    const both = await Promise.all([desk, manager].map((who) => triesStep(world, who, passed, 'sign')));
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
  });
});

describe('the work order behind it', () => {
  it('stays in step: neither ends without the other’s fact', async () => {
    const { street, desk, li, manager } = world.people;
    let view = await atCompany();
    expect(isAllowed(view, 'answer')).toBe(false);
    view = await takesStep(world, desk, view, 'open_order', { categoryCode: 'power.light.stairs' });
    const [order] = view.orders;
    expect(order).toMatchObject({ isOpen: true });
    const path = { id: order.id, scopeId: order.scopeId };
    // The caller is the one to be called back about it, by what the hotline wrote down.
    expect((await manager.sees(path)).contactMasked).toContain('138');
    for (const [action, more] of [
      ['cancel', { reason: '不做了' }],
      ['force_close', { reason: '结了' }],
      ['refer', { receiver: '自来水' }],
    ] as const) {
      const held = await manager.sees(path);
      const answer = await manager.tries(held, action, more);
      expect([action, answer.status, answer.body.params?.reason]).toEqual([action, 409, 'held']);
    }
    view = await takesStep(world, desk, view, 'contact', { how: 'phone' });
    const early = await triesStep(world, desk, view, 'answer', { text: '修好了' });
    expect(early.body).toMatchObject({ code: 'hotline.not_allowed', params: { reason: 'order_open' } });
    let work = await desk.sees(path);
    work = await desk.does(work, 'assign', { assigneeAccountId: li.accountId });
    work = await li.does(work, 'accept');
    work = await li.does(work, 'start');
    await li.does(work, 'finish', { workDone: '换了曳引机轴承' });
    await world.told();
    view = await looksAt(desk, view);
    expect(view.events.map((event: Json) => event.params.step).filter(Boolean)).toEqual([
      'assigned',
      'accepted',
      'arrived',
      'finished',
    ]);
    view = await takesStep(world, desk, view, 'answer', { text: '电梯已恢复运行' });
    expect([view.status, view.holderLevel]).toEqual(['answered', 'street']);
    // Out of the case's own facts, and only of them.
    view = await looksAt(street, view);
    expect(view.draft.map((line: Json) => line.key)).toEqual([
      'hotline.draft.received',
      'hotline.draft.lead',
      'hotline.draft.contacted',
      'hotline.draft.doneBy',
      'hotline.draft.answer',
    ]);
    expect(view.draft.at(-2).params).toMatchObject({ work: '换了曳引机轴承', worker: '李师傅' });
    expect((await triesStep(world, desk, view, 'reply', { text: 'x' })).body.params.reason).toBe('not_yours');
    view = await takesStep(world, street, view, 'reply', { text: '已修复' });
    expect(
      (await world.ask(`select held_by from work_orders.work_order where work_order_id = $1`, [order.id]))[0]
        .held_by,
    ).toBeNull();
    // Not solved: somebody goes again, and the case with it.
    view = await takesStep(world, street, view, 'record_callback', {
      isValid: true,
      wasContacted: true,
      isSolved: false,
      satisfaction: 'unsatisfied',
      redoUntil: inDays(3),
    });
    expect([view.status, view.round, view.orders[0].isOpen]).toEqual(['signed', 2, true]);
    expect((await desk.sees(path)).status).toBe('disputed');
    expect(view.callbacks).toMatchObject([{ round: 1, isValid: true, isSolved: false, isExcluded: false }]);
  });

  it('a confidential caller is the street’s and the city’s alone, by row-level security too', async () => {
    const { street, desk, cityHall } = world.people;
    let view = await atCompany({ isConfidential: true });
    expect(view.caller).toBeNull();
    expect((await desk.client.post(`/hotline/cases/${view.id}/caller`, { purpose: '联系' })).status).toBe(
      404,
    );
    expect((await looksAt(street, view)).caller).toBe('何** 138****1234');
    for (const who of [street, cityHall]) {
      const plain = await who.client.post(`/hotline/cases/${view.id}/caller`, { purpose: '核实情况' });
      expect(plain.body).toEqual({ name: '何秀兰', phone: '13800001234' });
    }
    const [row] = await world.ask(`select caller_cipher from hotline.caller where case_id = $1`, [view.id]);
    expect((row.caller_cipher as Buffer).toString('utf8')).not.toContain('13800001234');
    const audits = await world.ask(`select account_id from platform.audit where object_id = $1`, [view.id]);
    expect(audits).toHaveLength(2);
    // Nor does it reach the work order.
    view = await takesStep(world, desk, view, 'open_order', { categoryCode: 'power.light.stairs' });
    const [order] = await world.ask(
      `select contact_cipher from work_orders.work_order where work_order_id = $1`,
      [view.orders[0].id],
    );
    expect(order.contact_cipher).toBeNull();
    const outbox = await world.ask(`select payload::text as text from platform.outbox where object_id = $1`, [
      view.id,
    ]);
    expect(outbox.some(({ text }) => /何秀兰|13800001234|电梯/.test(text))).toBe(false);
  });
});

describe('objection, help, repeats', () => {
  it('goes up to the hand above when it is upheld, and the company sees it no more', async () => {
    const { street, desk, manager } = world.people;
    let view = await atCompany();
    view = await takesStep(world, desk, view, 'object', { ground: 'not_our_area', reason: '红线外' });
    expect((await triesStep(world, manager, view, 'uphold', { reason: '是' })).body.params.reason).toBe(
      'not_yours',
    );
    view = await takesStep(world, street, await looksAt(street, view), 'uphold', { reason: '属市政' });
    expect([view.status, view.holderLevel, view.leadName]).toEqual(['received', 'street', null]);
    expect((await desk.client.get(`/hotline/cases/${view.id}`)).status).toBe(404);
  });

  it('calls in a company from elsewhere, who reads it, reports, and sees nobody’s name', async () => {
    const { desk, farDesk, farCompany } = world.people;
    let view = await atCompany();
    view = await takesStep(world, desk, view, 'call_in', {
      kind: 'assist',
      toScopeId: world.far.compound,
      ask: '借一台泵',
    });
    for (const who of [farDesk, farCompany]) expect((await looksAt(who, view)).caller).toBeNull();
    const theirs = await looksAt(farDesk, view);
    expect(may(theirs)).toEqual(['joint_done', 'note']);
    expect((await triesStep(world, desk, view, 'answer', { text: 'x' })).body.params.reason).toBe(
      'caller_first',
    );
    view = await takesStep(world, farDesk, theirs, 'joint_done', { text: '泵已送到' });
    view = await takesStep(world, desk, await looksAt(desk, view), 'contact', { how: 'visit' });
    view = await takesStep(world, desk, view, 'answer', { text: '水已排净' });
    expect(view.draft.map((line: Json) => line.key)).toContain('hotline.draft.joint');
  });

  it('links repeated calls to one matter, whichever of them is named', async () => {
    const { street } = world.people;
    const first = await takesIn(world, street);
    const second = await takesIn(world, street, { repeatOf: first.number });
    let third = await takesIn(world, street);
    expect(third.suggestions.map((one: Json) => one.number)).toContain(first.number);
    third = await takesStep(world, street, third, 'link_repeat', { number: second.number });
    expect(third.matter.map((one: Json) => one.number).sort()).toEqual(
      [first.number, second.number].map(String).sort(),
    );
    const own = await triesStep(world, street, await looksAt(street, first), 'link_repeat', {
      number: third.number,
    });
    expect(own.body.params.reason).toBe('repeat_self');
    third = await takesStep(world, street, third, 'unlink_repeat', { reason: '不是一回事' });
    expect(third.matter).toEqual([]);
  });

  it('the city returns what the hotline should not have dispatched', async () => {
    const { cityHall } = world.people;
    const taken = await takesIn(world, cityHall);
    const view = await takesStep(world, cityHall, taken, 'dismiss', {
      ground: 'other_procedure',
      reason: '已在诉讼',
    });
    expect([view.status, view.outcome]).toEqual(['closed', 'not_dispatched']);
  });
});

describe('who works on a case', () => {
  it('keeps its order’s story from nobody: what is written onto it meanwhile does not wait', async () => {
    const { desk } = world.people;
    const taken = await atCompany();
    const view = await takesStep(world, desk, taken, 'open_order', { categoryCode: 'power.light.stairs' });
    const [order] = view.orders;
    const at = world.clock.now();
    const event = {
      kind: 'work_order.assigned',
      eventId: uuidv7(at.getTime()),
      scopeId: order.scopeId,
      objectId: order.id,
      occurredAt: at,
    };
    await writesBeside(
      world.worker,
      (first) => lockCase(first, world.city, view.id),
      (second) => followOrders.handle([event as never], second, world.server.house),
    );
    const { events } = await looksAt(desk, view);
    expect(events.map(({ kind }: Json) => kind)).toContain('hotline_case.order_moved');
  });
});

describe('a change of company', () => {
  it('takes the open cases of the compound along, and their hand', async () => {
    const { desk, farDesk, farCompany } = world.people;
    const open = await atCompany();
    const closed = await atCompany();
    await world.ask(
      `update hotline.hotline_case set status = 'closed', outcome = 'called_back', is_open = false where case_id = $1`,
      [closed.id],
    );
    const { near, far, worker } = world;
    const event = {
      scopeId: near.compound,
      wall: { cityId: world.city },
      payload: { isFirst: true, fromCompanyId: near.company, toCompanyId: far.company },
    };
    await worker.work((tx) => followTakeovers.handle([event as never], tx, world.server.house));
    expect((await desk.client.get(`/hotline/cases/${open.id}`)).status).toBe(404);
    const theirs = await looksAt(farCompany, open);
    expect([theirs.holderName, theirs.leadName, theirs.isMine]).toEqual([
      '远物业 · 近小区',
      '远物业 · 近小区',
      true,
    ]);
    expect((await farDesk.client.get(`/hotline/cases/${closed.id}`)).status).toBe(404);
    expect((await desk.client.get(`/hotline/cases/${closed.id}`)).status).toBe(200);
  });
});

describe('time', () => {
  it('marks the hand and the case late once, tells them, and a hanging one only of its review', async () => {
    const { street, desk } = world.people;
    const view = await atCompany({ dueAt: inDays(2) });
    let hanging = await atCompany({ dueAt: inDays(2) });
    hanging = await takesStep(world, street, await looksAt(street, hanging), 'hang', {
      reason: '等改造',
      reviewAt: inDays(20),
    });
    world.clock.advance(3 * DAY);
    expect((await claims())['hotline.due']).toBeGreaterThan(0);
    expect((await claims())['hotline.due']).toBe(0);
    const late = await looksAt(desk, view);
    expect([late.isLate, late.isHolderLate]).toEqual([true, true]);
    expect((await looksAt(desk, hanging)).isLate).toBe(false);
    expect(await desk.inbox()).toEqual(
      expect.arrayContaining(['hotline_case.hand_late', 'hotline_case.late']),
    );
    expect(await street.inbox()).toContain('hotline_case.late');
    world.clock.advance(20 * DAY);
    await claims();
    expect(await street.inbox()).toContain('hotline_case.review_due');
    const counts = (await street.client.get('/hotline/queues')).body.items;
    expect(counts.find((one: Json) => one.queue === 'hanging').count).toBe(1);
    const list = (await street.client.get('/hotline/cases?queue=late&limit=1')).body;
    expect(list.items).toHaveLength(1);
    const next = await street.client.get(`/hotline/cases?queue=late&limit=1&cursor=${list.nextCursor}`);
    expect(next.body.items[0]?.id).not.toBe(list.items[0].id);
  });
});
