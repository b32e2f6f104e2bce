import fc from 'fast-check';
import type { JsonSchema } from './operations.ts';

/** Chosen when the request goes out, from what answers told until then; drawn from the seed is which. */
export class Chosen {
  readonly kind: 'id' | 'word' | 'version';
  readonly name: string;
  /** Whose: the role's own, any role's, another city's, nobody's. */
  readonly whose: 'own' | 'common' | 'foreign' | 'nobody';
  readonly pick: number;
  readonly otherwise: unknown;
  constructor(
    kind: Chosen['kind'],
    name: string,
    whose: Chosen['whose'],
    pick: number,
    otherwise: unknown = null,
  ) {
    this.kind = kind;
    this.name = name;
    this.whose = whose;
    this.pick = pick;
    this.otherwise = otherwise;
  }
}

/** What JSON.stringify would not write as it stands here. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const pick = fc.nat(10_000);
const whose = fc.oneof(
  { weight: 14, arbitrary: fc.constant('own' as const) },
  { weight: 3, arbitrary: fc.constant('common' as const) },
  { weight: 3, arbitrary: fc.constant('foreign' as const) },
  { weight: 1, arbitrary: fc.constant('nobody' as const) },
);

export const anId = (name: string): fc.Arbitrary<Chosen> =>
  fc.tuple(whose, pick).map(([from, n]) => new Chosen('id', name, from, n));

const words = [
  '水管漏水',
  '3号楼2单元',
  '电梯停了',
  'A-1',
  'noise at night',
  '张',
  '门',
  '  两头有空格  ',
  '🚰漏',
];
const word = fc.constantFrom(...words);
const from = Date.parse('2026-11-20T00:00:00Z');
const instant = fc
  .integer({ min: -40 * 24, max: 40 * 24 })
  .map((hours) => new Date(from + hours * 3_600_000));

function text(schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  const { format, pattern, minLength = 0, maxLength = 4_000 } = schema;
  if (format === 'uuid') return anId(name);
  if (format === 'date' || pattern === '^\\d{4}-\\d{2}-\\d{2}$')
    return instant.map((at) => at.toISOString().slice(0, 10));
  if (format === 'date-time') return instant.map((at) => at.toISOString());
  const isFree = pattern === undefined || pattern === '\\S' || pattern.includes('[^\\u0000');
  const fits = (value: string) => value.length >= minLength && value.length <= maxLength;
  const made = isFree
    ? fc
        .tuple(word, fc.constantFrom(1, 1, 1, 3, 40))
        .map(([each, times]) => each.repeat(times).slice(0, maxLength).padEnd(minLength, '字'))
    : fc
        // Texts cannot be made by what must not follow: they are made without it and held against the whole.
        .stringMatching(new RegExp(pattern.replace(/\(\?[=!][^()]*\)/g, ''), 'u'))
        .filter((value) => fits(value) && new RegExp(pattern, 'u').test(value));
  return fc
    .tuple(fc.constantFrom('own' as const, 'common' as const), pick, made)
    .map(([who, n, otherwise]) =>
      n % 2 === 0 ? new Chosen('word', name, who, n >> 1, otherwise) : otherwise,
    );
}

/** What the schema asks for, with ids of things that are there: most of it is taken, and the rules behind are reached. */
export function fitting(schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return fc.oneof(...variants.map((variant) => fitting(variant, name)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const type = Array.isArray(schema.type) ? (schema.type[0] as string) : (schema.type as string | undefined);
  if (type === 'string') return text(schema, name);
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (type === 'integer' || type === 'number') {
    const { minimum: min = 0, maximum: max = Math.max(min, 100_000) } = schema;
    const least = Math.ceil(min);
    const reach = /version/i.test(name) ? 2 : 60;
    const near = fc.integer({ min: least, max: Math.min(Math.floor(max), least + reach) });
    const plain = fc.oneof(near, fc.integer({ min: least, max: Math.floor(max) }));
    if (!/version/i.test(name)) return plain;
    return fc
      .tuple(pick, plain)
      .map(([n, other]) => (n % 5 === 0 ? other : new Chosen('version', name, 'own', n, other)));
  }
  if (type === 'array') {
    const minLength = schema.minItems ?? 0;
    const maxLength = Math.max(minLength, Math.min(schema.maxItems ?? 3, 3));
    const items = fitting(schema.items ?? {}, name.replace(/s$/, ''));
    if (schema.uniqueItems === true)
      return fc.uniqueArray(items, { minLength, maxLength, selector: (item) => JSON.stringify(item) });
    return fc.array(items, { minLength, maxLength });
  }
  if (type === 'object' && schema.properties !== undefined) {
    const { properties, required = [] } = schema;
    const model = Object.fromEntries(
      Object.entries(properties).map(([key, part]) => [key, fitting(part, key)]),
    );
    return fc.record(model, { requiredKeys: [...required], noNullPrototype: true } as never);
  }
  if (schema.patternProperties !== undefined)
    return fc.dictionary(word, fitting(Object.values(schema.patternProperties)[0] ?? {}, name), {
      maxKeys: 3,
    });
  return fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null));
}

