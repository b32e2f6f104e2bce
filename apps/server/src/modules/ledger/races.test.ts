import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { openWorkerDatabase, type WorkerDatabase } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import { addUp, balanceOf, imbalance, parseAccount } from './domain.ts';
import { bookOf, seals } from './fixtures.ts';
import { balances, type LedgerWall, type NewPosting, post } from './index.ts';
import { accountSums } from './queries-balances.ts';
import { prove } from './service-proof.ts';

/**
 * No interleaving of concurrent payments loses or doubles a fen: on a real database, with transactions that end in the
 * middle, connections that are killed, callbacks that come twice, and seals and proofs in between.
 */
let world: World;
let wall: LedgerWall;
let pool: WorkerDatabase;
beforeAll(async () => {
  world = await aWorld();
  wall = bookOf(world);
  pool = openWorkerDatabase({
    url: world.server.house.config.databaseUrl,
    poolSize: 6,
    applicationName: 'ledger race',
    onIdleError: () => {},
  });
});
afterAll(async () => {
  await pool.close();
  await world.close();
});

type Fate = 'fine' | 'twice' | 'aborts' | 'is killed';
interface Payment {
  readonly home: number;
  readonly what: 'bill' | 'pay' | 'prepay' | 'spend';
  readonly amountFen: number;
  readonly fate: Fate;
}

const aPayment: fc.Arbitrary<Payment> = fc.record({
  home: fc.nat(2),
  what: fc.constantFrom('bill' as const, 'pay' as const, 'prepay' as const, 'spend' as const),
  amountFen: fc.integer({ min: 1, max: 5_000 }),
  fate: fc.constantFrom<Fate>('fine', 'fine', 'twice', 'aborts', 'is killed'),
});

class Abort extends Error {}

function postingsOf(payment: Payment, homes: readonly string[], key: string): NewPosting[] {
  const home = homes[payment.home]!;
  const [owed, prepaid] = [`household:${home}:receivable`, `household:${home}:prepaid`];
  const { amountFen } = payment;
  const common = { bookedOn: '2026-11-23', source: { kind: 'test.payment', id: randomUUID() } };
  const move = (debit: string, credit: string, part = '', fen = amountFen): NewPosting => ({
    ...common,
    key: `${key}${part}`,
    debit,
    credit,
    amountFen: fen,
  });
  switch (payment.what) {
    case 'bill':
      return [move(owed, 'income:property_fee'), move(owed, 'income:water', ':water', 7)];
    case 'pay':
      // What is too much becomes balance, in the same transaction.
      return [move('provider:wechat', owed), move('provider:wechat', prepaid, ':rest', 3)];
    case 'prepay':
      return [move('provider:alipay', prepaid)];
    case 'spend':
      return [move(prepaid, owed)];
  }
}

test('concurrent payments, aborted and killed at random, move every fen once or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aPayment, { minLength: 4, maxLength: 24 }), async (payments) => {
      const homes = [randomUUID(), randomUUID(), randomUUID()];
      const before = await world.worker.work((tx) => accountSums(tx, wall, null));
      const run = randomUUID();
      const tries = payments.map(async (payment, index) => {
        const postings = postingsOf(payment, homes, `${run}:${index}`);
        /** As a provider does: until it is told that it is known. */
        const says = async (fate: Fate): Promise<'posted' | 'refused' | 'nothing'> => {
          for (let attempt = 0; ; attempt++) {
            try {
              await pool.work(async (tx) => {
                if (fate === 'is killed' && attempt === 0) {
                  const [row] = await tx.query<{ pid: number }>(
                    sql`select pg_catalog.pg_backend_pid() as pid`,
                  );
                  await post(tx, { wall, postings, by: null, now: world.clock.now() });
                  await world.admin.query('select pg_terminate_backend($1)', [row!.pid]);
                } else await post(tx, { wall, postings, by: null, now: world.clock.now() });
                if (fate === 'aborts') throw new Abort();
              });
              return 'posted';
            } catch (error) {
              if (error instanceof Abort) return 'nothing';
              if (error instanceof Problem) return 'refused';
              if (attempt > 20) throw error;
            }
          }
        };
        const outcomes = await Promise.all(
          payment.fate === 'twice' ? [says('fine'), says('fine')] : [says(payment.fate)],
        );
        return { postings, isPosted: outcomes.includes('posted') };
      });
      // Seals come in between, as they like.
      const [done] = await Promise.all([Promise.all(tries), seals(world)]);
      const moved = addUp(done.flatMap(({ postings, isPosted }) => (isPosted ? postings : [])));
      const codes = homes.flatMap((home) => [`household:${home}:receivable`, `household:${home}:prepaid`]);
      const held = await world.worker.work((tx) => balances(tx, wall, codes));
      for (const code of codes) {
        const account = parseAccount(code);
        const turnover = moved.get(code) ?? { debitFen: 0, creditFen: 0 };
        expect([code, held.get(code)]).toEqual([
          code,
          account.ok ? balanceOf(account.value.name, turnover) : null,
        ]);
        if (code.endsWith(':prepaid')) expect(held.get(code)).toBeGreaterThanOrEqual(0);
      }
      const after = await world.worker.work((tx) => accountSums(tx, wall, null));
      expect(imbalance(after)).toBe(0);
      const was = new Map(before.map((sum) => [sum.account, sum]));
      for (const name of ['provider:wechat', 'provider:alipay', 'income:property_fee', 'income:water']) {
        const now = after.find(({ account }) => account === name);
        const turnover = moved.get(name) ?? { debitFen: 0, creditFen: 0 };
        expect([name, (now?.debitFen ?? 0) - (was.get(name)?.debitFen ?? 0)]).toEqual([
          name,
          turnover.debitFen,
        ]);
        expect([name, (now?.creditFen ?? 0) - (was.get(name)?.creditFen ?? 0)]).toEqual([
          name,
          turnover.creditFen,
        ]);
      }
    }),
    { numRuns: 25 },
  );
  await seals(world);
  const [book] = await world.ask<{ blocks: number; head: Buffer }>(
    'select blocks, head from ledger.book where scope_id = $1',
    [wall.scopeId],
  );
  const proof = await world.worker.work((tx) => prove(tx, { ...wall, ...book! }, null, world.clock.now()));
  expect(proof).toMatchObject({ brokenBlock: null, areDaysRight: true, areBalancesRight: true });
  expect(proof.postings).toBeGreaterThan(50);
});
