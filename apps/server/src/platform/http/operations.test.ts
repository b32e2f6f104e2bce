import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../clock/clock.ts';
import type { Database } from '../db/database.ts';
import { Sessions } from '../sessions/sessions.ts';
import { type App, apiPrefix, type AppOptions, buildApp } from './app.ts';
import { isLoopbackAddress, isLoopbackHost } from './loopback.ts';
import { type OperationsOptions, registerOperations } from './operations.ts';
import { ErrorRegistry, Problem, platformErrors } from './problem.ts';

let app: App | undefined;
let logged: Record<string, unknown>[];
afterEach(async () => {
  vi.restoreAllMocks();
  await app?.close();
});

async function anApp(
  operations: Partial<OperationsOptions> = {},
  options: Partial<AppOptions> = {},
): Promise<App> {
  logged = [];
  const errors = new ErrorRegistry();
  errors.add(platformErrors);
  app = await buildApp({
    logger: pino(
      { level: 'info' },
      { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
    ),
    clock: new VirtualClock(new Date('2026-11-21T08:00:00Z')),
    sessions: new Sessions({ resolve: async () => null }),
    errors,
    isSecure: false,
    publicUrl: null,
    ...options,
  });
  const db = { read: async () => [] } as unknown as Database;
  registerOperations(app, { db, gauges: {}, metricsToken: null, ...operations });
  const route = { config: { permission: 'public' } } as const;
  app.get(`${apiPrefix}/full`, route, () => {
    throw new Problem('unavailable', { retryAfterSeconds: 2 });
  });
  app.get(`${apiPrefix}/away`, route, () => {
    throw new Error('Connection terminated unexpectedly');
  });
  app.get(`${apiPrefix}/mistake`, route, () => {
    throw new Error('we did not think of this');
  });
  return app;
}

const scrape = async (from: string, headers: Record<string, string> = {}) =>
  (await app!.inject({ method: 'GET', url: '/metrics', remoteAddress: from, headers })).statusCode;

describe('/metrics', () => {
  it('tells what the process does once, whichever of its servers is asked', async () => {
    await anApp({ gauges: { first_one: () => 1 } });
    await app!.close();
    await anApp({ gauges: { second_one: () => 2 } });
    const { body } = await app!.inject({ method: 'GET', url: '/metrics', remoteAddress: '127.0.0.1' });
    expect(body.match(/^process_cpu_user_seconds_total /gm)).toHaveLength(1);
    expect(body).toContain('gongzhi_second_one 2');
    expect(body).not.toContain('first_one');
  });

  it('keeps no server in memory that was closed', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const closed = async (): Promise<WeakRef<object>> => {
      // What its gauges read is as good as the server itself, and nobody else holds it.
      const held = { value: 3 };
      await anApp({ gauges: { held: () => held.value } });
      await app!.inject({ method: 'GET', url: '/metrics', remoteAddress: '127.0.0.1' });
      await app!.close();
      app = undefined;
      return new WeakRef(held);
    };
    const held = await closed();
    await expect
      .poll(() => {
        collect();
        return held.deref() === undefined;
      })
      .toBe(true);
  });

  it('is read on this machine only', async () => {
    await anApp();
    for (const here of ['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1'])
      expect([here, await scrape(here)]).toEqual([here, 200]);
    for (const there of ['203.0.113.7', '10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1'])
      expect([there, await scrape(there)]).toEqual([there, 404]);
  });

  it('is kept from whom a proxy on this machine speaks for', async () => {
    await anApp({}, { proxies: 1 });
    expect(await scrape('127.0.0.1', { 'x-forwarded-for': '203.0.113.7' })).toBe(404);
    expect(await scrape('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toBe(404);
    expect(await scrape('203.0.113.7', { 'x-forwarded-for': '127.0.0.1' })).toBe(404);
  });

  it('asks for the token when there is one', async () => {
    await anApp({ metricsToken: 'a token of the scraper' });
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    expect(await scrape('203.0.113.7', bearer('a token of the scraper'))).toBe(200);
    expect(await scrape('203.0.113.7', bearer('another token'))).toBe(404);
    expect(await scrape('203.0.113.7')).toBe(404);
    expect(await scrape('127.0.0.1')).toBe(404);
  });

  it('reads a gauge once in five seconds, and tells the rest when one cannot be read', async () => {
    let asked = 0;
    await anApp({
      gauges: {
        events_waiting: async () => ++asked,
        broken: async () => {
          throw new Error('the database is away');
        },
      },
    });
    let now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    await Promise.all(Array.from({ length: 50 }, () => scrape('127.0.0.1')));
    expect(asked).toBe(1);
    now += 4_999;
    const { body, statusCode } = await app!.inject('/metrics');
    expect(statusCode).toBe(200);
    expect(body).toContain('gongzhi_events_waiting 1\n');
    expect(body).toMatch(/^gongzhi_broken NaN$/im);
    now += 1;
    await scrape('127.0.0.1');
    expect(asked).toBe(2);
  });
});

describe('the log', () => {
  const lines = () => logged.filter((line) => line['msg'] !== 'request');

  it('tells of what was foreseen without a stack, and of a mistake with all of it', async () => {
    await anApp();
    for (const path of ['/full', '/away']) {
      expect((await app!.inject(apiPrefix + path)).statusCode).toBe(503);
      expect(lines()).toHaveLength(1);
      expect(lines()[0]).toMatchObject({ level: 40, code: 'unavailable', route: apiPrefix + path });
      expect(JSON.stringify(lines())).not.toContain('stack');
      logged.length = 0;
    }
    expect((await app!.inject(`${apiPrefix}/mistake`)).statusCode).toBe(500);
    expect(lines()[0]).toMatchObject({ level: 50, code: 'internal' });
    expect(JSON.stringify(lines())).toContain('we did not think of this');
  });
});

describe('a demonstration', () => {
  const asks = async (host: string) =>
    app!.inject({ method: 'GET', url: '/healthz', headers: { host }, remoteAddress: '127.0.0.1' });

  it('answers to this machine’s own names only', async () => {
    await anApp({}, { isLocalOnly: true });
    for (const host of ['127.0.0.1', '127.0.0.1:3000', 'localhost:3000', 'LocalHost', '[::1]:3000', '[::1]'])
      expect([host, (await asks(host)).statusCode]).toEqual([host, 200]);
    for (const host of [
      'evil.example',
      'evil.example:3000',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'evil.example:127.0.0.1',
      '203.0.113.7:3000',
    ]) {
      const answer = await asks(host);
      expect([host, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
        host,
        421,
        'request.foreign_host',
      ]);
    }
  });

  it('is the only one to ask', async () => {
    await anApp();
    expect((await asks('city.example')).statusCode).toBe(200);
  });

  it('knows its addresses and names', () => {
    expect(isLoopbackAddress(undefined)).toBe(false);
    expect(isLoopbackHost(undefined)).toBe(false);
    expect(isLoopbackAddress('127.0.0.1.evil.example')).toBe(false);
  });
});
