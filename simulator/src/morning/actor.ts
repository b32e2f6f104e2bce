import { createHash } from 'node:crypto';

type Json = Record<string, unknown>;

/** What a page of the product shows about an order, as far as the morning needs it. */
export interface Seen {
  readonly id: string;
  readonly scopeId: string;
  readonly number: string;
  readonly version: number;
}

/** One of the demonstration's people at their own page: everything they do goes through the product's doors. */
export class Actor {
  readonly #url: string;
  readonly #name: string;
  #cookie = '';
  #csrf = '';
  #count = 0;
  readonly #tick: () => void;

  private constructor(url: string, name: string, tick: () => void) {
    this.#url = url;
    this.#tick = tick;
    this.#name = name;
  }

  /** Who comes a second time says when, so that what they do then is nothing they did before. */
  static async enter(url: string, personaId: string, tick: () => void, when = ''): Promise<Actor> {
    const actor = new Actor(url, personaId + when, tick);
    await actor.post('/auth/sessions', { personaId });
    return actor;
  }

  /** Somebody from outside, who holds nothing but a link. */
  static outside(url: string, name: string): Actor {
    return new Actor(url, name, () => {});
  }

  get<Body = Json>(path: string): Promise<Body> {
    return this.send<Body>('GET', path);
  }
  post<Body = Json>(path: string, body: unknown): Promise<Body> {
    return this.send<Body>('POST', path, body);
  }
  put<Body = Json>(path: string, body: unknown): Promise<Body> {
    return this.send<Body>('PUT', path, body);
  }
  /** A picture, through the door for pictures; its id. */
  async uploads(scopeId: string, picture: Uint8Array): Promise<string> {
    const path = `/files?scopeId=${scopeId}`;
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        cookie: this.#cookie,
        'x-csrf-token': this.#csrf,
        'idempotency-key': this.#key(path),
        'content-type': 'image/png',
      },
      body: new Uint8Array(picture),
    });
    if (!response.ok) throw new Error(`${this.#name}: POST ${path} answered ${response.status}`);
    return ((await response.json()) as { id: string }).id;
  }
  async leave(): Promise<void> {
    await this.send('DELETE', '/auth/sessions/current');
  }

  async send<Body = Json>(method: string, path: string, body?: unknown): Promise<Body> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(this.#csrf === '' || method === 'GET' ? {} : { 'x-csrf-token': this.#csrf }),
        ...(method === 'GET' ? {} : { 'idempotency-key': this.#key(path) }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${this.#name}: ${method} ${path} answered ${response.status} ${text}`);
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('gz_session='));
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
    const answer = (text === '' ? {} : JSON.parse(text)) as Body & { csrfToken?: string };
    if (typeof answer.csrfToken === 'string') this.#csrf = answer.csrfToken;
    return answer;
  }

  /** The same word to the same door twice is one. */
  #key(path: string): string {
    this.#count += 1;
    const hash = createHash('sha256').update(`${this.#name} ${this.#count} ${path}`).digest('hex');
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  }

  sees(order: Pick<Seen, 'id' | 'scopeId'>): Promise<Seen> {
    return this.get<Seen>(`/work-orders/${order.id}?scopeId=${order.scopeId}`);
  }

  /** A command of the order's own life, upon what one sees now. */
  async does(order: Pick<Seen, 'id' | 'scopeId'>, action: string, more: Json = {}): Promise<Seen> {
    this.#tick();
    return this.#uponNow(order, (expectedVersion) =>
      this.post<Seen>(`/work-orders/${order.id}/commands?scopeId=${order.scopeId}`, {
        action,
        expectedVersion,
        ...more,
      }),
    );
  }

  /** What a clock has moved meanwhile is looked at again, as whoever stands at the page would. */
  async #uponNow<Answer>(
    order: Pick<Seen, 'id' | 'scopeId'>,
    act: (version: number) => Promise<Answer>,
  ): Promise<Answer> {
    for (let left = 3; ; left--) {
      const { version } = await this.sees(order);
      try {
        return await act(version);
      } catch (error) {
        if (left === 0 || !String(error).includes('work_order.stale')) throw error;
      }
    }
  }

  /** A command about the work itself. */
  async works(order: Pick<Seen, 'id' | 'scopeId'>, action: string, more: Json = {}): Promise<Seen> {
    this.#tick();
    const answer = await this.#uponNow(order, (expectedVersion) =>
      this.post<{ order: Seen }>(`/work-orders/${order.id}/working?scopeId=${order.scopeId}`, {
        action,
        expectedVersion,
        ...more,
      }),
    );
    return answer.order;
  }
}
