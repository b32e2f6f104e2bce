import { request as httpRequest } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { residentOf } from '../events/fixtures.ts';
import { type HttpFloor, openHttpFloor, type SignedIn } from '../live/fixtures.ts';
import { liveRoutes } from '../live/routes.ts';
import { inboxRoutes } from '../notify/routes.ts';
import { encodeCursor } from './pagination.ts';

/** What nobody types, sent on purpose: every answer blames the caller, none is a fault of ours. */
let floor: HttpFloor;
let me: SignedIn;
beforeAll(async () => {
  floor = await openHttpFloor((app, house) => {
    liveRoutes(app, house);
    inboxRoutes(app, house);
    app.post(
      '/echo',
      {
        config: { permission: 'account.self' },
        schema: {
          body: Type.Object(
            { words: Type.Optional(Type.String()), at: Type.Optional(Type.String({ format: 'date-time' })) },
            { additionalProperties: false },
          ),
        },
      },
      (request) => request.body,
    );
    app.get('/unmet', { config: { permission: 'account.self' } }, () => {
      throw Object.assign(new Error('Range Not Satisfiable'), { statusCode: 416 });
    });
  });
  me = floor.signIn(residentOf(randomUUID()));
});
afterAll(() => floor.close());

async function post(payload: string): Promise<number> {
  const headers = { ...me.headers, 'content-type': 'application/json' };
  return (await floor.app.inject({ method: 'POST', url: '/api/v1/echo', payload, headers })).statusCode;
}

async function get(url: string): Promise<[number, string]> {
  const answer = await floor.app.inject({ method: 'GET', url, headers: me.headers });
  return [answer.statusCode, answer.json<{ code: string }>().code];
}

describe('hostile requests', () => {
  it.each([
    ['a NUL', '{"words":"a\\u0000b"}', 422],
    ['half a character', '{"words":"a\\ud83d"}', 200],
    ['a prototype', '{"__proto__":{"words":"x"}}', 400],
    ['many levels', `${'{"words":'.repeat(9_000)}"x"${'}'.repeat(9_000)}`, 422],
    ['more levels than the stack holds', `${'['.repeat(60_000)}"\\ud83d"${']'.repeat(60_000)}`, 400],
  ])('answers a body with %s', async (_what, payload, status) => {
    expect(await post(payload)).toBe(status);
  });

  it.each([
    ['2026-02-28T08:00:00Z', 200],
    ['2026-02-28T08:00:00.123456789+08:00', 200],
    ['2026-02-30T08:00:00Z', 422],
    ['2016-12-31T23:59:60Z', 422],
    ['2026-01-01T00:00:00Z[Asia/Shanghai]', 422],
    ['2026-01-01T00:00:00+23:59', 422],
    ['0000-01-01T00:00:00Z', 422],
    ['0001-01-01T00:00:00+10:00', 422],
    ['9999-12-31T23:59:59-15:59', 422],
    ['+275760-09-13T00:00:00Z', 422],
  ])('takes %s for an instant: %i', async (at, status) => {
    expect(await post(JSON.stringify({ at }))).toBe(status);
  });

  it('takes no cursor for a place in the inbox but its own', async () => {
    for (const part of ['abc', 5, null, '\0', '00000000-0000-7000-8000-00000000000g'])
      expect(await get(`/api/v1/inbox?cursor=${encodeCursor([part])}`)).toEqual([422, 'validation.failed']);
  });

  it('answers an address that is none, and what a library blames on the request, like everything else', async () => {
    expect(await get('/api/v1/%')).toEqual([400, 'request.malformed']);
    expect(await get('/api/v1/unmet')).toEqual([400, 'request.malformed']);
  });

  it('keeps no line open for a HEAD of the stream', async () => {
    const url = await floor.app.listen({ port: 0 });
    const status = await new Promise((resolve, reject) => {
      const asking = httpRequest(`${url}/api/v1/live`, {
        method: 'HEAD',
        headers: me.headers,
        timeout: 3_000,
      });
      asking.on('response', (response) => resolve(response.resume().statusCode));
      asking.on('timeout', () => asking.destroy(new Error('no answer')));
      asking.on('error', reject);
      asking.end();
    });
    expect(status).toBe(404);
    expect(floor.house.live.count()).toBe(0);
  });

  it('tells a browser in every answer what it may do with it: an answer, a refusal, a stream', async () => {
    const protectedBy = (headers: Readonly<Record<string, unknown>>) => {
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['x-frame-options']).toBe('SAMEORIGIN');
      expect(headers['x-powered-by']).toBeUndefined();
    };
    for (const [url, headers, status] of [
      ['/api/v1/inbox', me.headers, 200],
      ['/api/v1/inbox', {}, 401],
      ['/api/v1/nowhere', me.headers, 404],
      ['/nowhere', {}, 404],
      ['/api/v1/unmet', me.headers, 400],
    ] as const) {
      const answer = await floor.app.inject({ method: 'GET', url, headers });
      expect([url, answer.statusCode]).toEqual([url, status]);
      protectedBy(answer.headers);
    }
    const url = `http://127.0.0.1:${(floor.app.server.address() as AddressInfo).port}/api/v1/live`;
    const stream = await fetch(url, { headers: me.headers });
    expect(stream.status).toBe(200);
    protectedBy(Object.fromEntries(stream.headers));
    await stream.body?.cancel();
    await expect.poll(() => floor.house.live.count()).toBe(0);
  });
});
