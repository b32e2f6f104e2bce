import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../../test/world.ts';
import { aWorkOrder, DAY, expectStatus, HOUR } from '../fixtures.ts';
import { working } from './fixtures.ts';

/** What a job costs, from the list to the bill that is to come. */
let world: World;
let job: ReturnType<typeof working>;
beforeAll(async () => {
  world = await aWorld();
  job = working(world);
});
afterAll(() => world.close());

/** Li at work at Wang's; what was done there before is another matter. */
async function aPaidJob(): Promise<Json> {
  const order = await world.anOrder('in_progress');
  const { li, desk } = world.people;
  return (await job.sees(li, order)).warranty === null
    ? order
    : job.does(desk, order, 'set_payer', { payer: 'household', reason: '不是同一处' });
}

const outboxOf = (order: Json, kind: string) =>
  world.ask(
    `select payload, household_id, is_internal from platform.outbox where object_id = $1 and kind = $2 order by event_id`,
    [order.id, kind],
  );

describe('a charged repair', () => {
  it('is quoted from the list, agreed to by the household, and due once it is done', async () => {
    const { wang, fang, li, desk, manager } = world.people;
    const valve = await job.aPrice();
    const labour = await job.aPrice({
      kind: 'labour',
      name: '上门维修',
      unit: '次',
      price: '60',
      warrantyMonths: 3,
    });
    let order = await aPaidJob();
    order = await job.does(li, order, 'add_line', { priceId: valve.id, quantity: '1.5' });
    order = await job.does(li, order, 'add_line', { priceId: labour.id, quantity: '1' });
    expect(order.sheet.charge).toMatchObject({ payer: 'household', subtotal: '113.25', total: '113.25' });
    order = await job.does(li, order, 'set_discount', { amount: '3.25', reason: '老住户' });
    // In the making it is the staff's own.
    expect(await job.sees(wang, order)).toMatchObject({ chargeState: 'draft', charge: null, safety: null });
    expect(
      (await job.tries(li, order, 'agree', { quoteNo: 1, total: '110.00', signerName: '王' })).body,
    ).toMatchObject({
      code: 'work_order.not_allowed',
      params: { reason: 'no_quote_open' },
    });
    expect((await li.tries(order, 'finish', { workDone: '好了' })).body).toMatchObject({
      status: 409,
      params: { reason: 'charge_not_agreed' },
    });
    order = await job.does(li, order, 'send_quote');
    expect(await wang.inbox()).toContain('work_order.quote_sent');
    const shown = await job.sees(fang, order);
    expect(shown.charge).toMatchObject({ total: '110.00', discount: '3.25', quoteNo: 1 });
    expect(shown.charge.lines.map((line: Json) => [line.name, line.quantity, line.amount])).toEqual([
      ['角阀', '1.5', '53.25'],
      ['上门维修', '1', '60.00'],
    ]);
    // A question and a comment change nothing about the offer; the number of the quotation guards it.
    await job.does(wang, order, 'ask', { quoteNo: 1, words: '角阀是铜的吗?' });
    const agreed = await job.tries(fang, order, 'agree', {
      expectedVersion: undefined,
      quoteNo: 1,
      total: '110.00',
    });
    expect(agreed.status).toBe(200);
    order = agreed.body.order;
    expect(order.chargeState).toBe('agreed');
    expect(
      (await job.sees(desk, order)).entries.map((entry: Json) => [entry.kind, entry.how, entry.total]),
    ).toEqual([
      ['sent', null, '110.00'],
      ['asked', 'app', '110.00'],
      ['agreed', 'app', '110.00'],
    ]);
    expect(await outboxOf(order, 'work_order.charge_agreed')).toMatchObject([
      { household_id: world.home, payload: { total: '110.00', quoteNo: 1, payer: 'household' } },
    ]);
    order = await li.does(order, 'finish', { workDone: '换了角阀' });
    expect(await outboxOf(order, 'work_order.charge_due')).toMatchObject([
      { payload: { total: '110.00', quoteNo: 1 } },
    ]);
    expect(await wang.inbox()).toContain('work_order.charge_due');
    const { wang: _, ...others } = world.people;
    // Neither next door nor another company learns of it.
    for (const stranger of [others.chen, others.farDesk, others.farWorker, others.farResident])
      expect((await job.sheet(stranger, order)).status).toBe(404);
    for (const seer of [manager, others.company, others.street])
      expect((await job.sees(seer, order)).charge.total).toBe('110.00');
  });

  it('that was changed meanwhile is not agreed to: refused, with the new total', async () => {
    const { wang, li } = world.people;
    let order = await aPaidJob();
    order = await job.does(li, order, 'add_line', job.line('50'));
    order = await job.does(li, order, 'send_quote');
    const seen = order;
    order = await job.does(li, order, 'add_line', job.line('20'));
    order = await job.does(li, order, 'send_quote');
    const late = await job.tries(wang, seen, 'agree', {
      expectedVersion: undefined,
      quoteNo: 1,
      total: '50.00',
    });
    expect(late.body).toMatchObject({
      status: 409,
      code: 'work_order.quote_changed',
      params: { quoteNo: 2, total: '70.00' },
    });
    // Nor to another sum under the right number.
    const other = await job.tries(wang, seen, 'agree', {
      expectedVersion: undefined,
      quoteNo: 2,
      total: '50.00',
    });
    expect(other.body.code).toBe('work_order.quote_changed');
    await job.does(wang, order, 'agree', { quoteNo: 2, total: '70.00' });
    expect(
      (await job.sees(li, order)).entries.map((entry: Json) => [entry.kind, entry.quoteNo, entry.total]),
    ).toEqual([
      ['sent', 1, '50.00'],
      ['withdrawn', 1, '50.00'],
      ['sent', 2, '70.00'],
      ['agreed', 2, '70.00'],
    ]);
  });

  it('two who edit at once, and one who presses twice: one of each counts', async () => {
    const { li, desk, wang } = world.people;
    let order = await aPaidJob();
    const both = await Promise.all([
      job.tries(li, order, 'add_line', job.line('50')),
      job.tries(desk, order, 'add_line', job.line('60')),
    ]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('work_order.stale');
    order = both.find(({ status }) => status === 200)!.body.order;
    const key = { 'idempotency-key': 'the-same-line-twice' };
    const again = await Promise.all([
      job.tries(li, order, 'add_line', job.line('5'), key),
      job.tries(li, order, 'add_line', job.line('5'), key),
    ]);
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    order = again[0]!.body.order;
    expect((await job.sees(li, order)).charge.lines).toHaveLength(2);
    order = await job.does(li, order, 'send_quote');
    const { total } = (await job.sees(wang, order)).charge;
    const said = await Promise.all([
      job.tries(wang, order, 'agree', { quoteNo: 1, total }),
      job.tries(desk, order, 'decline', { quoteNo: 1, words: '电话里说不修了' }),
    ]);
    expect(said.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is signed on the worker’s phone, with the picture of it for the parties alone', async () => {
    const { wang, li, chen, desk } = world.people;
    let order = await aPaidJob();
    order = await job.does(li, order, 'add_line', job.line('80'));
    order = await job.does(li, order, 'send_quote');
    const offer = { quoteNo: 1, total: '80.00' };
    expect((await job.tries(li, order, 'agree', offer)).body.params.reason).toBe('signer_required');
    const signature = await li.uploads();
    const foreign = await desk.uploads();
    const stolen = await job.tries(li, order, 'agree', {
      ...offer,
      signerName: '王建国',
      signatureFileId: foreign,
    });
    expect(stolen.body.code).toBe('file.not_attachable');
    order = await job.does(li, order, 'agree', {
      ...offer,
      signerName: '王建国',
      signatureFileId: signature,
    });
    expect(order.sheet.entries.at(-1)).toMatchObject({
      kind: 'agreed',
      how: 'signature',
      signerName: '王**',
      signature: { id: signature },
    });
    expect([
      await wang.seesPhoto(signature),
      await desk.seesPhoto(signature),
      await chen.seesPhoto(signature),
    ]).toEqual([true, true, false]);
    // The desk takes it down from the telephone.
    let other = await aPaidJob();
    other = await job.does(li, other, 'add_line', job.line('80'));
    other = await job.does(desk, other, 'send_quote');
    other = await job.does(desk, other, 'agree', { ...offer, signerName: '王建国', words: '电话 14:20' });
    expect(other.sheet.entries.at(-1)).toMatchObject({
      how: 'call',
      signerName: '王**',
      words: '电话 14:20',
    });
  });

  it('names who agreed masked, told apart by signature and by word, and to nobody from whom the reporter is kept', async () => {
    const { wang, li, desk, street } = world.people;
    let order = await aPaidJob();
    order = await job.does(li, order, 'add_line', job.line('80'));
    order = await job.does(li, order, 'send_quote');
    order = await job.does(li, order, 'decline', { quoteNo: 1, words: '当面说太贵' });
    expect(order.sheet.entries.at(-1)).toMatchObject({ kind: 'declined', how: 'spoken', signerName: null });
    order = await job.does(li, order, 'send_quote');
    const signature = await li.uploads();
    const offer = { quoteNo: 2, total: '80.00', signerName: '欧阳 建国' };
    order = await job.does(li, order, 'agree', { ...offer, signatureFileId: signature });
    const kept = await world.ask(
      `select how, signer_name from work_orders.charge_entry where work_order_id = $1 and kind = 'agreed'`,
      [order.id],
    );
    expect(kept).toEqual([{ how: 'signature', signer_name: '欧* 建*' }]);
    expect((await job.sees(street, order)).entries.at(-1).signerName).toBe('欧* 建*');
    // From now on nobody who might be meant is to know whose matter it is.
    await world.ask('update work_orders.work_order set is_confidential = true where work_order_id = $1', [
      order.id,
    ]);
    for (const who of [li, street]) {
      const last = (await job.sees(who, order)).entries.at(-1);
      expect(last).toMatchObject({
        kind: 'agreed',
        how: 'signature',
        signerName: null,
        signature: null,
        forName: null,
      });
      expect(await who.seesPhoto(signature, order.scopeId)).toBe(false);
    }
    for (const who of [wang, desk]) {
      expect((await job.sees(who, order)).entries.at(-1)).toMatchObject({
        signerName: '欧* 建*',
        signature: { id: signature },
      });
      expect(await who.seesPhoto(signature, order.scopeId)).toBe(true);
    }

    let said = await aPaidJob();
    said = await job.does(li, said, 'add_line', job.line('80'));
    said = await job.does(li, said, 'send_quote');
    said = await job.does(li, said, 'agree', { quoteNo: 1, total: '80.00', signerName: '王建国' });
    expect(said.sheet.entries.at(-1)).toMatchObject({ how: 'spoken', signerName: '王**', signature: null });
  });

  it('is made free by the desk alone, with a reason; then nothing is due', async () => {
    const { wang, li, desk } = world.people;
    let order = await aPaidJob();
    order = await job.does(li, order, 'add_line', job.line('80'));
    order = await job.does(li, order, 'send_quote');
    order = await job.does(wang, order, 'decline', { quoteNo: 1, words: '上次刚修过' });
    expect(
      (await job.tries(li, order, 'set_payer', { payer: 'company', reason: '返修' })).body.params.reason,
    ).toBe('not_yours');
    order = await job.does(desk, order, 'set_payer', { payer: 'company', reason: '返修' });
    expect(order.chargeState).toBe('not_due');
    order = await li.does(order, 'finish', { workDone: '好了' });
    expect(await outboxOf(order, 'work_order.charge_due')).toEqual([]);
  });

  it('refuses what is no price, no quantity, no line of the list', async () => {
    const { li } = world.people;
    const order = await aPaidJob();
    const refused = async (params: Record<string, unknown>) => {
      const { status, body } = await job.tries(li, order, 'add_line', params);
      return [status, body.code, body.fields?.[0]?.path ?? body.params.reason];
    };
    expect(await refused(job.line('12.345'))).toEqual([422, 'validation.failed', '/unitPrice']);
    expect(await refused(job.line('-1'))).toEqual([422, 'validation.failed', '/unitPrice']);
    expect(await refused(job.line('1', '0'))).toEqual([422, 'validation.failed', '/quantity']);
    expect(await refused(job.line('1', '1.234'))).toEqual([422, 'validation.failed', '/quantity']);
    expect(await refused(job.line('1', '1', { reason: ' ' }))).toEqual([
      422,
      'work_order.invalid',
      'reason_required',
    ]);
    expect(await refused({ quantity: '1' })).toEqual([422, 'validation.failed', '/kind']);
    expect(await refused({ priceId: order.id, quantity: '1' })).toEqual([
      422,
      'work_order.price_unknown',
      '/priceId',
    ]);
  });
});

describe('the price list', () => {
  it('keeps a used price as it was; the newest whose day has come counts', async () => {
    const { li, desk, manager, wang, farDesk } = world.people;
    const first = await job.aPrice({ name: '阀芯', price: '20' });
    const prices = async (who: typeof li, query = '') =>
      expectStatus(
        await who.client.get(`/work-orders/prices?scopeId=${world.near.compound}${query}`),
        200,
      ).items.filter((price: Json) => price.code === first.code);
    let order = await aPaidJob();
    order = await job.does(li, order, 'add_line', { priceId: first.id, quantity: '1' });
    const next = (more: Record<string, unknown>) =>
      manager.client.post('/work-orders/prices', {
        scopeId: world.near.department,
        code: first.code,
        expectedVersion: 1,
        kind: 'material',
        name: '阀芯',
        unit: '个',
        price: '22',
        warrantyMonths: 6,
        validFrom: '2026-11-25',
        ...more,
      });
    expect((await next({ validFrom: '2026-11-22' })).body.code).toBe('work_order.price_day');
    expect((await next({ expectedVersion: 0 })).body.code).toBe('work_order.price_stale');
    expect((await next({ scopeId: world.near.compound })).body.code).toBe('work_order.price_scope');
    expect((await next({ scopeId: world.far.department })).status).toBe(404);
    const two = await Promise.all([next({}), next({ price: '23' })]);
    expect(two.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409]);
    expect((await desk.client.post('/work-orders/prices', {})).status).toBe(403);
    expect(await prices(wang)).toMatchObject([{ price: '20.00', version: 1, isInForce: true }]);
    expect(await prices(desk, '&coming=true')).toHaveLength(2);
    world.clock.advance(2 * DAY);
    expect((await prices(wang))[0].version).toBe(2);
    // What was put on the order stays; the old price is no longer to be had.
    expect((await job.sees(li, order)).charge.total).toBe('20.00');
    const old = await job.tries(li, order, 'add_line', { priceId: first.id, quantity: '1' });
    expect(old.body.code).toBe('work_order.price_unknown');
    expect((await farDesk.client.get(`/work-orders/prices?scopeId=${world.near.compound}`)).status).toBe(404);
    // Who said which price when, for staff; the list itself is public.
    const versions = await prices(manager, `&code=${first.code}`);
    expect(versions.map((one: Json) => [one.version, one.isInForce, one.writtenName])).toEqual([
      [2, true, manager.name],
      [1, false, manager.name],
    ]);
    expect(
      (await prices(wang, `&code=${first.code}`)).map((one: Json) => [one.writtenName, one.writtenAt]),
    ).toEqual([
      [null, null],
      [null, null],
    ]);
    // No longer offered: gone from the list, and still to be found with what it was.
    const gone = await next({ expectedVersion: 2, validFrom: '2026-11-26', isWithdrawn: true });
    expect([gone.status, gone.body.isInForce]).toEqual([201, false]);
    world.clock.advance(DAY);
    expect(await prices(desk)).toEqual([]);
    expect(await prices(desk, '&withdrawn=true')).toMatchObject([
      { version: 3, isWithdrawn: true, isInForce: false },
    ]);
    expect(await prices(desk, `&code=${first.code}`)).toHaveLength(3);
  });

  it('of the department stands before the company’s', async () => {
    const { company, wang } = world.people;
    const ofCompany = expectStatus(
      await company.client.post('/work-orders/prices', {
        scopeId: world.near.company,
        code: 'tap-core',
        expectedVersion: 0,
        kind: 'material',
        name: '总部阀芯',
        unit: '个',
        price: '18',
        warrantyMonths: 12,
        validFrom: '2026-12-01',
      }),
      201,
    );
    expect(ofCompany.scopeKind).toBe('company');
    await job.aPrice({ code: 'tap-core', name: '项目部阀芯', validFrom: '2026-12-02' });
    const shown = async () =>
      (await wang.client.get(`/work-orders/prices?scopeId=${world.near.compound}`)).body.items.find(
        (price: Json) => price.code === 'tap-core',
      )?.name;
    world.clock.set(new Date('2026-12-01T04:00:00Z'));
    expect(await shown()).toBe('总部阀芯');
    world.clock.set(new Date('2026-12-02T04:00:00Z'));
    expect(await shown()).toBe('项目部阀芯');
  });
});

describe('a warranty', () => {
  it('of the same home and sort of thing is found on its last day, and proposes no charge', async () => {
    const { chen, li, desk } = world.people;
    const home = world.near.households['3-2-102']!;
    const report = async () => {
      let order = await chen.reports(aWorkOrder().atHome(home));
      order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
      order = await li.does(order, 'accept');
      return li.does(order, 'start');
    };
    let first = await report();
    first = await job.does(li, first, 'add_line', job.line('0'));
    first = await li.does(first, 'finish', { workDone: '修好' });
    // A line that is guaranteed for nothing is stronger than the scope's three months.
    expect((await job.sees(li, await report())).warranty).toBeNull();

    let second = await report();
    const price = await job.aPrice({ name: '软管', warrantyMonths: 1, validFrom: '2026-12-02' });
    second = await job.does(li, second, 'add_line', { priceId: price.id, quantity: '1' });
    second = await job.does(desk, second, 'set_payer', { payer: 'company', reason: '试修' });
    second = await li.does(second, 'finish', { workDone: '换软管' });
    await world.ask(
      `update work_orders.work_order set finished_at = '2026-11-05T04:00:00Z' where work_order_id = $1`,
      [second.id],
    );
    world.clock.set(new Date('2026-12-05T15:00:00Z'));
    const third = await report();
    expect((await job.sees(chen, third)).warranty).toMatchObject({
      orderId: second.id,
      finishedOn: '2026-11-05',
      until: '2026-12-05',
    });
    const free = await job.does(li, third, 'add_line', job.line('50'));
    expect([free.chargeState, free.sheet.charge.payer]).toEqual(['not_due', 'company']);
    world.clock.advance(2 * HOUR);
    expect((await job.sees(chen, await report())).warranty).toBeNull();
  });
});
