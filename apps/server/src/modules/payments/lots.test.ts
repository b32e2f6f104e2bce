import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { sql } from '../../platform/db/sql.ts';
import { aMoneyWorld, type MoneyWorld } from './fixtures.ts';
import { type Told, type TradeLots, tradeLots } from './service-lots.ts';

/** What a provider tells at once is learnt in one transaction, as if it had come one after the other. */
let world: MoneyWorld;
let lots: TradeLots;
beforeAll(async () => {
  world = await aMoneyWorld();
  // However busy the machine is: what a lot waits for comes.
  lots = tradeLots(world.server.house, { patience: 30_000 });
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance(60_000));

const line = (id: string, amountFen: number): Json => ({ kind: 'bill_line', id, amountFen });
const other = () => world.near.households['3-2-102']!;
const receivable = (home: string) => world.balance(`household:${home}:receivable`);
const prepaid = async (home: string) => 0 - (await world.balance(`household:${home}:prepaid`));

function told(payment: Json, more: { transactionId?: string; merchantId?: string } = {}): Told {
  const { merchantId = world.providers.keys.wechat.merchantId, transactionId = `of ${payment.id}` } = more;
  return {
    scopeId: world.near.compound,
    paymentId: payment.id,
    merchant: { provider: 'wechat', merchantId },
    fact: {
      tradeNo: world.tradeOf(payment),
      state: 'paid',
      amountFen: payment.amountFen,
      currency: 'CNY',
      transactionId,
      paidAt: world.clock.now(),
      attach: '',
    },
  };
}
/** In one turn of the event loop. */
const tell = (all: readonly Told[]) => Promise.all(all.map((one) => lots.add(one.scopeId, one)));
const transactions = async (payments: readonly Json[]): Promise<number> => {
  const rows = await world.ask<{ xid: string }>(
    'select distinct xmin::text as xid from payments.payment where payment_id = any ($1::uuid[])',
    [payments.map(({ id }) => id)],
  );
  return rows.length;
};

describe('told at once', () => {
  it('is one transaction, and each is counted as it would be by itself', async () => {
    const { wang, chen } = world.people;
    const homes = [world.home, other()];
    const before = await Promise.all(homes.map(receivable));
    const lines = await Promise.all(homes.map((home, i) => world.owes(home, 1_000 + i)));
    const payments = [
      await world.orders(wang, [line(lines[0]!, 1_000)]),
      await world.orders(chen, [line(lines[1]!, 1_001)], 'wechat', other()),
      await world.orders(wang, [{ kind: 'prepay', amountFen: 300 }]),
    ];
    const ahead = await prepaid(world.home);
    const learnt = await tell(payments.map((payment) => told(payment)));
    expect(learnt.map((one) => [one?.id, one?.state])).toEqual(payments.map(({ id }) => [id, 'paid']));
    expect(await transactions(payments)).toBe(1);
    expect(await Promise.all(homes.map(receivable))).toEqual(before);
    expect(await prepaid(world.home)).toBe(ahead + 300);
    const [events] = await world.ask<{ paid: number }>(
      `select count(*)::integer as paid from platform.outbox where kind = 'payment.paid' and object_id = any ($1::uuid[])`,
      [payments.map(({ id }) => id)],
    );
    expect(events).toEqual({ paid: 3 });
  });

  it('by two who pay one bill, it is paid once: the rest is the balance', async () => {
    const { wang, fang } = world.people;
    const [owed, ahead] = [await receivable(world.home), await prepaid(world.home)];
    const id = await world.owes(world.home, 5_000);
    const first = await world.orders(wang, [line(id, 5_000)]);
    // It has run out here, and is still open on the phone that pays it.
    world.clock.advance(31 * 60_000);
    const second = await world.orders(fang, [line(id, 5_000)]);
    await tell([told(first), told(second)]);
    expect(await transactions([first, second])).toBe(1);
    expect([await receivable(world.home), await prepaid(world.home)]).toEqual([owed, ahead + 5_000]);
    const [sums] = await world.ask<{ settled: number; settlements: number; postings: number }>(
      `select settled_fen::integer as settled,
         (select count(*)::integer from billing.settlement s where s.line_id = l.line_id) as settlements,
         (select count(*)::integer from ledger.posting p where p.source_id = any ($2::uuid[])) as postings
       from billing.bill_line l where line_id = $1`,
      [id, [first.id, second.id]],
    );
    expect(sums).toEqual({ settled: 5_000, settlements: 1, postings: 2 });
  });

  it('and told twice, it is counted once', async () => {
    const ahead = await prepaid(world.home);
    const payments = [
      await world.orders(world.people.wang, [{ kind: 'prepay', amountFen: 40 }]),
      await world.orders(world.people.wang, [{ kind: 'prepay', amountFen: 2 }]),
    ] as const;
    const [first, second] = payments;
    const learnt = await tell([told(first), told(second), told(first)]);
    expect(learnt.map((one) => one?.state)).toEqual(['paid', 'paid', 'paid']);
    expect(await transactions(payments)).toBe(1);
    expect(await prepaid(world.home)).toBe(ahead + 42);
    const { steps } = await world.paymentOf(first.id);
    expect(steps.map(({ state }: Json) => state)).toEqual(['created', 'pending', 'paid']);
  });

  it('with one that cannot be taken: that one is refused, the others are counted', async () => {
    const { wang } = world.people;
    const ahead = await prepaid(world.home);
    const payments: Json[] = [];
    for (let i = 0; i < 4; i++)
      payments.push(await world.orders(wang, [{ kind: 'prepay', amountFen: 10 + i }]));
    await tell([told(payments[0]!, { transactionId: 'taken' })]);
    const all = [
      told(payments[1]!),
      // The provider would never say so: its number is another payment's.
      told(payments[2]!, { transactionId: 'taken' }),
      told(payments[3]!),
      told(payments[3]!, { merchantId: '1900000110' }),
    ];
    const learnt = await Promise.allSettled(all.map((one) => lots.add(one.scopeId, one)));
    expect(learnt.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(learnt[3]).toMatchObject({ value: null });
    const states = await Promise.all(payments.map(({ id }) => world.paymentOf(id)));
    expect(states.map(({ state }) => state)).toEqual(['paid', 'paid', 'pending', 'paid']);
    expect(await prepaid(world.home)).toBe(ahead + 10 + 11 + 13);
  });

  it('with one whose line somebody holds: the others are counted meanwhile, and that one afterwards', async () => {
    const { wang, chen } = world.people;
    const id = await world.owes(world.home, 900);
    const held = told(await world.orders(wang, [line(id, 900)]));
    const free = told(await world.orders(chen, [{ kind: 'prepay', amountFen: 50 }], 'wechat', other()));
    // Two compounds, as it were, in one lane.
    const lane = tradeLots(world.server.house, { lanes: 1 });
    let waits: Promise<unknown> = Promise.resolve();
    await world.worker.work(async (tx) => {
      await tx.query(sql`select from billing.bill_line where line_id = ${id} for update`);
      waits = lane.add('one', held);
      expect(await lane.add('another', free)).toMatchObject({ state: 'paid' });
      expect((await world.paymentOf(held.paymentId)).state).toBe('pending');
    });
    expect(await waits).toMatchObject({ state: 'paid' });
  });

  it('of two lines they are taken in the order in which everybody takes them', async () => {
    const { wang } = world.people;
    const earlier = await world.owes(world.home, 600);
    world.clock.advance(1_000);
    const later = await world.owes(world.home, 700);
    // The one that is ordered first is for the line that comes second.
    const payments = [await world.orders(wang, [line(later, 700)])];
    world.clock.advance(1_000);
    payments.push(await world.orders(wang, [line(earlier, 600)]));
    let learnt: Promise<unknown> = Promise.resolve();
    await world.worker.work(async (tx) => {
      await tx.query(sql`select from billing.bill_line where line_id = ${earlier} for update`);
      learnt = tell(payments.map((payment) => told(payment)));
      const blocked = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(async () => (await world.ask(blocked)).length).toBe(1);
      expect(
        await tx.query(
          sql`select line_id from billing.bill_line where line_id = ${later} for update skip locked`,
        ),
      ).toHaveLength(1);
    });
    await learnt;
    const states = await Promise.all(payments.map(({ id }) => world.paymentOf(id)));
    expect(states.map(({ state }) => state)).toEqual(['paid', 'paid']);
  });
});
