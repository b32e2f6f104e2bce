import { addWorking, calendarOf, MINUTE, SECOND } from '@gongzhi/kernel';
import { afterEach, expect, test } from 'vitest';
import {
  adoptSweep,
  askSweep,
  climbSweep,
  planSweep,
} from '../../../apps/server/src/modules/dispatch/due.ts';
import {
  aWorkOrder,
  expectStatus,
  type Somebody,
} from '../../../apps/server/src/modules/work-orders/fixtures.ts';
import { runDueOnce } from '../../../apps/server/src/platform/due/due.ts';
import type { Json } from '../../../test/server.ts';
import { aWorld, type World } from '../../../test/world.ts';
import { catalogue } from '../rules.ts';
import { type Course, Engine } from './engine.ts';
import type { DayOrder, Ground } from './ground.ts';
import { type DayHouse, type News, RulesHouse } from './house.ts';
import { readDay } from './settings.ts';

/**
 * The simulated day calls the product's decisions over plain values, because twenty seeds through the whole product
 * would take hours. Here a short day goes through both: the real services (HTTP, PostgreSQL, events, sweeps, the
 * virtual clock) and the plain values; who was sent when must be the same to the millisecond.
 */

let world: World;
let crew: Somebody[] = [];
const compoundPoint = { latitude: 39.9, longitude: 116.4 };

afterEach(() => world.close());

const skillsOf: Record<string, readonly string[]> = {
  李师傅: ['plumbing', 'office', 'delivery', 'electrical', 'access_control'],
  赵师傅: ['plumbing', 'lift', 'security'],
  徐师傅: ['electrical'],
  吴师傅: ['plumbing', 'electrical'],
};

/** The product itself, through its doors. */
class RealHouse implements DayHouse {
  readonly #orders = new Map<string, { readonly day: DayOrder; held: Json }>();
  readonly #asked = new Set<string>();
  readonly #exhausted = new Set<string>();
  readonly #alerts = new Set<string>();

