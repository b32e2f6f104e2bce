import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../test/server.ts';
import { aWorld, type World } from '../../../../test/world.ts';
import { apiPrefix } from '../platform/http/app.ts';

/** Every route, asked what no page asks: the answer says what is wrong, and is never a fault of ours. */
let world: World;
let order: Json;
beforeAll(async () => {
  world = await aWorld();
  order = await world.anOrder('finished');
});
afterAll(() => world.close());

interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly required?: boolean;
}
interface Route {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
}

function routes(): Route[] {
  const { paths } = world.server.app.swagger() as {
    paths: Record<string, Record<string, { parameters?: Parameter[] }>>;
  };
  return Object.entries(paths)
    .filter(([path]) => path.startsWith(apiPrefix) && !path.endsWith('/live'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [] }]) => ({
        method: method.toUpperCase(),
        path: path.slice(apiPrefix.length),
        parameters,
      })),
    );
}

/** What would be right in its place, so that one thing is odd at a time. */
const fitting = (name: string): string =>
  name === 'scopeId' ? order.scopeId : name === 'householdId' ? world.home : order.id;

function address(route: Route, odd?: { readonly name: string; readonly value: string }): string {
  const valueOf = ({ name }: Parameter) => (name === odd?.name ? odd.value : fitting(name));
  let path = route.path;
  const query: string[] = [];
  for (const parameter of route.parameters) {
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, valueOf(parameter) || 'x');
    else if (parameter.required === true || parameter.name === odd?.name)
      query.push(`${parameter.name}=${valueOf(parameter)}`);
  }
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

test('no question is answered with a fault', async () => {
  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const values = [
    '',
    'x',
    '%00',
    '-1',
    '99999999999999999999',
    'null',
    "'",
    '%F0%9F',
    '%ED%A0%80',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999999Z',
    order.id,
    cursor(['x']),
    cursor([order.id]),
    cursor(['\u0000', order.id]),
    cursor([1, order.id]),
    cursor([null]),
    cursor([40_000, 2, 3, 'a', order.id]),
    'a'.repeat(400),
  ];
  const faults: unknown[] = [];
  let asked = 0;
  for (const route of routes().filter(({ method }) => method === 'GET')) {
    for (const { name } of route.parameters) {
      for (const value of values) {
        const at = address(route, { name, value });
        const { status } = await world.people.desk.client.get(at);
        if (status >= 500) faults.push([at, status]);
        asked++;
      }
    }
  }
  expect(faults).toEqual([]);
  expect(asked).toBeGreaterThan(500);
});

const aChange = {
  categoryCode: 'water.leak',
  respondMinutes: 30,
  arriveMinutes: 60,
  resolveMinutes: 90,
  calendar: 'working',
};

test('no body is answered with a fault', async () => {
  const bodies: unknown[] = [
    null,
    [],
    5,
    'x',
    {},
    { phone: { a: 1 } },
    { phone: '\u0000', code: '1' },
    { phone: '13800000000', code: '\ud800' },
    { personaId: '\u0000' },
    { membershipId: randomUUID() },
    { locale: 'xx' },
    { password: '' },
    { scopeId: order.scopeId, from: '9999-12-01', to: '9999-12-31', changes: [aChange] },
    { scopeId: order.scopeId, from: '2026-11-09', to: '2026-13-01', changes: [aChange] },
    { action: 'assign', expectedVersion: 1, assigneeAccountId: randomUUID() },
  ];
  const faults: unknown[] = [];
  for (const route of routes().filter(({ method }) => method === 'POST' || method === 'PUT')) {
    for (const body of bodies) {
      const { status } = await world.people.desk.client.send(route.method, address(route), body, {
        'idempotency-key': randomUUID(),
      });
      if (status >= 500) faults.push([route.path, body, status]);
    }
  }
  expect(faults).toEqual([]);
});
