import fc from 'fast-check';
import type { Learned } from './learned.ts';
import type { Operation, Parameter } from './operations.ts';
import { twinOf } from './twin.ts';
import { Chosen, fitting, hostile, RawJson } from './values.ts';

/** How a request is meant; what the table counts by. */
export const modes = ['fitting', 'one odd', 'all odd', 'transport'] as const;
export type Mode = (typeof modes)[number];

/** A request as drawn from the seed: ids stand in it by name, and are put in when it goes out. */
export interface Plan {
  readonly mode: Mode;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: readonly (readonly [string, unknown])[];
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly trick: Trick | null;
}

/** What is odd about how it is sent. */
const tricks = [
  'no key',
  'bad key',
  'same key',
  'no type',
  'text',
  'form',
  'charset',
  'cut off',
  'binary',
  'oversize',
  'repeated query',
  'query object',
  'other method',
  'slash in path',
  'broken escape',
  'long path',
  'range',
  'long header',
  'no token',
  'foreign origin',
  'broken cookie',
  'other capacity',
  'accept',
  'expect',
] as const;
type Trick = (typeof tricks)[number];

export interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer | null;
  /** The place it asks in, if it says one, and the thing it asks about. */
  readonly scopeId: string | undefined;
  readonly id: string;
}

/** Puts `odd` at one place of a body, or takes that place away. */
function changed(body: unknown, pick: number, odd: unknown): unknown {
  const places: [Record<string, unknown>, string][] = [];
  const copy = (node: unknown): unknown => {
    if (node instanceof Chosen || node instanceof RawJson || typeof node !== 'object' || node === null)
      return node;
    const own: Record<string, unknown> = (Array.isArray(node) ? [] : {}) as Record<string, unknown>;
    for (const [key, part] of Object.entries(node)) {
      own[key] = copy(part);
      places.push([own, key]);
    }
    return own;
  };
  const result = copy(body);
  if (places.length === 0) return odd;
  const [parent, key] = places[pick % places.length]!;
  if (pick % 7 === 0 && !Array.isArray(parent)) delete parent[key];
  else if (pick % 11 === 0 && !Array.isArray(parent)) parent[`${key}_`] = odd;
  else if (Array.isArray(parent[key]) && pick % 3 === 0)
    parent[key] = Array.from({ length: 40 }, () => (parent[key] as unknown[])[0] ?? odd);
  else parent[key] = odd;
  return result;
}

export function plansOf(operation: Operation): Readonly<Record<Mode, fc.Arbitrary<Plan>>> {
  const of = (where: string) => operation.parameters.filter((parameter) => parameter.in === where);
  const record = (where: string): fc.Arbitrary<Record<string, unknown>> => {
    const isNeeded = (each: Parameter) => each.required === true || where === 'path';
    const model = (parameters: readonly Parameter[]) =>
      Object.fromEntries(parameters.map(({ name, schema }) => [name, fitting(schema, name)]));
    const needed = of(where).filter(isNeeded);
    const requiredKeys = needed.map(({ name }) => name);
    const some = fc.record(model(of(where)), { requiredKeys } as never) as fc.Arbitrary<
      Record<string, unknown>
    >;
    // Filters that fit nothing answer nothing: most lists are asked for whole.
    return fc.oneof({ weight: 2, arbitrary: fc.record(model(needed)) }, { weight: 1, arbitrary: some });
  };
  const right = fc
    .record({
      path: record('path'),
      query: record('query'),
      headers: record('header'),
      body: operation.body === null ? fc.constant(undefined) : fitting(operation.body, ''),
    })
    .map(({ path, query, headers, body }) => ({ path, query: Object.entries(query), headers, body }));
  const names = [...of('query'), ...of('path'), ...of('header')];
  const oneOdd = fc.tuple(right, fc.nat(100_000), hostile).map(([plan, pick, odd]) => {
    const isInBody = operation.body !== null && (names.length === 0 || pick % 3 !== 0);
    if (isInBody || names.length === 0) return { ...plan, body: changed(plan.body, pick, odd) };
    const at = names[pick % names.length]!;
    if (at.in === 'path') return { ...plan, path: { ...plan.path, [at.name]: odd } };
    if (at.in === 'header') return { ...plan, headers: { ...plan.headers, [at.name]: odd } };
    const others = plan.query.filter(([name]) => name !== at.name);
    return { ...plan, query: [...others, [at.name, odd] as [string, unknown]] };
  });
  const allOdd = fc
    .tuple(right, hostile, fc.array(hostile, { minLength: names.length, maxLength: names.length }))
    .map(([plan, body, odds]) => ({
      path: plan.path,
      headers: plan.headers,
      query: of('query').map(({ name }, i): [string, unknown] => [name, odds[i]]),
      body: operation.method === 'GET' ? undefined : body,
    }));
  const as = (mode: Mode, arbitrary: fc.Arbitrary<Omit<Plan, 'mode' | 'trick'>>) =>
    arbitrary.map((plan): Plan => ({ ...plan, mode, trick: null }));
  return {
    fitting: as('fitting', right),
    'one odd': as('one odd', oneOdd),
    'all odd': as('all odd', allOdd),
    transport: fc
      .tuple(right, fc.constantFrom(...tricks))
      .map(([plan, trick]): Plan => ({ ...plan, mode: 'transport', trick })),
  };
}

