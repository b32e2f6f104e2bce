import type { lookup } from 'node:dns';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { isUuid } from '@gongzhi/kernel';
import { isAhead } from '../../platform/clock/clock.ts';
import type { WorkerDatabase } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { wallOf } from '../places/index.ts';
import { claimCommands, claimReadings, gatewayById, type LineTask, renewLeases } from './queries-lines.ts';
import { findPrepaid } from './queries-prepaid.ts';
import { Conversation } from './service-conversation.ts';
import { isSecret } from './service-gateways.ts';
import { HostRefused, isForbiddenHost, judgedLookup } from './service-hosts.ts';
import { mayStill, setSaid, storeDone, storeSaid, storeSilence } from './service-outcomes.ts';
import { tripEnds } from './service-trips.ts';
import { readMeter, tellMeter } from './service-speaking.ts';
import type { GatewayRow } from './tables.ts';

/**
 * Speaks with meters over TCP: gateways that we call, and gateways that call us and say who they are. What is to be said is
 * rows: whatever process holds a gateway's line takes them, and a process that dies in the middle leaves them to the next.
 */
export interface CollectorOptions {
  /** How long an answer may take. */
  readonly patienceMilliseconds?: number;
  readonly everyMilliseconds?: number;
  /** Whether gateways are called; false where another process does. */
  readonly dials?: boolean;
  /** Whether this machine and what stands beside it is never called; `look`: how names are looked up. */
  readonly judges?: boolean;
  readonly look?: typeof lookup;
  /** Where gateways call us; null: nowhere. */
  readonly listen?: { readonly host: string; readonly port: number } | null;
}

export interface Collector {
  /** Everything that is due now, once; how much there was. */
  runOnce(): Promise<number>;
  /** Where gateways call, once it is known. */
  address(): Promise<AddressInfo | null>;
  /** For the lines of another transport; `putOut`: another line of the same gateway has come. */
  hold(gatewayId: string, line: Conversation, putOut?: () => void): () => void;
  /** How long an answer may take. */
  readonly patience: number;
  connected(): readonly string[];
  stop(): Promise<void>;
}

/** The one of this process, for lines that come in by another door. */
const collectors = new WeakMap<House, Collector>();
export const collectorOf = (house: House): Collector | undefined => collectors.get(house);
export function registerCollector(house: House, collector: Collector): () => Promise<void> {
  collectors.set(house, collector);
  return async () => {
    collectors.delete(house);
    await collector.stop();
  };
}

interface Unreached {
  readonly ok: false;
  readonly error: 'disconnected' | 'host_refused';
  readonly isUnsaid: true;
}
type Called = Unreached | { readonly ok: true; readonly line: Conversation; readonly hangUp: () => void };

const mostTogether = 20;
const mostClaimed = 100;
const mostConnections = 2_000;
const introductionMilliseconds = 10_000;
const mostIntroduction = 160;
const connectMilliseconds = 5_000;
const leaseMilliseconds = 120_000;
/** Renewed long before it ends: a bus of meters that answer late is spoken with for longer than any lease. */
const renewMilliseconds = 30_000;

