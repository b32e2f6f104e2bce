import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../apps/server/src/config.ts';
import { startServer } from '../../../apps/server/src/main.ts';
import { VirtualClock } from '../../../apps/server/src/platform/clock/clock.ts';
import { Random } from '../random.ts';
import { SimulatedDevice } from './device.ts';
import { type Arrival, drawMorning, HOUR_MS } from './morning.ts';
import { type Counted, countAll, openOrders } from './count.ts';
import { buildGateWorld, codeOf, type GateWorld, greenFacts } from './world.ts';

/**
 * A morning at four gates. The clock is simulated and people are; the server, its broker, its database and the devices'
 * wires are real: each check goes over MQTT into PostgreSQL and back, and the milliseconds that took are put into the
 * queue as they were.
 */
export interface Span {
  readonly from: number;
  readonly until: number;
}
export interface MorningOptions {
  readonly seed: number;
  readonly people: number;
  /** A migrated one, of its own. */
  readonly database: { readonly adminUrl: string; readonly appUrl: string };
  readonly onProgress?: (done: number, of: number, label: string) => void;
}

/** One who was served: what the plot and the figures are made of. */
export interface Served {
  readonly gate: number;
  readonly arrivedAt: number;
  /** Stepped up to the reader. */
  readonly beganAt: number;
  readonly doneAt: number;
  readonly outcome: string;
  readonly by: 'server' | 'device';
  readonly way: Arrival['way'];
  readonly latencyMs: number;
  /** From the verdict until the barrier moved; null: it opened by itself, offline, or not at all. */
  readonly barrierMs: number | null;
  readonly isSlow: boolean;
}

export interface Morning {
  readonly seed: number;
  readonly people: number;
  readonly from: number;
  readonly offline: Span & { readonly gate: number };
  readonly slow: Span;
  readonly served: readonly Served[];
  readonly counted: Counted;
  readonly listed: number;
  readonly uploaded: number;
  readonly flags: Readonly<Record<string, number>>;
}

/** Of a hundred people, at each gate: whoever lives there goes there. */
const SHARES = [30, 27, 23, 20];
const OFFLINE_GATE = 1;
/** Whoever is stopped or sent to a person steps aside after so long, and shows the right code at the same reader. */
const STEPS_ASIDE_MS = 3_000;
const MINUTE = 60_000;
/** What the gate's phone waits for before it decides by itself; real time. */
const PATIENCE_MS = 2_000;
/** A barrier that has not moved by then is lifted by hand; real time. */
const LIFTED_BY_HAND_MS = 3_000;
/** As a service of codes answers on a good day. */
const USUAL_ANSWER_MS = 12;

