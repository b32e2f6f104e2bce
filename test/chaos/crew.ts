import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aChildServer, type ChildServer } from '../../apps/server/src/faults/fixtures.ts';
import { aWorkOrder } from '../../apps/server/src/modules/work-orders/fixtures.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { Client, type Json } from '../server.ts';
import { aWorld, type World } from '../world.ts';

export type CrewRole = 'api' | 'worker';

/** One process of several; who is killed is replaced by another in the same place. */
export class Post {
  readonly role: CrewRole;
  readonly #start: () => Promise<ChildServer>;
  #server: ChildServer | null = null;

  constructor(role: CrewRole, start: () => Promise<ChildServer>) {
    this.role = role;
    this.#start = start;
  }

  get isThere(): boolean {
    return this.#server !== null;
  }

  get url(): string {
    if (this.#server === null) throw new Error(`no ${this.role} stands here`);
    return this.#server.url;
  }

  get pid(): number | undefined {
    return this.#server?.process.pid;
  }

  async start(): Promise<void> {
    this.#server = await this.#start();
  }

  /** SIGKILL: it answers nobody and closes nothing. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    await server?.kill();
  }

  /** SIGTERM, as in a rolling upgrade: what it has begun it ends. The exit code. */
  async leave(): Promise<number | null> {
    const server = this.#server;
    if (server === null) return null;
    this.#server = null;
    const gone = once(server.process, 'exit');
    server.process.kill('SIGTERM');
    const [code] = (await gone) as [number | null];
    return code;
  }
}

/** Several processes of the product on one database, as behind a balancer, and a world that only looks on. */
export interface Crew {
  readonly world: World;
  readonly apis: readonly Post[];
  readonly workers: readonly Post[];
  readonly everybody: readonly Post[];
  close(): Promise<void>;
}

export async function aCrew(sizes: Readonly<Record<CrewRole, number>>): Promise<Crew> {
  const database: TestDatabase = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-crew-'));
  const world = await aWorld({
    database,
    dataDir,
    isDemonstration: false,
    startsAt: new Date(),
    isTelling: false,
  });
  const posts = (role: CrewRole) =>
    Array.from(
      { length: sizes[role] },
      () =>
        new Post(role, () =>
          aChildServer({ databaseUrl: database.appUrl, dataDir, env: { GONGZHI_ROLES: role } }),
        ),
    );
  const apis = posts('api');
  const workers = posts('worker');
  const everybody = [...apis, ...workers];
  const close = async () => {
    await Promise.all(everybody.map((post) => post.kill()));
    await world.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await Promise.all(everybody.map((post) => post.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return { world, apis, workers, everybody, close };
}

/** Residents who keep reporting to whichever process answers, each report under one key until it is acknowledged. */
export class Reports {
  /** Order → its number. */
  readonly acknowledged = new Map<string, string>();
  /** Answers that were neither done nor "come back later". */
  readonly odd: string[] = [];
  tries = 0;
  readonly #crew: Crew;
  readonly #running: readonly Promise<void>[];
  #isStopping = false;

  constructor(crew: Crew, people: number) {
    this.#crew = crew;
    this.#running = Array.from({ length: people }, (_, at) => this.#report(at));
  }

  async #report(first: number): Promise<void> {
    const { world, apis } = this.#crew;
    const { cookie, csrf } = world.people.wang.client;
    const body = aWorkOrder().atHome(world.home).body(world.near.compound);
    let turn = first;
    while (!this.#isStopping) {
      const key = randomUUID();
      for (let isDone = false; !isDone; ) {
        // The next one in turn, as a balancer would: the same key may come by several processes.
        const post = apis[turn++ % apis.length]!;
        this.tries++;
        const answer = post.isThere
          ? await new Client(post.url, cookie, csrf)
              .post('/work-orders', body, { 'idempotency-key': key })
              .catch(() => null)
          : null;
        if (answer?.status === 201) {
          this.acknowledged.set(answer.body.id, answer.body.number);
          isDone = true;
        } else if (answer !== null && answer.status !== 503 && answer.status !== 409)
          this.odd.push(`${answer.status} ${answer.body?.code}`);
        if (!isDone) await sleep(40);
      }
      await sleep(150);
    }
  }

  /** Ends when all that was begun is acknowledged. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#running);
  }
}

/** A page that stays open at one place of the crew: cut off, it comes back there and goes on from what it saw last. */
export class Line {
  /** Order → how often it was said to be new. */
  readonly submitted = new Map<string, number>();
  /** What it saw when it was told to read its pages afresh, as is done when too much was missed. */
  readonly read = new Set<string>();
  resets = 0;
  /** Times it lost its server. */
  losses = 0;
  readonly #post: Post;
  readonly #cookie: string;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #lastId = '';
  #reading: Promise<void> = Promise.resolve();
  #ready: () => void = () => {};
  readonly #isReady = new Promise<void>((resolve) => {
    this.#ready = resolve;
  });

  constructor(post: Post, cookie: string) {
    this.#post = post;
    this.#cookie = cookie;
    this.#running = this.#listen();
  }

  static async open(post: Post, cookie: string): Promise<Line> {
    const line = new Line(post, cookie);
    await line.#isReady;
    return line;
  }

  async #listen(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        const response = await fetch(`${this.#post.url}/api/v1/live`, {
          headers: {
            cookie: this.#cookie,
            ...(this.#lastId === '' ? {} : { 'last-event-id': this.#lastId }),
          },
          signal: this.#stop.signal,
        });
        if (response.status === 200) await this.#read(response.body!);
      } catch {
        // Killed, or closed by us.
      }
      if (this.#stop.signal.aborted) return;
      this.losses++;
      await sleep(100);
    }
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
    if (field('id') !== '') {
      this.#lastId = field('id');
      this.#ready();
    }
    if (field('event') === 'reset') {
      this.resets++;
      this.#reading = this.#reading.then(() => this.#readAfresh());
    }
    if (field('event') !== 'change') return;
    const { kind, id } = JSON.parse(field('data')) as Json;
    if (kind === 'work_order.submitted') this.submitted.set(id, (this.submitted.get(id) ?? 0) + 1);
  }

  /** As a page does, and again until it is there: its server may be gone once more. */
  async #readAfresh(): Promise<void> {
    for (let cursor: string | null = ''; cursor !== null && !this.#stop.signal.aborted; ) {
      const page: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer = this.#post.isThere
        ? await new Client(this.#post.url, this.#cookie)
            .get(`/work-orders?limit=100${page}`)
            .catch(() => null)
        : null;
      if (answer?.status !== 200) await sleep(100);
      else {
        for (const { id } of answer.body.items) this.read.add(id);
        cursor = answer.body.nextCursor;
      }
    }
  }

  knows(id: string): boolean {
    return this.submitted.has(id) || this.read.has(id);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.#reading;
  }
}
