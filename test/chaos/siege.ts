import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  aChildServer,
  aDurablePostgres,
  type ChildServer,
  type DurablePostgres,
  Load,
} from '../../apps/server/src/faults/fixtures.ts';
import { aGate, aPass, type TestGate, type TestPass } from '../../apps/server/src/modules/access/fixtures.ts';
import { aPosting, bookOf } from '../../apps/server/src/modules/ledger/fixtures.ts';
import { type NewPosting, post } from '../../apps/server/src/modules/ledger/index.ts';
import { aMoneyWorld, type MoneyWorld } from '../../apps/server/src/modules/payments/fixtures.ts';
import { VirtualClock } from '../../apps/server/src/platform/clock/clock.ts';
import { openWorkerDatabase, type WorkerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { type FaultProxy, openFaultProxy } from '../fault-proxy.ts';
import { type Disk, smallDisk } from './disk.ts';
import { hangMeters, type MetersUnderSiege, readMeter } from './meters.ts';
import { LINES, pay } from './payments.ts';

/**
 * A street in service while everything around it breaks: one server in a process of its own that can be killed, one in
 * this process whose clock is ours, both over a wire that can be cut to a PostgreSQL that keeps its promises; and a provider
 * of payments who goes by that clock, too.
 */
export interface Siege {
  readonly world: MoneyWorld;
  readonly postgres: DurablePostgres;
  readonly proxy: FaultProxy;
  /** Null where this machine lets nobody mount one. */
  readonly disk: Disk | null;
  readonly gates: readonly TestGate[];
  readonly passes: readonly TestPass[];
  readonly money: WorkerDatabase;
  /** Billed, and not yet on anybody's phone. */
  readonly lines: string[];
  readonly meters: MetersUnderSiege;
  readonly startedAt: number;
  /** The server that may be killed. */
  child(): ChildServer;
  startChild(): Promise<void>;
  /** All that was acknowledged since the beginning. */
  readonly said: Said;
  close(): Promise<void>;
}

export interface Said {
  readonly orders: Set<string>;
  /** Gate → passages. */
  readonly passages: Map<string, Set<string>>;
  readonly postings: Map<string, NewPosting>;
  /** Written down; made is what the provider says is. */
  readonly payments: Set<string>;
  /** Those of them that are for a meter. */
  readonly topUps: Map<string, { readonly meterId: string; readonly amountFen: number }>;
}

/** As any that somebody sets: it goes on from there. Standing still, nothing that waits for it would ever come. */
class RunningClock extends VirtualClock {
  readonly #began = performance.now();

  override now(): Date {
    return new Date(super.now().getTime() + performance.now() - this.#began);
  }
}

export async function laySiege(): Promise<Siege> {
  const disk = await smallDisk(2_000);
  const postgres = await aDurablePostgres(disk?.folder ?? tmpdir());
  const proxy = await openFaultProxy(postgres.appUrl);
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-chaos-'));
  const world = await aMoneyWorld({
    database: postgres,
    serverUrl: proxy.through(postgres.appUrl),
    dataDir,
    roles: 'api,worker',
    isDemonstration: false,
    clock: new RunningClock(new Date()),
  });
  const gates = await Promise.all([aGate(world), aGate(world)]);
  const passes = await Promise.all([aPass(world), aPass(world), aPass(world)]);
  const money = openWorkerDatabase({
    url: proxy.through(postgres.appUrl),
    poolSize: 2,
    applicationName: 'chaos money',
    onIdleError: () => {},
  });
  let child: ChildServer | undefined;
  const startChild = async () => {
    child = await aChildServer({
      databaseUrl: proxy.through(postgres.appUrl),
      dataDir,
      // Simulated providers are not for production.
      env: { GONGZHI_MODE: 'demo', GONGZHI_EMBEDDED: '1', GONGZHI_PAYMENTS: world.operatorFile },
    });
  };
  await startChild();
  const meters = await hangMeters(world);
  const lines: string[] = [];
  for (let i = 0; i < LINES; i++) lines.push(await world.owes(world.home, 1_000));
  return {
    world,
    postgres,
    proxy,
    disk,
    gates,
    passes,
    money,
    lines,
    meters,
    startedAt: world.clock.now().getTime(),
    child: () => child!,
    startChild,
    said: {
      orders: new Set(),
      passages: new Map(gates.map(({ gate }) => [gate.id, new Set()])),
      postings: new Map(),
      payments: new Set(),
      topUps: new Map(),
    },
    async close() {
      await child?.kill();
      await money.close();
      await world.close();
      await meters.line.close();
      await proxy.close();
      await postgres.remove();
      await disk?.remove();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** How many writes of each kind. */
export interface Acknowledged {
  readonly orders: number;
  readonly passages: number;
  readonly postings: number;
  readonly payments: number;
  readonly readings: number;
}

export const acknowledgedBy = ({ said, meters }: Pick<Siege, 'said' | 'meters'>): Acknowledged => ({
  orders: said.orders.size,
  passages: [...said.passages.values()].reduce((sum, ids) => sum + ids.size, 0),
  postings: said.postings.size,
  payments: said.payments.size,
  readings: meters.read.reduce((sum, meter) => sum + meter.said.length, 0),
});

/** Reports, checks at gates, postings, payments and readings of meters, each sent again under its own key until it is acknowledged. */
export class MixedLoad {
  readonly #siege: Siege;
  readonly #orders: readonly Load[];
  readonly #others: readonly Promise<void>[];
  #isStopping = false;
  #marked: readonly number[];
  /** Answers that were neither done nor "come back later". */
  readonly odd: string[] = [];
  tries = 0;

  constructor(siege: Siege) {
    this.#siege = siege;
    const { world, gates } = siege;
    this.#orders = [new Load(world, 2, siege.child().url), new Load(world, 2)];
    this.#others = [
      ...gates.map((gate) => this.#until(() => this.#check(gate))),
      ...[1, 2].map(() => this.#until(() => this.#move())),
      ...[() => siege.child().url, () => world.url].map((url) =>
        this.#until(() => pay(siege, url, this.odd)),
      ),
      ...siege.meters.read.map((meter) => this.#until(() => readMeter(siege, meter, this.odd))),
    ];
    this.#marked = this.#counts();
  }

  /** Of each kind that somebody waits for, and by each server: a provider whose clock is another may let a payment wait. */
  #counts(): readonly number[] {
    const { passages, postings, readings } = acknowledgedBy(this.#siege);
    return [...this.#orders.map((load) => load.acknowledged.size), passages, postings, readings];
  }

  /** From here on `goesOn` counts. */
  mark(): void {
    this.#marked = this.#counts();
  }

  /** Whether all of it was acknowledged again since. */
  goesOn(): boolean {
    return this.#counts().every((count, at) => count > this.#marked[at]!);
  }

  async #until(once: () => Promise<void>): Promise<void> {
    while (!this.#isStopping) await once();
  }

  async #check(gate: TestGate): Promise<void> {
    const { passes, said } = this.#siege;
    const checks = passes.map(() => ({ id: randomUUID(), direction: 'out' }));
    for (;;) {
      this.tries++;
      const sent = await gate.sends(checks, { url: this.#siege.child().url }).catch(() => null);
      if (sent?.status === 200) break;
      if (sent !== null && sent.status !== 503 && sent.status !== 409) this.odd.push(`gate: ${sent.status}`);
      await sleep(50);
    }
    for (const { id } of checks) said.passages.get(gate.gate.id)!.add(id);
    await sleep(15);
  }

  async #move(): Promise<void> {
    const { world, money, said } = this.#siege;
    const posting = aPosting({ key: `chaos:${randomUUID()}` });
    for (;;) {
      this.tries++;
      try {
        await money.work((tx) =>
          post(tx, { wall: bookOf(world), postings: [posting], by: null, now: world.clock.now() }).then(
            () => {},
          ),
        );
        break;
      } catch {
        await sleep(50);
      }
    }
    said.postings.set(posting.key, posting);
    await sleep(15);
  }

  /** Where the killed server is now. */
  follow(): void {
    this.#orders[0]!.url = this.#siege.child().url;
  }

  /** Ends when all that was begun is acknowledged. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all([...this.#orders.map((load) => load.stop()), ...this.#others]);
    for (const load of this.#orders) {
      for (const order of load.acknowledged.values()) this.#siege.said.orders.add(order.id);
      for (const { status, body } of load.refused)
        if (status !== 503 && status !== 409) this.odd.push(`order: ${status} ${body?.code}`);
    }
  }
}
