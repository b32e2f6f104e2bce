import { randomUUID } from 'node:crypto';
import type { Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { localDate } from '@gongzhi/kernel';
import { runDueOnce } from '../../platform/due/due.ts';
import { accounts, post } from '../ledger/index.ts';
import { wallOf } from '../places/index.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { due } from './due.ts';
import { type Collector, openCollector, registerCollector } from './service-collector.ts';
import { topUp } from './service-topups.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** A meter of the world's home, hung today at 100. */
export async function hangsMeter(world: World, more: Record<string, unknown>): Promise<Json> {
  return expectStatus(
    await world.people.manager.client.post('/meters', {
      scopeId: world.near.compound,
      kind: 'power',
      householdId: world.home,
      buildingId: null,
      spot: '',
      digits: 6,
      line: null,
      installedOn: localDate(world.clock.now().getTime()),
      firstValue: 100,
      ...more,
    }),
    201,
  );
}

/** A compound with a concentrator, and what is done to its meters. */
export class MeterYard {
  readonly world: World;
  readonly collector: Collector;
  #serial = 100;
  readonly #payments = new Map<string, string>();

  constructor(world: World, patienceMilliseconds = 400) {
    this.world = world;
    this.collector = openCollector(world.server.house, world.worker, {
      patienceMilliseconds,
      listen: { host: '127.0.0.1', port: 0 },
    });
    // Gateways on the broker find it, as in a server that does the work itself.
    registerCollector(world.server.house, this.collector);
  }

  async gateway(body: Record<string, unknown>): Promise<Json> {
    const { manager } = this.world.people;
    return expectStatus(
      await manager.client.post('/meters/gateways', {
        scopeId: this.world.near.compound,
        label: '1号集中器',
        password: '123456',
        ...body,
      }),
      201,
    );
  }

  dial(port: number): Promise<Json> {
    return this.gateway({ transport: 'dial', dial: { host: '127.0.0.1', port } });
  }

  meter(more: Record<string, unknown> = {}): Promise<Json> {
    this.#serial += 1;
    return hangsMeter(this.world, { serial: `B${this.#serial}`, ...more });
  }

  prepaid(meter: Json, more: Record<string, unknown> = {}) {
    return this.world.people.manager.client.post(`/meters/${meter.id}/prepaid?scopeId=${meter.scopeId}`, {
      keeps: 'us',
      price: 5_000,
      alarm1Fen: 2_000,
      alarm2Fen: 500,
      overdraftFen: 1_000,
      hoardingFen: 50_000,
      closePermitFen: 1_000,
      isCloseStrict: false,
      ...more,
    });
  }

  /** As a payment would: the money in the ledger and the top-up, in one transaction. */
  async pay(meter: Json, amountFen: number, key = `payment:${randomUUID()}`) {
    const { world } = this;
    const now = world.clock.now();
    return world.worker.work(async (tx) => {
      const wall = (await wallOf(tx, meter.scopeId))!;
      const paymentId = this.#payments.get(key) ?? randomUUID();
      this.#payments.set(key, paymentId);
      const bought = await topUp(tx, {
        scopeId: meter.scopeId,
        meterId: meter.id,
        amountFen,
        paymentId,
        key,
        now,
      });
      await post(tx, {
        wall,
        postings: [
          {
            key,
            debit: accounts.provider('wechat'),
            credit: accounts.meter(meter.id),
            amountFen,
            bookedOn: '2026-11-23',
            source: { kind: 'payments.payment', id: paymentId },
          },
        ],
        by: null,
        now,
      });
      return bought;
    });
  }

  /** What is due is settled, and what lines have to do is done, until nothing is left. */
  async works(): Promise<void> {
    const { worker, server, clock } = this.world;
    for (let turn = 0; turn < 4; turn += 1) {
      await runDueOnce({ worker, sweeps: due, house: server.house, clock, log: quiet });
      if ((await this.collector.runOnce()) === 0) return;
    }
  }

  async page(meter: Json): Promise<Json> {
    return expectStatus(
      await this.world.people.desk.client.get(`/meters/${meter.id}?scopeId=${meter.scopeId}`),
      200,
    );
  }

  read(meter: Json, value: number, more: Record<string, unknown> = {}, who = this.world.people.li) {
    return who.client.post(`/meters/${meter.id}/readings?scopeId=${meter.scopeId}`, { value, ...more });
  }

  readNow(meter: Json) {
    return this.world.people.desk.client.post(`/meters/${meter.id}/read-now?scopeId=${meter.scopeId}`);
  }

  command(meter: Json, body: Record<string, unknown>, who = this.world.people.desk) {
    return who.client.post(`/meters/${meter.id}/commands?scopeId=${meter.scopeId}`, body);
  }

  async ledger(meter: Json): Promise<number> {
    const [row] = await this.world.ask<{ fen: string }>(
      `select coalesce(sum(balance_fen), 0)::text as fen from ledger.balance where account = 'meter:prepaid' and owner_id = $1`,
      [meter.id],
    );
    return Number(row?.fen ?? 0);
  }
}
