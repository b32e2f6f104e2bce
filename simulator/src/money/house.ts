import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openProviders, type Providers } from '../providers/open.ts';
import type { Random } from '../random.ts';
import { HeldClock } from './clock-file.ts';
import { type Served, serve } from './served.ts';
import { buildMoneyPlace, type Member, type MoneyPlace, signIn, uuidFrom } from './world.ts';
import { openWire, type Side, type Wire } from './wire.ts';

/** A whole server, its database behind a wire that can be cut, both providers, and people who try again. */

// biome-ignore lint/suspicious/noExplicitAny: an answer is any JSON
export type Json = any; // oxlint-disable-line typescript/no-explicit-any

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

const allDay = /^payments\./;
/** Months and seals, which nobody waits for by the minute. */
const everything = /^(?:payments|ledger)\.|^billing\.(?:calculate|post)$/;
/** Somebody who gets no answer asks again so often. */
const mostTries = 12;

export class MoneyHouse {
  readonly clock: HeldClock;
  readonly place: MoneyPlace;
  readonly providers: Providers;
  readonly admin: pg.Pool;
  /** How often the wire was cut, how often the server was killed with it, and the most it was seen to hold, in MB. */
  cuts = 0;
  kills = 0;
  memory = 0;
  readonly #url: string;
  readonly #wire: Wire;
  readonly #dataDir: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #random: Random;
  readonly #signedIn = new Map<string, { cookie: string; csrf: string; until: number }>();
  #server: Served | null = null;
  /** Kept while a server is there; whoever got no answer waits for the next. */
  #standing: Promise<void> = Promise.resolve();

  private constructor(parts: {
    readonly clock: HeldClock;
    readonly place: MoneyPlace;
    readonly providers: Providers;
    readonly admin: pg.Pool;
    readonly wire: Wire;
    readonly dataDir: string;
    readonly env: Readonly<Record<string, string>>;
    readonly random: Random;
  }) {
    this.clock = parts.clock;
    this.place = parts.place;
    this.providers = parts.providers;
    this.admin = parts.admin;
    this.#wire = parts.wire;
    this.#dataDir = parts.dataDir;
    this.#env = parts.env;
    this.#url = parts.env['GONGZHI_PUBLIC_URL']!;
    this.#random = parts.random;
  }

  static async open(options: {
    readonly adminUrl: string;
    readonly appUrl: string;
    readonly random: Random;
    readonly homes: number;
    readonly from: Date;
  }): Promise<MoneyHouse> {
    const { adminUrl, random } = options;
    const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-days-'));
    const clock = new HeldClock(options.from, join(dataDir, 'clock'));
    const place = await buildMoneyPlace({
      adminUrl,
      dataDir,
      random: random.fork('place'),
      homes: options.homes,
    });
    const providers = await openProviders({ now: () => clock.now() });
    const file = join(dataDir, 'payments.json');
    writeFileSync(file, JSON.stringify(providers.operatorFile), { mode: 0o600 });
    const wire = await openWire(options.appUrl);
    const port = String(await freePort());
    const house = new MoneyHouse({
      clock,
      place,
      providers,
      admin: new pg.Pool({ connectionString: adminUrl, max: 2, options: '-c timezone=UTC' }),
      wire,
      dataDir,
      env: {
        GONGZHI_EMBEDDED: '1',
        GONGZHI_DATA: dataDir,
        GONGZHI_LOG: 'silent',
        GONGZHI_ROLES: 'api',
        GONGZHI_PAYMENTS: file,
        // Providers know one address, however often the server is begun anew.
        GONGZHI_PUBLIC_URL: `http://127.0.0.1:${port}`,
        DATABASE_URL: wire.url,
        PORT: port,
      },
      random: random.fork('keys'),
    });
    house.admin.on('error', () => {});
    await house.#start();
    return house;
  }

  async #start(): Promise<void> {
    const [env, dataDir] = [this.#env, this.#dataDir];
    this.#server = await serve({ env, dataDir, clockFile: join(dataDir, 'clock') });
  }

  /**
   * While this runs the server loses its database at the n-th packet, and its life where it `isKilled`.
   */
  async dying(
    packets: number,
    side: Side,
    { isKilled }: { readonly isKilled: boolean },
    run: () => Promise<unknown>,
  ): Promise<void> {
    this.#wire.arm(packets, side, () => {
      this.cuts++;
      if (isKilled) this.#standing = this.#killed();
    });
    try {
      await run();
    } finally {
      this.#wire.disarm();
      await this.#standing;
    }
  }

  /** SIGKILL, and a new one at the same address. */
  async #killed(): Promise<void> {
    this.kills++;
    this.look();
    await this.#server!.kill();
    await this.#start();
  }

  /** What the server holds now. */
  look(): void {
    this.memory = Math.max(this.memory, this.#server!.memory() ?? 0);
  }

  /** As a phone does: what was not answered is said again, under the same key. */
  async ask(who: Member, method: string, path: string, body?: unknown): Promise<Answer> {
    const key = uuidFrom(this.#random);
    const session = await this.#session(who);
    for (let tries = 1; ; tries++) {
      let answer: Answer | null = null;
      try {
        const isRaw = Buffer.isBuffer(body);
        const response = await fetch(`${this.#url}/api/v1${path}`, {
          method,
          headers: {
            cookie: session.cookie,
            ...(method === 'GET' ? {} : { 'x-csrf-token': session.csrf, 'idempotency-key': key }),
            ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
          },
          body: body === undefined ? null : isRaw ? new Uint8Array(body) : JSON.stringify(body),
        });
        const text = await response.text();
        const isJson = response.headers.get('content-type')?.includes('json') === true;
        answer = { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : text };
      } catch {
        answer = null;
      }
      const isSaid =
        answer !== null && (answer.status < 500 || String(answer.body?.code).startsWith('payments.'));
      if (isSaid) return answer!;
      if (tries === mostTries)
        throw new Error(
          `${method} ${path} is not answered: ${answer?.status} ${JSON.stringify(answer?.body)}`,
        );
      await this.#standing;
    }
  }

  /** Asked, and done: anything else is a fault. */
  async does(who: Member, method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await this.ask(who, method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async #session(who: Member): Promise<{ cookie: string; csrf: string }> {
    const now = this.clock.now();
    const known = this.#signedIn.get(who.accountId);
    if (known !== undefined && known.until > now.getTime()) return known;
    const until = now.getTime() + 20 * 86_400_000;
    const made = await signIn(this.admin, this.#random, who, now, new Date(until + 86_400_000));
    this.#signedIn.set(who.accountId, { ...made, until });
    return { ...made };
  }

  /** Everything that is due now; a worker that dies is begun anew and goes on where it was. */
  async due(which = allDay): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#server!.due(which);
      } catch (error) {
        if (tries === mostTries) throw error;
        await this.#standing;
      }
    }
  }

  /** The offices' work too. */
  worksOff(): Promise<void> {
    return this.due(everything);
  }

  async close(): Promise<void> {
    await this.#server?.kill();
    await this.providers.close();
    await this.#wire.close();
    await this.admin.end();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

/** Below those that connections are given: nobody takes it while the server is away. */
async function freePort(): Promise<number> {
  for (let port = 20_000 + (process.pid % 10_000); port < 32_000; port++) {
    const server = createServer();
    const isOurs = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isOurs) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error('no port is free');
}
