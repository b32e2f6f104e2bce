import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../test/database.ts';
import { copyRows } from './copy.ts';
import { formOf } from './copy-forms.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.adminUrl, options: '-c timezone=UTC -c search_path=' });
  await client.connect();
  await client.query('create schema copying');
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

let tables = 0;
/** Copies values into a column of the type and reads them as PostgreSQL prints them. */
async function printed(type: string, values: readonly unknown[]): Promise<(string | null)[]> {
  const table = `copying.t${++tables}`;
  await client.query(`create table ${table} (n integer, given ${type})`);
  await copyRows(client, { table, columns: ['given', 'n'], rows: values.map((value, n) => [value, n]) });
  const { rows } = await client.query<{ text: string | null }>(
    `select given::text as text from ${table} order by n`,
  );
  return rows.map(({ text }) => text);
}

const same = (values: readonly (string | null)[]) => [values, values] as const;
const large = '界'.repeat(200_000);

describe('what goes in comes out', () => {
  test.each<[type: string, given: readonly unknown[], printed: readonly (string | null)[]]>([
    [
      'uuid',
      ...same([
        '00000000-0000-0000-0000-000000000000',
        'ffffffff-ffff-ffff-ffff-ffffffffffff',
        null,
        '01890a5d-ac96-774b-bcce-b302099a8057',
        '01890a5d-ac96-774b-bcce-b302099a8057',
        '80000000-7fff-8000-9abc-def012345678',
      ]),
    ],
    [
      'uuid',
      ['01890A5D-AC96-774B-BCCE-B302099A8057', undefined],
      ['01890a5d-ac96-774b-bcce-b302099a8057', null],
    ],
    [
      'text',
      ...same([
        '',
        'plain',
        '\\N',
        'a\tb\\c\nd\re"f',
        'ÄéßΩ',
        '三号楼的水管裂了',
        '😀一𠮷👨‍👩‍👧',
        'x'.repeat(47) + '界',
        'x'.repeat(48) + '界😀',
        large,
        null,
      ]),
    ],
    ['text', [7, -1.5, 12n], ['7', '-1.5', '12']],
    ['varchar(12)', ...same(['', '三号楼'])],
    ['boolean', [true, false, null], ['true', 'false', null]],
    ['smallint', [0, -32_768, 32_767, '12', null], ['0', '-32768', '32767', '12', null]],
    [
      'integer',
      [0, -1, -2_147_483_648, 2_147_483_647, 5n, '-8'],
      ['0', '-1', '-2147483648', '2147483647', '5', '-8'],
    ],
    [
      'bigint',
      [
        0,
        -1,
        4_294_967_295,
        4_294_967_296,
        -4_294_967_297,
        2 ** 53 - 1,
        -(2 ** 53 - 1),
        2n ** 63n - 1n,
        '-9223372036854775808',
        '9007199254740993',
      ],
      [
        '0',
        '-1',
        '4294967295',
        '4294967296',
        '-4294967297',
        '9007199254740991',
        '-9007199254740991',
        '9223372036854775807',
        '-9223372036854775808',
        '9007199254740993',
      ],
    ],
    [
      'double precision',
      [0.1, -1e300, 5e-324, Infinity, NaN],
      ['0.1', '-1e+300', '5e-324', 'Infinity', 'NaN'],
    ],
    ['real', [0.5, -2], ['0.5', '-2']],
    [
      'numeric',
      [
        '0',
        0,
        '0.00',
        '1',
        '-1.50',
        '10000',
        '0.0001',
        '0.00001234',
        '123456789012345678901234567890.125',
        1e21,
        1.5e-7,
        1.234e2,
        '12345e-8',
        '1.2345e2',
        -12n,
        '99990000.00010000',
      ],
      [
        '0',
        '0',
        '0.00',
        '1',
        '-1.50',
        '10000',
        '0.0001',
        '0.00001234',
        '123456789012345678901234567890.125',
        '1000000000000000000000',
        '0.00000015',
        '123.4',
        '0.00012345',
        '123.45',
        '-12',
        '99990000.00010000',
      ],
    ],
    ['numeric(10, 2)', [61.305, '88', 12_345_678.9, 0.01], ['61.31', '88.00', '12345678.90', '0.01']],
    [
      'date',
      ...same([
        '2026-11-23',
        '2000-01-01',
        '1999-12-31',
        '1970-01-01',
        '0001-01-01',
        '2024-02-29',
        '9999-12-31',
        'infinity',
        '-infinity',
        null,
      ]),
    ],
    [
      'timestamptz',
      [
        new Date('2026-11-23T05:43:27.123Z'),
        new Date('2000-01-01T00:00:00Z'),
        new Date('1999-12-31T23:59:59.999Z'),
        new Date(-1),
        new Date('0001-01-01T00:00:00Z'),
        new Date('+012026-01-01T00:00:00.001Z'),
        '2026-11-23T13:43:00+08:00',
        '2026-11-23 05:43Z',
        'infinity',
        '-infinity',
        null,
      ],
      [
        '2026-11-23 05:43:27.123+00',
        '2000-01-01 00:00:00+00',
        '1999-12-31 23:59:59.999+00',
        '1969-12-31 23:59:59.999+00',
        '0001-01-01 00:00:00+00',
        '12026-01-01 00:00:00.001+00',
        '2026-11-23 05:43:00+00',
        '2026-11-23 05:43:00+00',
        'infinity',
        '-infinity',
        null,
      ],
    ],
    [
      'jsonb',
      [{ a: '一' }, '{"b":[1,null]}', [1, 'x'], 'null', 7, null],
      ['{"a": "一"}', '{"b": [1, null]}', '[1, "x"]', 'null', '7', null],
    ],
    ['json', [{ a: 1 }, '{"b":  2}'], ['{"a":1}', '{"b":  2}']],
    ['bytea', [Buffer.from([0, 92, 255]), new Uint8Array(0), null], ['\\x005cff', '\\x', null]],
    [
      'uuid[]',
      [[], ['01890a5d-ac96-774b-bcce-b302099a8057', null], null],
      ['{}', '{01890a5d-ac96-774b-bcce-b302099a8057,NULL}', null],
    ],
    ['text[]', [['a,b', '', 'null', null, '"', '水'], []], ['{"a,b","","null",NULL,"\\"",水}', '{}']],
    ['integer[]', [[1, -2, null], '{}', '{3,-4,null}'], ['{1,-2,NULL}', '{}', '{3,-4,NULL}']],
    ['text[]', ['{}', '{a,水}'], ['{}', '{a,水}']],
  ])('%s', async (type, given, expected) => {
    expect(await printed(type, given)).toEqual(expected);
  });
});