export async function simulateMorning(options: MorningOptions): Promise<Morning> {
  const { seed, people, onProgress } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-morning-'));
  // The first Monday; half past seven in Beijing. People come from then for an hour.
  const from = Date.parse('2026-11-23T07:30:00+08:00');
  const offline = { gate: OFFLINE_GATE, from: from + 20 * MINUTE, until: from + 40 * MINUTE };
  const slow = { from: from + 45 * MINUTE, until: from + 50 * MINUTE };
  const clock = new VirtualClock(new Date(from));
  const random = new Random(`gate ${seed}`);
  onProgress?.(0, people, 'a compound');
  const { adminUrl, appUrl } = options.database;
  const codes = await openCodes(clock, slow);
  try {
    const world = await buildGateWorld({ adminUrl, dataDir, random: random.fork('world'), people, from });
    const server = await startServer(
      loadConfig(
        {
          GONGZHI_EMBEDDED: '1',
          GONGZHI_DATA: dataDir,
          GONGZHI_LOG: 'silent',
          GONGZHI_ROLES: 'api,devices',
          DATABASE_URL: appUrl,
          PORT: '0',
          GONGZHI_MQTT_PORT: '0',
          GONGZHI_HEALTH_CODES: codes.url,
          GONGZHI_HEALTH_CODES_KEY: 'simulation',
        },
        dataDir,
      ),
      { clock },
    );
    try {
      const arrivals = drawMorning(random.fork('morning'), { people, from, shares: SHARES });
      const gates = await plugIn(world, server, clock, random.fork('line'));
      const played = await play({ ...options, world, arrivals, gates, clock, offline, slow });
      const readers = gates.map(({ reader }) => reader);
      const barriers = gates.map(({ barrier }) => barrier);
      await settle(barriers, adminUrl);
      const counted = await countAll(adminUrl, world, played.said, barriers);
      for (const device of [...readers, ...barriers]) device.unplug();
      const flags: Record<string, number> = {};
      for (const kind of readers.flatMap((reader) => reader.flags)) flags[kind] = (flags[kind] ?? 0) + 1;
      const { served, uploaded } = played;
      return {
        seed,
        people,
        from,
        offline,
        slow,
        served,
        counted,
        listed: readers[0]!.listed,
        uploaded,
        flags,
      };
    } finally {
      await server.close();
    }
  } finally {
    codes.server.closeAllConnections();
    codes.server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The city's service of codes: answers at once, or for five minutes far too late. */
async function openCodes(clock: VirtualClock, slow: Span): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const now = clock.now().getTime();
      const { reference } = JSON.parse(text) as { reference: string };
      const isSlow = now >= slow.from && now < slow.until;
      setTimeout(
        () => {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(greenFacts(reference, now)));
        },
        isSlow ? 10_000 : USUAL_ANSWER_MS,
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

interface Gate {
  readonly reader: SimulatedDevice;
  readonly barrier: SimulatedDevice;
}
type Running = Awaited<ReturnType<typeof startServer>>;

async function plugIn(
  world: GateWorld,
  server: Running,
  clock: VirtualClock,
  random: Random,
): Promise<Gate[]> {
  const { publicKey } = server.house.crypto.signer(`gate bundle ${world.scopeId}`);
  const gates: Gate[] = [];
  for (const gate of world.gates) {
    const lost = random.fork(gate.name);
    const make = (key: { userName: string; password: string }, losesAnswer?: () => boolean) =>
      new SimulatedDevice({
        userName: key.userName,
        password: key.password,
        publicKey,
        url: server.url,
        mqttUrl: server.mqttUrl!,
        now: () => clock.now().getTime(),
        patienceMs: PATIENCE_MS,
        ...(losesAnswer === undefined ? {} : { losesAnswer }),
      });
    // One answer in a hundred is lost on the way, and the check is said again.
    const one = { reader: make(gate.reader, () => lost.chance(0.01)), barrier: make(gate.barrier) };
    await one.reader.plugIn();
    await one.barrier.plugIn();
    gates.push(one);
  }
  return gates;
}

const isThrough = (outcome: string): boolean => outcome === 'pass' || outcome === 'pass_report';

interface Play extends MorningOptions {
  readonly world: GateWorld;
  readonly arrivals: readonly Arrival[];
  readonly gates: readonly Gate[];
  readonly clock: VirtualClock;
  readonly offline: Morning['offline'];
  readonly slow: Span;
}

/** One after the other in the order of their moments: whoever is next to be checked, at whichever gate. */
async function play({ world, arrivals, gates, clock, offline, slow, people, onProgress }: Play) {
  const queues = gates.map((_, gate) => arrivals.filter((one) => one.gate === gate));
  const freeAt = gates.map(() => 0);
  const served: Served[] = [];
  const said = new Set<string>();
  let uploaded = 0;
  let isCut = false;

  const moveTo = (at: number): void => clock.set(new Date(Math.max(at, clock.now().getTime())));
  const line = async (at: number): Promise<void> => {
    const gate = gates[offline.gate]!;
    if (!isCut && at >= offline.from && at < offline.until) {
      moveTo(offline.from);
      // The list as of the last look; then nothing.
      await gate.reader.sync();
      gate.reader.unplug();
      gate.barrier.unplug();
      isCut = true;
    } else if (isCut && at >= offline.until) {
      moveTo(offline.until);
      uploaded += gate.reader.waiting;
      await gate.barrier.plugIn();
      await gate.reader.plugIn();
      isCut = false;
    }
  };

  for (;;) {
    let gate = -1;
    let checkAt = Number.POSITIVE_INFINITY;
    for (const [i, queue] of queues.entries()) {
      const [next] = queue;
      if (next === undefined) continue;
      const at = Math.max(freeAt[i]!, next.at) + next.showsMs;
      if (at < checkAt) [gate, checkAt] = [i, at];
    }
    if (gate < 0) break;
    await line(checkAt);
    moveTo(checkAt);
    const one = queues[gate]!.shift()!;
    const person = world.people[one.person]!;
    const { reader, barrier } = gates[gate]!;
    const beganAt = checkAt - one.showsMs;
    const check = async (way: Arrival['way']) => {
      const at = clock.now().getTime();
      const text =
        way === 'urgent'
          ? null
          : way === 'card'
            ? person.card
            : codeOf(person, world.scopeId, way === 'old_picture' ? at - 5 * MINUTE : at);
      const moved = barrier.isPluggedIn ? barrier.opening(LIFTED_BY_HAND_MS) : null;
      const done = await reader.check({
        text,
        direction: one.direction,
        temperatureTenths: one.temperatureTenths,
        ...(way === 'urgent' ? { urgent: 'ambulance' as const } : {}),
      });
      said.add(done.id);
      const verdictAt = performance.now();
      const isOrdered = done.by === 'server' && isThrough(done.outcome);
      // The clock stands still meanwhile, so that no order runs out by our hand.
      const hasMoved = isOrdered && moved !== null && (await moved);
      return { ...done, barrierMs: hasMoved ? performance.now() - verdictAt : null };
    };
    let result = await check(one.way);
    let { latencyMs } = result;
    let doneAt = checkAt + latencyMs + (result.barrierMs ?? 0);
    if (one.way === 'old_picture') {
      // Told what is wrong with it, they show the code itself.
      moveTo(doneAt + one.showsMs);
      result = await check('code');
      latencyMs = result.latencyMs;
      doneAt += one.showsMs + latencyMs + (result.barrierMs ?? 0);
    }
    doneAt += isThrough(result.outcome) ? one.walksMs : STEPS_ASIDE_MS;
    freeAt[gate] = doneAt;
    served.push({
      gate,
      arrivedAt: one.at,
      beganAt,
      doneAt,
      outcome: result.outcome,
      by: result.by,
      way: one.way,
      latencyMs,
      barrierMs: result.barrierMs,
      isSlow: checkAt >= slow.from && checkAt < slow.until,
    });
    if (served.length % 20 === 0) onProgress?.(served.length, people, `${served.length} of ${people}`);
  }
  // Whatever the last of them decided alone is sent.
  await line(Math.max(offline.until, arrivals.at(-1)!.at + HOUR_MS));
  return { served, said, uploaded };
}

/** The last orders are on their way. */
async function settle(barriers: readonly SimulatedDevice[], adminUrl: string): Promise<void> {
  for (let tries = 0; tries < 40 && barriers.length > 0; tries++) {
    if ((await openOrders(adminUrl)) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
