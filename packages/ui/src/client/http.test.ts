import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttp, isPassing, pathWithQuery } from './http.ts';
import { ApiProblem, Unreachable } from './problem.ts';

interface Sent {
  url: string;
  init: RequestInit;
}

/** Answers in turn; what was sent is kept. */
function answers(...responses: (Response | Error)[]): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const next = responses.shift();
    return next instanceof Response
      ? Promise.resolve(next)
      : Promise.reject(next ?? new Error('no answer planned'));
  });
  return sent;
}

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });
const header = (sent: Sent | undefined, name: string): string | null =>
  new Headers(sent?.init.headers).get(name);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('calls to the API', () => {
  it('sends the token and the key with a write, and neither with a read', async () => {
    const sent = answers(json(200, {}), json(201, {}));
    const http = createHttp();
    http.setCsrfToken('t1');
    await http.call('GET', '/me', { query: { scopeId: 's', cursor: null, q: '' } });
    await http.call('POST', '/work-orders', { body: { a: 1 }, key: 'k1' });
    expect(sent[0]?.url).toBe('/api/v1/me?scopeId=s');
    expect(header(sent[0], 'x-csrf-token')).toBeNull();
    expect(header(sent[1], 'x-csrf-token')).toBe('t1');
    expect(header(sent[1], 'idempotency-key')).toBe('k1');
  });

  it('asks to sign in once for all that failed, and repeats each with its own key', async () => {
    const sent = answers(json(401, {}), json(401, {}), json(200, { n: 1 }), json(200, { n: 2 }));
    const http = createHttp();
    const ask = vi.fn(() => Promise.resolve(true));
    http.setReauthenticate(ask);
    const both = await Promise.all([
      http.call<{ n: number }>('POST', '/a', { key: 'ka' }),
      http.call<{ n: number }>('POST', '/b', { key: 'kb' }),
    ]);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(both.map(({ n }) => n)).toEqual([1, 2]);
    expect(sent.map((one) => header(one, 'idempotency-key'))).toEqual(['ka', 'kb', 'ka', 'kb']);
  });

  it('does not ask when the person gave up, when nobody shall be asked, and on a wrong password', async () => {
    const http = createHttp();
    const ask = vi.fn(() => Promise.resolve(false));
    http.setReauthenticate(ask);
    answers(json(401, { code: 'x' }), json(401, {}), json(401, { code: 'auth.wrong_code' }));
    await expect(http.call('GET', '/a')).rejects.toMatchObject({ status: 401, code: 'x' });
    await expect(http.call('GET', '/me', { isQuiet: true })).rejects.toBeInstanceOf(ApiProblem);
    await expect(http.call('POST', '/auth/sessions', { body: {} })).rejects.toMatchObject({
      code: 'auth.wrong_code',
    });
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('tells no answer from a refusal', async () => {
    const http = createHttp();
    answers(
      new TypeError('failed to fetch'),
      new Response('<html>', { status: 502 }),
      json(409, { code: 'work_order.stale' }),
    );
    const [offline, proxy, stale] = await Promise.all(
      [1, 2, 3].map(() => http.call('GET', '/a').catch((e: unknown) => e)),
    );
    expect(offline).toBeInstanceOf(Unreachable);
    expect(proxy).toMatchObject({ status: 502, code: 'unavailable' });
    expect([offline, proxy, stale].map(isPassing)).toEqual([true, true, false]);
  });

  it('takes an address that names nothing for nothing found, and any other fault for what it is', async () => {
    const http = createHttp();
    const refused = (path: string, code = 'format') =>
      json(422, { code: 'validation.failed', fields: [{ path, code, params: {} }] });
    answers(
      refused('params/id'),
      refused('querystring/scopeId'),
      refused('querystring/scopeId', 'required'),
      refused('querystring/from'),
      refused('/place/householdId'),
    );
    const codes = [];
    for (let n = 1; n <= 5; n++)
      codes.push(
        await http.call('GET', '/a').catch((e: unknown) => e instanceof ApiProblem && [e.status, e.code]),
      );
    const wrong = [422, 'validation.failed'];
    expect(codes).toEqual([[404, 'not_found'], [404, 'not_found'], wrong, wrong, wrong]);
  });

  it('leaves out what is empty from a query', () => {
    expect(pathWithQuery('/a', { x: undefined, y: 0, z: false })).toBe('/a?y=0&z=false');
  });
});
