import { afterAll, beforeAll, expect, test } from 'vitest';
import { writesBeside } from '../../../../../test/locks.ts';
import type { Json } from '../../../../../test/server.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { asksRun, aTariff, decides, seesRun, works } from '../billing/fixtures.ts';
import { aMoneyWorld, expected, type MoneyWorld } from './fixtures.ts';
import { due } from './due.ts';
import { addStep, lockPayment } from './queries.ts';

/** A month is posted in bulk at the very moment its homes pay what they owed before: nobody waits for anybody crosswise. */
let world: MoneyWorld;
beforeAll(async () => {
  world = await aMoneyWorld();
});
afterAll(() => world.close());

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

async function deadlocks(): Promise<number> {
  const [row] = await world.ask<{ deadlocks: number }>(
    'select deadlocks::integer from pg_stat_database where datname = current_database()',
  );
  return row!.deadlocks;
}

test('a run is posted while its homes pay, deduct and are told twice: everything is counted once', async () => {
  const { wang, chen, desk, manager } = world.people;
  const scopeId = world.near.compound;
  expected(await manager.client.post('/billing/tariffs', aTariff(scopeId)), 201);
  const [one, other] = [world.home, world.near.households['3-2-102']!];
  expected(
    await chen.client.send(
      'PUT',
      '/payments/deduction',
      { scopeId, householdId: other, isOn: true },
      { 'idempotency-key': 'deducts-in-the-race' },
    ),
    200,
  );
  const payments: Json[] = [];
  let billedBefore = 0;
  for (let i = 0; i < 8; i++)
    for (const [who, home] of [
      [wang, one],
      [chen, other],
    ] as const) {
      const id = await world.owes(home, 1_000 + i);
      billedBefore += 1_000 + i;
      const targets = [
        { kind: 'bill_line', id, amountFen: 1_000 + i },
        { kind: 'prepay', amountFen: 77 },
      ];
      payments.push(await world.orders(who, targets, i % 2 === 0 ? 'wechat' : 'alipay', home));
    }
  const ready = await asksRun(world, desk, '2026-12-01');
  expected(await decides(world, manager, ready, 'approve'), 200);
  const before = await deadlocks();
  world.providers.behave({ notices: 'twice' });
  const sweeps = () =>
    runDueOnce({
      worker: world.worker,
      sweeps: due,
      house: world.server.house,
      clock: world.clock,
      log: quiet,
    });
  await Promise.all([
    works(world),
    works(world),
    ...payments.map((payment) => world.providers.pay(world.tradeOf(payment))),
    sweeps(),
    sweeps(),
  ]);
  await world.providers.deliver();
  await works(world);
  expect(await seesRun(world, desk, ready.id)).toMatchObject({ state: 'posted', postedLines: ready.lines });
  for (const payment of payments) expect((await world.paymentOf(payment.id, desk)).state).toBe('paid');
  expect(await deadlocks()).toBe(before);
  const [sums] = await world.ask<{ wrong: number; posted: number; paid: number; prepaid: number }>(
    `select (select count(*)::integer from billing.bill_line l where l.settled_fen <> coalesce((select sum(s.amount_fen) from billing.settlement s
         where s.scope_id = l.scope_id and s.line_id = l.line_id), 0)) as wrong,
       (select coalesce(sum(amount_fen), 0)::integer from ledger.posting where credit = 'income:property_fee') as posted,
       (select coalesce(sum(amount_fen), 0)::integer from ledger.posting where credit = 'household:receivable' and debit like 'provider:%') as paid,
       (select coalesce(sum(amount_fen), 0)::integer from ledger.posting where credit = 'household:prepaid' and debit like 'provider:%') as prepaid`,
  );
  // What was deducted in between went off lines that are being paid: so much of those payments is the balance again.
  expect(sums).toMatchObject({ wrong: 0, posted: billedBefore + ready.totalFen });
  expect(sums!.paid).toBeLessThanOrEqual(billedBefore);
  expect(sums!.paid + sums!.prepaid).toBe(billedBefore + 77 * payments.length);
});

test('who has a payment locked keeps nobody from writing down what the provider said of it', async () => {
  const { wang } = world.people;
  const payment = await world.orders(wang, [{ kind: 'prepay', amountFen: 60 }], 'wechat', world.home);
  const scopeId = world.near.compound;
  let row: Awaited<ReturnType<typeof lockPayment>> = null;
  await writesBeside(
    world.worker,
    async (first) => {
      row = await lockPayment(first, scopeId, payment.id);
    },
    async (second) => {
      const step = { paymentId: payment.id, householdId: world.home, state: 'pending' } as const;
      addStep(second, row!, { ...step, source: 'query', byName: null }, world.clock.now());
    },
  );
  const steps = await world.ask('select source from payments.step where payment_id = $1', [payment.id]);
  expect(steps.map(({ source }) => source)).toContain('query');
});
