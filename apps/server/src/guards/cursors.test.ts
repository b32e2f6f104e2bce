import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, type Json, startTestServer, type TestServer } from '../../../../test/server.ts';
import { apiPrefix } from '../platform/http/app.ts';
import { encodeCursor } from '../platform/http/pagination.ts';

/**
 * Every list that goes on by a cursor, with cursors that it did not write: each is a wrong parameter, named as such, and none
 * comes as far as the database. The lists are those of the document: one that is new is tried without anybody's doing.
 */
let server: TestServer;
let clients: Client[];
let lists: string[];
let compound: string;
beforeAll(async () => {
  server = await startTestServer({ roles: 'api' });
  clients = await Promise.all(
    ['desk', 'manager', 'street', 'city', 'company', 'resident'].map((persona) => server.as(persona)),
  );
  const { paths } = server.app.swagger() as {
    paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
  };
  lists = Object.entries(paths).flatMap(([path, { get }]) =>
    get?.parameters?.some((one) => one.in === 'query' && one.name === 'cursor') === true
      ? [path.slice(apiPrefix.length)]
      : [],
  );
  compound = (await clients[0]!.get('/places/scopes?kind=compound')).body.items[0].id;
});
afterAll(() => server.close());

const addressOf = (path: string, query: Record<string, string>) =>
  `${path.replaceAll(/\{\w+\}/g, compound)}?${new URLSearchParams(query)}`;

/** What a list answers to whoever may ask it at all. */
async function ask(path: string, query: Record<string, string>): Promise<{ status: number; body: Json }> {
  for (const client of clients) {
    const answer = await client.get(addressOf(path, query));
    if (answer.status !== 401 && answer.status !== 403) return answer;
  }
  throw new Error(`nobody here may ask ${path}`);
}

interface Written {
  readonly client: Client;
  readonly query: Record<string, string>;
  readonly cursor: string;
}
const mandatory: Record<string, Record<string, string>> = {
  '/places/tree': { by: 'place' },
  '/ledger/owners': { account: 'household' },
};
/** Of a list that has more than one row for one of them. */
async function writtenBy(path: string): Promise<Written | null> {
  for (const scope of [{}, { scopeId: compound }])
    for (const client of clients) {
      const query = { ...mandatory[path], ...scope, limit: '1' };
      const { status, body } = await client.get(addressOf(path, query));
      if (status === 200 && body.nextCursor !== null) return { client, query, cursor: body.nextCursor };
    }
  return null;
}

const refused = {
  status: 422,
  body: { code: 'validation.failed', fields: [{ path: 'querystring/cursor', code: 'cursor', params: {} }] },
};
const saysOf = ({ status, body }: { status: number; body: Json }) => ({
  status,
  body: { code: body.code, fields: body.fields },
});

it('no list takes a cursor that it did not write, and each goes on with its own', async () => {
  expect(lists.length).toBeGreaterThan(45);
  const written = new Map<string, Written>();
  for (const path of lists) {
    const own = await writtenBy(path);
    if (own !== null) written.set(path, own);
  }
  // Of the demonstration's lists some have more than one row; the others are refused what these wrote.
  expect([...written.keys()]).toEqual(
    expect.arrayContaining(['/people', '/work-orders', '/prevention/projects']),
  );
  const [one, other] = [...written].map(([path, { cursor }]) => ({ path, cursor }));
  for (const path of lists) {
    const own = written.get(path);
    const foreign = one!.path === path ? other!.cursor : one!.cursor;
    const wrong = [
      randomBytes(24).toString('base64url'),
      // As these were once written: a position without a signature.
      encodeCursor([compound]),
      encodeCursor([1, compound]),
      foreign,
    ];
    if (own !== undefined) {
      const { client, cursor, query } = own;
      const next = await client.get(addressOf(path, { ...query, cursor }));
      expect([path, next.status]).toEqual([path, 200]);
      const [position = '', signature = ''] = cursor.split('.');
      const last = cursor.at(-1) === 'A' ? 'B' : 'A';
      wrong.push(
        position,
        `${cursor.slice(0, -1)}${last}`,
        `${position}A.${signature}`,
        `${position}.`,
        `.${signature}`,
      );
    }
    for (const cursor of wrong)
      expect([path, cursor, saysOf(await ask(path, { cursor }))]).toEqual([path, cursor, refused]);
  }
});