export function openCollector(
  house: House,
  worker: WorkerDatabase,
  options: CollectorOptions = {},
): Collector {
  const patience = options.patienceMilliseconds ?? 4_000;
  const held = new Map<string, { readonly line: Conversation; readonly putOut: (() => void) | undefined }>();
  const sockets = new Set<Socket>();
  let isStopping = false;

  const dials = options.dials ?? true;
  const judges = options.judges ?? house.config.mode === 'production';
  const hold = (gatewayId: string, line: Conversation, putOut?: () => void) => {
    // Who comes again has lost the line before.
    const before = held.get(gatewayId);
    before?.line.close();
    before?.putOut?.();
    held.set(gatewayId, { line, putOut });
    return () => {
      line.close();
      if (held.get(gatewayId)?.line === line) held.delete(gatewayId);
    };
  };

  const say = (error: unknown): void => house.log.error({ err: error }, 'meters were not spoken with');
  const lineOver = (socket: Socket): Conversation =>
    new Conversation(
      {
        isOpen: () => !socket.destroyed && socket.writable,
        send: (bytes) => {
          socket.write(bytes);
          return true;
        },
      },
      patience,
    );

  /** A gateway says first who it is: `<its id>.<its secret>` and a line end, then only frames. */
  const greet = (socket: Socket) => {
    sockets.add(socket);
    let heard = Buffer.alloc(0);
    let letGo: (() => void) | null = null;
    let isAsking = false;
    const timer = setTimeout(() => socket.destroy(), introductionMilliseconds);
    socket.setKeepAlive(true, 60_000);
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      sockets.delete(socket);
      letGo?.();
    });
    const first = (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes]);
      const end = heard.indexOf(0x0a);
      if (end < 0 && heard.length <= mostIntroduction) return;
      if (end < 0 || end > mostIntroduction || isAsking) {
        socket.destroy();
        return;
      }
      isAsking = true;
      const [id = '', secret = ''] = heard.subarray(0, end).toString('latin1').trim().split('.');
      const rest = heard.subarray(end + 1);
      socket.off('data', first);
      socket.pause();
      introduce(id, secret)
        .then((gateway) => {
          clearTimeout(timer);
          if (gateway === null || isStopping) {
            socket.destroy();
            return;
          }
          const line = lineOver(socket);
          letGo = hold(gateway.id, line);
          socket.on('data', (more: Buffer) => line.hear(more));
          line.hear(rest);
          socket.resume();
        })
        .catch(() => socket.destroy());
    };
    socket.on('data', first);
  };

  const introduce = async (id: string, secret: string): Promise<GatewayRow | null> => {
    if (!isUuid(id)) return null;
    const gateway = await worker.work((tx) => gatewayById(tx, id));
    return gateway?.transport === 'listen' && isSecret(gateway.secretHash, secret) ? gateway : null;
  };

  /** A gateway that we call is called for as long as there is something to say. */
  const dial = (gateway: GatewayRow): Promise<Called> =>
    new Promise((resolve) => {
      const host = (gateway.host ?? '').replace(/^\[|\]$/g, '');
      // An address is not looked up: it is judged here.
      if (judges && isForbiddenHost(host))
        return resolve({ ok: false, error: 'host_refused', isUnsaid: true });
      const socket = connect({
        host,
        port: gateway.port ?? 0,
        ...(judges ? { lookup: judgedLookup(options.look) } : {}),
      });
      let fault: 'disconnected' | 'host_refused' = 'disconnected';
      const line = lineOver(socket);
      sockets.add(socket);
      socket.setTimeout(connectMilliseconds, () => socket.destroy());
      socket.on('data', (bytes: Buffer) => line.hear(bytes));
      socket.on('error', (error) => {
        if (error instanceof HostRefused) fault = 'host_refused';
      });
      socket.on('close', () => {
        sockets.delete(socket);
        line.close();
        resolve({ ok: false, error: fault, isUnsaid: true });
      });
      socket.on('connect', () => {
        socket.setTimeout(0);
        resolve({ ok: true, line, hangUp: () => socket.destroy() });
      });
    });

  const carryOut = async (line: Conversation | null, gone: Unreached, task: LineTask): Promise<void> => {
    const { meter, command } = task;
    if (command === null) {
      const isPrepaid =
        (await worker.work((tx) => findPrepaid(tx, meter.scopeId, meter.id)))?.keeps === 'meter';
      const said = line === null ? gone : await readMeter(line, meter, isPrepaid);
      await worker.work((tx) =>
        said.ok
          ? storeSaid(house, tx, meter, said.value, house.clock.now())
          : storeSilence(house, tx, meter, said, house.clock.now()),
      );
      return;
    }
    const begun = house.clock.now();
    const prepared = await worker.work(async (tx) => {
      if (!(await mayStill(house, tx, meter, command, begun))) return null;
      const timeZone = (await wallOf(tx, meter.scopeId))?.timeZone ?? 'Asia/Shanghai';
      const soon = new Date(begun.getTime() + 10 * 60_000);
      const ends =
        command.reason === 'prepaid_balance' ? await tripEnds(house, tx, meter, timeZone, begun) : soon;
      // Before a byte leaves: whoever dies in the middle may have said it.
      if (line !== null) setSaid(tx, command, begun);
      return { timeZone, until: ends < soon ? ends : soon };
    });
    if (prepared === null) return;
    const done =
      line === null
        ? gone
        : await tellMeter(line, meter, command, authorityOf(task.gateway), prepared.until, prepared.timeZone);
    await worker.work((tx) => storeDone(house, tx, command, done, house.clock.now()));
  };

  const authorityOf = (gateway: GatewayRow) => ({
    level: 2,
    password:
      gateway.passwordCipher === null
        ? '000000'
        : house.crypto.open(gateway.passwordCipher, 'metering.gateway', gateway.id),
    operator: '1',
  });

  const workGateway = async (gateway: GatewayRow, tasks: readonly LineTask[]): Promise<void> => {
    const called = gateway.transport === 'dial' ? await dial(gateway) : null;
    const line = called === null ? (held.get(gateway.id)?.line ?? null) : called.ok ? called.line : null;
    const gone: Unreached =
      called?.ok === false ? called : { ok: false, error: 'disconnected', isUnsaid: true };
    try {
      // Commands first: somebody waits for them.
      for (const task of tasks.toSorted((a, b) => Number(a.command === null) - Number(b.command === null)))
        await keepLeases()
          .catch(say)
          .then(() => carryOut(line?.isOpen() === true ? line : null, gone, task))
          .finally(() => leases.delete(task));
    } finally {
      for (const task of tasks) leases.delete(task);
      if (called?.ok === true) called.hangUp();
    }
  };

  /** Spoken with, or waiting for it: of a bus nobody asks two things at once, and whose meters are silent keeps no other waiting. */
  const busy = new Set<string>();

  /** What this process has taken and not done yet, with its lease's end: until then no other process takes it. */
  const leases = new Map<LineTask, Date>();
  let renewedAt = 0;
  let renewing: Promise<void> = Promise.resolve();
  /** What is spoken about, and what waits behind it, stays ours for as long as this process lives. */
  const keepLeases = (): Promise<void> => {
    renewing = renewing
      .catch(() => {})
      .then(async () => {
        const now = house.clock.now().getTime();
        if (leases.size === 0 || isAhead(renewedAt + renewMilliseconds, now, renewMilliseconds)) return;
        const until = new Date(now + leaseMilliseconds);
        const kept = [...leases];
        await worker.work((tx) => renewLeases(tx, kept, until));
        renewedAt = now;
        for (const [task] of kept) if (leases.has(task)) leases.set(task, until);
      });
    return renewing;
  };

  /** What is due now, gateway by gateway. */
  const take = async (): Promise<LineTask[][]> => {
    const now = house.clock.now();
    const lease = new Date(now.getTime() + leaseMilliseconds);
    const reachable = { connected: [...held.keys()], dials, busy: [...busy] };
    const tasks: readonly LineTask[] = await worker.work(async (tx) => [
      ...(await claimCommands(tx, reachable, now, lease, mostClaimed)),
      ...(await claimReadings(tx, reachable, now, lease, mostClaimed)),
    ]);
    const byGateway = Map.groupBy(tasks, ({ gateway }) => gateway.id);
    for (const id of byGateway.keys()) busy.add(id);
    for (const task of tasks) leases.set(task, lease);
    return [...byGateway.values()];
  };

  const speak = async (taken: readonly LineTask[][]): Promise<void> => {
    const waiting = [...taken];
    const failed: unknown[] = [];
    const hand = async (): Promise<void> => {
      for (let own = waiting.shift(); own !== undefined; own = waiting.shift()) {
        const { gateway } = own[0] as LineTask;
        await workGateway(gateway, own)
          .catch((error: unknown) => failed.push(error))
          .finally(() => busy.delete(gateway.id));
      }
    };
    await Promise.all(Array.from({ length: Math.min(mostTogether, waiting.length) }, hand));
    if (failed.length > 0) throw failed[0];
  };

  const runOnce = async (): Promise<number> => {
    const taken = await take();
    await speak(taken);
    return taken.flat().length;
  };

  let server: Server | null = null;
  const listening = new Promise<AddressInfo | null>((resolve) => {
    const { listen = null } = options;
    if (listen === null) return resolve(null);
    server = createServer(greet);
    server.maxConnections = mostConnections;
    server.on('error', (error: NodeJS.ErrnoException) => {
      house.log.warn({ code: error.code, port: listen.port }, 'gateways of meters cannot call here');
      resolve(null);
    });
    server.listen(listen.port, listen.host, () => resolve(server?.address() as AddressInfo));
  });

  let taking: Promise<unknown> = Promise.resolve();
  const speaking = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  const every = options.everyMilliseconds;
  const tick = () => {
    taking = (busy.size < mostTogether ? take() : Promise.resolve([]))
      .then((taken) => {
        if (taken.length === 0) return;
        const spoken: Promise<void> = speak(taken)
          .catch(say)
          .finally(() => speaking.delete(spoken));
        speaking.add(spoken);
      })
      .catch(say)
      .finally(() => {
        if (!isStopping && every !== undefined) timer = setTimeout(tick, every);
      });
  };
  if (every !== undefined) timer = setTimeout(tick, every);
  // While one meter is waited for, what waits behind it is kept too.
  const keeping =
    every === undefined ? null : setInterval(() => void keepLeases().catch(say), renewMilliseconds / 2);

  return {
    runOnce,
    address: () => listening,
    hold,
    patience,
    connected: () => [...held.keys()],
    async stop() {
      isStopping = true;
      if (timer !== null) clearTimeout(timer);
      if (keeping !== null) clearInterval(keeping);
      for (const socket of sockets) socket.destroy();
      for (const { line } of held.values()) line.close();
      await taking;
      await Promise.all(speaking);
      await renewing.catch(() => {});
      await listening;
      await new Promise<void>((done) => (server === null ? done() : server.close(() => done())));
    },
  };
}
