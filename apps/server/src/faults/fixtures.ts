import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithUs } from '../../../../scripts/lib/at-exit.ts';
import { type Cluster, startPostgres } from '../../../../scripts/postgres.ts';
import { livingPostmaster } from '../../../../scripts/postgres/postmaster.ts';
import { type Answer, Client, type Json } from '../../../../test/server.ts';
import type { World } from '../../../../test/world.ts';
import { aWorkOrder } from '../modules/work-orders/fixtures.ts';
import { migrate } from '../platform/db/migrate.ts';

const root = resolve(import.meta.dirname, '..', '..', '..', '..');

/** A PostgreSQL of the test's own that keeps its promises (fsync), and can be killed. */
export interface DurablePostgres {
  readonly dataDir: string;
  readonly adminUrl: string;
  readonly appUrl: string;
  /** SIGKILL to the postmaster: no goodbye, no checkpoint. */
  kill(): void;
  start(): Promise<void>;
  remove(): Promise<void>;
}

export async function aDurablePostgres(on = tmpdir()): Promise<DurablePostgres> {
  const dataDir = mkdtempSync(join(on, 'gongzhi-fault-'));
  let cluster: Cluster = await startPostgres({ dataDir, durable: true });
  await migrate(cluster.url('admin'), { appPassword: cluster.secrets.app });
  return {
    dataDir,
    adminUrl: cluster.url('admin'),
    appUrl: cluster.url('app'),
    kill() {
      const running = livingPostmaster(join(dataDir, 'postgres', 'data'));
      if (running === undefined) throw new Error('there is no PostgreSQL to kill');
      process.kill(running.pid, 'SIGKILL');
    },
    async start() {
      cluster = await startPostgres({ dataDir, durable: true });
    },
    async remove() {
      await cluster.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The product as an operator runs it: `npx gongzhi serve` in production, a process of its own. */
export interface ChildServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** SIGKILL: it answers nobody and closes nothing. */
  kill(): Promise<void>;
}

export async function aChildServer(options: {
  databaseUrl: string;
  dataDir: string;
  env?: Readonly<Record<string, string>>;
}): Promise<ChildServer> {
  const child = spawn(process.execPath, [join(root, 'scripts', 'gongzhi.mjs'), 'serve', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      GONGZHI_MODE: 'production',
      GONGZHI_CODE_SENDER: 'file',
      GONGZHI_LOG: 'silent',
      GONGZHI_DATA: options.dataDir,
      DATABASE_URL: options.databaseUrl,
      GONGZHI_MQTT_PORT: 'off',
      ...options.env,
    },
  });
  endWithUs(child, 'SIGKILL');
  let output = '';
  const url = await new Promise<string>((found, failed) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /running at (http:\S+)/.exec(output)?.[1];
      if (address !== undefined) found(address);
    });
    child.once('exit', (code) => failed(new Error(`the server left with ${code}: ${output}`)));
  });
  return {
    url,
    process: child,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Residents who keep reporting, each report with a key of its own, sent again and again until it is acknowledged. */
export class Load {
  /** Key → the order that was acknowledged under it. */
  readonly acknowledged = new Map<string, Json>();
  readonly refused: Answer[] = [];
  /** Requests that got no answer at all. */
  unanswered = 0;
  #isStopping = false;
  readonly #running: Promise<void>[];
  readonly #world: World;
  /** Where to: a server that was killed comes back elsewhere. */
  url: string;

  constructor(world: World, people: number, url = world.url) {
    this.#world = world;
    this.url = url;
    this.#running = Array.from({ length: people }, () => this.#report());
  }

  async #report(): Promise<void> {
    const { cookie, csrf } = this.#world.people.wang.client;
    const body = aWorkOrder().atHome(this.#world.home).body(this.#world.near.compound);
    while (!this.#isStopping) {
      const key = randomUUID();
      while (!this.acknowledged.has(key)) {
        const client = new Client(this.url, cookie, csrf);
        const answer = await client.post('/work-orders', body, { 'idempotency-key': key }).catch(() => null);
        if (answer?.status === 201) this.acknowledged.set(key, answer.body);
        else {
          if (answer === null) this.unanswered++;
          else this.refused.push(answer);
          await sleep(50);
        }
      }
    }
  }

  /** Ends when every report that was begun is acknowledged. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#running);
  }
}

/** Every acknowledged order is there, none twice, each whole; and there is no other. */
export async function assertNothingLost(world: World, load: Load, other = 0): Promise<void> {
  const orders = await world.ask<Json>(
    `select o.work_order_id as id, o.number,
       (select count(*)::int from work_orders.step s where s.work_order_id = o.work_order_id) as steps,
       (select count(*)::int from work_orders.event e where e.work_order_id = o.work_order_id) as events,
       (select count(*)::int from platform.outbox x where x.object_id = o.work_order_id) as outbox
     from work_orders.work_order o where o.reporter_account_id = $1`,
    [world.people.wang.accountId],
  );
  const found = new Map(orders.map((order) => [order.id as string, order]));
  for (const { id, number } of load.acknowledged.values()) {
    const order = found.get(id);
    if (order === undefined) throw new Error(`order ${number} was acknowledged and is gone`);
    if (order.steps !== 1 || order.events !== 1 || order.outbox !== 1)
      throw new Error(`order ${number} is not whole`);
  }
  const ids = new Set([...load.acknowledged.values()].map((order) => order.id));
  if (ids.size !== load.acknowledged.size) throw new Error('two keys were answered with one order');
  if (orders.length !== ids.size + other) throw new Error(`${orders.length} orders for ${ids.size} reports`);
}