test('more rows than a piece holds arrive, each once and in its place', async () => {
  const words = Array.from({ length: 20_000 }, (_, i) => `第 ${i} 行 ${'x'.repeat(i % 90)}`);
  expect(await printed('text', words)).toEqual(words);
});

test('rows that begin as the one before them arrive as they are, also beyond a piece', async () => {
  await client.query('create table copying.alike (n integer, a uuid, b text, c integer[], d text)');
  const ids = ['01890a5d-ac96-774b-bcce-b302099a8057', null, '80000000-7fff-8000-9abc-def012345678'];
  const list: number[] = [];
  const given = Array.from({ length: 9_000 }, (_, n) => ({
    a: ids[Math.floor(n / 7) % 3]!,
    b: n % 1_000 < 500 ? '界'.repeat((n >> 4) % 9) : null,
    c: [n >> 3],
    d: `${n}`,
  }));
  // The same list each time, and something else in it: what is one object need not say one thing.
  function* rows(): Generator<unknown[]> {
    for (const [n, { a, b, c, d }] of given.entries()) {
      list.splice(0, list.length, ...c);
      yield [a, b, list, d, n];
    }
  }
  await copyRows(client, { table: 'copying.alike', columns: ['a', 'b', 'c', 'd', 'n'], rows: rows() });
  const found = await client.query('select a, b, c, d from copying.alike order by n');
  expect(found.rows).toEqual(given);
});

test('no rows are no rows', async () => {
  expect(await printed('text', [])).toEqual([]);
});

test.each<[type: string, value: unknown]>([
  ['uuid', 'not a uuid'],
  ['uuid', '01890a5d-ac96-774b-bcce-b302099a805g'],
  ['uuid', '01890a5d-ac96-774b-bcce-b302099a805界'],
  ['uuid', '01890a5dac96774bbcceb302099a80570000'],
  ['text', new Date(0)],
  ['text', { a: 1 }],
  ['boolean', 't'],
  ['smallint', 32_768],
  ['integer', 2_147_483_648],
  ['integer', 1.5],
  ['integer', ''],
  ['bigint', 2n ** 63n],
  ['bigint', 2 ** 53],
  ['numeric', '1,5'],
  ['numeric', '.'],
  ['numeric', Number.NaN],
  ['double precision', '1.5'],
  ['date', '2026-02-30'],
  ['date', '2026-1-1'],
  ['date', new Date(0)],
  ['timestamptz', new Date(Number.NaN)],
  ['timestamptz', '2026-11-23T05:43:00'],
  ['bytea', 'x'],
  ['text[]', '{"a"}'],
  ['uuid[]', '{a,b}'],
  ['uuid[]', 'a'],
])(
  'what is no %s is refused by the name of its column, and nothing of the rows stays: %s',
  async (type, value) => {
    await expect(printed(type, [null, value])).rejects.toThrow(`copying.t${tables}.given: `);
    const { rows } = await client.query(`select count(*)::int as count from copying.t${tables}`);
    expect(rows).toEqual([{ count: 0 }]);
  },
);

test('a column that is not there and a type without a form are named', async () => {
  await client.query('create table copying.other (place point)');
  await expect(copyRows(client, { table: 'copying.other', columns: ['place'], rows: [] })).rejects.toThrow(
    'copying.other.place is of a type without a form here',
  );
  await expect(copyRows(client, { table: 'copying.other', columns: ['gone'], rows: [] })).rejects.toThrow(
    'copying.other.gone is not there',
  );
});

test('every column that the loader may write has a form', async () => {
  const { rows } = await client.query<{ name: string; type: number }>(
    `select format('%I.%I.%I', n.nspname, c.relname, a.attname) as name, a.atttypid::int as type
     from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'copying')
       and has_table_privilege('gongzhi_loader', c.oid, 'insert')
       -- The transaction that wrote it, which PostgreSQL fills in.
       and a.atttypid <> 'xid8'::regtype`,
  );
  expect(rows.length).toBeGreaterThan(300);
  for (const { name, type } of rows) expect(() => formOf(type, name), name).not.toThrow();
});
