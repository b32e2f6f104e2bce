import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../../test/database.ts';
import {
  ask,
  countOf,
  runImport,
  sampleFile,
  sampleRows,
  scratch,
  townHeader,
  townMapping,
} from './fixtures.ts';

let database: TestDatabase;
const files = scratch();
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database?.drop());
afterAll(() => files.remove());

const mapping = files.file('town.json', JSON.stringify(townMapping));
const csv = (name: string, ...lines: string[]) => files.file(name, [townHeader, ...lines, ''].join('\n'));
const good = (id: string, part = 'North', outcome = 'done') =>
  `${id},2020-01-01 08:00,2020-01-02 08:00,2020-01-01 09:00,closed,yes,${part},Potholes,a hole,${outcome}`;

describe('rows', () => {
  test('bad ones are reported by line, column and what would be right; the good ones go in', async () => {
    const file = csv(
      'bad.csv',
      good('a1'),
      'a2,01/02/2020,,,open,,North,Potholes,w,',
      ',2020-01-01 08:00,,,open,,North,Potholes,w,',
      'a4,2020-01-01 08:00,,2019-12-31 08:00,closed,,North,Potholes,w,',
      'a5,2020-01-01 08:00,,,closed,,North,Potholes,w,',
      'a6,2020-01-01 08:00,,,maybe,perhaps,North,,w,',
      'a7,2020-01-01 08:00,,2020-01-02 08:00,open,,North,Potholes,w,',
      'a8,2999-01-01 08:00,,,open,,North,Potholes,w,',
      'a9,2020-01-01 08:00,,,open',
      good('a1'),
      good('a10'),
    );
    const ran = await runImport(database, file, '--mapping', mapping);
    expect(ran.code).toBe(3);
    expect(ran.text).toContain('11 rows');
    expect(ran.text).toContain('2 new, 0 there before, 9 refused');
    for (const line of [
      'line 3, column opened: "01/02/2020" is no date; it must look like YYYY-MM-DD hh:mm',
      'line 4, column id: is blank; it must be a number or name that no other request has',
      'line 5, column closed: 2019-12-31 08:00 is before the request was opened; it must be 2020-01-01 08:00 or later',
      'line 6, column closed: is blank though the status is "closed"; it must be a date like YYYY-MM-DD hh:mm',
      'line 7, column status: "maybe" is not in the mapping; known are: open, closed',
      'line 7, column verdict: "perhaps" is not in the mapping; known are: yes, no',
      'line 7, column about: is blank; it must say what the request is about',
      'line 8, column closed: 2020-01-02 08:00 is a closing date though the status is "open"; it must be blank',
      'line 9, column opened: 2999-01-01T08:00:00.000-05:00 has not come yet; it must be a time that has passed',
      'line 10: the row has 5 columns; it must have 10, as the first line',
      'line 11, column id: "a1" stands in the file a second time; every id may stand once',
    ]) {
      expect(ran.text).toContain(line);
    }
    expect(await countOf(database, 'work_orders.work_order')).toBe(2);
    const again = await runImport(database, file, '--mapping', mapping);
    expect(again.text).toContain('0 new, 2 there before, 9 refused');
    expect(again.code).toBe(3);
  });

  test('a zero byte is one bad row', async () => {
    const ran = await runImport(
      database,
      csv('zero.csv', good('b1'), good('b2').replace('a hole', 'a ho\u0000le')),
      '--mapping',
      mapping,
    );
    expect(ran.text).toContain('line 3, column words: holds a zero byte');
    expect(ran.text).toContain('1 new, 0 there before, 1 refused');
  });

  test('when none can be read nothing is written, and the first faults are told', async () => {
    const ran = await runImport(
      database,
      csv('none.csv', ...Array.from({ length: 1_500 }, (_, i) => `c${i},never,,,open,,N,P,w,`)),
      '--mapping',
      mapping,
    );
    expect(ran.code).toBe(1);
    expect(ran.lines[0]).toBe(
      'No row of none.csv can be read under this mapping; nothing was imported. The first ones:',
    );
    expect(ran.lines).toHaveLength(6);
    expect(await countOf(database, 'places.scope')).toBe(0);
  });

  test('a request whose neighbourhood changed in a later export does not come twice', async () => {
    await runImport(database, csv('one.csv', good('d1', 'North'), good('d2', '')), '--mapping', mapping);
    const ran = await runImport(
      database,
      csv('two.csv', good('d1', 'South'), good('d2', 'South'), good('d3', 'South')),
      '--mapping',
      mapping,
    );
    expect(ran.text).toContain('1 new, 2 there before, 0 refused');
    const rows = await ask(
      database,
      `select i.external_id as id, s.name from work_orders.imported i join places.scope s using (scope_id) order by 1`,
    );
    expect(rows).toEqual([
      { id: 'd1', name: 'North' },
      { id: 'd2', name: 'Town' },
      { id: 'd3', name: 'South' },
    ]);
  });

  test('a duplicate finds its original in a file that comes later', async () => {
    const first = await runImport(
      database,
      csv('f1.csv', good('e1', 'North', 'same as #e9')),
      '--mapping',
      mapping,
    );
    expect(first.text).toContain('of 1 named, 0 are here and linked, 1 lie outside this history');
    const second = await runImport(
      database,
      csv('f2.csv', good('e9', 'South', 'done; same as #e9')),
      '--mapping',
      mapping,
    );
    expect(second.text).toContain(
      '2 requests speak of one, 1 of them without naming it; of 1 named, 1 are here and linked',
    );
    expect(await countOf(database, 'work_orders.link')).toBe(2);
  });

  test('a verdict of the source that is not ours is counted, shown, and fails the command', async () => {
    const ran = await runImport(
      database,
      csv('verdict.csv', good('g1'), good('g2').replace(',yes,', ',no,')),
      '--mapping',
      mapping,
    );
    expect(ran.code).toBe(1);
    expect(ran.text).toContain('compared with the source on 2 requests with both dates, 1 differ');
    expect(ran.text).toContain(
      'g2: due 2020-01-02T08:00:00.000-05:00, closed 2020-01-01T09:00:00.000-05:00; the source says late',
    );
  });

  test('closed at the very due time is on time; opened in the first and closed in the second hour of autumn is right', async () => {
    const file = csv(
      'edge.csv',
      'h1,2020-01-01 08:00,2020-01-02 08:00,2020-01-02 08:00,closed,yes,N,P,w,',
      'h2,2020-11-01 01:50,2020-11-01 09:00,2020-11-01 01:10,closed,yes,N,P,w,',
      'h3,2020-01-01 08:00,2020-01-02 08:00,,open,,N,P,w,',
      'h4,2020-01-01 08:00,2999-01-02 08:00,,open,,N,P,w,',
    );
    const ran = await runImport(database, file, '--mapping', mapping);
    expect(ran.code).toBe(0);
    const rows = await ask(
      database,
      `select number, is_late, is_open, closed_at - created_at = interval '20 minutes' as twenty, next_due_at is not null as waits
       from work_orders.work_order order by number`,
    );
    expect(rows).toMatchObject([
      { number: 'h1', is_late: false, is_open: false },
      { number: 'h2', is_late: false, twenty: true },
      { number: 'h3', is_late: true, is_open: true, waits: false },
      { number: 'h4', is_late: false, is_open: true, waits: true },
    ]);
  });
});

