import { afterAll, beforeAll, expect, test } from 'vitest';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../../test/database.ts';
import { type Field, listLiteral, recordsLiteral } from './records.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query('create type pg_temp.line as (words text, count integer, ids text[])');
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

const read = async (rows: readonly (readonly Field[])[]) =>
  (
    await client.query({
      text: 'select r.words, r.count, r.ids from unnest($1::pg_temp.line[]) with ordinality r order by ordinality',
      values: [recordsLiteral(rows)],
      rowMode: 'array',
    })
  ).rows;

const words = [
  'plain',
  '',
  ' ',
  'a,b',
  '(a)',
  '{a,b}',
  'a"b',
  'a\\b',
  '\\"',
  '""',
  'null',
  'NULL',
  "it's",
  '一号门\n二',
  '\\x00',
];

test('what goes in comes out, whatever it is made of', async () => {
  expect(await read(words.map((text, i) => [text, i, '{}']))).toEqual(words.map((text, i) => [text, i, []]));
});

test('nothing is null and not the empty word; numbers keep their sign; lists are lists', async () => {
  expect(
    await read([
      [null, null, null],
      ['', -7, '{a}'],
      ['x', 0, '{a,"b c"}'],
    ]),
  ).toEqual([
    [null, null, null],
    ['', -7, ['a']],
    ['x', 0, ['a', 'b c']],
  ]);
  expect(await read([])).toEqual([]);
});

test('a list comes out as it went in', async () => {
  const list = async (items: readonly Field[], type: string) =>
    (await client.query(`select $1::${type}[] as list`, [listLiteral(items)])).rows[0].list;
  expect(await list([...words, null], 'text')).toEqual([...words, null]);
  expect(await list([1, null, -2], 'integer')).toEqual([1, null, -2]);
  expect(await list([], 'uuid')).toEqual([]);
});
