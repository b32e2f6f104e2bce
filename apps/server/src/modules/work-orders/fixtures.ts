import sharp from 'sharp';
import type { Answer, Client, Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { until } from '../../platform/events/fixtures.ts';
import type { CommandBody } from './schemas.ts';

/** Orders and people as tests speak of them; the world they live in is test/world.ts. */

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

export type Action = CommandBody['action'];

/** What a test needs to hold of an order to do something with it. */
export interface Held {
  readonly id: string;
  readonly scopeId: string;
  readonly version: number;
}

/** A report in the making: `aWorkOrder().about('water.tap').atHome(home)`. */
export class Report {
  readonly #body: Record<string, unknown>;
  constructor(body: Record<string, unknown> = {}) {
    this.#body = { categoryCode: 'water.leak.home', description: '厨房水管从今早开始滴水', ...body };
  }
  #with(more: Record<string, unknown>): Report {
    return new Report({ ...this.#body, ...more });
  }
  about = (categoryCode: string) => this.#with({ categoryCode });
  saying = (description: string) => this.#with({ description });
  in = (scopeId: string) => this.#with({ scopeId });
  atHome = (householdId: string) => this.#with({ place: { type: 'home', householdId } });
  inPublic = (place: Record<string, unknown> = { spot: '东门' }) =>
    this.#with({ place: { type: 'public', ...place } });
  showing = (...photoIds: string[]) => this.#with({ photoIds });
  neededBy = (when: Date) => this.#with({ neededBy: when.toISOString() });
  forCaller = (name: string, phone: string) => this.#with({ contact: { name, phone } });
  hidden = () => this.#with({ isPublic: false });
  public = () => this.#with({ isPublic: true });
  body = (scopeId: string): Record<string, unknown> => ({ scopeId, ...this.#body });
}

export const aWorkOrder = () => new Report();

export function aPhoto(size = 60): Promise<Buffer> {
  return sharp({ create: { width: size, height: size, channels: 3, background: '#a05020' } })
    .jpeg()
    .toBuffer();
}

/** One signed-in person of the world. What is expected to go well is a verb; `tries` gives the bare answer. */
export class Somebody {
  readonly accountId: string;
  readonly name: string;
  readonly phone: string;
  readonly client: Client;
  readonly #world: World;
  readonly #home: string;

  constructor(
    world: World,
    facts: { accountId: string; name: string; phone: string; client: Client; home: string },
  ) {
    this.#world = world;
    this.accountId = facts.accountId;
    this.name = facts.name;
    this.phone = facts.phone;
    this.client = facts.client;
    this.#home = facts.home;
  }

  tryReport(report: Report, headers?: Record<string, string>): Promise<Answer> {
    this.#world.clock.advance(SECOND);
    return this.client.post('/work-orders', report.body(this.#home), headers);
  }

  async reports(report: Report): Promise<Json> {
    return expectStatus(await this.tryReport(report), 201);
  }

  tries(
    order: Held,
    action: Action,
    params: Record<string, unknown> = {},
    headers?: Record<string, string>,
  ): Promise<Answer> {
    this.#world.clock.advance(SECOND);
    const body = { action, expectedVersion: order.version, ...params };
    return this.client.post(`/work-orders/${order.id}/commands?scopeId=${order.scopeId}`, body, headers);
  }

  /** And what was answered is what is found. */
  async does(order: Held, action: Action, params: Record<string, unknown> = {}): Promise<Json> {
    const answered = expectStatus(await this.tries(order, action, params), 200);
    const found = expectStatus(await this.looksAt(answered), 200);
    if (JSON.stringify(found) !== JSON.stringify(answered)) {
      throw new Error(`answered ${JSON.stringify(answered)}\nfound ${JSON.stringify(found)}`);
    }
    return answered;
  }

  looksAt(order: Pick<Held, 'id' | 'scopeId'>): Promise<Answer> {
    return this.client.get(`/work-orders/${order.id}?scopeId=${order.scopeId}`);
  }

  async sees(order: Pick<Held, 'id' | 'scopeId'>): Promise<Json> {
    return expectStatus(await this.looksAt(order), 200);
  }

  async timelineOf(order: Pick<Held, 'id' | 'scopeId'>): Promise<Json[]> {
    const path = `/work-orders/${order.id}/timeline?scopeId=${order.scopeId}`;
    return expectStatus(await this.client.get(path), 200).items;
  }

  async lists(query = ''): Promise<Json[]> {
    return expectStatus(await this.client.get(`/work-orders?limit=100${query}`), 200).items;
  }

  tryUpload(bytes: Uint8Array, type = 'image/jpeg', scopeId = this.#home): Promise<Answer> {
    return this.client.post(`/files?scopeId=${scopeId}`, bytes, { 'content-type': type });
  }

  async uploads(bytes?: Uint8Array): Promise<string> {
    return expectStatus(await this.tryUpload(bytes ?? (await aPhoto())), 201).id;
  }

  async seesPhoto(id: string, scopeId = this.#home): Promise<boolean> {
    const { status } = await this.client.get(`/files/${id}?scopeId=${scopeId}&size=thumb`);
    if (status !== 200 && status !== 404) throw new Error(`the picture answered ${status}`);
    return status === 200;
  }

  /** Newest first: [template, link]. */
  async inbox(): Promise<string[]> {
    await this.#world.told();
    return expectStatus(await this.client.get('/inbox?limit=100'), 200).items.map(
      (item: Json) => item.template,
    );
  }
}

export function expectStatus(answer: Answer, status: number): Json {
  if (answer.status !== status)
    throw new Error(`expected ${status}, got ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

interface Heard {
  readonly event: string;
  readonly kind: string;
  readonly id: string;
}

/** One open line of live events. */
export class Listening {
  readonly heard: Heard[] = [];
  isReady = false;
  readonly #stop = new AbortController();

  static async open(who: Somebody): Promise<Listening> {
    const listening = new Listening();
    const { url, cookie } = who.client;
    const response = await fetch(`${url}/api/v1/live`, {
      headers: { cookie },
      signal: listening.#stop.signal,
    });
    if (response.status !== 200) throw new Error(`live answered ${response.status}`);
    void listening.#read(response.body!);
    await until(() => listening.isReady);
    return listening;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of body) {
        const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
          if (field('id') !== '') this.isReady = true;
          if (field('event') !== '') this.heard.push({ event: field('event'), ...JSON.parse(field('data')) });
        }
      }
    } catch {
      // Closed by us.
    }
  }

  kindsOf(id: string): string[] {
    return this.heard.filter((message) => message.id === id).map((message) => message.kind);
  }

  close(): void {
    this.#stop.abort();
  }
}