export interface Sender {
  readonly cookie: string;
  readonly csrf: string;
  readonly own: Learned;
  readonly common: Learned;
  /** A key of its own for each request, and the one of the request before. */
  readonly key: string;
  readonly lastKey: string;
}

/** A tiny picture and a few bytes that claim to be sound: routes without a JSON body take bytes. */
const pictures: readonly (readonly [string, Buffer])[] = [
  [
    'image/png',
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  ],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46])],
  ['audio/webm', Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81])],
  ['application/octet-stream', Buffer.alloc(600, 0xa5)],
];

/** The name under which it is learned where a role is answered by this part of the product. */
export const answeredIn = ({ path }: Operation): string => `answered ${path.split('/')[3] ?? ''}`;

export function outgoing(operation: Operation, plan: Plan, sender: Sender): Outgoing {
  const segment = operation.path.split('/').filter((part) => !part.startsWith('{') && part !== '');
  let pathId = '';
  const put = (value: unknown, before: string): unknown => {
    if (!(value instanceof Chosen)) return value;
    const { kind, name, whose, pick, otherwise } = value;
    if (kind === 'version')
      return sender.own.versions.get(pathId) ?? sender.common.versions.get(pathId) ?? otherwise;
    if (name === 'scopeId' && whose === 'own' && pick % 8 !== 0) {
      const scope = sender.own.scopes.get(pathId) ?? sender.common.scopes.get(pathId);
      if (scope !== undefined) return scope;
      const answered = sender.own.find(answeredIn(operation), '');
      if (answered.length > 0) return answered[pick % answered.length];
    }
    const learned = whose === 'own' ? sender.own : sender.common;
    const known = learned.find(name, before);
    if (kind === 'word')
      return known[pick % (known.length || 1)] ?? (name === 'cursor' ? undefined : otherwise);
    const nobody = `01900000-0000-7000-8000-${String(pick).padStart(12, '0')}`;
    if (whose === 'nobody') return nobody;
    const found = known[pick % (known.length || 1)] ?? learned.anyId(pick) ?? nobody;
    return whose === 'foreign' ? twinOf(found) : found;
  };
  const asText = (value: unknown): string => {
    const own = put(value, segment.at(-1) ?? '');
    if (own instanceof RawJson) return own.text;
    return typeof own === 'string' ? own : (JSON.stringify(own) ?? '');
  };
  const escaped = (text: string) => encodeURIComponent(text.toWellFormed()).slice(0, 6_000);

  const before = (name: string) => {
    const parts = operation.path.split('/');
    return parts.slice(0, parts.indexOf(`{${name}}`)).findLast((part) => !part.startsWith('{')) ?? '';
  };
  let path = operation.path;
  for (const [name, value] of Object.entries(plan.path)) {
    const own = put(value, before(name));
    const text = own instanceof RawJson ? own.text : typeof own === 'string' ? own : JSON.stringify(own);
    pathId = text;
    path = path.replace(`{${name}}`, () => escaped(text).replace(/%.?$/, '') || '%20');
  }
  const { trick } = plan;
  const pairs = plan.query
    .map(([name, value]): [string, unknown] => [name, put(value, segment.at(-1) ?? '')])
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escaped(asText(value))}`);
  if (trick === 'repeated query') pairs.push(...pairs, 'scopeId=x');
  if (trick === 'query object') pairs.push('scopeId[a]=1', 'a[]=2', '__proto__[x]=1', '%', '=', '&&');
  if (trick === 'slash in path') path = path.replace(/\/[^/]*$/, '/..%2f..%2fetc%2Fpasswd');
  if (trick === 'broken escape') path = path.replace(/\/[^/]*$/, '/%ED%A0%80%F0%9F%zz');
  if (trick === 'long path') path += `/${'a'.repeat(3_000)}`;

  const isWrite = operation.method !== 'GET';
  const headers: Record<string, string> = {};
  if (sender.cookie !== '') headers['cookie'] = sender.cookie;
  if (isWrite && sender.csrf !== '') headers['x-csrf-token'] = sender.csrf;
  if (isWrite) headers['idempotency-key'] = sender.key;
  for (const [name, value] of Object.entries(plan.headers)) {
    // What no client can put into a header at all.
    headers[name] = asText(value)
      .replaceAll(/[^\t\x20-\x7e]/g, '')
      .slice(0, 4_000);
  }
  let body: string | Buffer | null = null;
  if (plan.body !== undefined) {
    body = toJson(plan.body, (value) => put(value, segment.at(-1) ?? ''));
    headers['content-type'] = 'application/json';
  } else if (
    isWrite &&
    operation.method !== 'DELETE' &&
    Number.parseInt(sender.key.slice(0, 1), 36) % 3 === 0
  ) {
    const [type, bytes] = pictures[sender.key.charCodeAt(0) % pictures.length]!;
    headers['content-type'] = type;
    body = bytes;
  }
  let { method } = operation;
  switch (trick) {
    case 'no key':
      delete headers['idempotency-key'];
      break;
    case 'bad key':
      headers['idempotency-key'] = 'short';
      break;
    case 'same key':
      headers['idempotency-key'] = sender.lastKey;
      break;
    case 'no type':
      delete headers['content-type'];
      break;
    case 'text':
      headers['content-type'] = 'text/plain';
      break;
    case 'form':
      headers['content-type'] = 'multipart/form-data; boundary=x';
      break;
    case 'charset':
      headers['content-type'] = 'application/json; charset=utf-16';
      break;
    case 'cut off':
      body = typeof body === 'string' ? body.slice(0, Math.ceil(body.length / 2)) : '{';
      break;
    case 'binary':
      body = Buffer.from([0xff, 0xfe, 0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]);
      headers['content-type'] ??= 'application/json';
      break;
    case 'oversize':
      if (isWrite) body = `{"a":"${'x'.repeat(300_000)}"}`;
      headers['content-type'] ??= 'application/json';
      break;
    case 'other method':
      method = ['HEAD', 'OPTIONS', 'PATCH', 'PUT', 'DELETE', 'TRACE', 'PROPFIND'][
        sender.key.charCodeAt(1) % 7
      ]!;
      break;
    case 'range':
      Object.assign(headers, { range: 'bytes=9-1,-0', 'if-none-match': '*', 'if-modified-since': 'never' });
      break;
    case 'long header':
      headers['x-long'] = 'y'.repeat(20_000);
      break;
    case 'no token':
      delete headers['x-csrf-token'];
      break;
    case 'foreign origin':
      headers['origin'] = 'https://elsewhere.example';
      break;
    case 'broken cookie':
      headers['cookie'] = 'gz_session=%00%E0%A4; gz_session=; =; gz_session="x';
      break;
    case 'other capacity':
      headers['x-acting'] = '01900000-0000-7000-8000-00000000dead';
      break;
    case 'accept':
      Object.assign(headers, { accept: 'application/x-nothing;q=9', 'accept-language': '*;q=x,\u00e9' });
      break;
    case 'expect':
      headers['expect'] = 'the-unexpected';
      break;
    default:
      break;
  }
  // A reading request with a body waits for one at the other end too.
  if (method === 'GET' || method === 'HEAD' || method === 'TRACE') body = null;
  const scopeId = pairs.find((pair) => pair.startsWith('scopeId='))?.slice('scopeId='.length);
  return {
    method,
    path: pairs.length === 0 ? path : `${path}?${pairs.join('&')}`,
    headers,
    body,
    scopeId,
    id: pathId,
  };
}

/** JSON with the raw pieces as they stand. */
function toJson(value: unknown, put: (value: unknown) => unknown): string {
  const pieces: string[] = [];
  const text = JSON.stringify(value, (_key, part: unknown) => {
    const own = put(part);
    if (!(own instanceof RawJson)) return own;
    pieces.push(own.text);
    return `\uE000${pieces.length - 1}\uE001`;
  });
  return (text ?? 'null').replaceAll(/"\uE000(\d+)\uE001"/g, (_all, i: string) => pieces[Number(i)]!);
}