const nested = (depth: number, open: string, close: string) =>
  new RawJson(`${open.repeat(depth)}1${close.repeat(depth)}`);

/** What no page sends: each has brought some server down. */
const hostileConstants: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  [],
  {},
  [[]],
  0,
  -1,
  1.5,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  Number.MAX_VALUE,
  5e-324,
  new RawJson('-0'),
  new RawJson('1e400'),
  new RawJson('-1e400'),
  new RawJson('123456789012345678901234567890'),
  new RawJson('0.1e-400'),
  new RawJson('"\\u0000"'),
  new RawJson('"a\\u0000b"'),
  new RawJson('"\\ud800"'),
  new RawJson('"\\udc00\\ud800"'),
  new RawJson('{"__proto__":{"isAdmin":true}}'),
  new RawJson('{"constructor":{"prototype":{"isAdmin":true}}}'),
  new RawJson('{"a":1,"a":2}'),
  nested(40, '[', ']'),
  nested(3_000, '[', ']'),
  nested(3_000, '{"a":', '}'),
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '0x10',
  '١٢٣',
  'true',
  'null',
  'undefined',
  '\u202Etxet\u202C',
  '\u200B',
  '\uFEFF',
  'ﷺ',
  '𠮷𬭎䶮',
  'A\u0301\u0302\u0303\u0304\u0305',
  '👨‍👩‍👧‍👦',
  '\r\nSet-Cookie: a=b',
  '\t\n\u000b\u001f\u007f\u0085\u2028',
  "'; drop table work_orders.work_order; --",
  "' or '1'='1",
  '1); select pg_sleep(9); --',
  '%\\_%',
  '\\',
  '$1',
  '{1,2}',
  '{"a":1}',
  '../../../../etc/passwd',
  '..\\..\\windows',
  '%2e%2e%2f',
  '%00',
  'file:///etc/passwd',
  'http://127.0.0.1:1/',
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=cmd|/c calc!A1',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '0000-00-00',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '9999-12-31',
  '-000001-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.000Z',
  '2026-02-30',
  '2026-11-31',
  '2026-13-01',
  '2026-02-29T12:00:00Z',
  '2026-11-22T24:00:00Z',
  '2026-12-31T23:59:60Z',
  '2026-11-22T00:00:00+23:59',
  '2026-11-22',
  '1582-10-10',
  '2026-W47',
  '24:00',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '01900000-0000-7000-8000-00000000DEAD',
  '{01900000-0000-7000-8000-00000000dead}',
  '01900000000070008000000000000000',
  `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}\n`,
  Buffer.from('["x"]').toString('base64url'),
  Buffer.from('[null,null,null,null]').toString('base64url'),
  Buffer.from(JSON.stringify(['9999-12-31T23:59:59Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff'])).toString(
    'base64url',
  ),
  Buffer.from(JSON.stringify([1e300, '\u0000', {}])).toString('base64url'),
  Buffer.from(JSON.stringify({ length: 3 })).toString('base64url'),
  'x'.repeat(256),
  '长'.repeat(5_000),
  'a'.repeat(70_000),
  Array.from({ length: 2_000 }, (_, i) => i),
  Array.from({ length: 300 }, () => ({})),
  '138'.padEnd(11, '0'),
  '+8613800000000',
];

export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...hostileConstants) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: anId('id') },
);
