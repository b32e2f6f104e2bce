import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../apps/server/src/config.ts';
import { type RunningServer, startServer } from '../apps/server/src/main.ts';
import type { Clock } from '../apps/server/src/platform/clock/clock.ts';
import { loadDemonstration } from '../simulator/src/load.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** A whole server on a database of its own, with a small demonstration street, and clients who are signed in. */
export interface TestServer extends RunningServer {
  readonly database: TestDatabase;
  readonly dataDir: string;
  /** Signs in as a persona of the demonstration. */
  as(personaId: string): Promise<Client>;
  anonymous(): Client;
}

export interface Answer<T = Json> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

// Tests look into answers by name; what a field holds is what the assertion says.
// biome-ignore lint/suspicious/noExplicitAny: an answer is any JSON
export type Json = any; // oxlint-disable-line typescript/no-explicit-any

export class Client {
  readonly url: string;
  cookie: string;
  csrf: string;
  constructor(url: string, cookie = '', csrf = '') {
    this.url = url;
    this.cookie = cookie;
    this.csrf = csrf;
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const isRaw = body instanceof Uint8Array;
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(this.csrf === '' || method === 'GET' ? {} : { 'x-csrf-token': this.csrf }),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : isRaw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      body: isJson && text !== '' ? JSON.parse(text) : text,
      headers: response.headers,
    };
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  /** Keeps the cookie that a sign-in set, and the token that belongs to it. */
  keep(answer: Answer): void {
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('gz_session='));
    if (cookie !== undefined) this.cookie = cookie.split(';')[0] as string;
    if (typeof answer.body?.csrfToken === 'string') this.csrf = answer.body.csrfToken;
  }
}

export interface TestServerOptions {
  readonly clock?: Clock;
  readonly scale?: number;
  readonly roles?: string;
  /** When the street's history ends; now, unless a clock of one's own stands elsewhere. */
  readonly until?: Date;
  /** Further settings of the operator, such as providers of messages. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-server-'));
  await loadDemonstration({
    adminUrl: database.adminUrl,
    dataDir,
    onProgress: () => {},
    scale: options.scale ?? 0.02,
    ...(options.until === undefined ? {} : { now: options.until }),
  });
  const config = loadConfig(
    {
      GONGZHI_EMBEDDED: '1',
      GONGZHI_DATA: dataDir,
      PORT: '0',
      GONGZHI_LOG: 'error',
      DATABASE_URL: database.appUrl,
      GONGZHI_ROLES: options.roles ?? 'api,worker',
      ...options.env,
    },
    dataDir,
  );
  const server = await startServer(config, options.clock === undefined ? {} : { clock: options.clock });
  return {
    ...server,
    database,
    dataDir,
    anonymous: () => new Client(server.url),
    async as(personaId) {
      const client = new Client(server.url);
      const answer = await client.post('/auth/sessions', { personaId });
      if (answer.status !== 201)
        throw new Error(`nobody is ${personaId}: ${answer.status} ${JSON.stringify(answer.body)}`);
      client.keep(answer);
      return client;
    },
    async close() {
      await server.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
