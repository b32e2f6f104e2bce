import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { localDate, uuidv7 } from '@gongzhi/kernel';
import { openProviders, type Providers } from '../../../../../simulator/src/providers/open.ts';
import type { ProviderKeys } from '../../../../../simulator/src/providers/keys.ts';
import type { Answer, Json } from '../../../../../test/server.ts';
import { aWorld, monday, type World, type WorldOptions } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { post } from '../ledger/index.ts';
import type { Somebody } from '../work-orders/fixtures.ts';
import { due } from './due.ts';
import { numberOf } from './domain.ts';
import { asCompound } from './service-booking.ts';

interface Owed {
  dueOn?: string;
  name?: string;
  /** A developer pays it. */
  party?: { id: string; name: string };
}

/** A whole server, its people, and both providers on this machine, all by one clock. */
export interface MoneyWorld extends World {
  readonly providers: Providers;
  /** What GONGZHI_PAYMENTS names. */
  readonly operatorFile: string;
  /** A line that a home owes, as a run of billing leaves it. */
  owes(householdId: string, amountFen: number, more?: Owed): Promise<string>;
  offer(who?: Somebody, householdId?: string): Promise<Json>;
  /** Created and ordered; what the provider's simulator calls it comes along. */
  orders(
    who: Somebody,
    targets: readonly Json[],
    way?: 'wechat' | 'alipay',
    householdId?: string,
  ): Promise<Json>;
  paymentOf(id: string, who?: Somebody): Promise<Json>;
  tradeOf(payment: Json): string;
  /** Everything of this room that is due now. */
  due(): Promise<void>;
  balance(account: string): Promise<number>;
}

export const expected = (answer: Answer, status: number): Json => {
  expect(answer.body?.code ?? answer.status, JSON.stringify(answer.body)).toBe(
    answer.status === status ? (answer.body?.code ?? status) : status,
  );
  expect(answer.status).toBe(status);
  return answer.body;
};

let keys: ProviderKeys | undefined;

export async function aMoneyWorld(options: WorldOptions = {}): Promise<MoneyWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'gongzhi-money-'));
  let now = () => options.clock?.now() ?? options.startsAt ?? monday;
  const providers = await openProviders({ now: () => now(), ...(keys === undefined ? {} : { keys }) });
  keys ??= providers.keys;
  const file = join(folder, 'payments.json');
  writeFileSync(file, JSON.stringify(providers.operatorFile));
  const base = await aWorld({ ...options, env: { GONGZHI_PAYMENTS: file, ...options.env } });
  now = () => base.clock.now();
  const { near, people, home } = base;
  const { house } = base.server;
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const world: MoneyWorld = Object.assign(base, {
    providers,
    operatorFile: file,
    async owes(householdId: string, amountFen: number, more: Owed = {}) {
      const at = base.clock.now();
      const [billId, lineId] = [uuidv7(at.getTime()), uuidv7(at.getTime())];
      const wall = [near.compound, base.city, near.street, near.company];
      const day = localDate(at.getTime());
      const dueOn = more.dueOn ?? day;
      await base.admin.query(
        `insert into billing.bill (scope_id, bill_id, city_id, street_id, company_id, number, household_id, household_label, payer, period, issued_on,
           issued_at, total_fen, party_id, party_name) values ($1, $2, $3, $4, $5, $6, $7, '1-1-101', case when $12::uuid is null then 'owner' else 'developer' end, $8,
           $9, $10, $11, $12, $13)`,
        [
          wall[0],
          billId,
          wall[1],
          wall[2],
          wall[3],
          randomUUID(),
          householdId,
          `${day.slice(0, 7)}-01`,
          day,
          at,
          amountFen,
          more.party?.id ?? null,
          more.party?.name ?? null,
        ],
      );
      await base.admin.query(
        `insert into billing.bill_line (scope_id, line_id, bill_id, city_id, street_id, company_id, household_id, period, payer, item, name, amount_fen,
           discount_fen, basis, service_from, service_to, issued_on, due_on, early_fen, settled_fen, party_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, case when $13::uuid is null then 'owner' else 'developer' end, 'property_fee', $9, $10, 0,
           '{"kind":"fixed"}', $11, $11, $11, $12, 0, 0, $13)`,
        [
          wall[0],
          lineId,
          billId,
          wall[1],
          wall[2],
          wall[3],
          householdId,
          `${day.slice(0, 7)}-01`,
          more.name ?? '物业服务费',
          amountFen,
          day,
          dueOn,
          more.party?.id ?? null,
        ],
      );
      await house.db.act(asCompound(near.compound), (tx) =>
        post(tx, {
          wall: { scopeId: near.compound, cityId: base.city, streetId: near.street, companyId: near.company },
          postings: [
            {
              key: `line:${lineId}`,
              debit:
                more.party === undefined
                  ? `household:${householdId}:receivable`
                  : `party:${more.party.id}:receivable`,
              credit: 'income:property_fee',
              amountFen,
              bookedOn: day,
              source: { kind: 'billing.line', id: lineId },
            },
          ],
          by: null,
          now: at,
        }),
      );
      return lineId;
    },
    async offer(who = people.wang, householdId = home) {
      return expected(
        await who.client.get(`/payments/offer?scopeId=${near.compound}&householdId=${householdId}`),
        200,
      );
    },
    async orders(
      who: Somebody,
      targets: readonly Json[],
      way: 'wechat' | 'alipay' = 'wechat',
      householdId = home,
    ) {
      const body = { scopeId: near.compound, householdId, way, targets };
      const created = expected(await who.client.post('/payments', body), 201);
      // One thing after another: what is of one moment has no order.
      base.clock.advance(1);
      const answer = await who.client.post(`/payments/${created.id}/order?scopeId=${near.compound}`, {
        channel: 'h5',
      });
      const { payment, next } = expected(answer, 200);
      // The signed order of Alipay travels with the payer's own browser.
      if (way === 'alipay' && next !== null) await fetch(next.url, { redirect: 'manual' });
      base.clock.advance(1);
      return payment;
    },
    async paymentOf(id: string, who = people.wang) {
      return expected(await who.client.get(`/payments/${id}?scopeId=${near.compound}`), 200);
    },
    tradeOf: (payment: Json) => numberOf(payment.id),
    async due() {
      await runDueOnce({ worker: base.worker, sweeps: due, house, clock: base.clock, log: quiet });
    },
    async balance(account: string) {
      const owner = /^(\w+):([0-9a-f-]{36}):(\w+)$/.exec(account);
      const name = owner === null ? account : `${owner[1]}:${owner[3]}`;
      const [row] = await base.ask<{ sum: string }>(
        `select coalesce(sum(case when debit = $2 and debit_of is not distinct from $3 then amount_fen else 0 end
           - case when credit = $2 and credit_of is not distinct from $3 then amount_fen else 0 end), 0)::text as sum
         from ledger.posting where scope_id = $1`,
        [near.compound, name, owner?.[2] ?? null],
      );
      return Number(row!.sum);
    },
  });
  const close = base.close.bind(base);
  world.close = async () => {
    await close();
    await providers.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return world;
}