describe('files', () => {
  const megabytes = (n: number, byte: string) => Buffer.alloc(n * 1024 * 1024, byte);

  test.each<[string, () => string, RegExp]>([
    [
      'a bomb of one line',
      () => files.file('bomb.csv.gz', gzipSync(megabytes(100, 'x'))),
      /^Line 1 is longer than a million characters/,
    ],
    [
      'a bomb of zero bytes',
      () => files.file('zeros.csv.gz', gzipSync(megabytes(100, '\0'))),
      /^Line 1 is longer than a million characters/,
    ],
    [
      'a huge line',
      () => csv('huge.csv', good('i1'), `i2,${'x'.repeat(2_000_000)}`),
      /^Line 3 is longer than a million characters/,
    ],
    [
      'a quote never closed',
      () => csv('quote.csv', good('j1'), `j2,"${'a,b\n'.repeat(400_000)}`),
      /longer than a million characters|quotation mark was never closed/,
    ],
    [
      'gzip cut off',
      () => files.file('cut.csv.gz', gzipSync(`${townHeader}\n${good('k1')}\n`.repeat(500)).subarray(0, 80)),
      /damaged or cut off/,
    ],
    [
      'no file',
      () => '/nowhere/at/all.csv',
      /^The file \/nowhere\/at\/all\.csv cannot be read \(ENOENT\)\.$/,
    ],
    [
      'a column twice',
      () => files.file('twice.csv', `${townHeader},id\n${good('l1')},x\n`),
      /names the column "id" twice/,
    ],
    ['only a header', () => csv('empty.csv'), /has no rows/],
  ])('%s is refused in one sentence', async (_, file, sentence) => {
    const path = file();
    // The process bears what every test before this one has loaded.
    const { rss } = process.memoryUsage();
    const ran = await runImport(database, path, '--mapping', mapping);
    expect(ran.text).toMatch(sentence);
    expect(ran.lines).toHaveLength(1);
    expect(ran.code).toBe(1);
    expect(await countOf(database, 'work_orders.work_order')).toBe(0);
    expect(process.memoryUsage().rss - rss).toBeLessThan(500 * 1024 * 1024);
  });

  test('GB18030 is read as what it says', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${townHeader}\nm1,2020-01-01 08:00,,,open,,`),
      Buffer.from([0xc5, 0xcb, 0xbc, 0xd2, 0xd4, 0xb0]),
      Buffer.from(',P,w,\n'),
    ]);
    const ran = await runImport(database, files.file('gb.csv', bytes), '--mapping', mapping);
    expect(ran.code).toBe(0);
    expect(await countOf(database, 'places.scope', `name = '潘家园'`)).toBe(1);
  });
});

test.each<[string, string[], RegExp]>([
  ['no file', ['--mapping', mapping], /Which file/],
  ['no mapping', [sampleFile], /--mapping is missing/],
  [
    'a mapping that is not there',
    [sampleFile, '--mapping', 'atlantis'],
    /The mapping atlantis cannot be read \(ENOENT\)/,
  ],
  [
    'a strange limit',
    [sampleFile, '--mapping', mapping, '--limit', 'all'],
    /--limit is "all"; it must be a whole number/,
  ],
  ['an unknown option', [sampleFile, '--mapping', mapping, '--fast'], /--fast/],
  [
    'a mapping for another file',
    [sampleFile, '--mapping', mapping],
    /\/columns\/id names the column "id", which the file does not have/,
  ],
])('the command line: %s is told, with code 2', async (_, argv, sentence) => {
  const ran = await runImport(database, ...argv);
  expect(ran.text).toMatch(sentence);
  expect(ran.code).toBe(2);
});

/** The command in a process of its own, to be killed. */
function importInChild(): ReturnType<typeof spawn> {
  const code = `
    import { importRequestsCommand } from ${JSON.stringify(join(import.meta.dirname, 'cli.ts'))};
    const context = { adminUrl: ${JSON.stringify(database.adminUrl)}, databaseUrl: '', dataDir: '', out() {} };
    process.exit(await importRequestsCommand([${JSON.stringify(sampleFile)}, '--mapping', 'boston-311'], context));`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' });
}

test('killed in the middle of a batch and run again, it goes on and leaves nothing twice', async () => {
  await runImport(database, sampleFile, '--mapping', 'boston-311', '--limit', '1');
  const [{ ids, city } = { ids: [], city: '' }] = await ask<{ ids: string[]; city: string }>(
    database,
    `select array_agg(external_id) as ids, min(scope_id::text) as city from work_orders.import_key`,
  );
  expect(ids).toHaveLength(1);
  // Somebody else holds an id of the second batch: the import waits there, in the middle of a transaction.
  const blocker = new pg.Client({ connectionString: database.adminUrl });
  await blocker.connect();
  await blocker.query('begin');
  await blocker.query(
    `insert into work_orders.import_key (scope_id, source, external_id, city_id, import_id, order_scope_id, work_order_id)
     values ($1, 'boston-311', $2, $1, $1, $1, $1)`,
    [city, sampleRows()[1_500]!.case_enquiry_id],
  );
  const child = importInChild();
  const done = async () =>
    (await ask<{ n: number }>(database, `select max(rows_done) as n from platform.import_run`))[0]!.n;
  const isWaiting = async () =>
    (
      await ask(
        database,
        `select from pg_stat_activity where application_name = 'gongzhi import' and wait_event_type = 'Lock'`,
      )
    ).length > 0;
  for (let i = 0; i < 400 && !((await done()) === 1_000 && (await isWaiting())); i++) await sleep(50);
  expect(await done()).toBe(1_000);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('exit', resolve));
  await blocker.query('rollback');
  await blocker.end();
  expect(await countOf(database, 'work_orders.work_order')).toBe(1_000);

  const ran = await runImport(database, sampleFile, '--mapping', 'boston-311');
  expect(ran.text).toContain('An earlier try stopped after 1,000 rows; going on from there.');
  expect(ran.text).toContain('3,000 rows');
  expect(ran.text).toContain('2,999 new, 1 there before, 0 refused');
  expect(ran.code).toBe(0);
  for (const table of ['work_order', 'step', 'imported', 'import_key'])
    expect(await countOf(database, `work_orders.${table}`)).toBe(3_000);
  expect(ran.text).toContain('0 differ');
});