  #at(now: number): void {
    world.clock.set(new Date(now));
  }
  #somebody(accountId: string): Somebody {
    return crew.find((one) => one.accountId === accountId)!;
  }
  async report(day: DayOrder, now: number): Promise<void> {
    this.#at(now);
    const { wang } = world.people;
    const body = aWorkOrder().about(day.categoryCode).saying(`${day.key}坏了`).atHome(world.home);
    const held = expectStatus(await wang.client.post('/work-orders', body.body(world.near.compound)), 201);
    this.#orders.set(held.id, { day, held });
  }
  async settle(now: number): Promise<News> {
    this.#at(now);
    await world.told();
    const { house } = world.server;
    const sweeps = [askSweep, planSweep, climbSweep, adoptSweep];
    await runDueOnce({ worker: world.worker, sweeps, house, clock: world.clock, log: house.log });
    await world.told();
    const fresh = async (text: string, seen: Set<string>): Promise<Json[]> => {
      const rows = await world.ask<Json>(text, [[...this.#orders.keys()]]);
      return rows.filter((row) => {
        const isNew = !seen.has(row.slot);
        seen.add(row.slot);
        return isNew;
      });
    };
    const dayOf = (row: Json): DayOrder => this.#orders.get(row.id)!.day;
    const asked = await fresh(
      `select work_order_id as id, account_id, work_order_id || ' ' || account_id || ' ' || round || ' ' || rung_at as slot from dispatch.offer
       where work_order_id = any ($1) order by rung_at, work_order_id, account_id`,
      this.#asked,
    );
    const exhausted = await fresh(
      `select work_order_id as id, work_order_id::text as slot from dispatch.task where work_order_id = any ($1) and state = 'exhausted'`,
      this.#exhausted,
    );
    const alerted = await fresh(
      `select work_order_id as id, work_order_id || ' ' || step as slot from dispatch.alert where work_order_id = any ($1)`,
      this.#alerts,
    );
    return {
      asked: asked.map((row) => ({ order: dayOf(row), accountId: row.account_id })),
      exhausted: exhausted.map(dayOf),
      alerted: alerted.map(dayOf),
    };
  }
  async nextDueAt(): Promise<number | null> {
    const [row] = await world.ask<{ at: Date | null }>(
      `select least(min(next_due_at), min(watch_due_at)) as at from dispatch.task where work_order_id = any ($1)`,
      [[...this.#orders.keys()]],
    );
    return row?.at?.getTime() ?? null;
  }
  #held({ key }: DayOrder): { readonly day: DayOrder; held: Json } {
    return [...this.#orders.values()].find(({ day }) => day.key === key)!;
  }
  async answer(day: DayOrder, accountId: string, said: 'accept' | 'decline', now: number): Promise<boolean> {
    this.#at(now);
    const { id, scopeId } = this.#held(day).held;
    const body = said === 'accept' ? { answer: said } : { answer: said, reason: '走不开' };
    const path = `/dispatch/offers/${id}?scopeId=${scopeId}`;
    return (await this.#somebody(accountId).client.post(path, body)).status === 200;
  }
  async sendBest(day: DayOrder, now: number): Promise<string | null> {
    this.#at(now);
    const { desk } = world.people;
    const { id, scopeId } = this.#held(day).held;
    const path = `/dispatch/orders/${id}/candidates?scopeId=${scopeId}`;
    const { items } = expectStatus(await desk.client.get(path), 200);
    const best = items.find((one: Json) => one.rank === 1);
    if (best === undefined) return null;
    await this.#does(desk, day, 'assign', { assigneeAccountId: best.accountId });
    await this.#does(this.#somebody(best.accountId), day, 'accept');
    return best.accountId;
  }
  /** Without the second that a command of `Somebody` takes. */
  async #does(who: Somebody, day: DayOrder, action: string, more: Json = {}): Promise<void> {
    const { id, scopeId } = this.#held(day).held;
    const { version } = await who.sees({ id, scopeId });
    const path = `/work-orders/${id}/commands?scopeId=${scopeId}`;
    expectStatus(await who.client.post(path, { action, expectedVersion: version, ...more }), 200);
  }
  async arrive(day: DayOrder, accountId: string, now: number): Promise<void> {
    this.#at(now);
    const who = this.#somebody(accountId);
    await this.#does(who, day, 'depart');
    await this.#does(who, day, 'arrive');
  }
  async finish(day: DayOrder, accountId: string, now: number): Promise<void> {
    this.#at(now);
    const who = this.#somebody(accountId);
    await this.#does(who, day, 'start');
    await this.#does(who, day, 'finish', { workDone: '修好了', photoIds: [] });
  }
}

const told = (courses: readonly Course[], ground: Ground) =>
  courses.map(({ order, accountId, acceptedAt, arrivedAt, finishedAt }) => [
    order.key,
    ground.people.find((one) => one.accountId === accountId)?.label,
    acceptedAt,
    arrivedAt,
    finishedAt,
  ]);

test.each(['in_turn', 'automatic'] as const)(
  '%s: a short day through the real services is the same as over plain values',
  async (mode) => {
    world = await aWorld();
    const { near, people } = world;
    const wu = await world.aPerson('吴师傅', 'worker', near.department, { skills: skillsOf['吴师傅']! });
    crew = [people.li, people.zhao, people.xu, wu];
    await world.ask(`update places.building set longitude = 116.4, latitude = 39.9 where scope_id = $1`, [
      near.compound,
    ]);
    await world.ask(
      `insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, 'dispatch.modes', '2026-01-01', $2, 'test')`,
      [near.compound, JSON.stringify({ default: mode, byCategory: {} })],
    );
    const day = readDay();
    const start = world.clock.now().getTime() + 60 * MINUTE;
    const kinds = [
      'water.leak.home',
      'power.socket',
      'water.drain',
      'water.burst',
      'water.toilet',
      'power.out.home',
    ];
    const orders = kinds.flatMap((code, i): DayOrder[] => {
      const category = catalogue.find((one) => one.code === code)!;
      return [0, 1].map((round) => {
        const reportedAt = start + (round * 31 + i * 4) * MINUTE + i * 7 * SECOND;
        const calendar = calendarOf(category.calendar);
        return {
          key: `${mode} ${code} ${round}`,
          categoryCode: code,
          skill: category.skill,
          isEmergency: category.isEmergency,
          reportedAt,
          building: { id: near.buildings['3']!, scopeId: near.compound, point: compoundPoint },
          workMinutes: 18 + 5 * i,
          respondMinutes: category.respondMinutes,
          respondDueAt: addWorking(reportedAt, category.respondMinutes, calendar),
          arriveDueAt: addWorking(reportedAt, category.arriveMinutes!, calendar),
          isMeasured: true,
        };
      });
    });
    const ground: Ground = {
      name: 'near',
      people: crew.map(({ accountId, name }) => ({
        accountId,
        label: name,
        role: 'worker',
        title: name,
        skills: skillsOf[name]!,
      })),
      plan: { patterns: [], rosters: [], changes: [] },
      buildings: [],
      gate: compoundPoint,
      zone: 'Asia/Shanghai',
    };
    const sorted = orders.toSorted((a, b) => a.reportedAt - b.reportedAt);
    const plain = await new Engine(day, ground, new RulesHouse(ground, mode), mode, 7).play(sorted);
    const real = await new Engine(day, ground, new RealHouse(), mode, 7).play(sorted);
    expect(plain.courses.every(({ finishedAt }) => finishedAt !== null)).toBe(true);
    expect(told(real.courses, ground)).toEqual(told(plain.courses, ground));
  },
  600_000,
);
